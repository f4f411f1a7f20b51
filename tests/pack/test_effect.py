"""Did it work? In the pack as in the meeting: by what the review presented, where it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from journal.operations import reviews
from journal.operations.decisions import Resolution, decide
from journal.operations.reviews import close_review
from journal.places import Place
from journal.words import Direction
from pack.content import document
from pack.document import Listing, Marks, Picture
from pack.formats import FORMS
from pack.frozen import frozen
from pack.tables import tables
from tests.pack.conftest import NOW, WEEK, begun

if TYPE_CHECKING:
    from journal.models import Review
    from journal.work import Journal
    from pack.material import Material
    from tests.pack.conftest import Gathered

BEFORE = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def decided(journal: Journal) -> Review:
    """A review after one that decided something, which took effect on the Monday clicks rose."""
    earlier = replace(journal, clock=lambda: BEFORE)
    before = begun(earlier, "Week 45", 10, WEEK.moved(-7))
    place = Place("paid_acquisition", "clicks", WEEK.moved(-7), review=before.id)
    decide(earlier, place, Resolution("Run at night, too.", "clicks", Direction.UP, WEEK.start))
    decide(earlier, Place("paid_acquisition", review=before.id), Resolution("Say so to everybody."))
    close_review(earlier, before.id, [], "1")
    return begun(journal, "Week 46", 17)


def told(material: Material) -> list[str]:
    """The words of the listing of outcomes."""
    section = next(each for each in document(material).sections if each.title == "Did it work?")
    (listing,) = section.blocks
    assert isinstance(listing, Listing)
    (row,) = listing.rows
    assert any(isinstance(cell, Picture) and "stroke-dasharray='2 3'" in cell.svg for cell in row)
    return [" ".join(mark.word for mark in cell.marks) if isinstance(cell, Marks) else str(cell) for cell in row]


def test_the_decisions_in_force_are_told_with_what_came_of_them(decided: Review, gathered: Gathered) -> None:
    words = told(gathered(decided))
    assert words[:3] == ["Run at night, too.", "Clicks up", "9 Nov 2026"]
    # Four advertisements with 20 clicks a day and one with 50, from that Monday on with 30.
    assert words[4:] == ["improved (above the earlier limits)", "On average 910 before, 1.19K since."]


def test_the_spreadsheet_has_it_as_numbers(decided: Review, gathered: Gathered) -> None:
    table = next(each for each in tables(gathered(decided)) if each.title == "Did it work?")
    assert table.rows[0].cells[9:] == (910.0, 1190.0, "number", 1)


def test_it_is_in_every_form(decided: Review, gathered: Gathered) -> None:
    material = gathered(decided)
    for kind in ("html", "csv"):
        assert "above the earlier limits" in FORMS[kind].made(material).decode("utf-8-sig")
    assert FORMS["pdf"].made(material).startswith(b"%PDF-")


def test_a_review_that_is_over_goes_by_what_it_presented(decided: Review, gathered: Gathered, journal: Journal) -> None:
    seen = next(each for each in gathered(decided).seen if each.figure.kpi.id == "clicks")
    *rest, newest = seen.figure.series
    then = replace(seen, figure=replace(seen.figure, series=(*rest, replace(newest, value=2000.0))))
    close_review(journal, decided.id, [frozen(then)], "1")
    assert told(gathered(reviews.review(journal, decided.id)))[-1] == "On average 910 before, 2K since."


def test_what_is_decided_in_the_review_itself_is_not_judged_yet(
    decided: Review, gathered: Gathered, journal: Journal
) -> None:
    later = replace(journal, clock=lambda: NOW.replace(hour=11))
    place = Place("paid_acquisition", "clicks", WEEK, review=decided.id)
    decide(later, place, Resolution("More of it.", "clicks", None, date(2026, 11, 23)))
    assert told(gathered(decided))[0] == "Run at night, too."
