"""Words that somebody was still typing when their review was closed: shown there, and kept as notes on request."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.language import _
from journal.operations.drafts import drafts, save_draft
from journal.operations.notes import add_note
from journal.places import Place
from journal.words import Outcome
from ui import entering, fields, state, typed

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.period import Period
    from journal.models import Draft, ReviewException
    from journal.work import Journal

LEFT: Final = "left:{draft}"


def show(journal: Journal, review: int, raised: Collection[ReviewException], period: Period) -> None:
    """What the reader typed into *review*, with its exceptions *raised*, and did not keep; nothing for most."""
    places = {f"exception:{each.id}:{outcome}": each.place for each in raised for outcome in Outcome}
    for draft in drafts(journal):
        place = places.get(draft.place) or _entered(draft.place, review)
        if place is not None:
            # A closed review takes nothing more: what is kept now belongs to the KPI and the period alone.
            _one(journal, draft, Place(place.process, place.kpi, place.period or period, *_part(place)))


def _part(place: Place) -> tuple[str, str]:
    return place.dimension, place.dimension_value


def _entered(name: str, review: int) -> Place | None:
    """Where the words called *name* were entered; None where they are of no entry of *review*."""
    of, _about, process, kpi, dimension, rest = [*name.split(":", 5), *[""] * 5][:6]
    value, _colon, kind = rest.rpartition(":")
    return Place(process, kpi, None, dimension, value) if of == str(review) and kind in entering.KINDS else None


def _one(journal: Journal, draft: Draft, place: Place) -> None:
    with st.container(key=f"kk_left_{draft.id}", border=True):
        told = _("You were still typing this when the review was closed. It is kept as your draft:")
        st.html(f'<p class="kk-say">{escape(told)}</p><p class="kk-text" dir="auto">{escape(draft.text)}</p>')
        name = LEFT.format(draft=draft.id)
        fields.told(name)
        with st.container(horizontal=True, gap="small"):
            st.button(_("Keep as a note"), key=f"kk_left_keep_{draft.id}", on_click=_keep, args=(journal, draft, place))
            st.button(
                _("Discard"), key=f"kk_left_drop_{draft.id}", type="tertiary", on_click=_drop, args=(journal, draft)
            )


def _keep(journal: Journal, draft: Draft, place: Place) -> None:
    name, finishing = LEFT.format(draft=draft.id), journal.finishing(draft.place)
    if fields.attempt(name, lambda: add_note(finishing, place, draft.text)) is not None:
        _forget(journal, draft)


def _drop(journal: Journal, draft: Draft) -> None:
    def run() -> bool:
        save_draft(journal, draft.place, "")
        return True

    if fields.attempt(LEFT.format(draft=draft.id), run):
        _forget(journal, draft)


def _forget(journal: Journal, draft: Draft) -> None:
    """Nothing of it is left to be typed on, here or in the browser."""
    fields.empty(draft.place)
    typed.now_safe(journal, draft.place, draft.text)
    st.session_state[state.ENTRY_AT] = ""
