"""The parts of a change, against sums done by hand, and that they always add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.drivers import Drivers, additive, ratio, volume_and_rate

COUNTS = st.integers(0, 10**7)
ADDITIVE = st.dictionaries(st.sampled_from("ABCDEFG"), COUNTS.map(float), max_size=7)
SHARES = st.dictionaries(
    st.sampled_from("ABCDEFG"), st.tuples(COUNTS.map(float), st.integers(0, 10**4).map(float)), max_size=7
)


def changes(found: Drivers | None) -> dict[str, float]:
    assert found is not None
    return {part.segment: part.change for part in found.parts}


class TestSums:
    def test_each_segment_contributes_its_own_change(self) -> None:
        found = additive({"Search": 100, "Social": 50}, {"Search": 70, "Social": 60})
        assert found.change == -20
        assert changes(found) == {"Search": -30, "Social": 10}

    def test_segments_that_appear_and_vanish(self) -> None:
        assert changes(additive({"Old": 5}, {"New": 8})) == {"New": 8, "Old": -5}

    def test_the_greatest_come_first_and_the_rest_is_one(self) -> None:
        found = additive({}, {name: float(value) for value, name in enumerate("abcdefg")})
        top, other = found.top(5)
        assert [part.segment for part in top] == ["g", "f", "e", "d", "c"]
        assert other is not None
        assert other.change == 1

    def test_without_others_there_is_no_other(self) -> None:
        assert additive({}, {"a": 1.0}).top(5)[1] is None


class TestRatios:
    def test_rate_and_mix_by_hand(self) -> None:
        """Two segments, cost as denominator.

        Before: A 300/100, B 100/100: R 2, shares ½ ½. After: A 240/120, B 84/80: R 324/200 = 1.62, shares .6 .4.
        A: rate ½(.5+.6)(2−3) = −.55, mix (.1)(½(3+2) − ½(2+1.62)) = .1 · .69 = .069.
        B: rate ½(.5+.4)(1.05−1) = .0225, mix (−.1)(½(1+1.05) − 1.81) = −.1 · −.785 = .0785.
        Sum −.55 + .069 + .0225 + .0785 = −.38 = 1.62 − 2.
        """
        found = ratio({"A": (300, 100), "B": (100, 100)}, {"A": (240, 120), "B": (84, 80)})
        assert found is not None
        parts = {part.segment: (part.rate, part.mix) for part in found.parts}
        assert parts["A"] == pytest.approx((-0.55, 0.069))
        assert parts["B"] == pytest.approx((0.0225, 0.0785))
        assert found.change == pytest.approx(-0.38)

    def test_a_segment_that_appears_is_all_mix(self) -> None:
        """R 2 → (200+50)/(100+100) = 1.25; N: share 0 → ½ at rate .5: ½(.5 − ½(2+1.25)) = −.5625; A: −½(2−1.625)."""
        found = ratio({"A": (200, 100)}, {"A": (200, 100), "N": (50, 100)})
        assert found is not None
        parts = {part.segment: (part.rate, part.mix) for part in found.parts}
        assert parts["N"] == pytest.approx((0, -0.5625))
        assert parts["A"] == pytest.approx((0, -0.1875))

    def test_a_value_without_cost_counts_as_rate(self) -> None:
        found = ratio({"A": (100, 100)}, {"A": (100, 100), "Free": (50, 0)})
        assert found is not None
        free = next(part for part in found.parts if part.segment == "Free")
        assert (free.rate, free.mix) == pytest.approx((0.5, 0))

    @pytest.mark.parametrize(("before", "after"), [({}, {"A": (1.0, 1.0)}), ({"A": (1.0, 1.0)}, {"A": (1.0, 0.0)})])
    def test_without_a_denominator_there_is_nothing_to_explain(
        self, before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]
    ) -> None:
        assert ratio(before, after) is None


class TestVolumeAndRate:
    def test_clicks_by_impressions_and_rate(self) -> None:
        """100 000 → 140 000 impressions, 3 000 → 3 500 clicks: volume 40 000 · .0275, rate −.005 · 120 000."""
        found = volume_and_rate((100_000, 3_000), (140_000, 3_500))
        assert changes(found) == pytest.approx({"volume": 1_100, "rate": -600})

    def test_no_volume_no_rate(self) -> None:
        assert volume_and_rate((0, 0), (10, 1)) is None


@given(ADDITIVE, ADDITIVE)
def test_the_parts_of_a_sum_add_up(before: dict[str, float], after: dict[str, float]) -> None:
    found = additive(before, after)
    assert sum(changes(found).values()) == pytest.approx(sum(after.values()) - sum(before.values()), abs=1e-9)


@given(SHARES, SHARES)
def test_the_parts_of_a_ratio_add_up(
    before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]
) -> None:
    found = ratio(before, after)
    if found is None:
        assert not (sum(d for _, d in before.values()) and sum(d for _, d in after.values()))
        return
    scale = max(abs(found.before), abs(found.after), 1)
    assert abs(found.residual) <= 1e-9 * scale
    assert all(part.change == pytest.approx((part.rate or 0) + (part.mix or 0)) for part in found.parts)
    top, other = found.top(2)
    told = [*top, *([other] if other else [])]
    assert sum(part.change for part in told) == pytest.approx(found.change, abs=1e-9 * scale)


@given(st.tuples(st.integers(1, 10**6), COUNTS), st.tuples(st.integers(1, 10**6), COUNTS))
def test_volume_and_rate_add_up(before: tuple[int, int], after: tuple[int, int]) -> None:
    found = volume_and_rate(before, after)
    assert found is not None
    scale = max(before[0], after[0]) * max(before[1] / before[0], after[1] / after[0])
    assert sum(changes(found).values()) == pytest.approx(after[1] - before[1], abs=1e-9 * scale)
