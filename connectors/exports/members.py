"""What a file holds: one table of text, the sheets of a workbook, or the members of an archive."""

from __future__ import annotations

import errno
import os
import re
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from connectors.exports.arranged import tables_in
from connectors.exports.documents import refuse_documents
from connectors.exports.fingerprints import fingerprint, fingerprinted, known
from connectors.exports.formats import formats
from connectors.exports.json_table import may_be_json, read_records, rows_of
from connectors.exports.json_tables import document_in, write_table
from connectors.exports.opened import check_is_file
from connectors.exports.resaved import is_resaved, restore
from connectors.exports.text import Survey, encoding_of, surveyed, write_utf8
from connectors.exports.workbooks import OLDEST_WORKBOOKS, is_workbook, sheets, write_rows
from core.errors import FileError
from core.remarks import _, ngettext, renamed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future

ENCRYPTED: Final = 1
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
LARGEST_MEMBER: Final = 4 << 30
LARGEST_RATIO: Final = 200
RATIO_MATTERS_FROM: Final = 64 << 20
MOST_MEMBERS: Final = 1000
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a damaged or protected archive ends in."""
_PLAIN_PATH: Final = re.compile(r"[^*?\[\]=]*\.(csv|tsv|txt|tab)", re.IGNORECASE)
"""Paths that the database takes as they are: no pattern, no ``key=value`` folder, no ending of a packed file."""


@dataclass(frozen=True)
class Member:
    """One table as UTF-8 text. *label* is what people see: the path, with the sheet or the archive's member.

    A member of an archive that is no text has a *refusal*; its neighbours can still be loaded.
    """

    label: str
    name: str
    text: Path
    container: Path
    folder: str = ""
    sheet: str = ""
    hidden: bool = False
    typed: bool = False
    modified: datetime | None = None
    survey: Survey = field(default_factory=Survey, compare=False)
    hashed: Future[str] = field(default_factory=partial(known, ""), compare=False)
    refusal: FileError | None = field(default=None, compare=False)

    @property
    def sha256(self) -> str:
        """The fingerprint of its bytes; waits for it."""
        return self.hashed.result()

    @property
    def log_name(self) -> str:
        """What the load log calls it: its file's name, with the sheet or the archive's member."""
        return self.label.removeprefix(f"{self.container.parent}{os.sep}")


def members_of(path: Path, work: Path, beside: Executor | None = None) -> list[Member]:
    """The tables in *path*; what has to be unpacked or transcoded goes into the folder *work*. Raises FileError.

    A text is fingerprinted in *beside* while other work goes on.
    """
    check_is_file(path)
    modified = written_at(path)
    found = [part for member in _open(path, work, str(path), beside) for part in tables_in(member, work)]
    return [replace(member, container=path, modified=member.modified or modified) for member in found]


def written_at(path: Path) -> datetime:
    """When the file *path* was written last."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _open(path: Path, work: Path, label: str, beside: Executor | None = None) -> Iterator[Member]:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith((_OLD_EXCEL, *OLDEST_WORKBOOKS)):
        yield from _sheets(path, work, label)
    elif head.startswith((_ZIP, _EMPTY_ZIP)):
        yield from _unpack(path, work, label)
    else:
        found = _declared_json(path, work, label) or _json_member(path, head, work, label)
        yield found or _text_member(path, work, label, beside)


def _declared_json(path: Path, work: Path, label: str) -> Member | None:
    """The table of a JSON document that a format describes; None for any other file."""
    document, text = document_in(path), _fresh(work, ".csv")
    if document is None or not write_table(document, (d.json for d in formats().values() if d.json), text):
        return None
    return Member(label, path.name, text, path, survey=surveyed(text), hashed=known(fingerprint(path)))


def _json_member(path: Path, head: bytes, work: Path, label: str) -> Member | None:
    """The table of a file of JSON; None when it is another text that starts like one."""
    records = read_records(path) if may_be_json(head) else None
    if records is None:
        return None
    text, survey = write_rows(rows_of(records), work)
    return Member(label, path.name, text, path, typed=True, survey=survey, hashed=known(fingerprint(path)))


def _text_member(path: Path, work: Path, label: str, beside: Executor | None) -> Member:
    hashed = fingerprinted(path, beside)
    codec, survey = encoding_of(path)
    text = path
    if survey is None or survey.has_mixed_line_ends or not _PLAIN_PATH.fullmatch(str(path)):
        text = _fresh(work, ".csv")
        survey = write_utf8(path, codec, text)
    if is_resaved(text):
        restore(text, restored := _fresh(work, ".csv"))
        text, survey = restored, surveyed(restored)
    return Member(label, path.name, text, path, survey=survey, hashed=hashed)


def _fresh(work: Path, suffix: str) -> Path:
    return work / f"{sum(1 for _ in work.iterdir()):05d}{suffix}"


def _unpack(path: Path, work: Path, label: str) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry)]
            _refuse_bombs(path, entries)
            _refuse_protected(path, entries)
            refuse_documents(path.name, archive)
            if is_workbook(archive):
                # The reader of workbooks does not look at check sums.
                damaged = archive.testzip()
                if damaged:
                    raise _damaged(path)
                yield from _sheets(path, work, label)
                return
            for entry in entries:
                yield from _members(archive, entry, work, label)
    except _BROKEN as error:
        raise _damaged(path) from error
    except OSError as error:
        # The archive names a place outside itself; a full disk, say, is another matter.
        if error.errno != errno.EINVAL:
            raise
        raise _damaged(path) from error


def _damaged(path: Path) -> FileError:
    message = _("{file} is a damaged archive, or one protected with a password.").format(file=path.name)
    return FileError(message, _("Download it again; the download was probably cut off."))


def _is_clutter(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _refuse_bombs(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if not entries:
        message = _("{file} is an archive without files.").format(file=path.name)
        raise FileError(message, _("Download it again."))
    if (
        len(entries) > MOST_MEMBERS
        or size > LARGEST_MEMBER
        or (size > RATIO_MATTERS_FROM and size / packed > LARGEST_RATIO)
    ):
        message = ngettext(
            "{file} would unpack to {size} MB in {n} file, from {packed} MB: no export does.",
            "{file} would unpack to {size} MB in {n} files, from {packed} MB: no export does.",
            len(entries),
        ).format(file=path.name, size=round(size / 2**20), n=len(entries), packed=round(packed / 2**20, 1))
        raise FileError(message, _("If it is one all the same, unpack it yourself and load the files."))


def _refuse_protected(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        message = _("{file} is protected with a password.").format(file=path.name)
        raise FileError(message, _("Unpack it with its password, then load the files."))


def _members(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, work: Path, label: str) -> Iterator[Member]:
    inside = PurePosixPath(entry.filename)
    target = _fresh(work, ".csv")
    with archive.open(entry) as packed, target.open("wb") as out:
        while chunk := packed.read(1 << 20):
            out.write(chunk)
    modified = datetime(*entry.date_time, tzinfo=UTC) if entry.date_time > (1980, 1, 1, 0, 0, 0) else None
    place = f"{label}/{entry.filename}"
    try:
        found = list(_inside(target, work, place))
    except FileError as error:
        # The member's own name says more than that of its unpacked copy.
        refusal = FileError(renamed(error.message, target.name, inside.name), error.next_step)
        mark = known(fingerprint(target))
        found = [Member(place, inside.name, target, target, hashed=mark, refusal=refusal)]
    for member in found:
        if member.name == target.name:
            yield replace(member, name=inside.name, folder=str(inside.parent), modified=modified)
        else:
            # Sheets lie in their workbook, whose name may say whose they are.
            yield replace(member, folder=entry.filename, modified=modified)


def _inside(target: Path, work: Path, place: str) -> Iterator[Member]:
    """The tables of one unpacked member: a text, or a workbook."""
    if zipfile.is_zipfile(target):
        with zipfile.ZipFile(target) as archive:
            refuse_documents(target.name, archive)
            if not is_workbook(archive):
                message = _("{file} is an archive inside an archive.").format(file=target.name)
                raise FileError(message, _("Unpack the outer archive and load the files in it."))
    yield from _open(target, work, place)


def _sheets(path: Path, work: Path, label: str) -> Iterator[Member]:
    found = sheets(path, work)
    for sheet, hidden, text, survey in found:
        place, name = (f"{label}/{sheet}", sheet) if len(found) > 1 else (label, path.name)
        mark = known(fingerprint(text))
        yield Member(place, name, text, path, sheet=sheet, hidden=hidden, typed=True, survey=survey, hashed=mark)
