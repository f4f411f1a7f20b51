"""A hidden sheet does not speak against one that is shown; alone, or with other columns, it counts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from connectors.exports.batch import Options
from connectors.exports.load import load_files
from tests.connectors.exports.writers import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

HEADER = ("Campaign", "Day", "Customer ID", "Currency code", "Impr.", "Clicks", "Cost")


def spent(home: Home, path: Path, *sheets: tuple[str, float, bool]) -> tuple[list[tuple[str, str]], Decimal]:
    """What becomes of each of *sheets* (name, cost, whether hidden), and what was spent by then."""
    with Workbook(str(path)) as book:
        for name, cost, hidden in sheets:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, ("Brand", "2026-10-01", "A", "EUR", 100, 10, cost))
            if hidden:
                sheet.hide()
            else:
                sheet.activate()
                sheet.set_first_sheet()
    told = [(result.status, result.message) for result in load_files(home, [path], Options())]
    return told, sum((row[0] for row in rows_of(home, "ad_performance", ["cost"])), Decimal(0))


def test_a_hidden_copy_is_left_out_and_said_so(home: Home, tmp_path: Path) -> None:
    for name, sheets in {
        "after.xlsx": (("Report", 5, False), ("Backup", 99, True)),
        "before.xlsx": (("Backup", 98, True), ("Report", 5, False)),
    }.items():
        told, cost = spent(home, tmp_path / name, *sheets)
        (left_out,) = (message for status, message in told if status == "empty")
        assert "the sheet “Report” that is shown: nothing of it is kept" in left_out
        assert cost == 5


def test_a_hidden_sheet_without_a_shown_one_like_it_counts(home: Home, tmp_path: Path) -> None:
    with Workbook(str(tmp_path / "pivot.xlsx")) as book:
        notes, data = book.add_worksheet("Notes"), book.add_worksheet("Data")
        notes.write_row(0, 0, ("Remarks of the team",))
        data.write_row(0, 0, HEADER)
        data.write_row(1, 0, ("Brand", "2026-10-01", "A", "EUR", 100, 10, 7))
        data.hide()
    assert [result.status for result in load_files(home, [tmp_path / "pivot.xlsx"], Options())].count("loaded") == 1
