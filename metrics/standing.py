"""Where a KPI stands, from its series alone: signal or noise, since when, and whether its target will be met. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from core.language import N_, _
from core.period import Grain
from metrics.model import Better
from metrics.signals import RUN, Baseline, Center, Rules, chart, within
from metrics.status import Aims, Assurance, Variation, meets, status
from metrics.untold import untold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.config import Configuration
    from core.period import Period
    from metrics.figure import Point
    from metrics.model import Kpi
    from metrics.signals import Chart, Limits
    from metrics.status import Goal, Status

RULE: Final = {
    "outside": N_("outside the limits"),
    "near_limit": N_("three of four near a limit"),
    "trend": N_("many in a row up or down"),
    "two_of_three": N_("two of three near a limit"),
    "four_of_five": N_("four of five on one side"),
    "alternating": N_("up and down in turn"),
    "hugging": N_("many close to the centre"),
    "mixture": N_("many far from the centre"),
}
_RUN: Final = {
    7: N_("seven in a row on one side"),
    8: N_("eight in a row on one side"),
    9: N_("nine in a row on one side"),
}
SIGNALS: Final = (Variation.IMPROVING, Variation.WORSE, Variation.CHANGED)
UNTOLD: Final = (Variation.RARE, Variation.COARSE, Variation.ROLLING, Variation.DECIDED, Variation.TODAY)
_WITHOUT_LIMITS: Final = (
    Variation.RARE,
    Variation.COARSE,
    Variation.TODAY,
    Variation.TOO_EARLY,
    Variation.NO_DATA,
)
_MOST_DAYS: Final = {Grain.DAY: 1, Grain.WEEK: 7, Grain.MONTH: 31, Grain.QUARTER: 92, Grain.YEAR: 366, Grain.TOTAL: 1e9}


@dataclass(frozen=True)
class Standing:
    """What a series says beyond its values.

    *limits* where there are points enough, the *flags* of each point, the *status*, the *goal* in force and the *goals*
    of each period, *moved* where somebody set another one meanwhile; *since* is the
    first period of the signal that still lasts, *rising* whether the newest value lies above the centre. The limits
    hold from the place *held_from* on; neighbours are *correlated* where they resemble each other. Its periods are as
    long as *grain*. A signal is what *rules* say. It has *ended* where its newest complete period has no value.
    """

    kpi: Kpi
    limits: Limits | None
    flags: tuple[tuple[str, ...], ...]
    status: Status
    goal: Goal | None = None
    since: Period | None = None
    rising: bool | None = None
    held_from: int = 0
    correlated: bool = False
    grain: Grain = Grain.WEEK
    goals: tuple[Goal | None, ...] = ()
    moved: bool = False
    rules: Rules = Rules.WHEELER
    ended: bool = False

    @property
    def lines(self) -> tuple[float | None, float | None, float | None]:
        """Lower limit, centre and upper limit; None for what there is not, or what lies beyond what the KPI can be."""
        if self.limits is None:
            return None, None, None
        lower, upper = within(self.limits, self.kpi.lower, self.kpi.upper)
        return lower, self.limits.center, upper

    @property
    def newest(self) -> tuple[str, ...]:
        """The rules that the newest signal completes."""
        return next((names for names in reversed(self.flags) if names), ())

    @property
    def is_signal(self) -> bool:
        """Whether the newest point is a signal."""
        return self.status.variation in SIGNALS

    @property
    def misses(self) -> bool:
        """Whether the process as it is misses its target."""
        return self.status.assurance is Assurance.MISS

    @property
    def good(self) -> bool | None:
        """Whether what is shown is good or bad; None for neither."""
        if self.status.variation is Variation.WORSE or (self.misses and not self.is_signal):
            return False
        return True if self.status.variation is Variation.IMPROVING else None

    def favours(self, place: int, value: float) -> bool | None:
        """Whether *value*, a signal at this *place*, is one for the better; None for neither, or by earlier limits."""
        directed = self.kpi.better in (Better.HIGHER, Better.LOWER)
        if self.limits is None or not directed or place < self.held_from or value == self.limits.center:
            return None
        return (value > self.limits.center) == (self.kpi.better is Better.HIGHER)

    def note(self, place: int) -> str:
        """What the rules say of one point; nothing where it is routine."""
        return self.named(self.flags[place])

    def named(self, flags: Sequence[str]) -> str:
        """What the rules are called that a point completes."""
        names = {**RULE, "run": _RUN[RUN[self.rules]]}
        return ", ".join(_(names.get(flag, flag)) for flag in flags)


class Method(NamedTuple):
    """How signals are told from noise: which rules, and what the centre is."""

    rules: Rules = Rules.WHEELER
    center: Center = Center.MEAN

    @classmethod
    def of(cls, reporting: Configuration) -> Method:
        """As the settings say."""
        return cls(Rules(reporting.signal_rules), Center(reporting.limits_from))


USUAL: Final = Method()


def of(
    kpi: Kpi,
    series: Sequence[Point],
    goal: Goal | Aims | None = None,
    starts: Sequence[date] = (),
    method: Method = USUAL,
) -> Standing:
    """What the complete points of *series* say; limits only from a handful of them on, and anew from each of *starts*.

    *goal* is the target in force, or that of each period; *starts* are the first days of new baselines.
    """
    first_days = [point.period.start for point in series]
    places = [sum(day < start for day in first_days) for start in sorted(starts)]
    baselines = [Baseline(), *(Baseline(place) for place in places if 0 < place < len(series))] if places else []
    values = [point.value if point.complete else None for point in series]
    found, grain = chart(values, baselines, *method), grain_of(series)
    aims = Aims.of(goal, len(series))
    current, told = found.current, _told(kpi, found, series, aims)
    silent = ((),) * len(series)
    plain = Standing(
        *(kpi, None, silent, told, aims.now),
        grain=grain,
        goals=aims.each,
        moved=aims.moved,
        rules=method.rules,
        ended=not lasts(series),
    )
    if told.variation in _WITHOUT_LIMITS or current is None or current.limits is None:
        return plain
    flags = silent if told.variation in UNTOLD else tuple(point.flags for point in found.points)
    newest = next(value for value in reversed(values) if value is not None)
    side = (newest > current.limits.center) - (newest < current.limits.center)
    return replace(
        plain,
        limits=current.limits,
        flags=flags,
        since=None if plain.ended else _since(series, flags, current.limits.center, side),
        rising=side > 0 if side else None,
        held_from=current.start,
        correlated=current.correlated,
    )


def _told(kpi: Kpi, found: Chart, series: Sequence[Point], aims: Aims) -> Status:
    """Where the series stands, or why that is not told; a signal only while it lasts."""
    told, start = _sure(status(found, kpi.better, aims), kpi, series, aims), found.segments[-1].start
    why = untold(kpi, [point.value for point in found.points[start:]])
    if why is None:
        ended = told.variation in SIGNALS and not lasts(series)
        return replace(told, variation=Variation.ROUTINE) if ended else told
    if told.variation is Variation.NO_DATA or (told.variation is Variation.TOO_EARLY and why is not Variation.TODAY):
        return told
    unsure = aims.now is not None and why in _WITHOUT_LIMITS
    return replace(told, variation=why, assurance=Assurance.TOO_EARLY if unsure else told.assurance)


def _sure(told: Status, kpi: Kpi, series: Sequence[Point], aims: Aims) -> Status:
    """*told*, but no target is hit for sure that the newest period, still incomplete, misses already."""
    if told.assurance is not Assurance.HIT or series[-1].complete or series[-1].value is None:
        return told
    growing = kpi.accumulates and kpi.better is not Better.LOWER
    goal = aims.each[-1]
    missed = goal is not None and not growing and meets(series[-1].value, kpi.better, goal) is False
    return replace(told, assurance=Assurance.HIT_OR_MISS) if missed else told


def grain_of(series: Sequence[Point]) -> Grain:
    """How long the periods of *series* are, by the longest of them: the first and the last may be cut short."""
    days = max((point.period.days for point in series), default=0)
    return next(grain for grain, most in _MOST_DAYS.items() if days <= most)


def lasts(series: Sequence[Point]) -> bool:
    """Whether the newest value is of now: a complete period without one, later, ended whatever it was."""
    return next((point.value is not None for point in reversed(series) if point.complete), False)


def _since(series: Sequence[Point], flags: Sequence[tuple[str, ...]], center: float, side: int) -> Period | None:
    """The first of the flagged periods on one *side* of the *center* that follow one another up to the newest."""
    first = None
    for point, rules in zip(reversed(series), reversed(flags), strict=True):
        if not point.complete or point.value is None:
            continue
        if not rules or (point.value - center) * side < 0:
            break
        first = point.period
    return first
