"""Signal or noise, as the chart of a KPI shows it: the limits of what the process does, and the points beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from core.language import N_, _
from metrics.signals import chart, within
from metrics.status import FEWEST_POINTS, Variation, status
from ui import values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.model import Kpi
    from metrics.signals import Limits
    from metrics.status import Status
    from ui.figures import Point

RULE: Final = {
    "outside": N_("outside the limits"),
    "near_limit": N_("three of four near a limit"),
    "run": N_("eight in a row on one side"),
}
_SENTENCE: Final = {
    Variation.IMPROVING: N_("A signal for the better: this is more than the process usually varies ({rules})."),
    Variation.WORSE: N_("A signal for the worse: this is more than the process usually varies ({rules})."),
    Variation.CHANGED: N_("A signal: this is more than the process usually varies ({rules})."),
    Variation.ROUTINE: N_("Routine: the newest value lies within what the process usually does."),
}


@dataclass(frozen=True)
class Shown:
    """What a chart shows of a series beyond its values: *limits* where there are points enough, the *flags* of each."""

    kpi: Kpi
    limits: Limits | None
    flags: tuple[tuple[str, ...], ...]
    status: Status

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

    def note(self, place: int) -> str:
        """What the rules say of one point; nothing where it is routine."""
        return ", ".join(_(RULE[name]) for name in self.flags[place])


def of(kpi: Kpi, series: Sequence[Point]) -> Shown:
    """What the complete points of *series* say; nothing from a handful of them."""
    found = chart([point.value if point.complete else None for point in series])
    told = status(found, kpi.better)
    current = found.current
    if told.variation in (Variation.TOO_EARLY, Variation.NO_DATA) or current is None:
        return Shown(kpi, None, ((),) * len(found.points), told)
    return Shown(kpi, current.limits, tuple(point.flags for point in found.points), told)


def sentence(shown: Shown) -> str:
    """Whether the newest value is a signal, in one sentence; how much it can be relied on, in another."""
    variation = shown.status.variation
    if variation not in _SENTENCE:
        return _("Too few points to tell signal from noise: {n} of {least}.").format(
            n=shown.status.periods, least=FEWEST_POINTS
        )
    told = _(_SENTENCE[variation]).format(rules=", ".join(_(RULE[name]) for name in shown.newest))
    if shown.limits is not None and shown.limits.provisional:
        told += " " + _("The limits are provisional: they rest on {n} points.").format(n=shown.limits.points)
    return told


def legend(shown: Shown, currency: str) -> str:
    """The lines in words, with the values of the limits."""
    lower, _center, upper = shown.lines
    if lower is None and upper is None:
        return ""
    ends = " – ".join(values.short(shown.kpi, end, currency) for end in (lower, upper) if end is not None)
    told = _("usual range: {ends}") if lower is not None and upper is not None else _("usual limit: {ends}")
    items = f'<span><i class="kk-line kk-dashed"></i>{escape(told.format(ends=ends))}</span>'
    if any(shown.flags):
        items += f'<span><i class="kk-ring" aria-hidden="true"></i>{escape(_("signal"))}</span>'
    return items
