"""The pack of a review to take away: a button for each of its forms, made only when asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import KokpitError
from core.language import _
from journal.models import Review
from journal.operations.history import entry
from journal.operations.reviews import namesakes
from journal.words import ReviewState
from pack.formats import FORMS
from pack.material import gather
from ui import exports
from ui.entries import number

if TYPE_CHECKING:
    from journal.work import Journal
    from ui.screen import Screen


def of_entry(screen: Screen, journal: Journal) -> None:
    """The downloads of the review that the address names as an entry of the history, where it names one."""
    try:
        found = entry(journal, number(screen.view.entry))
    except KokpitError:
        # The page tells that there is no such entry.
        return
    if isinstance(found, Review):
        row(screen, journal, found)


def row(screen: Screen, journal: Journal, review: Review) -> None:
    """The downloads of *review*: as presented when it is closed, else as it is now."""
    zone = screen.configuration.zone
    number = str(review.id) if namesakes(journal, review, zone) else ""
    file = exports.file_name(review.title, f"{review.planned_for.astimezone(zone):%Y-%m-%d}", number)
    told = _("Minutes and numbers to take away, as they are now:")
    if review.state is ReviewState.CLOSED:
        told = _("Minutes and numbers to take away, as they were presented:")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"kk_pack_{review.id}"):
        st.html(f'<p class="kk-say">{escape(told)}</p>')
        for kind, form in FORMS.items():
            st.download_button(
                kind.upper(),
                exports.later(partial(made, kind, screen, journal, review), screen.language),
                f"{file}.{kind}",
                form.mime,
                key=f"kk_pack_{review.id}_{kind}",
                help=_("Minutes and numbers of this review as {kind}").format(kind=kind.upper()),
                on_click="ignore",
                icon=":material/download:",
            )


def made(kind: str, screen: Screen, journal: Journal, review: Review) -> bytes:
    """The pack of *review* as *kind*, one of the endings of `FORMS`, in the language in use. Raises KokpitError."""
    material = gather(journal, review, screen.shown.snapshot, screen.configuration, datetime.now(UTC))
    return FORMS[kind].made(material)
