"""Reviews of the small department to make packs of: one with a story, and one of texts that nobody wishes for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, Protocol

import pytest

from core.config import Configuration, Home
from core.language import use_language
from core.period import Period
from journal.opening import close_all, open_journal
from journal.operations import reviews
from journal.operations.actions import Promise, add_action
from journal.operations.decisions import Resolution, decide
from journal.operations.events import Happening, add_event
from journal.operations.exceptions import Raised, explain, investigate, raise_exceptions
from journal.operations.notes import add_note, add_recommendation
from journal.operations.reviews import ReviewPlan, Topic, close_review, open_review, plan_review
from journal.people import Actor
from journal.places import Place
from journal.words import Direction, ExceptionKind, NoteKind, Rhythm, Role
from pack.frozen import frozen
from pack.material import Material, gather
from tests.department import build_department
from warehouse.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journal.models import Review
    from journal.work import Journal

WEEK: Final = Period(date(2026, 11, 9), date(2026, 11, 15))
NOW: Final = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
HOSTILE: Final = (
    '</p></td><script>alert("x")</script><img src=http://example.com/x onerror=alert(1)> & <b>bold</b> '
    '#panic("typst") $ x^2 $ *strong* _emphasis_ @reference // comment \\ `raw` #import "@preview/x:1.0.0"'
)
STRANGE: Final = (
    HOSTILE,
    '=HYPERLINK("http://example.com")',
    "+1 -2 @SUM(A1) \t=1",
    "שלום עולם – مرحبا بالعالم – e\N{COMBINING ACUTE ACCENT} \N{RIGHT-TO-LEFT OVERRIDE}abc",
    "Zażółć gęślą jaźń 🎉👩‍👩‍👧 Съешь же ещё этих мягких булок",
    "bell \a, form feed \f, escape \x1b, end",
    "w" * 500,
)


class Gathered(Protocol):
    """Makes the material of a review."""

    def __call__(self, review: Review, of: Snapshot | None = None) -> Material:
        """What the pack of *review* is made from."""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The small department's numbers."""
    return open_snapshot(build_department(Home(tmp_path_factory.mktemp("department"))).warehouse)


@pytest.fixture
def nothing_loaded(home: Home) -> Snapshot:
    """A warehouse without any number."""
    return open_snapshot(home.warehouse)


@pytest.fixture
def journal(home: Home) -> Iterator[Journal]:
    """An empty journal in the hands of the head of marketing."""
    yield replace(open_journal(home, Actor("Ada Kowalczyk", Role.HEAD)), clock=lambda: NOW)
    close_all()


@pytest.fixture
def gathered(journal: Journal, snapshot: Snapshot) -> Gathered:
    """Material over the small department."""

    def made(review: Review, of: Snapshot | None = None) -> Material:
        return gather(journal, reviews.review(journal, review.id), of or snapshot, Configuration(), NOW)

    return made


def begun(journal: Journal, title: str, day: int, period: Period | None = WEEK) -> Review:
    """A review that has begun, on a *day* of November 2026."""
    topics = (Topic("paid_acquisition", 10), Topic("organic_content", 5))
    at = datetime(2026, 11, day, 9, tzinfo=UTC)
    plan = ReviewPlan(title, Rhythm.WEEKLY, at, period, ("Ada Kowalczyk", "me"), topics, "Ada Kowalczyk")
    return open_review(journal, plan_review(journal, plan).id)


def closed(journal: Journal, review: Review, snapshot: Snapshot) -> Review:
    """*review* closed with its numbers as they are."""
    material = gather(journal, reviews.review(journal, review.id), snapshot, Configuration(), NOW)
    return close_review(journal, review.id, [frozen(seen) for seen in material.seen], "1")


@pytest.fixture
def told(journal: Journal) -> Review:
    """A review with everything in it, and one before it."""
    before = begun(journal, "Week 45", 10, WEEK.moved(-7))
    clicks = Place("paid_acquisition", "clicks", WEEK.moved(-7), review=before.id)
    decide(journal, clicks, Resolution("Show the advertisements at night too.", "", Direction.UP, date(2026, 11, 9)))
    late = add_action(journal, clicks, Promise("Ask the agency for its log.", "Jan Nowak", date(2026, 11, 13)))
    heard = Raised(ExceptionKind.SIGNAL, Place("paid_acquisition", "clicks", WEEK.moved(-7)))
    explain(journal, raise_exceptions(journal, before.id, [heard])[0].id, 1, "A fair in Berlin.")
    close_review(journal, before.id, [], "1")
    review = begun(journal, "Week 46", 17)
    signal = Raised(ExceptionKind.SIGNAL, Place("paid_acquisition", "clicks", WEEK))
    promise = Raised(ExceptionKind.PROMISE, Place("paid_acquisition", about=late.id))
    first, second = raise_exceptions(journal, review.id, [signal, promise])
    about = replace(first.place, about=first.id)
    add_note(journal, about, "Advertisements ran at night.", NoteKind.HAPPENED)
    add_note(journal, about, "Nights are worth it.", NoteKind.MEANS)
    add_recommendation(journal, about, "Keep it so.")
    explain(journal, first.id, 1, "We wanted it.")
    call = Promise("Call the agency.", "Ada Kowalczyk", date(2026, 11, 20))
    investigate(journal, second.id, 1, call, "No answer yet.")
    decide(journal, about, Resolution("Nights stay.", "conversions", Direction.UP, date(2026, 11, 16)))
    night = Happening("Nights on", date(2026, 11, 9), text="All campaigns", processes=("paid_acquisition",))
    add_event(journal, Place("paid_acquisition", review=review.id), night)
    add_note(journal, Place("organic_content", "organic_clicks", WEEK, review=review.id), "Thanks to everybody.")
    return review


@pytest.fixture
def strange(journal: Journal) -> Review:
    """A review in which every text is one that nobody would wish for."""
    review = begun(journal, HOSTILE, 17)
    place = Place("paid_acquisition", "clicks", WEEK, review=review.id)
    exception = raise_exceptions(journal, review.id, [Raised(ExceptionKind.SIGNAL, place)])[0]
    for text in STRANGE:
        add_note(journal, replace(place, about=exception.id), text, NoteKind.MEANS)
        add_recommendation(journal, place, text)
        decide(journal, place, Resolution(text, "clicks", Direction.UP))
        add_action(journal, place, Promise(text, "Jan <i>Nowak</i>"))
        add_event(journal, place, Happening(text, date(2026, 11, 9), text=text))
    explain(journal, exception.id, 1, HOSTILE)
    return review
