"""Files and tables that bring no row: why, as it is told, and what the load log keeps of them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from connectors.exports.fingerprints import fingerprint
from connectors.exports.formats import formats
from connectors.exports.notes import passed_over
from connectors.exports.results import EMPTY, FAILED, LOADED, REFUSED, FileResult, in_words, loaded_sentence
from connectors.plan.by_hand import PlanError
from core.errors import FileError
from core.remarks import _, joined, ngettext, written
from warehouse import attempts
from warehouse.loads import Load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.exports.binding import Table
    from connectors.exports.members import Member
    from core.errors import KokpitError
    from warehouse.loads import Held
    from warehouse.writer import Writer


EACH_TOTAL: Final = "{column} {declared}"


def refused(place: Member | Path, error: KokpitError, table: Table | None = None) -> FileResult:
    """That nothing of *place*, a file or a *table* in one, is in, and why."""
    status = REFUSED if isinstance(error, FileError) else FAILED
    label = in_words(place) if isinstance(place, Path) else place.label
    result = FileResult(label, status, message=error.message, next_step=error.next_step, kind=error.kind)
    result.notes = error.mistakes if isinstance(error, PlanError) else []
    if table:
        result.format, result.dataset = table.declared.name, table.declared.dataset
        result.next_step = joined([error.next_step, *passed_over(table)])
    return identified(result, place)


def identified(result: FileResult, place: Member | Path) -> FileResult:
    """*result* with the name and the bytes of *place*, by which the load log knows it."""
    if not isinstance(place, Path):
        result.name, result.sha256 = place.log_name, place.sha256
    elif os.path.exists(place):  # noqa: PTH110 - a path asks for the right to look, and fails without it
        result.name, result.sha256 = in_words(Path(place.name)), _fingerprint(place)
    return result


def _fingerprint(file: Path) -> str:
    """The fingerprint of *file*; "" where it cannot be read to its end."""
    try:
        return fingerprint(file) if file.is_file() else ""
    except OSError:
        return ""


def unchanged(result: FileResult, known: Load, held: Held) -> FileResult:
    """The same bytes were loaded before: each row is there already or, as *held* knows, gave way, then or since."""
    gone = held.gave_way(known)
    gave_way = gone + held.kept_out(known)
    result.repeated, result.account, result.gave_way = True, known.account, gave_way
    result.rows_read, result.rows_total = known.rows_read, known.rows_total
    result.rows_rejected = known.rows_rejected + gone
    result.rows_replaced = known.rows_loaded + known.rows_replaced - gone
    result.first_day, result.last_day = known.first_day, known.last_day
    result.lines_preamble, result.lines_footer = known.lines_preamble, known.lines_footer
    result.message = _("This file was loaded before, as {name}; nothing changed.").format(name=known.name)
    if gave_way:
        told = ngettext(
            "Exports that count as newer stand in place of {n} of its rows.",
            "Exports that count as newer stand in place of {n} of its rows.",
            gave_way,
        )
        result.message = joined([result.message, told.format(n=gave_way)])
        result.next_step = load_anyway()
    return result


def load_anyway() -> str:
    """What to do where other exports stand in place of rows, and should not."""
    return _("If this file is the right one, load it with {option}.").format(option="--again")


def without_rows(result: FileResult, member: Member) -> FileResult:
    """A table that has no rows: empty, unless its own totals say that there should be some."""
    declared = [
        _(EACH_TOTAL).format(column=control.called, declared=control.declared)
        for control in result.control
        if control.declared
    ]
    if not declared:
        result.status = EMPTY
        result.message = loaded_sentence(result)
        return result
    result.status, result.kind = REFUSED, FileError.kind
    text = _("{file}: its totals declare something ({totals}), but it has no rows that they are made of.")
    result.message = text.format(file=member.name, totals=declared)
    result.next_step = _("Download it again with its rows, not with its totals alone.")
    return result


def described(result: FileResult, table: Table, rows: list[list[str]]) -> FileResult:
    """A table that says how those beside it were made."""
    text = "; ".join(": ".join(cell for cell in row[:2] if cell) for row in rows).removesuffix(".")
    result.status, result.lines_preamble, result.lines_footer = EMPTY, table.skip_lines, len(rows)
    result.message = _("It says how the tables beside it were made: {text}.").format(text=text)
    return result


def set_aside(result: FileResult, table: Table, rows: list[list[str]]) -> FileResult:
    """A table that is known, and known to have nothing that any dataset keeps."""
    result.status, result.lines_preamble, result.lines_footer = EMPTY, table.skip_lines, len(rows)
    result.message = _("“{headers}”: nothing of this table is kept.").format(headers=", ".join(table.headers))
    result.next_step = table.declared.steps_text() if table.declared.steps else ""
    return result


def shown_like(table: Table, beside: list[tuple[Member, Table]]) -> str:
    """The sheet *beside* a hidden one that everybody sees, and that has the same columns as *table*; "" for none."""
    kind = (table.declared.name, table.headers)
    return next((m.sheet for m, other in beside if not m.hidden and (other.declared.name, other.headers) == kind), "")


def hidden_copy(result: FileResult, table: Table, rows: list[list[str]], shown: str) -> FileResult:
    """A hidden sheet, which must not silently speak against the one that is *shown*."""
    result.status, result.lines_preamble, result.lines_footer = EMPTY, table.skip_lines, len(rows)
    result.message = _("It is hidden, and has the columns of the sheet “{sheet}” that is shown: nothing of it is kept.")
    result.message = result.message.format(sheet=shown)
    result.next_step = _("Show it in the spreadsheet program, save and load again, if it counts.")
    return result


def keep(writer: Writer, results: Sequence[FileResult], began: datetime) -> None:
    """Have the load log tell those of *results* that are refused or empty, with the rows that were rejected.

    An empty table of an archive or a workbook is none where others of it are in: every export of some tools has one.
    """
    there = {_container(result) for result in results if result.status == LOADED}
    tried = [
        (_entry(result, began), result.rejects)
        for result in results
        if result.name
        if result.status == REFUSED or (result.status == EMPTY and _container(result) not in there)
    ]
    if tried:
        attempts.keep(writer.folder, tried, writer.last_load_id())


def _container(result: FileResult) -> str:
    """The name of the file that a table is in."""
    return result.name.partition("/")[0]


def _entry(result: FileResult, began: datetime) -> Load:
    declared = formats().get(result.format or "")
    load = Load(
        source=declared.source if declared else None,
        name=result.name,
        sha256=result.sha256,
        format=result.format,
        dataset=result.dataset,
        started_at=began,
        load_id=result.load_id or 0,
    )
    completed(load, result)
    # An empty load has its state to say so.
    load.remarks = written([result.message, *result.notes] if result.status == REFUSED else [])
    return load


def completed(load: Load, result: FileResult) -> Load:
    """*load* with everything that came of it."""
    for name in ("rows_read", "rows_loaded", "rows_replaced", "rows_rejected", "rows_total", "lines_preamble"):
        setattr(load, name, getattr(result, name))
    load.lines_footer, load.first_day, load.last_day = result.lines_footer, result.first_day, result.last_day
    load.lines_read = result.rows_read + result.lines_preamble + result.lines_footer
    load.control, load.control_differs = result.control_json(), result.control_differs
    load.account = result.account
    load.status, load.message, load.remarks = result.status, result.message, written(result.notes)
    load.finished_at = datetime.now(UTC)
    return load
