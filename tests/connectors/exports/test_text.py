"""What a look at the bytes says: lines, their ends, long ones; and which code page makes words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.exports.code_pages import code_page
from connectors.exports.text import LONG_LINE, Survey, write_utf8

if TYPE_CHECKING:
    from pathlib import Path

PIECES = {"lf": b"\n", "crlf": b"\r\n", "cr": b"\r", "a": b"a", "bc": b"bc", "half": b"x" * (LONG_LINE // 2), "": b""}


def surveyed(chunks: list[bytes]) -> Survey:
    """The survey of a text that comes in *chunks*."""
    survey = Survey()
    for chunk in chunks:
        survey.add(chunk)
    survey.end()
    return survey


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(sorted(PIECES)), max_size=12))
def test_a_survey_does_not_depend_on_where_chunks_end(names: list[str]) -> None:
    chunks = [PIECES[name] for name in names]
    text = b"".join(chunks)
    survey = surveyed(chunks)
    assert survey.lines == text.count(b"\n") + (text[-1:] not in {b"", b"\n"})
    ends = {end for end in (b"\r\n", b"\n", b"\r") if end in text.replace(b"\r\n", b"" if end != b"\r\n" else b"\r\n")}
    assert survey.has_mixed_line_ends == (len(ends) > 1 or ends == {b"\r"})
    assert survey.has_long_line == any(len(line) > LONG_LINE for line in text.split(b"\n"))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("aż\r\n🚗я"), max_size=30), st.sampled_from(["utf-8-sig", "utf-16", "utf-16-be"]))
def test_every_encoding_becomes_the_same_text(tmp_path_factory: pytest.TempPathFactory, text: str, codec: str) -> None:
    folder = tmp_path_factory.mktemp("text")
    source, target = folder / "in.csv", folder / "out.csv"
    source.write_bytes(text.encode(codec))
    survey = write_utf8(source, codec, target)
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert target.read_bytes().decode("utf-8") == expected
    assert survey.lines == expected.count("\n") + (expected[-1:] not in {"", "\n"})


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        ("Кампания,Показы\nМосква,1\n", "cp1251", "cp1251"),
        ("Кампания\n1\u00a0234,56\n", "cp1251", "cp1251"),
        ("Kampania,Wyświetlenia\nŻółw,1\n", "cp1250", "cp1250"),
        ("Kampania,Dzień\nx,1\u00a0234\u00a0567,00\ny,1\u00a0234,00 – „z”\n", "cp1250", "cp1250"),
        ("Größe,Über\n", "cp1252", None),
    ],
)
def test_the_code_page_that_makes_words(text: str, codec: str, found: str | None) -> None:
    assert code_page(text.encode(codec)) == found
    assert text.encode(codec).decode(found or "cp1252") == text


def test_a_line_in_utf8_shows_that_no_code_page_is_right(tmp_path: Path) -> None:
    assert code_page("Москва\n".encode("cp1251") + "Казань\n".encode() + "Москва\n".encode("cp1251")) is None
