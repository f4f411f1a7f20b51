"""The journal's fixed words as a reader is told them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import N_, _
from journal.words import ActionState, Direction, ExceptionKind, Outcome, ReviewState

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from journal.models import Entry

ME: Final = "me"
"""Whoever wrote without saying who they are."""
KINDS: Final = {
    ExceptionKind.SIGNAL: N_("New signal"),
    ExceptionKind.TARGET: N_("Target missed"),
    ExceptionKind.PROMISE: N_("Overdue promise"),
}
OUTCOMES: Final = {
    Outcome.EXPLAINED: N_("Explained"),
    Outcome.INVESTIGATING: N_("Investigating"),
    Outcome.NEW_NORMAL: N_("New normal"),
}
ACTIONS: Final = {
    ActionState.OPEN: N_("open"),
    ActionState.DONE: N_("done"),
    ActionState.DROPPED: N_("dropped"),
}
STATES: Final = {
    ReviewState.PLANNED: N_("planned"),
    ReviewState.OPEN: N_("open"),
    ReviewState.CLOSED: N_("closed"),
}
DIRECTIONS: Final = {Direction.UP: N_("{kpi} up"), Direction.DOWN: N_("{kpi} down")}


def person(name: str) -> str:
    """What a person of the journal is called."""
    return _("me") if name == ME else name


def people(names: list[str]) -> str:
    """Several people."""
    return ", ".join(map(person, names))


def author(entry: Entry) -> str:
    """Who wrote *entry*, and who changed it last, where that is somebody else: nobody is given another's words."""
    first = person(entry.created_by)
    if entry.changed_by == entry.created_by:
        return first
    return f"{first} · {_('changed by {who}').format(who=person(entry.changed_by))}"


def written(entry: Entry, zone: ZoneInfo) -> str:
    """Who wrote *entry*, and when."""
    return f"{author(entry)}, {numbers.day(entry.created_at.astimezone(zone).date(), year=True)}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment where the team works."""
    return numbers.moment(at.astimezone(zone))
