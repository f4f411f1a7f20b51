"""What was written in a meeting, a line each: whose words, what they are about, and the way to correct them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from core.language import N_, _
from core.numbers import day
from journal.models import Action, Decision, Event, Note, Recommendation
from journal.operations.notes import may_correct
from pack.minutes import Promised, as_closed
from pack.words import author
from ui import correcting, deciding, entries, journaling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from journal.models import Entry
    from ui.meeting import Meeting

_KIND: Final[dict[type[Entry], str]] = {
    Note: N_("Note"),
    Recommendation: N_("Recommendation"),
    Decision: N_("Decision"),
    Action: N_("Action"),
    Event: N_("Event"),
}


def lines(meeting: Meeting, found: Sequence[Entry]) -> str:
    """What was written about one KPI, a line each with what it is, and the way to correct it."""
    return _lines(meeting, ((entry, f"<b>{escape(_(_KIND[type(entry)]))}</b> ") for entry in found))


def of_kpis(meeting: Meeting, found: Sequence[Entry]) -> str:
    """What was written in the whole meeting, in its order, each with the KPI that it is about, or is to move."""
    ordered = sorted(found, key=lambda entry: entry.id)
    return _lines(meeting, ((entry, _subject(meeting, entry)) for entry in ordered))


def _lines(meeting: Meeting, found: Iterable[tuple[Entry, str]]) -> str:
    items = "".join(
        f'<li dir="auto">{name}{_line(meeting, entry)}{pencil(meeting, entry)}</li>' for entry, name in found
    )
    return f'<ul class="kk-entries">{items}</ul>' if items else ""


def _subject(meeting: Meeting, entry: Entry) -> str:
    """The KPI that *entry* is about; of a decision that it is to move, and which way."""
    kpi = entry.moves or entry.kpi if isinstance(entry, Decision) else entry.kpi
    if not kpi:
        return ""
    seen = meeting.presented.get(kpi)
    told = _(seen.figure.kpi.name) if seen else entries.kpi_name(meeting.screen, kpi)
    if isinstance(entry, Decision) and entry.direction:
        told += " " + _(deciding.DIRECTIONS[entry.direction])
    return f"<b>{escape(told)}:</b> "


def _line(meeting: Meeting, entry: Entry) -> str:
    of = f" · {entry.dimension_value}" if entry.dimension_value else ""
    if isinstance(entry, Action):
        left = as_closed(meeting.review, Promised.of(entry))
        due = f", {day(left.due)}" if left.due else ""
        return _said(left.text, f"{journaling.called(left.owner)}{due}{of}")
    return _said(entry.name if isinstance(entry, Event) else getattr(entry, "text", ""), f"{author(entry)}{of}")


def _said(text: str, who: str) -> str:
    return f'{entries.shortened(text)} <span class="kk-by">{escape(who)}</span>'


def pencil(meeting: Meeting, entry: Entry) -> str:
    """The way to correct *entry*, where the reader may and the review is not over."""
    if meeting.is_closed or not may_correct(meeting.journal.actor, entry, meeting.review.chair):
        return ""
    return " " + correcting.way(meeting.screen, meeting.review.id, meeting.asked, entry)
