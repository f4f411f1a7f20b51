"""Downloads: a table as XLSX, and as the CSV that opens right in the reader's own spreadsheet. Pure."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING, Final

import xlsxwriter

from core.cells import harmless
from core.language import use_language
from ui.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from ui.tables import Cell, Column, Row, Table

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
_WIDEST: Final = 60
_FORMATS: Final = {
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.##",
    Kind.MONEY: "#,##0.00",
    Kind.PERCENT: "0.00%",
    Kind.DAY: "yyyy-mm-dd",
    Kind.RELATIVE: "+0.0%;-0.0%;0%",
    Kind.POINTS: "+0.00%;-0.00%;0%",
    Kind.DIFFERENCE: "+#,##0.##;-#,##0.##;0",
}


def csv_bytes(table: Table, language: str) -> bytes:
    """*table* as CSV in UTF-8 with a byte order mark; separator and decimal mark as in *language*, days in ISO form."""
    comma = language != "en"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow([harmless(_header(column)) for column in table.columns])
    for row in _rows(table):
        writer.writerow([_written(cell, comma=comma) for cell in row.cells])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(table: Table) -> bytes:
    """*table* as a workbook of one sheet: typed cells, a frozen bold header, columns as wide as their content."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_sheet_name(table.title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = [
            book.add_format({"num_format": _FORMATS[c.kind]} if c.kind in _FORMATS else {}) for c in table.columns
        ]
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, harmless(_header(column)), bold)
            sheet.set_column(place, place, _width(table, place))
        for line, row in enumerate(_rows(table), start=1):
            for place, cell in enumerate(row.cells):
                _write(sheet, (line, place), cell, formats[place])
    return file.getvalue()


def file_name(*parts: str) -> str:
    """A file name made of *parts*, without the signs that some systems refuse."""
    return "-".join(["kokpit", *(re.sub(r"[^\w.]+", "-", part).strip("-").lower() for part in parts if part)])


def later(make: Callable[[], bytes], language: str) -> Callable[[], bytes]:
    """*make*, to be called when the reader asks for the file: on another thread, in the reader's *language*."""

    def _made() -> bytes:
        use_language(language)
        return make()

    return _made


def _rows(table: Table) -> tuple[Row, ...]:
    return ((table.total,) if table.total else ()) + table.rows


def _header(column: Column) -> str:
    return f"{column.label} ({column.currency})" if column.currency else column.label


def _written(cell: Cell, *, comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    plain = repr(round(float(cell), 10)).removesuffix(".0")
    return plain.replace(".", ",") if comma else plain


def _write(sheet: Worksheet, place: tuple[int, int], cell: Cell, style: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(*place, harmless(cell), style)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, style)
    else:
        sheet.write_number(*place, cell, style)


def _width(table: Table, place: int) -> int:
    longest = max((len(str(row.cells[place])) for row in table.rows if isinstance(row.cells[place], str)), default=0)
    return min(_WIDEST, max(12, longest + 2, len(_header(table.columns[place])) // 2 + 4))


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Kokpit"
