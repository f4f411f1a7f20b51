"""Tables for spreadsheets: as a workbook, and as the CSV that opens right in the reader's own spreadsheet. Pure."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import xlsxwriter

from core.cells import clean, harmless
from core.language import _
from core.numbers import points_unit
from core.tables import Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from core.tables import Cell, Column

_WIDEST: Final = 60
_OF_A_DAY: Final = 12
_OF_A_MOMENT: Final = 18
DECIMALS: Final = 10
LONGEST_CELL: Final = 32_000
"""What a cell of a spreadsheet has room for, with something to spare; longer texts go on in the rows below."""
_LONGEST_NAME: Final = 31
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}
_FORMATS: Final = {
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.00",
    Kind.MONEY: "#,##0.00",
    Kind.PERCENT: "0.00%",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.RELATIVE: "+0.0%;-0.0%;0%",
    Kind.POINTS: "+0.00;-0.00;0",
    Kind.DIFFERENCE: "+#,##0.00;-#,##0.00;0",
}


def csv_bytes(tables: Sequence[Table], language: str) -> bytes:
    """*tables* as one CSV in UTF-8 with a byte order mark; separator and decimal mark as in *language*, days ISO.

    Several tables become one long one: its first column says which, and columns of the same heading are one.
    """
    comma = language != "en"
    headings = list(dict.fromkeys(_header(column) for table in tables for column in table.columns))
    parts = [_("Table")] if len(tables) > 1 else []
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow([*parts, *map(harmless, headings)])
    for table in tables:
        names = [_header(column) for column in table.columns]
        for row in _rows(table):
            cells = dict(zip(names, map(_measured, table.columns, row.cells), strict=True))
            told = [_written(cells.get(name), comma=comma) for name in headings]
            writer.writerow([*(harmless(table.title) for _part in parts), *told])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(tables: Sequence[Table]) -> bytes:
    """*tables* as a workbook, a sheet each: typed cells, a frozen bold header, columns as wide as their content."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format({"num_format": shape, "valign": "top"}) for kind, shape in _FORMATS.items()}
        plain = book.add_format({"valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(_sheet_name(table.title))
            sheet.freeze_panes(1, 1)
            kinds = [_kind(table, place) for place in range(len(table.columns))]
            for place, column in enumerate(table.columns):
                sheet.write_string(0, place, harmless(_header(column)), bold)
                sheet.set_column(place, place, _width(table, place))
            for line, row in enumerate(_broken(table), start=1):
                for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
                    kind = row.kind if row.kind and column.kind is Kind.NUMBER else kinds[place]
                    long = isinstance(cell, str) and len(cell) >= _WIDEST
                    style = formats.get(kind, wrapped if long else plain)
                    _write(sheet, (line, place), _measured(column, cell), style)
    return file.getvalue()


def _rows(table: Table) -> tuple[Row, ...]:
    return ((table.total,) if table.total else ()) + table.rows


def _broken(table: Table) -> Iterator[Row]:
    """The rows, those with a text too long for a cell as several: what is left of it stands below."""
    for row in _rows(table):
        yield Row(tuple(cell[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in row.cells), kind=row.kind)
        rest = tuple(cell[LONGEST_CELL:] if isinstance(cell, str) else None for cell in row.cells)
        if any(rest):
            yield from _broken(Table(table.title, table.columns, (Row(tuple(cell or None for cell in rest)),)))


def _header(column: Column) -> str:
    unit = points_unit() if column.kind is Kind.POINTS else column.currency
    return f"{column.label} ({unit})" if unit else column.label


def _kind(table: Table, place: int) -> Kind:
    """What the cells of a column are written as: whole numbers without a decimal mark that nothing would follow."""
    kind = table.columns[place].kind
    numbers = [cell for row in _rows(table) if isinstance(cell := row.cells[place], (int, float))]
    return Kind.COUNT if kind is Kind.NUMBER and all(float(cell).is_integer() for cell in numbers) else kind


def _measured(column: Column, cell: Cell) -> Cell:
    """*cell* in the unit that its heading names."""
    return 100 * cell if column.kind is Kind.POINTS and isinstance(cell, (int, float)) else cell


def _written(cell: Cell, *, comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, date):
        return cell.isoformat()
    plain = repr(clean(round(float(cell), DECIMALS))).removesuffix(".0")
    return plain.replace(".", ",") if comma else plain


def _write(sheet: Worksheet, place: tuple[int, int], cell: Cell, style: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(*place, harmless(cell), style)
    elif isinstance(cell, date):
        # A spreadsheet knows no time zones: the clock is the team's, as on the screen.
        sheet.write_datetime(*place, cell, style)
    else:
        sheet.write_number(*place, clean(cell), style)


def _width(table: Table, place: int) -> int:
    longest = max((len(cell) for row in table.rows if isinstance(cell := row.cells[place], str)), default=0)
    narrowest = _OF_A_MOMENT if table.columns[place].kind is Kind.MOMENT else _OF_A_DAY
    return min(_WIDEST, max(narrowest, longest + 2, len(_header(table.columns[place])) // 2 + 4))


def _sheet_name(title: str) -> str:
    """*title* as a sheet may be called; a long one ends with a word."""
    name = " ".join(re.sub(r"[\[\]:*?/\\']", " ", re.sub("[“”„«»]", "", title)).split())
    if len(name) > _LONGEST_NAME:
        name = (name[: _LONGEST_NAME - 1].rpartition(" ")[0] or name[: _LONGEST_NAME - 1]).rstrip(" ,–") + "…"
    return name or "Kokpit"
