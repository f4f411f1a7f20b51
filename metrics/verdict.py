"""Where a KPI stands, in the reader's words: symbol, word, and what that means in a sentence. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.language import N_, _, ngettext
from core.language import sentence as worded
from core.period import Grain
from metrics import wording
from metrics.standing import SIGNALS, UNTOLD
from metrics.status import FEWEST_POINTS, Assurance, Variation

if TYPE_CHECKING:
    from metrics.model import Kpi
    from metrics.standing import Standing
    from metrics.status import Goal

VARIATION: Final = {
    Variation.IMPROVING: N_("improving"),
    Variation.WORSE: N_("getting worse"),
    Variation.CHANGED: N_("changed"),
    Variation.ROUTINE: N_("routine"),
    Variation.RARE: N_("too rare for signals"),
    Variation.COARSE: N_("too steady for signals"),
    Variation.ROLLING: N_("rolling value"),
    Variation.DECIDED: N_("planned"),
    Variation.TODAY: N_("as of today"),
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
_SENTENCE: Final = {
    Variation.IMPROVING: N_("A signal for the better: this is more than the process usually varies ({rules})."),
    Variation.WORSE: N_("A signal for the worse: this is more than the process usually varies ({rules})."),
    Variation.CHANGED: N_("A signal: this is more than the process usually varies ({rules})."),
    Variation.ROUTINE: N_("Routine: the newest value lies within what the process usually does."),
}
_UNTOLD: Final = {
    Variation.COARSE: N_("It moves by too few whole numbers to tell signals: look at longer periods."),
    Variation.ROLLING: N_("A rolling value: neighbouring points share most of their days, so signals are not told."),
    Variation.DECIDED: N_("Decided ahead: a plan changes when somebody changes it, so signals are not told."),
    Variation.TODAY: N_("Known as of today: nobody kept how it was before, so signals are not told."),
}
_RARE: Final = {
    Grain.DAY: N_("Too rare to tell signals by day: look at it by week."),
    Grain.WEEK: N_("Too rare to tell signals by week: look at it by month."),
    Grain.MONTH: N_("Too rare to tell signals by month: look at it by quarter."),
    Grain.QUARTER: N_("Too rare to tell signals by quarter: look at it by year."),
    Grain.YEAR: N_("Too rare to tell signals."),
    Grain.TOTAL: N_("Too rare to tell signals."),
}
_TARGET: Final = {
    Assurance.HIT: N_("With the process as it is, the target of {target} is met every time."),
    Assurance.HIT_OR_MISS: N_("With the process as it is, the target of {target} is missed in about {missed} {of}."),
    Assurance.MISS: N_("With the process as it is, the target of {target} will be missed: it was met in {met} {of}."),
    Assurance.TOO_EARLY: N_("The target is {target}; there are too few points to say whether it will be met."),
}
_CHANGED: Final = N_("The process has changed. So far, the target was met in {met} {of}.")
_DRAWN: Final = N_("The target of {target} is drawn, but not judged: that takes a range, with a low and a high end.")
TEN: Final = 10


def symbol(shown: Standing) -> str:
    """The sign of the variation: for a signal, which way the number moved."""
    variation = shown.status.variation
    if variation in SIGNALS:
        return wording.UP if shown.rising else wording.DOWN
    return wording.LEVEL if variation is Variation.ROUTINE else "◌"


def sentence(shown: Standing) -> str:
    """Whether the newest value is a signal, in one sentence; how much it can be relied on, in another.

    Nothing where the newest period has no value: an earlier one is not the newest.
    """
    variation = shown.status.variation
    if variation in UNTOLD:
        return reason(variation, shown.grain)
    if variation not in _SENTENCE:
        return _("Too few points to tell signal from noise: {n} of {least}.").format(
            n=shown.status.periods, least=FEWEST_POINTS
        )
    if shown.ended:
        return ""
    told = _(_SENTENCE[variation]).format(rules=shown.named(shown.newest))
    if shown.limits is not None and shown.limits.provisional:
        told += " " + _("The limits are provisional: they rest on {n} points.").format(n=shown.limits.points)
    if shown.correlated:
        told += " " + _("Neighbouring values resemble each other, so the limits may be too narrow.")
    return told


def reason(variation: Variation, grain: Grain) -> str:
    """Why signals are not told, and what to look at instead."""
    return _(_RARE[grain] if variation is Variation.RARE else _UNTOLD[variation])


def target(shown: Standing, currency: str) -> str:
    """The target in force; nothing where there is none."""
    return goal_text(shown.kpi, shown.goal, currency) if shown.goal else ""


def goal_text(kpi: Kpi, goal: Goal, currency: str) -> str:
    """What is to be reached: a value, or the ends of a range."""
    ends = [end for end in (goal.low, goal.high) if end is not None]
    if goal.value is not None or not ends:
        return wording.short(kpi, goal.value, currency)
    return " – ".join(wording.short(kpi, end, currency) for end in ends)


def promise(shown: Standing, currency: str, grain: Grain) -> str:
    """Whether the target will be met, in one sentence; nothing where there is none."""
    told = _TARGET.get(shown.status.assurance)
    if told is None and shown.goal is not None:
        return worded(_(_DRAWN), target=target(shown, currency))
    if told is None or shown.goal is None or not shown.status.judged:
        return ""
    if shown.is_signal:
        told = _CHANGED
    periods = shown.status.judged
    missed = periods - shown.status.met
    rounded = round(missed * TEN / periods)
    # What is seldom is not "0 of 10".
    if told is _TARGET[Assurance.HIT_OR_MISS] and periods > TEN and 0 < rounded < TEN:
        missed, periods = rounded, TEN
    of = out_of(periods, grain)
    if shown.moved:
        of = _("{of}, each judged by the target of its time").format(of=of)
    return worded(_(told), target=target(shown, currency), missed=missed, met=shown.status.met, of=of)


def out_of(count: int, grain: Grain) -> str:
    """“of ten weeks”."""
    told = {
        Grain.DAY: ngettext("of {n} day", "of {n} days", count),
        Grain.WEEK: ngettext("of {n} week", "of {n} weeks", count),
        Grain.MONTH: ngettext("of {n} month", "of {n} months", count),
        Grain.QUARTER: ngettext("of {n} quarter", "of {n} quarters", count),
        Grain.YEAR: ngettext("of {n} year", "of {n} years", count),
        Grain.TOTAL: ngettext("of {n} period", "of {n} periods", count),
    }
    return told[grain].format(n=count)
