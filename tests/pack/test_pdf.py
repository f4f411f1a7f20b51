"""The PDF is set whatever people wrote, and nothing that they wrote is read as markup."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import typst

from core.language import use_language
from journal.operations.notes import add_note
from journal.places import Place
from pack import pdf
from pack.content import document
from pack.formats import FORMS
from tests.pack.conftest import HOSTILE, begun

if TYPE_CHECKING:
    from journal.models import Review
    from journal.work import Journal
    from tests.pack.conftest import Gathered
    from warehouse.snapshot import Snapshot


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_texts_that_nobody_wishes_for_are_printed(strange: Review, gathered: Gathered, language: str) -> None:
    use_language(language)
    assert FORMS["pdf"].made(gathered(strange)).startswith(b"%PDF-")


def test_markup_is_printed_as_text(strange: Review, gathered: Gathered) -> None:
    data = pdf.printable(document(gathered(strange)))
    found: list[dict[str, Any]] = json.loads(
        typst.query(pdf.TEMPLATE, "heading.where(level: 1)", sys_inputs={"document": data})
    )
    told = [heading["body"] for heading in found]
    assert told[0] == {"func": "text", "text": "Exceptions"}
    texts = json.loads(data)
    assert texts["title"].replace("\N{ZERO WIDTH SPACE}", "") == HOSTILE


def test_words_without_end_may_break(told: Review, gathered: Gathered, journal: Journal) -> None:
    add_note(journal, Place("paid_acquisition", review=told.id), "w" * 100_000)
    text = pdf.printable(document(gathered(told)))
    assert "w" * 61 not in text
    assert text.count("w" * 40) >= 2_000
    assert FORMS["pdf"].made(gathered(told)).startswith(b"%PDF-")


def test_a_long_note_takes_the_pages_it_needs(told: Review, gathered: Gathered, journal: Journal) -> None:
    short = _pages(gathered, told)
    add_note(journal, Place("paid_acquisition", review=told.id), "Every word of it. " * 5555)
    # A page has room for seven or eight thousand characters.
    assert short + 11 < _pages(gathered, told) < short + 30


def _pages(gathered: Gathered, review: Review) -> int:
    data = pdf.printable(document(gathered(review)))
    pages: object = typst.compile(pdf.TEMPLATE, sys_inputs={"document": data}, format="png", ppi=5)
    return len(pages) if isinstance(pages, list) else 1


def test_an_empty_review_without_data_is_printed(
    journal: Journal, gathered: Gathered, nothing_loaded: Snapshot
) -> None:
    assert _pages(lambda review, _of=None: gathered(review, nothing_loaded), begun(journal, "Nothing", 17, None)) == 1
