"""A filter that no row meets is told, with the nearest values that rows have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metrics.query import Query
from metrics.unmet import unmet
from tests.metrics.toy import ad, period, total, toy

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

JUNE = period("2026-06-01", "2026-06-30")


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Two campaigns and a site."""
    ads = [ad("2026-06-01", campaign=name, cost=1) for name in ("Brand", "Remarketing", None)]
    return toy(tmp_path, ad_performance=ads, search_totals=[total("2026-06-01", clicks=1)])


def found(snapshot: Snapshot, kpis: str, **where: tuple[str | None, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """The filters that are not met."""
    query = Query(tuple(kpis.split()), JUNE, where=where)
    return [(each.dimension, each.value, each.nearest) for each in unmet(snapshot, query)]


def test_a_misspelt_value_is_told_with_the_nearest(snapshot: Snapshot) -> None:
    assert found(snapshot, "spend", campaign=("brnad",)) == [("campaign", "brnad", ("Brand", "Remarketing"))]


def test_values_that_rows_have_are_not_told_whatever_the_period(snapshot: Snapshot) -> None:
    query = Query(("spend",), period("2020-01-01", "2020-01-02"), where={"campaign": ("Brand", None)})
    assert list(unmet(snapshot, query)) == []


def test_where_nothing_is_loaded_there_is_nothing_near(tmp_path: Path) -> None:
    (each,) = unmet(toy(tmp_path), Query(("spend",), JUNE, where={"campaign": ("Brand",)}))
    assert each.said("campaign=Brand") == "No row has campaign=Brand."


def test_a_value_may_be_in_either_of_the_datasets(snapshot: Snapshot) -> None:
    assert found(snapshot, "organic_clicks query_coverage", site=("example.com",)) == []
    assert found(snapshot, "query_coverage", site=("exmaple.com",)) == [("site", "exmaple.com", ("example.com",))]


def test_a_filter_that_a_kpi_has_not_is_left_to_others(snapshot: Snapshot) -> None:
    assert found(snapshot, "spend", site=("nowhere",)) == []
