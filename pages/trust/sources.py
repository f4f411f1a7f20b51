"""Where the numbers come from: files in, what became of them, the load log, what was rejected, the way back."""

from __future__ import annotations

import streamlit as st

from core.language import _
from ui import cockpit, downloads, empty, intake, loadlog, outcomes, state, tables

screen = state.screen()

st.html(cockpit.lead(_("Sources"), _("Where the numbers come from, and how far they reach.")))
intake.take(screen)
if results := intake.results():
    st.html(outcomes.html(results))
    intake.ask(screen)

if not screen.shown.generation:
    st.html(empty.no_loads())
else:
    reach, loads, rejects = loadlog.sources(screen), loadlog.loads(screen), loadlog.rejects(screen)
    downloads.title_bar(screen, reach, "sources")
    st.html(tables.html(reach))
    downloads.title_bar(screen, loads, "loads")
    intake.undo(screen)
    st.html(tables.html(loads, limit=loadlog.SHOWN))
    if rejects.rows:
        downloads.title_bar(screen, rejects, "rejects")
        st.html(tables.html(rejects, limit=loadlog.REJECTS_SHOWN))
