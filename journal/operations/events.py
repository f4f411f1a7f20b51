"""What happened, and on which charts it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from core.language import N_, _
from core.period import Period
from journal.models import Event
from journal.operations.notes import check_author
from journal.texts import limited, required
from journal.words import EventKind
from journal.work import Edited, Work, reads, writes

if TYPE_CHECKING:
    from datetime import date

    from journal.places import Place

EVENT: Final = N_("Event")


@dataclass(frozen=True)
class Happening:
    """Something that happened from *starts_on* to *ends_on*, and what it concerns: everything, when that is empty.

    *parts* are pairs of dimension and value, such as ("platform", "google_ads").
    """

    name: str
    starts_on: date
    ends_on: date | None = None
    kind: EventKind = EventKind.OTHER
    text: str = ""
    kpis: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()

    def columns(self) -> dict[str, Any]:
        """The event as it is kept. Raises UsageError when it ends before it starts, or has no name."""
        period = Period(self.starts_on, self.ends_on or self.starts_on)
        return {
            "name": required(self.name, _(EVENT)),
            "kind": self.kind,
            "starts_on": period.start,
            "ends_on": period.end,
            "text": limited(self.text.strip(), _(EVENT)),
            "kpis": list(self.kpis),
            "processes": list(self.processes),
            "parts": [{"dimension": dimension, "value": value} for dimension, value in self.parts],
        }


@writes
def add_event(work: Work, place: Place, event: Happening) -> Event:
    """Keep an event noticed at *place*. The right of whoever owns that process, or one of those it concerns."""
    work.check_owner({place.process, *event.processes} - {""}, place.review)
    return work.add(Event(**event.columns()), place)


@writes
def edit_event(work: Work, number: int, version: int, event: Happening) -> Edited[Event]:
    """Change an event, seen in its *version*."""
    found = work.find(Event, number)
    check_author(work, found)
    return work.edit(found, version, **event.columns())


@reads
def events(work: Work, period: Period | None = None, of: Place | None = None) -> list[Event]:
    """The events within *period* that concern the chart *of* a KPI (all of them, unless given), in order."""
    asked = select(Event).where(Event.removed_at.is_(None))
    if period is not None:
        asked = asked.where(Event.starts_on <= period.end, Event.ends_on >= period.start)
    found = work.session.scalars(asked.order_by(Event.starts_on, Event.id))
    return [event for event in found if of is None or concerns(event, of)]


def concerns(event: Event, place: Place) -> bool:
    """Whether *event* belongs on the chart of *place*; the chart of a whole shows what happened to its parts."""
    if (event.kpis or event.processes) and place.kpi not in event.kpis and place.process not in event.processes:
        return False
    values = [part["value"] for part in event.parts if part["dimension"] == place.dimension]
    return not values or place.dimension_value in values
