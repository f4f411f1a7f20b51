"""Limits and rules against published values; nothing here was computed by the program itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.signals import Baseline, Center, Limits, Rules, autocorrelation, chart, flags, limits, within

UNIT = Limits(center=0, average_range=1.128, upper=3, lower=-3, range_limit=3.686, points=30)
"""Centre 0 and sigma 1, as the fixtures of the rules are written."""
NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
DEFICITS = [10.7, 13.0, 11.4, 11.5, 12.5, 14.1, 14.8, 14.1, 12.6, 16.0, 11.7, 10.6]
DEFICITS_1988 = [10.0, 11.4, 7.9, 9.5, 8.0, 11.8, 10.5, 11.2, 9.2, 10.1, 10.4, 10.5]


def flagged(values: list[float], rules: Rules, name: str) -> list[int]:
    """The places, counted from 1, of the points that the rule *name* flags."""
    return [place for place, names in enumerate(flags(values, UNIT, rules), start=1) if name in names]


class TestLimits:
    def test_nist_6_3_2_2(self) -> None:
        """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, with Wheeler's 2.66 and 3.268."""
        found = limits(NIST)
        assert found is not None
        # Ranges 2.0 2.3 1.4 3.5 3.4 1.4 0.2 1.2 1.5 sum to 16.9; 16.9 / 9 = 1.8778.
        assert found.center == pytest.approx(50.81)
        assert found.average_range == pytest.approx(16.9 / 9)
        assert found.upper == pytest.approx(55.80489, abs=5e-6)
        assert found.lower == pytest.approx(45.81511, abs=5e-6)
        assert found.range_limit == pytest.approx(6.13658, abs=5e-6)

    def test_montgomery_and_runger_16_3(self) -> None:
        """Montgomery & Runger, Table 16-3: x̄ 99.095 and mR̄ 2.58947 give 105.983 and 92.207."""
        values = [102.0, 94.8, 98.3, 98.4, 102.0, 98.5, 99.0, 97.7, 100.0, 98.1]
        values += [101.3, 98.7, 101.1, 98.4, 97.0, 96.7, 100.3, 101.4, 97.2, 101.0]
        found = limits(values)
        assert found is not None
        assert found.center == pytest.approx(99.095)
        assert found.average_range == pytest.approx(2.58947, abs=5e-6)
        assert found.upper == pytest.approx(105.983, abs=5e-4)
        assert found.lower == pytest.approx(92.207, abs=5e-4)

    def test_the_median_variant(self) -> None:
        """Median 5 and ranges 4 2 3 6 of median 3.5: limits 5 ± 3.145 · 3.5, range limit 3.865 · 3.5."""
        found = limits([1, 5, 3, 6, 12], Center.MEDIAN)
        assert found is not None
        assert (found.center, found.average_range) == (5, 3.5)
        assert found.upper == pytest.approx(16.0075)
        assert found.lower == pytest.approx(-6.0075)
        assert found.range_limit == pytest.approx(13.5275)

    def test_no_range_is_taken_over_a_gap(self) -> None:
        found = limits([1, 2, None, 100, 101])
        assert found is not None
        assert (found.average_range, found.points) == (1, 4)

    @pytest.mark.parametrize("values", [[], [1], [1, None, 2], [None, None]])
    def test_too_few_points_have_no_limits(self, values: list[float | None]) -> None:
        assert limits(values) is None

    @pytest.mark.parametrize(
        ("points", "provisional", "firm"), [(11, True, False), (12, False, False), (20, False, True)]
    )
    def test_how_far_they_can_be_relied_on(self, points: int, *, provisional: bool, firm: bool) -> None:
        found = limits([float(value % 3) for value in range(points)])
        assert found is not None
        assert (found.provisional, found.firm) == (provisional, firm)

    def test_a_limit_beyond_what_can_be_is_hidden(self) -> None:
        assert within(UNIT, 0, None) == (None, 3)
        assert within(UNIT, -3, 2.5) == (-3, None)
        assert within(UNIT, None, None) == (-3, 3)


class TestRules:
    @pytest.mark.parametrize(
        ("rules", "name", "values", "expected"),
        [
            (Rules.WESTERN_ELECTRIC, "outside", [0, 3.2, -3.5, 2.9], [2, 3]),
            (Rules.WESTERN_ELECTRIC, "two_of_three", [0, 2.5, 1, 2.6, 0], [4]),
            (Rules.WESTERN_ELECTRIC, "four_of_five", [0, 1.2, 1.3, 0.2, 1.4, 1.5], [6]),
            (Rules.WESTERN_ELECTRIC, "run", [-1.0] * 8 + [1], [8]),
            (Rules.WHEELER, "run", [-1.0] * 8 + [1], [8]),
            (Rules.NELSON, "run", [0.5] * 10 + [-0.5] * 10, [9, 10, 19, 20]),
            (Rules.NELSON, "trend", [*range(1, 8), *range(7, 0, -1)], [6, 7, 13, 14]),
            (Rules.NELSON, "alternating", [1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7, 9, 8], [14, 15]),
            (Rules.NELSON, "hugging", [0.3] * 16 + [1.2], [15, 16]),
            (Rules.NELSON, "mixture", [1.5, -1.5] * 4 + [0.5], [8]),
            (Rules.NELSON, "mixture", [1.5] * 8, []),
            (Rules.WESTERN_ELECTRIC, "two_of_three", [2.5, 0, -2.5], []),
            (Rules.WHEELER, "near_limit", [1.6, 0, 1.7, 1.8], [4]),
            (Rules.WHEELER, "near_limit", [1.6, 1.7, 1.8, 0.1], [3]),
            (Rules.WHEELER, "near_limit", [1.6, -1.7, 1.8, -1.9], []),
            (Rules.NHS, "run", [1.0] * 7, [7]),
            (Rules.NHS, "trend", [*range(1, 8)], [7]),
            (Rules.WHEELER, "outside", [3, -3], []),
            (Rules.WHEELER, "near_limit", [1.5, 1.5, 1.5, 1.5], []),
            (Rules.WHEELER, "run", [1.0] * 4 + [0] + [1.0] * 4, []),
        ],
    )
    def test_the_completing_points(self, rules: Rules, name: str, values: list[float], expected: list[int]) -> None:
        assert flagged(values, rules, name) == expected

    @pytest.mark.parametrize("rules", Rules)
    @pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, 1e9, -7.0])
    def test_equal_values_are_no_signal(self, value: float, rules: Rules) -> None:
        assert not [point for point in chart([value] * 8, rules=rules).points if point.flags]

    def test_missing_points_are_passed_over(self) -> None:
        told = flags([1, None, 1, 1, 1, 1, 1, 1, None, 1], UNIT)
        assert told[-1] == ("run",)
        assert not any(told[:-1])


class TestChart:
    def test_a_series_of_click_through_rates_is_noise(self) -> None:
        values = [0.0121, 0.0123, 0.0119, 0.0122, 0.0120, 0.0124, 0.0121, 0.0122, 0.0120, 0.0123]
        assert not [point for point in chart(values).points if point.flags]

    def test_the_trade_deficit_as_one_process(self) -> None:
        """Wheeler, Understanding Variation: over both years one month is outside, October 1987."""
        points = chart(DEFICITS + DEFICITS_1988).points
        assert [place for place, point in enumerate(points) if "outside" in point.flags] == [9]

    def test_the_trade_deficit_with_a_baseline_for_each_year(self) -> None:
        found = chart(DEFICITS + DEFICITS_1988, [Baseline(0), Baseline(12)])
        assert not [point for point in found.points if "outside" in point.flags]
        assert [(segment.start, segment.stop) for segment in found.segments] == [(0, 12), (12, 24)]
        assert found.points[12].moving_range is None
        assert found.current == found.segments[1]

    def test_a_baseline_may_end_before_the_points_it_is_held_against(self) -> None:
        values = [10.0, 11, 10, 11, 10, 11, 10, 11, 30]
        told = chart(values, [Baseline(0, 8)])
        assert told.points[8].flags == ("outside",)
        assert told.segments[0].limits is not None
        assert told.segments[0].limits.points == 8

    def test_neighbours_that_resemble_each_other_are_told(self) -> None:
        """1 … 6: deviations −2.5 … 2.5, products 3.75 + .75 − .25 + .75 + 3.75 = 8.75 over squares 17.5."""
        assert autocorrelation([1, 2, 3, 4, 5, 6]) == pytest.approx(0.5)
        (segment,) = chart([1, 2, 3, 4, 5, 6]).segments
        assert segment.correlated
        assert autocorrelation([1, 1, 1, 1]) is None

    def test_nothing_at_all(self) -> None:
        found = chart([])
        assert found.points == ()
        assert found.segments[0].limits is None


SERIES = st.lists(st.integers(-1000, 1000), min_size=3, max_size=40)


@given(SERIES, st.integers(-1000, 1000), st.sampled_from([0.5, 3, 64]))
def test_neither_unit_nor_origin_changes_what_a_signal_is(values: list[int], origin: int, unit: float) -> None:
    plain = chart([float(value) for value in values])
    moved = chart([value * unit + origin for value in values])
    assert [point.flags for point in moved.points] == [point.flags for point in plain.points]


@given(SERIES)
def test_upside_down_the_same_points_are_signals(values: list[int]) -> None:
    plain = chart([float(value) for value in values])
    mirrored = chart([-float(value) for value in values])
    assert [point.flags for point in mirrored.points] == [point.flags for point in plain.points]
