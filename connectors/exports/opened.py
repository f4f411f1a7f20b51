"""The files that are loaded, as they were when they were opened, and what is said of one that cannot be read whole."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from core.errors import FileError, KokpitError, TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


class OpenFiles:
    """The files of a batch. Their unpacked copies, which nobody else writes to, are not among them."""

    def __init__(self) -> None:
        """None is open yet."""
        self._seen: dict[Path, tuple[int, int] | None] = {}

    def open(self, file: Path) -> None:
        """Remember *file* as it is before anything of it is read."""
        self._seen[file] = _state(file)

    def changed(self, file: Path) -> FileError | None:
        """The error that *file* is not what it was when it was opened; None where it is, or was never opened."""
        if file not in self._seen or _state(file) == self._seen[file]:
            return None
        message = _("{file} changed while it was read; nothing of it was loaded.").format(file=file.name)
        return FileError(message, _("Load it again once whatever writes it has finished."))

    @contextmanager
    def unchanged(self, file: Path) -> Iterator[None]:
        """Raise FileError when *file* changed by the end of what is done within, even where that fails: it is why."""
        try:
            yield
        except KokpitError as error:
            if why := self.changed(file):
                raise why from error
            raise
        if why := self.changed(file):
            raise why


def check_is_file(file: Path) -> None:
    """Raise FileError where *file* is there, but nothing that has an end to read to; OSError where it is not there."""
    if file.is_symlink() and not file.exists():
        message = _("{file} is a link that leads to nothing.").format(file=file)
        raise FileError(message, _("Load the file that it is to lead to."))
    if file.is_dir() and file.is_symlink():
        message = _("{file} is a link to a folder.").format(file=file)
        raise FileError(message, _("Load that folder by its own name, or put its files in place of the link."))
    if file.is_dir():
        message = _("The folder {folder} cannot be opened.").format(folder=file)
        raise FileError(message, _("Give yourself the right to open it, then load it again."))
    file.stat()
    if not file.is_file():
        # A pipe or device has no end that could be waited for.
        message = _("{file} is not a file with an end, but a pipe or a device.").format(file=file.name)
        raise FileError(message, _("Save what comes from it to a file, then load that."))


def _state(file: Path) -> tuple[int, int] | None:
    """Size and time of the last change; None where there is no such file."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def failure(file: Path, work: Path, error: KokpitError | OSError) -> KokpitError:
    """What went wrong with *file* when it was opened, and unpacked or written as text into the folder *work*."""
    if isinstance(error, KokpitError):
        return error
    if isinstance(error, FileNotFoundError):
        return FileError(_("There is no file {file}.").format(file=file), _("Check the path and its spelling."))
    if error.errno in _FULL:
        return _no_room(file, work)
    message = _("{file} cannot be read: {error}.").format(file=file, error=error.strerror or error)
    return FileError(message, _("Check that you may read it and that it is not open elsewhere."))


def _no_room(file: Path, work: Path) -> TemporaryError:
    message = _("The temporary folder {folder} is full, so {file} could not be unpacked or read there.")
    step = _(
        "Nothing of it was loaded. Free some space there, or set {name} to a folder on another disk, then load it "
        "again."
    )
    return TemporaryError(message.format(folder=work.parent, file=file.name), step.format(name="TMPDIR"))
