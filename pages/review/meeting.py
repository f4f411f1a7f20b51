"""The review meeting: one step on the screen at a time, the same for everybody who follows."""

from __future__ import annotations

import streamlit as st

from ui import empty, meeting, planning, progress, state, steps

screen = state.screen()

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
elif (found := meeting.opened(screen)) is None:
    planning.first(screen)
elif found.is_planned:
    planning.ready(found)
else:
    st.html(progress.heading(found))
    with st.container(key="kk_meeting"):
        steps.draw(found)
    progress.bar(found)
    progress.keep_up(found)
