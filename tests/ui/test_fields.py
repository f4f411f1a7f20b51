"""Who is taken to be writing, so that no field is taken from under their hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.config import Home
from journal.opening import open_journal
from journal.operations.drafts import save_draft
from journal.people import Actor
from journal.words import Role
from ui import fields, state

if TYPE_CHECKING:
    from pathlib import Path

    from journal.work import Journal

NOTE = "1:note"
TWO_FIELDS = """
from pathlib import Path

from core.config import Home
from journal.opening import open_journal
from journal.people import Actor
from journal.words import Role
from ui import fields

journal = open_journal(Home(Path({home!r})), Actor("me", Role.HEAD))
fields.area(journal, "1:note", "Note")
fields.line(journal, "1:task", "Task")
"""


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


def test_whoever_has_words_in_a_field_writes_however_long_they_think(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = st.session_state
    session.update({fields.of(state.FIELD, NOTE): "", fields.of(state.KEPT, NOTE): "0-0"})
    fields.commit(journal, NOTE)
    assert fields.is_writing()
    monkeypatch.setattr(fields, "STILL_WRITES", 0.0)
    assert not fields.is_writing()
    session[fields.of(state.FIELD, NOTE)] = "Half a sentence"
    assert fields.is_writing()


def test_what_a_field_begins_with_is_its_default_too(tmp_path: Path) -> None:
    journal = open_journal(Home(tmp_path), Actor("me", Role.HEAD))
    save_draft(journal, NOTE, "Half a sentence")
    save_draft(journal, "1:task", "KK-7")
    at = AppTest.from_string(TWO_FIELDS.format(home=str(tmp_path))).run()
    assert [field.set_value for field in _protos(at)] == [True, True]
    # Drawn a second time, Streamlit sends the value no more: a browser that was slow has only the default.
    at.run()
    assert [field.set_value for field in _protos(at)] == [False, False]
    assert [field.default for field in _protos(at)] == ["Half a sentence", "KK-7"]


def _protos(at: AppTest) -> list[Any]:
    return [at.text_area[0].proto, at.text_input[0].proto]
