"""Files that brought no row: what the load log says of them, kept beside the snapshots, which they leave as they are.

An attempt is no state of the data: it is no step to go back, and going back does not take it along.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from warehouse.datasets import LOADS
from warehouse.generations import patiently, sync
from warehouse.schema import listed, literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warehouse.loads import Load

    Entry = dict[str, Any]

FILE: Final = "attempts.json"
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


def stamp(folder: Path) -> int:
    """What tells the attempts of now from those of another time; 0 while there are none."""
    try:
        return (folder / FILE).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def last_number(folder: Path) -> int:
    """The highest number that an attempt has."""
    return max((entry["load_id"] for entry in _read(folder)), default=0)


def keep(folder: Path, tried: Iterable[Load], last: int) -> None:
    """Keep what was *tried*, with numbers after the *last*, in place of earlier attempts at the same files.

    Only the writer of *folder* may. What says the same as before stays as it was.
    """
    before = {_file(entry): entry for entry in _read(folder)}
    entries = dict(before)
    for number, load in enumerate(tried, start=last + 1):
        entry = _entry(load, number)
        known = before.get(_file(entry))
        if known is None or any(known.get(name) != entry[name] for name in _SAYS):
            entries.pop(_file(entry), None)
            entries[_file(entry)] = entry
    if entries != before:
        _write(folder, list(entries.values()))


def forget(folder: Path) -> None:
    """Keep nothing of what was tried."""
    (folder / FILE).unlink(missing_ok=True)


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
