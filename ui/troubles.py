"""What the reader sees when something does not work: a calm box with the next step, never a traceback."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import KokpitError
from core.language import _
from ui import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

log = logging.getLogger("kokpit")


@contextmanager
def told() -> Iterator[None]:
    """Show an error of the family as a box and go on below it."""
    try:
        yield
    except KokpitError as error:
        log.warning("%s: %s", error.kind, error)
        box(error)


def box(error: KokpitError) -> None:
    """One error: what is wrong, and what to do next."""
    st.warning(f"{plain(error.message)}\n\n{plain(error.next_step)}".strip())


def notes(sentences: Sequence[str]) -> None:
    """Small notes, for instance on parts of the address that are not understood."""
    for sentence in sentences:
        st.caption(plain(sentence))


def unexpected(error: Exception) -> bool:
    """The plain sentence for an error nobody foresaw; what happened goes to the server's log."""
    log.error("An unexpected error", exc_info=error)
    st.warning(
        _(
            "Something unexpected went wrong on this page. The numbers are safe. Reload the page; if it happens again, "
            "send whoever looks after Kokpit the last lines of its log."
        )
    )
    return True


def plain(text: str) -> str:
    """*text* with everything Markdown would read as its own made harmless."""
    for sign in "\\`*_[]<>#$|~:":
        text = text.replace(sign, f"\\{sign}")
    # A name like https___www.example.csv would be a link, and tell how it is escaped.
    return text.replace("www.", r"www\.")


def cautions(sentences: Sequence[str]) -> None:
    """What to know before trusting the numbers above."""
    if sentences:
        st.html("".join(f'<p class="kk-warn">⚠ {escape(names.in_text(sentence))}</p>' for sentence in sentences))
