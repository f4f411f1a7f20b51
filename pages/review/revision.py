"""What a closed review presented, beside what the same numbers are now, why, and which decisions rested on them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.language import _
from ui import cockpit, downloads, empty, journaling, revision, state, tables, troubles

screen = state.screen()

if not journaling.exists(screen.shown):
    lead = cockpit.lead(revision.title(), _("What reviews showed, and what it is today."))
    st.html(lead + (revision.nothing(None) if screen.shown.generation else empty.nothing_loaded(screen)))
else:
    journal = journaling.journal(screen)
    review, page, error = revision.read(screen, journal)
    told = revision.summary(screen, page) if page else _("What reviews showed, and what it is today.")
    st.html(cockpit.lead(review.title if review else revision.title(), told))
    if pills := revision.others(screen, journal, review):
        st.html(pills)
    if error:
        troubles.box(error)
    elif page is None:
        st.html(revision.nothing(review))
    else:
        for html in filter(None, (revision.affected(screen, journal, page), revision.targets(page))):
            st.html(html)
        downloads.title_bar(screen, revision.title(), "review", partial(revision.table, screen, page))
        limit = revision.limit(screen, page)
        st.html(tables.html(revision.table(screen, page, plain=False), limit=limit) + revision.rest(screen, page))
