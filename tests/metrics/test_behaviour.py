"""From rows to a process behaviour chart and to what moved, by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from core.period import Grain
from metrics.behaviour import behaviour
from metrics.movement import as_dict, movement
from metrics.query import Query
from metrics.signals import Rules
from tests.metrics.toy import EURO, ad, load, period, toy

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

MONDAY = date(2026, 6, 1)
CLICKS = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 40]
"""Twelve weeks: mean 160/12, ranges 2 ten times and 30 once, 50/11 on average: limits 13.33 ± 2.66 · 4.545 = 12.09."""


@pytest.fixture
def weekly(tmp_path: Path) -> Snapshot:
    rows = [ad((MONDAY + timedelta(7 * week)).isoformat(), clicks=n, impressions=100) for week, n in enumerate(CLICKS)]
    return toy(tmp_path, [load(1, first_day=MONDAY, last_day=MONDAY + timedelta(83))], ad_performance=rows)


def asked(kpi: str, start: str, end: str, grain: Grain = Grain.WEEK, split: tuple[str, ...] = ()) -> Query:
    return Query((kpi,), period(start, end), grain, split)


def test_limits_and_signals_of_a_series(weekly: Snapshot) -> None:
    found = behaviour(weekly, asked("clicks", "2026-06-01", "2026-08-23"), EURO).as_dict("week")
    assert found["center"] == pytest.approx(160 / 12)
    assert found["upper"] == pytest.approx(160 / 12 + 2.66 * 50 / 11)
    assert found["range_limit"] == pytest.approx(3.268 * 50 / 11)
    assert (found["rules"], found["provisional"]) == ("wheeler", False)
    points = found["points"]
    assert isinstance(points, list)
    assert points[11] == {
        "period_start": "2026-08-17",
        "value": 40.0,
        "moving_range": 30.0,
        "flags": ["outside"],
        "complete": True,
    }
    assert points[0]["moving_range"] is None


def test_a_limit_below_nothing_is_not_told(weekly: Snapshot) -> None:
    """13.33 − 12.09 is above 0; with the median rules unchanged, clicks per impression never fall below 0 either."""
    found = behaviour(weekly, asked("clicks", "2026-07-20", "2026-08-23"), EURO, Rules.NELSON).as_dict("week")
    # 12 10 12 10 40 → mean 16.8, ranges 2 2 2 30: 9 on average; 16.8 − 23.94 lies below 0 clicks.
    assert found["center"] == pytest.approx(16.8)
    assert found["lower"] is None
    assert found["provisional"] is True


def test_incomplete_weeks_never_count(weekly: Snapshot) -> None:
    found = behaviour(weekly, asked("clicks", "2026-06-01", "2026-09-06"), EURO)
    assert [observed.complete for observed in found.observations][-3:] == [True, False, False]
    assert [point.value for point in found.chart.points][-2:] == [None, None]


@pytest.fixture
def two_platforms(tmp_path: Path) -> Snapshot:
    """May: A 300/100, B 100/100; June: A 240/120, B 84/80, value by cost: the parts are worked out in test_drivers."""
    rows = [
        ad("2026-05-04", campaign="A", cost=100, conversion_value=300),
        ad("2026-05-05", campaign="B", cost=100, conversion_value=100),
        ad("2026-06-04", campaign="A", cost=120, conversion_value=240),
        ad("2026-06-05", campaign="B", cost=80, conversion_value=84),
    ]
    days = load(1, first_day=date(2026, 5, 1), last_day=date(2026, 6, 30))
    return toy(tmp_path, [days], ad_performance=rows)


def test_what_moved_a_ratio(two_platforms: Snapshot) -> None:
    query = asked("roas", "2026-06-01", "2026-06-30", split=("campaign",))
    found = movement(two_platforms, query, period("2026-05-01", "2026-05-31"), EURO)
    assert found is not None
    told = as_dict("roas", found)
    assert (told["before"], told["after"]) == (2, pytest.approx(1.62))
    assert told["parts"] == [
        {"segment": "A", "rate": pytest.approx(-0.55), "mix": pytest.approx(0.069), "change": pytest.approx(-0.481)},
        {"segment": "B", "rate": pytest.approx(0.0225), "mix": pytest.approx(0.0785), "change": pytest.approx(0.101)},
    ]
    assert told["residual"] == pytest.approx(0, abs=1e-12)


def test_what_moved_a_sum(two_platforms: Snapshot) -> None:
    query = asked("spend", "2026-06-01", "2026-06-30", split=("campaign",))
    found = movement(two_platforms, query, period("2026-05-01", "2026-05-31"), EURO)
    assert found is not None
    assert as_dict("spend", found)["parts"] == [{"segment": "A", "change": 20}, {"segment": "B", "change": -20}]


def test_a_period_without_data_has_nothing_to_explain(two_platforms: Snapshot) -> None:
    query = asked("roas", "2026-06-01", "2026-06-30", split=("campaign",))
    assert movement(two_platforms, query, period("2025-05-01", "2025-05-31"), EURO) is None


def test_one_dimension_at_a_time(two_platforms: Snapshot) -> None:
    query = asked("roas", "2026-06-01", "2026-06-30")
    with pytest.raises(UsageError, match="one dimension"):
        movement(two_platforms, query, period("2026-05-01", "2026-05-31"), EURO)
