"""One writer at a time: the lock, and the words for whoever finds it taken."""

from __future__ import annotations

import getpass
import json
import os
import socket
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from core.errors import TemporaryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_NAME: Final = "writer.lock"
HOLDER_NAME: Final = "writer.json"


@contextmanager
def writer_lock(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the writer's lock of *folder*; it is let go by the operating system even after a crash.

    Raises TemporaryError, naming the holder, when it is still taken after *wait_seconds*.
    """
    lock = FileLock(folder / LOCK_NAME)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        message = f"Another load is running: {_holder(folder)}."
        raise TemporaryError(message, "Wait until it has ended, then try again.") from error
    try:
        started = datetime.now(UTC).isoformat(timespec="seconds")
        holder = {"who": getpass.getuser(), "computer": socket.gethostname(), "process": os.getpid(), "since": started}
        (folder / HOLDER_NAME).write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        (folder / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        holder = json.loads((folder / HOLDER_NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return "it has just started"
    return f"{holder['who']} on {holder['computer']}, process {holder['process']}, since {holder['since']}"
