"""Whatever style invented rows are written in, they come back equal, or a question is asked; damage never crashes."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.exports.batch import Batch, Options
from connectors.exports.load import load_files
from connectors.exports.results import EMPTY, LOADED, REFUSED
from core.config import Home
from tests.connectors.exports import google_ads_cases, meta_ads, search_console
from tests.connectors.exports.writers import NBSP, Encoding, Report, Row, Style, plain, workbook
from warehouse.datasets import AD_PERFORMANCE
from warehouse.writer import trying

if TYPE_CHECKING:
    from connectors.exports.results import FileResult
    from tests.connectors.exports.case import Export

FIELDS: Final = ("campaign", "day", "impressions", "clicks", "cost", "conversions")
HEADERS: Final = {
    "en": ("Campaign", "Day", "Impr.", "Clicks", "Cost", "Conversions", "Campaign type"),
    "pl": ("Kampania", "Dzień", "Wyświetlenia", "Kliknięcia", "Koszt", "Konwersje", "Typ kampanii"),
    "ru": ("Кампания", "День", "Показы", "Kлики", "Расходы", "Конверсии", "Тип кампании"),
}
LETTERS: Final = {
    "en": "abcXYZ",
    "pl": "abcżółćĘŚŹ",
    "ru": "абвЁяЮ",
}
MARKS: Final = " ,;|\t\"'=+-@:/().&#%\n"
ENCODINGS: Final = {
    "en": ("utf-8", "utf-8-sig", "utf-16"),
    "pl": ("utf-8", "utf-8-sig", "utf-16", "cp1250"),
    "ru": ("utf-8", "utf-8-sig", "utf-16", "cp1251"),
}
NUMBERS: Final = {
    "en": (Style(thousands=",", money_thousands=","), Style(), Style(money="${}"), Style(thousands=" ")),
    "pl": (Style(",", NBSP, NBSP), Style(",", " ", " "), Style(",", ".", "."), Style(",")),
    "ru": (Style(",", NBSP, NBSP, money="{} ₽"), Style(",", "\u202f", "\u202f"), Style(",")),
}
OLD_NUMBERS: Final = (Style(",", NBSP, NBSP), Style(","))
"""What code pages have signs for."""
DAYS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d %b %Y")
ANSWERS: Final = {"en": {"%m/%d/%Y": "en-US"}, "pl": {}, "ru": {}}
FALLBACK: Final = {"en": "en-GB", "pl": "pl", "ru": "ru"}


def named(language: str) -> st.SearchStrategy[str]:
    """Names of campaigns with every mark that a delimited file gives a meaning."""
    texts = st.text(st.sampled_from(LETTERS[language] + "0189" + MARKS), min_size=1, max_size=8)
    return texts.map(str.strip).filter(lambda text: text not in {"", "-", "--"})


@st.composite
def written(draw: st.DrawFn) -> tuple[list[Row], bytes, str]:
    """Rows, a file of them in some style, and the answer for when the style leaves a question."""
    language = draw(st.sampled_from(sorted(HEADERS)))
    cents = st.integers(0, 10**8).map(lambda number: Decimal(number).scaleb(-2))
    row = st.fixed_dictionaries(
        {
            "campaign": named(language),
            "day": st.dates(date(2024, 1, 1), date(2026, 10, 31)),
            "impressions": st.none() | st.integers(0, 10**7),
            "clicks": st.integers(0, 10**4),
            "cost": cents,
            "conversions": st.none() | cents,
        }
    )
    rows = draw(st.lists(row, min_size=1, max_size=5))
    day = draw(st.sampled_from([d for d in DAYS if language == "en" or d != "%m/%d/%Y"]))
    codec = draw(st.sampled_from(ENCODINGS[language]))
    numbers = draw(st.sampled_from(NUMBERS[language] if not codec.startswith("cp") else OLD_NUMBERS))
    style = Style(
        numbers.decimal, numbers.thousands, numbers.money_thousands, day, draw(st.sampled_from(["", " --", "—"]))
    )
    columns = tuple(zip(HEADERS[language], (*FIELDS, "=Search"), strict=True))
    report = Report(
        columns, (), style, Encoding(codec), draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n"]))
    )
    return rows, report.file(rows), ANSWERS[language].get(day, FALLBACK[language])


def loaded_as(content: bytes, folder: Path, options: Options) -> tuple[FileResult, list[tuple[object, ...]]]:
    """The result of loading *content*, and the rows: up to where they would be published, which takes longest."""
    path = folder / "report.csv"
    path.write_bytes(content)
    with trying(folder) as writer:
        writer.open_copy()
        (result,) = Batch(writer, folder, options).load([path], lambda _name, _share: None)
        found = writer.run(f"SELECT {', '.join(FIELDS)} FROM ({writer.held(AD_PERFORMANCE)})")
    return result, sorted(map(plain, found), key=repr)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(written())
def test_rows_come_back_equal_in_every_style(given_file: tuple[list[Row], bytes, str]) -> None:
    rows, content, answer = given_file
    expected = sorted((plain([row[name] for name in FIELDS]) for row in rows), key=repr)
    with tempfile.TemporaryDirectory() as place:
        result, found = loaded_as(content, Path(place), Options())
    if result.kind == "question":
        with tempfile.TemporaryDirectory() as place:
            result, found = loaded_as(content, Path(place), Options(locale=answer))
    assert result.status == LOADED, result.message
    assert found == expected


@settings(max_examples=15, deadline=None, derandomize=True)
@given(written())
def test_rows_come_back_equal_from_a_workbook(given_file: tuple[list[Row], bytes, str]) -> None:
    rows, _, answer = given_file
    language = {"en-GB": "en", "en-US": "en"}.get(answer, answer)
    cells = [[*(row[name] for name in FIELDS), "Search"] for row in rows]
    with tempfile.TemporaryDirectory() as place:
        result, found = loaded_as(workbook({"A": [HEADERS[language], *cells]}), Path(place), Options())
    assert result.status == LOADED, result.message
    assert found == sorted((plain([row[name] for name in FIELDS]) for row in rows), key=repr)


DAMAGED: Final = {
    "text": google_ads_cases.CASES[0],
    "utf-16": google_ads_cases.CASES[1],
    "marked": meta_ads.CASES[3],
    "semicolons": google_ads_cases.CASES[4],
    "zip": search_console.CASES[0],
    "workbook": search_console.CASES[5],
}


@pytest.mark.parametrize("kind", DAMAGED)
@settings(max_examples=20, deadline=None, derandomize=True)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), how=st.sampled_from(["set", "add", "drop"]))
def test_one_damaged_byte_is_never_a_crash(kind: str, place: float, byte: int, how: str) -> None:
    case: Export = DAMAGED[kind]
    content = bytearray(case.write(case.data))
    position = int(place * len(content))
    content[position : position + (how != "add")] = b"" if how == "drop" else bytes([byte])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.file.format(day="2026-04-01")
        path.write_bytes(content)
        results = load_files(Home(Path(folder) / "home"), [path], Options(account="shop", dry_run=True))
    assert results
    for result in results:
        assert result.status in {LOADED, EMPTY, REFUSED}, result.message
        counted = result.rows_loaded + result.rows_replaced + result.rows_rejected + result.rows_total
        assert result.rows_read == counted
        assert result.message
