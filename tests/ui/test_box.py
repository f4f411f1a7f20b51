"""The box of a KPI: a period of which days are missing says so, on screen and in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.exports.load import load_files
from metrics.catalog import CATALOGUE
from ui import box
from ui.homes import shown
from ui.screen import open_screen

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

CTR = CATALOGUE["ctr"]


def test_a_week_of_which_one_day_is_loaded_is_marked(home: Home, tmp_path: Path) -> None:
    rows = "".join(f"A,2026-11-{day:02},EUR,1000,10,{day}.00\n" for day in range(1, 23))
    (tmp_path / "three weeks.csv").write_text("Campaign,Day,Currency code,Impr.,Clicks,Cost\n" + rows, encoding="utf-8")
    load_files(home, [tmp_path / "three weeks.csv"])
    screen = open_screen(shown(), {}, "en")
    weeks = {cell.label: cell for cell in box.cells(screen, CTR)[: box.WEEKS]}
    # The first of November is the Sunday of week 44.
    assert [label for label, cell in weeks.items() if cell.remark] == ["W44"]
    assert [label for label, cell in weeks.items() if cell.value is None] == ["W42", "W43"]
    assert "W44</span><b>1<small>%</small></b><span>○ incomplete</span>" in box.html(screen, CTR)
    table = box.table(screen, CTR)
    assert table.columns[-1].label == "Remark"
    assert [row.cells[-1] for row in table.rows[: box.WEEKS]] == ["", "", "incomplete", "", "", ""]
