"""Bringing a journal's tables up to date when it is opened; two programs starting at once take turns."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from core.errors import ConfigurationError, FileError
from core.language import _
from journal.failures import explained

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from journal.database import Database

NEWEST: Final = "0001"
VERSION_TABLE: Final = "kokpit_journal_version"
MIGRATIONS: Final = Path(__file__).parent / "migrations"
_PRIMARY: Final = 0xFF
_ATTEMPTS: Final = 200
_PAUSE: Final = 0.05


def prepare(database: Database) -> None:
    """Make or update the tables of *database*. Raises KokpitError when it is no journal, or a newer one."""
    found = database.transact(lambda session: version_of(session.connection()), writing=False)
    if found != NEWEST:
        _check(database, found)
        if database.is_file:
            _use_write_ahead_log(database)
        database.transact(lambda session: _migrate(database, session.connection()), writing=True)


def version_of(connection: Connection) -> str | None:
    """The version of the tables; None where there are none yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - our own name
    return version


def upgrade(connection: Connection, version: str = NEWEST) -> None:
    """Bring the tables behind *connection* to *version*, within its transaction."""
    from alembic import command  # noqa: PLC0415 - slow to import, and needed once in a journal's life
    from alembic.config import Config  # noqa: PLC0415 - the same

    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, version)


def _migrate(database: Database, connection: Connection) -> None:
    found = version_of(connection)
    if found == NEWEST:
        return  # whoever was here before has done it
    _check(database, found)
    if found is None:
        _check_nobody_elses(database, connection)
    upgrade(connection)


def _check(database: Database, found: str | None) -> None:
    if found is not None and found > NEWEST:
        message = _("The journal {journal} was made by a newer Kokpit: its tables are of version {found}, not {known}.")
        message = message.format(journal=database.name, found=found, known=NEWEST)
        raise ConfigurationError(message, _("Update Kokpit on this computer. Nothing was changed."))


def _check_nobody_elses(database: Database, connection: Connection) -> None:
    from journal.models import Base  # noqa: PLC0415 - only a new journal needs the names

    tables = set(inspect(connection).get_table_names())
    if foreign := tables if database.is_file else tables & set(Base.metadata.tables):
        message = _("{journal} is a database of something else: it holds {tables}.")
        message = message.format(journal=database.name, tables=", ".join(sorted(foreign)[:5]))
        raise FileError(message, _("Move it away, or give the journal a database of its own."))


def _use_write_ahead_log(database: Database) -> None:
    """Let readers and a writer work side by side; the file remembers it."""
    file = str(database.url.database)
    with explained(database.name), closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # Whoever changes it locks the file without waiting.
        for _attempt in range(_ATTEMPTS):
            if _in_write_ahead_log(connection):
                break
            time.sleep(_PAUSE)


def _in_write_ahead_log(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY:
            return False
        raise
