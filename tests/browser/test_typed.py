"""Whatever becomes of the page, the connection or the server: the words that were being typed are there again."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from journal.models import Note
from journal.opening import open_journal
from journal.operations import decisions, drafts, exceptions, reviews
from journal.operations.exceptions import Raised
from journal.operations.history import Search, search
from journal.operations.notes import add_note
from journal.places import Place
from journal.words import Direction, ExceptionKind
from tests.browser.chromium import settled, visit
from tests.browser.serving import free_port, serving
from tests.browser.test_meeting import HEAD, journal_of, press
from tests.typists import one_review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.serving import Cockpit

# Every message to the server takes as long as `slow` says, and all connections can be cut.
NETWORK: Final = """
  window.slow = 0
  window.sockets = []
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (message) {
    if (!window.sockets.includes(this)) window.sockets.push(this)
    if (window.unheard > 0) window.unheard -= 1
    else setTimeout(() => this.readyState === 1 && send.call(this, message), window.slow)
  }
"""
CLICKS: Final = Place("paid_acquisition", "clicks")
IMPRESSIONS: Final = Place("paid_acquisition", "impressions")
ACTION: Final = "What is to be done?"
CUT: Final = "window.sockets.forEach((socket) => socket.close())"
REDRAWN: Final = """() => {
  const field = document.querySelector(".st-key-kk_entry_form textarea")
  const place = field.parentNode
  field.remove()
  setTimeout(() => place.append(field), 300)
}"""
SERVER: Final = "**/_stcore/**"


@pytest.fixture(scope="module")
def meeting(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cockpit, int]]:
    """A small department whose first review has begun, and the number of that review."""
    assert chromium
    home, review = one_review(tmp_path_factory.mktemp("team"))
    exceptions.raise_exceptions(open_journal(home, HEAD), review, [Raised(ExceptionKind.SIGNAL, CLICKS)])
    with serving(home.path, lifetime=300) as running:
        yield running, review


def entry(page: Page, hint: str = "What should be remembered?") -> Locator:
    """The field that *hint* belongs to: what somebody left unfinished may stand beside it for a moment."""
    return page.locator(".st-key-kk_entry_form").get_by_label(hint)


def until_kept(team: Cockpit, text: str) -> None:
    """Wait until the journal has *text* as a draft of the head; a page waits ever longer before it connects again."""
    deadline = time.monotonic() + 60
    while text not in (found := [each.text for each in drafts.drafts(journal_of(team))]):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def test_letters_typed_before_the_field_is_there_are_in_it(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    page.add_init_script(NETWORK)
    visit(page, team.page("meeting", review=str(number), step="promises"))
    page.evaluate("window.slow = 700")
    page.keyboard.press("n")
    page.keyboard.type("Zażółć gęślą,", delay=15)
    assert entry(page).count() == 0
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.keyboard.type("next and event again " * 4, delay=15)
    expect(entry(page)).to_have_value("Zażółć gęślą\n" + "next and event again " * 4)
    expect(entry(page)).to_be_focused()
    page.evaluate("window.slow = 0")


def test_letters_of_a_page_that_died_before_the_field_was_there(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    page.add_init_script(NETWORK)
    first = exceptions.exceptions(journal_of(team), number)[0]
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.evaluate("window.slow = 5000")
    page.keyboard.press("r")
    page.keyboard.type("Too early")
    page.reload()
    settled(page, within=40)
    page.keyboard.press("r")
    expect(entry(page, "What should be done?")).to_have_value("Too early")


def test_letters_typed_while_another_field_is_open_wait_for_theirs(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    page.add_init_script(NETWORK)
    visit(page, team.page("meeting", review=str(number), step="promises"))
    page.keyboard.press("e")
    expect(entry(page, "What happened?")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.evaluate("window.slow = 700")
    page.keyboard.press("d")
    page.keyboard.type("even later", delay=40)
    expect(entry(page, "What was decided?")).to_have_value("even later")
    until_kept(team, "even later")
    assert not any("even" in each.text for each in drafts.drafts(journal_of(team)) if each.place.endswith("event"))


def test_whoever_types_while_the_meeting_goes_on_keeps_the_field(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    first = exceptions.exceptions(journal_of(team), number)[0]
    reviews.go_to_step(journal_of(team), number, f"x{first.id}")
    visit(page, team.page("meeting", review=str(number)))
    page.keyboard.press("n")
    page.keyboard.type("The first half")
    reviews.go_to_step(journal_of(team), number, "decisions")
    page.keyboard.type(" and the other, renamed, even", delay=150)
    expect(entry(page)).to_have_value("The first half and the other, renamed, even")
    page.get_by_text("The meeting has gone on to “Decisions”").wait_for()
    press(page, "Keep")
    page.get_by_role("heading", name="Recommended").wait_for()
    (found,) = search(journal_of(team), Search(types=(Note,), about=first.id))
    assert isinstance(found, Note)
    assert (found.text, found.about_id) == ("The first half and the other, renamed, even", first.id)


def test_words_typed_without_a_pause_are_saved_meanwhile(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    visit(page, team.page("meeting", review=str(number), step="promises"))
    page.keyboard.press("r")
    expect(entry(page, "What should be done?")).to_be_focused()
    page.keyboard.type("nobody pauses " * 4, delay=100)
    found = [each.text for each in drafts.drafts(journal_of(team))]
    assert any("nobody pauses nobody" in text for text in found), found
    expect(entry(page, "What should be done?")).to_have_value(re.compile("(nobody pauses ){4}$"))


def test_a_field_taken_away_while_somebody_types_keeps_the_word(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    visit(page, team.page("meeting", review=str(number), step="decisions"))
    page.keyboard.press("e")
    expect(entry(page, "What happened?")).to_be_focused()
    page.keyboard.type("The aand ")
    page.keyboard.press("ArrowLeft")
    # As a page does that draws the field anew: it is gone, and there is another one in its place.
    page.evaluate(REDRAWN)
    page.keyboard.type("rned", delay=15)
    expect(entry(page, "What happened?")).to_have_value("The aandrned ")
    page.keyboard.type(", even", delay=15)
    expect(entry(page, "What happened?")).to_have_value("The aandrned, even ")
    expect(page.get_by_label("What should be done?")).to_have_count(0)


def test_the_last_letters_outlive_the_tab(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    there = team.page("meeting", review=str(number), step="close")
    visit(page, there)
    page.keyboard.press("a")
    entry(page, ACTION).wait_for()
    text = "Typed up to the end"
    page.keyboard.type("Typed up")
    until_kept(team, "Typed up")
    page.keyboard.type(" to the end")
    again = page.context.new_page()
    page.close()
    visit(again, there)
    # What was begun here opens by itself.
    expect(entry(again, ACTION)).to_have_value(text)
    until_kept(team, text)
    press(again, "Keep")
    expect(entry(again, ACTION)).to_have_count(0)
    assert text not in [each.text for each in drafts.drafts(journal_of(team))]
    again.keyboard.press("a")
    expect(entry(again, ACTION)).to_have_value("")
    again.keyboard.press("Escape")
    press(again, "Put away")


def test_an_answer_to_wheelers_questions_outlives_the_page(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    raised = exceptions.exceptions(journal_of(team), number)[0]
    visit(page, team.page("meeting", review=str(number), step=f"x{raised.id}"))
    page.get_by_role("radio", name="New normal").click()
    page.locator(".st-key-kk_answer input[type=text]").nth(2).press_sequentially("Because we changed it")
    page.reload()
    settled(page, within=40)
    # Words that the journal does not have yet open their field as soon as it has them.
    answered = page.locator(".st-key-kk_answer input[type=text]").nth(2)
    expect(answered).to_have_value("Because we changed it")
    until_kept(team, "Because we changed it")


def test_whoever_types_on_without_a_connection_loses_nothing(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, _number = meeting
    page.add_init_script(NETWORK)
    visit(page, team.page("prepare"))
    field = page.get_by_role("textbox", name="What it means").first
    field.click()
    text = "Before, " + "on and on " * 12
    page.keyboard.type("Before, ")
    page.route(SERVER, lambda route: route.abort())
    page.evaluate(CUT)
    # Meanwhile Streamlit shuts the field, and lays a dialog over the page that takes the focus.
    page.keyboard.type("on and on " * 12, delay=30)
    expect(field).to_have_value(text)
    expect(page.locator(".kk-waiting")).to_have_count(1)
    page.unroute(SERVER)
    until_kept(team, text)
    expect(page.locator(".kk-waiting")).to_have_count(0)
    expect(field).to_have_value(text)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_a_server_killed_while_somebody_types_loses_nothing(page: Page, tmp_path: Path) -> None:
    home, review = one_review(tmp_path / "team")
    port = free_port()
    with serving(home.path, lifetime=100, port=port) as first:
        visit(page, first.page("meeting", review=str(review), step="routine"))
        page.keyboard.press("n")
        entry(page).wait_for()
        page.keyboard.type("Typed before, ")
        until_kept(first, "Typed before, ")
        page.keyboard.type("while ")
        os.kill(first.pid, signal.SIGKILL)
        page.keyboard.type("and after ", delay=20)
    page.keyboard.type("the server was killed", delay=20)
    with serving(home.path, lifetime=100, port=port) as second:
        until_kept(second, "Typed before, while and after the server was killed")
        expect(entry(page)).to_have_value("Typed before, while and after the server was killed")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_what_was_chosen_while_the_server_hung_is_what_is_kept(page: Page, tmp_path: Path) -> None:
    home, review = one_review(tmp_path / "team")
    port = free_port()
    with serving(home.path, lifetime=100, port=port) as first:
        visit(page, first.page("meeting", review=str(review), step="decisions"))
        page.keyboard.press("d")
        expect(entry(page, "What was decided?")).to_be_focused()
        page.keyboard.type("Pause it")
        until_kept(first, "Pause it")
        os.kill(first.pid, signal.SIGSTOP)
        page.get_by_role("combobox", name="Which way").click()
        page.get_by_role("option", name="should rise").click()
        page.get_by_role("combobox", name="KPI it is to move").fill("Cost per cl")
        page.get_by_role("option", name="Cost per click", exact=True).click()
        os.kill(first.pid, signal.SIGKILL)
    with serving(home.path, lifetime=100, port=port) as second:
        page.locator('[data-test-connection-state="CONNECTED"]').wait_for(timeout=60_000)
        settled(page, within=40)
        expect(page.get_by_role("combobox", name="Which way")).to_have_value("should rise")
        expect(page.get_by_role("combobox", name="KPI it is to move")).to_have_value("Cost per click")
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.locator(".st-key-kk_entry_form")).to_have_count(0)
        (made,) = decisions.decisions(journal_of(second))
        assert (made.text, made.direction, made.moves) == ("Pause it", Direction.UP, "cpc")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what another process may write")
def test_words_typed_while_the_disk_is_full_are_saved_once_it_is_not(page: Page, meeting: tuple[Cockpit, int]) -> None:
    resource = pytest.importorskip("resource")
    team, number = meeting
    visit(page, team.page("meeting", review=str(number), step="routine"))
    page.keyboard.press("d")
    field = entry(page, "What was decided?")
    field.wait_for()
    told = page.get_by_text(
        "Nothing was changed. Free some space on that disk, or look whether it is write-protected, then try again."
    )
    # Nothing can be written but the first page of a file; SQLite goes on in the middle of one that it has.
    limits = resource.prlimit(team.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        text = "Decided while the disk was full. " * 3000
        field.fill(text)
        told.wait_for()
        page.locator(".kk-waiting").wait_for()
    finally:
        resource.prlimit(team.pid, resource.RLIMIT_FSIZE, limits)
    until_kept(team, text)
    expect(told).to_have_count(0)
    expect(field).to_have_value(text)


def test_without_a_store_words_outlive_the_page(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    forbidden = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })"
    page.add_init_script(NETWORK + forbidden)
    first = exceptions.exceptions(journal_of(team), number)[0]
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.keyboard.press("n")
    expect(entry(page)).to_be_focused()
    page.evaluate("window.slow = 5000")
    page.keyboard.type("Nothing of this was sent", delay=5)
    page.reload()
    settled(page, within=40)
    page.keyboard.press("n")
    expect(entry(page)).to_have_value("Nothing of this was sent")


def test_the_pencil_opens_its_field_for_the_next_letter(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    first = exceptions.exceptions(journal_of(team), number)[0]
    add_note(journal_of(team), Place(review=number, about=first.id), "Written in part")
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.locator("li", has_text="Written in part").locator(".kk-pencil").click()
    page.keyboard.type(" and and the other", delay=15)
    field = page.locator('.st-key-kk_foot [class*="st-key-kk_correct_"] textarea')
    expect(field).to_be_focused()
    expect(field).to_have_value("Written in part and and the other")


def test_a_field_that_is_opened_by_hand_has_the_next_letter(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    first = exceptions.exceptions(journal_of(team), number)[0]
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.get_by_role("radio", name="Investigating").click()
    # No hand goes from the mouse to the keys in less.
    page.wait_for_timeout(50)
    page.keyboard.type("nobody knows, ", delay=15)
    expect(page.locator(".st-key-kk_answer textarea")).to_have_value("nobody knows, ")
    until_kept(team, "nobody knows, ")
    visit(page, team.page("meeting", review=str(number), step="close"))
    page.locator(".st-key-kk_entry_action button").click()
    page.wait_for_timeout(50)
    page.keyboard.type("deal with it", delay=15)
    expect(entry(page, ACTION)).to_have_value("deal with it")


LOST_CLICK: Final = (
    "window.addEventListener('click', (e) => e.stopImmediatePropagation(), { capture: true, once: true })"
)
LOST_MESSAGE: Final = "window.unheard = 1"


@pytest.mark.parametrize("lost", [LOST_CLICK, LOST_MESSAGE])
def test_a_button_that_is_pressed_in_vain_is_pressed_again(page: Page, meeting: tuple[Cockpit, int], lost: str) -> None:
    team, number = meeting
    page.add_init_script(NETWORK)
    visit(page, team.page("meeting", review=str(number), step="routine"))
    page.evaluate(lost)
    page.locator(".st-key-kk_entry_event button").click()
    page.wait_for_timeout(400)
    page.keyboard.type("a fair", delay=15)
    expect(entry(page, "What happened?")).to_have_value(re.compile("a fair$"))
    expect(entry(page, "What happened?")).to_be_focused()


def test_an_exception_ends_by_keys_alone(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    first = exceptions.exceptions(journal_of(team), number)[0]
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.keyboard.press("1")
    page.keyboard.type("A new ad, and one more", delay=15)
    expect(page.locator(".st-key-kk_answer textarea")).to_have_value("A new ad, and one more")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Answer differently").wait_for()
    (ended,) = exceptions.exceptions(journal_of(team), number)
    assert ended.outcome_text == "A new ad, and one more"


def test_an_answer_is_typed_on_when_somebody_else_has_given_one(page: Page, meeting: tuple[Cockpit, int]) -> None:
    team, number = meeting
    journal = journal_of(team)
    first = exceptions.raise_exceptions(journal, number, [Raised(ExceptionKind.SIGNAL, IMPRESSIONS)])[-1]
    visit(page, team.page("meeting", review=str(number), step=f"x{first.id}"))
    page.keyboard.press("1")
    field = page.locator(".st-key-kk_answer textarea")
    expect(field).to_be_focused()
    page.keyboard.type("A new ad")
    until_kept(team, "A new ad")
    exceptions.explain(journal, first.id, first.version, "The price")
    page.keyboard.type(", and rather one more, even", delay=150)
    page.locator(".kk-outcome", has_text="The price").wait_for()
    expect(field).to_have_value("A new ad, and rather one more, even")
    expect(field).to_be_focused()
