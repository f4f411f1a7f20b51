"""The database: connections, transactions that are tried again when the server was away, and failures in words."""

from __future__ import annotations

import threading
import time
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any, Final, TypeVar

import orjson
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.errors import AccessError
from core.language import _
from journal.failures import connection_lost, explained, forbidden, in_doubt
from journal.watch import Watch

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlalchemy.engine import URL

PATIENCE_SECONDS = 10.0
_PAUSE: Final = 0.1
_MOST_CONNECTIONS: Final = 30
# Any number will do, as long as all who write lock the same one.
_POSTGRES_LOCK: Final = 4_515_206_811
_WRITING: Final = "kokpit_writing"

T = TypeVar("T")


class Database:
    """One journal's database. Safe to share between threads."""

    def __init__(self, url: URL) -> None:
        """Know where it is; nothing is opened before the first transaction."""
        self.url = url
        self.is_file = url.get_backend_name() == "sqlite"
        self.name = str(url.database) if self.is_file else url.render_as_string(hide_password=True)
        self.engine = _engine(url, is_file=self.is_file)
        self._writer = self.engine.execution_options(**{_WRITING: True})
        # What is read in several statements is of one moment, as it is in SQLite anyway.
        self._reader = self.engine if self.is_file else self.engine.execution_options(isolation_level="REPEATABLE READ")
        self._is_away = False
        self._watch = Watch(self.name) if self.is_file else None
        # SQLite lets waiting writers in at random; within one process they queue.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_file else nullcontext()

    def transact(self, act: Callable[[Session], T], *, writing: bool, again: bool = True) -> T:
        """What *act* gives, in one transaction; durable on return when *writing*. Raises KokpitError.

        When the server was restarted in between, *act* runs *again*: it must do nothing outside of its session. Once
        that was in vain nobody waits, until somebody reached the server: a page asks many times.
        """
        until = time.monotonic() + PATIENCE_SECONDS * (again and not self._is_away)
        opened_anew = False
        with explained(self.name):
            while True:
                try:
                    result = self._write(act) if writing else self._read(act)
                except DBAPIError as error:
                    if forbidden(error) and not opened_anew:
                        # A file that was opened to be read stays so, also once it may be written.
                        self.engine.dispose()
                        opened_anew = True
                        continue
                    if not connection_lost(error):
                        raise
                    if time.monotonic() > until:
                        self._is_away = self._is_away or again
                        raise
                else:
                    self._is_away = False
                    return result
                time.sleep(_PAUSE)

    def _read(self, act: Callable[[Session], T]) -> T:
        with Session(self._reader, expire_on_commit=False) as session:
            return act(session)

    def _write(self, act: Callable[[Session], T]) -> T:
        with self._turn, Session(self._writer, expire_on_commit=False) as session:
            result = act(session)
            session.flush()
            try:
                session.commit()
            except DBAPIError as error:
                if connection_lost(error):
                    raise in_doubt(self.name, error) from error
                raise
            return result

    def connect(self, *, writing: bool) -> Connection:
        """A connection of one's own, for one transaction."""
        return (self._writer if writing else self._reader).connect()

    def state(self) -> str | None:
        """What is another one as soon as anybody has written; None where only reading tells what is there."""
        return self._watch.state() if self._watch else None

    def close(self) -> None:
        """Let go of all connections."""
        if self._watch:
            self._watch.close()
        self.engine.dispose()


def make_folder(folder: Path) -> None:
    """Make the *folder* of a journal, if it is not there. Raises AccessError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("The folder {folder} cannot be made: {error}.").format(folder=folder, error=error.strerror)
        raise AccessError(message, _("Give yourself the right to write there, or choose another home.")) from error


def _engine(url: URL, *, is_file: bool) -> Engine:
    patience = PATIENCE_SECONDS
    arguments: dict[str, object] = (
        {"timeout": patience} if is_file else {"connect_timeout": ceil(patience), "client_encoding": "utf8"}
    )
    engine = create_engine(
        url,
        connect_args=arguments,
        max_overflow=_MOST_CONNECTIONS,
        pool_timeout=patience,
        pool_pre_ping=not is_file,
        json_serializer=_as_json,
        json_deserializer=orjson.loads,
    )
    if is_file:
        event.listen(engine, "connect", _prepare_file)
    event.listen(engine, "begin", partial(_begin, is_file=is_file))
    return engine


def _as_json(value: object) -> str:
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def _prepare_file(connection: sqlite3.Connection, _record: object) -> None:
    # Otherwise Python decides itself when a transaction begins.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # A note is on the disk, not only on its way there, when its author is told so.
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection, *, is_file: bool) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    if is_file:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    elif writing:
        patience = ceil(PATIENCE_SECONDS)
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience}s'")
        # A program that was stopped in the middle of writing must not keep everybody else from it.
        connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{3 * patience}s'")
        # One writer at a time, as in SQLite: numbers are given in the order in which they become visible.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})")
