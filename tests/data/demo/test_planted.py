"""What is planted in the department's own tables can be found, and is the only one of its kind."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

import pytest

from data.demo.budget import budget_lines
from data.demo.changes import MIXED_MAILING, UNANSWERED_PROMISE
from data.demo.timeline import Timeline
from tests.data.demo.reading import DAYS, LAST, Row, google_report, newest, number, sheet, table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def day(back: int) -> str:
    """The day from which the last *back* days begin."""
    return (LAST - timedelta(days=back - 1)).isoformat()


def hours(rows: Iterable[Row], start: str, end: str) -> float:
    """The median time between two moments of the rows that have both."""
    known = [(row[start], row[end]) for row in rows if row[end]]
    moments = [(datetime.fromisoformat(first), datetime.fromisoformat(last)) for first, last in known]
    return median((last - first).total_seconds() / 3600 for first, last in moments)


def share(rows: list[Row], column: str) -> float:
    return sum(row[column] != "" for row in rows) / len(rows)


def test_requests_are_answered_sooner_for_the_last_eleven_weeks(inbox: Path) -> None:
    requests = sheet(inbox, "Requests")
    before = hours([row for row in requests if row["created_at"] < day(77)], "created_at", "first_response_at")
    after = hours([row for row in requests if row["created_at"] >= day(77)], "created_at", "first_response_at")
    assert after / before == pytest.approx(0.45, abs=0.07)


def test_requests_are_solved_as_before(inbox: Path) -> None:
    solved = [row for row in sheet(inbox, "Requests") if row["created_at"] < day(21)]
    before = hours([row for row in solved if row["created_at"] < day(77)], "created_at", "solved_at")
    after = hours([row for row in solved if row["created_at"] >= day(77)], "created_at", "solved_at")
    assert after / before == pytest.approx(1, abs=0.1)


def test_fewer_leads_qualify_for_the_last_ten_weeks(inbox: Path) -> None:
    leads = [row for row in sheet(inbox, "Leads") if row["created_at"] < day(14)]
    before = share([row for row in leads if row["created_at"] < day(70)], "qualified_at")
    after = share([row for row in leads if row["created_at"] >= day(70)], "qualified_at")
    assert after / before == pytest.approx(0.55, abs=0.12)


def test_as_many_leads_come_as_before(inbox: Path) -> None:
    leads = sheet(inbox, "Leads")
    after = sum(row["created_at"] >= day(70) for row in leads) / 70
    assert after / (len(leads) / DAYS) == pytest.approx(1, abs=0.12)


def test_no_week_reaches_the_target_of_the_first_contact(inbox: Path, department: Path) -> None:
    targets = table((department / "plan" / "targets.csv").read_text(encoding="utf-8"))
    target = max((row for row in targets if row["kpi"] == "hours_to_first_contact"), key=lambda row: row["valid_from"])
    weeks: dict[str, list[Row]] = defaultdict(list)
    for row in sheet(inbox, "Leads"):
        weeks[datetime.fromisoformat(row["created_at"]).strftime("%G-%V")].append(row)
    medians = [
        hours(rows, "created_at", "contacted_at") for rows in weeks.values() if any(r["contacted_at"] for r in rows)
    ]
    assert min(medians) > 2 * float(target["value"])


def test_one_mailing_goes_to_everybody(inbox: Path) -> None:
    mixed = [row for row in sheet(inbox, "Mailings") if row["segment"] not in {"existing", "potential"}]
    assert [(row["segment"], row["title"]) for row in mixed] == [("mixed", "Our offer to everybody")]
    assert day(MIXED_MAILING) <= mixed[0]["sent_on"] <= day(MIXED_MAILING - 4)


def test_one_broken_promise_is_left_unanswered(inbox: Path) -> None:
    audits = [row for row in sheet(inbox, "Survey answers") if row["survey"] == "audit"]
    kept = {(row["customer_id"], row["role"]): row["asked_on"] for row in audits if row["promise_kept"] == "true"}
    unanswered = [
        row
        for row in audits
        if row["promise_kept"] == "false"
        and row["asked_on"] < day(35)
        and kept.get((row["customer_id"], row["role"]), "") <= row["asked_on"]
    ]
    assert [row["comment"][:34] for row in unanswered] == ["Was promised one person to call ab"]
    assert day(UNANSWERED_PROMISE) <= unanswered[0]["asked_on"] <= day(UNANSWERED_PROMISE - 4)
    assert float(unanswered[0]["opportunity_value"]) > 0


def planned(month: str, activity: str) -> float:
    lines = budget_lines(Timeline(LAST, DAYS))
    (line,) = [line for line in lines if (line["month"][:7], line["activity"]) == (month, activity)]
    return float(line["amount"])


def english_ads(inbox: Path) -> list[Row]:
    reports = [(path, google_report(path, "utf-8", ",", "Total").rows) for path in inbox.glob("Ad report *.csv")]
    return newest(reports, ("Day", "Ad ID"))


def test_one_campaign_brings_nothing(inbox: Path) -> None:
    cost: dict[str, float] = defaultdict(float)
    conversions: dict[str, float] = defaultdict(float)
    for row in english_ads(inbox):
        cost[row["Campaign"]] += float(number(row["Cost"]))
        conversions[row["Campaign"]] += float(number(row["Conversions"]))
    assert [campaign for campaign, count in conversions.items() if count == 0] == ["Display | Industry portals"]
    assert cost["Display | Industry portals"] / DAYS == pytest.approx(10, rel=0.15)


def test_only_search_ads_run_over_in_the_last_whole_month(inbox: Path) -> None:
    ads = [row for row in english_ads(inbox) if row["Campaign type"] == "Search"]
    spent: dict[str, float] = defaultdict(float)
    for row in ads:
        spent[row["Day"][:7]] += float(number(row["Cost"]))
    assert spent["2026-02"] / planned("2026-02", "Search ads") > 1.25
    assert spent["2025-12"] / planned("2025-12", "Search ads") == pytest.approx(0.95, abs=0.08)


def test_everything_else_keeps_to_its_plan(inbox: Path) -> None:
    spent: dict[tuple[str, str], float] = defaultdict(float)
    for row in sheet(inbox, "Expenses"):
        spent[row["spent_on"][:7], row["activity"]] += float(row["amount"])
    whole = {key: amount for key, amount in spent.items() if "2025-01" < key[0] < "2026-03"}
    shares = [amount / planned(*key) for key, amount in whole.items()]
    assert len(shares) > 150
    assert min(shares) > 0.75
    assert max(shares) < 1.1
