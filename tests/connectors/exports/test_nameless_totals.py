"""Google Ads: a row without a name is a total where it is the sum of others, and data where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.connectors.exports.test_odd_input import TOLD, campaigns, load, rejects
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

HEADER: Final = "Campaign,Day,Currency code,Clicks,Impr.,Cost,Conversions\n"
ONE: Final = "A,2026-09-01,EUR,10,100,5.00,1\nB,2026-09-01,EUR,7,70,3.00,1\n"
"""A day of two campaigns: 17 clicks, 170 impressions, 8.00 of cost, 2 conversions."""
TWO: Final = "A,2026-09-02,EUR,1,20,2.00,0\n"
"""Another day; with it there are 18 clicks, 190 impressions, 10.00 of cost, 2 conversions."""
UNNAMED: Final = (
    "1 row names no campaign; its numbers count all the same. If cells are merged, fill each of them and load it again."
)


def loaded(home: Home, folder: Path, *parts: str, header: str = HEADER) -> FileResult:
    return load(home, folder / "report.csv", "".join([header, *parts]), TOLD)


def cost(home: Home) -> float:
    return float(open_snapshot(home.warehouse).rows("SELECT sum(cost) FROM ad_performance")[0][0])


@pytest.mark.parametrize(
    ("total", "spent"),
    [
        (",2026-09-01,EUR,17,170,8.00,2\n", 8),
        (" --,2026-09-01,EUR,17,170,8.00,2\n", 8),
        (",,EUR,17,170,8.00,2\n", 8),
        (" --, --,EUR,17,170,8.00,2\n", 8),
        (f"{TWO},,EUR,18,190,10.00,2\n", 10),
    ],
)
def test_it_is_a_total_and_a_control(home: Home, tmp_path: Path, total: str, spent: int) -> None:
    result = loaded(home, tmp_path, ONE, total)
    assert (result.rows_total, result.rows_rejected, result.notes) == (1, 0, [])
    assert {control.column: (control.declared, control.summed) for control in result.control}["cost"] == (spent, spent)
    assert cost(home) == spent


def test_it_may_stand_first(home: Home, tmp_path: Path) -> None:
    result = loaded(home, tmp_path, ",2026-09-01,EUR,17,170,8.00,2\n", ONE)
    assert (result.rows_loaded, result.rows_total, cost(home)) == (2, 1, 8)


def test_totals_of_every_day_together_are_the_control(home: Home, tmp_path: Path) -> None:
    result = loaded(home, tmp_path, ONE, ",2026-09-01,EUR,17,170,8.00,2\n", TWO, ",2026-09-02,EUR,1,20,2.00,0\n")
    assert (result.rows_loaded, result.rows_total) == (3, 2)
    assert [(c.declared, c.summed) for c in result.control if c.column == "cost"] == [(10, 10)]


def test_the_total_of_one_day_of_two_is_no_control_of_both(home: Home, tmp_path: Path) -> None:
    result = loaded(home, tmp_path, ONE, ",2026-09-01,EUR,17,170,8.00,2\n", TWO)
    assert (result.rows_loaded, result.rows_total, result.control) == (3, 1, ())
    named = loaded(
        home, tmp_path, ONE, ",2026-09-01,EUR,17,170,8.00,2\n", TWO, "Total: Campaigns,,EUR,18,190,10.00,2\n"
    )
    assert [(c.declared, c.summed) for c in named.control if c.column == "cost"] == [(10, 10)]


@pytest.mark.parametrize("unlike", ["16,170,8.00,2", "17,171,8.00,2", "17,170,8.04,2", "17,170,8.00,3"])
def test_one_measure_that_differs_makes_it_data_that_is_told(home: Home, tmp_path: Path, unlike: str) -> None:
    """8.04 is 4 cents off, where two rows explain 2."""
    result = loaded(home, tmp_path, ONE, f",2026-09-01,EUR,{unlike}\n")
    assert (result.rows_loaded, result.rows_total, result.notes) == (3, 0, [UNNAMED])
    assert set(campaigns(home)) == {"A", "B", None}


def test_without_a_day_it_is_no_total_unless_it_is_the_sum(home: Home, tmp_path: Path) -> None:
    result = loaded(home, tmp_path, ONE, ",,EUR,1,1,1.00,1\n")
    assert (result.rows_loaded, result.rows_total) == (2, 0)
    assert rejects(home) == [(4, "Day", "not a day")]


def test_the_name_of_any_level_makes_it_data(home: Home, tmp_path: Path) -> None:
    header = HEADER.replace("Campaign,", "Campaign,Campaign status,Ad group,")
    rows = "Cars,Enabled,A,2026-09-01,EUR,10,100,5.00,1\nCars,Enabled,B,2026-09-01,EUR,7,70,3.00,1\n"
    merged = loaded(home, tmp_path, rows, ",,C,2026-09-01,EUR,17,170,8.00,2\n", header=header)
    assert (merged.rows_loaded, merged.rows_total, merged.notes) == (3, 0, [])
    total = loaded(home, tmp_path, rows, ",,,2026-09-01,EUR,17,170,8.00,2\n", header=header)
    assert (total.rows_replaced, total.rows_total) == (2, 1)


def test_rows_without_a_name_alone_are_data(home: Home, tmp_path: Path) -> None:
    result = loaded(home, tmp_path, ",2026-09-01,EUR,17,170,8.00,2\n", ",2026-09-02,EUR,0,0,0.00,0\n")
    assert (result.rows_loaded, result.rows_total) == (2, 0)


def test_a_name_that_begins_like_a_label_is_a_name_where_totals_have_none(home: Home, tmp_path: Path) -> None:
    """Meta's totals have no name; a campaign called “Total fitness” had been taken for one."""
    header = "Reporting starts,Reporting ends,Campaign name,Campaign delivery,Amount spent (EUR),Impressions\n"
    rows = "2026-09-01,2026-09-01,Cars,active,5,50\n2026-09-01,2026-09-01,Total fitness,active,3,30\n"
    result = loaded(home, tmp_path, rows, "2026-09-01,2026-09-01,,,8,80\n", header=header)
    assert (result.rows_loaded, result.rows_total, result.control_differs) == (2, 1, False)
    assert set(campaigns(home)) == {"Cars", "Total fitness"}
