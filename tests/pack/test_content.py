"""What the pack tells: as presented when the review is closed, as it is now while it is open, and what came before."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from core.period import Period
from journal.operations.actions import Promise, add_action, edit_action, set_action_state
from journal.operations.baselines import NewBaseline, WheelersAnswers
from journal.operations.events import Happening, add_event
from journal.operations.exceptions import Raised, new_normal, raise_exceptions
from journal.operations.reviews import ReviewPlan, Shown, close_review, plan_review, reopen_review
from journal.places import Place
from journal.words import ActionState, ExceptionKind, Rhythm
from metrics.drivers import Driver
from pack import kpis
from pack.content import document
from pack.document import Card, Chart, Facts, Heading, Listing, Marks, Picture, Said, Section, Text
from pack.frozen import frozen
from pack.minutes import find_review
from pack.moved import Moved
from pack.tables import tables
from tests.pack.conftest import WEEK, begun, closed

if TYPE_CHECKING:
    from journal.models import Review
    from journal.work import Journal
    from pack.document import Block, Document
    from pack.material import Material
    from tests.pack.conftest import Gathered
    from warehouse.snapshot import Snapshot


def section(material: Material, title: str) -> Section:
    return next(each for each in document(material).sections if each.title == title)


def words(blocks: tuple[Block, ...]) -> list[str]:
    """The cells of all tables, as text."""
    cells = [cell for block in blocks if isinstance(block, Listing) for row in block.rows for cell in row]
    return [" ".join(mark.word for mark in cell.marks) if isinstance(cell, Marks) else str(cell) for cell in cells]


def titles(told: Document) -> list[str]:
    return [each.title for each in told.sections]


def test_the_pack_follows_the_meeting(told: Review, gathered: Gathered) -> None:
    whole = document(gathered(told))
    assert (whole.title, whole.about) == ("Week 46", "Week 46, 9–15 Nov 2026")
    assert titles(whole) == [
        "What we said last time",
        "Exceptions",
        "Decisions",
        "Actions",
        "Notes and recommendations",
        "Events on the charts",
        "All KPIs",
        "All charts",
        "What the KPIs mean",
    ]
    assert whole.lead.endswith("2 exceptions · 1 decision · 1 action")
    assert ("Participants", "Ada Kowalczyk, me") in whole.facts.pairs
    assert ("Agenda", "Paid acquisition, Content and search") in whole.facts.pairs


def test_an_exception_has_its_chart_its_answers_and_what_followed(told: Review, gathered: Gathered) -> None:
    signal, promise = section(gathered(told), "Exceptions").blocks
    assert isinstance(signal, Card)
    assert isinstance(promise, Card)
    # Four advertisements with 30 clicks and one with 50, for seven days.
    assert (signal.title, signal.about, signal.value) == ("Clicks", "Paid acquisition · Ada Kowalczyk", "1.19K")
    said = [(block.label, block.text) for block in signal.blocks if isinstance(block, Said)]
    assert said == [
        ("What happened", "Advertisements ran at night."),
        ("What it means", "Nights are worth it."),
        ("Recommendation", "Keep it so."),
        ("Explained", "We wanted it."),
    ]
    assert words(signal.blocks)[:3] == ["Nights stay.", "Conversions (platform-reported) up", "16 Nov 2026"]
    assert promise.blocks[0] == Said("Promised", "Ask the agency for its log.", "Jan Nowak, due 13 Nov 2026")
    assert words(promise.blocks) == ["Call the agency.", "Ada Kowalczyk", "20 Nov 2026", "open"]


def test_a_new_normal_is_told_with_its_answers(journal: Journal, gathered: Gathered) -> None:
    review = begun(journal, "Week 46", 17)
    place = Place("paid_acquisition", "clicks", WEEK, "platform", "google_ads")
    exception = raise_exceptions(journal, review.id, [Raised(ExceptionKind.SIGNAL, place)])[0]
    answers = WheelersAnswers("Nights are new.", "We know why.", "We want it.", "It will stay.")
    new_normal(journal, exception.id, 1, NewBaseline(WEEK.start, "Advertisements at night.", answers))
    (card,) = section(gathered(review), "Exceptions").blocks
    assert isinstance(card, Card)
    assert card.title == "Clicks · Platform: Google Ads"
    assert Said("New normal", "Advertisements at night.", "Ada Kowalczyk, 17 Nov 2026") in card.blocks
    (facts,) = [block for block in card.blocks if isinstance(block, Facts)]
    assert facts.pairs[0] == ("Limits anew from", "9 Nov 2026")
    assert [answer for _question, answer in facts.pairs[1:]] == list(asdict(answers).values())


def test_a_promise_that_the_meeting_ended_keeps_its_words(journal: Journal, gathered: Gathered) -> None:
    late = add_action(
        journal, Place("paid_acquisition"), Promise("Pause the keywords.", "Jan Nowak", date(2026, 11, 13))
    )
    review = begun(journal, "Week 46", 17)
    told = {"action": late.text, "owner": late.owner, "due": "2026-11-13"}
    place = Place("paid_acquisition", "clicks", about=late.id)
    (exception,) = raise_exceptions(journal, review.id, [Raised(ExceptionKind.PROMISE, place, told)])
    set_action_state(journal, late.id, 1, ActionState.DONE, "Paused.")
    material = gathered(review)
    (card,) = section(material, "Exceptions").blocks
    assert isinstance(card, Card)
    assert card.blocks[0] == Said("Promised", "Pause the keywords.", "Jan Nowak, due 13 Nov 2026 · done")
    blocks = section(material, "Actions").blocks
    assert blocks[0] == Heading("From earlier, done or dropped now")
    assert words(blocks) == ["Pause the keywords.", "Jan Nowak", "13 Nov 2026", "done", "Paused."]
    sheets = {table.title: table for table in tables(material)}
    assert (exception.id, "Pause the keywords.") in {(row.cells[0], row.cells[5]) for row in sheets["Exceptions"].rows}


def test_a_closed_review_goes_on_telling_what_was_agreed_on(
    told: Review, journal: Journal, gathered: Gathered, snapshot: Snapshot
) -> None:
    agreed = Promise("Pause the keywords.", "Jan Nowak", date(2026, 11, 20))
    made = add_action(journal, Place("paid_acquisition", review=told.id), agreed)
    review = closed(journal, told, snapshot)
    edit_action(journal, made.id, 1, Promise("Pause all campaigns.", "Ada Kowalczyk", date(2026, 12, 1)))
    set_action_state(journal, made.id, 2, ActionState.DONE, "Paused.")
    cells = words(section(gathered(review), "Actions").blocks)
    first = cells.index("Pause the keywords.")
    assert cells[first : first + 5] == ["Pause the keywords.", "Jan Nowak", "20 Nov 2026", "done", "Paused."]
    assert "Pause all campaigns." not in cells


def test_what_was_said_last_time_is_told_with_what_came_of_it(told: Review, gathered: Gathered) -> None:
    cells = words(section(gathered(told), "What we said last time").blocks)
    assert cells[:4] == ["Clicks", "Explained", "A fair in Berlin.", "Ada Kowalczyk"]
    assert cells[4:9] == [
        *("Show the advertisements at night too.", "Clicks up", "9 Nov 2026", "Ada Kowalczyk"),
        "improved (above the earlier limits)",
    ]
    assert cells[9:] == ["Ask the agency for its log.", "Jan Nowak", "13 Nov 2026", "overdue"]


def test_what_is_still_open_of_earlier_reviews_is_among_the_actions(told: Review, gathered: Gathered) -> None:
    assert "Ask the agency for its log." in words(section(gathered(told), "Actions").blocks)


def test_every_chart_has_its_numbers_below(told: Review, gathered: Gathered) -> None:
    material = gathered(told)
    galleries = [block for block in section(material, "All charts").blocks if hasattr(block, "cards")]
    charts = [block for each in galleries for card in each.cards for block in card.blocks if isinstance(block, Chart)]
    assert len(charts) == len(material.seen)
    clicks = next(chart for chart in charts if chart.picture.told.startswith("Clicks:"))
    assert clicks.picture.told == "Clicks: 910 in 18–24 May 2026, 1.19K in 9–15 Nov 2026"
    assert clicks.numbers.rows[-2:] == (("W45", "910 ●"), ("W46", "1,190 ●"))


def test_each_chart_counts_its_own_events_and_lists_them_below(
    told: Review, journal: Journal, gathered: Gathered
) -> None:
    earlier = Happening("A new layout", date(2026, 11, 2), date(2026, 11, 4), processes=("organic_content",))
    long_ago = Happening("A fair", date(2024, 11, 9), kpis=("clicks",))
    for event in (earlier, long_ago, Happening("W" * 100, date(2026, 11, 10), kpis=("clicks",))):
        add_event(journal, Place("organic_content", review=told.id), event)
    material = gathered(told)
    clicks, organic = (
        next(each for each in material.seen if each.figure.kpi.id == name) for name in ("clicks", "organic_clicks")
    )
    listed = kpis.flags(material, clicks).replace("\N{NO-BREAK SPACE}", " ")
    assert listed == f"1 Nights on (9 Nov) · 2 {'W' * 80} … (10 Nov)"
    assert kpis.flags(material, organic) == "1\N{NO-BREAK SPACE}A new layout (2–4 Nov)"
    below = kpis.card(material, clicks).blocks
    assert Text(kpis.flags(material, clicks), quiet=True) in below
    assert ">1, 2</text>" in next(block for block in below if isinstance(block, Chart)).picture.svg


def test_a_closed_review_shows_what_it_presented_whatever_became_of_the_data(
    told: Review, journal: Journal, gathered: Gathered, snapshot: Snapshot, nothing_loaded: Snapshot
) -> None:
    open_now = [each.figure.value for each in gathered(told).seen]
    review = closed(journal, told, snapshot)
    later = gathered(review, nothing_loaded)
    assert [each.figure.value for each in later.seen] == open_now
    numbers = dict(document(later).facts.pairs)["Numbers"]
    assert numbers == "as presented when Ada Kowalczyk closed the review on 17 Nov 2026, 10:30"
    assert "Clicks" in words(section(later, "All KPIs").blocks)


def test_a_closed_review_tells_what_moved_a_kpi_as_it_was_kept(
    told: Review, journal: Journal, gathered: Gathered, nothing_loaded: Snapshot
) -> None:
    moved = Moved("platform", 280.0, (Driver("google_ads", 300.0), Driver("meta_ads", -20.0)))
    sentence = "280 more than on average before that: Google Ads +300, Meta Ads −20."
    seen = gathered(told).seen
    assert sentence not in paragraphs(gathered(told))
    kept = [replace(each, moved=moved) if each.figure.kpi.id == "clicks" else each for each in seen]
    close_review(journal, told.id, [frozen(each) for each in kept], "1")
    assert sentence in paragraphs(gathered(told, nothing_loaded))


def paragraphs(material: Material) -> str:
    """What is said on the cards of the exceptions."""
    cards = [block for block in section(material, "Exceptions").blocks if isinstance(block, Card)]
    told = [block.text for card in cards for block in card.blocks if isinstance(block, Text)]
    return "\n".join(told).replace("\N{WORD JOINER}", "")


def test_an_open_review_whose_data_is_gone_says_so(told: Review, gathered: Gathered, nothing_loaded: Snapshot) -> None:
    material = gathered(told, nothing_loaded)
    card = section(material, "Exceptions").blocks[0]
    assert isinstance(card, Card)
    assert card.title == "Clicks"
    assert "All KPIs" not in titles(document(material))
    assert dict(document(material).facts.pairs)["Numbers"].startswith("There are none: no KPI of this review has data.")


def test_a_review_opened_again_is_told_with_the_numbers_of_now(
    told: Review, journal: Journal, gathered: Gathered, snapshot: Snapshot
) -> None:
    reopen_review(journal, closed(journal, told, snapshot).id)
    facts = dict(document(gathered(told)).facts.pairs)
    assert facts["Numbers"] == "as they were on 17 Nov 2026, 10:30; the review is not closed"


def test_a_review_without_a_period_is_about_the_week_before_it(journal: Journal, gathered: Gathered) -> None:
    material = gathered(begun(journal, "Week 46", 17, None))
    assert document(material).about == "Week 46, 9–15 Nov 2026"


def test_a_column_that_says_nothing_is_left_out(told: Review, gathered: Gathered) -> None:
    listing = next(b for b in section(gathered(told), "All KPIs").blocks if isinstance(b, Listing))
    assert "Target" not in listing.headings
    assert {len(row) for row in listing.rows} == {len(listing.headings)} == {len(listing.shares)}
    assert isinstance(listing.rows[0][listing.headings.index("Course")], Picture)


def test_a_review_is_found_by_its_number_or_as_the_last(told: Review, journal: Journal) -> None:
    assert find_review(journal, str(told.id)).id == told.id
    assert find_review(journal, "last").title == "Week 46"
    with pytest.raises(UsageError, match=r"There is no review 'x'.*Week 46"):
        find_review(journal, "x")


def test_a_planned_review_is_the_last_only_where_none_has_begun(journal: Journal) -> None:
    with pytest.raises(UsageError, match="no reviews"):
        find_review(journal, "last")
    begun(journal, "Begun", 10)
    plan_review(journal, ReviewPlan("Planned", Rhythm.WEEKLY, datetime(2026, 12, 1, tzinfo=UTC)))
    assert find_review(journal, "last").title == "Begun"


def test_a_kpi_without_a_value_is_not_called_routine(told: Review, gathered: Gathered) -> None:
    known = next(each for each in gathered(told).seen if each.figure.value is not None)
    gone = replace(known, figure=replace(known.figure, value=None))
    assert [mark.word for mark in kpis.marks(gone).marks] == ["no data in this period"]
    assert "no data in this period" not in [mark.word for mark in kpis.marks(known).marks]


def test_a_period_without_data_is_not_called_usual(journal: Journal, gathered: Gathered) -> None:
    review = begun(journal, "Long ago", 17, Period(date(2019, 1, 7), date(2019, 1, 13)))
    close_review(journal, review.id, [Shown("spend", status={"value": None})], "1")
    assert section(gathered(review), "Exceptions").blocks == (Text("There is no data in this period."),)
