"""How soon words are safe after their field was left: from the browser's message to the row on the disk."""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.table import Measurement
from tests.browser.serving import serving
from tests.typists import Typist, one_review, people

if TYPE_CHECKING:
    from tests.typists import Person

TIMES: Final = 30
WORDS: Final = "Two campaigns ended, and the agency raised the bids of the third. " * 3


def measurements() -> list[Measurement]:
    """A field left in the meeting, and a note kept, against one bare insert that is written through to the disk."""
    with tempfile.TemporaryDirectory() as folder:
        typists = people(1)
        home, review = one_review(Path(folder) / "team", typists)
        bare = _bare_insert(Path(folder) / "bare.sqlite")
        with serving(home.path, lifetime=300) as team:
            left, kept = asyncio.run(_write(team.url, review, typists[0]))
    told = f"median of {TIMES}, from the browser's message to the last answer"
    beside = f"that, beside one bare SQLite insert with fsync, {bare:.1f} ms"
    return [
        Measurement("words are safe, field left", left, "ms", 100, told),
        Measurement("words are safe, ratio", left / bare, "×", 40, beside),
        Measurement("a note is kept, page redrawn", kept, "ms", 300, "from the click to the last answer"),
    ]


def _bare_insert(file: Path) -> float:
    """The milliseconds of the least that keeps words: one insert into a file, written through to the disk."""
    taken = []
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE words(text TEXT)")
        for _time in range(TIMES):
            start = time.perf_counter()
            connection.execute("INSERT INTO words VALUES (?)", [WORDS])
            taken.append(time.perf_counter() - start)
    return 1000 * statistics.median(taken)


async def _write(url: str, review: int, person: Person) -> tuple[float, float]:
    """The milliseconds until the words of a field are drafts, and until they are a note."""
    left, kept = [], []
    async with Typist.open(url) as typist:
        await typist.arrive(person, review, "routine")
        for number in range(TIMES):
            await typist.press("kk_entry_note")
            left.append(await typist.type("kk_text_", f"{WORDS} {number}"))
            kept.append(await typist.press("kk_entry_keep"))
    return 1000 * statistics.median(left), 1000 * statistics.median(kept)
