"""Opening a home's journal: its database is opened once in a process, and its tables are brought up to date."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from journal.address import journal_url
from journal.database import Database, make_folder
from journal.schema import prepare
from journal.work import Journal

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from core.config import Home
    from journal.people import Actor

_open: Final[dict[str, tuple[int, Database]]] = {}
_lock: Final = threading.Lock()


def open_journal(home: Home, actor: Actor, people: frozenset[str] | None = None) -> Journal:
    """The journal of *home* in the hands of *actor*, made or brought up to date if need be. Raises KokpitError.

    Actions can be given to *people* only; to anybody where it is not known who they are.
    """
    return Journal(open_database(journal_url(home)), actor, people=people)


def open_database(url: URL) -> Database:
    """The database at *url*, ready to use; the same object in the whole process. Raises KokpitError."""
    key = url.render_as_string(hide_password=False)
    with _lock:
        known, database = _open.get(key, (0, None))
        if database is None or known != _file_number(database):
            if database is not None:
                database.close()
            database = Database(url)
            if database.is_file:
                make_folder(Path(database.name).parent)
            prepare(database)
            _open[key] = (_file_number(database), database)
        return database


def close_all() -> None:
    """Let go of every journal that this process has open."""
    with _lock:
        for _number, database in _open.values():
            database.close()
        _open.clear()


def _file_number(database: Database) -> int:
    """Tells a file from another one that took its place; 0 where it is gone."""
    try:
        return Path(database.name).stat().st_ino if database.is_file else 1
    except OSError:
        return 0
