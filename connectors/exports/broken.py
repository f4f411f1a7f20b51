"""Lines that are no rows of the table: remarks, totals cut short, damaged ones; and the proof that none got lost."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from connectors.exports import expressions as sql
from connectors.exports.sample import records, refuse_wide
from connectors.exports.totals import FOOTER, REJECTED, TOTAL
from core.errors import FileError
from core.remarks import _

if TYPE_CHECKING:
    from connectors.exports.members import Member
    from connectors.exports.staging import Staging
    from warehouse.merge import Runner

SHORT_LINE: Final = "MISSING COLUMNS"
LONG_LINE: Final = "TOO MANY COLUMNS"
VAST_LINE: Final = "LINE SIZE OVER MAXIMUM"
LONGEST: Final = 2 << 20
"""Bytes of the longest line that is read."""
LEFT_OUT: Final = "…"
"""Stands in the reject log for cells that are not loaded: they may be somebody's address or words."""
REMARKS: Final = 20
"""Lines of another width that any file may have; more of them than rows means that the header misleads."""
_LETTERS: Final = re.compile(r"[^\W\d_]")
_REASONS: Final = {SHORT_LINE: sql.TOO_FEW, LONG_LINE: sql.TOO_MANY, VAST_LINE: sql.TOO_LONG}


def refuse_vast_lines(member: Member, staging: Staging) -> None:
    """Raise FileError when a line has more cells than any export: the database would take minutes over it."""
    if member.survey.has_long_line:
        with member.text.open(encoding="utf-8", newline="") as file:
            for line, cells in enumerate(records(file, staging.table.delimiter), start=1):
                refuse_wide(member.name, line, len(cells))


def sort_broken_lines(runner: Runner, member: Member, staging: Staging, kept: int) -> int:
    """The table ``broken`` (line, kind, reason, raw) of lines that are no rows; totals among them rejoin the *kept*.

    Returns how many did. Raises FileError when nobody can say what the lines are.
    """
    runner.run("CREATE OR REPLACE TEMP TABLE broken (line BIGINT, kind VARCHAR, reason VARCHAR, raw VARCHAR)")
    found = runner.run(
        "SELECT line, min(error_type::VARCHAR), min(csv_line) FROM reject_errors GROUP BY line ORDER BY line"
    )
    if len(found) > REMARKS + kept:
        message = _("{file}: most lines do not have the {n} cells that its header has.")
        raise FileError(
            message.format(file=member.name, n=staging.table.width),
            _("Download it again, without opening it in another program in between."),
        )
    totals = []
    for line, error, text in found:
        raw = _as_it_stood(member, error, text.strip("\r\n"))
        _refuse_open_quotes(member, line, error, raw)
        cells = next(csv.reader([raw], delimiter=staging.table.delimiter), [])
        kind, reason = _kind(staging, cells, error)
        if kind == TOTAL:
            if error == LONG_LINE:
                named = next(iter(staging.table.entity_cells()), 0)
                cells = [cells[-1] if place == named else cell for place, cell in enumerate(cells[:-1])]
            totals.append((cells + [""] * staging.table.width)[: staging.table.width])
        else:
            runner.run("INSERT INTO broken VALUES (?, ?, ?, ?)", [line, kind, reason, raw])
    if totals:
        _rejoin(runner, staging, totals)
    _account_for_every_line(runner, member, staging, kept + len(found))
    return len(totals)


def _as_it_stood(member: Member, error: str, raw: str) -> str:
    """The line *raw*; of one that is longer than what is read at a time the database gives none, or that before it."""
    is_another = error not in _REASONS and '"' not in raw and member.survey.has_long_line
    return LEFT_OUT if is_another else raw


def _refuse_open_quotes(member: Member, line: int, error: str, raw: str) -> None:
    """Raise FileError when a quotation mark swallows the lines after it: whatever they were, they are no rows now."""
    if error not in _REASONS and "\n" in raw:
        message = _(
            "{file}: a quotation mark in line {line} is not closed, so the lines after it cannot be told apart."
        )
        raise FileError(
            message.format(file=member.name, line=line),
            _("Download it again; the file was probably cut off or edited."),
        )


def _kind(staging: Staging, cells: list[str], error: str) -> tuple[str, str | None]:
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    totals = staging.table.declared.totals
    # A label stands among the first cells, or in a cell of its own behind the last column.
    places = {SHORT_LINE: filled[:4], LONG_LINE: filled[-1:] if len(cells) == staging.table.width + 1 else []}
    if totals.leading and any(map(_LETTERS.search, filled[1:])):
        places = {}
    if any(totals.labels.search(cell) for cell in places.get(error, ())):
        return TOTAL, None
    # A remark below the table: a copyright line, "No data available.".
    if not filled or (error == SHORT_LINE and len(filled) == 1 and not filled[0][:1].isdigit()):
        return FOOTER, None
    return REJECTED, _REASONS.get(error, sql.BROKEN_QUOTES)


def _rejoin(runner: Runner, staging: Staging, rows: list[list[str]]) -> None:
    """Read totals rows that lack their last cells, or have one more, like the others."""
    cells = [f"c{index}" for index in range(staging.table.width)]
    columns = ", ".join(f"{cell} VARCHAR" for cell in cells)
    runner.run(f"CREATE OR REPLACE TEMP TABLE short ({columns})")
    for row in rows:
        marks = ", ".join("?" for _ in row)
        runner.run(f"INSERT INTO short VALUES ({marks})", [cell or None for cell in row])
    runner.run(f"INSERT INTO records {staging.select('short')}")


def _account_for_every_line(runner: Runner, member: Member, staging: Staging, seen: int) -> None:
    """Count empty lines as footers. Raises FileError when the database saw other lines than are in the file.

    Where each line of the file is a record, their number is proof enough; otherwise the records are counted again.
    """
    skip = staging.table.skip_lines
    if member.survey.lines == skip + seen:
        return
    with member.text.open(encoding="utf-8", newline="") as file:
        widths = [len(cells) for cells in records(file, staging.table.delimiter)]
    empty = [line for line, width in enumerate(widths, start=1) if line > skip and not width]
    if len(widths) - len(empty) - skip != seen:
        _refuse_longer_lines(member)
        message = _("{file}: {n} lines were read where there are {there}, so its quotation marks are not in order.")
        raise FileError(
            message.format(file=member.name, n=seen, there=len(widths) - len(empty) - skip), _("Download it again.")
        )
    for line in empty:
        runner.run("INSERT INTO broken VALUES (?, ?, NULL, '')", [line, FOOTER])


def _refuse_longer_lines(member: Member) -> None:
    """Raise FileError for the first line that is longer than any that is read: the database may lose it in silence."""
    with member.text.open("rb") as file:
        found = ((line, len(text)) for line, text in enumerate(file, start=1) if len(text) > LONGEST)
        line, size = next(found, (0, 0))
    if line:
        message = _("{file}: line {line} has {size} MB, and no line of more than {most} MB is read.")
        raise FileError(
            message.format(file=member.name, line=line, size=round(size / 2**20, 1), most=LONGEST >> 20),
            _("Download it again; the file was probably cut off or edited."),
        )
