"""Downloads: the CSV of each language opens right in its spreadsheet, the workbook keeps types, formulas stay text."""

from __future__ import annotations

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from core.language import current_language, use_language
from core.tables import Column, Kind, Row, Table
from ui.exports import csv_bytes, file_name, later, xlsx_bytes

TABLE = Table(
    "Spend: by campaign / ad [2026]",
    (Column("Campaign"), Column("Day", Kind.DAY), Column("Spend", Kind.MONEY, "EUR"), Column("CTR", Kind.PERCENT)),
    (
        Row(('=HYPERLINK("http://example.com")', date(2026, 11, 9), 1234.5, 0.0243)),
        Row(("Brand; with, marks", date(2026, 11, 10), None, 0.1)),
    ),
    total=Row(("Total", None, 1234.5, 0.05)),
)


def test_the_english_csv() -> None:
    assert csv_bytes(TABLE, "en").decode("utf-8-sig").split("\r\n") == [
        "Campaign,Day,Spend (EUR),CTR",
        "Total,,1234.5,0.05",
        '"\'=HYPERLINK(""http://example.com"")",2026-11-09,1234.5,0.0243',
        '"Brand; with, marks",2026-11-10,,0.1',
        "",
    ]


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_the_polish_and_russian_csv(language: str) -> None:
    assert csv_bytes(TABLE, language).decode("utf-8-sig").split("\r\n")[1:4] == [
        "Total;;1234,5;0,05",
        '"\'=HYPERLINK(""http://example.com"")";2026-11-09;1234,5;0,0243',
        '"Brand; with, marks";2026-11-10;;0,1',
    ]


def test_every_csv_starts_with_a_byte_order_mark() -> None:
    assert csv_bytes(TABLE, "en").startswith(b"\xef\xbb\xbf")


def test_numbers_keep_their_precision_without_the_noise_of_binary() -> None:
    table = Table(
        "x", (Column("a", Kind.NUMBER),), (Row((0.1 + 0.2,)), Row((-1e-17,)), Row((-0.0,)), Row((1e6,)), Row((1 / 3,)))
    )
    assert csv_bytes(table, "en").decode("utf-8-sig").split() == ["a", "0.3", "0", "0", "1000000", "0.3333333333"]


def test_the_workbook_has_typed_cells() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(TABLE)))
    assert book.sheet_names == ["Spend by campaign ad 2026"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["Campaign", "Day", "Spend (EUR)", "CTR"],
        ["Total", "", 1234.5, 0.05],
        ['\'=HYPERLINK("http://example.com")', date(2026, 11, 9), 1234.5, 0.0243],
        ["Brand; with, marks", date(2026, 11, 10), "", 0.1],
    ]


def test_the_name_of_a_sheet_ends_with_a_word() -> None:
    told = "Co zmieniło wskaźnik „ROAS”, w podziale na: platforma"
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(Table(told, TABLE.columns, ()))))
    assert book.sheet_names == ["Co zmieniło wskaźnik ROAS, w…"]


def test_a_sheet_always_has_a_name() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(Table("///", TABLE.columns, ()))))
    assert book.sheet_names == ["Kokpit"]


def test_file_names_suit_every_system() -> None:
    assert file_name("paid acquisition", "", 'a/b:"c"', "2026-11-09") == "kokpit-paid-acquisition-a-b-c-2026-11-09"
    assert file_name("Wydatki: tygodnie", "", "2026-11-09") == "kokpit-wydatki-tygodnie-2026-11-09"
    assert len(file_name("я" * 200, "2026-11-09").encode()) < 200


def test_a_file_is_made_in_the_readers_language() -> None:
    use_language("en")
    assert later(lambda: current_language().encode(), "pl")() == b"pl"
