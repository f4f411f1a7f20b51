"""Downloads: the CSV of each language opens right in its spreadsheet, the workbook keeps types, formulas stay text."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from core.language import current_language, use_language
from core.tables import Column, Kind, Row, Table
from ui.exports import csv_bytes, file_name, later, xlsx_bytes
from ui.tables import html

BUILT_IN: Final = {"0": "", "3": "#,##0", "4": "#,##0.00", "10": "0.00%"}
"""What the numbers stand for that every workbook knows (ECMA-376, part 1, 18.8.30)."""

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


def shapes(table: Table) -> list[list[str]]:
    """How a spreadsheet is told to write each cell below the heading of *table*."""
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(table))) as book:
        styles, sheet = (book.read(f"xl/{part}.xml").decode() for part in ("styles", "worksheets/sheet1"))
    codes = BUILT_IN | dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]+)"', styles))
    looks = [codes[number] for number in re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])]
    rows = re.findall(r"<row .*?</row>", sheet)[1:]
    return [[looks[int(look)] for look in re.findall(r'<c r="\w+" s="(\d+)"', row)] for row in rows]


def test_whole_numbers_end_without_a_decimal_mark() -> None:
    columns = (Column("Clicks", Kind.NUMBER), Column("ROAS", Kind.NUMBER))
    table = Table("x", columns, (Row((31587, 2.0)), Row((12.0, None))), total=Row((31599, 2.5)))
    assert shapes(table) == [["#,##0", "#,##0.00"]] * 2 + [["#,##0"]]


def test_points_are_told_in_their_unit() -> None:
    table = Table("x", (Column("CTR", Kind.PERCENT), Column("Change", Kind.POINTS)), (Row((0.0243, 0.0003)),))
    assert csv_bytes(table, "en").decode("utf-8-sig").split("\r\n")[:2] == ["CTR,Change (pp)", "0.0243,0.03"]
    use_language("pl")
    assert csv_bytes(table, "pl").decode("utf-8-sig").split("\r\n")[:2] == ["CTR;Change (pp)", "0,0243;0,03"]
    assert shapes(table) == [["0.00%", "+0.00;-0.00;0"]]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(table))).get_sheet_by_index(0)
    assert sheet.to_python()[1] == [0.0243, pytest.approx(0.03)]


def test_a_moment_is_one_that_can_be_sorted_by() -> None:
    moment = datetime(2026, 11, 23, 14, 23, 5, tzinfo=ZoneInfo("Europe/Warsaw"))
    table = Table("x", (Column("When", Kind.MOMENT),), (Row((moment,)),))
    assert csv_bytes(table, "en").decode("utf-8-sig").split("\r\n")[1] == "2026-11-23 14:23:05"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(table))).get_sheet_by_index(0)
    assert [*map(str, sheet.to_python()[1])] == ["2026-11-23 14:23:05"]
    assert shapes(table) == [["yyyy-mm-dd hh:mm"]]
    assert "23 Nov 2026, 14:23" in html(table)


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
