"""The contract for Google Analytics, and what its reports are refused for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

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
