"""The contract for Google Analytics, and what its reports are refused for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from tests.connectors.contract import ExportContract
from tests.connectors.exports import ga4
from tests.connectors.exports.case import date_file
from tests.connectors.exports.writers import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

HEADER = "Session primary channel group (Default Channel Group),Sessions\n"


class TestGoogleAnalytics(ExportContract):
    cases = ga4.CASES


def test_without_the_remarks_above_nobody_knows_the_days(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(HEADER + "Direct,7\n", encoding="utf-8")
    (result,) = load_files(home, [path])
    assert (result.status, result.format) == ("refused", "ga4")
    assert "lines that start with #" in result.next_step


def test_a_report_of_first_visits_is_no_report_of_visits(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    above = "\n".join(ga4.above("User acquisition"))
    header = "First user primary channel group (Default Channel Group),Total users,New users,Engaged sessions\n"
    path.write_text(f"{above}\n{header}Direct,7,5,3\n", encoding="utf-8")
    (result,) = load_files(home, [path])
    assert (result.status, result.format) == ("empty", "ga4_snapshot")
    assert "nothing of this table is kept" in result.message


def test_a_newer_report_of_other_days_gives_no_day_twice(home: Home, tmp_path: Path) -> None:
    for name, end, day in (("old.csv", "20260331", date(2026, 4, 1)), ("new.csv", "20260310", date(2026, 5, 1))):
        path = tmp_path / name
        above = f"# Property: Shop\n# Start date: 20260301\n# End date: {end}\n"
        path.write_text(f"{above}{HEADER}Direct,7\n", encoding="utf-8")
        load_files(home, [date_file(path, day)])
    assert rows_of(home, "web_traffic", ["day", "day_end", "sessions"]) == [(date(2026, 3, 1), date(2026, 3, 10), 7)]


def test_landing_pages_lie_beside_channels_and_neither_gives_way(home: Home, tmp_path: Path) -> None:
    above = "# Property: Shop\n# Start date: 20260301\n# End date: 20260310\n"
    reports = {
        "channels": f"{HEADER}Direct,7\nOrganic Search,5\n",
        "pages": "Landing page,Sessions,Active users\n/,9,4\n/prices,3,2\n",
        "sources": "Session source / medium,Sessions\ngoogle / organic,12\n",
    }
    for day, (name, rows) in enumerate(reports.items(), start=1):
        path = tmp_path / f"{name}.csv"
        path.write_text(above + rows, encoding="utf-8")
        load_files(home, [date_file(path, date(2026, 4, day))])
    assert rows_of(home, "web_traffic", ["slice", "channel_group", "source", "landing_page", "sessions"]) == [
        ("landing_page", None, None, "/", 9),
        ("landing_page", None, None, "/prices", 3),
        # A report by source is newer than one by channel: both are about where visits came from.
        ("source", None, "google", None, 12),
    ]


def test_nth_days_count_from_the_first_day_that_the_file_states(home: Home, tmp_path: Path) -> None:
    above = "# Property: Shop\n# Start date: 20251230\n# End date: 20260102\n"
    path = tmp_path / "snapshot.csv"
    path.write_text(above + "Nth day,Sessions,Active users\n0000,5,4\n0003,7,6\nsoon,1,1\n", encoding="utf-8")
    (result,) = load_files(home, [path])
    assert (result.format, result.rows_loaded, result.rows_rejected) == ("ga4_days", 2, 1)
    assert rows_of(home, "web_traffic", ["slice", "day", "day_end", "sessions"]) == [
        ("total", date(2025, 12, 30), date(2025, 12, 30), 5),
        ("total", date(2026, 1, 2), date(2026, 1, 2), 7),
    ]


def test_nth_days_without_a_first_day_are_refused_with_what_to_do(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "snapshot.csv"
    path.write_text("Nth day,Active users\n0000,4\n", encoding="utf-8")
    (result,) = load_files(home, [path])
    assert (result.status, result.format) == ("refused", "ga4_days")
    assert "on which day it begins" in result.next_step


@pytest.mark.parametrize("counted", ["week", "month", "hour"])
def test_what_counts_other_things_than_days_is_set_aside_and_told_why(home: Home, tmp_path: Path, counted: str) -> None:
    path = tmp_path / "snapshot.csv"
    above = "# Property: Shop\n# Start date: 20251230\n# End date: 20260102\n"
    path.write_text(f"{above}Nth {counted},Active users\n0000,4\n", encoding="utf-8")
    (result,) = load_files(home, [path])
    assert (result.status, result.format) == ("empty", "ga4_weeks")
    assert "without saying where each begins" in result.next_step


def test_channels_by_nth_day_are_channels_by_day(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "download.csv"
    above = "# Shop\n# By day-Free form 1\n# 20260302-20260304\n\n"
    path.write_text(above + "Nth day," + HEADER + "0001,Direct,7\n", encoding="utf-8")
    load_files(home, [path])
    assert rows_of(home, "web_traffic", ["slice", "day", "channel_group"]) == [("source", date(2026, 3, 3), "Direct")]
