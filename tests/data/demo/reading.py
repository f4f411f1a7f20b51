"""Reads the generated files back, knowing only how the platforms write, nothing of the generator."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Row = dict[str, str]
LAST = date(2026, 3, 1)
DAYS = 400


@dataclass(frozen=True)
class Report:
    """A text report: what stands above the header, the rows, and the totals rows."""

    preamble: list[str]
    header: list[str]
    rows: list[Row]
    totals: list[Row]


def google_report(path: Path, encoding: str, delimiter: str, totals: str | tuple[str, ...]) -> Report:
    """A Google Ads report of two lines, a header, rows, and totals: rows whose first cell starts with *totals*."""
    lines = path.read_bytes().decode(encoding).split("\n")
    header, *records = csv.reader(io.StringIO("\n".join(lines[2:])), delimiter=delimiter)
    found = [dict(zip(header, record, strict=True)) for record in records]
    first = header[0]
    return Report(
        lines[:2],
        header,
        [row for row in found if not row[first].startswith(totals)],
        [row for row in found if row[first].startswith(totals)],
    )


def meta_csv(path: Path) -> list[Row]:
    """The rows of a Meta CSV."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def meta_workbook(path: Path) -> list[dict[str, object]]:
    """The rows of a Meta workbook, the totals row included."""
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Worksheet").to_python()
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def sheet(inbox: Path, name: str) -> list[Row]:
    """The rows of the one table in Kokpit's own CSV whose file starts with *name* and a day."""
    (path,) = inbox.glob(f"{name} [0-9]*.csv")
    return table(path.read_bytes().decode("utf-8"))


def search_tables(path: Path) -> dict[str, str]:
    """The members of a Search Console zip."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def table(text: str) -> list[Row]:
    """The rows of one member."""
    return list(csv.DictReader(io.StringIO(text)))


def number(text: str) -> Decimal:
    """A number as English, Polish or Russian reports write it; a missing one is 0, since only sums are asked for."""
    plain = text.replace("\u00a0", "")
    plain = plain.replace(",", ".") if plain[-3:-2] == "," else plain.replace(",", "")
    return Decimal(0) if plain in {"", " --"} else Decimal(plain)


def total(rows: Iterable[Row], column: str) -> Decimal:
    """The sum of *column*."""
    return sum((number(row[column]) for row in rows), Decimal(0))


def newest(exports: Iterable[tuple[Path, list[Row]]], keys: tuple[str, ...]) -> list[Row]:
    """The rows of several exports; of rows with equal keys only those of the latest export stay."""
    latest: dict[tuple[str, ...], list[Row]] = {}
    for _, rows in sorted(exports, key=lambda export: export[0].stat().st_mtime):
        own: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            own[tuple(row[key] for key in keys)].append(row)
        latest |= own
    return [row for rows in latest.values() for row in rows]
