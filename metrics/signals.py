"""Signal or noise: the process behaviour chart (XmR) of a series, its limits and the rules that flag its points.

Constants and default rules from D. J. Wheeler, *Understanding Variation* (2nd ed.); the other sets from the Western
Electric *Statistical Quality Control Handbook* (1956), L. S. Nelson, *The Shewhart Control Chart: Tests for Special
Causes* (1984), and NHS England, *Making Data Count*. Pure; nothing is rounded before a rule is tested.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING, Final

from metrics.patterns import Pattern, alternating, beyond, hugging, mixture, run, several_beyond, trend

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGMAS: Final = 3
FIRM_FROM: Final = 20
PROVISIONAL_BELOW: Final = 12
CORRELATED_ABOVE: Final = 0.3
FEWEST: Final = 2
"""Two points make one moving range, the least that limits can be computed from."""


class Center(StrEnum):
    """What the centre line and the average range are."""

    MEAN = "mean"
    MEDIAN = "median"


_SCALES: Final = {Center.MEAN: (2.66, 3.268), Center.MEDIAN: (3.145, 3.865)}
"""Per average moving range: half the width of the limits, and the limit of the ranges themselves."""


class Rules(StrEnum):
    """Sets of rules for what a signal is."""

    WHEELER = "wheeler"
    WESTERN_ELECTRIC = "western_electric"
    NELSON = "nelson"
    NHS = "nhs"


RUN: Final = {Rules.WHEELER: 8, Rules.WESTERN_ELECTRIC: 8, Rules.NELSON: 9, Rules.NHS: 7}
"""How many points in a row on one side of the centre are a signal."""
_OUTSIDE: Final = ("outside", beyond(3))
RULES: Final[dict[Rules, tuple[tuple[str, Pattern], ...]]] = {
    Rules.WHEELER: (_OUTSIDE, ("near_limit", several_beyond(3, 4, 1.5)), ("run", run(RUN[Rules.WHEELER]))),
    Rules.WESTERN_ELECTRIC: (
        _OUTSIDE,
        ("two_of_three", several_beyond(2, 3, 2)),
        ("four_of_five", several_beyond(4, 5, 1)),
        ("run", run(RUN[Rules.WESTERN_ELECTRIC])),
    ),
    Rules.NELSON: (
        _OUTSIDE,
        ("run", run(RUN[Rules.NELSON])),
        ("trend", trend(6)),
        ("alternating", alternating(14)),
        ("two_of_three", several_beyond(2, 3, 2)),
        ("four_of_five", several_beyond(4, 5, 1)),
        ("hugging", hugging(15)),
        ("mixture", mixture(8)),
    ),
    Rules.NHS: (
        _OUTSIDE,
        ("run", run(RUN[Rules.NHS])),
        ("trend", trend(7)),
        ("two_of_three", several_beyond(2, 3, 2)),
    ),
}


@dataclass(frozen=True)
class Limits:
    """What a process can be expected to do while it stays as it is. *points* is how many values they come from."""

    center: float
    average_range: float
    upper: float
    lower: float
    range_limit: float
    points: int

    @property
    def sigma(self) -> float:
        """A third of the way from the centre to a limit."""
        return (self.upper - self.center) / SIGMAS

    @property
    def provisional(self) -> bool:
        """Whether they rest on too few points to be relied on."""
        return self.points < PROVISIONAL_BELOW

    @property
    def firm(self) -> bool:
        """Whether further points will hardly move them."""
        return self.points >= FIRM_FROM


@dataclass(frozen=True)
class Baseline:
    """The stretch of points that limits are computed from: from *start* up to before *stop* (None: all that follow).

    The limits hold from *start* on, until the next baseline starts.
    """

    start: int = 0
    stop: int | None = None


@dataclass(frozen=True)
class Point:
    """One value of the series, with the rules that it completes. Values that are missing or incomplete are None."""

    value: float | None
    moving_range: float | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """A stretch of the chart with limits of its own; None where there are too few points for any."""

    start: int
    stop: int
    limits: Limits | None
    autocorrelation: float | None

    @property
    def correlated(self) -> bool:
        """Whether neighbours resemble each other so much that limits are too narrow."""
        return self.autocorrelation is not None and self.autocorrelation > CORRELATED_ABOVE


@dataclass(frozen=True)
class Chart:
    """A process behaviour chart: every point, and the stretches with their limits."""

    points: tuple[Point, ...]
    segments: tuple[Segment, ...]

    @property
    def current(self) -> Segment | None:
        """The stretch the newest points are in."""
        return self.segments[-1] if self.segments else None


def limits(values: Sequence[float | None], center: Center = Center.MEAN) -> Limits | None:
    """The limits of *values*; None for fewer than two neighbouring ones. Ranges are between neighbours only."""
    known = [value for value in values if value is not None]
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if len(known) < FEWEST or not ranges:
        return None
    average = fmean if center is Center.MEAN else median
    width, range_width = _SCALES[center]
    middle, spread = average(known), average(ranges)
    half = width * spread
    return Limits(middle, spread, middle + half, middle - half, range_width * spread, len(known))


def autocorrelation(values: Sequence[float | None]) -> float | None:
    """How much neighbours resemble each other: the lag-1 autocorrelation; None where nothing varies."""
    known = [value for value in values if value is not None]
    if len(known) <= FEWEST:
        return None
    middle = fmean(known)
    total = math.fsum((value - middle) ** 2 for value in known)
    if math.isclose(total, 0, abs_tol=1e-24 * max(middle * middle, 1e-300)):
        return None
    return math.fsum((a - middle) * (b - middle) for a, b in pairwise(known)) / total


def flags(values: Sequence[float | None], held: Limits, rules: Rules = Rules.WHEELER) -> list[tuple[str, ...]]:
    """For each of *values* the names of the rules that it completes; missing values are passed over."""
    places = [place for place, value in enumerate(values) if value is not None]
    distances = [_in_sigmas(value, held) for value in values if value is not None]
    found: list[list[str]] = [[] for _ in values]
    for name, pattern in RULES[rules]:
        for position in pattern(distances):
            found[places[position]].append(name)
    return [tuple(names) for names in found]


def chart(
    values: Sequence[float | None],
    baselines: Sequence[Baseline] = (),
    rules: Rules = Rules.WHEELER,
    center: Center = Center.MEAN,
) -> Chart:
    """The chart of *values*. Without *baselines* all points are one; points before the first one belong to it."""
    ordered = sorted(baselines, key=lambda baseline: baseline.start) or [Baseline()]
    starts = [0, *(baseline.start for baseline in ordered[1:]), len(values)]
    told: list[tuple[str, ...]] = []
    segments = []
    for baseline, (start, stop) in zip(ordered, pairwise(starts), strict=True):
        basis = values[baseline.start : min(stop, len(values) if baseline.stop is None else baseline.stop)]
        held = limits(basis, center)
        segments.append(Segment(start, stop, held, autocorrelation(basis)))
        told += flags(values[start:stop], held, rules) if held else [()] * (stop - start)
    points = zip(values, _ranges(values, starts), told, strict=True)
    return Chart(tuple(Point(value, moved, names) for value, moved, names in points), tuple(segments))


def within(held: Limits, least: float | None, greatest: float | None) -> tuple[float | None, float | None]:
    """The lower and upper limit; None for one that lies where the KPI's nature lets no value be."""
    lower = None if least is not None and held.lower < least else held.lower
    upper = None if greatest is not None and held.upper > greatest else held.upper
    return lower, upper


def _ranges(values: Sequence[float | None], starts: Sequence[int]) -> list[float | None]:
    """The step from the value before; none over a gap or from one baseline into the next."""
    moved: list[float | None] = [None] * len(values)
    for place in range(1, len(values)):
        before, after = values[place - 1], values[place]
        if before is not None and after is not None and place not in starts:
            moved[place] = abs(after - before)
    return moved


def _in_sigmas(value: float, held: Limits) -> float:
    """How far *value* is from the centre, in sigmas. What only the computer's arithmetic tells apart is equal."""
    distance = value - held.center
    noise = 1e-12 * max(abs(value), abs(held.center))
    if abs(distance) <= noise:
        return 0.0
    if held.sigma <= noise:
        return math.copysign(math.inf, distance)
    sigmas = distance / held.sigma
    nearest = round(sigmas * 2) / 2
    # A value exactly on a line is not beyond it.
    return nearest if math.isclose(sigmas, nearest, rel_tol=1e-12) else sigmas
