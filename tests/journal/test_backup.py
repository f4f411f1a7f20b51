"""A journal as a file: from either database, into either database, while people write."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.errors import FileError
from journal.address import file_url
from journal.backup import has_journal, put_back, save_copy
from journal.models import Base
from journal.opening import open_database
from journal.operations.drafts import save_draft
from journal.operations.history import Search, search
from journal.operations.notes import add_note, edit_note
from journal.operations.reviews import Shown, close_review, open_review, plan_review
from journal.places import Place
from journal.work import Journal
from tests.journal.conftest import FILE_NAME, HEAD, WITH_POSTGRES, on_postgres, prepared
from tests.journal.test_reviews import PLAN

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import URL
    from sqlalchemy.orm import Session

    from tests.journal.postgres import Server

TABLES = Base.metadata.sorted_tables


def fill(journal: Journal) -> None:
    """Something in most tables."""
    review = open_review(journal, plan_review(journal, PLAN).id)
    note = add_note(journal, Place("paid", "leads", review=review.id), "żółw 🦊")
    edit_note(journal, note.id, 1, "second")
    edit_note(journal, note.id, 1, "too late")
    close_review(journal, review.id, [Shown("leads", values=[{"value": 0.1}])], "42")
    save_draft(journal, "field", "typing …")


def rows(url: URL) -> dict[str, list[tuple[object, ...]]]:
    """All that is in the journal at *url*."""

    def read(session: Session) -> dict[str, list[tuple[object, ...]]]:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(table.c.id))] for table in TABLES
        }

    database = prepared(url)
    found = database.transact(read, writing=False)
    database.close()
    return found


def address(where: str, folder: Path, request: pytest.FixtureRequest) -> URL:
    """A place for a journal: in a new *folder*, or on the server."""
    if where == "file":
        folder.mkdir()
        return file_url(folder / FILE_NAME)
    server: Server = request.getfixturevalue("postgres")
    return on_postgres(server)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("file", "file"),
        pytest.param("postgresql", "postgresql", marks=WITH_POSTGRES),
        pytest.param("file", "postgresql", marks=WITH_POSTGRES),
        pytest.param("postgresql", "file", marks=WITH_POSTGRES),
    ],
)
def test_all_of_it_comes_back_anywhere(
    source: str, target: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    here, there = address(source, tmp_path / "here", request), address(target, tmp_path / "there", request)
    fill(Journal(open_database(here), HEAD))
    other = Journal(prepared(there), HEAD)
    gone = [add_note(other, Place(), "goes") for _ in range(9)]
    copy = tmp_path / "copy.sqlite"
    assert save_copy(here, copy) == 5
    content = copy.read_bytes()
    assert put_back(there, copy) == 5
    assert copy.read_bytes() == content
    assert rows(there) == rows(here)
    # Whoever has it open goes on writing, with new numbers.
    note = add_note(other, Place(), "new")
    assert note.id > gone[-1].id
    other.database.close()


def test_a_copy_is_of_one_moment_while_people_write(tmp_path: Path) -> None:
    url = file_url(tmp_path / FILE_NAME)
    journal = Journal(prepared(url), HEAD)
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            add_note(journal, Place(), "x" * 1000)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [save_copy(url, tmp_path / f"copy{number}.sqlite") for number in range(5)]
    finally:
        over.set()
        writer.join()
    assert counts == sorted(counts)
    for number, count in enumerate(counts):
        found = rows(file_url(tmp_path / f"copy{number}.sqlite"))
        assert len(found["entries"]) == len(found["notes"]) == len(found["revisions"]) == count
    journal.database.close()


def test_a_copy_that_is_none_changes_nothing(tmp_path: Path) -> None:
    url = file_url(tmp_path / FILE_NAME)
    journal = Journal(prepared(url), HEAD)
    add_note(journal, Place(), "stays")
    (tmp_path / "copy").write_text("Dear diary, " * 100, encoding="utf-8")
    with pytest.raises(FileError, match="is no journal"):
        put_back(url, tmp_path / "copy")
    assert len(search(journal, Search())) == 1
    journal.database.close()


def test_where_nothing_is_there_is_nothing_to_keep(tmp_path: Path) -> None:
    assert not has_journal(file_url(tmp_path / FILE_NAME))
