"""The meeting of the demonstration department in a browser: opening its page, and going to the next step."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from core.config import Home
from journal.opening import close_all, open_journal
from journal.operations.reviews import go_to_step, reviews
from journal.people import Actor
from journal.words import ReviewState, Role
from tests.bench.table import Measurement
from tests.browser.chromium import browsing, find_chromium, new_context, now, settled, visit
from tests.browser.serving import serving
from tests.demonstration import build_demonstration

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from journal.work import Journal
    from tests.browser.serving import Cockpit

OPENINGS: Final = 5
PLACE: Final = ".kk-review span:last-child"
MOVED: Final = f"before => document.querySelector('{PLACE}')?.textContent !== before"
AHEAD: Final = 2500
"""Milliseconds that a step is looked at: meanwhile the next one is made ready."""


def measurements() -> list[Measurement]:
    """The figures; none without a browser."""
    chromium = find_chromium()
    if chromium is None:
        return []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = build_demonstration(Path(folder) / "demonstration")
        try:
            with serving(home) as cockpit, browsing(chromium) as browser:
                context = new_context(browser)
                page = context.new_page()
                first = _first(page, cockpit)
                _begin(page, home)
                return [first, _opening(page, cockpit), *_steps(page, open_journal(Home(home), Actor("me", Role.HEAD)))]
        finally:
            close_all()


def _first(page: Page, cockpit: Cockpit) -> Measurement:
    start = time.perf_counter()
    page.goto(cockpit.page("meeting"), wait_until="commit")
    page.locator(".st-key-kk_begin").wait_for(timeout=60_000)
    settled(page, within=60)
    taken = time.perf_counter() - start
    return Measurement("the meeting page, first after a start", taken, "s", 4, "a fresh browser, nothing computed yet")


def _begin(page: Page, home: Path) -> None:
    page.locator(".st-key-kk_begin button").click()
    page.locator(".kk-steps").wait_for(timeout=60_000)
    settled(page, within=60)
    assert reviews(open_journal(Home(home), Actor("me", Role.HEAD)), ReviewState.OPEN)


def _opening(page: Page, cockpit: Cockpit) -> Measurement:
    """From the address to rest, on a server and in a browser that were there before."""
    visit(page, cockpit.page("meeting"))
    taken = []
    for _time in range(OPENINGS):
        page.goto("about:blank")
        start = time.perf_counter()
        visit(page, cockpit.page("meeting"))
        taken.append(time.perf_counter() - start)
    return Measurement("opening the meeting page", median(taken), "s", 1, "warm, at rest, its 150 ms included")


def _steps(page: Page, journal: Journal) -> list[Measurement]:
    """From the key to the last change of the document, through the whole meeting twice."""
    (review,) = reviews(journal, ReviewState.OPEN)
    taken: list[float] = []
    for _turn in range(2):
        go_to_step(journal, review.id, "promises")
        page.wait_for_timeout(2 * AHEAD)
        while page.locator(".st-key-kk_next button:not([disabled])").count():
            before = page.locator(PLACE).inner_text()
            start = now(page)
            page.keyboard.press("ArrowRight")
            page.wait_for_function(MOVED, arg=before)
            taken.append(settled(page) - start)
            page.wait_for_timeout(AHEAD)
    detail = f"{len(taken)} steps by key, until the last change of the document"
    return [
        Measurement("the next step of a meeting", median(taken), "ms", 300, f"median of {detail}"),
        Measurement("the slowest next step", max(taken), "ms", 1000, detail),
    ]
