"""Files that are not what they claim to be, made by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING, Final

from tests.connectors.exports.writers import delimited

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADER: Final = ("Campaign", "Campaign type", "Day", "Currency code", "Impr.", "Clicks", "Cost")
ROW: Final = ("Cars", "Search", "2026-03-02", "EUR", "1200", "30", "12.50")
SECTOR: Final = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
"""What a sector of a compound file can be besides the next one."""


def google(*rows: Sequence[str], header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    """A Google Ads report without a title."""
    return delimited([header, *rows], delimiter)


def changed(**cells: str) -> list[str]:
    """The row with other cells: ``day="1899-01-01"``."""
    names = ("campaign", "kind", "day", "currency", "impressions", "clicks", "cost")
    return [cells.get(name, cell) for name, cell in zip(names, ROW, strict=True)]


def bomb(megabytes: int) -> bytes:
    """A small zip of a large file of zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("Chart.csv", "w") as member:
        for _ in range(megabytes):
            member.write(bytes(1 << 20))
    return out.getvalue()


def stray_cell() -> bytes:
    """A workbook whose second and last cell is in the last row and column that there are."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
        "</sheetData></worksheet>"
    )
    return workbook_of(sheet)


def workbook_of(sheet: str) -> bytes:
    """The smallest workbook around one sheet's XML."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{relations}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def protected_workbook() -> bytes:
    """A workbook with a password: a compound file with the streams that hold the encrypted package."""
    return compound_file("EncryptionInfo", "EncryptedPackage")


def compound_file(*names: str) -> bytes:
    """A compound file with two empty streams."""
    sectors = [bytes(4096) for _name in names]
    each = 4096 // SECTOR
    table = [TABLE, END]
    for place in range(len(sectors)):
        start = 2 + place * each
        table += [*range(start + 1, start + each), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    root = _entry("Root Entry", kind=5, child=1, start=END, size=0)
    first = _entry(names[0], kind=2, start=2, size=4096, right=2)
    second = _entry(names[1], kind=2, start=2 + each, size=4096)
    directory = root + first + second + _entry("", kind=0)
    return header + struct.pack(f"<{len(table)}I", *table) + directory + b"".join(sectors)


def _entry(name: str, kind: int, **places: int) -> bytes:
    """One entry of a compound file's directory."""
    text = name.encode("utf-16-le")
    sibling = struct.pack("<III", FREE, places.get("right", FREE), places.get("child", FREE))
    head = text + bytes(64 - len(text)) + struct.pack("<HBB", len(text) + 2 if name else 0, kind, 1) + sibling
    return head + bytes(36) + struct.pack("<IQ", places.get("start", 0), places.get("size", 0))


def joined(rows: Iterable[str], end: str = "\n") -> str:
    """Lines with another line end."""
    return "".join(row + end for row in rows)
