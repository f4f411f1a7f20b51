"""A whole review in two browsers: the head of marketing leads, a participant follows on another laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from core.config import Home
from journal.models import Note
from journal.opening import open_journal
from journal.operations import drafts, exceptions, reviews
from journal.operations.history import Search, search
from journal.people import Actor
from journal.words import Outcome, ReviewState, Role
from tests.browser.chromium import new_context, now, settled, visit
from tests.browser.serving import serving
from tests.department import build_department

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from journal.work import Journal
    from tests.browser.serving import Cockpit

HEAD: Final = Actor("me", Role.HEAD)
ADA: Final = Actor("Ada Kowalczyk", Role.OWNER, frozenset({"paid_acquisition"}))
STEP: Final = ".kk-steps a[aria-current] span"
WORDS: Final = "Agency raised bids <script>alert(1)</script> \N{WAVING HAND SIGN}"


@pytest.fixture
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cockpit]:
    """The cockpit of a small department of its own."""
    home = build_department(Home(tmp_path_factory.mktemp("team")))
    with serving(home.path, lifetime=300) as running:
        yield running


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    """A second laptop."""
    context = new_context(browser)
    yield context.new_page()
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_timeout(100)
    settled(page)


def step(page: Page, title: str) -> None:
    """Wait until *page* shows the step *title*."""
    page.locator(STEP, has_text=title).wait_for()


def journal_of(team: Cockpit, who: Actor = HEAD) -> Journal:
    return open_journal(Home(team.home), who)


def write(page: Page, key: str, text: str) -> None:
    """Press *key* and go on typing, without waiting for the field that opens and without leaving it."""
    page.keyboard.press(key)
    page.keyboard.type(text, delay=20)
    page.locator(".st-key-kk_entry_form textarea").wait_for()


def begin(page: Page, team: Cockpit) -> int:
    """Plan the first review and begin it."""
    visit(page, team.page("meeting"))
    press(page, "Plan this review")
    press(page, "Begin the meeting")
    step(page, "What was promised")
    return reviews.reviews(journal_of(team))[0].id


ABOVE_THE_FOOT: Final = """() => {
  const end = (name) => document.querySelector(name)?.getBoundingClientRect()
  return end(".st-key-kk_asked")?.bottom <= end(".st-key-kk_foot").top && end(".st-key-kk_asked").top >= 0
}"""


def test_one_whole_meeting(page: Page, other: Page, team: Cockpit) -> None:
    number = begin(page, team)
    visit(other, team.page("meeting", me="ada"))
    step(other, "What was promised")
    page.keyboard.press("ArrowRight")
    step(page, "Routine")
    step(other, "Routine")
    page.keyboard.press("ArrowRight")
    first = exceptions.exceptions(journal_of(team), number)[0]
    page.locator(".kk-case").wait_for()
    step(other, page.locator(STEP).inner_text())

    # Typed, and not left: it is there after a reload all the same.
    write(other, "n", WORDS)
    other.get_by_text("saved as a draft").wait_for()
    other.reload()
    settled(other, within=40)
    other.keyboard.press("n")
    field = other.locator(".st-key-kk_entry_form textarea")
    field.wait_for()
    settled(other)
    assert field.input_value() == WORDS
    press(other, "Keep")
    page.get_by_text("Agency raised bids").wait_for()
    (note,) = search(journal_of(team), Search(types=(Note,)))
    assert isinstance(note, Note)
    assert (note.text, note.created_by, note.kpi, note.about_id) == (WORDS, ADA.person, first.kpi, first.id)

    for each in exceptions.exceptions(journal_of(team), number):
        exceptions.explain(journal_of(team), each.id, each.version, "Known")
    page.locator(".kk-steps a").last.click()
    step(page, "Close")
    page.wait_for_timeout(300)
    press(page, "Close the review")
    page.locator(".kk-closed").wait_for()
    assert reviews.review(journal_of(team), number).state is ReviewState.CLOSED
    other.locator(".kk-closed").wait_for()
    visit(other, team.page("meeting", review=str(number)))
    assert "Closed by me on" in other.locator(".kk-closed").inner_text()
    assert other.get_by_role("button", name="Close the review").count() == 0


def test_an_exception_is_explained_by_hand(page: Page, team: Cockpit) -> None:
    number = begin(page, team)
    first = exceptions.exceptions(journal_of(team), number)[0]
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.get_by_role("radio", name="Explained").click()
    field = page.locator(".st-key-kk_answer textarea")
    field.fill("The new ads work")
    page.get_by_text("saved as a draft").wait_for()
    press(page, "Keep")
    page.locator(".kk-outcome").wait_for()
    answered = exceptions.exceptions(journal_of(team), number)[0]
    assert (answered.outcome, answered.outcome_text) == (Outcome.EXPLAINED, "The new ads work")
    assert drafts.drafts(journal_of(team)) == []


def test_a_step_asked_for_ahead_is_there_at_once(page: Page, team: Cockpit) -> None:
    begin(page, team)
    page.keyboard.press("ArrowRight")
    step(page, "Routine")
    page.wait_for_timeout(3000)  # the next step is made ready meanwhile
    pressed = now(page)
    page.keyboard.press("ArrowRight")
    page.locator(".kk-case").wait_for()
    assert settled(page) - pressed < 1500


def test_a_restart_of_the_server_loses_nothing_that_was_typed(page: Page, tmp_path: Path) -> None:
    home = build_department(Home(tmp_path / "team"))
    with serving(home.path, lifetime=200) as first:
        begin(page, first)
        page.keyboard.press("n")
        page.locator(".st-key-kk_entry_form textarea").fill("Typed before the restart")
        page.get_by_text("saved as a draft").wait_for()
    with serving(home.path, lifetime=200) as second:
        visit(page, second.page("meeting"))
        page.keyboard.press("n")
        field = page.locator(".st-key-kk_entry_form textarea")
        field.wait_for()
        assert field.input_value() == "Typed before the restart"


def test_what_is_asked_for_on_the_spot_comes_into_sight(page: Page, team: Cockpit) -> None:
    number = begin(page, team)
    first = exceptions.exceptions(journal_of(team), number)[0]
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.locator(".st-key-kk_meeting_split").get_by_role("combobox").click()
    page.get_by_role("option", name="Platform").click()
    # Above the foot, which covers what is below it.
    page.wait_for_function(ABOVE_THE_FOOT)
