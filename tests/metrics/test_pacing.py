"""Pacing against sums done by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.pacing import Pace

BRIEF = Pace(planned=12_000, days=30, spent=(500.0,) * 10)


def test_the_reference_case() -> None:
    """12 000 for 30 days, day 10, actual 5 000: expected 4 000, index 1.25, linear 15 000, required 7 000 / 20."""
    assert BRIEF.expected == 4_000
    assert BRIEF.index == 1.25
    assert BRIEF.linear == 15_000
    assert BRIEF.required == 350


def test_the_projection_carries_on_the_last_seven_days() -> None:
    """Ten days: three of 0, seven of 700: 4 900 + 20 · 700 = 18 900, and no spread among equal days."""
    found = Pace(12_000, 30, (0.0,) * 3 + (700.0,) * 7).projection
    assert found is not None
    assert (found.value, found.low, found.high) == (18_900, 18_900, 18_900)


def test_the_interval_by_hand() -> None:
    """Days of 100 and 300: mean 200, s 141.42; two left: 1.96 · 141.42 · √(2 + 4/2) = 554.37 around 800."""
    found = Pace(1_000, 4, (100.0, 300.0)).projection
    assert found is not None
    assert found.value == 800
    assert found.high == pytest.approx(1354.37, abs=0.01)
    # It cannot end below what is spent already.
    assert found.low == 400


def test_a_curve_says_how_much_is_planned_for_each_day() -> None:
    """Weekends weigh half: five days of 2 and two of 1 are 12; after six days 11/12 of the plan."""
    pace = Pace(1_200, 7, (150.0,) * 6, (2, 2, 2, 2, 2, 1, 1))
    assert pace.expected == pytest.approx(1_100)
    assert pace.index == pytest.approx(900 / 1_100)


def test_before_the_first_day_nothing_is_said() -> None:
    pace = Pace(1_000, 30, ())
    assert (pace.expected, pace.index, pace.linear, pace.projection) == (0, None, None, None)
    assert pace.required == pytest.approx(1_000 / 30)


def test_after_the_last_day_nothing_is_left() -> None:
    pace = Pace(100, 2, (60.0, 70.0))
    assert (pace.left, pace.required, pace.linear) == (0, None, 130)
    assert pace.projection is not None
    assert pace.projection.value == 130


def test_over_the_plan_what_is_left_is_less_than_nothing() -> None:
    assert Pace(100, 4, (90.0, 30.0)).required == -10


@given(st.floats(1, 1e6), st.integers(1, 92), st.lists(st.floats(0, 1e5), max_size=92))
def test_spending_what_is_required_ends_on_the_plan(planned: float, days: int, spent: list[float]) -> None:
    pace = Pace(planned, days, tuple(spent[:days]))
    if pace.required is not None:
        assert pace.actual + pace.required * pace.left == pytest.approx(planned, abs=1e-6)
