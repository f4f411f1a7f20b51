"""Words on their way to the journal: the browser keeps every letter of them until the journal has said that it does."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import streamlit as st

from core.language import _
from journal.work import hashed
from ui import state
from ui.view import ME

if TYPE_CHECKING:
    from collections.abc import Callable

    from journal.work import Journal

_KEY: Final = "kk_typed"
REMEMBERED: Final = 200
"""How many texts that are safe a session names to its browser."""
_SCRIPT: Final = (Path(__file__).parent / "typed.js").read_text("utf-8")
_mount: Final = st.components.v2.component("kokpit_typed", html="<span></span>\n", js=_SCRIPT)


def keep(adopt: Callable[[list[dict[str, Any]]], None]) -> None:
    """Have the browser keep what is typed until it is safe, and give it back. Once on every page.

    *adopt* is told of words whose field is not there: its `key` and `name`, their `text`, the signature of its `base`.
    """

    def heard() -> None:
        adopt(st.session_state[_KEY].strays or [])

    data = {"safe": st.session_state.get(state.SAFE, {}), "reader": st.query_params.get(ME, "")}
    _mount(key=_KEY, data=data, on_strays_change=heard)


def signature(text: str) -> str:
    """Tells *text* from another one, as the browser computes it too."""
    content = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    return f"{len(content)}-{crc32(content)}"


def key(journal: Journal, name: str) -> str:
    """What the browser calls the field *name*: of this journal and this person, telling strangers nothing."""
    return hashed(f"{journal.database.name}\n{journal.actor.person}\n{name}")[:24]


def now_safe(journal: Journal, name: str, text: str) -> None:
    """Tell the browser that the journal has *text*, which the field *name* said."""
    safe(key(journal, name), text)


def safe(called: str, text: str) -> None:
    """Tell the browser that the journal has *text*, which it keeps for the field that it has *called* so."""
    known: dict[str, str] = st.session_state.get(state.SAFE, {})
    known.pop(called, None)
    known[called] = signature(text)
    st.session_state[state.SAFE] = dict(list(known.items())[-REMEMBERED:])


def mark(journal: Journal, name: str, kept: str, said: str) -> str:
    """The line below the field *name*: what became of its words; for the browser, the signature of what is *kept*."""
    wait = _("Not saved yet; kept in this browser until it is.")
    return (
        f'<p class="kk-saved" role="status" data-typed="{key(journal, name)}" data-kept="{kept}" '
        f'data-name="{escape(name)}" data-wait="{escape(wait)}">{escape(said) or "&nbsp;"}</p>'
    )
