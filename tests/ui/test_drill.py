"""From the whole to the part: which KPI stands for which, and what comes below."""

from __future__ import annotations

import pytest

from metrics.catalog import CATALOGUE, find
from ui import drill
from ui.view import View


@pytest.mark.parametrize(
    ("kpi", "dimension", "detail"),
    [
        ("organic_clicks", "query", "query_clicks"),
        ("organic_ctr", "page", "page_ctr"),
        ("average_position", "query", "query_position"),
        ("organic_clicks", "site", "organic_clicks"),
        ("spend", "campaign", "spend"),
        ("spend", "query", None),
        ("query_coverage", "page", None),
    ],
)
def test_which_kpi_stands_for_it_in_detail(kpi: str, dimension: str, detail: str | None) -> None:
    found = drill.in_detail(find(kpi), dimension)
    assert (found.id if found else None) == detail


def test_a_detail_knows_its_whole_and_its_family() -> None:
    assert drill.whole(find("page_position")).id == "average_position"
    assert drill.whole(find("spend")).id == "spend"
    assert drill.family(find("page_ctr")) == ("page_clicks", "page_impressions", "page_ctr", "page_position")
    assert drill.family(find("organic_ctr")) == ()


@pytest.mark.parametrize("kpi", CATALOGUE)
def test_every_kpi_that_cannot_be_reached_by_a_list_is_reached_by_a_split(kpi: str) -> None:
    if drill.is_detail(find(kpi)):
        above = drill.whole(find(kpi))
        assert above.id != kpi
        assert kpi in {detail.id for name in drill.splits(above) if (detail := drill.in_detail(above, name))}


@pytest.mark.parametrize(
    ("kpi", "split", "address"),
    [
        ("spend", "platform", "process?process=paid_acquisition&kpi=spend&split=account&platform=x"),
        ("spend", "ad", "process?process=paid_acquisition&kpi=spend&ad=x"),
        ("organic_clicks", "site", "process?process=organic_content&kpi=organic_clicks&split=page&site=x"),
        ("organic_clicks", "query", "process?process=organic_content&kpi=query_clicks&query=x"),
    ],
)
def test_one_step_deeper(kpi: str, split: str, address: str) -> None:
    assert drill.below(View(), find(kpi), split, "x") == address
