"""The files of a warehouse folder: numbered generations, and the pointer that names the current one."""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path
from typing import Final

from core.errors import BrokenWarehouseError

POINTER: Final = "CURRENT"
KEPT: Final = 3
_NAME: Final = re.compile(r"(\d{6,})\.duckdb$")
_ATTEMPTS: Final = 50


def generation_file(folder: Path, generation: int) -> Path:
    """Where *generation* is kept."""
    return folder / f"{generation:06d}.duckdb"


def current_generation(folder: Path) -> int:
    """The number of the current generation; 0 when nothing was published yet."""
    try:
        text = (folder / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return 0
    match = _NAME.match(text)
    if not match:
        message = f"{folder / POINTER} names {text!r}, which is not a snapshot."
        raise BrokenWarehouseError(message, "Run: python cli.py rollback.")
    return int(match[1])


def generations(folder: Path) -> list[int]:
    """The numbers of all complete generations on disk, oldest first."""
    return sorted(int(match[1]) for file in folder.glob("*.duckdb") if (match := _NAME.match(file.name)))


def point_to(folder: Path, generation: int) -> None:
    """Make *generation* the current one, durably and in one step."""
    fresh = folder / f"{POINTER}.new"
    fresh.write_text(generation_file(folder, generation).name + "\n", encoding="ascii")
    sync(fresh)
    _replace(fresh, folder / POINTER)
    sync(folder)


def sync(path: Path) -> None:
    """Have the operating system write *path* (a file or a folder) to disk now."""
    if path.is_dir() and os.name == "nt":
        return
    # Windows flushes only handles that may write.
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(source: Path, target: Path) -> None:
    """`os.replace`, patient with Windows, where a reader's open handle refuses it for a moment."""
    for attempt in range(_ATTEMPTS):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.02)
        else:
            return


def sweep(folder: Path) -> None:
    """Remove what a crashed writer left behind. Call only while holding the writer's lock."""
    for pattern in ("*.part", "*.part.wal", f"{POINTER}.new"):
        for leftover in folder.glob(pattern):
            leftover.unlink(missing_ok=True)
    for scratch in folder.glob("scratch-*"):
        for file in scratch.iterdir():
            file.unlink(missing_ok=True)
        scratch.rmdir()


def prune(folder: Path, lineage: list[int]) -> None:
    """Remove every generation that is not in *lineage* (the ones kept for undo)."""
    for generation in generations(folder):
        if generation not in lineage:
            # Windows refuses while a reader has it open: the next publication tries again.
            with contextlib.suppress(PermissionError):
                generation_file(folder, generation).unlink(missing_ok=True)
