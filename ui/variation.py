"""Where a KPI stands: signal or noise, and whether it meets its target, as pictures and words of the screen.

Two axes, never a traffic light: *variation*, from the process behaviour chart of the series, and *assurance*, from its
limits and the target in force. Symbol, word and colour say the same three times.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from core.language import N_, _
from core.language import sentence as worded
from metrics.signals import Baseline, Center, Rules, chart, within
from metrics.status import FEWEST_POINTS, Assurance, Variation, status
from ui import names, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.period import Grain, Period
    from metrics.model import Kpi
    from metrics.signals import Limits
    from metrics.status import Goal, Status
    from ui.figures import Point

RULE: Final = {
    "outside": N_("outside the limits"),
    "near_limit": N_("three of four near a limit"),
    "run": N_("eight in a row on one side"),
    "trend": N_("many in a row up or down"),
    "two_of_three": N_("two of three near a limit"),
    "four_of_five": N_("four of five on one side"),
    "alternating": N_("up and down in turn"),
    "hugging": N_("many close to the centre"),
    "mixture": N_("many far from the centre"),
}
VARIATION: Final = {
    Variation.IMPROVING: N_("improving"),
    Variation.WORSE: N_("getting worse"),
    Variation.CHANGED: N_("changed"),
    Variation.ROUTINE: N_("routine"),
    Variation.TOO_EARLY: N_("too few points"),
    Variation.NO_DATA: N_("no data"),
}
ASSURANCE: Final = {
    Assurance.HIT: ("✓", N_("will hit the target")),
    Assurance.HIT_OR_MISS: ("~", N_("hit-or-miss")),
    Assurance.MISS: ("✕", N_("will miss the target")),
    Assurance.NO_TARGET: ("–", N_("no target")),
    Assurance.TOO_EARLY: ("◌", N_("too early to say")),
}
SIGNALS: Final = (Variation.IMPROVING, Variation.WORSE, Variation.CHANGED)
_SENTENCE: Final = {
    Variation.IMPROVING: N_("A signal for the better: this is more than the process usually varies ({rules})."),
    Variation.WORSE: N_("A signal for the worse: this is more than the process usually varies ({rules})."),
    Variation.CHANGED: N_("A signal: this is more than the process usually varies ({rules})."),
    Variation.ROUTINE: N_("Routine: the newest value lies within what the process usually does."),
}
_TARGET: Final = {
    Assurance.HIT: N_("With the process as it is, the target of {target} is met every time."),
    Assurance.HIT_OR_MISS: N_("With the process as it is, the target of {target} is missed in about {missed} {of}."),
    Assurance.MISS: N_("With the process as it is, the target of {target} will be missed: it was met in {met} {of}."),
    Assurance.TOO_EARLY: N_("The target is {target}; there are too few points to say whether it will be met."),
}
TEN: Final = 10


@dataclass(frozen=True)
class Shown:
    """What a series says beyond its values.

    *limits* where there are points enough, the *flags* of each point, the *status*, the *goal* in force; *since* is the
    first period of the signal that still lasts, *rising* whether the newest value lies above the centre, *correlated*
    whether neighbours resemble each other.
    """

    kpi: Kpi
    limits: Limits | None
    flags: tuple[tuple[str, ...], ...]
    status: Status
    goal: Goal | None = None
    since: Period | None = None
    rising: bool | None = None
    correlated: bool = False

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
    def tone(self) -> str:
        """The style of what is shown: good, bad, or neither."""
        if self.status.variation is Variation.WORSE or (self.misses and not self.is_signal):
            return "kk-worse"
        return "kk-better" if self.status.variation is Variation.IMPROVING else "kk-same"

    def note(self, place: int) -> str:
        """What the rules say of one point; nothing where it is routine."""
        return ", ".join(_(RULE.get(name, name)) for name in self.flags[place])


class Method(NamedTuple):
    """How signals are told from noise: what the centre is, and which rules."""

    rules: Rules = Rules.WHEELER
    center: Center = Center.MEAN


USUAL: Final = Method()


def of(
    kpi: Kpi, series: Sequence[Point], goal: Goal | None = None, starts: Sequence[date] = (), method: Method = USUAL
) -> Shown:
    """What the complete points of *series* say; limits only from a handful of them on, and anew from each of *starts*.

    *goal* is the target in force, *starts* the first days of new baselines.
    """
    first_days = [point.period.start for point in series]
    places = [sum(day < start for day in first_days) for start in sorted(starts)]
    baselines = [Baseline(), *(Baseline(place) for place in places if 0 < place < len(series))] if places else []
    found = chart([point.value if point.complete else None for point in series], baselines, *method)
    if kpi.rolling:
        found = replace(found, points=tuple(replace(point, flags=()) for point in found.points))
    told = status(found, kpi.better, goal)
    current = found.current
    if told.variation in (Variation.TOO_EARLY, Variation.NO_DATA) or current is None or current.limits is None:
        return Shown(kpi, None, ((),) * len(found.points), told, goal)
    flags = tuple(point.flags for point in found.points)
    newest = next(point.value for point in reversed(found.points) if point.value is not None)
    side = (newest > current.limits.center) - (newest < current.limits.center)
    return Shown(
        kpi=kpi,
        limits=current.limits,
        flags=flags,
        status=told,
        goal=goal,
        since=_since(series, flags, current.limits.center, side),
        rising=side > 0 if side else None,
        correlated=current.correlated,
    )


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


def symbol(shown: Shown) -> str:
    """The sign of the variation: for a signal, which way the number moved."""
    variation = shown.status.variation
    if variation in SIGNALS:
        return values.UP if shown.rising else values.DOWN
    return values.LEVEL if variation is Variation.ROUTINE else "◌"


def words(shown: Shown) -> str:
    """Both axes as HTML: symbol and word each; of targets only where there is one."""
    if shown.status.variation is Variation.NO_DATA:
        return ""
    told = [(symbol(shown), _(VARIATION[shown.status.variation]), _variation_tone(shown))]
    if shown.status.assurance not in (Assurance.NO_TARGET, Assurance.TOO_EARLY):
        mark, word = ASSURANCE[shown.status.assurance]
        told.append((mark, _(word), _assurance_tone(shown)))
    return "".join(
        f'<span class="kk-word {tone}"><b aria-hidden="true">{mark}</b> {escape(word)}</span>'
        for mark, word, tone in told
    )


def _variation_tone(shown: Shown) -> str:
    return {Variation.IMPROVING: "kk-good", Variation.WORSE: "kk-poor"}.get(shown.status.variation, "")


def _assurance_tone(shown: Shown) -> str:
    return {Assurance.HIT: "kk-good", Assurance.MISS: "kk-poor"}.get(shown.status.assurance, "")


def sentence(shown: Shown) -> str:
    """Whether the newest value is a signal, in one sentence; how much it can be relied on, in another."""
    variation = shown.status.variation
    if shown.kpi.rolling and shown.limits is not None:
        return _("A rolling value: neighbouring points share most of their days, so signals are not told.")
    if variation not in _SENTENCE:
        return _("Too few points to tell signal from noise: {n} of {least}.").format(
            n=shown.status.periods, least=FEWEST_POINTS
        )
    told = _(_SENTENCE[variation]).format(rules=", ".join(_(RULE[name]) for name in shown.newest))
    if shown.limits is not None and shown.limits.provisional:
        told += " " + _("The limits are provisional: they rest on {n} points.").format(n=shown.limits.points)
    if shown.correlated and not shown.kpi.rolling:
        told += " " + _("Neighbouring values resemble each other, so the limits may be too narrow.")
    return told


def target(shown: Shown, currency: str) -> str:
    """The target in force; nothing where there is none."""
    return goal_text(shown.kpi, shown.goal, currency) if shown.goal else ""


def goal_text(kpi: Kpi, goal: Goal, currency: str) -> str:
    """What is to be reached: a value, or the ends of a range."""
    ends = [end for end in (goal.low, goal.high) if end is not None]
    if goal.value is not None or not ends:
        return values.short(kpi, goal.value, currency)
    return " – ".join(values.short(kpi, end, currency) for end in ends)


def promise(shown: Shown, currency: str, grain: Grain) -> str:
    """Whether the target will be met, in one sentence; nothing where there is none."""
    told = _TARGET.get(shown.status.assurance)
    if told is None or shown.goal is None:
        return ""
    periods = shown.status.periods
    missed = periods - shown.status.met
    if shown.status.assurance is Assurance.HIT_OR_MISS and periods > TEN:
        missed, periods = round(missed * TEN / periods), TEN
    of = names.out_of(periods, grain)
    return worded(_(told), target=target(shown, currency), missed=missed, met=shown.status.met, of=of)


def legend(shown: Shown, currency: str) -> str:
    """The lines in words, with the values of the limits."""
    lower, _center, upper = shown.lines
    items = ""
    if lower is not None or upper is not None:
        ends = " – ".join(values.short(shown.kpi, end, currency) for end in (lower, upper) if end is not None)
        told = _("usual range: {ends}") if lower is not None and upper is not None else _("usual limit: {ends}")
        items += f'<span><i class="kk-line kk-dashed"></i>{escape(told.format(ends=ends))}</span>'
    if shown.goal is not None:
        told = _("target: {target}").format(target=target(shown, currency))
        items += f'<span><i class="kk-line kk-goal"></i>{escape(told)}</span>'
    if any(shown.flags):
        word = _("signal")
        items += f'<span><i class="kk-ring" aria-hidden="true"></i>{escape(word)}</span>'
    return items
