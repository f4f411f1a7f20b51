"""A look into a text file: its first rows, and rows from all over it."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from core.errors import FileError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DELIMITERS: Final = ",\t;|"
HEADER_WITHIN: Final = 20
"""How far down a header row may be."""
HEAD: Final = 512 * 1024
BEGINNING: Final = 128 * 1024
PIECES: Final = 24
PIECE: Final = 8 * 1024
WIDEST: Final = 5_000
csv.field_size_limit(1 << 28)


def head_text(path: Path) -> str:
    """The first half megabyte of *path* (UTF-8)."""
    with path.open("rb") as file:
        return file.read(HEAD).decode("utf-8", errors="replace")


def records(lines: Iterator[str] | StringIO, delimiter: str) -> Iterator[list[str]]:
    """The records of *lines*; empty lines are records without cells."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A piece cut out of the middle of a quoted cell; the next line is another chance.
            continue


def first_records(name: str, text: str, delimiter: str, count: int) -> list[list[str]]:
    """The first *count* records of *text*. Raises FileError for a line too wide to be an export."""
    found: list[list[str]] = []
    for cells in records(StringIO(text, newline=""), delimiter):
        refuse_wide(name, len(found) + 1, len(cells))
        found.append(cells)
        if len(found) == count:
            break
    return found


def refuse_wide(name: str, line: int, cells: int) -> None:
    """Raise FileError when a line has more cells than any export."""
    if cells > WIDEST:
        # Of a very long line only the beginning was looked at, so that how many they are is not known.
        message = _("{file}: line {line} has more than {most} cells, as no export has.")
        raise FileError(
            message.format(file=name, line=line, most=WIDEST),
            _("This is not a table. Download the report again."),
        )


def rows_all_over(path: Path, delimiter: str, skip: int, width: int) -> list[list[str]]:
    """Records below the header: all of a small file; of a large one the beginning, and pieces up to the end."""
    return [cells[:width] for cells in _rows(path, delimiter, skip) if len(cells) >= width and not any(cells[width:])]


def _rows(path: Path, delimiter: str, skip: int) -> Iterator[list[str]]:
    size = path.stat().st_size
    text = head_text(path)
    head = list(records(StringIO(text if size <= HEAD else text[:BEGINNING], newline=""), delimiter))
    # The last record of a part may be cut.
    yield from head[skip:] if size <= HEAD else head[skip:-1]
    if size <= HEAD:
        return
    with path.open("rb") as file:
        for position in range(HEAD, size, max((size - HEAD) // PIECES, 1)):
            file.seek(position)
            piece = file.read(PIECE).decode("utf-8", errors="replace").split("\n")
            yield from records((line + "\n" for line in piece[1:-1]), delimiter)
