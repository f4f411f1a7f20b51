"""JSON that a tool exports, laid out as a table: a format's declaration says which list holds the rows."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LARGEST: Final = 256 << 20
FROM_THE_TOP: Final = "/"
LOOKED_UP: Final = " > "


@dataclass(frozen=True)
class JsonTable:
    """The list *rows* of a document as a table: *columns* are headers, each with the path to its value.

    A path is names with dots between them, from the row or, after a ``/``, from the top. Of a list all members count,
    separated by commas. ``idList > lists.name`` looks an id up in a list of the document.
    """

    rows: str
    columns: dict[str, str]

    def fits(self, document: object) -> bool:
        """Whether *document* has all the lists that the paths lead through."""
        needed = {self.rows, *(path.split(LOOKED_UP)[1].split(".")[0] for path in self.columns.values() if ">" in path)}
        return isinstance(document, dict) and all(isinstance(document.get(name), list) for name in needed)

    def lines(self, document: dict[str, Any]) -> Iterator[list[str]]:
        """The header, and a line for each row."""
        yield list(self.columns)
        found = {path: _index(document, path) for path in self.columns.values() if LOOKED_UP in path}
        for row in document[self.rows]:
            yield [", ".join(_texts(row, document, path, found.get(path, {}))) for path in self.columns.values()]


def _index(document: dict[str, Any], path: str) -> dict[str, Any]:
    """The members of the list that *path* looks ids up in, by their ids."""
    name = path.split(LOOKED_UP)[1].split(".", maxsplit=1)[0]
    return {str(entry.get("id")): entry for entry in document[name] if isinstance(entry, dict)}


def _texts(row: object, document: object, path: str, found: dict[str, Any]) -> list[str]:
    if path.startswith(FROM_THE_TOP):
        return _texts(document, document, path.removeprefix(FROM_THE_TOP), {})
    first, _mark, second = path.partition(LOOKED_UP)
    values = list(_values(row, first.split(".")))
    if second:
        names = second.split(".")[1:]
        values = [value for key in values for value in _values(found.get(str(key)), names)]
    return [text for text in map(_text, values) if text]


def _values(value: object, names: list[str]) -> Iterator[object]:
    """What the path *names* leads to from *value*, through every member of the lists on the way."""
    if isinstance(value, list):
        for member in value:
            yield from _values(member, names)
    elif not names:
        yield value
    elif isinstance(value, dict):
        yield from _values(value.get(names[0]), names[1:])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, dict) else " ".join(str(value).split())


def document_in(path: Path) -> object:
    """The JSON document in *path*; None when it holds none, or a larger one than can be read whole."""
    with path.open("rb") as file:
        if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
            return None
    if path.stat().st_size > LARGEST:
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def write_table(document: object, tables: Iterable[JsonTable], target: Path) -> bool:
    """Write *document* as the first of *tables* that fits; whether there is one."""
    table = next((table for table in tables if table.fits(document)), None)
    if table is None or not isinstance(document, dict):
        return False
    with target.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(table.lines(document))
    return True
