"""Words that the browser kept of a field that is gone: a draft, whole, once, and only of this journal and person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from journal.operations.drafts import draft, drafts, save_draft
from journal.operations.notes import add_note
from journal.people import Actor
from journal.words import Role
from tests.pages.test_bad_input import CLICKS, home, journal
from ui import strays, typed

if TYPE_CHECKING:
    from journal.work import Journal

__all__ = ["home", "journal"]
NAME = "1:3:paid_acquisition:clicks:::note"


@pytest.fixture
def told(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the browser is told to be safe, while *journal* is the reader's."""
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr("ui.strays.state.screen", lambda: None)
    monkeypatch.setattr("ui.strays.journaling.journal", lambda _screen: journal)
    monkeypatch.setattr("ui.strays.entering.look_again", lambda: None)
    monkeypatch.setattr("ui.strays.typed.safe", lambda called, text: heard.append((called, text)))
    return heard


def stray(journal: Journal, text: str, base: str = "", name: str = NAME) -> dict[str, str]:
    return {"key": typed.key(journal, name), "name": name, "text": text, "base": typed.signature(base)}


def test_they_become_a_draft_once(journal: Journal, told: list[tuple[str, str]]) -> None:
    for _time in range(2):
        strays.adopt([stray(journal, "Never saved")])
    assert [(each.place, each.text) for each in drafts(journal)] == [(NAME, "Never saved")]
    assert told == [(typed.key(journal, NAME), "Never saved")] * 2


@pytest.mark.parametrize(
    ("there", "base", "words"),
    [
        ("The first half", "The first half", ("The first half and the other", "The first half and the other")),
        ("The first half", "The first half", ("Anew", "Anew")),
        ("The first half", "", ("The first half and more", "The first half and more")),
        ("Of another window", "", ("Mine", "Of another window\nMine")),
        ("Longer than that", "", ("Longer", "Longer than that")),
    ],
)
def test_what_the_journal_has_already_is_not_lost(
    journal: Journal, told: list[tuple[str, str]], there: str, base: str, words: tuple[str, str]
) -> None:
    said, whole = words
    save_draft(journal, NAME, there)
    strays.adopt([stray(journal, said, base)])
    assert draft(journal, NAME) == whole
    assert told


def test_what_was_kept_is_not_begun_again(journal: Journal, told: list[tuple[str, str]]) -> None:
    add_note(journal, CLICKS, "Kept a moment ago")
    strays.adopt([stray(journal, "Kept a moment ago ")])
    assert drafts(journal) == []
    assert told


def test_words_of_another_person_wait_for_them(journal: Journal, told: list[tuple[str, str]]) -> None:
    strays.adopt([stray(journal.used_by(Actor("Ada", Role.HEAD)), "Not mine")])
    assert drafts(journal) == []
    assert told == []


def test_words_without_a_field_are_about_nothing(journal: Journal, told: list[tuple[str, str]]) -> None:
    strays.adopt([{"key": "early:", "text": "Too early"}])
    assert [(each.place, each.text) for each in drafts(journal)] == [(strays.NOWHERE, "Too early")]
    assert told == [("early:", "Too early")]
