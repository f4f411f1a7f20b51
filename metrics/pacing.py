"""Plan beside fact: how far the money should be by now, where it will end, what is left for each day. Pure.

Money in the reporting currency, days counted from 1. After the plan's last day nothing is left to spend.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

RECENT: Final = 7
"""Days whose pace the projection carries on."""
SURE: Final = 1.96
"""Standard errors on either side of a projection that hold nineteen of twenty times."""


@dataclass(frozen=True)
class Projection:
    """Where it ends if the last days' pace goes on: *value*, and between *low* and *high* nineteen of twenty times."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Pace:
    """A planned amount over a stretch of days, and what was spent on each day that is over.

    *curve* is the planned share of each day; without one every day has the same.
    """

    planned: float
    days: int
    spent: tuple[float, ...]
    curve: tuple[float, ...] | None = None

    @property
    def actual(self) -> float:
        """What was spent so far."""
        return math.fsum(self.spent)

    @property
    def left(self) -> int:
        """Days that are still to come."""
        return max(self.days - len(self.spent), 0)

    @property
    def expected(self) -> float:
        """The plan to date."""
        if self.curve is None:
            return self.planned * min(len(self.spent), self.days) / self.days
        whole = math.fsum(self.curve)
        return self.planned * math.fsum(self.curve[: len(self.spent)]) / whole if whole else 0.0

    @property
    def index(self) -> float | None:
        """Actual by plan to date: 1 is on plan, above is faster. None where nothing was planned yet."""
        return self.actual / self.expected if self.expected else None

    @property
    def linear(self) -> float | None:
        """Where it ends if the pace so far goes on; None before the first day is over."""
        return self.actual / len(self.spent) * self.days if self.spent else None

    @property
    def required(self) -> float | None:
        """What each of the days left may take (less than 0: already over the plan); None when none is left."""
        return (self.planned - self.actual) / self.left if self.left else None

    @property
    def projection(self) -> Projection | None:
        """Where it ends if the last seven days' pace goes on; None before the first day is over."""
        recent = self.spent[-RECENT:]
        if not recent:
            return None
        value = self.actual + fmean(recent) * self.left
        spread = _spread(recent, self.left)
        return Projection(value, max(value - spread, self.actual), value + spread)


def _spread(recent: Sequence[float], left: int) -> float:
    """Half the width of the interval: the days left differ, and the mean of the recent ones errs too."""
    if len(recent) < 2 or not left:  # noqa: PLR2004 - one value has no spread
        return 0.0
    return SURE * stdev(recent) * math.sqrt(left + left * left / len(recent))
