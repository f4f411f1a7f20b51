"""What things are called on screen."""

from __future__ import annotations

import pytest

from connectors.exports.formats import formats
from metrics.compare import Comparison
from metrics.dimensions import DIMENSION_NAMES
from ui import names
from ui.view import FILTERS, GRAINS, SHARED_FILTERS
from warehouse.datasets import DATASETS, titles


def test_every_choice_has_a_name() -> None:
    assert set(names.GRAINS) == set(GRAINS)
    assert set(names.COMPARISONS) == set(Comparison)
    assert set(names.ALL) == set(SHARED_FILTERS)
    assert set(FILTERS) == set(DIMENSION_NAMES)


@pytest.mark.parametrize(
    ("dimension", "value", "shown"),
    [
        ("platform", "google_ads", "Google Ads"),
        ("platform", "new_platform", "new_platform"),
        ("channel", "paid_search", "Paid search"),
        ("channel", "Trade fair", "Trade fair"),
        ("channel", "event", "Events"),
        ("channel", "account_management", "Account management"),
        ("channel", "SEO_team", "SEO_team"),
        ("platform", None, "not from ads"),
        ("campaign", "google_ads", "google_ads"),
        ("campaign", "", "(not given)"),
        ("campaign", None, "(not given)"),
    ],
)
def test_values(dimension: str, value: str | None, shown: str) -> None:
    assert names.value(dimension, value) == shown


def test_platforms_within_a_sentence() -> None:
    assert names.in_text("late: meta_ads · EU, google_ads · 1") == "late: Meta Ads · EU, Google Ads · 1"


def test_every_dataset_and_every_format_has_a_name() -> None:
    assert set(titles.TABLES) == set(DATASETS)
    assert {names.export_format(name) for name in formats()} == {each.title for each in formats().values()}
    assert names.export_format("google_ads") == "Google Ads report"
    assert names.dataset("ad_performance") == "Ad performance"
