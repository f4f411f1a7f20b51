"""What a closed review presented, and what the same numbers are now."""

from __future__ import annotations

import streamlit as st

from ui import empty, state

screen = state.screen()
st.html(empty.nothing_loaded(screen))
