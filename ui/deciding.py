"""The fields beside a decision: the KPI it is to move, which way, and from which day on that should be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from core.language import N_, _
from journal.words import Direction
from ui import entries, fields

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ui.entering import Begin
    from ui.screen import Screen

DIRECTIONS: Final = {Direction.UP: N_("should rise"), Direction.DOWN: N_("should fall")}
BESIDE: Final = ("moves", "direction", "from")
"""What the fields are called among a person's drafts."""


class Wanted(NamedTuple):
    """What a decision is to come to."""

    moves: str
    direction: Direction | None = None
    since: date | None = None


def wanted(screen: Screen, begin: Begin, began: Wanted) -> Callable[[], Wanted]:
    """The fields, which begin with what *began* says; what they say when it is asked."""
    moves = _kpi(screen, begin, began.moves)
    way = _way(begin, began.direction)
    day, chosen = begin("from", began.since, fields.day)
    st.date_input(_("Seen from"), None, key=day, format="YYYY-MM-DD", width=160, on_change=chosen)
    session = st.session_state
    return lambda: Wanted(session[moves], session[way], session[day])


def _kpi(screen: Screen, begin: Begin, began: str) -> str:
    """The KPI: of a decision that names one already any other, too, but not none."""
    labels = entries.kpi_names(screen)
    # The KPI may be gone by now; the decision still names it.
    choices = [*([] if began in labels else [began]), *labels]
    key, chosen = begin("moves", began, fields.one_of(choices))
    # Not there yet where the browser still shows what was chosen before the server began anew.
    if st.session_state.get(key, began) not in choices:
        st.session_state[key] = began
    st.selectbox(
        _("KPI it is to move"),
        choices,
        choices.index(st.session_state.get(key, began)),
        key=key,
        format_func=lambda kpi: labels.get(kpi, kpi) or _("no KPI"),
        width=260,
        on_change=chosen,
    )
    return key


def _way(begin: Begin, began: Direction | None) -> str:
    choices: list[Direction | None] = [None, *DIRECTIONS]
    key, chosen = begin("direction", began, fields.one_of(choices))
    st.selectbox(
        _("Which way"),
        choices,
        fields.place(choices, key),
        key=key,
        format_func=lambda way: _(DIRECTIONS[way]) if way else _("no direction"),
        # Nothing chosen is told by the placeholder, which would be English.
        placeholder=_("no direction"),
        filter_mode=None,
        width=160,
        on_change=chosen,
    )
    return key
