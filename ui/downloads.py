"""The line above a table: what it is split by, and its downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.language import _
from core.period import Period
from ui import exports, names, queries, state, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from core.tables import Table
    from ui.screen import Screen

    Maker = Callable[[], Table]


@dataclass(frozen=True)
class Splits:
    """The dimensions that tables can be split by, and the one that they are."""

    found: Sequence[str]
    chosen: str


def split_bar(screen: Screen, title: str, name: str, make: Maker, splits: Splits) -> None:
    """The first line of what is split: its *title*, the choice of the dimension, and the downloads."""
    with _line("kk_line_split"):
        st.html(tables.title(title))
        _choice(splits)
        _buttons(screen, name, exports.file_name(title, *_days(screen.period)), make)


def _choice(splits: Splits) -> None:
    st.session_state[state.SPLIT] = splits.chosen
    labels = {name: _("by {dimension}").format(dimension=names.dimension(name).lower()) for name in splits.found}
    st.selectbox(
        _("Split by"),
        list(splits.found),
        key=state.SPLIT,
        format_func=lambda name: labels.get(name, name),
        on_change=state.adopt_split,
        label_visibility="collapsed",
        filter_mode=None,
        width=180,
    )


def title_bar(screen: Screen, title: str, name: str, make: Maker, period: Period | None = None) -> None:
    """The *title* of a table and its downloads, about the *period* that is looked at where it is about no other."""
    with _line(f"kk_line_{name}"):
        st.html(tables.title(title))
        _buttons(screen, name, exports.file_name(title, *_days(period or screen.period)), make)


def list_bar(screen: Screen, title: str, name: str, make: Maker) -> None:
    """The *title* of a list of what there is today, and its downloads."""
    today = queries.today(screen.configuration)
    title_bar(screen, title, name, make, Period(today, today))


def _days(period: Period) -> tuple[str, ...]:
    return tuple(dict.fromkeys(day.isoformat() for day in (period.start, period.end)))


def _line(key: str) -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key=key)


def _buttons(screen: Screen, name: str, file: str, make: Maker) -> None:
    """A table as a workbook, and as the CSV of the reader's language, in a *file*; made only when asked for."""
    language = screen.language
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
