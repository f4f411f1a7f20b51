"""Who is taken to be writing, so that no field is taken from under their hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st

from core.config import Home
from journal.opening import open_journal
from journal.people import Actor
from journal.words import Role
from ui import fields, state

if TYPE_CHECKING:
    from pathlib import Path

    from journal.work import Journal

NOTE = "1:note"


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Journal:
    """A journal, and a session without a page."""
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(state, "own", lambda key: key)
    return open_journal(Home(tmp_path), Actor("me", Role.HEAD))


def test_the_last_letters_of_what_was_kept_hold_nobody(journal: Journal) -> None:
    session = st.session_state
    session.update({fields.of(state.FIELD, NOTE): "Half a sentence", fields.of(state.KEPT, NOTE): "0-0"})
    fields.write()
    fields.kept(journal, NOTE)
    fields.commit(journal, NOTE)
    assert not fields.is_writing()
    session.update({fields.of(state.FIELD, NOTE): "Another", fields.of(state.KEPT, NOTE): "0-0"})
    fields.commit(journal, NOTE)
    assert fields.is_writing()
