"""The tables of a file that no format knows: where their header is, and rows below it."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from connectors.exports.alongside import readings
from connectors.exports.headers import skeleton
from connectors.exports.members import members_of
from connectors.exports.sample import DELIMITERS, HEADER_WITHIN, first_records, head_text
from connectors.exports.shapes import is_day, is_number
from core.errors import FileError
from core.remarks import _

if TYPE_CHECKING:
    from connectors.exports.members import Member

LOOKED_AT: Final = 400
NARROWEST: Final = 2
FILLED: Final = 0.7
"""The share of a header's cells that are filled at least: titles above a table fill fewer."""


@dataclass(frozen=True)
class Sample:
    """One table: the *name* of its file or sheet, its headers (each spelling once), and the first rows below them."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cells(self, header: str) -> list[str]:
        """The cells below *header*."""
        place = self.headers.index(header)
        return [row[place] for row in self.rows]


def samples_of(path: Path) -> list[Sample]:
    """The tables in *path*. Raises FileError when it cannot be opened or holds none."""
    with tempfile.TemporaryDirectory(prefix="kokpit-") as work:
        members = [member for member in members_of(path, Path(work)) if not member.refusal]
        found = [sample for sample in map(sample_of, members) if sample]
    if not found:
        message = _("{file} holds no table: no row of headers with rows below it.").format(file=path.name)
        raise FileError(message, _("Save the table as CSV or XLSX, with the names of the columns in its first row."))
    return found


def sample_of(member: Member) -> Sample | None:
    """The table in *member*; None when no row can be its header."""
    text = head_text(member.text)
    tables = [_table(first_records(member.name, text, delimiter, LOOKED_AT)) for delimiter in DELIMITERS]
    best = max(tables, key=lambda rows: len(rows[0]) if rows else 0)
    if not best or len(best[0]) < NARROWEST:
        return None
    # Of tables beside each other the widest.
    header, _alongside = max(readings(best), key=lambda reading: sum(map(bool, reading[0])))
    bones = list(map(skeleton, header))
    places = [place for place, bone in enumerate(bones) if bone and bones.index(bone) == place]
    headers, *rows = (tuple(cells[place].strip() for place in places) for cells in best)
    rows = [row for row in rows if any(row)]
    return Sample(Path(member.name).stem, headers, tuple(rows))


def _table(rows: list[list[str]]) -> list[list[str]]:
    """The header and the rows below it that are as wide; nothing where the rows do not agree on a width."""
    widths = Counter(len(cells) for cells in rows if len(cells) >= NARROWEST)
    if not widths:
        return []
    # Of widths that are equally usual the greater one: a text cut at a mark it does not use is one cell wide.
    width = max(widths, key=lambda wide: (widths[wide], wide))
    if widths[width] * 2 < sum(map(any, rows)):
        return []
    start = next((place for place, cells in enumerate(rows[:HEADER_WITHIN]) if _may_be_header(cells, width)), None)
    if start is None or _is_data(rows[start : start + 2]):
        return []
    below = [cells for cells in rows[start + 1 :] if len(cells) == width and any(map(str.strip, cells))]
    return [[*rows[start], *[""] * (width - len(rows[start]))][:width], *below]


def _is_data(rows: list[list[str]]) -> bool:
    """Whether the first of two *rows* holds a day above a day."""
    first, *below = rows
    return any(is_day(cell) and is_day(under) for second in below for cell, under in zip(first, second, strict=False))


def _may_be_header(cells: list[str], width: int) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    values = sum(is_day(cell) or is_number(cell) for cell in filled)
    return len(filled) >= max(NARROWEST, FILLED * width) and values * 2 < len(filled)
