"""Everything that was ever said: reviews, notes, decisions and whether they worked, found by words, KPI and person."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.language import _
from ui import cockpit, downloads, empty, journaling, memory, packs, state, tables

screen = state.screen()

st.html(cockpit.lead(_("History"), _("What was said, decided and promised, and what came of it.")))
if not journaling.exists(screen.shown):
    st.html(memory.nothing() if screen.shown.generation else empty.nothing_loaded(screen))
elif screen.view.entry:
    memory.one(screen, journaling.journal(screen))
    packs.of_entry(screen, journaling.journal(screen))
else:
    journal = journaling.journal(screen)
    memory.filters(screen)
    asked = memory.is_asked(screen)
    if not asked:
        if decisions := memory.latest_decisions(screen, journal):
            st.html(decisions)
        reviews = memory.reviews_table(screen, journal)
        if reviews.rows:
            downloads.list_bar(screen, reviews.title, "reviews", partial(memory.reviews_table, screen, journal))
            st.html(tables.html(reviews, limit=memory.REVIEWS))
    shown, more = memory.found(screen, journal)
    if shown or asked:
        st.html(memory.told(shown, is_all=more is None))
        memory.cards(screen, journal, shown)
        if more:
            st.html(memory.more(screen, more))
    else:
        st.html(memory.nothing())
