"""Variation and assurance: every state, and that none is good by default."""

from __future__ import annotations

import pytest

from metrics.model import Better
from metrics.signals import Baseline, Chart, chart
from metrics.status import Aims, Assurance, Goal, Variation, meets, status

STEADY = [10.0, 12, 10, 12, 10, 12, 10, 12]
"""Mean 11, ranges 2: limits 11 ± 2.66 · 2 = 5.68 and 16.32."""


def steady(*, newest: float | None = None) -> Chart:
    values = [*STEADY, *STEADY, *STEADY]
    return chart([*values, newest] if newest is not None else values)


class TestVariation:
    def test_a_steady_process_is_routine(self) -> None:
        assert status(steady(), Better.HIGHER).variation is Variation.ROUTINE

    @pytest.mark.parametrize(
        ("newest", "better", "expected"),
        [
            (40.0, Better.HIGHER, Variation.IMPROVING),
            (40.0, Better.LOWER, Variation.WORSE),
            (-20.0, Better.HIGHER, Variation.WORSE),
            (-20.0, Better.LOWER, Variation.IMPROVING),
            (40.0, Better.NEITHER, Variation.CHANGED),
            (40.0, Better.IN_RANGE, Variation.CHANGED),
        ],
    )
    def test_a_signal_has_a_direction(self, newest: float, better: Better, expected: Variation) -> None:
        found = status(steady(newest=newest), better)
        assert found.variation is expected
        assert found.is_exception

    def test_an_old_signal_is_no_news(self) -> None:
        found = chart([*STEADY, 40, *STEADY], [Baseline(0, 8)])
        assert found.points[8].flags
        assert status(found, Better.HIGHER).variation is Variation.ROUTINE

    @pytest.mark.parametrize("values", [[1.0], [1.0, 2, 3, 4, 5], [1.0, None, 2, None, 3]])
    def test_few_points_say_nothing(self, values: list[float | None]) -> None:
        found = status(chart(values), Better.HIGHER, Goal(100))
        assert (found.variation, found.assurance) == (Variation.TOO_EARLY, Assurance.TOO_EARLY)

    @pytest.mark.parametrize("values", [[], [None, None]])
    def test_no_data_is_a_state_of_its_own(self, values: list[float | None]) -> None:
        found = status(chart(values), Better.HIGHER)
        assert (found.variation, found.assurance) == (Variation.NO_DATA, Assurance.NO_TARGET)
        assert not found.is_exception


class TestAssurance:
    def test_each_period_is_judged_by_the_target_that_held_in_it(self) -> None:
        # Eight times 10 and 12 in turn: none judged, then by 12 (four met), in the end by 20 (none met).
        aims = Aims(Goal(20), (*[None] * 8, *[Goal(12)] * 8, *[Goal(20)] * 8), moved=True)
        found = status(steady(), Better.HIGHER, aims)
        assert (found.assurance, found.met, found.judged, found.periods) == (Assurance.MISS, 4, 16, 24)

    def test_nothing_is_sure_that_the_newest_value_disproves(self) -> None:
        # No process that always makes 0 misses an aim of 0; it did.
        assert status(chart([0.0] * 9), Better.LOWER, Goal(0)).assurance is Assurance.HIT
        zeros = chart([*[0.0] * 9, 1.0], [Baseline(0, 9)])
        assert status(zeros, Better.LOWER, Goal(0)).assurance is Assurance.HIT_OR_MISS
        assert status(steady(newest=40), Better.HIGHER, Goal(25)).assurance is Assurance.HIT_OR_MISS

    @pytest.mark.parametrize(
        ("better", "goal", "expected"),
        [
            (Better.HIGHER, Goal(17), Assurance.MISS),
            (Better.HIGHER, Goal(5), Assurance.HIT),
            (Better.HIGHER, Goal(11), Assurance.HIT_OR_MISS),
            (Better.LOWER, Goal(5), Assurance.MISS),
            (Better.LOWER, Goal(17), Assurance.HIT),
            (Better.LOWER, Goal(11), Assurance.HIT_OR_MISS),
            (Better.IN_RANGE, Goal(low=5, high=17), Assurance.HIT),
            (Better.IN_RANGE, Goal(low=20, high=30), Assurance.MISS),
            (Better.IN_RANGE, Goal(low=10, high=12), Assurance.HIT_OR_MISS),
            (Better.IN_RANGE, Goal(low=17), Assurance.MISS),
            (Better.NEITHER, Goal(12), Assurance.NO_TARGET),
            (Better.HIGHER, None, Assurance.NO_TARGET),
        ],
    )
    def test_where_the_target_lies(self, better: Better, goal: Goal | None, expected: Assurance) -> None:
        assert status(steady(), better, goal).assurance is expected

    def test_how_many_periods_met_it(self) -> None:
        found = status(steady(), Better.HIGHER, Goal(12))
        assert (found.met, found.periods) == (12, 24)

    def test_a_target_always_missed_is_an_exception_without_any_signal(self) -> None:
        found = status(steady(), Better.HIGHER, Goal(20))
        assert found.variation is Variation.ROUTINE
        assert found.is_exception

    @pytest.mark.parametrize(("value", "met"), [(10.0, True), (9.99, False), (11.0, True)])
    def test_exactly_on_target_meets_it(self, value: float, *, met: bool) -> None:
        assert meets(value, Better.HIGHER, Goal(10)) is met
