"""Who promised what by when: overdue first, where it came from, what became of it, and what the tracker says."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.language import _
from ui import cockpit, conflicts, downloads, empty, journaling, promises, promising, state, tables

screen = state.screen()

if not screen.shown.generation and not journaling.exists(screen.shown):
    st.html(cockpit.lead(_("Actions"), _("Who promised what by when.")) + empty.nothing_loaded(screen))
else:
    journal = journaling.journal(screen)
    st.html(cockpit.lead(_("Actions"), promises.summary(screen, journal)) + promises.choices(screen))
    conflicts.mine(journal)
    promising.add(screen, journal)
    found = promises.listed(screen, journal)
    shown = promises.shown(screen, found)
    title = _(promises.LISTS.get(screen.view.what, promises.LISTS[""]))
    downloads.list_bar(screen, title, "actions", partial(promises.table, screen, journal))
    promising.take_over_all(journal, found)
    for name, group in promises.grouped(screen, shown):
        if name:
            st.html(tables.title(name))
        for promise in group:
            with st.container(horizontal=True, key=f"kk_said_{promise.action.id}", gap="small"):
                st.html(promises.card(screen, promise))
                promising.buttons(journal, promise)
            if str(promise.action.id) == screen.view.entry:
                promising.edit(screen, journal, promise)
    if rest := promises.rest(screen, found, len(shown)):
        st.html(rest)
