"""Reviews that are open or planned, and the ways to them: one that is open does not hide the others."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from core.errors import KokpitError
from core.language import _
from journal.operations import reviews
from journal.words import ReviewState
from pack.words import STATES
from ui import entries, journaling, links
from ui.pages import MEETING, PREPARE
from ui.view import View

if TYPE_CHECKING:
    from journal.models import Review
    from ui.meeting import Meeting
    from ui.pages import Entry
    from ui.screen import Screen

MOST: Final = 5
"""How many are named; those further ahead are found in the history."""


def ahead(screen: Screen) -> str:
    """The review that goes on, or the next one, with the way to it; nothing where none is planned."""
    try:
        journal = journaling.journal(screen).asking_once() if journaling.exists(screen.shown) else None
        first = reviews.ahead(journal) if journal else None
    except KokpitError:
        # The frame says that the journal cannot be read; the numbers are there all the same.
        return ""
    if not first:
        return ""
    told, page = _("Next review: {review}"), PREPARE
    if first.state is ReviewState.OPEN:
        told, page = _("Going on now: {review}"), MEETING
    address = links.href(page, View(language=screen.view.language, review=str(first.id)))
    inner = escape(told.format(review=entries.review_name(screen, first)))
    return f'<p class="kk-say">{links.anchor(address, inner, css="kk-place")}</p>'


def html(meeting: Meeting, page: Entry) -> str:
    """The way to the other reviews on the same *page*, what is open first; nothing where there is no other."""
    waiting = [each for each in reviews.reviews(meeting.journal) if each.state is not ReviewState.CLOSED]
    waiting.sort(key=lambda review: (review.state is ReviewState.PLANNED, review.planned_for))
    others = [_pill(meeting, page, each) for each in waiting if each.id != meeting.review.id]
    label = _("Other reviews that are open or planned")
    items = "".join(others[:MOST])
    return f'<nav class="kk-others" aria-label="{escape(label)}">{items}</nav>' if items else ""


def _pill(meeting: Meeting, page: Entry, review: Review) -> str:
    there = links.href(page, View(language=meeting.screen.view.language, review=str(review.id)))
    when = entries.moment(meeting.screen, review.planned_for)
    told = f"{review.title}, {when} · {_(STATES[review.state])}"
    return links.anchor(there, escape(told), css="kk-pill")
