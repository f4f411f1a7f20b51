"""Channels and platforms side by side over time: what each cost and what it brought."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.language import _
from ui import channels, downloads, empty, linechart, sidebyside, state, troubles
from ui.theme import CHART_HEIGHT

screen = state.screen()
split = channels.dimension(screen)

if not screen.shown.generation:
    st.html(empty.nothing_loaded(screen))
elif not split:
    st.html(sidebyside.no_columns(screen))
else:
    grid = channels.grid(screen, split)
    column = channels.chosen(screen, grid)
    troubles.notes(channels.notes(screen, grid))
    st.html(sidebyside.heading(screen, grid))
    downloads.title_bar(screen, channels.title(split), "side-by-side", partial(channels.table, screen, split))
    st.html(sidebyside.html(screen, grid))
    if grid.segments:
        downloads.title_bar(
            screen, linechart.title(column, split), "lines", partial(linechart.table, screen, grid, column)
        )
        chart = linechart.chart(screen, grid, column)
        st.html(chart.legend)
        st.vega_lite_chart(chart.rows, chart.spec, height=CHART_HEIGHT, alt=chart.told, key="kk_lines")
    troubles.cautions(channels.warnings(screen, grid))
    if grid.segments:
        numbers = st.expander(_("The numbers behind the chart"), key=state.NUMBERS, on_change="rerun")
        if numbers.open:
            with numbers:
                st.html(linechart.html(screen, grid, column))
