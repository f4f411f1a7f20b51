"""Text fields whose words are saved while they are typed: a reload, a restart or a lost connection loses nothing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from core.errors import KokpitError
from core.language import _
from journal.operations.drafts import draft, save_draft
from ui import state, troubles
from ui.speaking import speak

if TYPE_CHECKING:
    from collections.abc import Callable

    from journal.work import Journal

Result = TypeVar("Result")
HEIGHT: Final = 110


def area(journal: Journal, name: str, label: str, default: str = "", height: int = HEIGHT) -> str:
    """A field for the words called *name*, as this person left them; *default* where they left none."""
    key = state.FIELD.format(name=name)
    if key not in st.session_state:
        st.session_state[key] = draft(journal, name) or default
    with st.container(gap=None):
        text: str = st.text_area(label, key=key, height=height, on_change=_keep, args=(journal, name))
        said = st.session_state.get(state.SAVED.format(name=name), "")
        st.html(f'<p class="kk-saved" role="status">{escape(said) or "&nbsp;"}</p>')
    told(name)
    return text


def empty(name: str) -> None:
    """Forget what the field *name* says: it was saved as what it is."""
    for key in (state.FIELD, state.SAVED, state.SAID):
        st.session_state.pop(key.format(name=name), None)


def text(name: str) -> str:
    """What the field *name* says now."""
    return str(st.session_state.get(state.FIELD.format(name=name), ""))


def attempt(name: str, act: Callable[[], Result]) -> Result | None:
    """What *act* gives; None where it was refused, which `told` tells at the place called *name*."""
    st.session_state.pop(state.SAID.format(name=name), None)
    try:
        result = act()
    except KokpitError as error:
        st.session_state[state.SAID.format(name=name)] = error
        return None
    st.session_state[state.CHANGED] = True
    return result


def told(name: str) -> None:
    """Say why the last attempt at the place called *name* was refused."""
    if error := st.session_state.get(state.SAID.format(name=name)):
        troubles.box(error)


def refresh() -> None:
    """Draw the whole page anew after something was done within a part of it. At the start of that part."""
    speak(state.screen())
    if st.session_state.pop(state.CHANGED, False):
        st.rerun()


def _keep(journal: Journal, name: str) -> None:
    """Keep the words as this person's draft."""
    st.session_state.pop(state.SAID.format(name=name), None)
    try:
        save_draft(journal, name, text(name))
    except KokpitError as error:
        st.session_state[state.SAID.format(name=name)] = error
        st.session_state[state.SAVED.format(name=name)] = _("not saved")
    else:
        st.session_state[state.SAVED.format(name=name)] = _("saved as a draft")
