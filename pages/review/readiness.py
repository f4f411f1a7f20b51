"""Readiness: what is prepared for the next review, what is late, and the plan of the review after it."""

from __future__ import annotations

import streamlit as st

from core.language import _
from ui import awaiting, empty, meeting, others, planning, readying, state
from ui.pages import READY

screen = state.screen()

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
elif (found := meeting.opened(screen)) is None:
    planning.first(screen)
elif found.is_removed:
    awaiting.removed(found, READY)
elif found.is_closed:
    st.html(readying.over(found))
    planning.following(screen)
else:
    found = meeting.looked(found)
    st.html(readying.heading(found) + others.html(found, READY))
    st.html(planning.planned(found) + readying.people(found) + readying.sources(found))
    planning.change(found)
    begun = planning.is_begun(screen)
    plan = st.expander(_("Plan the next review"), begun, key=state.PLAN.format(name="open"), on_change="rerun")
    if plan.open:
        with plan:
            planning.following(screen)
