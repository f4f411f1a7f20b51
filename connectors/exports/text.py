"""From bytes to UTF-8 text: which encoding a file has, and whether it is text at all."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from core.errors import FileError

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = 64 * 1024
CHUNK: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP: Final = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<script")
_MAGIC: Final = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite": "a database",
    b"PAR1": "a Parquet file",
}
_POLISH: Final = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")


def encoding_of(path: Path) -> str:
    """The Python codec that reads *path*. Raises FileError when it is not text, or text in two encodings at once."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    refuse_what_is_not_text(path, head)
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return codec
    if b"\0" in head:
        return _utf16_without_mark(path, head)
    return _utf8_or_code_page(path)


def refuse_what_is_not_text(path: Path, head: bytes) -> None:
    """Raise FileError for an empty file, a web page, and well-known binary kinds."""
    if not head:
        message = f"{path.name} is empty: it has 0 bytes."
        raise FileError(message, "Download it again; the download was probably cut off.")
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            message = f"{path.name} is {what}, not an export."
            raise FileError(message, "Download the report as CSV or XLSX.")
    start = head.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:200].lower()
    if start.startswith(_MARKUP):
        message = f"{path.name} is a web page, not an export: the site probably asked for a sign-in instead."
        raise FileError(message, "Sign in to the platform in the browser and download the report again.")


def _utf16_without_mark(path: Path, head: bytes) -> str:
    """UTF-16 has its zeros on one side of every pair; anything else with zeros is binary."""
    pairs = max(len(head) // 2, 1)
    even, odd = head[::2].count(0) / pairs, head[1::2].count(0) / pairs
    if odd > 4 * even:
        return "utf-16-le"
    if even > 4 * odd:
        return "utf-16-be"
    message = f"{path.name} is a binary file, not an export."
    raise FileError(message, "Download the report as CSV or XLSX.")


def _utf8_or_code_page(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        start, special = 0, False
        while chunk := file.read(CHUNK):
            try:
                special = not decoder.decode(chunk).isascii() or special
            except UnicodeDecodeError as error:
                line, before = _place(path, start + max(error.start, 0))
                if special or before:
                    message = f"{path.name} mixes encodings: it is UTF-8 up to line {line}, which is not."
                    raise FileError(message, "Download it again, or save it anew as CSV UTF-8.") from error
                return _code_page(path)
            start += len(chunk)
    return "utf-8"


def _place(path: Path, position: int) -> tuple[int, bool]:
    """The line that byte *position* is on, and whether UTF-8 letters beyond ASCII come before it."""
    with path.open("rb") as file:
        before = file.read(position)
    return before.count(b"\n") + 1, not before[:position].decode("utf-8", errors="ignore").isascii()


def _code_page(path: Path) -> str:
    """Russian (cp1251) or Central European (cp1250), by the letters that come out."""
    with path.open("rb") as file:
        sample = file.read(CHUNK)
    high = sum(byte >= 0x80 for byte in sample)  # noqa: PLR2004 - beyond ASCII
    polish = sum(letter in _POLISH for letter in sample.decode("cp1250", errors="replace"))
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in sample.decode("cp1251", errors="replace"))
    # Cyrillic text is almost nothing but high bytes in long runs; Polish text has single ones between Latin letters.
    if polish >= 0.8 * high and not _long_runs(sample):
        return "cp1250"
    if cyrillic >= 0.5 * high:
        return "cp1251"
    message = f"{path.name} is not UTF-8, and neither Cyrillic nor Central European text."
    raise FileError(message, "Save it anew as CSV UTF-8.")


def _long_runs(sample: bytes) -> bool:
    """Whether letters beyond ASCII mostly stand side by side, as they do in Cyrillic words."""
    high = [byte >= 0x80 for byte in sample]  # noqa: PLR2004 - beyond ASCII
    neighbours = sum(a and b for a, b in zip(high, high[1:], strict=False))
    return neighbours > 0.5 * sum(high)


def write_utf8(source: Path, codec: str, target: Path) -> None:
    """Copy *source* into *target* as UTF-8 without a mark, in pieces. Raises FileError on text that is cut off."""
    with source.open("rb") as raw, target.open("wb") as out:
        decoder = codecs.getincrementaldecoder(codec)()
        try:
            while chunk := raw.read(CHUNK):
                out.write(decoder.decode(chunk).encode("utf-8"))
            out.write(decoder.decode(b"", final=True).encode("utf-8"))
        except UnicodeError as error:
            message = f"{source.name} is damaged: it is not valid {codec} text ({error})."
            raise FileError(message, "Download it again.") from error
