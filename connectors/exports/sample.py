"""A look into a text file: its first rows, and rows from all over it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from core.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD: Final = 256 * 1024
PIECES: Final = 16
PIECE: Final = 32 * 1024
WIDEST: Final = 5_000
csv.field_size_limit(1 << 28)


@dataclass(frozen=True)
class Line:
    """One record: its cells, and the physical lines of the file up to its end."""

    cells: list[str]
    ends_at: int


def head_text(path: Path) -> str:
    """The first quarter of a megabyte of *path* (UTF-8)."""
    with path.open("rb") as file:
        return file.read(HEAD).decode("utf-8", errors="replace")


def first_lines(path: Path, text: str, delimiter: str, count: int) -> list[Line]:
    """The first *count* records of *text* cut by *delimiter*. Raises FileError for a line too wide to be an export."""
    found: list[Line] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if len(cells) > WIDEST:
                message = f"{path.name}: line {reader.line_num} has {len(cells)} cells; no export has more than {WIDEST}."
                raise FileError(message, "This is not a table. Download the report again.")
            found.append(Line(cells, reader.line_num))
            if len(found) == count:
                break
    except csv.Error as error:
        message = f"{path.name}: line {reader.line_num} cannot be read: {error}."
        raise FileError(message, "Download the file again.") from error
    return found


def rows_all_over(path: Path, delimiter: str, skip_lines: int, width: int) -> list[list[str]]:
    """Records below the header: all of a small file; of a large one the beginning, and pieces up to the end."""
    return [cells for cells in _rows(path, delimiter, skip_lines) if len(cells) == width]


def _rows(path: Path, delimiter: str, skip_lines: int) -> Iterator[list[str]]:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(HEAD).decode("utf-8", errors="replace")
        body = head.split("\n", skip_lines)
        yield from csv.reader(StringIO(body[-1] if len(body) > skip_lines else "", newline=""), delimiter=delimiter)
        if size <= HEAD:
            return
        step = max((size - HEAD) // PIECES, 1)
        for position in range(HEAD, size, step):
            file.seek(position)
            piece = file.read(PIECE).decode("utf-8", errors="replace").split("\n")
            # The first and the last line of a piece may be cut.
            yield from csv.reader((line + "\n" for line in piece[1:-1]), delimiter=delimiter)
