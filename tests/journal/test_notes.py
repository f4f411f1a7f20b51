"""Notes and recommendations: whose, whole, and never without their earlier words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from journal.errors import ForbiddenError
from journal.operations.history import Search, conflicts, revisions, search, settle
from journal.operations.notes import (
    add_note,
    add_recommendation,
    edit_note,
    edit_recommendation,
    mark_worth_keeping,
    remove,
    restore,
)
from journal.people import Actor
from journal.places import Place
from journal.words import Act, NoteKind, Role
from tests.journal.conftest import CONTRIBUTOR, OWNER, VIEWER

if TYPE_CHECKING:
    from journal.work import Journal
    from tests.journal.conftest import Clock

PLACE = Place("paid", "cost_per_lead", dimension="platform", dimension_value="google_ads")


def texts(journal: Journal) -> list[str]:
    """The words of all notes, oldest first."""
    return [str(getattr(entry, "text", "")) for entry in reversed(search(journal, Search()))]


def test_a_note_says_who_when_and_where(journal: Journal, clock: Clock) -> None:
    clock.time = datetime(2026, 11, 24, 9, 29, 59, tzinfo=UTC)
    note = add_note(journal, PLACE, " Broad match was switched on. ", NoteKind.HAPPENED)
    found = search(journal, Search())[0]
    assert found.id == note.id
    assert found.place == PLACE
    assert (note.text, note.kind) == ("Broad match was switched on.", NoteKind.HAPPENED)
    assert (found.created_by, found.created_at) == ("ada", datetime(2026, 11, 24, 9, 30, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u2060", "\u202e"])
def test_an_empty_note_is_refused(journal: Journal, text: str) -> None:
    with pytest.raises(UsageError, match=r"Note: there is no text\. Write a few words\.$"):
        add_note(journal, PLACE, text)
    assert texts(journal) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ż" * 100_000, id="a very long one"),
        "🦊👩‍👩‍👧‍👦 \U0001f1f5\U0001f1f1",
        "مرحبا بالعالم",
        "<script>alert(1)</script> **bold** {name} %s '; DROP TABLE notes; --",
        "=cmd|' /C calc'!A0",
        "one\r\ntwo\ttabs\u2028three",
    ],
)
def test_any_text_is_kept_whole(journal: Journal, text: str) -> None:
    add_note(journal, PLACE, text)
    assert texts(journal) == [text]


def test_what_no_database_stores_is_shown_as_such(journal: Journal) -> None:
    add_note(journal, PLACE, "a\x00b\ud800c")
    assert texts(journal) == ["a␀b�c"]


def test_an_endless_text_is_refused(journal: Journal) -> None:
    with pytest.raises(UsageError, match="the text has 1000001 characters; 1000000 is the most"):
        add_note(journal, PLACE, "x" * 1_000_001)


def test_an_edit_keeps_the_earlier_words(journal: Journal) -> None:
    note = add_note(journal, PLACE, "first")
    edited = edit_note(journal.used_by(OWNER), note.id, note.version, "second")
    assert edited.conflict is None
    assert (edited.entry.text, edited.entry.version, edited.entry.changed_by) == ("second", 2, "jan")
    history = [(each.act, each.by, each.words) for each in revisions(journal, note.id)]
    assert history == [(Act.ADDED, "ada", {}), (Act.EDITED, "jan", {"text": "first"})]


def test_the_same_words_again_are_no_edit(journal: Journal) -> None:
    note = add_note(journal, PLACE, "first")
    assert edit_note(journal, note.id, 1, " first ").entry.version == 1
    assert len(revisions(journal, note.id)) == 1


def test_two_edits_at_once_keep_both_words_and_tell(journal: Journal) -> None:
    note = add_note(journal, PLACE, "first")
    edit_note(journal, note.id, 1, "by ada")
    late = edit_note(journal.used_by(OWNER), note.id, 1, "by jan")
    assert late.entry.text == "by ada"
    assert late.conflict is not None
    assert (late.conflict.theirs, late.conflict.mine, late.conflict.by) == (
        {"text": "by ada"},
        {"text": "by jan"},
        "ada",
    )
    waiting = conflicts(journal, [note.id])
    assert [(each.by, each.words) for each in waiting] == [("jan", {"text": "by jan"})]
    settle(journal, waiting[0].id)
    assert conflicts(journal) == []
    assert {"text": "by jan"} in [each.words for each in revisions(journal, note.id)]


def test_both_typing_the_same_is_no_conflict(journal: Journal) -> None:
    note = add_note(journal, PLACE, "first")
    edit_note(journal, note.id, 1, "second")
    assert edit_note(journal.used_by(OWNER), note.id, 1, "second").conflict is None


def test_who_may_write(journal: Journal) -> None:
    with pytest.raises(ForbiddenError, match="tom may read the journal, not write into it"):
        add_note(journal.used_by(VIEWER), PLACE, "hello")
    note = add_note(journal.used_by(CONTRIBUTOR), PLACE, "hello")
    with pytest.raises(ForbiddenError, match=r"owner of the process “paid” or the head of marketing .* not eva"):
        add_recommendation(journal.used_by(CONTRIBUTOR), PLACE, "do it")
    stranger = journal.used_by(Actor("kim", Role.CONTRIBUTOR))
    with pytest.raises(ForbiddenError):
        edit_note(stranger, note.id, 1, "changed")
    with pytest.raises(ForbiddenError):
        remove(stranger, note.id)
    assert edit_note(journal.used_by(CONTRIBUTOR), note.id, 1, "changed").entry.text == "changed"
    assert texts(journal) == ["changed"]


def test_an_owner_writes_on_their_own_process_only(journal: Journal) -> None:
    owner = journal.used_by(OWNER)
    recommended = add_recommendation(owner, PLACE, "switch it off")
    assert edit_recommendation(owner, recommended.id, 1, "switch it off today").entry.version == 2
    with pytest.raises(ForbiddenError, match="Only the owner of the process “content” or the head"):
        add_recommendation(owner, Place("content", "organic_clicks"), "write more")


def test_a_removed_note_can_be_restored(journal: Journal) -> None:
    note = add_note(journal, PLACE, "first")
    remove(journal, note.id)
    assert texts(journal) == []
    restore(journal, note.id)
    assert texts(journal) == ["first"]
    assert [each.act for each in revisions(journal, note.id)] == [Act.ADDED, Act.REMOVED, Act.RESTORED]


def test_an_edit_brings_a_removed_note_back(journal: Journal) -> None:
    note = add_note(journal, PLACE, "first")
    remove(journal, note.id)
    edit_note(journal, note.id, 1, "second")
    assert texts(journal) == ["second"]


def test_a_part_may_be_any_search_query(journal: Journal) -> None:
    place = Place("paid", "clicks", dimension="query", dimension_value="buy \x00 \ud83d " + "long " * 5000)
    add_note(journal, place, "odd")
    (found,) = search(journal, Search(dimension="query"))
    assert found.dimension_value == "buy ␀ � " + "long " * 5000


def test_an_unknown_note_is_told(journal: Journal) -> None:
    with pytest.raises(UsageError, match="There is no such entry in the journal: 99"):
        edit_note(journal, 99, 1, "x")


def test_insights_are_kept(journal: Journal) -> None:
    add_note(journal, PLACE, "noise")
    note = add_note(journal, PLACE, "mobile visitors buy on the desktop later")
    mark_worth_keeping(journal.used_by(CONTRIBUTOR), note.id)
    assert [entry.id for entry in search(journal, Search(worth_keeping=True))] == [note.id]
    assert revisions(journal, note.id)[-1].by == CONTRIBUTOR.person
