"""What goes wrong around a journal: told in one paragraph with the next step, and nothing lost."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from core.errors import AccessError, ConfigurationError, FileError, TemporaryError
from journal.address import file_url
from journal.database import PATIENCE_SECONDS, Database
from journal.operations.history import Search, search
from journal.operations.notes import add_note
from journal.places import Place
from journal.schema import prepare
from journal.work import Journal
from tests.journal.conftest import HEAD, WITH_POSTGRES, on_postgres, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from core.config import Home
    from tests.journal.postgres import Server

PLACE = Place("paid", "leads")


@pytest.fixture
def on_file(home: Home) -> Iterator[Journal]:
    """A journal in a file, with one note."""
    database = prepared(file_url(home.journal))
    journal = Journal(database, HEAD)
    add_note(journal, PLACE, "safe")
    yield journal
    database.close()


@pytest.fixture
def on_server(postgres: Server) -> Iterator[Journal]:
    """A journal in a database of its own, with one note."""
    database = prepared(on_postgres(postgres))
    journal = Journal(database, HEAD)
    add_note(journal, PLACE, "safe")
    yield journal
    database.close()


def texts(journal: Journal) -> list[str]:
    """The words of all notes, oldest first."""
    return [str(getattr(entry, "text", "")) for entry in reversed(search(journal, Search()))]


def restricted(journal: Journal, statement: str) -> None:
    """Have every connection to the file of *journal* run *statement* first."""
    journal.database.close()
    event.listen(journal.database.engine, "connect", lambda raw, _record: raw.execute(statement))


def test_a_file_that_may_only_be_read_can_still_be_read(on_file: Journal) -> None:
    restricted(on_file, "PRAGMA query_only = ON")
    with pytest.raises(AccessError, match=r"may not be written or opened: attempt to write a readonly.*right to read"):
        add_note(on_file, PLACE, "lost?")
    assert texts(on_file) == ["safe"]


def test_a_file_that_may_be_written_again_is(on_file: Journal) -> None:
    barred = [True]
    on_file.database.close()
    event.listen(
        on_file.database.engine,
        "connect",
        lambda raw, _record: raw.execute(f"PRAGMA query_only = {'ON' if barred else 'OFF'}"),
    )
    with pytest.raises(AccessError, match="readonly"):
        add_note(on_file, PLACE, "not yet")
    barred.clear()
    # A connection that was opened while that was forbidden would go on refusing.
    add_note(on_file, PLACE, "now")
    assert texts(on_file) == ["safe", "now"]


def test_a_full_disk_loses_nothing_and_recovers(on_file: Journal, home: Home) -> None:
    pages = on_file.database.transact(lambda session: session.scalar(text("PRAGMA page_count")), writing=False)
    restricted(on_file, f"PRAGMA max_page_count = {pages}")
    with pytest.raises(TemporaryError, match=r"could not be written: .*full.*Free some space on that disk"):
        add_note(on_file, PLACE, "x" * 100_000)
    assert texts(on_file) == ["safe"]
    again = Journal(Database(file_url(home.journal)), HEAD)
    add_note(again, PLACE, "x" * 100_000)
    assert len(texts(again)) == 2
    again.database.close()


def test_a_file_that_somebody_else_writes_for_long_is_told(
    home: Home, on_file: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journal.database.PATIENCE_SECONDS", 0.1)
    hasty = Journal(Database(file_url(home.journal)), HEAD)
    with closing(sqlite3.connect(home.journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TemporaryError, match="is being written by somebody else: database is locked"):
            add_note(hasty, PLACE, "later")
        assert texts(hasty) == ["safe"]
    add_note(hasty, PLACE, "later")
    assert texts(on_file) == ["safe", "later"]
    hasty.database.close()


def test_whoever_asks_again_anyway_is_told_at_once_that_the_server_is_away() -> None:
    away = Journal(Database(make_url("postgresql+psycopg://nobody@127.0.0.1:1/none")), HEAD).asking_once()
    began = time.monotonic()
    with pytest.raises(TemporaryError, match="cannot be reached"):
        texts(away)
    assert time.monotonic() - began < PATIENCE_SECONDS / 4


def test_a_damaged_file_is_told(home: Home, on_file: Journal) -> None:
    on_file.database.close()
    file = home.journal
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(FileError, match=r"damaged, or is no journal.*Put the last good backup back"):
        texts(on_file)


@WITH_POSTGRES
def test_a_restart_in_mid_meeting_is_not_noticed(on_server: Journal, postgres: Server) -> None:
    postgres.stop()
    starting = threading.Timer(0.5, postgres.start)
    starting.start()
    add_note(on_server, PLACE, "typed while the server was away")
    starting.join()
    assert texts(on_server) == ["safe", "typed while the server was away"]


@WITH_POSTGRES
def test_a_connection_that_breaks_at_work_is_replaced(on_server: Journal, postgres: Server) -> None:
    broken: list[Connection] = []

    def break_once(connection: Connection, *_statement: object) -> None:
        if not broken:
            broken.append(connection)
            postgres.ask(f"SELECT pg_terminate_backend({_pid(connection)})")

    event.listen(on_server.database.engine, "begin", break_once)
    add_note(on_server, PLACE, "once")
    assert texts(on_server) == ["safe", "once"]


@WITH_POSTGRES
def test_a_connection_that_breaks_while_saving_leaves_no_false_certainty(on_server: Journal, postgres: Server) -> None:
    def break_now(connection: Connection) -> None:
        postgres.ask(f"SELECT pg_terminate_backend({_pid(connection)})")

    event.listen(on_server.database.engine, "commit", break_now)
    with pytest.raises(TemporaryError, match=r"broke while saving.*Look whether it was saved; if not, try again"):
        add_note(on_server, PLACE, "perhaps")
    event.remove(on_server.database.engine, "commit", break_now)
    assert texts(on_server) == ["safe"]


def _pid(connection: Connection) -> int:
    raw = connection.connection.dbapi_connection
    assert raw is not None
    pid: int = raw.info.backend_pid
    return pid


@WITH_POSTGRES
def test_a_server_that_stays_away_is_told(
    on_server: Journal, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journal.database.PATIENCE_SECONDS", 0.3)
    postgres.stop()
    started = time.monotonic()
    with pytest.raises(
        TemporaryError, match=r"cannot be reached: .*Check that the database is running, then try again"
    ):
        add_note(on_server, PLACE, "later")
    assert time.monotonic() - started < 5
    monkeypatch.setattr("journal.database.PATIENCE_SECONDS", 60)
    # Who asks next is told at once, and waits again as soon as the server was there.
    with pytest.raises(TemporaryError, match="cannot be reached"):
        texts(on_server)
    assert time.monotonic() - started < 10
    postgres.start()
    assert texts(on_server) == ["safe"]


@WITH_POSTGRES
def test_rights_and_names_on_a_server_are_told(on_server: Journal, postgres: Server) -> None:
    name = on_server.database.url.database
    postgres.ask(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    on_server.database.close()
    with pytest.raises(
        AccessError, match=r"may not be written or opened: cannot execute .* in a read-only transaction"
    ):
        add_note(on_server, PLACE, "lost?")
    missing = Database(on_server.database.url.set(database="nowhere"))
    with pytest.raises(ConfigurationError, match=r'database "nowhere" does not exist.*Create it, or correct'):
        prepare(missing)
    missing.close()


@WITH_POSTGRES
def test_a_row_that_somebody_holds_for_long_is_told(on_server: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journal.database.PATIENCE_SECONDS", 1)
    with on_server.database.connect(writing=True) as other:
        other.execute(text("LOCK TABLE entries IN EXCLUSIVE MODE"))
        with pytest.raises(TemporaryError, match="is being written by somebody else: canceling statement due to lock"):
            add_note(on_server, PLACE, "later")
        other.rollback()
    assert texts(on_server) == ["safe"]
