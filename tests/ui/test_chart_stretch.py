"""How far back a chart reaches: as limits do, but not into years before anything was known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.config import Home
from metrics.catalog import CATALOGUE
from tests.department import build_department
from ui import history
from ui.homes import Shown
from ui.screen import open_screen
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("grain", "periods"), [("week", 26), ("month", 24), ("quarter", 6), ("year", 6)])
def test_years_without_data_do_not_fill_the_chart(tmp_path: Path, grain: str, periods: int) -> None:
    """The department's data begin in 2025: of ten years six stay, since less is no chart."""
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    found = history.chart(open_screen(shown, {"by": grain}, "en"), CATALOGUE["clicks"])
    assert len(found.rows) == periods
    assert found.rows["value"].null_count + found.rows["hollow"].null_count < 2 * periods


def test_a_month_before_that_is_loaded_in_part_is_none_to_compare_with(tmp_path: Path) -> None:
    """The department's data begin on 6 October 2025: the first whole month a year before is November."""
    home = build_department(Home(tmp_path / "home"))
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    found = history.chart(open_screen(shown, {"by": "month", "period": "month_to_date"}, "en"), CATALOGUE["clicks"])
    # To the 19th, as the month is told to date: 4 × 20 + 50 a day.
    assert found.rows["before"].to_pylist()[-2:] == [None, 19 * (4 * 20 + 50)]
