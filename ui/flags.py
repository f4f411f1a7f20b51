"""What happened, as numbered flags on the charts it concerns, with the list below."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from core.errors import KokpitError
from core.language import _
from core.numbers import days
from core.period import Period
from journal.operations.events import events
from journal.places import Place
from ui import journaling, links, queries
from ui.pages import HISTORY
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.work import Journal
    from metrics.model import Kpi
    from ui.screen import Screen


@dataclass(frozen=True)
class Flag:
    """One event, the number that stands for it on the chart, and that of its *entry* in the journal."""

    number: int
    name: str
    days: Period
    entry: int = 0


def place(screen: Screen, kpi: Kpi) -> Place:
    """What the chart of *kpi* is of: the whole, or the part that the screen is filtered by."""
    part = next((each for each in screen.view.filters if each[0] in kpi.dimensions), ("", ""))
    return Place(kpi.process, kpi.id, screen.period, *part)


def found(screen: Screen, kpi: Kpi, stretch: Period, closed: int | None = None) -> tuple[Flag, ...]:
    """The events on the chart of *kpi* over *stretch*; none where the journal cannot be read, which is told above.

    They are those of now, or those that the review *closed* knew of. Each chart counts its own from 1.
    """
    try:
        if not journaling.exists(screen.shown):
            return ()
        journal = journaling.journal(screen)
        of = place(screen, kpi)
        return queries.noted(journal, ("flags", stretch, of, closed), lambda: _known(journal, stretch, of, closed))
    except KokpitError:
        return ()


def _known(journal: Journal, stretch: Period, of: Place, closed: int | None) -> tuple[Flag, ...]:
    known = events(journal, stretch, of, closed=closed)
    return tuple(
        Flag(number, event.name, Period(event.starts_on, event.ends_on), event.id)
        for number, event in enumerate(known, 1)
    )


def marks(flags: Sequence[Flag], periods: Sequence[Period]) -> list[str | None]:
    """For each of *periods* the numbers of the events that began in it (or before the first one, and still last)."""
    told: list[str | None] = []
    for at, period in enumerate(periods):
        begun = (flag for flag in flags if flag.days.start <= period.end)
        here = (flag for flag in begun if at == 0 or flag.days.start >= period.start)
        told.append(", ".join(str(flag.number) for flag in here) or None)
    return told


def legend(screen: Screen, flags: Sequence[Flag]) -> str:
    """The list of events under the chart, each a way to where it is corrected."""
    items = "".join(f"<li>{_item(screen, flag)}</li>" for flag in flags)
    label = _("Events on the chart")
    return f'<ol class="kk-flags" aria-label="{escape(label)}">{items}</ol>' if items else ""


def _item(screen: Screen, flag: Flag) -> str:
    when = days(flag.days, year=False)
    name = escape(flag.name)
    if flag.entry:
        view = View(language=screen.view.language, entry=str(flag.entry))
        name = links.anchor(links.href(HISTORY, view), name, css="kk-place")
    return f'<b>{flag.number}</b> {name} <span class="kk-by">{escape(when)}</span>'
