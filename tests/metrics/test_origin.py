"""From which columns a KPI is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metrics.catalog import CATALOGUE, find
from metrics.origin import columns
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from metrics.model import Kpi


def test_a_sum_reads_its_column() -> None:
    assert columns(find("spend")) == {"ad_performance": ("cost",)}


def test_a_ratio_reads_both_sides_in_the_order_of_the_contract() -> None:
    assert columns(find("ctr")) == {"ad_performance": ("impressions", "clicks")}


def test_of_a_view_the_columns_that_its_statement_names() -> None:
    found = columns(find("first_response_hours"))
    assert next(iter(found)) == "requests"
    assert {"created_at", "first_response_at"} <= set(found["requests"])
    assert "day" in found["holidays"]


def test_of_what_others_count_in_the_same_view_nothing() -> None:
    assert columns(find("nps"))["survey_answers"] == ("asked_on", "survey", "score")


@pytest.mark.parametrize("kpi", CATALOGUE.values(), ids=lambda kpi: kpi.id)
def test_every_kpi_is_computed_from_something(kpi: Kpi) -> None:
    found = columns(kpi)
    assert set(kpi.datasets) <= set(found)
    assert all(found[dataset] for dataset in kpi.datasets)
    assert all(set(found[dataset]) <= set(DATASETS[dataset].by_name) for dataset in found)
