"""Two people who changed the same words at once: both texts, and the choice of which stands. Until then both wait."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from core.language import _
from journal.models import Decision, Event, Note, Recommendation
from journal.operations import history
from journal.operations.notes import hindrance
from ui import entries, fields, journaling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journal.models import Entry, Revision
    from journal.work import Journal

WORDED = (Note, Recommendation, Decision, Event)
"""What words that came too late can take the place in; anything else is more than words."""


def mine(journal: Journal) -> None:
    """Where the reader and somebody else wrote at once, whoever came first, until one of them has chosen."""
    if journal.actor.may_write:
        me = journal.actor.person
        found = [(each, history.entry(journal, each.entry_id)) for each in history.conflicts(journal)]
        draw(journal, [late for late, entry in found if me in {late.by, entry.changed_by}])


def of(journal: Journal, entry: Entry) -> None:
    """All words that came too late for *entry*, to whoever may correct it."""
    if journal.actor.may_write and hindrance(journal, entry.id) is None:
        draw(journal, history.conflicts(journal, [entry.id]))


def draw(
    journal: Journal, found: Sequence[Revision], what: str = "", settled: Callable[[], None] = lambda: None
) -> None:
    """Both texts of each of *found*, called *what* it is or else after its kind, and the choice, then *settled*."""
    for late in found:
        entry = history.entry(journal, late.entry_id)
        st.html(_both(entry, late, what or entries.kind(entry)))
        fields.told(_place(late))
        offered = {_("Keep what stands"): history.settle}
        if late.words.keys() <= set(entry.searched) and isinstance(entry, WORDED):
            offered[_("Take the other words")] = history.take
        with st.container(horizontal=True):
            for label, act in offered.items():
                key = f"kk_settle_{late.id}_{act is history.take}"
                st.button(label, key=key, on_click=_settle, args=(late, partial(act, journal, late.id), settled))


def _both(entry: Entry, late: Revision, what: str) -> str:
    told = _("Two people wrote “{what}” at once. Both texts are kept; choose which stands.")
    sides = (
        (_("This stands, by {person}"), entry.changed_by, entries.said(entry)),
        (_("This came later, by {person}"), late.by, entries.worded(entry, late)),
    )
    inner = "".join(
        f'<div><h3>{escape(title.format(person=journaling.called(person)))}</h3><p dir="auto">{escape(text)}</p></div>'
        for title, person, text in sides
    )
    return f'<div class="kk-conflict" role="alert"><p>{escape(told.format(what=what))}</p><div>{inner}</div></div>'


def _place(late: Revision) -> str:
    return f"late:{late.id}"


def _settle(late: Revision, act: Callable[[], None], settled: Callable[[], None]) -> None:
    def run() -> bool:
        act()
        return True

    if fields.attempt(_place(late), run):
        settled()
