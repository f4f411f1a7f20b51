"""Words whose field is gone, as the meeting, the review or the page is not what it was: they are where they were."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from journal.operations import drafts, exceptions, reviews
from journal.operations.exceptions import Raised
from journal.operations.reviews import ReviewPlan
from journal.words import ExceptionKind, Rhythm
from tests.browser.chromium import settled, visit
from tests.browser.test_meeting import journal_of
from tests.browser.test_typed import CLICKS, CUT, NETWORK, SERVER, entry, meeting, until_kept

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.serving import Cockpit

__all__ = ["meeting"]
BLANK: Final = """() => {
  const field = document.querySelector(".st-key-kk_entry_form textarea")
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, "")
}"""
THINKING: Final = 3_000
"""Long enough for the page to follow the meeting, in milliseconds."""


@pytest.fixture
def another(meeting: tuple[Cockpit, int]) -> tuple[Cockpit, int]:
    """A review of its own, in which nobody has left anything unfinished."""
    team, _number = meeting
    journal = journal_of(team)
    plan = ReviewPlan("Another", Rhythm.WEEKLY, datetime(2026, 11, 24, 8, tzinfo=UTC))
    number = reviews.open_review(journal, reviews.plan_review(journal, plan).id).id
    exceptions.raise_exceptions(journal, number, [Raised(ExceptionKind.SIGNAL, CLICKS)])
    return team, number


def test_whoever_has_words_keeps_the_field_and_may_go_there(page: Page, another: tuple[Cockpit, int]) -> None:
    team, number = another
    first = exceptions.exceptions(journal_of(team), number)[0]
    reviews.go_to_step(journal_of(team), number, f"x{first.id}")
    visit(page, team.page("meeting", review=str(number)))
    page.keyboard.press("n")
    expect(entry(page)).to_be_focused()
    page.keyboard.type("We think about this")
    until_kept(team, "We think about this")
    reviews.go_to_step(journal_of(team), number, "decisions")
    page.get_by_text("The meeting has gone on to").wait_for()
    page.wait_for_timeout(THINKING)
    page.keyboard.type(" for long", delay=40)
    expect(entry(page)).to_have_value("We think about this for long")
    until_kept(team, "We think about this for long")
    page.get_by_role("button", name="Go there").click()
    page.get_by_role("heading", name="Recommended").wait_for()
    # The words stay where they were written, and no other field takes their place.
    expect(page.locator(".st-key-kk_entry_form")).to_have_count(0)
    (found,) = (each for each in drafts.drafts(journal_of(team)) if each.text == "We think about this for long")
    assert f":{first.id}:" in found.place


def test_words_of_a_page_that_was_loaded_anew_open_their_field(page: Page, another: tuple[Cockpit, int]) -> None:
    team, number = another
    page.add_init_script(NETWORK)
    visit(page, team.page("meeting", review=str(number), step="decisions"))
    page.keyboard.press("d")
    expect(entry(page, "What was decided?")).to_be_focused()
    page.evaluate("window.slow = 5000")
    page.keyboard.type("Not yet anywhere")
    page.reload()
    settled(page, within=40)
    expect(entry(page, "What was decided?")).to_have_value("Not yet anywhere", timeout=15_000)
    until_kept(team, "Not yet anywhere")


def test_a_field_that_was_drawn_without_its_words_gets_them(page: Page, another: tuple[Cockpit, int]) -> None:
    team, number = another
    visit(page, team.page("meeting", review=str(number), step="decisions"))
    page.keyboard.press("n")
    expect(entry(page)).to_be_focused()
    page.keyboard.type("Here they are")
    until_kept(team, "Here they are")
    page.wait_for_timeout(500)
    page.reload()
    settled(page, within=40)
    expect(entry(page)).to_have_value("Here they are")
    page.evaluate(BLANK)
    expect(entry(page)).to_have_value("Here they are", timeout=10_000)


def test_letters_typed_before_a_field_shows_its_words_come_after_them(page: Page, another: tuple[Cockpit, int]) -> None:
    team, number = another
    drafts.save_draft(journal_of(team), f"{number}::::::note", "Here they are")
    visit(page, team.page("meeting", review=str(number), step="decisions"))
    page.keyboard.press("n")
    expect(entry(page)).to_have_value("Here they are")
    expect(entry(page)).to_be_focused()
    page.evaluate(BLANK)
    page.keyboard.type("More", delay=40)
    expect(entry(page)).to_have_value("Here they are\nMore", timeout=10_000)
    until_kept(team, "Here they are\nMore")


def test_words_typed_while_the_review_is_closed_are_whole(page: Page, another: tuple[Cockpit, int]) -> None:
    team, number = another
    journal = journal_of(team)
    found = exceptions.exceptions(journal, number)
    for each in found:
        if each.outcome is None:
            exceptions.explain(journal, each.id, each.version, "Known")
    visit(page, team.page("meeting", review=str(number), step=f"x{found[0].id}"))
    page.keyboard.press("r")
    expect(entry(page, "What should be done?")).to_be_focused()
    page.keyboard.type("Only these ", delay=60)
    reviews.close_review(journal, number, [], "")
    page.keyboard.type("words typed on while it is closed under my hands", delay=60)
    left = page.locator(".st-key-kk_foot .kk-text", has_text="Only these")
    expect(left).to_have_text("Only these words typed on while it is closed under my hands", timeout=20_000)
    until_kept(team, "Only these words typed on while it is closed under my hands")
    # Nothing of it waits to be put in another field.
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kokpit:typed')).length") == 0
    visit(page, team.page("process", kpi="impressions"))
    page.locator(".st-key-kk_entry_note button").click()
    expect(entry(page)).to_have_value("")


def test_a_field_of_one_line_stays_open_without_a_connection(page: Page, another: tuple[Cockpit, int]) -> None:
    team, number = another
    first = exceptions.exceptions(journal_of(team), number)[0]
    page.add_init_script(NETWORK)
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.get_by_role("radio", name="New normal").click()
    field = page.locator(".st-key-kk_answer input[type=text]").nth(1)
    field.click()
    page.keyboard.type("Known, ")
    page.route(SERVER, lambda route: route.abort())
    page.evaluate(CUT)
    # Every other letter here would be a shortcut, were it not for the field.
    page.keyboard.type("and the cat sat on the mat ", delay=40)
    page.wait_for_timeout(3000)
    page.keyboard.type("ever since", delay=40)
    text = "Known, and the cat sat on the mat ever since"
    expect(field).to_have_value(text)
    page.unroute(SERVER)
    until_kept(team, text)
    expect(field).to_have_value(text)
    expect(page.locator(".st-key-kk_entry_form")).to_have_count(0)
