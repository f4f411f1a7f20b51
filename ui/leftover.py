"""Words that somebody typed and did not keep: shown where their review was closed, and all of them in one list."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.errors import KokpitError
from core.language import _
from journal.operations import reviews
from journal.operations.drafts import draft as words_of
from journal.operations.drafts import drafts, save_draft
from journal.operations.history import entry
from journal.operations.notes import add_note
from journal.places import Place
from journal.words import Outcome, ReviewState
from ui import entering, entries, fields, preparing, tables, typed

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.period import Period
    from journal.models import Draft, ReviewException
    from journal.work import Journal
    from ui.screen import Screen

LEFT: Final = "left:{draft}"
_WORDED: Final[dict[str, Collection[str]]] = {
    "exception": set(Outcome),
    "prepare": set(preparing.LABELS),
    "correct": {""},
    "action": {""},
}
"""Which fields hold words, by what they are about; the others are chosen beside them."""


def show(journal: Journal, review: int, raised: Collection[ReviewException], period: Period) -> None:
    """What the reader typed into *review*, with its exceptions *raised*, and did not keep; nothing for most."""
    places = {f"exception:{each.id}:{outcome}": each.place for each in raised for outcome in Outcome}
    for draft in drafts(journal):
        place = places.get(draft.place.removesuffix(fields.ASIDE)) or _written_in(journal, draft, review)
        if place is not None:
            # A closed review takes nothing more: what is kept now belongs to the KPI and the period alone.
            told = _("You were still typing this when the review was closed. It is kept as your draft:")
            _one(journal, draft, Place(place.process, place.kpi, place.period or period, *_part(place)), told)


def everywhere(screen: Screen, journal: Journal, shown: Collection[str]) -> None:
    """All that the reader typed and did not keep, but for the fields *shown* on the page; nothing for most."""
    if not journal.actor.may_write:
        return
    found = [
        (draft, place)
        for draft in drafts(journal)
        if draft.place.removesuffix(fields.ASIDE) not in shown and (place := _of(journal, draft))
    ]
    if found:
        st.html(tables.title(_("Typed and not kept")))
    for draft, place in found:
        _one(journal, draft, *_open(screen, journal, place))


def _written_in(journal: Journal, draft: Draft, review: int) -> Place | None:
    """What the words of *draft* are about, if they were entered in *review* or correct what was."""
    place = _of(journal, draft) if draft.place.startswith("correct:") else None
    return place if place and place.review == review else _entered(draft.place, str(review))


def _of(journal: Journal, draft: Draft) -> Place | None:
    """What the words of *draft* are about; None where they are no words, but chosen beside some."""
    kind, number, field = [*draft.place.removesuffix(fields.ASIDE).split(":", 2), "", ""][:3]
    if kind not in _WORDED:
        return _entered(draft.place, kind)
    if field not in _WORDED[kind]:
        return None
    try:
        return entry(journal, entries.number(number)).place if number != "new" else Place()
    except KokpitError:
        return Place()


def _open(screen: Screen, journal: Journal, place: Place) -> tuple[Place, str]:
    """Where the words can be kept now, as a closed review takes nothing more; and what they are about."""
    held = next((each for each in reviews.reviews(journal) if each.id == place.review), None)
    if held is None or held.state is ReviewState.CLOSED:
        place = Place(place.process, place.kpi, place.period, *_part(place))
    about = entries.kpi_name(screen, place.kpi) if place.kpi else entries.process_name(screen, place.process)
    facts = (about, entries.review_name(screen, held) if held else "")
    return place, " · ".join(filter(None, facts)) or _("Your draft")


def _part(place: Place) -> tuple[str, str]:
    return place.dimension, place.dimension_value


def _entered(name: str, review: str) -> Place | None:
    """Where the words called *name* were entered; None where they are of no entry of *review*."""
    of, about, process, kpi, dimension, rest = [*name.removesuffix(fields.ASIDE).split(":", 5), *[""] * 5][:6]
    value, _colon, kind = rest.rpartition(":")
    if of != review or kind not in entering.KINDS:
        return None
    return Place(process, kpi, None, dimension, value, entries.number(of) or None, entries.number(about) or None)


def _one(journal: Journal, draft: Draft, place: Place, told: str) -> None:
    with st.container(key=f"kk_left_{draft.id}", border=True):
        st.html(f'<p class="kk-say">{escape(told)}</p><p class="kk-text" dir="auto">{escape(draft.text)}</p>')
        name = LEFT.format(draft=draft.id)
        fields.told(name)
        with st.container(horizontal=True, gap="small"):
            st.button(_("Keep as a note"), key=f"kk_left_keep_{draft.id}", on_click=_keep, args=(journal, draft, place))
            st.button(
                _("Discard"), key=f"kk_left_drop_{draft.id}", type="tertiary", on_click=_drop, args=(journal, draft)
            )


def _keep(journal: Journal, draft: Draft, place: Place) -> None:
    def run() -> bool:
        # Another window may have typed on since, or kept it.
        if now := words_of(journal, draft.place):
            add_note(journal.finishing(*_names(journal, draft)), place, now)
        return True

    if fields.attempt(LEFT.format(draft=draft.id), run):
        _forget(journal, draft)


def _names(journal: Journal, draft: Draft) -> list[str]:
    """The words and all that was chosen beside them."""
    return [each.place for each in drafts(journal) if f"{each.place}:".startswith(f"{draft.place}:")]


def _drop(journal: Journal, draft: Draft) -> None:
    def run() -> bool:
        for name in _names(journal, draft):
            save_draft(journal, name, "")
        return True

    if fields.attempt(LEFT.format(draft=draft.id), run):
        _forget(journal, draft)


def _forget(journal: Journal, draft: Draft) -> None:
    """Nothing of it is left to be typed on, here or in the browser."""
    fields.empty(draft.place)
    typed.now_safe(journal, draft.place, draft.text)
    entering.look_again()
