"""The KPI dictionary: what each KPI means, how it is computed, where it is used; with a search, and to take away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui import definitions, dictionary, downloads, empty, state, troubles

screen = state.screen()

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
else:
    st.html(definitions.heading(screen))
    troubles.notes(definitions.notes(screen))
    definitions.search_box(screen)
    st.html(definitions.choices(screen))
    downloads.title_bar(screen, dictionary.title(), "definitions", partial(dictionary.table, screen))
    found = definitions.entries(screen)
    st.html(definitions.html(screen) if found else definitions.nothing_found(screen))
