"""What happened, and on which charts it is shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from core.language import N_, _
from core.period import Period
from journal.models import Event, Revision
from journal.operations.notes import check_author
from journal.texts import limited, required
from journal.words import Act, EventKind
from journal.work import Edited, Work, reads, writes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
def events(
    work: Work, period: Period | None = None, of: Place | None = None, *, closed: int | None = None
) -> list[Event]:
    """The events within *period* that concern the chart *of* a KPI (all of them, unless given), in order.

    Where a review that is *closed* is named: as they were known when it closed.
    """
    known = _known(work) if closed is None else _known_at_closing(work, closed)
    return [
        event
        for event in known
        if (period is None or (event.starts_on <= period.end and event.ends_on >= period.start))
        and (of is None or concerns(event, of))
    ]


def _known(work: Work) -> list[Event]:
    asked = select(Event).where(Event.removed_at.is_(None))
    return list(work.session.scalars(asked.order_by(Event.starts_on, Event.id)))


def _known_at_closing(work: Work, review: int) -> list[Event]:
    """The events without all that was done to them since *review* closed last."""
    acts = work.session.scalars(select(Revision).where(Revision.entry_id == review, Revision.act == Act.EDITED))
    closing = max((act.id for act in acts if "state" in act.words), default=0)
    asked = select(Revision).join(Event, Event.id == Revision.entry_id).where(Revision.id > closing)
    since: dict[int, list[Revision]] = defaultdict(list)
    for act in work.session.scalars(asked.order_by(Revision.id)):
        since[act.entry_id].append(act)
    everything = work.session.scalars(select(Event)).all()
    found = [event for event in everything if _as_before(work, event, since[event.id])]
    return sorted(found, key=lambda event: (event.starts_on, event.id))


def _as_before(work: Work, event: Event, acts: Sequence[Revision]) -> bool:
    """Whether *event* was there before *acts*; then it says what it said, and nobody keeps that."""
    if any(act.act is Act.ADDED for act in acts):
        return False
    work.session.expunge(event)
    for edit in reversed([act for act in acts if act.act is Act.EDITED]):
        for name, value in edit.words.items():
            setattr(event, name, _READ[name](value) if name in _READ else value)
    hidden = (act.act for act in acts if act.act in {Act.REMOVED, Act.RESTORED})
    first = next(hidden, None)
    return first is Act.REMOVED or (first is None and event.removed_at is None)


_READ: Final[dict[str, Callable[[str], object]]] = {
    "starts_on": date.fromisoformat,
    "ends_on": date.fromisoformat,
    "kind": EventKind,
}
"""How what a revision keeps as a text is read."""


def concerns(event: Event, place: Place) -> bool:
    """Whether *event* belongs on the chart of *place*; the chart of a whole shows what happened to its parts."""
    if (event.kpis or event.processes) and place.kpi not in event.kpis and place.process not in event.processes:
        return False
    values = [part["value"] for part in event.parts if part["dimension"] == place.dimension]
    return not values or place.dimension_value in values
