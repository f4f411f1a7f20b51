"""Where the numbers come from: files in, what became of them, the load log, what was rejected, the way back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.language import _
from ui import access, cockpit, downloads, empty, explaining, intake, loadlog, mapping, outcomes, refreshing, state

screen = state.screen()

st.html(cockpit.lead(_("Sources"), _("Where the numbers come from, and how far they reach.")))
intake.take(screen)
if results := intake.results():
    st.html(outcomes.html(results, explaining.told(screen)))
    explaining.just_loaded(screen, results)
    intake.ask()
mapping.panel()
if report := refreshing.report():
    st.html(report)
refreshing.offer()
access.panel()

if loadlog.has_own(screen):
    downloads.list_bar(screen, _("Your files so far"), "own", partial(loadlog.own, screen))
    st.html(loadlog.html(screen, "own", loadlog.own))
    if loadlog.has_own_rejects(screen):
        downloads.list_bar(
            screen, _("Rejected rows of your files"), "own-rejects", partial(loadlog.own_rejects, screen)
        )
        st.html(loadlog.html(screen, "own rejects", loadlog.own_rejects))
if screen.shown.generation:
    downloads.list_bar(screen, _("How far the data reaches"), "sources", partial(loadlog.sources, screen))
    st.html(loadlog.html(screen, "sources", loadlog.sources, loadlog.EVERY))
else:
    st.html(empty.no_loads())
if not loadlog.is_empty(screen):
    downloads.list_bar(screen, _("Load log"), "loads", partial(loadlog.loads, screen))
    intake.undo(screen)
    explaining.earlier(screen, results)
    st.html(loadlog.html(screen, "loads", loadlog.loads))
    if loadlog.has_rejects(screen):
        downloads.list_bar(screen, _("Rejected rows"), "rejects", partial(loadlog.rejects, screen))
        st.html(loadlog.html(screen, "rejects", loadlog.rejects))
