"""The button that brings in what is new, with progress, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from connectors.plan.tables import Known
from connectors.refresh import refresh, sources_of
from core.config import user_home
from core.errors import KokpitError
from core.language import _
from metrics.names import kpi_names, never_negative, process_names, shares
from ui import queries, runlog, schedule, state, troubles

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from connectors.refresh import Report


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
    if pressed:
        _refresh(place)
        st.rerun()


def report() -> str:
    """What came of the last press of the button, as HTML."""
    found: Report | None = st.session_state.get(state.REPORT)
    return runlog.report(found) if found else ""


def _refresh(place: DeltaGenerator) -> None:
    """Refresh while the reader watches, and keep what came of it for the run that shows it."""
    home = user_home()
    bar = place.progress(0.0, text=_("Refreshing …"))
    st.session_state[state.REPORT] = None
    try:
        configuration = queries.configuration(home)
        found = refresh(
            home,
            configuration,
            tell=_Progress(bar),
            known=Known(kpi_names(), process_names(), never_negative(), shares()),
        )
        st.session_state[state.REPORT] = found
    except KokpitError as error:
        st.session_state[state.TROUBLE] = error


class _Progress:
    """What the sources tell while they are read, as one bar."""

    def __init__(self, bar: DeltaGenerator) -> None:
        self._bar = bar
        self._shares: dict[str, float] = {}

    def __call__(self, source: str, label: str, share: float) -> None:
        """Show that *share* of *source* is read and *label* is next."""
        self._shares[source] = min(max(share, 0.0), 1.0)
        done = sum(self._shares.values()) / len(self._shares)
        self._bar.progress(done, text=troubles.plain(": ".join(part for part in (source, label) if part)))
