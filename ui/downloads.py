"""The line above a table: what it is split by, and its downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.language import _
from ui import exports, names, state, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from core.tables import Table
    from ui.screen import Screen

    Maker = Callable[[], Table]


def split_bar(screen: Screen, title: str, found: Sequence[str], dimension: str, make: Maker) -> None:
    """The *title* of a table split by *dimension*, the choice among the dimensions *found*, and the downloads."""
    st.session_state[state.SPLIT] = dimension
    labels = {name: _("by {dimension}").format(dimension=names.dimension(name).lower()) for name in found}
    with _line("kk_line_split"):
        st.html(tables.title(title))
        st.selectbox(
            _("Split by"),
            list(found),
            key=state.SPLIT,
            format_func=lambda name: labels.get(name, name),
            on_change=state.adopt_split,
            label_visibility="collapsed",
            filter_mode=None,
            width=180,
        )
        _buttons(screen, make, dimension)


def title_bar(screen: Screen, title: str, name: str, make: Maker) -> None:
    """The *title* of a table and its downloads, called *name*."""
    with _line(f"kk_line_{name}"):
        st.html(tables.title(title))
        _buttons(screen, make, name)


def _line(key: str) -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key=key)


def _buttons(screen: Screen, make: Maker, name: str) -> None:
    """A table as a workbook, and as the CSV of the reader's language; made only when asked for."""
    language = screen.language
    period = (screen.period.start.isoformat(), screen.period.end.isoformat())
    file = exports.file_name(screen.view.process, screen.view.kpi, name, *period)
    made = {
        "xlsx": (exports.XLSX, exports.later(lambda: exports.xlsx_bytes(make()), language)),
        "csv": (exports.CSV, exports.later(lambda: exports.csv_bytes(make(), language), language)),
    }
    for kind, (mime, file_of) in made.items():
        st.download_button(
            kind.upper(),
            file_of,
            f"{file}.{kind}",
            mime,
            key=f"kk_download_{name}_{kind}",
            help=_("The whole table as {kind}").format(kind=kind.upper()),
            on_click="ignore",
            icon=":material/download:",
        )
