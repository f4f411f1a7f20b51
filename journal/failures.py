"""Failures of the database, told as the project's own errors."""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFreeError

from core.errors import AccessError, BrokenWarehouseError, ConfigurationError, FileError, KokpitError, TemporaryError
from core.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIMARY: Final = 0xFF
_FORBIDDEN: Final = {
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_CANTOPEN),
    *("25006", "42501", "28000", "28P01"),
}
_FULL: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, "53100", "53200", "58030"}
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, "55P03", "40P01", "40001", "53300"}
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, "XX001", "XX002"}
_NO_DATABASE: Final = {"3D000"}
_GONE: Final = {"57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006"}
# What a server says while it refuses a connection comes without its code.
_SAID: Final = {
    re.compile(r"password authentication failed|no pg_hba\.conf entry|role .* does not exist"): "28000",
    re.compile(r"database .* does not exist"): "3D000",
    re.compile(r"too many clients|remaining connection slots"): "53300",
}

_TOLD: Final[tuple[tuple[set[object], type[KokpitError], str, str], ...]] = (
    (
        {*_FORBIDDEN},
        AccessError,
        N_("The journal {journal} may not be written or opened: {error}."),
        N_("Nothing was changed. Give yourself the right to read and write it and its folder, then try again."),
    ),
    (
        {*_FULL},
        TemporaryError,
        N_("The journal {journal} could not be written: {error}."),
        N_("Nothing was changed. Free some space on that disk, or look whether it is write-protected, then try again."),
    ),
    (
        {*_BUSY},
        TemporaryError,
        N_("The journal {journal} is being written by somebody else: {error}."),
        N_("Nothing was changed. Try again in a moment."),
    ),
    (
        {*_DAMAGED},
        FileError,
        N_("{journal} is damaged, or is no journal: {error}."),
        N_("Put the last good backup back: python cli.py restore FILE."),
    ),
    (
        {*_NO_DATABASE},
        ConfigurationError,
        N_("There is no database for the journal: {error}."),
        N_("Create it, or correct KOKPIT_JOURNAL_URL."),
    ),
)


@contextmanager
def explained(journal: str) -> Iterator[None]:
    """Turn failures of the database *journal* into the project's own errors."""
    try:
        yield
    except DBAPIError as error:
        raise _told(journal, error) from error
    except sqlite3.Error as error:
        raise _told(journal, DBAPIError(None, None, error)) from error
    except NoneFreeError as error:
        message = _("The journal {journal} has more to do than it can.").format(journal=journal)
        raise TemporaryError(message, _("Nothing was changed. Try again in a moment.")) from error
    except SQLAlchemyError as error:
        raise _mistake(journal, error) from error


def connection_lost(error: DBAPIError) -> bool:
    """Whether the server went away or is not there yet, so that trying again makes sense."""
    if isinstance(error.orig, sqlite3.Error):
        return False
    code = _code(error)
    return error.connection_invalidated or code is None or code in _GONE


def forbidden(error: DBAPIError) -> bool:
    """Whether the database may not be opened or written by this connection; by another one it may be, later."""
    return _code(error) in _FORBIDDEN


def in_doubt(journal: str, error: DBAPIError) -> KokpitError:
    """The error for a connection that was lost just while the change was being confirmed."""
    message = _("The connection to the journal {journal} broke while saving: {error}.")
    step = _("Look whether it was saved; if not, try again.")
    return TemporaryError(message.format(journal=journal, error=_one_line(error)), step)


def _told(journal: str, error: DBAPIError) -> KokpitError:
    code = _code(error)
    for codes, kind, message, step in _TOLD:
        if code in codes:
            return kind(_(message).format(journal=journal, error=_one_line(error)), _(step))
    if connection_lost(error):
        message = _("The journal {journal} cannot be reached: {error}.")
        step = _("Nothing was changed. Check that the database is running, then try again.")
        return TemporaryError(message.format(journal=journal, error=_one_line(error)), step)
    return _mistake(journal, error)


def _mistake(journal: str, error: SQLAlchemyError) -> KokpitError:
    message = _("The journal {journal} refused a statement: {error}.")
    step = _("Nothing was changed. Please report this.")
    return BrokenWarehouseError(message.format(journal=journal, error=_one_line(error)), step)


def _code(error: DBAPIError) -> object:
    """SQLite's primary result code, or PostgreSQL's five letters; nothing when there was no server to answer."""
    if isinstance(error.orig, sqlite3.Error):
        # Closed connections and the like have no code.
        return getattr(error.orig, "sqlite_errorcode", -1) & _PRIMARY
    code = getattr(error.orig, "sqlstate", None)
    return code or next((meant for said, meant in _SAID.items() if said.search(str(error.orig))), None)


def _one_line(error: SQLAlchemyError) -> str:
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    return (said.strip() or type(error).__name__).splitlines()[0].rstrip(".")
