"""The files of a warehouse folder: numbered generations, and the pointer that names the current one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from typing import TYPE_CHECKING, Final, TypeVar

from core.errors import AccessError, BrokenWarehouseError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POINTER: Final = "CURRENT"
KEPT: Final = 3
_NAME: Final = re.compile(r"(\d{6,18})\.duckdb")
_ATTEMPTS: Final = 50

Result = TypeVar("Result")


def generation_file(folder: Path, generation: int) -> Path:
    """Where *generation* is kept."""
    return folder / f"{generation:06d}.duckdb"


def current_generation(folder: Path) -> int:
    """The number of the current generation; 0 when nothing is loaded.

    Raises BrokenWarehouseError when the pointer names no snapshot or is lost, AccessError when it may not be read.
    """
    pointer = folder / POINTER
    text = _read(pointer)
    if text is None and generations(folder):
        # A writer may have begun the very first snapshot since: its pointer comes before it, and then stays.
        text = _read(pointer)
        if text is None:
            message = _("{file} is missing, though there are snapshots beside it.").format(file=pointer)
            raise BrokenWarehouseError(message, go_back(folder))
    if text is None:
        return 0
    match = _NAME.fullmatch(text)
    if not match:
        message = _("{file} names {text}, which is not a snapshot.").format(file=pointer, text=repr(text[:40]))
        raise BrokenWarehouseError(message, go_back(folder))
    return int(match[1])


def _read(pointer: Path) -> str | None:
    """What *pointer* says; None where there is none."""
    try:
        return patiently(pointer.read_bytes).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = _("{file} cannot be read: {error}.").format(file=pointer, error=error.strerror)
        raise AccessError(message, _("Check that it is a file, and that you may read it.")) from error


def go_back(folder: Path) -> str:
    """The next step for a snapshot that cannot be used: the command that makes a sound one current."""
    command = f'python cli.py rollback --home "{folder.parent}"'
    return _("Run: {command}. Then load the files of the last load again.").format(command=command)


def generations(folder: Path) -> list[int]:
    """The numbers of all complete generations on disk, oldest first."""
    return sorted(int(match[1]) for file in folder.glob("*.duckdb") if (match := _NAME.fullmatch(file.name)))


def point_to(folder: Path, generation: int) -> None:
    """Make *generation* the current one, durably and in one step; 0 for nothing loaded."""
    fresh = folder / f"{POINTER}.new"
    fresh.write_text(generation_file(folder, generation).name + "\n", encoding="ascii")
    sync(fresh)
    patiently(lambda: fresh.replace(folder / POINTER))
    sync(folder)


def have_pointer(folder: Path) -> None:
    """Let there be a pointer before the very first snapshot is: snapshots without one have lost it."""
    if not (folder / POINTER).exists():
        point_to(folder, 0)


def sync(path: Path) -> None:
    """Have the operating system write *path* (a file or a folder) to disk now."""
    if path.is_dir() and _on_windows():
        return
    # Windows flushes only handles that may write.
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def patiently(act: Callable[[], Result]) -> Result:
    """What *act* gives; patient with Windows, where the pointer is refused for the moment it is read or replaced."""
    for _attempt in range(_ATTEMPTS if _on_windows() else 0):
        with contextlib.suppress(PermissionError):
            return act()
        time.sleep(0.02)
    return act()


def _on_windows() -> bool:
    return os.name == "nt"


def sweep(folder: Path) -> None:
    """Remove what a crashed writer left behind. Call only while holding the writer's lock."""
    for pattern in ("*.part", "*.part.wal", f"{POINTER}.new"):
        for leftover in folder.glob(pattern):
            leftover.unlink(missing_ok=True)
    for log in folder.glob("*.duckdb.wal"):
        if not log.with_suffix("").exists():
            log.unlink(missing_ok=True)
    for scratch in folder.glob("scratch-*"):
        shutil.rmtree(scratch, ignore_errors=True)


def prune(folder: Path, lineage: list[int]) -> None:
    """Remove every generation that is not in *lineage* (the ones kept for undo)."""
    for generation in generations(folder):
        if generation not in lineage:
            # Windows refuses while a reader has it open: the next publication tries again.
            with contextlib.suppress(PermissionError):
                generation_file(folder, generation).unlink(missing_ok=True)
