"""The review meeting: one step on the screen at a time, the same for everybody who follows."""

from __future__ import annotations

import streamlit as st

from ui import awaiting, empty, meeting, others, planning, progress, state, steps
from ui.pages import MEETING

screen = state.screen()

found = meeting.opened(screen)
# What a closed review presented does not need the numbers of now.
if not screen.shown.generation and not (found and found.is_closed):
    going_on = found.review.title if found and found.is_open else ""
    st.html(empty.data_gone(screen, going_on) if going_on else empty.nothing_loaded(screen))
elif found is None:
    planning.first(screen)
elif found.is_planned:
    awaiting.draw(found)
else:
    found = meeting.brought_along(found)
    st.html(progress.heading(found) + ("" if found.is_closed else others.html(found, MEETING)))
    with st.container(key="kk_meeting"):
        steps.draw(found)
    progress.bar(found)
    progress.keep_up(found)
