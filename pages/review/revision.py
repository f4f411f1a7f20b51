"""What a closed review presented, beside what the same numbers are now, why, and which decisions rested on them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.language import _
from ui import cockpit, downloads, empty, journaling, packs, revision, state, troubles

screen = state.screen()

if not journaling.exists(screen.shown):
    lead = cockpit.lead(revision.title(), _("What reviews showed, and what it is today."))
    st.html(lead + (revision.nothing(None) if screen.shown.generation else empty.nothing_loaded(screen)))
else:
    journal = journaling.journal(screen)
    review, page, error = revision.read(screen, journal)
    told = (
        revision.summary(screen, review, page) if review and page else _("What reviews showed, and what it is today.")
    )
    st.html(cockpit.lead(revision.heading(screen, review), told))
    if pills := revision.others(screen, journal, review):
        st.html(pills)
    if review and page:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="kk_of_review"):
            st.html(revision.to_meeting(screen, review))
            packs.row(screen, journal, review)
    if error:
        troubles.box(error)
    elif review is None or page is None:
        st.html(revision.nothing(review))
    else:
        for told in filter(None, (revision.affected(screen, journal, review, page), revision.targets(page))):
            st.html(told)
        make = partial(revision.table, screen, page)
        downloads.title_bar(screen, revision.title(), "review", make, review.place.period)
        st.html(revision.html(screen, page))
