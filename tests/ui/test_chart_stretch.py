"""How far back a chart reaches: as limits do, but not into the time before anything was known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.config import Home
from core.period import Period
from metrics.catalog import CATALOGUE
from tests.department import build_department
from ui import channels, history, linechart
from ui.flags import Flag
from ui.homes import Shown
from ui.screen import open_screen
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("grain", "periods"), [("week", 26), ("month", 14), ("quarter", 6), ("year", 6)])
def test_periods_before_the_first_data_do_not_fill_the_chart(tmp_path: Path, grain: str, periods: int) -> None:
    """The department's data begin in 2025: of ten years six stay, since less is no chart."""
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    found = history.chart(open_screen(shown, {"by": grain}, "en"), CATALOGUE["clicks"])
    assert len(found.rows) == periods
    assert found.rows["value"].null_count + found.rows["hollow"].null_count < 2 * periods


def test_what_the_reader_asks_for_stays_on_the_chart(tmp_path: Path) -> None:
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    asked = {"by": "month", "from": "2025-01-01", "to": "2026-11-15"}
    found = history.chart(open_screen(shown, asked, "en"), CATALOGUE["clicks"])
    # From January 2025, though nothing is known before October.
    assert len(found.rows) == 12 + 11
    assert found.rows["named"][0].as_py() == "January 2025"
    assert found.rows["value"].to_pylist()[:9] == [None] * 9


def test_what_was_noted_before_the_first_number_is_on_the_chart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    launch = Flag(1, "Launch", Period(date(2025, 3, 3), date(2025, 3, 3)))
    monkeypatch.setattr("ui.flags.found", lambda *_: (launch,))
    found = history.chart(open_screen(shown, {"by": "month"}, "en"), CATALOGUE["clicks"])
    assert found.rows["named"][0].as_py() == "March 2025"
    assert found.rows["flag"].to_pylist() == ["1"] + [None] * 20
    assert "Launch" in found.legend


def test_before_the_first_number_there_is_only_what_was_asked_for(tmp_path: Path) -> None:
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    screen = open_screen(shown, {"by": "week", "from": "2025-02-03", "to": "2025-02-16"}, "en")
    drawn = history.chart(screen, CATALOGUE["clicks"])
    assert (drawn.blank, drawn.legend) == (True, "")
    # Six at least, as where data is.
    assert len(history.table(screen, CATALOGUE["clicks"]).rows) == 6


def test_what_nobody_knows_is_not_incomplete(tmp_path: Path) -> None:
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    screen = open_screen(shown, {"by": "month", "from": "2025-08-01", "to": "2025-11-30"}, "en")
    found = channels.grid(screen, "platform")
    rows = linechart.table(screen, found, channels.chosen(screen, found)).rows
    assert [(row.cells[0], row.cells[-1]) for row in rows] == [
        (date(2025, 11, 1), None),
        (date(2025, 10, 1), "incomplete"),
        (date(2025, 9, 1), None),
        *((date(2025, month, 1), None) for month in (8, 7, 6)),
    ]


def test_lines_side_by_side_begin_together_where_anything_is_known(tmp_path: Path) -> None:
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    screen = open_screen(shown, {"by": "month"}, "en")
    found = channels.grid(screen, "platform")
    column = channels.chosen(screen, found)
    begun = {line.points[0].period.start for line in linechart.lines(found, column)}
    assert begun == {date(2025, 10, 1)}
    assert linechart.table(screen, found, column).rows[-1].cells[0] == date(2025, 10, 1)


def test_a_month_before_that_is_loaded_in_part_is_none_to_compare_with(tmp_path: Path) -> None:
    """The department's data begin on 6 October 2025: the first whole month a year before is November."""
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    found = history.chart(open_screen(shown, {"by": "month", "period": "month_to_date"}, "en"), CATALOGUE["clicks"])
    # To the 19th, as the month is told to date: 4 × 20 + 50 a day.
    assert found.rows["before"].to_pylist()[-2:] == [None, 19 * (4 * 20 + 50)]
