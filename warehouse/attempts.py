"""Files that brought no row: what is said of them, kept beside the snapshots, which they leave as they are.

An attempt is no state of the data: it is no step to go back, and going back does not take it along. The lines of the
load log are in one file, the rows that an attempt rejected in one of its own.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from warehouse.datasets import LOADS, REJECTS
from warehouse.generations import patiently, sync
from warehouse.schema import listed, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from warehouse.loads import Load

    Entry = dict[str, Any]

FILE: Final = "attempts.json"
FOLDER: Final = "attempts"
_PARQUET: Final = b"PAR1"
_SHAPE: Final = json.dumps([{column.name: column.type.value for column in LOADS.columns}])
_SAYS: Final = ("status", "remarks", "format", "dataset")
"""What of another attempt at the same file would be news."""


def logged(folder: Path) -> str:
    """The relation of the whole load log: what the snapshot has, and the attempts at what is not in it."""
    tried = _text(folder)
    names = listed(LOADS.by_name)
    return f"""(SELECT {names} FROM loads UNION ALL
        SELECT {names} FROM (SELECT unnest(from_json({literal(tried)}, {literal(_SHAPE)}), recursive := true))
        WHERE sha256 = '' OR sha256 NOT IN (SELECT sha256 FROM loads WHERE sha256 IS NOT NULL))"""


def rejected(folder: Path) -> str:
    """The relation of all rejected rows: those of the snapshot, and those of the attempts that the load log tells."""
    names = listed(REJECTS.by_name)
    files = [file for entry in _read(folder) if _is_whole(file := _rejects(folder, entry["load_id"]))]
    if not files:
        return REJECTS.name
    paths = ", ".join(literal(str(file)) for file in files)
    return f"""(SELECT {names} FROM {REJECTS.name} UNION ALL SELECT {names} FROM read_parquet([{paths}])
        WHERE load_id IN (SELECT load_id FROM {logged(folder)}))"""


def stamp(folder: Path) -> int:
    """What tells the attempts of now from those of another time; 0 while there are none."""
    try:
        return (folder / FILE).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def last_number(folder: Path) -> int:
    """The highest number that an attempt has."""
    return max((entry["load_id"] for entry in _read(folder)), default=0)


def keep(folder: Path, tried: Iterable[tuple[Load, Path | None]], last: int) -> None:
    """Keep what was *tried*, with the files of its rejected rows, in place of earlier attempts at the same files.

    What has no number gets one after the *last*. Only the writer of *folder* may. What says the same as before stays as
    it was; rows that were rejected once more may be other ones.
    """
    before = {_file(entry): entry for entry in _read(folder)}
    entries = dict(before)
    for number, (load, rejects) in enumerate(tried, start=last + 1):
        entry = _entry(load, load.load_id or number)
        known = before.get(_file(entry))
        if known is None or rejects or any(known.get(name) != entry[name] for name in _SAYS):
            entries.pop(_file(entry), None)
            entries[_file(entry)] = entry
            if rejects:
                _keep_rejects(folder, entry["load_id"], rejects)
    if entries != before:
        _write(folder, list(entries.values()))
        _sweep(folder, before, entries)


def forget(folder: Path) -> None:
    """Keep nothing of what was tried."""
    (folder / FILE).unlink(missing_ok=True)
    shutil.rmtree(folder / FOLDER, ignore_errors=True)


def _rejects(folder: Path, number: int) -> Path:
    """Where the rejected rows of the attempt *number* are, if it has any."""
    return folder / FOLDER / f"{number:06}.parquet"


def _is_whole(file: Path) -> bool:
    """Whether *file* begins and ends as Parquet does; of one that is damaged the rows are lost, and nothing else."""
    try:
        with file.open("rb") as content:
            first = content.read(len(_PARQUET))
            last = content.seek(-len(_PARQUET), os.SEEK_END)
            return last > len(_PARQUET) and first == content.read() == _PARQUET
    except OSError:
        return False


def _keep_rejects(folder: Path, number: int, rejects: Path) -> None:
    kept = _rejects(folder, number)
    kept.parent.mkdir(exist_ok=True)
    part = kept.with_suffix(".part")
    shutil.copyfile(rejects, part)
    sync(part)
    patiently(lambda: part.replace(kept))


def _sweep(folder: Path, *known: Mapping[tuple[str, str], Entry]) -> None:
    """Take away rejected rows of attempts that are not *known*, now or to whoever began to read a moment ago."""
    numbers = {entry["load_id"] for entries in known for entry in entries.values()}
    kept = {_rejects(folder, number) for number in numbers}
    for file in (folder / FOLDER).glob("*"):
        if file not in kept:
            # Windows keeps what somebody reads; the next sweep takes it.
            with suppress(PermissionError):
                file.unlink(missing_ok=True)


def _file(entry: Entry) -> tuple[str, str]:
    """What tells the file of an *entry*: its name and its bytes."""
    return entry["name"], entry["sha256"]


def _entry(load: Load, number: int) -> Entry:
    values = {**load.values(), "load_id": number}
    # A moment is a date, too.
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _read(folder: Path) -> list[Entry]:
    found: list[Entry] = json.loads(_text(folder))
    return found


def _text(folder: Path) -> str:
    """The entries as JSON; those of a file that is damaged are lost, and the data is not."""
    try:
        text = patiently(lambda: (folder / FILE).read_text(encoding="utf-8"))
        return text if isinstance(json.loads(text), list) else "[]"
    except (FileNotFoundError, ValueError):
        return "[]"


def _write(folder: Path, entries: list[Entry]) -> None:
    fresh = folder / f"{FILE}.part"
    fresh.write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    sync(fresh)
    patiently(lambda: fresh.replace(folder / FILE))
