"""Where a KPI stands on two axes: *variation*, whether the process changed; *assurance*, whether it meets its target.

Nothing is good by default: no target, no data and too few points have states of their own. Assurance follows NHS
England, *Making Data Count*: a target beyond the limit on its good side is always missed, one beyond the limit on its
bad side always met, one between the limits is met now and then. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from metrics.model import Better

if TYPE_CHECKING:
    from metrics.signals import Chart, Limits

FEWEST_POINTS: Final = 6
"""Below this the limits say next to nothing."""


class Variation(StrEnum):
    """Whether the newest point is a signal, and which way; or why that is not told."""

    IMPROVING = "improving"
    WORSE = "getting_worse"
    CHANGED = "changed"
    ROUTINE = "routine"
    RARE = "rare"
    COARSE = "coarse"
    ROLLING = "rolling"
    DECIDED = "decided"
    TODAY = "today"
    TOO_EARLY = "too_early"
    NO_DATA = "no_data"


class Assurance(StrEnum):
    """Whether the process as it is meets its target."""

    HIT = "will_hit"
    HIT_OR_MISS = "hit_or_miss"
    MISS = "will_miss"
    NO_TARGET = "no_target"
    TOO_EARLY = "too_early"


@dataclass(frozen=True)
class Goal:
    """A target in force: *value*, or the range from *low* to *high* for a KPI that is best within one."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    def over(self, times: float) -> Goal:
        """The same for so many *times* the period."""
        return Goal(*(None if end is None else end * times for end in (self.value, self.low, self.high)))


@dataclass(frozen=True)
class Aims:
    """The targets of a series: the one in force *now*, that of *each* period, and whether it was *moved* meanwhile."""

    now: Goal | None
    each: tuple[Goal | None, ...]
    moved: bool = False

    @classmethod
    def of(cls, goal: Goal | Aims | None, periods: int) -> Aims:
        """*goal* as the targets of so many *periods*: one goal holds in all of them."""
        return goal if isinstance(goal, Aims) else cls(goal, (goal,) * periods)


@dataclass(frozen=True)
class Status:
    """Both axes, how many known *periods* there are, and how many of those that had a target (*judged*) *met* it."""

    variation: Variation
    assurance: Assurance
    met: int = 0
    periods: int = 0
    judged: int = 0

    @property
    def is_exception(self) -> bool:
        """Whether a review has to talk about it."""
        signal = self.variation in (Variation.IMPROVING, Variation.WORSE, Variation.CHANGED)
        return signal or self.assurance is Assurance.MISS


def status(chart: Chart, better: Better, goal: Goal | Aims | None = None) -> Status:
    """Where the series of *chart* stands, its newest known point above all."""
    aims, segment = Aims.of(goal, len(chart.points)), chart.current
    start = segment.start if segment else len(chart.points)
    places = [place for place in range(start, len(chart.points)) if chart.points[place].value is not None]
    unsure = Assurance.TOO_EARLY if aims.now else Assurance.NO_TARGET
    if not places:
        return Status(Variation.NO_DATA, unsure)
    values = [value for place in places if (value := chart.points[place].value) is not None]
    judged = [
        meets(value, better, each) for value, place in zip(values, places, strict=True) if (each := aims.each[place])
    ]
    counts = (sum(map(bool, judged)), len(values), len(judged))
    held = segment.limits if segment else None
    if held is None or len(values) < FEWEST_POINTS:
        return Status(Variation.TOO_EARLY, unsure, *counts)
    variation = _variation(values[-1] - held.center, better) if chart.points[places[-1]].flags else Variation.ROUTINE
    newest = aims.each[places[-1]] or aims.now
    sure = _assurance(held, better, aims.now)
    return Status(variation, _doubted(sure, meets(values[-1], better, newest) if newest else None), *counts)


def meets(value: float, better: Better, goal: Goal) -> bool | None:
    """Whether *value* meets *goal*; None where the KPI has no good direction and the goal is no range."""
    if goal.value is None or better in (Better.IN_RANGE, Better.NEITHER):
        if goal.low is None and goal.high is None:
            return None
        return (goal.low is None or value >= goal.low) and (goal.high is None or value <= goal.high)
    return value >= goal.value if better is Better.HIGHER else value <= goal.value


def _variation(distance: float, better: Better) -> Variation:
    if better not in (Better.HIGHER, Better.LOWER) or distance == 0:
        return Variation.CHANGED
    return Variation.IMPROVING if (distance > 0) == (better is Better.HIGHER) else Variation.WORSE


def _doubted(sure: Assurance, met: bool | None) -> Assurance:  # noqa: FBT001 - what `meets` says
    """*sure*, unless the newest value proves otherwise: it was *met*, or it was not."""
    otherwise = {Assurance.HIT: False, Assurance.MISS: True}.get(sure)
    return Assurance.HIT_OR_MISS if otherwise is not None and met is otherwise else sure


def _assurance(held: Limits, better: Better, goal: Goal | None) -> Assurance:
    """From whether the whole band between the limits meets the goal, none of it, or a part."""
    if goal is None or meets(held.center, better, goal) is None:
        return Assurance.NO_TARGET
    if goal.value is None or better in (Better.IN_RANGE, Better.NEITHER):
        low = goal.low if goal.low is not None else held.lower
        high = goal.high if goal.high is not None else held.upper
        if held.upper < low or held.lower > high:
            return Assurance.MISS
        return Assurance.HIT if low <= held.lower and held.upper <= high else Assurance.HIT_OR_MISS
    worst, best = (held.lower, held.upper) if better is Better.HIGHER else (held.upper, held.lower)
    if meets(worst, better, goal):
        return Assurance.HIT
    return Assurance.HIT_OR_MISS if meets(best, better, goal) else Assurance.MISS
