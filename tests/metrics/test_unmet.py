"""A filter that no row meets is told, with the nearest values that rows have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.language import use_language
from metrics.query import Query
from metrics.unmet import idle_targets, unmet
from tests.metrics.toy import EURO, Row, ad, load, period, total, toy

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
    return [(each.dimension, each.value, each.nearest) for each in unmet(snapshot, query, EURO)]


def test_a_misspelt_value_is_told_with_the_nearest(snapshot: Snapshot) -> None:
    assert found(snapshot, "spend", campaign=("brnad",)) == [("campaign", "brnad", ("Brand", "Remarketing"))]


def test_values_that_rows_have_are_not_told_whatever_the_period(snapshot: Snapshot) -> None:
    query = Query(("spend",), period("2020-01-01", "2020-01-02"), where={"campaign": ("Brand", None)})
    assert list(unmet(snapshot, query, EURO)) == []


def test_where_nothing_is_loaded_there_is_nothing_near(tmp_path: Path) -> None:
    (each,) = unmet(toy(tmp_path), Query(("spend",), JUNE, where={"campaign": ("Brand",)}), EURO)
    assert each.said("campaign=Brand") == "No row has campaign=Brand."


def test_a_value_may_be_in_either_of_the_datasets(snapshot: Snapshot) -> None:
    assert found(snapshot, "organic_clicks query_coverage", site=("example.com",)) == []
    assert found(snapshot, "query_coverage", site=("exmaple.com",)) == [("site", "exmaple.com", ("example.com",))]


def test_a_filter_that_a_kpi_has_not_is_left_to_others(snapshot: Snapshot) -> None:
    assert found(snapshot, "spend", site=("nowhere",)) == []


@pytest.fixture
def leads(tmp_path: Path) -> Snapshot:
    """A lead that came by e-mail, which only its medium tells, and one whose channel is worded otherwise than shown."""
    rows = [{"lead_id": "1", "medium": "email"}, {"lead_id": "2", "channel": "Paid Search"}]
    goals = [
        {"kpi": "leads", "dimension": "channel", "dimension_value": "email"},
        {"kpi": "leads", "dimension": "channel", "dimension_value": "Paid Search"},
        {"kpi": "leads", "dimension": "chanel", "dimension_value": "email"},
        {"kpi": "leads"},
        {"kpi": "gone", "dimension": "channel", "dimension_value": "email"},
    ]
    told = [{"created_at": "2026-06-02 10:00:00", "load_id": 1} | row for row in rows]
    return toy(tmp_path, [load(1)], leads=told, targets=[{"valid_from": "2026-01-01", "value": 5} | g for g in goals])


def test_values_are_those_that_are_shown_not_those_that_are_stored(leads: Snapshot) -> None:
    assert found(leads, "leads", channel=("email", "paid_search")) == []
    assert found(leads, "leads", channel=("Paid Search",)) == [("channel", "Paid Search", ("paid_search",))]


def test_what_is_written_as_it_is_shown_is_that(leads: Snapshot) -> None:
    use_language("pl")
    assert found(leads, "leads", channel=("płatne wyszukiwanie",)) == [
        ("channel", "płatne wyszukiwanie", ("paid_search",))
    ]


def test_what_is_filled_in_by_the_kpi_itself_is_there(tmp_path: Path) -> None:
    snapshot = toy(tmp_path, ad_performance=[ad("2026-06-01", cost=1)])
    assert found(snapshot, "actual_spend", process=("paid_acquisition",)) == []
    assert found(snapshot, "actual_spend", process=("partners",)) == [("process", "partners", ("paid_acquisition",))]


def test_targets_for_parts_that_there_are_not_are_told_with_the_nearest(leads: Snapshot) -> None:
    told = [(idle.target.dimension_value, idle.said("it")) for idle in idle_targets(leads, EURO)]
    assert told == [
        (
            "Paid Search",
            "The target for it holds for nothing: no row has that. Nearest values: paid_search.",
        ),
        ("email", "The target for it holds for nothing: the KPI cannot be split by that. Did you mean channel?"),
    ]


def test_before_the_first_data_no_target_is_doubted(tmp_path: Path) -> None:
    goals = [("spend", "platform", "google_ads"), ("leads", "channel", "email")]
    rows: list[Row] = [
        {"kpi": kpi, "dimension": name, "dimension_value": value, "valid_from": "2026-01-01", "value": 5}
        for kpi, name, value in goals
    ]
    assert list(idle_targets(toy(tmp_path, [], targets=rows), EURO)) == []
