"""The department's own tables: processes and owners, targets and budget, the directory; no check finds a mistake."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from connectors.plan.checks import check
from connectors.plan.reading import plan_files, read_files
from connectors.plan.tables import TABLES, Known
from data.demo.announcing import OWN
from data.demo.google_accounts import ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT
from data.demo.meta_accounts import POLISH_SOCIAL, RUSSIAN_SOCIAL, social_account
from data.demo.plan import write_plan
from data.demo.timeline import Timeline
from metrics.names import kpi_names, never_negative, process_names, shares
from tests.data.demo.reading import DAYS, LAST, sheet

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_fourteen_processes_have_owners(department: Path) -> None:
    processes = rows(department / "plan" / "processes.csv")
    people = {row["person_id"]: row for row in rows(department / "plan" / "people.csv")}
    assert [row["process_id"] for row in processes] == [
        "acquisition",
        "paid_acquisition",
        "organic_content",
        "lead_generation",
        "referrals",
        "customer_growth",
        "partners",
        "bids",
        "public_relations",
        "customer_voice",
        "service_desk",
        "delivery",
        "budget",
        "customer_base",
        "enablement",
    ]
    assert {row["owner"] for row in processes} <= people.keys()
    assert all(row["purpose"] and row["customer"] and row["starts_with"] and row["ends_with"] for row in processes)
    assert [row["order"] for row in processes] == [str(order) for order in range(15)]
    assert [row["parent"] for row in processes] == ["", *["acquisition"] * 6, *[""] * 8]


def test_everybody_has_an_address_at_the_department(department: Path) -> None:
    people = rows(department / "plan" / "people.csv")
    assert all(row["email"].endswith("@brightwater.example") and row["email"].isascii() for row in people)
    assert {row["role"] for row in people} <= {"head", "owner", "contributor", "viewer"}
    assert {row["language"] for row in people} == {"en", "pl", "ru"}


def test_the_configuration_reports_in_euro_and_knows_the_company(department: Path) -> None:
    document = tomllib.loads((department / "kokpit.toml").read_text(encoding="utf-8"))
    assert document == {
        "reporting": {
            "currency": "EUR",
            "time_zone": "Europe/Warsaw",
            "language": "en",
            "week_starts": "monday",
            "company": OWN,
        }
    }


def problems(folder: Path, work: Path) -> list[str]:
    """What the plan's own reading and checks find wrong in *folder*, warnings too."""
    files, others = plan_files(folder)
    plan = read_files(files, others, work)
    known = Known(kpi_names(), process_names(), never_negative(), shares())
    return [str(problem) for problem in (*plan.problems, *check(plan.tables, known))]


@pytest.mark.parametrize(("last", "days"), [(LAST, DAYS), (date(2024, 2, 29), 60), (date(2026, 1, 1), 2)])
def test_the_plan_is_without_a_mistake(tmp_path: Path, last: date, days: int) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "work").mkdir()
    write_plan(tmp_path, Timeline(last, days))
    assert problems(tmp_path / "plan", tmp_path / "work") == []


def test_every_table_of_the_plan_is_there(department: Path) -> None:
    assert {path.stem for path in (department / "plan").glob("*.csv")} == TABLES.keys()


def test_the_zloty_has_a_rate_on_every_day_with_money(department: Path) -> None:
    days = [date.fromisoformat(row["day"]) for row in rows(department / "plan" / "exchange_rates.csv")]
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {7}
    deals = sheet(department / "inbox", "Deals")
    assert days[0] <= date.fromisoformat(min(row["created_at"] for row in deals)[:10])
    assert (LAST - days[-1]).days < 7


def test_days_in_the_tables_are_counted_from_the_last(department: Path) -> None:
    targets = rows(department / "plan" / "targets.csv")
    changed = [row for row in targets if row["kpi"] == "first_response_hours"]
    assert [(row["valid_from"], row["valid_to"], row["value"]) for row in changed] == [
        ("2024-03-01", "2025-12-13", "3"),
        ("2025-12-14", "", "1.5"),
    ]
    assert not any("@-" in path.read_text(encoding="utf-8") for path in (department / "plan").glob("*.csv"))


def test_targets_change_hold_for_a_part_and_hold_within_a_range(department: Path) -> None:
    targets = rows(department / "plan" / "targets.csv")
    assert {row["dimension_value"] for row in targets} == {"", "google_ads", "meta_ads"}
    assert {row["kpi"] for row in targets if row["low"]} == {"derivatives_per_pillar", "budget_index"}
    assert len({row["kpi"] for row in targets}) > 25


def test_the_budget_covers_every_month_and_the_coming_one(department: Path) -> None:
    lines = rows(department / "plan" / "budget_lines.csv")
    months = sorted({row["month"] for row in lines})
    assert (months[0], months[-1], len(months)) == ("2025-01-01", "2026-04-01", 16)
    assert all(float(row["amount"]) > 0 for row in lines)
    assert {(row["funded_by"], row["kind"]) for row in lines} == {
        ("own", "spend"),
        ("partner", "spend"),
        ("client", "spend"),
        ("own", "discount"),
    }


def test_one_ad_account_has_to_be_topped_up_soon(department: Path) -> None:
    due = [row["top_up_on"] for row in rows(department / "plan" / "budget_lines.csv") if row["top_up_on"]]
    week = [day for day in due if "2026-03-01" < day <= "2026-03-08"]
    assert week == ["2026-03-04"]


def test_every_campaign_counts_against_exactly_one_activity(department: Path) -> None:
    patterns = {row["campaign"] for row in rows(department / "plan" / "budget_lines.csv") if row["campaign"]}
    accounts = (ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT, social_account(DAYS), POLISH_SOCIAL, RUSSIAN_SOCIAL)
    for campaign in {ad.campaign for account in accounts for ad in account.ads}:
        assert sum(fnmatchcase(campaign, pattern) for pattern in patterns) == 1


def test_the_directory_has_the_gaps_that_the_readme_tells_of(department: Path) -> None:
    plan = department / "plan"
    processes = {row["process_id"] for row in rows(plan / "processes.csv")}
    assert processes - {row["process"] for row in rows(plan / "procedures.csv")} == {"referrals"}
    accesses = rows(plan / "accesses.csv")
    assert [row["system"] for row in accesses if not row["vault_url"]] == ["Webinar room"]
    assert [row["system"] for row in accesses if not row["owner"]] == ["Press list"]
    year_ago = "2025-03-01"
    assert [row["title"] for row in rows(plan / "links.csv") if row["checked_on"] < year_ago] == [
        "Picture archive",
        "Competitors at a glance",
    ]
    unfinished = [row for row in rows(plan / "onboarding.csv") if row["person"] and not row["done_on"]]
    assert {row["person"] for row in unfinished} == {"kasia"}


def test_tables_name_what_the_plan_names(department: Path) -> None:
    plan, inbox = department / "plan", department / "inbox"
    partners = {row["partner_id"] for row in rows(plan / "partners.csv")}
    deals, expenses, tasks = (sheet(inbox, name) for name in ("Deals", "Expenses", "Tasks"))
    assert {row["partner"] for row in deals} - {""} <= partners
    processes = {row["process_id"] for row in rows(plan / "processes.csv")}
    assert {row["process"] for row in (*tasks, *expenses)} <= processes
    planned = {(row["process"], row["activity"], row["channel"]) for row in rows(plan / "budget_lines.csv")}
    assert {(row["process"], row["activity"], row["channel"]) for row in expenses} <= planned
    projects = {row["name"] for row in rows(plan / "projects.csv")}
    assert {row["project"] for row in tasks} - {""} <= projects
    people = {row["name"] for row in rows(plan / "people.csv")}
    assert {row["assignee"] for row in (*tasks, *sheet(inbox, "Requests"))} <= people
