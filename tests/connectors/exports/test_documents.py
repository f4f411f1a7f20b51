"""Documents of office programs are archives too: each is refused as the one file it is, whatever its ending says."""

from __future__ import annotations

import bz2
import gzip
import lzma
from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports.load import load_files
from connectors.exports.results import LOADED, REFUSED
from tests.connectors.exports.damaged import ROW, google
from tests.connectors.exports.test_bad_input import log, refused
from tests.connectors.exports.writers import archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.config import Home

OPEN: Final = "application/vnd.oasis.opendocument."
MANIFEST: Final = f'<manifest:file-entry manifest:media-type="{OPEN}spreadsheet" manifest:full-path="/"/>'.encode()
SPREADSHEET: Final = {"mimetype": f"{OPEN}spreadsheet".encode(), "content.xml": b"<a/>"}
SAVE: Final = "Open it in a spreadsheet program, save it as XLSX or CSV, and load that."
COPY: Final = "Copy its table into a spreadsheet program, save it as XLSX or CSV, and load that."


@pytest.mark.parametrize(
    ("name", "members", "told"),
    [
        ("ads.ods", SPREADSHEET, "is an OpenDocument spreadsheet (.ods), which is not read."),
        ("ads.xlsx", SPREADSHEET, "is an OpenDocument spreadsheet (.ods), which is not read."),
        (
            "ads.zip",
            {"content.xml": b"<a/>", "META-INF/manifest.xml": MANIFEST},
            "is an OpenDocument spreadsheet (.ods), which is not read.",
        ),
        ("a.odt", {"mimetype": f"{OPEN}text".encode(), "content.xml": b""}, "is a text document, not a table."),
        (
            "a.docx",
            {"[Content_Types].xml": b"<a/>", "_rels/.rels": b"<a/>", "word/document.xml": b"<a/>"},
            "is a text document, not a table.",
        ),
        ("a.csv", {"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}, "is a presentation, not a table."),
        (
            "a.vsdx",
            {"[Content_Types].xml": b"<a/>", "visio/document.xml": b"<a/>"},
            "is a document of an office program, not a table.",
        ),
        (
            "a.numbers",
            {"Index/Document.iwa": b"x", "preview.jpg": b"x"},
            "is a document of Apple's office programs, which is not read.",
        ),
    ],
)
def test_it_is_called_what_it_is(home: Home, tmp_path: Path, name: str, members: dict[str, bytes], told: str) -> None:
    path = tmp_path / name
    path.write_bytes(archive(members))
    result = refused(home, path)
    assert result.message == f"{name} {told}"
    assert result.next_step == (SAVE if "not read" in told else COPY)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_is_packed_in_another_way_than_zip_is_to_be_unpacked(
    home: Home, tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "ads.csv.gz"
    path.write_bytes(pack(google(ROW).encode()))
    result = refused(home, path)
    assert result.message == "ads.csv.gz is packed, in a way that is not read."
    assert result.next_step == "Unpack it first, then load what was in it."


def test_an_archive_of_exports_with_one_among_them_loads_the_others(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(archive({"ads.csv": google(ROW).encode(), "notes.ods": archive(SPREADSHEET)}))
    load_files(home, [path])
    told = "notes.ods is an OpenDocument spreadsheet (.ods), which is not read."
    assert sorted(log(home), key=repr) == [("all.zip/ads.csv", LOADED, None), ("all.zip/notes.ods", REFUSED, told)]


def test_a_file_that_is_called_mimetype_makes_no_document(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(archive({"ads.csv": google(ROW).encode(), "mimetype": b"text/csv"}))
    assert LOADED in [result.status for result in load_files(home, [path])]
