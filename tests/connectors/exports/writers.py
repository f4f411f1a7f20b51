"""Writes small files the way platforms and spreadsheets do; nothing of the program under test makes them."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.config import Home

Row = dict[str, Any]
NBSP: Final = "\u00a0"
NULL: Final = " --"


@dataclass(frozen=True)
class Style:
    """How a file writes numbers, days and nothing at all."""

    decimal: str = "."
    thousands: str = ""
    money_thousands: str = ""
    day: str = "%Y-%m-%d"
    null: str = NULL
    money: str = "{}"

    def cell(self, value: object) -> str:
        """*value* as text."""
        if value is None:
            return self.null
        if isinstance(value, date):
            return value.strftime(self.day)
        if isinstance(value, Decimal):
            return self.money.format(self._grouped(f"{value:,f}", self.money_thousands))
        if isinstance(value, int):
            return self._grouped(f"{value:,}", self.thousands)
        return str(value)

    def _grouped(self, text: str, mark: str) -> str:
        whole, point, rest = text.partition(".")
        return whole.replace(",", mark) + (self.decimal if point else "") + rest


@dataclass(frozen=True)
class Encoding:
    """A codec with the mark it writes first."""

    codec: str = "utf-8"
    mark: bytes = b""

    def bytes(self, text: str) -> bytes:
        """*text* as a file holds it."""
        return self.mark + text.encode(self.codec)


UTF8: Final = Encoding()
UTF8_MARKED: Final = Encoding("utf-8", b"\xef\xbb\xbf")
UTF16: Final = Encoding("utf-16-le", b"\xff\xfe")


@dataclass(frozen=True)
class Report:
    """A table of one platform: *columns* pairs each header with a field of the rows or, after ``=``, a fixed cell."""

    columns: tuple[tuple[str, str], ...]
    preamble: tuple[str, ...] = ()
    style: Style = Style()
    encoding: Encoding = UTF8
    delimiter: str = ","
    newline: str = "\n"

    @property
    def header(self) -> list[str]:
        """The header row."""
        return [header for header, _ in self.columns]

    def cells(self, row: Row) -> list[str]:
        """*row* as text, cell by cell."""
        return [self.style.cell(self._value(row, field)) for _, field in self.columns]

    def raw(self, row: Row) -> list[object]:
        """*row* as a workbook holds it: numbers as numbers."""
        return [self._value(row, field) for _, field in self.columns]

    def _value(self, row: Row, field: str) -> object:
        return field[1:] if field.startswith("=") else row[field]

    def total(self, label: str, at: int, sums: Row) -> list[str]:
        """A totals row: *label* in the column *at*, *sums* where they belong, otherwise nothing."""
        cells = [self.style.cell(sums[field]) if field in sums else "" for _, field in self.columns]
        cells[at] = label
        return cells

    def text(self, rows: Iterable[Sequence[str]]) -> str:
        """Preamble, header and *rows* as text."""
        lines = [f"{line}{self.newline}" for line in self.preamble]
        return "".join(lines) + delimited([self.header, *rows], self.delimiter, self.newline)

    def file(self, rows: Iterable[Row], totals: Iterable[Sequence[str]] = (), *, first: bool = False) -> bytes:
        """The file with *rows* and *totals*, these at the end, or *first*."""
        body = [self.cells(row) for row in rows]
        return self.encoding.bytes(self.text([*totals, *body] if first else [*body, *totals]))


def delimited(rows: Iterable[Sequence[str]], delimiter: str = ",", newline: str = "\n") -> str:
    """*rows* as delimited text, quoted where needed."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue()


def summed(rows: Iterable[Row], *fields: str) -> Row:
    """The sum of each of *fields*, as a totals row declares it."""
    listed = list(rows)
    return {field: sum((row[field] or 0 for row in listed), Decimal(0) if field != "clicks" else 0) for field in fields}


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """An XLSX workbook: numbers as numbers, days as days, everything else as text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, datetime | date):
                        sheet.write_datetime(line, place, value, day)
                    elif isinstance(value, int | float | Decimal):
                        sheet.write_number(line, place, float(value))
                    elif value is not None:
                        sheet.write_string(line, place, str(value))
    return out.getvalue()


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip of *members*."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 3, 3, 10, 0, 0)), content)
    return out.getvalue()


def rows_of(home: Home, dataset: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of *dataset* as loaded, in an order of their own, without trailing zeros."""
    listed = ", ".join(f'"{column}"' for column in columns) or "*"
    return sorted(map(plain, open_snapshot(home.warehouse).rows(f"SELECT {listed} FROM {dataset}")), key=repr)


def plain(row: Sequence[object]) -> tuple[object, ...]:
    """*row* with numbers that compare by value."""
    return tuple(value.normalize() + 0 if isinstance(value, Decimal) else value for value in row)
