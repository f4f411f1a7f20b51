"""The process map: processes, owners and the state of their KPIs in one picture, and what is not defined yet."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui import checklist, downloads, empty, processmap, state

screen = state.screen()

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
else:
    st.html(processmap.heading(screen))
    st.html(processmap.html(screen))
    if checklist.gaps(screen):
        downloads.list_bar(screen, checklist.title(), "checklist", partial(checklist.table, screen))
        st.html(checklist.html(screen))
    else:
        st.html(checklist.complete())
