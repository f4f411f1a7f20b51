"""Did it work? What became of the KPI that each decision wanted to move, in words and as a picture."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.errors import KokpitError
from core.language import N_, _
from core.language import sentence as worded
from core.numbers import day
from core.period import Period
from core.presets import back
from journal.words import Direction
from metrics.effect import NEEDED, Effect, Verdict, divide, effect
from metrics.figure import points
from metrics.model import Better
from metrics.own import find
from metrics.query import Query
from metrics.signals import within
from ui import queries, sparkline, values
from ui.figures import SHOWN
from ui.theme import TONES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from journal.models import Decision
    from metrics.figure import Point
    from metrics.model import Kpi
    from ui.screen import Screen

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
_TONES: Final = {Verdict.IMPROVED: "kk-better", Verdict.WORSE: "kk-worse"}
_WANTED: Final = {Direction.UP: Better.HIGHER, Direction.DOWN: Better.LOWER}


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
    def tone(self) -> str:
        """How it looks: good, bad, or neither."""
        return _TONES.get(self.effect.verdict, "kk-same") if self.effect else "kk-same"


class _Part(NamedTuple):
    """The rows that a decision is about: those with one value of a dimension, or all."""

    dimension: str
    value: str


def outcomes(screen: Screen, decisions: Sequence[Decision]) -> Mapping[int, Outcome]:
    """What became of each of *decisions*, by its id: asked for at once for all that are about the same part."""
    found: dict[int, Outcome] = {}
    together: dict[_Part, dict[int, tuple[Kpi, Decision]]] = defaultdict(dict)
    for decision in decisions:
        since = _since(screen, decision)
        kpi, unknown = _kpi(screen, decision.moves)
        if kpi is None:
            found[decision.id] = Outcome(since, unknown=unknown)
        else:
            # A decision about a part of one KPI that is to move another one moves it as a whole.
            own = decision.dimension in kpi.dimensions
            part = _Part(decision.dimension, decision.dimension_value) if own else _Part("", "")
            together[part][decision.id] = kpi, decision
    for part, asked in together.items():
        series = _series(screen, part, asked.values())
        found |= {key: _outcome(screen, part, kpi, each, series[kpi.id]) for key, (kpi, each) in asked.items()}
    return found


def _since(screen: Screen, decision: Decision) -> date:
    return decision.effective_from or decision.created_at.astimezone(screen.configuration.zone).date()


def _kpi(screen: Screen, name: str) -> tuple[Kpi | None, str]:
    if not name:
        return None, _("It names no KPI that it wants to move.")
    if not screen.shown.generation:
        return None, _("There are no numbers to tell.")
    try:
        return find(screen.shown.snapshot, name), ""
    except KokpitError as error:
        return None, error.message


def _series(screen: Screen, part: _Part, asked: Any) -> Mapping[str, tuple[Point, ...]]:  # noqa: ANN401 - dict values
    """The points of the KPIs *asked* for, from well before the first of their decisions."""
    grain, calendar = screen.view.grain, screen.configuration.calendar
    first = min(_since(screen, decision) for _kpi, decision in asked)
    start = back(Period(first, first), grain, SHOWN[grain] + 1, calendar).start
    period = Period(start, max(start, screen.last_day or first))
    kpis = tuple(dict.fromkeys(kpi.id for kpi, _decision in asked))
    where = {part.dimension: (part.value or None,)} if part.dimension else {}
    query = Query(kpis, period, grain, where=where, calendar=calendar, lenient=True)
    found = queries.evaluation(screen.shown, query, screen.configuration)
    return {kpi: points(found.series(kpi)) for kpi in kpis}


def _outcome(screen: Screen, part: _Part, kpi: Kpi, decision: Decision, series: Sequence[Point]) -> Outcome:
    """What the points around *decision* say: as many before it, back to the newest baseline, and as many after it."""
    since, most = _since(screen, decision), SHOWN[screen.view.grain]
    starts = [
        each.day for each in screen.starts if each.kpi == kpi.id and (each.dimension, each.dimension_value) == part
    ]
    basis = max((start for start in starts if start <= since), default=None)
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
        return values.UP if told.rising else values.DOWN
    return values.LEVEL if told.verdict is Verdict.NONE else "◌"


def sentence(screen: Screen, outcome: Outcome) -> str:
    """What the verdict rests on: the value before and after, and what to know before trusting it."""
    told, kpi = outcome.effect, outcome.kpi
    if told is None or kpi is None:
        return outcome.unknown
    currency = screen.configuration.currency
    now = values.short(kpi, told.after, currency)
    parts = []
    if told.before and told.after is not None:
        then = values.short(kpi, told.before.center, currency)
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


def html(screen: Screen, outcome: Outcome) -> str:
    """The outcome: KPI, verdict by symbol, word and colour, what it rests on, and the points around the decision."""
    name = f"<b>{escape(_(outcome.kpi.name))}</b>" if outcome.kpi else ""
    since = escape(_("since {day}").format(day=day(outcome.since, year=True)))
    tone = {"kk-better": "kk-good", "kk-worse": "kk-poor"}.get(outcome.tone, "")
    verdict = f'<span class="kk-word {tone}"><b aria-hidden="true">{symbol(outcome)}</b> {escape(word(outcome))}</span>'
    told = f'<span class="kk-state">{escape(sentence(screen, outcome))}</span>'
    return (
        f'<div class="kk-effect {outcome.tone}">{_picture(outcome)}'
        f'<p>{name} <span class="kk-state">{since}</span><br>{verdict}<br>{told}</p></div>'
    )


def _picture(outcome: Outcome) -> str:
    told, kpi = outcome.effect, outcome.kpi
    series = [point.value for point in outcome.series]
    if told is None or kpi is None or not any(value is not None for value in series):
        return ""
    band = within(told.before, kpi.lower, kpi.upper) if told.before else None
    stop, start = outcome.divided
    source = sparkline.picture(
        series,
        TONES[outcome.tone],
        complete=outcome.series[-1].complete,
        band=band,
        mark=(stop + start - 1) / 2,
    )
    return f'<img class="kk-spark" src="{source}" alt="{escape(word(outcome))}">'
