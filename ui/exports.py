"""Downloads: what they are called, and how they are made when they are asked for. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.language import use_language
from pack import spreadsheets

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.tables import Table

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
LONGEST: Final = 60
"""Letters of one part of a file name: a title may be a KPI's name of any length."""


def csv_bytes(table: Table, language: str) -> bytes:
    """*table* as the CSV that opens right in the spreadsheet of *language*."""
    return spreadsheets.csv_bytes([table], language)


def xlsx_bytes(table: Table) -> bytes:
    """*table* as a workbook of one sheet."""
    return spreadsheets.xlsx_bytes([table])


def file_name(*parts: str) -> str:
    """A file name made of *parts*, without the signs and the lengths that some systems refuse."""
    words = (re.sub(r"[^\w.]+", "-", part)[:LONGEST].strip("-").lower() for part in parts)
    return "-".join(["kokpit", *filter(None, words)])


def later(make: Callable[[], bytes], language: str) -> Callable[[], bytes]:
    """*make*, to be called when the reader asks for the file: on another thread, in the reader's *language*."""

    def _made() -> bytes:
        use_language(language)
        return make()

    return _made
