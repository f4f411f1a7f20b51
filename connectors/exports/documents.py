"""Documents of office programs that are archives as XLSX is, and no workbooks that can be read: refused as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import FileError
from core.language import N_
from core.remarks import _

if TYPE_CHECKING:
    from zipfile import ZipFile

_OPEN: Final = b"application/vnd.oasis.opendocument."
_PACKAGE: Final = "[Content_Types].xml"
_NUMBERS: Final = "Index/Document.iwa"
_LOOKED_AT: Final = 1 << 16
SPREADSHEET: Final = N_("{file} is an OpenDocument spreadsheet (.ods), which is not read.")
NUMBERS: Final = N_("{file} is a document of Apple's office programs, which is not read.")
TEXT: Final = N_("{file} is a text document, not a table.")
PRESENTATION: Final = N_("{file} is a presentation, not a table.")
OTHER: Final = N_("{file} is a document of an office program, not a table.")
_OPEN_KINDS: Final = {b"spreadsheet": SPREADSHEET, b"text": TEXT, b"presentation": PRESENTATION}
_PACKAGED_KINDS: Final = {"xl/": "", "word/": TEXT, "ppt/": PRESENTATION}


def refuse_documents(name: str, archive: ZipFile) -> None:
    """Raise FileError when *archive*, the file *name*, is such a document."""
    told = _told(archive)
    if not told:
        return
    step = _("Open it in a spreadsheet program, save it as XLSX or CSV, and load that.")
    if told not in (SPREADSHEET, NUMBERS):
        step = _("Copy its table into a spreadsheet program, save it as XLSX or CSV, and load that.")
    raise FileError(_(told).format(file=name), step)


def _told(archive: ZipFile) -> str:
    """What there is to say of the document in *archive*; "" when it is a workbook, or no document."""
    names = archive.namelist()
    if _PACKAGE in names:
        starts = (told for start, told in _PACKAGED_KINDS.items() if any(name.startswith(start) for name in names))
        return next(starts, OTHER)
    if _NUMBERS in names:
        return NUMBERS
    found = next((place for place in ("mimetype", "META-INF/manifest.xml") if place in names), None)
    if found is None:
        return ""
    with archive.open(found) as file:
        _before, is_open, kind = file.read(_LOOKED_AT).partition(_OPEN)
    others = OTHER if is_open else ""
    return next((told for start, told in _OPEN_KINDS.items() if kind.startswith(start)), others)
