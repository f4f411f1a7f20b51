"""What was read from the journal is read again exactly when somebody has written, in whichever program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from journal.address import file_url
from journal.operations.drafts import drafts, save_draft
from journal.operations.notes import add_note
from journal.places import Place
from journal.watch import Watch
from journal.work import Journal
from tests.journal.conftest import HEAD, hurried
from ui import queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.config import Home

ROOT = Path(__file__).parents[2]
WRITING = """
import sys
from journal.address import file_url
from journal.database import Database
from journal.operations.drafts import save_draft
from journal.people import Actor
from journal.work import Journal
from journal.words import Role
from pathlib import Path
journal = Journal(Database(file_url(Path(sys.argv[1]))), Actor("ada", Role.HEAD))
for line in sys.stdin:
    save_draft(journal, "somewhere", line.strip())
    print("kept", flush=True)
"""


@pytest.fixture
def file(home: Home, empty_file: Path) -> Path:
    """An empty journal; a server has no file to watch."""
    return Path(shutil.copyfile(empty_file, home.journal))


@pytest.fixture
def written(file: Path) -> Iterator[Journal]:
    """The journal in *file*."""
    database = hurried(file_url(file))
    yield Journal(database, HEAD)
    database.close()


def test_a_state_stays_while_nobody_writes(written: Journal, file: Path) -> None:
    watch = Watch(str(file))
    add_note(written, Place("paid"), "Something")
    before = watch.state()
    assert before is not None
    assert drafts(written) == []
    assert watch.state() == before
    watch.close()


def test_every_change_is_a_state_that_never_was(written: Journal, file: Path) -> None:
    watch = Watch(str(file))
    seen = [watch.state()]
    for number in range(20):
        add_note(written, Place("paid"), f"Note {number}")
        seen.append(watch.state())
    watch.close()
    # Who looks anew counts from the beginning, under another name.
    seen.append(watch.state())
    watch.close()
    assert None not in seen
    assert len(set(seen)) == 22


def test_a_file_that_is_away_tells_nothing(file: Path) -> None:
    watch = Watch(str(file.with_name("nowhere.sqlite")))
    assert watch.state() is None
    assert not file.with_name("nowhere.sqlite").exists()
    file.with_name("nowhere.sqlite").write_bytes(b"no database at all, but more than a hundred bytes " * 9)
    assert watch.state() is None
    watch.close()


def test_what_another_program_has_written_is_read_at_once(written: Journal, file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITING, str(file)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        for number in range(50):
            other.stdin.write(f"word {number}\n")
            other.stdin.flush()
            assert other.stdout.readline() == "kept\n"
            assert typed(written) == (f"word {number}",)
        other.stdin.close()
    assert other.returncode == 0


def test_it_is_read_once_until_somebody_writes(journal: Journal) -> None:
    asked = []

    def ask() -> tuple[str, ...]:
        asked.append("once more")
        return tuple(draft.text for draft in drafts(journal))

    save_draft(journal, "here", "words")
    for _turn in range(3):
        assert queries.noted(journal, "drafts", ask) == ("words",)
    # A server does not say whether anything has changed, so that it is asked each time.
    assert len(asked) == (1 if journal.database.is_file else 3)
    save_draft(journal, "here", "other words")
    assert queries.noted(journal, "drafts", ask) == ("other words",)


def typed(journal: Journal) -> tuple[str, ...]:
    return queries.noted(journal, "typed", lambda: tuple(draft.text for draft in drafts(journal)))
