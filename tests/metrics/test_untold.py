"""Which series tell no signals, and what is said instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.period import Calendar, Grain, Period
from metrics import standing, verdict
from metrics.catalog import CATALOGUE
from metrics.figure import Point
from metrics.status import Assurance, Goal, Variation
from metrics.untold import untold

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNT, SHARE, MONEY = (CATALOGUE[name] for name in ("leads", "promises_kept_rate", "partner_revenue"))
NOISE = [33.0, 41, 29, 36, 38, 31, 27, 35, 40, 32, 37, 30]


def points(values: Sequence[float | None], grain: Grain = Grain.WEEK) -> tuple[Point, ...]:
    first, calendar = date(2026, 1, 1), Calendar()
    last = first + timedelta(days=400 * len(values))
    periods = calendar.split(Period(calendar.first_day(first, grain), last), grain)[: len(values)]
    return tuple(Point(period, value, complete=True) for period, value in zip(periods, values, strict=True))


class TestRare:
    @pytest.mark.parametrize(
        "values",
        [
            # Six in twelve weeks: half a one a week. Then: never more than two, and two steps make a limit.
            [0.0, 1, 0, 2, 0, 0, 1, 0, 1, 0, 0, 1],
            [1.0, 1, 2, 1, 1, 2, 1, 2, 2, 1, 1, 2],
        ],
    )
    def test_counts_of_next_to_nothing(self, values: list[float]) -> None:
        assert untold(COUNT, values) is Variation.RARE

    def test_many_that_hardly_move_are_not_rare(self) -> None:
        shown = standing.of(COUNT, points([447.0, 447, 447, 448, 448, 448, 448, 447, 447, 447, 447, 448]), Goal(450.0))
        assert shown.status.variation is Variation.COARSE
        assert verdict.sentence(shown) == "It moves by too few whole numbers to tell signals: look at longer periods."
        assert shown.lines == (None, None, None)
        assert shown.status.assurance is Assurance.TOO_EARLY

    def test_money_of_few_deals(self) -> None:
        assert untold(MONEY, [0, 40_600.0, 0, 0, 44_900, 0, 0, 0, 0, 39_900, 0, 0]) is Variation.RARE

    def test_what_is_nearly_always_complete(self) -> None:
        assert untold(SHARE, [1, 1, 0.5, 1, 1, 0.67, 1, 0.5, 1, 1, 0.75, 1]) is Variation.RARE

    @pytest.mark.parametrize("values", [[0.0] * 12, [1.0] * 12, [8.0] * 12])
    def test_what_never_changes_is_steady(self, values: list[float]) -> None:
        assert untold(SHARE, values) is None

    @pytest.mark.parametrize("values", [[*NOISE, *[0.0] * 12], [*[0.0] * 12, *NOISE]])
    def test_what_ended_or_began_has_changed(self, values: list[float]) -> None:
        assert untold(COUNT, values) is None
        assert standing.of(COUNT, points(values)).is_signal

    def test_a_jump_after_equal_weeks_is_a_signal(self) -> None:
        assert standing.of(COUNT, points([910.0] * 24 + [1190.0])).is_signal

    @pytest.mark.parametrize(
        ("grain", "told"),
        [
            (Grain.DAY, "Too rare to tell signals by day: look at it by week."),
            (Grain.WEEK, "Too rare to tell signals by week: look at it by month."),
            (Grain.MONTH, "Too rare to tell signals by month: look at it by quarter."),
            (Grain.QUARTER, "Too rare to tell signals by quarter: look at it by year."),
            (Grain.YEAR, "Too rare to tell signals."),
        ],
    )
    def test_it_says_so_and_draws_no_limits(self, grain: Grain, told: str) -> None:
        shown = standing.of(COUNT, points([0.0, 1, 0, 2, 0, 0, 1, 0, 1, 0, 0, 9], grain), Goal(5.0))
        assert verdict.sentence(shown) == told
        assert shown.lines == (None, None, None)
        assert not any(shown.flags)
        assert (shown.status.assurance, shown.status.is_exception) == (Assurance.TOO_EARLY, False)


def test_a_plan_a_rolling_value_and_a_state_of_today_tell_no_signals() -> None:
    jump = points([*NOISE, 400.0])
    for name, variation in (
        ("planned_spend", Variation.DECIDED),
        ("customer_value", Variation.ROLLING),
        ("derivatives_per_pillar", Variation.ROLLING),
        ("procedure_coverage", Variation.TODAY),
    ):
        shown = standing.of(CATALOGUE[name], jump)
        assert shown.status.variation is variation
        assert not any(shown.flags)
        assert verdict.sentence(shown).endswith("signals are not told.")


def test_a_signal_lasts_until_a_complete_period_without_a_value() -> None:
    shown = standing.of(COUNT, points([*NOISE, 90.0]))
    assert shown.is_signal
    ended = standing.of(COUNT, points([*NOISE, 90.0, None]))
    assert ended.status.variation is Variation.ROUTINE
    assert ended.since is None
    assert verdict.sentence(ended) == ""
    (*before, newest) = points([*NOISE, 90.0, None])
    assert standing.of(COUNT, [*before, replace(newest, complete=False)]).is_signal


def test_nothing_is_said_of_the_newest_value_where_the_newest_period_has_none() -> None:
    routine = standing.of(COUNT, points(NOISE))
    assert verdict.sentence(routine).startswith("Routine: the newest value lies within")
    assert verdict.sentence(standing.of(COUNT, points([*NOISE, None]))) == ""
    # A period that is not over may still get its value.
    (*before, newest) = points([*NOISE, None])
    assert verdict.sentence(standing.of(COUNT, [*before, replace(newest, complete=False)])).startswith("Routine:")
