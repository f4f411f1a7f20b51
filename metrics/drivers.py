"""What moved: the change of a KPI as the sum of what each segment contributed. Pure; the parts sum to the change.

A sum changes by what its segments change. A ratio R = Σ numerators / Σ denominators changes by each segment's *rate*
(its own ratio moved) and *mix* (its share of the denominator moved), in the midpoint form, alike for both periods:
rate = ½(s₀+s₁)(r₁−r₀), mix = (s₁−s₀)(½(r₀+r₁) − ½(R₀+R₁)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Shares = Mapping[str, tuple[float, float]]

SHOWN: Final = 5


@dataclass(frozen=True)
class Driver:
    """What one segment contributed. Of a sum there is only the *change*; of a ratio it is *rate* and *mix* together."""

    segment: str
    change: float
    rate: float | None = None
    mix: float | None = None


@dataclass(frozen=True)
class Drivers:
    """The change of a KPI and its parts, the greatest first. *residual* is what the parts leave unexplained: 0."""

    before: float
    after: float
    parts: tuple[Driver, ...]

    @property
    def change(self) -> float:
        """What is to be explained."""
        return self.after - self.before

    @property
    def residual(self) -> float:
        """The change less the sum of its parts."""
        return math.fsum((self.after, -self.before, *(-part.change for part in self.parts)))

    def top(self, count: int = SHOWN) -> tuple[tuple[Driver, ...], Driver | None]:
        """The *count* greatest parts, and all others as one; None where there are no others. One other has its name."""
        if len(self.parts) <= count + 1:
            return self.parts, None
        return self.parts[:count], _together(self.parts[count:])


def additive(before: Mapping[str, float], after: Mapping[str, float]) -> Drivers:
    """The parts of the change of a sum. A segment that is missing in a period contributed 0 to it."""
    names = {**before, **after}
    parts = (Driver(name, after.get(name, 0.0) - before.get(name, 0.0)) for name in names)
    return Drivers(math.fsum(before.values()), math.fsum(after.values()), _greatest_first(parts))


def ratio(before: Shares, after: Shares) -> Drivers | None:
    """The parts of the change of a ratio, from numerator and denominator of each segment in both periods.

    None where either period has no denominator, and so no ratio. A segment that appears or disappears has its share go
    from or to 0; its rate did not move. A numerator without a denominator counts as rate.
    """
    old, new = (_totals(period) for period in (before, after))
    if not old[1] or not new[1]:
        return None
    whole = (old[0] / old[1], new[0] / new[1])
    parts = (
        _driver(name, _Share.of(before.get(name), old[1]), _Share.of(after.get(name), new[1]), whole)
        for name in {**before, **after}
    )
    return Drivers(*whole, _greatest_first(parts))


def volume_and_rate(before: tuple[float, float], after: tuple[float, float]) -> Drivers | None:
    """How a product, such as clicks = impressions × click-through rate, changed: through its volume, and its rate.

    *before* and *after* are volume and product. None where a period has no volume.
    """
    (volume, product), (new_volume, new_product) = before, after
    if not volume or not new_volume:
        return None
    rate, new_rate = product / volume, new_product / new_volume
    by_volume = (new_volume - volume) * (rate + new_rate) / 2
    by_rate = (new_rate - rate) * (volume + new_volume) / 2
    return Drivers(product, new_product, (Driver("volume", by_volume), Driver("rate", by_rate)))


@dataclass(frozen=True)
class _Share:
    """A segment within one period: its share of the denominator, its ratio, what it contributes to the whole ratio."""

    share: float
    rate: float | None
    contribution: float

    @classmethod
    def of(cls, segment: tuple[float, float] | None, whole: float) -> _Share:
        numerator, denominator = segment or (0.0, 0.0)
        rate = numerator / denominator if denominator else None
        return cls(denominator / whole, rate, numerator / whole)


def _driver(name: str, old: _Share, new: _Share, whole: tuple[float, float]) -> Driver:
    middle = (whole[0] + whole[1]) / 2
    known = [rate for rate in (old.rate, new.rate) if rate is not None]
    usual = math.fsum(known) / len(known) if known else middle
    moved = new.share - old.share
    rate = new.contribution - old.contribution - moved * usual
    mix = moved * (usual - middle)
    return Driver(name, rate + mix, rate, mix)


def _totals(period: Shares) -> tuple[float, float]:
    return math.fsum(upper for upper, _ in period.values()), math.fsum(lower for _, lower in period.values())


def _greatest_first(parts: Iterable[Driver]) -> tuple[Driver, ...]:
    return tuple(sorted(parts, key=lambda part: (-abs(part.change), part.segment)))


def _together(parts: tuple[Driver, ...]) -> Driver:
    change = math.fsum(part.change for part in parts)
    if any(part.rate is None or part.mix is None for part in parts):
        return Driver("", change)
    return Driver("", change, math.fsum(part.rate or 0 for part in parts), math.fsum(part.mix or 0 for part in parts))
