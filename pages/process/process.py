"""One process for its owner: its KPIs, the chosen one over time and in its parts, and the numbers to take away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.language import _
from ui import box, detail, downloads, drill, empty, entering, history, moved, pace, parts, state, troubles
from ui.theme import CHART_HEIGHT

screen = state.screen()
page = detail.chosen(screen)

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
elif page is None:
    st.html(empty.unknown_process(screen, screen.view.process))
else:
    kpi, team = page.kpi, page.team
    troubles.notes(detail.notes(screen, page))
    st.html(detail.heading(screen, page))
    beside, main = st.columns([1, 3.2], gap="medium")
    with beside:
        st.html(detail.kpi_list(screen, page))
    with main:
        chart = history.chart(screen, kpi)
        st.html(drill.path(screen, kpi) + detail.headline(screen, page) + chart.legend)
        if chart.blank:
            st.html(empty.sentence(chart.told))
        else:
            st.vega_lite_chart(chart.rows, chart.spec, height=CHART_HEIGHT, alt=chart.told, key="kk_chart")
        entering.beside(screen, kpi)
        troubles.cautions(detail.warnings(screen, page))
        if pacing := pace.html(screen, kpi):
            downloads.title_bar(screen, pace.title(), "pace", partial(pace.table, screen, kpi))
            st.html(pacing)
        if cells := box.html(screen, kpi):
            downloads.title_bar(screen, box.title(kpi), "box", partial(box.table, screen, kpi))
            st.html(cells)
        if found := parts.options(screen, kpi):
            split = parts.split_by(screen, found)
            splits = downloads.Splits(found, split)
            table = (screen, parts.title(kpi, split), split, partial(parts.table, screen, team, kpi, split))
            # The choice is in the line that comes first, so that it stays where it is whatever it brings.
            if drivers := moved.found(screen, kpi, split):
                make = partial(moved.table, screen, kpi, split)
                downloads.split_bar(screen, moved.title(kpi, split), "moved", make, splits)
                st.html(moved.html(screen, kpi, split, drivers))
                downloads.title_bar(*table)
            else:
                downloads.split_bar(*table, splits)
            st.html(parts.html(screen, team, kpi, split))
        st.html(drill.end(screen, kpi) + detail.definition(screen, kpi))
        numbers = st.expander(_("The numbers behind the chart"), key=state.NUMBERS, on_change="rerun")
        if numbers.open:
            with numbers:
                downloads.title_bar(screen, history.title(kpi), "over-time", partial(history.table, screen, kpi))
                st.html(history.html(screen, kpi))
