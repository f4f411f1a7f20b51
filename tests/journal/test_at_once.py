"""Many people at once, and processes that are killed: whatever the journal promised to keep is there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import func, select, text

from journal.address import file_url
from journal.errors import ClosedReviewError
from journal.models import Note, Revision
from journal.operations.drafts import drafts, save_draft
from journal.operations.exceptions import Raised, exceptions, raise_exceptions
from journal.operations.history import Search, conflicts, revisions, search
from journal.operations.notes import add_note, edit_note
from journal.operations.reviews import Shown, close_review, frozen_values, open_review, plan_review
from journal.people import Actor
from journal.places import Place
from journal.words import Act, ExceptionKind, Role
from journal.work import Journal
from tests.journal.conftest import HEAD, prepared
from tests.journal.test_reviews import PLAN

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from core.config import Home

ROOT: Final = Path(__file__).parents[2]
PEOPLE: Final = 30
NOTES: Final = 3
KILLS: Final = 5


def texts(journal: Journal) -> list[str]:
    """The words of all notes."""
    return [str(getattr(entry, "text", "")) for entry in search(journal, Search(), limit=10_000)]


def test_thirty_people_in_one_review_lose_nothing(journal: Journal) -> None:
    review = open_review(journal, plan_review(journal, PLAN).id)
    place = Place("paid", review=review.id)
    slowest = []

    def take_part(number: int) -> None:
        mine = journal.used_by(Actor(f"person {number}", Role.CONTRIBUTOR))
        for count in range(NOTES):
            save_draft(mine, "field", f"{number} {count} draft")
            started = time.monotonic()
            add_note(mine.finishing("field") if count % 2 else mine, place, f"{number} {count}")
            slowest.append(time.monotonic() - started)

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(take_part, range(PEOPLE)))
    expected = Counter(f"{number} {count}" for number in range(PEOPLE) for count in range(NOTES))
    assert Counter(texts(journal)) == expected + Counter([""])
    assert {draft.text for draft in drafts(journal.used_by(Actor("person 3", Role.CONTRIBUTOR)))} == {"3 2 draft"}
    assert sorted(slowest)[len(slowest) // 2] < 2


def test_everybody_editing_one_note_keeps_every_word(journal: Journal) -> None:
    note = add_note(journal, Place("paid"), "first")

    def edit(number: int) -> bool:
        return edit_note(journal, note.id, 1, f"wording {number}").conflict is None

    with ThreadPoolExecutor(10) as pool:
        kept = list(pool.map(edit, range(10)))
    assert kept.count(True) == 1
    late = [each.words["text"] for each in conflicts(journal, [note.id])]
    assert {*late, *texts(journal)} == {f"wording {number}" for number in range(10)}
    assert [each.words for each in revisions(journal, note.id) if each.act is Act.EDITED] == [{"text": "first"}]


def test_closing_from_two_laptops_closes_once(journal: Journal) -> None:
    review = open_review(journal, plan_review(journal, PLAN).id)

    def close(person: str) -> str:
        try:
            return (
                close_review(journal.used_by(Actor(person, Role.HEAD)), review.id, [Shown("leads")], "42").closed_by
                or ""
            )
        except ClosedReviewError as error:
            return f"after {error.closed_by}"

    with ThreadPoolExecutor(4) as pool:
        answers = Counter(pool.map(close, ["a", "b", "c", "d"]))
    (first,) = [answer for answer in answers if not answer.startswith("after")]
    assert answers == {first: 1, f"after {first}": 3}
    assert len(frozen_values(journal, review.id)) == 1


def test_two_laptops_opening_the_meeting_raise_everything_once(journal: Journal) -> None:
    review = open_review(journal, plan_review(journal, PLAN).id)
    found = [Raised(ExceptionKind.SIGNAL, Place("paid", kpi)) for kpi in ("leads", "spend", "clicks")]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: raise_exceptions(journal, review.id, found), range(4)))
    assert len({tuple(each.id for each in answer) for answer in answers}) == 1
    assert len(exceptions(journal, review.id)) == 3


def test_an_answer_is_of_one_moment(journal: Journal) -> None:
    note = add_note(journal, Place("paid"), "0")
    over = threading.Event()

    def write() -> None:
        for version in range(1, 60):
            edit_note(journal, note.id, version, str(version))
        over.set()

    def look(session: Session) -> tuple[str | None, int | None]:
        latest = select(func.count(Revision.id)).where(Revision.act == Act.EDITED)
        return session.scalar(select(Note.text)), session.scalar(latest)

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    while not over.is_set():
        seen.append(journal.database.transact(look, writing=False))
    writer.join()
    assert [text for text, _ in seen] == [str(count) for _, count in seen]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_thirty_processes_lose_nothing(home: Home) -> None:
    journal = Journal(prepared(file_url(home.journal)), HEAD)
    with _writers(home) as writers:
        assert writers.stdin is not None
        out, errors = writers.communicate("".join(f"p{number} {NOTES}\n" for number in range(PEOPLE)), timeout=60)
    assert errors == ""
    promised = [line for line in out.splitlines() if not line.startswith("process")]
    assert len(promised) == PEOPLE * NOTES
    assert Counter(texts(journal)) == Counter(promised)
    journal.database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_what_was_promised_survives_kill_9(home: Home) -> None:
    journal = Journal(prepared(file_url(home.journal)), HEAD)
    chance = random.Random(42)
    promised: list[str] = []
    with _writers(home) as writers:
        assert writers.stdin is not None
        assert writers.stdout is not None
        for kill in range(KILLS):
            writers.stdin.write(f"k{kill} 1000000\n")
            writers.stdin.flush()
            # Before its number may come notes of the process that was killed last, after it one of its own.
            for line in iter(writers.stdout.readline, ""):
                promised.append(line.strip())
                if line.startswith("process"):
                    break
            promised.append(writers.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.1))
            os.kill(int(line.split()[1]), signal.SIGKILL)
            add_note(journal, Place(), f"after {kill}")
            promised.append(f"after {kill}")
        out, errors = writers.communicate(timeout=30)
    promised = [line for line in (*promised, *out.splitlines()) if not line.startswith("process")]
    kept = texts(journal)
    assert errors == ""
    assert len(promised) > 2 * KILLS
    # The last note of each killed process may be kept without having been promised.
    assert set(promised) <= set(kept)
    assert len(kept) <= len(promised) + KILLS
    assert journal.database.transact(_integrity, writing=False) == "ok"
    journal.database.close()


def _integrity(session: Session) -> str:
    return str(session.scalar(text("PRAGMA integrity_check")))


def _writers(home: Home) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.journal.writers", str(home.journal)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
