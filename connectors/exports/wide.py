"""Tables with a column for each day, made long: a row for each day, before anything else reads them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from connectors.exports.sample import head_text, records
from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

KEYS: Final = frozenset({"name", "header", "value", "above", "ignored", "skip"})
LARGEST: Final = 64 << 20
HEADER_WITHIN: Final = 20
DELIMITERS: Final = ",\t;"


@dataclass(frozen=True)
class Wide:
    """How a table with a column for each day is told and read.

    *name* is the header of the column that names the rows. A *header* of a day has the group ``day``; ``part`` says
    which of several columns of the day it is, and every further group, like those of a line *above*, becomes a column
    of its own. The main column of a day becomes *value*. Headers *ignored* are dropped; a cell of *skip* says that
    nobody looked on that day.
    """

    name: str
    header: re.Pattern[str]
    value: str
    above: re.Pattern[str] | None = None
    ignored: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()

    @classmethod
    def read(cls, place: str, table: dict[str, Any]) -> Wide:
        """The declaration in *table*. Raises ConfigurationError naming *place* and the key that is not known."""
        for key in table.keys() - KEYS:
            message = f"{place}: the key {key!r} is not known."
            raise ConfigurationError(message, f"Known keys: {', '.join(sorted(KEYS))}.")
        above = re.compile(table["above"]) if "above" in table else None
        lists = (frozenset(table.get(key, ())) for key in ("ignored", "skip"))
        return cls(table["name"], re.compile(table["header"]), table["value"], above, *lists)

    def is_header(self, cells: list[str]) -> bool:
        """Whether *cells* name the rows and at least one day."""
        headers = [cell.strip() for cell in cells]
        missing = self.ignored - set(headers)
        return self.name in headers and not missing and any(map(self.header.match, headers))


def made_long(text: Path, target: Path, declared: Iterable[Wide]) -> bool:
    """Write the wide table in *text* as a long one into *target*; False when it is none that is *declared*."""
    head = head_text(text)
    known = [wide for wide in declared if wide.name in head]
    for delimiter in DELIMITERS if known and text.stat().st_size <= LARGEST else "":
        first = islice(records(StringIO(head, newline=""), delimiter), HEADER_WITHIN)
        found = [(place, wide) for place, cells in enumerate(first) for wide in known if wide.is_header(cells)]
        for place, wide in found[:1]:
            with text.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8") as out:
                rows = list(records(file, delimiter))
                csv.writer(out, lineterminator="\n").writerows(_long(wide, rows, place))
            return True
    return False


def _long(wide: Wide, rows: list[list[str]], place: int) -> Iterator[list[str]]:
    """The header and a row for each name and day."""
    headers = [cell.strip() for cell in rows[place]]
    dated = {index: match for index, header in enumerate(headers) if (match := wide.header.match(header))}
    kept = [i for i, header in enumerate(headers) if header and i not in dated and header not in wide.ignored]
    said = _said_above(wide, rows[:place])
    further = sorted({name for match in dated.values() for name in match.groupdict()} - {"day", "part"})
    parts = sorted({part for match in dated.values() if (part := match.groupdict().get("part"))})
    yield [*(headers[i] for i in kept), "Day", *further, *said, wide.value, *parts]
    days: dict[tuple[str, ...], dict[str, int]] = {}
    for index, match in dated.items():
        groups = match.groupdict()
        key = (groups["day"], *(groups[name] or "" for name in further))
        days.setdefault(key, {})[groups.get("part") or ""] = index
    for row in rows[place + 1 :]:
        cells = [cell.strip() for cell in row] + [""] * (len(headers) - len(row))
        for key, columns in days.items() if any(cells) else ():
            values = [cells[columns[part]] if part in columns else "" for part in ("", *parts)]
            if values[0] not in wide.skip:
                yield [*(cells[i] for i in kept), *key, *said.values(), *values]


def _said_above(wide: Wide, rows: list[list[str]]) -> dict[str, str]:
    """What the groups of a line above the table say."""
    for cells in rows if wide.above else ():
        match = wide.above.search(", ".join(cells)) if wide.above else None
        if match:
            return match.groupdict()
    return {}
