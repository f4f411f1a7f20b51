"""JSON of any tool: a list of records, alone or within an envelope, laid out as rows of cells. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from core.errors import FileError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST: Final = 256 << 20
JOINED: Final = ", "
_SUFFIXES: Final = (".json", ".jsonl", ".ndjson")
_OPENING: Final = (b"{", b"[")

Record = dict[str, object]


def may_be_json(head: bytes) -> bool:
    """Whether a file that starts with *head* may be JSON."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_OPENING)


def read_records(path: Path) -> list[Record] | None:
    """The records in *path*, as one document or one to a line; None when it is no JSON.

    Raises FileError when they are no single table, or when the file is called JSON and is damaged.
    """
    if path.stat().st_size > LARGEST:
        message = _("{file} is a JSON file of {size} MB: too large to be read at once.")
        raise FileError(
            message.format(file=path.name, size=path.stat().st_size >> 20), _("Export it in parts, or as CSV.")
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if _is_lines(text):
            text = "[" + ",".join(line for line in text.split("\n") if line.strip()) + "]"
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        if path.suffix.lower() in _SUFFIXES:
            raise _damaged(path, error) from None
        return None
    return records_of(document, path.name)


def _damaged(path: Path, error: Exception) -> FileError:
    """The error for a file that is called JSON and is none."""
    message = _("{file} is no whole JSON document: it cannot be read from line {line} on.")
    return FileError(
        message.format(file=path.name, line=getattr(error, "lineno", 1)),
        _("Download it again; the file was probably cut off or edited."),
    )


def _is_lines(text: str) -> bool:
    """Whether each line of *text* is a record of its own, as far as its first two lines tell."""
    first, _end, rest = text.strip().partition("\n")
    return first.strip().startswith("{") and first.strip().endswith("}") and rest.strip().startswith("{")


def records_of(document: object, name: str) -> list[Record]:
    """The one list of records in *document*. Raises FileError that names its lists when there is not exactly one."""
    found = dict(_lists(document, ""))
    if not found and _has_empty_list(document):
        message = _("{file} has a list, but no record in it: there is nothing to load.")
        raise FileError(message.format(file=name), _("Leave it out, or export a longer period."))
    if len(found) != 1:
        message = (
            _("{file} holds no list of records.")
            if not found
            else _("{file} holds several lists of records, which are no single table: {lists}.")
        )
        lists = JOINED.join(sorted(found))
        raise FileError(message.format(file=name, lists=lists), _("Export the one you need on its own, or as CSV."))
    return next(iter(found.values()))


def _has_empty_list(value: object) -> bool:
    return value == [] or (isinstance(value, dict) and any(map(_has_empty_list, value.values())))


def _lists(value: object, path: str) -> Iterator[tuple[str, list[Record]]]:
    """The lists of records in *value*, by where they are; not those within records."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        yield path, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _lists(each, f"{path}.{name}" if path else name)


def rows_of(records: list[Record]) -> Iterator[list[object]]:
    """A header, then a row for each record; what lies within a record is named with dots, lists become one cell."""
    flat = [dict(_flat(record, "")) for record in records]
    headers = list(dict.fromkeys(name for record in flat for name in record))
    yield list(headers)
    for record in flat:
        yield [record.get(name, "") for name in headers]


def _flat(value: Record, path: str) -> Iterator[tuple[str, object]]:
    for name, each in value.items():
        place = f"{path}.{name}" if path else name
        if isinstance(each, dict):
            yield from _flat(each, place)
        else:
            yield place, _cell(each)


def _cell(value: object) -> object:
    """A value as a cell: numbers and yes or no as what they are, everything else as text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return JOINED.join(str(each) for each in value if not isinstance(each, dict | list))
    return value
