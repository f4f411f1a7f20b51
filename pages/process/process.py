"""One process for its owner: its KPIs, the chosen one over time and in its parts, and the numbers to take away."""

from __future__ import annotations

import streamlit as st

from core.language import _
from ui import detail, downloads, drill, empty, history, parts, state, tables, troubles
from ui.theme import CHART_HEIGHT

screen = state.screen()
page = detail.chosen(screen)

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
elif page is None:
    st.html(empty.unknown_process(screen, screen.view.process))
else:
    kpi = page.kpi
    troubles.notes(detail.notes(screen, page))
    st.html(detail.heading(screen, page))
    beside, main = st.columns([1, 3.2], gap="medium")
    with beside:
        st.html(detail.kpi_list(screen, page))
    with main:
        st.html(drill.path(screen, kpi) + detail.headline(screen, page) + history.legend(screen, kpi))
        data, spec = history.chart(screen, kpi)
        st.vega_lite_chart(data, spec, height=CHART_HEIGHT, alt=history.described(screen, kpi), key="kk_chart")
        troubles.cautions(detail.warnings(screen, page))
        found = parts.options(screen, kpi)
        dimension = parts.split_by(screen, found)
        if found:
            whole = parts.table(screen, page.team, kpi, dimension)
            downloads.split_bar(screen, found, dimension, whole)
            st.html(tables.html(whole, limit=parts.shown(screen)) if whole.rows else empty.no_rows())
        with st.expander(_("The numbers behind the chart")):
            over_time = history.table(screen, kpi)
            downloads.title_bar(screen, over_time, "over-time")
            st.html(tables.html(over_time))
        with st.expander(_("What this KPI means")):
            st.html(detail.definition(screen, kpi))
