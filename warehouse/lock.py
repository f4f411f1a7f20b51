"""One writer at a time: the lock, and the words for whoever finds it taken."""

from __future__ import annotations

import getpass
import json
import os
import socket
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from core.errors import TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_NAME: Final = "writer.lock"
HOLDER_NAME: Final = "writer.json"
PATIENCE_SECONDS = 30.0


@contextmanager
def writer_lock(folder: Path, wait_seconds: float | None = None) -> Iterator[None]:
    """Hold the writer's lock of *folder*; it is let go by the operating system even after a crash.

    Raises TemporaryError, naming the holder, when it is still taken after *wait_seconds* (half a minute).
    """
    lock = FileLock(folder / LOCK_NAME)
    try:
        lock.acquire(timeout=PATIENCE_SECONDS if wait_seconds is None else wait_seconds)
    except Timeout as error:
        message = _("Another load is running: {holder}.").format(holder=_holder(folder))
        raise TemporaryError(message, _("Wait until it has ended, then try again.")) from error
    try:
        (folder / HOLDER_NAME).write_text(json.dumps(_self()), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER_NAME).unlink()
        lock.release()


def _self() -> dict[str, str]:
    started = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return {"who": _user(), "computer": socket.gethostname(), "process": str(os.getpid()), "since": started}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A container may run under a number that has no name.
        return "?"


def _holder(folder: Path) -> str:
    try:
        holder = json.loads((folder / HOLDER_NAME).read_text(encoding="utf-8"))
        return _("{who} on {computer}, process {process}, since {since}").format(**holder)
    except (OSError, ValueError, TypeError, KeyError):
        return _("it has just started")
