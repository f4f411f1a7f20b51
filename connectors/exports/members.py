"""What a file holds: one table of text, the sheets of a workbook, or the members of an archive."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import python_calamine

from connectors.exports.text import encoding_of, write_utf8
from core.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NUMBER_MARK: Final = "\ue000"
"""Stands before a number that a workbook holds as a number, so that no one reads it as text in some locale."""

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
LARGEST_MEMBER: Final = 4 << 30
LARGEST_RATIO: Final = 200
RATIO_MATTERS_FROM: Final = 64 << 20
MOST_MEMBERS: Final = 1000


@dataclass(frozen=True)
class Member:
    """One table as UTF-8 text. *label* is what people see: the path, with the sheet or the archive's member."""

    label: str
    name: str
    text: Path
    container: Path
    folder: str = ""
    typed: bool = False
    modified: datetime | None = None
    sha256: str = field(default="", compare=False)


def members_of(path: Path, work: Path) -> list[Member]:
    """The tables in *path*; what has to be unpacked or transcoded goes into the folder *work*. Raises FileError."""
    with path.open("rb") as file:
        head = file.read(8)
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    found = list(_open(path, head, work, str(path)))
    return [replace(member, container=path, modified=member.modified or modified) for member in found]


def _open(path: Path, head: bytes, work: Path, label: str) -> Iterator[Member]:
    if head.startswith(_OLD_EXCEL):
        yield from _sheets(path, work, label)
    elif head.startswith((_ZIP, _EMPTY_ZIP)):
        yield from _unpack(path, work, label)
    else:
        yield _text_member(path, work, label)


def _text_member(path: Path, work: Path, label: str) -> Member:
    # Hashing leaves the interpreter free, so it costs nothing beside the check of the text.
    with ThreadPoolExecutor(1) as beside:
        sha256 = beside.submit(fingerprint, path)
        codec = encoding_of(path)
        text = path
        if codec != "utf-8":
            text = _fresh(work, ".csv")
            write_utf8(path, codec, text)
        return Member(label, path.name, text, path, sha256=sha256.result())


def fingerprint(path: Path) -> str:
    """The SHA-256 of the bytes of *path*."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fresh(work: Path, suffix: str) -> Path:
    return work / f"{sum(1 for _ in work.iterdir()):05d}{suffix}"


def _unpack(path: Path, work: Path, label: str) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            if any(name == "xl/workbook.xml" or name.startswith("xl/") for name in archive.namelist()):
                yield from _sheets(path, work, label)
                return
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry)]
            _refuse_bombs(path, entries)
            for entry in entries:
                yield _member(archive, entry, work, label)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        message = f"{path.name} is a damaged or protected archive: {error}."
        raise FileError(message, "Download it again; the download was probably cut off.") from error


def _is_clutter(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _refuse_bombs(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if not entries:
        message = f"{path.name} is an archive without files."
        raise FileError(message, "Download it again.")
    if len(entries) > MOST_MEMBERS or size > LARGEST_MEMBER or (size > RATIO_MATTERS_FROM and size / packed > LARGEST_RATIO):
        message = f"{path.name} would unpack to {size / 2**20:.0f} MB in {len(entries)} files, from {packed / 2**20:.1f} MB."
        raise FileError(message, "This is no export. If it is, unpack it yourself and load the files.")


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, work: Path, label: str) -> Member:
    inside = PurePosixPath(entry.filename)
    target = _fresh(work, inside.suffix)
    with archive.open(entry) as packed, target.open("wb") as out:
        written = 0
        while chunk := packed.read(1 << 20):
            written += len(chunk)
            # The directory may understate the size; what comes out is what counts.
            if written > entry.file_size:
                message = f"{label}: the member {entry.filename} is larger than the archive says."
                raise FileError(message, "The archive is damaged. Download it again.")
            out.write(chunk)
    with target.open("rb") as file:
        head = file.read(8)
    if head.startswith((_ZIP, _EMPTY_ZIP, _OLD_EXCEL)):
        message = f"{label}: the member {entry.filename} is itself a workbook or an archive."
        raise FileError(message, "Unpack the archive and load the files in it.")
    member = _text_member(target, work, f"{label}/{entry.filename}")
    modified = datetime(*entry.date_time, tzinfo=UTC) if entry.date_time > (1980, 1, 1, 0, 0, 0) else None
    return replace(member, name=inside.name, folder=str(inside.parent), modified=modified)


def _sheets(path: Path, work: Path, label: str) -> Iterator[Member]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        tables = [(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        message = f"{path.name} is a damaged or protected workbook: {error}."
        raise FileError(message, "Open it in a spreadsheet, save it as XLSX and load it again.") from error
    filled = [(name, rows) for name, rows in tables if rows] or tables[:1]
    for name, rows in filled:
        text = _fresh(work, ".csv")
        _write_rows(rows, text)
        place = f"{label}/{name}" if len(filled) > 1 else label
        yield Member(place, name if len(filled) > 1 else path.name, text, path, typed=True, sha256=fingerprint(text))


def _write_rows(rows: Iterable[list[object]], text: Path) -> None:
    with text.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in rows:
            cells = [_cell(value) for value in row]
            # A row of one empty cell would be written as an empty line, which readers skip.
            writer.writerow(cells if any(cells) or len(cells) > 1 else [*cells, ""])


def _cell(value: object) -> str:
    """A workbook's cell as text: numbers marked and in full, days in ISO form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return NUMBER_MARK + (str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value))
    if isinstance(value, int):
        return f"{NUMBER_MARK}{value}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
