"""The pack in each form that it can be taken away in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.language import current_language
from pack.content import document
from pack.html import html
from pack.pdf import pdf
from pack.spreadsheets import csv_bytes, xlsx_bytes
from pack.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from pack.material import Material


class Form(NamedTuple):
    """One form: what browsers call it, and how it is made, in the language in use."""

    mime: str
    made: Callable[[Material], bytes]


FORMS: Final = {
    "html": Form("text/html; charset=utf-8", lambda material: html(document(material))),
    "pdf": Form("application/pdf", lambda material: pdf(document(material))),
    "xlsx": Form(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda material: xlsx_bytes(tables(material)),
    ),
    "csv": Form("text/csv; charset=utf-8", lambda material: csv_bytes(tables(material), current_language())),
}
