"""The journal as a meeting feels it: opening it, a note that is safe, the memory of ten years."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.config import Home
from journal.models import Note
from journal.opening import close_all, open_journal
from journal.operations.history import Search, search
from journal.operations.notes import add_note
from journal.operations.reviews import reviews
from journal.people import Actor
from journal.places import Place
from journal.texts import folded
from journal.words import NoteKind, Role
from journal.work import Work
from tests.bench.table import Measurement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from journal.work import Journal

PEOPLE: Final = 30
OLD_NOTES: Final = 20_000
WORDS: Final = ("kampania", "wzrost", "żądanie", "błąd", "лиды", "ёмкость", "spadek", "strona", "oferta", "rynek")


def measurements() -> list[Measurement]:
    """What people wait for."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, _opened(Path(folder)) as journal:
        made = [_note(journal), _many(journal)]
        _fill(journal)
        return [*made, _opening(journal, Path(folder)), _searching(journal), _listing(journal)]


@contextmanager
def _opened(folder: Path) -> Iterator[Journal]:
    try:
        yield open_journal(Home(folder), Actor("ada", Role.HEAD))
    finally:
        close_all()


def _median(act: Callable[[], object], times: int = 20) -> float:
    """The milliseconds that *act* usually takes."""
    taken = []
    for _time in range(times):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def _note(journal: Journal) -> Measurement:
    taken = _median(lambda: add_note(journal, Place("paid", "leads"), "Two campaigns ended. " * 20))
    return Measurement("a note is safe", taken, "ms", 100, "SQLite, written through to the disk")


def _many(journal: Journal) -> Measurement:
    def one(number: int) -> float:
        mine = journal.used_by(Actor(f"person {number}", Role.CONTRIBUTOR))
        return _median(lambda: add_note(mine, Place("paid", "leads"), "Two campaigns ended."), times=5)

    with ThreadPoolExecutor(PEOPLE) as pool:
        slowest = max(pool.map(one, range(PEOPLE)))
    return Measurement("a note is safe, all writing", slowest, "ms", 1000, f"{PEOPLE} people at the same instant")


def _fill(journal: Journal) -> None:
    """Ten years of notes, in one transaction."""
    chance = random.Random(42)

    def write(work: Work) -> None:
        for number in range(OLD_NOTES):
            text = " ".join(chance.choices(WORDS, k=40))
            note = Note(kind=NoteKind.REMARK, text=text)
            note.created_at = note.changed_at = work.now
            note.created_by = note.changed_by = "ada"
            note.version, note.worth_keeping, note.folded = 1, False, folded(text)
            note.removed_at = note.removed_by = None
            note.place = Place("paid", f"kpi {number % 60}")
            work.session.add(note)

    journal.database.transact(lambda session: write(Work(session, journal)), writing=True)


def _opening(journal: Journal, folder: Path) -> Measurement:
    def again() -> None:
        close_all()
        open_journal(Home(folder), journal.actor)

    return Measurement("opening", _median(again), "ms", 200, f"{OLD_NOTES:,} notes, nothing to migrate")


def _searching(journal: Journal) -> Measurement:
    taken = _median(lambda: search(journal, Search("zadanie емкость nowhere")), times=5)
    return Measurement("searching in vain", taken, "ms", 300, f"three words in {OLD_NOTES:,} notes")


def _listing(journal: Journal) -> Measurement:
    taken = _median(lambda: (search(journal, Search(kpi="kpi 7"), limit=50), reviews(journal)))
    return Measurement("what was said of a KPI", taken, "ms", 100, f"50 of {OLD_NOTES:,} notes")
