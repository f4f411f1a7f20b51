"""Workbooks: each sheet written out as text, with numbers and days marked as what they are."""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final, NamedTuple

import python_calamine
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from connectors.exports.faults import column_number, faults_in, mended
from connectors.exports.text import Survey
from core.errors import FileError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

NUMBER_MARK: Final = "\ue000"
"""Stands before a number that a workbook holds as a number, so that no one reads it as text in some locale."""
MOST_CELLS: Final = 32_000_000
"""Empty ones included: a sheet is read into memory as the rectangle that its cells span."""
EXACT_WHOLE: Final = 2**53
OLDEST_WORKBOOKS: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""What workbooks of Excel 2 to 4 begin with, which are no compound files yet."""
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOKS: Final = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_DOCUMENTS: Final = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document", "__substg1.0"))
_SPAN: Final = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"')


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether *archive* is an XLSX workbook."""
    return any(name.startswith("xl/") for name in archive.namelist())


class Sheet(NamedTuple):
    """A filled sheet of a workbook as *text*; one may be *hidden* from whoever opens it."""

    name: str
    hidden: bool
    text: Path
    survey: Survey


def sheets(path: Path, work: Path) -> list[Sheet]:
    """The filled sheets of the workbook *path*, each as text in *work*. Raises FileError."""
    _refuse_stray_cells(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
        tables = [
            (about, workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False))
            for about in workbook.sheets_metadata
        ]
        faults = faults_in(path)
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise _unreadable(path, error) from error
    filled = [(about, rows) for about, rows in tables if rows]
    if not filled:
        message = _("{file} is a workbook without a filled sheet.").format(file=path.name)
        raise FileError(message, _("Download it again."))
    return [
        Sheet(
            about.name,
            about.visible is not SheetVisibleEnum.Visible,
            *write_rows(mended(rows, faults.get(about.name, {})), work),
        )
        for about, rows in filled
    ]


def _unreadable(path: Path, error: Exception) -> FileError:
    """What the file is, as far as the names of the streams in a compound file tell."""
    names = path.read_bytes()
    if isinstance(error, python_calamine.PasswordError) or _PROTECTED in names:
        message = _("{file} is protected with a password.").format(file=path.name)
        return FileError(message, _("Take the password off in the spreadsheet program and save it again."))
    message = _("{file} is a damaged workbook.")
    if any(name in names for name in _OLD_WORKBOOKS) or names.startswith(OLDEST_WORKBOOKS):
        message = _("{file} is a workbook of an old Excel (.xls) that cannot be read.")
    elif any(name in names for name in _DOCUMENTS):
        message = _("{file} is no workbook but a text document, a presentation or a message.")
        return FileError(message.format(file=path.name), _("Download the report as CSV or XLSX."))
    return FileError(
        message.format(file=path.name), _("Open it in a spreadsheet program, save it as XLSX and load it again.")
    )


def _refuse_stray_cells(path: Path) -> None:
    """Raise FileError when a sheet spans more than fits into memory: one stray cell in the last row is enough."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                continue
            with archive.open(name) as sheet:
                span = _SPAN.search(sheet.read(4096))
            if span and column_number(span[1]) * int(span[2]) > MOST_CELLS:
                message = _("{file}: a sheet has cells as far as {cell}, so it is larger than memory.")
                raise FileError(
                    message.format(file=path.name, cell=(span[1] + span[2]).decode()),
                    _("Delete the rows below and the columns beside the table, or save it as CSV."),
                )


def write_rows(rows: Iterable[Sequence[object]], work: Path) -> tuple[Path, Survey]:
    """The *rows* as a text in *work*, with numbers and days marked as what they are."""
    text = work / f"{sum(1 for _ in work.iterdir()):05d}.csv"
    with text.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in rows:
            cells = [_cell(value) for value in row]
            # A row of one empty cell would be written as an empty line, which readers skip.
            writer.writerow(cells if any(cells) or len(cells) > 1 else [*cells, ""])
    return text, survey_of(text)


def survey_of(text: Path) -> Survey:
    """What a look at every byte of *text* says."""
    survey = Survey()
    survey.add(text.read_bytes())
    survey.end()
    return survey


def _cell(value: object) -> str:
    """A workbook's cell as text: numbers marked and in full, days in ISO form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return NUMBER_MARK + (str(int(value)) if value.is_integer() and abs(value) < EXACT_WHOLE else repr(value))
    if isinstance(value, int):
        return f"{NUMBER_MARK}{value}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    # Line ends inside cells as in every other text.
    return str(value).replace("\r\n", "\n").replace("\r", "\n")
