"""Cells of a workbook whose formula failed: the reader of workbooks gives them back as if they were empty."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import IO, Any

CHUNK: Final = 1 << 20
LONGEST: Final = 1 << 14
"""How many bytes of a cell, its formula among them, are looked at across the border of two chunks."""
_FAULT: Final = re.compile(
    rb'<c (?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>(#[^<]{1,20})</v>'
)
_SHEET: Final = re.compile(rb"<sheet [^>]*>")
_RELATION: Final = re.compile(rb"<Relationship [^>]*>")
_LETTERS: Final = 26

Faults = dict[tuple[int, int], str]
"""What failed cells show, by row and column counted from 0."""


def faults_in(path: Path) -> dict[str, Faults]:
    """The failed cells of each sheet of the workbook *path* that has any."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        found = {name: faults for name in parts if (faults := _read(archive, name))}
        names = _names(archive) if found else {}
        return {names[part]: faults for part, faults in found.items() if part in names}


def mended(rows: list[list[Any]], faults: Mapping[tuple[int, int], str]) -> list[list[Any]]:
    """The *rows* of a sheet with what its failed cells show."""
    for (row, column), shown in faults.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown
    return rows


def column_number(letters: bytes) -> int:
    """The number of a column, counted from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _read(archive: zipfile.ZipFile, part: str) -> Faults:
    with archive.open(part) as sheet:
        found = [match for text in _overlapping(sheet) if b't="e"' in text for match in _FAULT.finditer(text)]
    return {(int(match[2]) - 1, column_number(match[1]) - 1): match[3].decode("ascii", "replace") for match in found}


def _overlapping(sheet: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while chunk := sheet.read(CHUNK):
        yield before + chunk
        before = (before + chunk)[-LONGEST:]


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by the parts of the archive that they are in."""
    relations = _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {_attribute(each, "Id"): _attribute(each, "Target") for each in relations}
    found = {}
    for sheet in _SHEET.findall(archive.read("xl/workbook.xml")):
        target = targets.get(_attribute(sheet, "r:id"), "").removeprefix("/xl/")
        found[f"xl/{target}"] = _attribute(sheet, "name")
    return found


def _attribute(element: bytes, name: str) -> str:
    match = re.search(rf'\b{name}="([^"]*)"', element.decode("utf-8", "replace"))
    return unescape(match[1]) if match else ""
