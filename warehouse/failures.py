"""Failures of the database and of the disk, told as the project's own errors."""

from __future__ import annotations

import errno
import json
import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb

from core.errors import AccessError, BrokenWarehouseError, ConfigurationError, KokpitError, TemporaryError
from core.remarks import _
from warehouse.generations import go_back

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_FOLDER: Final = {errno.EEXIST, errno.ENOTDIR}
_NOT_ALLOWED: Final = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT}
_DAMAGED: Final = re.compile(r"[Cc]orrupt|not a valid DuckDB database|Could not read enough bytes|does not exist")
# A failed write comes as one of several kinds of error, depending on who noticed it first.
_NO_ROOM: Final = re.compile(r"No space left|File too large|quota|not enough space|failed to offload|Could not write")
_INNER: Final = re.compile(r'"exception_message":"((?:[^"\\]|\\.)*)"')
_WRAPPED: Final = re.compile(r".*Original error: ", re.DOTALL)
_RIGHTS: Final = re.compile(r"Permission denied|Read-only file system|Access is denied")


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn failures of writing into the warehouse in *folder* into the project's own errors."""
    try:
        yield
    except KokpitError:
        raise
    except OSError as error:
        if error.errno in _NO_FOLDER and error.filename:
            raise _in_the_way(error.filename) from error
        what = f"{error.filename or folder}: {one_line(error)}"
        raise (_forbidden if error.errno in _NOT_ALLOWED else _unwritten)(folder, what) from error
    except duckdb.Error as error:
        raise _told(folder, error) from error


def check_place(folder: Path) -> None:
    """Raise ConfigurationError where DuckDB cannot write into *folder*, whatever rights there are.

    The name of its log gets its ending before the first question mark of the path, as in a web address, and a
    backslash is what parts folders, on every system.
    """
    # Links are followed, as DuckDB does.
    real = Path(os.path.realpath(folder))
    for place in (*reversed(real.parents), real):
        for sign in "?\\":
            if sign in place.name:
                message = _("The database cannot write in {folder}, since there is a {sign} in its name.")
                step = _("Rename that folder, or move the home to another one and name it with --home.")
                raise ConfigurationError(message.format(folder=place, sign=sign), step)


@contextmanager
def explained_reading(folder: Path, file: Path) -> Iterator[None]:
    """Turn failures of reading the snapshot *file* of *folder* into the project's own errors."""
    try:
        yield
    except duckdb.Error as error:
        if not _DAMAGED.search(str(error)):
            raise
        raise _damaged(folder, file, error) from error


def unreadable(folder: Path, file: Path, error: Exception) -> KokpitError:
    """The error for a snapshot that cannot be opened."""
    if _RIGHTS.search(str(error)):
        message = _("The snapshot {file} may not be read.").format(file=file)
        return AccessError(message, _("Give yourself the right to read it."))
    return _damaged(folder, file, error)


def one_line(error: Exception) -> str:
    """What DuckDB or the operating system says, without stack and hints."""
    said = error.strerror if isinstance(error, OSError) else str(error)
    if said and (inner := _INNER.search(said)):
        # Failures of writing beside other work come wrapped.
        said = json.loads(f'"{inner[1]}"')
    return _WRAPPED.sub("", said or "?").strip().splitlines()[0].rstrip(".")


def _damaged(folder: Path, file: Path, error: Exception) -> KokpitError:
    message = _("The snapshot {file} is damaged or missing: {error}.").format(file=file, error=one_line(error))
    return BrokenWarehouseError(message, go_back(folder))


def _told(folder: Path, error: duckdb.Error) -> KokpitError:
    said = str(error)
    if _RIGHTS.search(said):
        return _forbidden(folder, one_line(error))
    if _NO_ROOM.search(said) or isinstance(error, (duckdb.IOException, duckdb.OutOfMemoryException)):
        return _unwritten(folder, one_line(error))
    message = _("The warehouse in {folder} refused a statement: {error}.")
    step = _("Nothing was changed. Please report this with the file.")
    return BrokenWarehouseError(message.format(folder=folder, error=one_line(error)), step)


def _in_the_way(file: str) -> KokpitError:
    message = _("{path} is not a folder.").format(path=file)
    return ConfigurationError(message, _("Rename the file, so that a folder can be there."))


def _forbidden(folder: Path, what: str) -> KokpitError:
    message = _("The warehouse in {folder} may not be written: {what}.").format(folder=folder, what=what)
    return AccessError(message, _("Give yourself the right to write there, or choose another home with --home."))


def _unwritten(folder: Path, what: str) -> KokpitError:
    message = _("The warehouse in {folder} could not be written: {what}.").format(folder=folder, what=what)
    return TemporaryError(message, _("Nothing was changed. Free some space on that disk, then try again."))
