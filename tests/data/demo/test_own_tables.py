"""The department's own tables: they load without a reject or a remark, and name what its other exports name."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from connectors.plan.tables import TABLES
from core.config import Home
from data.demo.google_accounts import ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT
from data.demo.meta_accounts import POLISH_SOCIAL, RUSSIAN_SOCIAL, social_account
from tests.data.demo.reading import DAYS, search_tables, sheet, table

if TYPE_CHECKING:
    from pathlib import Path

OWN = {
    "leads",
    "deals",
    "customers",
    "orders",
    "requests",
    "tasks",
    "survey_answers",
    "content_items",
    "news_releases",
    "mailings",
    "expenses",
    "keyword_ranks",
}


def test_every_own_table_loads_whole(inbox: Path, department: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.inbox.mkdir()
    for path in (*inbox.glob("[A-Z]* 2026-03-02.csv"), *inbox.glob("*.csv.xls")):
        shutil.copy2(path, home.inbox)
    results = load_files(home, [home.inbox, department / "plan"])
    assert {result.dataset for result in results} == OWN | TABLES.keys()
    assert [(result.path, result.status) for result in results if result.status != "loaded"] == []
    assert [(result.path, result.notes) for result in results if result.notes] == []
    assert sum(result.rows_rejected for result in results) == 0


def test_each_kind_of_table_has_about_as_many_rows_as_a_department_makes(inbox: Path) -> None:
    weeks = DAYS / 7
    usual = {"Leads": 34, "Requests": 46, "Tasks": 24, "Survey answers": 29, "Mailings": 2, "News releases": 7}
    for name, weekly in usual.items():
        assert len(sheet(inbox, name)) / weeks == pytest.approx(weekly, rel=0.12)


def test_paid_leads_name_the_campaigns_of_the_ads(inbox: Path) -> None:
    accounts = (ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT, social_account(DAYS), POLISH_SOCIAL, RUSSIAN_SOCIAL)
    campaigns = {ad.campaign for account in accounts for ad in account.ads}
    paid = {lead["campaign"] for lead in sheet(inbox, "Leads") if lead["medium"] == "cpc"}
    assert paid <= campaigns
    assert len(paid) > 20


def test_refreshed_articles_are_pages_of_search_console(inbox: Path) -> None:
    shown = {
        row[header]
        for path in inbox.glob("*-Performance-on-Search-*.zip")
        for name, header in (("Pages.csv", "Top pages"), ("Strony.csv", "Najpopularniejsze strony"))
        for row in table(search_tables(path).get(name, header))
    }
    russian = "https://www.brightwater-group.example/ru/"
    refreshed = [row["url"] for row in sheet(inbox, "Content") if row["refreshed_on"]]
    assert len(refreshed) > 30
    assert {url for url in refreshed if not url.startswith(russian)} <= shown


def test_articles_are_refreshed_on_mondays_and_the_last_has_four_whole_weeks_after_it(inbox: Path) -> None:
    refreshed = {date.fromisoformat(row["refreshed_on"]) for row in sheet(inbox, "Content") if row["refreshed_on"]}
    assert max(refreshed) == date(2026, 1, 19)
    assert {day.weekday() for day in refreshed} <= {0, 1}


def test_positions_are_tracked_on_mondays(inbox: Path) -> None:
    path = inbox / "20260302_position_tracking_brightwater.example.csv.xls"
    lines = path.read_text(encoding="utf-8").split("\n")
    header = lines[6].split(";")
    assert header[:2] + header[6:8] == [
        "Keyword",
        "Tags",
        "*.brightwater.example/*_20250127",
        "*.brightwater.example/*_20250127_type",
    ]
    assert header[-4] == "*.brightwater.example/*_20260223"
    assert {len(line.split(";")) for line in lines[6:-1]} == {6 + 4 * 57}
