"""The pack as a workbook and as CSV: typed numbers, texts that stay texts, nothing cut off."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from core.language import use_language
from journal.operations.notes import add_note
from journal.places import Place
from pack.formats import FORMS
from tests.pack.conftest import STRANGE, begun

if TYPE_CHECKING:
    from journal.models import Review
    from journal.work import Journal
    from tests.pack.conftest import Gathered
    from warehouse.snapshot import Snapshot

SHEETS = [
    *("Review", "Numbers", "Values", "Exceptions", "Notes", "Decisions", "Did it work"),
    *("Actions", "Events", "Definitions"),
]


def workbook(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def sheet(content: bytes, name: str) -> list[dict[str, Any]]:
    head, *rows = workbook(content).get_sheet_by_name(name).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_workbook_has_a_sheet_for_each_table(told: Review, gathered: Gathered) -> None:
    content = FORMS["xlsx"].made(gathered(told))
    assert workbook(content).sheet_names == SHEETS
    clicks = next(row for row in sheet(content, "Numbers") if row["KPI"] == "Clicks")
    assert (clicks["Value"], clicks["Value before"], clicks["From"]) == (1190, 910, date(2026, 11, 9))
    assert (clicks["Change"], clicks["Compared up to"]) == (280, date(2026, 11, 15))
    assert (clicks["Process"], clicks["Owner"], clicks["Complete"]) == ("Paid acquisition", "Ada Kowalczyk", "yes")
    # 25 weeks of 910 and one of 1190: one range of 280 in 25.
    assert clicks["Centre"] == pytest.approx(920.77, abs=0.01)
    assert clicks["Upper limit"] == pytest.approx(950.56, abs=0.01)
    (decision,) = sheet(content, "Decisions")
    assert (decision["Text"], decision["From"]) == ("Nights stay.", date(2026, 11, 16))
    made = [(row["Text"], row["State"], row["Made"]) for row in sheet(content, "Actions")]
    assert made == [
        ("Call the agency.", "open", "in this review"),
        ("Ask the agency for its log.", "overdue", "earlier"),
    ]


def test_the_owner_is_who_it_was_when_it_was_presented(told: Review, gathered: Gathered) -> None:
    now = gathered(told)
    then = replace(now, seen=[replace(each, owner="Nina Before") for each in now.seen])
    assert (now.owner("paid_acquisition"), then.owner("paid_acquisition")) == ("Ada Kowalczyk", "Nina Before")


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_every_sheet_has_a_name_of_its_own(told: Review, gathered: Gathered, language: str) -> None:
    use_language(language)
    assert len(set(workbook(FORMS["xlsx"].made(gathered(told))).sheet_names)) == len(SHEETS)


def test_no_cell_is_a_formula_or_a_link(strange: Review, gathered: Gathered) -> None:
    content = FORMS["xlsx"].made(gathered(strange))
    with ZipFile(io.BytesIO(content)) as file:
        sheets = [file.read(name) for name in file.namelist() if "/sheet" in name]
    assert not any(re.search(rb"<(f|hyperlink)\b", each) for each in sheets)
    texts = {row["Text"] for row in sheet(content, "Decisions")}
    assert '\'=HYPERLINK("http://example.com")' in texts
    assert "'+1 -2 @SUM(A1) \t=1" in texts
    assert {STRANGE[0], STRANGE[3], STRANGE[4]} <= texts


def test_a_text_too_long_for_a_cell_goes_on_below(journal: Journal, gathered: Gathered) -> None:
    review = begun(journal, "Long", 17)
    note = "".join(f"{n:>9} " for n in range(10_000)).strip()
    add_note(journal, Place("paid_acquisition", review=review.id), note)
    rows = sheet(FORMS["xlsx"].made(gathered(review)), "Notes")
    assert len(rows) == 4
    assert "".join(row["Text"] for row in rows) == note
    assert [row["Process"] for row in rows] == ["Paid acquisition", "", "", ""]


@pytest.mark.parametrize(("language", "delimiter", "share"), [("en", ",", "0.0"), ("pl", ";", "0,0")])
def test_the_csv_is_one_long_table(
    strange: Review, gathered: Gathered, language: str, delimiter: str, share: str
) -> None:
    use_language(language)
    text = FORMS["csv"].made(gathered(strange)).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    assert {len(row) for row in rows} == {len(head)}
    assert head[0] == {"en": "Table", "pl": "Tabela"}[language]
    # All but one: no earlier review decided anything that could have worked.
    assert len({row[0] for row in rows}) == len(SHEETS) - 1
    assert sum(row.count("'" + STRANGE[1]) for row in rows) == 6
    assert any(cell.startswith(share) for row in rows for cell in row)


def test_an_empty_review_without_data_has_empty_tables(
    journal: Journal, gathered: Gathered, nothing_loaded: Snapshot
) -> None:
    material = gathered(begun(journal, "Nothing", 17, None), nothing_loaded)
    assert workbook(FORMS["xlsx"].made(material)).sheet_names == SHEETS
    assert b"Nothing" in FORMS["csv"].made(material)
