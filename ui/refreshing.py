"""The button that brings in what is new, with progress, and what came of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from connectors.plan.tables import Known
from connectors.refresh import refresh, sources_of
from core.config import user_home
from core.errors import KokpitError
from core.language import _
from metrics.names import kpi_names, never_negative, process_names, shares
from ui import queries, runlog, schedule, state, troubles
from ui.background import Work, at_work, see_through

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from connectors.refresh import Report
    from core.config import Configuration, Home


def offer() -> None:
    """The button and what the last refresh made of each source; nothing where there is nothing to refresh."""
    home = user_home()
    configuration = queries.configuration(home)
    names = sources_of(home, configuration)
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="kk_line_refresh"):
        st.html(runlog.title())
        pressed = st.button(_("Refresh now"), icon=":material/refresh:", key=state.REFRESH)
    place = st.empty()
    if trouble := schedule.trouble():
        troubles.box(trouble)
    st.html(runlog.html(home, configuration, names))
    if text := runlog.next_run(home, configuration):
        st.caption(troubles.plain(text))
    work: Work[Report] | None = at_work(state.REFRESHING, home.path)
    if pressed and not work:
        st.session_state[state.REPORT] = None
        work = Work(_("Refreshing …"), partial(_refresh, home, configuration), (state.REFRESHING, home.path))
    if work:
        _see_through(work, place.progress(0.0, text=_("Refreshing …")))
        st.rerun()


def report() -> str:
    """What came of the last press of the button, as HTML."""
    found: Report | None = st.session_state.get(state.REPORT)
    return runlog.report(found) if found else ""


def _see_through(work: Work[Report], bar: DeltaGenerator) -> None:
    """Watch the refresh to its end, and keep what came of it for the run that shows it."""
    try:
        st.session_state[state.REPORT] = see_through(state.REFRESHING, work, bar)
    except KokpitError as error:
        st.session_state[state.TROUBLE] = error


def _refresh(home: Home, configuration: Configuration, work: Work[Report]) -> Report:
    known = Known(kpi_names(), process_names(), never_negative(), shares())
    return refresh(home, configuration, tell=_Progress(work), known=known)


class _Progress:
    """What the sources tell while they are read, as one share."""

    def __init__(self, work: Work[Report]) -> None:
        self._work = work
        self._shares: dict[str, float] = {}

    def __call__(self, source: str, label: str, share: float) -> None:
        """Show that *share* of *source* is read and *label* is next."""
        self._shares[source] = min(max(share, 0.0), 1.0)
        done = sum(self._shares.values()) / len(self._shares)
        self._work.tell(": ".join(part for part in (source, label) if part), done)
