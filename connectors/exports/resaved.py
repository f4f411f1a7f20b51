"""Comma-separated files that a spreadsheet program took for semicolon-separated ones and saved again."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from connectors.exports.sample import head_text, records

if TYPE_CHECKING:
    from pathlib import Path

FEWEST_CELLS: Final = 5
LOOKED_AT: Final = 20


def is_resaved(path: Path) -> bool:
    """Whether each line of *path* stands in one cell of a semicolon-separated table.

    The header gives it away: one filled cell that is a list of many by commas, in quotes or before empty cells.
    """
    head = head_text(path)
    first = head.split("\n", 1)[0].rstrip("\r")
    if not (first.endswith(";") or (first.startswith('"') and first.endswith('"'))):
        return False
    rows = [
        cells for cells, _ in zip(records(iter(head.splitlines(keepends=True)), ";"), range(LOOKED_AT), strict=False)
    ]
    if not rows or not rows[0] or any(cell.strip() for cell in rows[0][1:]):
        return False
    header = next(csv.reader([rows[0][0]]), [])
    return len(header) >= FEWEST_CELLS and sum(1 for cells in rows if cells and "," in cells[0]) * 2 >= len(rows)


def restore(path: Path, target: Path) -> None:
    """Write the lines of *path* into *target* as they were before: what the semicolons split is joined again."""
    with path.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        for cells in csv.reader(file, delimiter=";"):
            out.write(";".join(cells).rstrip(";") + "\n")
