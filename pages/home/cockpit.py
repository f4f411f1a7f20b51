"""The cockpit: all processes at a glance, each with its owner and its headline KPIs."""

from __future__ import annotations

import streamlit as st

from ui import cockpit, empty, others, state, troubles

screen = state.screen()
teams = cockpit.processes(screen)

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
elif not teams:
    st.html(empty.no_numbers(screen))
else:
    st.html(cockpit.heading(screen, teams) + others.ahead(screen) + cockpit.exceptions(screen, teams))
    # One element for all rows: the browser draws two dozen tiles at once, and they print as they look.
    st.html(cockpit.rows(screen, teams))
    troubles.cautions(cockpit.warnings(screen, teams))
