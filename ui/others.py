"""Reviews that are open or planned, and the ways to them: one that is open does not hide the others."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from core.errors import KokpitError
from core.language import _
from journal.operations import reviews
from journal.words import ReviewState
from pack.words import STATES
from ui import entries, journaling, links, queries
from ui.pages import MEETING, PREPARE
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.models import Review
    from ui.meeting import Meeting
    from ui.pages import Entry
    from ui.screen import Screen

MOST: Final = 5
"""How many are named; those further ahead are found in the history."""


def ahead(screen: Screen) -> str:
    """The review that goes on, or the next one, with the way to it; nothing where none is planned."""
    try:
        if not journaling.exists(screen.shown):
            return ""
        journal = journaling.journal(screen).asking_once()
        question = ("ahead", screen.view.language, screen.configuration)
        return queries.noted(journal, question, lambda: _ahead(screen, reviews.ahead(journal)))
    except KokpitError:
        # The frame says that the journal cannot be read; the numbers are there all the same.
        return ""


def _ahead(screen: Screen, found: Sequence[Review]) -> str:
    if not found:
        return ""
    first, name = found[0], entries.review_names(screen, found)[found[0].id]
    told, page = _("Next review: {review}"), PREPARE
    if first.state is ReviewState.OPEN:
        told, page = _("Going on now: {review}"), MEETING
    address = links.href(page, View(language=screen.view.language, review=str(first.id)))
    inner = escape(told.format(review=name))
    return f'<p class="kk-say">{links.anchor(address, inner, css="kk-place")}</p>'


def html(meeting: Meeting, page: Entry) -> str:
    """The way to the other reviews on the same *page*, what is open first; nothing where there is no other."""
    found = reviews.reviews(meeting.journal)
    named = entries.review_names(meeting.screen, found, timed=True)
    waiting = [each for each in found if each.state is not ReviewState.CLOSED]
    waiting.sort(key=lambda review: (review.state is ReviewState.PLANNED, review.planned_for))
    others = [each for each in waiting if each.id != meeting.review.id][:MOST]
    label = _("Other reviews that are open or planned")
    items = "".join(_pill(meeting, page, each, named[each.id]) for each in others)
    return f'<nav class="kk-others" aria-label="{escape(label)}">{items}</nav>' if items else ""


def _pill(meeting: Meeting, page: Entry, review: Review, name: str) -> str:
    there = links.href(page, View(language=meeting.screen.view.language, review=str(review.id)))
    return links.anchor(there, escape(f"{name} · {_(STATES[review.state])}"), css="kk-pill")
