"""Did a decision work: each verdict, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.period import Period
from metrics.effect import Verdict, divide, effect
from metrics.model import Better

BEFORE = [10.0, 12] * 6
"""Mean 11, ranges 2: limits 11 ± 2.66 · 2 = 5.68 and 16.32, sigma 1.7733; 1.5 sigma above is 13.66."""
ROUTINE = [11.0, 12, 10, 12, 10, 12, 10, 12]


def verdict(after: list[float | None], wanted: Better = Better.HIGHER, before: list[float | None] | None = None) -> str:
    return effect(BEFORE if before is None else before, after, wanted).verdict


def test_eight_in_a_row_above_the_earlier_centre_are_an_improvement() -> None:
    found = effect(BEFORE, [12.0] * 8, Better.HIGHER)
    assert (found.verdict, found.rule, found.rising, found.points) == (Verdict.IMPROVED, "run", True, 8)
    assert found.before is not None
    assert (found.before.center, found.after) == (11, 12)
    assert (found.before.lower, found.before.upper) == pytest.approx((5.68, 16.32))


@pytest.mark.parametrize(
    ("after", "rule"),
    [
        # Above 16.32, at once; at 16.32 it is not beyond the limit yet.
        ([16.33], "outside"),
        # Three of four above 13.66.
        ([13.7, 13.7, 11, 13.7], "near_limit"),
        ([12.0] * 8, "run"),
    ],
)
def test_each_rule_finds_a_change(after: list[float | None], rule: str) -> None:
    found = effect(BEFORE, after, Better.HIGHER)
    assert (found.verdict, found.rule) == (Verdict.IMPROVED, rule)


@pytest.mark.parametrize(
    ("wanted", "up", "down"),
    [
        (Better.HIGHER, Verdict.IMPROVED, Verdict.WORSE),
        (Better.LOWER, Verdict.WORSE, Verdict.IMPROVED),
        (Better.IN_RANGE, Verdict.CHANGED, Verdict.CHANGED),
        (Better.NEITHER, Verdict.CHANGED, Verdict.CHANGED),
    ],
)
def test_the_wanted_direction_decides(wanted: Better, up: Verdict, down: Verdict) -> None:
    assert verdict([30.0], wanted) == up
    assert verdict([-30.0], wanted) == down


@pytest.mark.parametrize("after", [[], [None], [12.0] * 3, [16.32], [12.0] * 7, [12.0, None] * 7])
def test_fewer_than_eight_points_without_a_signal_are_too_early(after: list[float | None]) -> None:
    found = effect(BEFORE, after, Better.HIGHER)
    assert found.verdict == Verdict.TOO_EARLY
    assert found.points == sum(value is not None for value in after)


def test_eight_points_without_a_signal_are_no_detectable_change() -> None:
    found = effect(BEFORE, ROUTINE, Better.HIGHER)
    assert (found.verdict, found.after, found.faded) == (Verdict.NONE, 11.125, False)


def test_a_change_that_did_not_last_is_none_any_more() -> None:
    assert effect(BEFORE, [30.0, *ROUTINE[1:]], Better.HIGHER).verdict == Verdict.IMPROVED
    found = effect(BEFORE, [30.0, *ROUTINE], Better.HIGHER)
    assert (found.verdict, found.faded) == (Verdict.NONE, True)


def test_of_two_changes_the_newest_counts() -> None:
    assert verdict([30.0, -30.0]) == Verdict.WORSE
    assert verdict([-30.0, 30.0]) == Verdict.IMPROVED


@pytest.mark.parametrize("before", [[], [10.0, 12, 10, 12, 10], [10.0, None] * 12])
def test_without_points_before_nothing_can_be_compared(before: list[float | None]) -> None:
    found = effect(before, [12.0] * 8, Better.HIGHER)
    assert (found.verdict, found.before, found.after) == (Verdict.NO_BASIS, None, 12)


def test_a_change_that_was_under_way_is_told() -> None:
    # Mean 158 / 13 = 12.15, ranges (11 · 2 + 14) / 12 = 3: the upper limit is 12.15 + 2.66 · 3 = 20.13.
    under_way = [*BEFORE[:-1], 12.0, 26.0]
    found = effect(under_way, [40.0], Better.HIGHER)
    assert (found.verdict, found.moving) == (Verdict.IMPROVED, True)
    assert not effect(under_way, [-40.0], Better.HIGHER).moving
    assert not effect(BEFORE, [40.0], Better.HIGHER).moving


def test_the_period_of_the_decision_is_neither_before_nor_after() -> None:
    weeks = [Period(date(2026, 11, 2), date(2026, 11, 8)).moved(7 * place) for place in range(4)]
    # Wednesday of the second week: one week before, the third is the first after.
    assert divide(weeks, date(2026, 11, 11)) == (1, 2)
    # A Monday: its own week is the first after.
    assert divide(weeks, date(2026, 11, 9)) == (1, 1)
    # A Sunday: that week has six days before it.
    assert divide(weeks, date(2026, 11, 15)) == (1, 2)
    assert divide(weeks, date(2026, 10, 1)) == (0, 0)
    assert divide(weeks, weeks[-1].end + timedelta(1)) == (4, 4)
