"""What was last read of each tab, kept in the home: to tell what changed since, and which columns are gone."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from connectors.exports.formats import BELOW_A_TABLE
from connectors.plan.tables import TABLES
from core.remarks import _, ngettext
from warehouse.contract import Type

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.config import Home, Source
    from warehouse.contract import Dataset

_TIMES: Final = (Type.DAY, Type.MOMENT)
STATE: Final = "tabs.json"


@dataclass(frozen=True)
class Reading:
    """One reading of a tab: which column is where in the file *name*, and below how many lines its rows begin."""

    dataset: str
    sha256: str
    skip: int
    columns: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its file: readings of different texts never share one."""
        return f"{self.sha256}.csv"


class Memory:
    """The folder of one source in the home."""

    def __init__(self, home: Home, source: Source) -> None:
        """Nothing is read or made yet."""
        readable = re.sub(r"\W+", "_", source.name)[:40]
        self.folder = home.path / "fetched" / f"{readable}-{hashlib.sha256(source.name.encode()).hexdigest()[:8]}"

    def readings(self) -> dict[str, Reading]:
        """The last readings that reached the warehouse, by title; none when they are gone or damaged."""
        try:
            document = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
            return {title: Reading(**entry) for title, entry in document.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def keep(self, readings: dict[str, Reading]) -> None:
        """Remember these *readings*, and forget the texts of all others."""
        self.folder.mkdir(parents=True, exist_ok=True)
        written = self.folder / f"{STATE}.part"
        document = {title: asdict(reading) for title, reading in readings.items()}
        written.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        written.replace(self.folder / STATE)
        needed = {reading.name for reading in readings.values()}
        for file in self.folder.glob("*.csv"):
            if file.name not in needed:
                file.unlink(missing_ok=True)


@dataclass(frozen=True)
class Changes:
    """Rows that are new, changed and gone since the last reading."""

    added: int
    changed: int
    gone: int

    def sentences(self, dataset: Dataset) -> list[str]:
        """What changed, in words."""
        counts = {
            ngettext("{n} row added", "{n} rows added", self.added): self.added,
            ngettext("{n} row changed", "{n} rows changed", self.changed): self.changed,
            ngettext("{n} row gone", "{n} rows gone", self.gone): self.gone,
        }
        changes = ", ".join(text.format(n=count) for text, count in counts.items() if count)
        if not changes:
            return [_("Since the last reading only the order, the header or its sums changed.")]
        told = [_("Since the last reading: {changes}.").format(changes=changes)]
        if self.gone and dataset.name not in TABLES:
            told.append(_("Rows that are gone from the tab stay in Kokpit."))
        return told


def changes_between(folder: Path, old: Reading, new: Reading, dataset: Dataset) -> Changes | None:
    """How *new* differs from *old*, rows told apart by the key of *dataset*; None when a text is gone.

    Rows that share a key count one by one.
    """
    names = sorted({*old.columns, *new.columns})
    try:
        before, after = (_by_key(folder / reading.name, reading, names, dataset) for reading in (old, new))
    except OSError:
        return None
    none: Counter[Row] = Counter()
    added = sum(max(rows.total() - before.get(key, none).total(), 0) for key, rows in after.items())
    gone = sum(max(rows.total() - after.get(key, none).total(), 0) for key, rows in before.items())
    differing = sum((rows - before.get(key, none)).total() for key, rows in after.items() if rows != before.get(key))
    return Changes(added, differing - added, gone)


Row = tuple[str, ...]


def _by_key(file: Path, reading: Reading, names: Sequence[str], dataset: Dataset) -> dict[Row, Counter[Row]]:
    """The rows in *file* by their key; its sums are no rows."""
    places = [reading.columns.get(name, -1) for name in names]
    keys = [index for index, name in enumerate(names) if name in dataset.key]
    times = [index for index, name in enumerate(names) if dataset.by_name[name].type in _TIMES]
    found: dict[Row, Counter[Row]] = {}
    with file.open(encoding="utf-8", newline="") as text:
        for cells in list(csv.reader(text))[reading.skip :]:
            row = tuple(cells[place] if place >= 0 else "" for place in places)
            if any(row) and not (BELOW_A_TABLE.is_sum(cells) and not any(row[index] for index in times)):
                found.setdefault(tuple(row[index] for index in keys), Counter())[row] += 1
    return found
