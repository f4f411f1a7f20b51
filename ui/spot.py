"""Any number asked for on the spot, without losing the place: a split, one part of it, or periods beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from core.language import _
from ui import box, empty, moved, names, parts, queries, state

if TYPE_CHECKING:
    from metrics.model import Kpi
    from ui.department import Team
    from ui.meeting import Meeting
    from ui.screen import Screen

COMPARE: Final = "compare"


def part(kpi: Kpi | None) -> tuple[str, str]:
    """The part of *kpi* that was asked for on the spot: a dimension and its value; empty for the whole."""
    split, value = st.session_state.get(state.MEETING_SPLIT), st.session_state.get(state.MEETING_PART)
    if kpi is None or not split or split not in kpi.dimensions or value is None:
        return "", ""
    return str(split), str(value)


def ask(meeting: Meeting, kpi: Kpi) -> None:
    """The choice of a split, and of one part of it."""
    options = ("", COMPARE, *parts.options(meeting.screen, kpi))
    if st.session_state.get(state.MEETING_SPLIT, "") not in options:
        st.session_state[state.MEETING_SPLIT] = ""
    labels = {"": _("ask for a split"), COMPARE: _("compare periods")}
    split = st.selectbox(
        _("Ask for a split"),
        options,
        key=state.MEETING_SPLIT,
        format_func=lambda name: (
            labels.get(name) or _("by {dimension}").format(dimension=names.dimension(name).lower())
        ),
        label_visibility="collapsed",
        filter_mode=None,
        width=190,
    )
    if split and split in kpi.dimensions:
        found = values_of(meeting.screen, kpi, split)
        st.selectbox(
            _("One part"),
            found,
            index=None,
            key=state.MEETING_PART,
            placeholder=_("all parts"),
            format_func=lambda value: names.value(split, value),
            label_visibility="collapsed",
            width=210,
        )


def values_of(screen: Screen, kpi: Kpi, dimension: str) -> tuple[str, ...]:
    """The parts that *kpi* has in the period, the largest first."""
    question = ("parts of", kpi.id, dimension, screen.key)
    return queries.remember(screen.shown, question, lambda: _values_of(screen, kpi, dimension))


def _values_of(screen: Screen, kpi: Kpi, dimension: str) -> tuple[str, ...]:
    found = parts.Split(screen, (kpi,), dimension).segments(screen.period, [kpi])
    ordered = sorted(found, key=lambda label: -found[label][kpi.id].size if kpi.id in found[label] else 0.0)
    return tuple(label or "" for label in ordered)


def show(meeting: Meeting, kpi: Kpi, team: Team | None) -> None:
    """What was asked for, in place."""
    split = st.session_state.get(state.MEETING_SPLIT, "")
    screen = meeting.screen
    if not team or split not in {COMPARE, *parts.options(screen, kpi)}:
        return
    with st.container(key="kk_asked"):
        if split == COMPARE:
            st.html(box.html(screen, kpi) or empty.sentence(_("There is no data in this period.")))
        else:
            if drivers := moved.found(screen, kpi, split):
                st.html(moved.html(screen, kpi, split, drivers))
            with st.container(key="kk_in_place"):
                st.html(parts.html(screen, team, kpi, split))
