"""Which report a table is: its delimiter, its header row and the declaration that explains it best."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from connectors.exports.alongside import MOST_ROWS, has_gap, readings
from connectors.exports.binding import Table, bind
from connectors.exports.formats import formats, own_formats
from connectors.exports.headers import skeleton
from connectors.exports.nearest import Attempt, missed, unknown
from connectors.exports.sample import DELIMITERS, HEADER_WITHIN, first_records, head_text
from core.errors import FileError, UnknownFileError, UsageError, suggestion
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors.exports.alongside import Alongside
    from connectors.exports.formats import Format
    from connectors.exports.members import Member

NARROWEST: Final = 2


def recognise(member: Member, wanted: str | None = None, own: Sequence[Format] = ()) -> Table:
    """The best explanation of *member*; only formats named *wanted* when given. Raises FileError, UsageError.

    The home's *own* formats count where none that ships with Kokpit fits.
    """
    if member.refusal:
        raise member.refusal
    candidates = candidates_for(wanted, own)
    text = head_text(member.text)
    tables: list[Table] = []
    attempts: list[Attempt] = []
    for delimiter in DELIMITERS:
        rows = _first_rows(member, text, delimiter)
        for position, cells, alongside in _headers(rows):
            bones = {skeleton(cell.strip()) for cell in cells}
            for declared in (each for each in candidates if not bones.isdisjoint(each.vocabulary)):
                table = bind(declared, cells)
                missing = missed(table) if table else []
                if table and missing:
                    attempts.append(Attempt(table, missing))
                elif table:
                    table.alongside = alongside
                    _place_in(table, delimiter, rows, position)
                    tables.append(table)
    tables = tables or _only_preamble(member, text, candidates)
    if not tables:
        _check_wanted(member, wanted, own)
        raise unknown(member, text, attempts, candidates)
    return _best(tables, {declared.name for declared in own})


def _check_wanted(member: Member, wanted: str | None, own: Sequence[Format]) -> None:
    """Raise FileError where *member*, which is not the format that was *wanted*, is a report of another one."""
    if wanted is None:
        return
    with suppress(UnknownFileError):
        found = recognise(member, own=own).declared.name
        message = _("{file} is {found}, not {wanted}.").format(file=member.name, found=found, wanted=wanted)
        raise FileError(message, _("Load it without --format, or with --format {found}.").format(found=found))


def _first_rows(member: Member, text: str, delimiter: str) -> list[list[str]]:
    """The rows to look at: the first ones, or more where tables may stand beside each other."""
    rows = first_records(member.name, text, delimiter, 2 * HEADER_WITHIN)
    return first_records(member.name, text, delimiter, MOST_ROWS) if has_gap(rows) else rows


def _headers(rows: list[list[str]]) -> Iterator[tuple[int, list[str], tuple[Alongside, ...]]]:
    """Each row that may be the headings of a table, with its number and what stands alongside."""
    gap = has_gap(rows)
    for position, cells in enumerate(rows[:HEADER_WITHIN]):
        for header, alongside in readings(rows[position:]) if gap else [(cells, ())]:
            if len(header) >= NARROWEST:
                yield position, header, alongside


def _best(tables: list[Table], own: set[str]) -> Table:
    """The table that explains most headers; those of the home's *own* formats only when there is no other."""
    shipped = [table for table in tables if table.declared.name not in own]
    best = _fullest(shipped or tables)
    if shipped and len(shipped) < len(tables):
        best.passed_over = tuple(sorted({table.declared.name for table in tables} & own))
    return best


def _fullest(tables: list[Table]) -> Table:
    return max(tables, key=lambda table: (table.known, table.known / max(len(table.headers), 1), -len(table.preamble)))


def _only_preamble(member: Member, text: str, candidates: list[Format]) -> list[Table]:
    """A table without even a header, where a platform writes such files: there was nothing to report."""
    above = first_records(member.name, text, DELIMITERS[0], HEADER_WITHIN)
    told = [declared for declared in candidates if declared.preamble.whole and declared.preamble.whole.fullmatch(text)]
    return [Table(declared, DELIMITERS[0], [], {}, "", above, len(above)) for declared in told]


def _place_in(table: Table, delimiter: str, rows: list[list[str]], position: int) -> None:
    """Where the table starts, and how wide its rows are: some tools end rows, or the header, in delimiters."""
    table.delimiter, table.preamble, table.skip_lines = delimiter, rows[:position], position + 1
    beyond = {cell for cells in rows[position + 1 :] for cell in cells[len(table.headers) :]}
    widths = Counter(len(cells) for cells in rows[position + 1 :] if len(cells) >= len(table.headers))
    if beyond <= {""}:
        # Whatever is empty beyond the headings is passed over.
        table.width = len(table.headers)
    elif not any(map(str.strip, beyond)):
        table.width = widths.most_common(1)[0][0]


def candidates_for(wanted: str | None, own: Sequence[Format] = ()) -> list[Format]:
    """Every format, the home's *own* among them, or those named *wanted*. Raises UsageError with the nearest names."""
    everything = [*formats().values(), *own_formats(), *own]
    if wanted is None:
        return everything
    found = [declared for declared in everything if declared.name == wanted]
    if not found:
        message = _("There is no format {name}.").format(name=wanted)
        names = {declared.name for declared in everything}
        raise UsageError(message, suggestion(wanted, names, len(names)))
    return found
