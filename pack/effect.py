"""Did it work? What became of the KPI that each decision wanted to move, computed and in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import KokpitError
from core.language import N_, _
from core.language import sentence as worded
from core.period import Period
from core.presets import back
from journal.words import Direction
from metrics import wording
from metrics.effect import NEEDED, Effect, Verdict, divide, effect
from metrics.figure import points
from metrics.figures import SHOWN
from metrics.model import Better, Kpi
from metrics.query import YEARS, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from core.config import Configuration
    from core.period import Grain
    from journal.models import Decision
    from metrics.evaluate import Evaluation
    from metrics.figure import Point
    from pack.frozen import Seen

_WORDS: Final = {
    Verdict.IMPROVED: N_("improved"),
    Verdict.WORSE: N_("got worse"),
    Verdict.NONE: N_("no detectable change"),
    Verdict.NO_BASIS: N_("too few points before it"),
}
_CHANGED: Final = {True: N_("higher"), False: N_("lower")}
_RULES: Final = {
    ("run", True): N_("8 in a row above the earlier centre"),
    ("run", False): N_("8 in a row below the earlier centre"),
    ("outside", True): N_("above the earlier limits"),
    ("outside", False): N_("below the earlier limits"),
    ("near_limit", True): N_("three of four near the earlier upper limit"),
    ("near_limit", False): N_("three of four near the earlier lower limit"),
}
_GOOD: Final = {Verdict.IMPROVED: True, Verdict.WORSE: False}
_WANTED: Final = {Direction.UP: Better.HIGHER, Direction.DOWN: Better.LOWER}


class Whose(NamedTuple):
    """A KPI, or its part with one value of a dimension."""

    kpi: str
    dimension: str = ""
    value: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one decision since *since*: of the KPI it wanted to move, point by point, or why that is unknown.

    *divided* are how many of the *series* lie before it, and the place of the first one after it.
    """

    since: date
    kpi: Kpi | None = None
    effect: Effect | None = None
    series: tuple[Point, ...] = field(default=(), repr=False)
    divided: tuple[int, int] = (0, 0)
    unknown: str = ""

    @property
    def good(self) -> bool | None:
        """Whether it is good, bad, or neither."""
        return _GOOD.get(self.effect.verdict) if self.effect else None

    @property
    def mark(self) -> float:
        """Where the decision lies among the points of the series."""
        return (sum(self.divided) - 1) / 2


@dataclass(frozen=True)
class Asked:
    """Where outcomes are computed from: KPIs by their names, answers to questions, the newest day, new baselines.

    What a review *presented* of a series stands instead of what the same numbers are now.
    """

    find: Callable[[str], Kpi] | None
    ask: Callable[[Query], Evaluation]
    reporting: Configuration
    grain: Grain
    newest: date | None
    starts: Mapping[Whose, Collection[date]]
    presented: Mapping[Whose, Sequence[Point]] = field(default_factory=dict)

    def since(self, decision: Decision) -> date:
        """From when on *decision* holds."""
        return decision.effective_from or decision.created_at.astimezone(self.reporting.zone).date()


def presented(seen: Collection[Seen]) -> dict[Whose, Sequence[Point]]:
    """The series that a review froze."""
    return {Whose(each.figure.kpi.id, each.dimension, each.dimension_value): each.figure.series for each in seen}


def outcomes(asked: Asked, decisions: Collection[Decision]) -> dict[int, Outcome]:
    """What became of each of *decisions*, by its id: asked for at once for all that are about the same part."""
    found: dict[int, Outcome] = {}
    together: dict[tuple[str, str], dict[int, tuple[Kpi, Decision]]] = defaultdict(dict)
    for decision in decisions:
        kpi, unknown = _kpi(asked, decision)
        if kpi is None:
            found[decision.id] = Outcome(asked.since(decision), unknown=unknown)
        else:
            # A decision about a part of one KPI that is to move another one moves it as a whole.
            own = decision.dimension in kpi.dimensions
            part = (decision.dimension, decision.dimension_value) if own else ("", "")
            together[part][decision.id] = kpi, decision
    for part, members in together.items():
        series = _series(asked, part, list(members.values()))
        for key, (kpi, decision) in members.items():
            found[key] = _outcome(asked, Whose(kpi.id, *part), (kpi, decision), series[kpi.id])
    return found


def _kpi(asked: Asked, decision: Decision) -> tuple[Kpi | None, str]:
    if not decision.moves:
        return None, _("It names no KPI that it wants to move.")
    if asked.find is None or asked.since(decision).year not in YEARS:
        return None, _("There are no numbers to tell.")
    try:
        return asked.find(decision.moves), ""
    except KokpitError as error:
        return None, error.message


def _series(
    asked: Asked, part: tuple[str, str], members: Sequence[tuple[Kpi, Decision]]
) -> Mapping[str, tuple[Point, ...]]:
    """The points of the KPIs asked for, from well before the first of the decisions."""
    grain, calendar = asked.grain, asked.reporting.calendar
    first = min(asked.since(decision) for _kpi, decision in members)
    start = back(Period(first, first), grain, SHOWN[grain] + 1, calendar).start
    start = max(start, date(YEARS[0], 1, 1))
    period = Period(start, max(start, asked.newest or first))
    kpis = tuple(dict.fromkeys(kpi.id for kpi, _decision in members))
    dimension, value = part
    where = {dimension: (value or None,)} if dimension else {}
    found = asked.ask(Query(kpis, period, grain, where=where, calendar=calendar, lenient=True))
    return {kpi: _as_presented(points(found.series(kpi)), asked.presented.get(Whose(kpi, *part), ())) for kpi in kpis}


def _as_presented(now: Sequence[Point], then: Sequence[Point]) -> tuple[Point, ...]:
    merged = {point.period: point for point in now} | {point.period: point for point in then}
    return tuple(merged[period] for period in sorted(merged))


def _outcome(asked: Asked, whose: Whose, of: tuple[Kpi, Decision], series: Sequence[Point]) -> Outcome:
    """What the points around a decision say: as many before it, back to the newest baseline, and as many after it."""
    kpi, decision = of
    since, most = asked.since(decision), SHOWN[asked.grain]
    basis = max((start for start in asked.starts.get(whose, ()) if start <= since), default=None)
    stop, start = divide([point.period for point in series], since)
    first = sum(basis is not None and point.period.start < basis for point in series)
    # A baseline that starts with the decision itself leaves the points before it as they are.
    first = max(stop - most, first if first < stop else 0, 0)
    kept = tuple(series[first : start + most])
    divided = stop - first, start - first
    known = [point.value if point.complete else None for point in kept]
    wanted = _WANTED.get(decision.direction, kpi.better) if decision.direction else kpi.better
    return Outcome(since, kpi, effect(known[: divided[0]], known[divided[1] :], wanted), kept, divided)


def word(outcome: Outcome) -> str:
    """The verdict in a few words: “improved (8 in a row above the earlier centre)”."""
    told = outcome.effect
    if told is None:
        return _("unknown")
    if told.verdict is Verdict.TOO_EARLY:
        return _("too early: {n} of {needed} points").format(n=told.points, needed=NEEDED)
    if told.rising is None:
        return _(_WORDS[told.verdict])
    verdict = _(_CHANGED[told.rising] if told.verdict is Verdict.CHANGED else _WORDS[told.verdict])
    return f"{verdict} ({_(_RULES[told.rule, told.rising])})"


def symbol(outcome: Outcome) -> str:
    """The sign of the verdict: for a change, which way the number moved."""
    told = outcome.effect
    if told is None or told.verdict is Verdict.NO_BASIS:
        return "–"
    if told.rising is not None:
        return wording.UP if told.rising else wording.DOWN
    return wording.LEVEL if told.verdict is Verdict.NONE else "◌"


def sentence(outcome: Outcome, currency: str) -> str:
    """What the verdict rests on: the value before and after, and what to know before trusting it."""
    told, kpi = outcome.effect, outcome.kpi
    if told is None or kpi is None:
        return outcome.unknown
    now = wording.short(kpi, told.after, currency)
    parts = []
    if told.before and told.after is not None:
        then = wording.short(kpi, told.before.center, currency)
        parts.append(worded(_("On average {before} before, {after} since."), before=then, after=now))
    elif told.after is not None:
        parts.append(worded(_("On average {after} since."), after=now))
    if told.faded:
        parts.append(_("There was a change, but it did not last."))
    if told.moving:
        parts.append(_("It was moving that way before the decision already."))
    if told.before and told.before.provisional:
        parts.append(_("The limits are provisional: they rest on {n} points.").format(n=told.before.points))
    return " ".join(parts)
