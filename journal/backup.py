"""A journal as one file, whichever database it lives in; and back, in one transaction."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, false, func, insert, select

from core.errors import FileError
from journal.address import file_url
from journal.database import Database
from journal.failures import explained
from journal.models import Base, Entry
from journal.opening import open_database
from journal.schema import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Table
    from sqlalchemy.engine import URL

_BATCH: Final = 500


def has_journal(url: URL) -> bool:
    """Whether there is anything at *url* to keep."""
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()


def entries_in(url: URL) -> int:
    """How many entries the journal at *url* has. Raises KokpitError when it cannot be read."""
    return _count(open_database(url))


def save_copy(url: URL, file: Path) -> int:
    """Write the journal at *url*, as it is at one moment, into the new *file*; the number of its entries.

    Nobody has to stop writing meanwhile. Raises KokpitError.
    """
    database = open_database(url)
    if database.is_file:
        with explained(database.name), closing(sqlite3.connect(database.name)) as source, _only(file) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
    else:
        with _opened(file) as copy, explained(database.name):
            _transfer_all(database, copy)
    with _opened(file) as copy:
        return _count(copy)


def check_copy(file: Path) -> None:
    """Raise KokpitError unless the copy in *file* is a whole journal; an older one is brought up to date."""
    with _opened(file) as copy, explained(copy.name), copy.connect(writing=False) as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check").scalar()
        if found != "ok":
            raise sqlite3.DatabaseError(found)


def put_back(url: URL, file: Path) -> int:
    """Replace all of the journal at *url* by the copy in *file*: all or nothing; the number of its entries.

    A journal that cannot be read any more is moved aside. Raises KokpitError.
    """
    with tempfile.TemporaryDirectory() as folder:
        # An older copy is brought up to date before it is read; the file itself stays as it is.
        own = Path(folder) / file.name
        shutil.copyfile(file, own)
        with _opened(own) as copy, explained(str(url.database)):
            _transfer_all(copy, _opened_or_anew(url))
            return _count(copy)


@contextmanager
def _only(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


@contextmanager
def _opened(file: Path) -> Iterator[Database]:
    """The copy in *file*, with its tables up to date."""
    database = Database(file_url(file))
    try:
        prepare(database)
        yield database
    finally:
        database.close()


def _count(database: Database) -> int:
    number = database.transact(lambda session: session.scalar(select(func.count(Entry.id))), writing=False)
    return number or 0


def _transfer_all(here: Database, there: Database) -> None:
    with here.connect(writing=False) as source, there.connect(writing=True) as target:
        for table in reversed(Base.metadata.sorted_tables):
            target.execute(delete(table))
        _transfer(source, target)
        target.commit()


def _transfer(source: Connection, target: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        rows = source.execute(select(table).order_by(table.c.id))
        for batch in rows.mappings().partitions(_BATCH):
            target.execute(insert(table), [dict(row) for row in batch])
        if target.dialect.name == "postgresql":
            _go_on_counting(target, table)


def _go_on_counting(target: Connection, table: Table) -> None:
    """Have new rows numbered after those that came with their numbers, and after all that were given before."""
    sequence = func.pg_get_serial_sequence(table.name, "id")
    if target.scalar(select(sequence)):
        following = func.greatest(func.coalesce(func.max(table.c.id), 0) + 1, func.nextval(sequence))
        target.execute(select(func.setval(sequence, following, false())))


def _opened_or_anew(url: URL) -> Database:
    """The journal at *url*; a damaged file is kept under another name, and a new one takes its place."""
    try:
        return open_database(url)
    except FileError:
        if url.get_backend_name() != "sqlite":
            raise
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for ending in ("", "-wal", "-shm"):
        damaged = Path(str(url.database) + ending)
        if damaged.exists():
            damaged.rename(f"{url.database}.damaged-{stamp}{ending}")
    return open_database(url)
