"""My preparation: the exceptions of my processes in the next review, each with what it takes to say something."""

from __future__ import annotations

import streamlit as st

from ui import awaiting, empty, leftover, meeting, others, planning, preparing, state
from ui.pages import PREPARE

screen = state.screen()

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
elif (found := meeting.opened(screen)) is None:
    st.html(planning.none_yet(screen))
elif found.is_removed:
    awaiting.removed(found, PREPARE)
elif found.is_closed:
    st.html(planning.none_yet(screen))
    leftover.everywhere(screen, found.journal, ())
else:
    found = meeting.looked(found)
    mine = preparing.mine(found)
    st.html(preparing.heading(found, mine) + others.html(found, PREPARE))
    for known in mine:
        preparing.one(found, known)
    shown = {field.name for known in mine for field in preparing.fields_of(found, known)}
    leftover.everywhere(screen, found.journal, shown)
