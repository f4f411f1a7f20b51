"""Another table alongside the first one, behind a blank column: told, and none of it is read as the first. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from connectors.exports.headers import skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

NARROWEST: Final = 2
MOST_ROWS: Final = 5_000


@dataclass(frozen=True)
class Alongside:
    """Where another table stands, and its headings; *joined* where it may as well be a part of the first one."""

    columns: range
    headers: tuple[str, ...]
    joined: bool = False

    @property
    def column(self) -> str:
        """The name that spreadsheets give its first column: 27 is ``AA``."""
        return letters(self.columns.start + 1)


def letters(column: int) -> str:
    """The name of the column with this number, 1-based."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def has_gap(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column between others is blank in all *rows*."""
    return len(_groups(rows)) > 1


def readings(rows: Sequence[Sequence[str]]) -> list[tuple[list[str], tuple[Alongside, ...]]]:
    """The ways to read *rows*, headings first: the headings of one table each, with what stands alongside it."""
    groups = _groups(rows)
    if len(groups) < NARROWEST:
        return [(list(rows[0]), ())]
    found = []
    for main in groups:
        others = [_beside(rows, main, group) for group in groups if group != main and len(group) >= NARROWEST]
        apart = {place for other in others if not other.joined for place in other.columns}
        header = ["" if place in apart else cell for place, cell in enumerate(rows[0])]
        if any(map(str.strip, header)) and (header, tuple(others)) not in found:
            found.append((header, tuple(others)))
    return found


def _groups(rows: Sequence[Sequence[str]]) -> list[range]:
    """The columns that something stands in, side by side."""
    filled = sorted({place for row in rows for place, cell in enumerate(row) if cell and not cell.isspace()})
    starts = [place for place in filled if place - 1 not in set(filled)]
    ends = [place + 1 for place in filled if place + 1 not in set(filled)]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def _beside(rows: Sequence[Sequence[str]], main: range, other: range) -> Alongside:
    """What *other* columns are to the *main* ones.

    Another table has some of the same headings, or ends further below, or ends above although filled from the top.
    """
    heads = [{skeleton(cell) for cell in _cells(rows[0], group) if cell.strip()} for group in (main, other)]
    ours, theirs = ({line for line, row in enumerate(rows[1:]) if any(_cells(row, group))} for group in (main, other))
    above, below = max(theirs, default=-1) < max(ours, default=-1), max(theirs, default=-1) > max(ours, default=-1)
    is_other = bool(heads[0] & heads[1]) or below or (above and theirs == set(range(len(theirs))) != set())
    first = next((row for row in rows if any(_cells(row, other))), ())
    return Alongside(other, tuple(filter(None, _cells(first, other))), joined=not is_other)


def _cells(row: Sequence[str], columns: range) -> list[str]:
    return [cell.strip() for cell in row[columns.start : columns.stop]]
