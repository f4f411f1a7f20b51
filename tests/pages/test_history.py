"""The history page: everything found again by words, KPI, person and kind, and whether decisions worked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from journal.opening import open_journal
from journal.operations.actions import Promise
from journal.operations.exceptions import Raised, investigate, raise_exceptions
from journal.operations.history import Search, entry, search
from journal.operations.notes import add_note, remove
from journal.operations.reviews import ReviewPlan, open_review, plan_review
from journal.people import Actor
from journal.places import Place
from journal.words import ExceptionKind, Rhythm, Role
from tests.pages.conftest import seen, visit_page
from tests.pages.story import WEEK

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home
    from tests.pages.story import Story

HOSTILE = "<img src=x onerror=alert(1)> [link](javascript:alert(1)) =1+1 مرحبا 🚀 "


def cards(app: AppTest) -> list[str]:
    """The entries in the list, as HTML."""
    return [part for part in seen(app).split("\n") if part.startswith('<article class="kk-said">')]


def test_it_begins_with_decisions_reviews_and_the_latest(story: Story) -> None:
    shown = seen(visit_page("history"))
    assert "Decisions: did they work?" in shown
    # A week of Monday 2 November and one of the 9th, spend as ever: two points after.
    assert "too early: 2 of 8 points" in shown
    assert f'href="review?review={story.review}">Week 44</a>' in shown
    assert "Ada Kowalczyk, Jan Nowak" in shown
    # Review, note, decision, exception and three actions.
    assert "7 entries" in shown


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({"q": "WEDNESDAY budget"}, ["The budget was raised on Wednesday."]),
        ({"q": "poznan"}, ["Explained: A fair in Poznań."]),
        ({"what": "kept"}, ["The budget was raised on Wednesday."]),
        ({"what": "decision"}, ["Spend less on Meta."]),
        ({"what": "review"}, ["Week 44"]),
        ({"who": "Jan Nowak"}, ["Lower the Meta budget", "The budget was raised on Wednesday."]),
        ({"who": "Jan Nowak", "what": "note", "kpi": "spend"}, ["The budget was raised on Wednesday."]),
        ({"kpi": "clicks"}, []),
        ({"q": "100%_"}, []),
    ],
)
def test_what_is_looked_for_is_found(story: Story, query: dict[str, str], texts: list[str]) -> None:
    app = visit_page("history", **query)
    found = cards(app)
    assert story.review
    assert len(found) == len(texts)
    assert all(f'dir="auto">{text}</p>' in card for text, card in zip(texts, found, strict=True))
    assert texts or "Nothing was found." in seen(app)


def test_an_entry_says_where_and_who_and_how_it_read_before(story: Story) -> None:
    (card,) = cards(visit_page("history", q="Wednesday"))
    assert story.note
    assert "What happened" in card
    assert (
        'href="process?period=custom&amp;from=2026-10-26&amp;to=2026-11-01&amp;process=paid_acquisition&amp;kpi=spend"'
        in card
    )
    # The way back leads to what was looked for.
    assert f'href="history?entry={story.note}&amp;q=Wednesday"' in card
    assert "Spend · Week 44, 26 Oct – 1 Nov 2026" in card
    assert "Jan Nowak, 3 Nov 2026, 09:" in card
    assert "Earlier versions" in card
    assert "The budget was raised on Monday." in card


def test_an_entry_on_its_own_shows_what_came_of_it(story: Story) -> None:
    app = visit_page("history", entry=str(story.decision))
    decision, action = cards(app)
    assert "Spend less on Meta." in decision
    assert "too early: 2 of 8 points" in decision
    assert "Lower the Meta budget" in action


@pytest.mark.parametrize("number", ["999", "-1", "one", "9" * 400])
def test_an_entry_that_is_not_there_is_told(story: Story, number: str) -> None:
    app = visit_page("history", entry=number)
    assert story.review
    assert "There is no such entry in the journal" in seen(app)


def test_a_removed_entry_says_so(story: Story) -> None:
    note = add_note(story.journal, Place("paid_acquisition"), "Gone again")
    remove(story.journal, note.id)
    assert "Removed by Ada Kowalczyk." in seen(visit_page("history", entry=str(note.id)))


def test_a_star_keeps_an_insight(story: Story) -> None:
    app = visit_page("history", me="jan", what="exception")
    app.button(key=f"kk_keep_{story.exception}").click().run()
    assert entry(story.journal, story.exception).worth_keeping
    assert "worth keeping" in cards(app)[0]
    app.button(key=f"kk_keep_{story.exception}").click().run()
    assert not entry(story.journal, story.exception).worth_keeping


def test_a_reader_has_no_star(story: Story) -> None:
    app = visit_page("history", me="tom", what="note")
    assert len(cards(app)) == 1
    assert story.note
    assert not any((button.key or "").startswith("kk_keep") for button in app.button)


def test_what_is_chosen_is_written_into_the_address(story: Story) -> None:
    app = visit_page("history", me="ada")
    app.text_input(key="kk_found_by_search").set_value("meta budget").run()
    app.selectbox(key="kk_found_by_what").set_value("action").run()
    app.selectbox(key="kk_found_by_who").set_value("Jan Nowak").run()
    assert app.query_params == {"q": "meta budget", "what": "action", "who": "Jan Nowak", "me": "ada"}
    assert story.late
    assert len(cards(app)) == 1


def test_more_is_a_click_away(story: Story) -> None:
    for number in range(30):
        add_note(story.journal, Place("paid_acquisition"), f"Remark {number}")
    app = visit_page("history", what="note")
    assert len(cards(app)) == 20
    assert "The latest 20 entries" in seen(app)
    assert "what=note" in seen(app)
    assert 'href="history?rows=40&amp;what=note"' in seen(app)
    assert len(cards(visit_page("history", what="note", rows="40"))) == 31
    assert len(cards(visit_page("history", what="note", rows="all"))) == 20


def test_hostile_and_endless_words_are_shown_as_words(story: Story) -> None:
    text = HOSTILE + "x" * 100_000
    note = add_note(story.journal, Place("paid_acquisition", "<b>", dimension="campaign", dimension_value="<i>"), text)
    (card,) = cards(visit_page("history", q="مرحبا 🚀"))
    assert "&lt;img src=x onerror=alert(1)&gt; [link](javascript:alert(1)) =1+1 مرحبا 🚀 xxx" in card
    assert "&lt;b&gt; · &lt;i&gt;" in card
    assert len(card) < 3000
    (whole,) = cards(visit_page("history", entry=str(note.id)))
    assert "x" * 100_000 in whole
    assert "<img" not in whole


def test_words_that_look_like_markup_in_the_search_are_words(story: Story) -> None:
    app = visit_page("history", q="<script>alert(1)</script>", who="<b>nobody</b>", what="unheard")
    assert story.review
    assert not cards(app)
    assert "<script>" not in seen(app)


def test_an_empty_journal_says_what_will_be_here(own_department: Home) -> None:
    assert "Nothing was said yet" in seen(visit_page("history"))
    assert not (own_department.path / "journal.sqlite").exists()


def test_the_search_of_the_story_is_the_journals(story: Story) -> None:
    assert [each.id for each in search(story.journal, Search(words="fair"))] == [story.done, story.exception]


def test_an_overdue_promise_says_what_was_promised(own_department: Home) -> None:
    journal = open_journal(own_department, Actor("me", Role.HEAD))
    plan = ReviewPlan("Weekly", Rhythm.WEEKLY, datetime(2026, 11, 17, 9, tzinfo=UTC), WEEK)
    review = open_review(journal, plan_review(journal, plan).id)
    late = Raised(ExceptionKind.PROMISE, Place("paid_acquisition", "clicks"), {"action": "Pause the keywords <b>"})
    (raised,) = raise_exceptions(journal, review.id, [late])
    investigate(journal, raised.id, 1, Promise("Call the agency", "Jan Nowak", date(2026, 12, 1)))
    (card,) = [card for card in cards(visit_page("history")) if "Overdue promise" in card and "Investigating" in card]
    assert "Pause the keywords &lt;b&gt;" in card
    assert "from Overdue promise: Pause the keywords &lt;b&gt;" in seen(visit_page("actions"))
