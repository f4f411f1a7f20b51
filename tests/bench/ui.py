"""How fast the cockpit answers: one reader, twenty readers, and in a browser."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.bench.sessions import Reader
from tests.bench.table import Measurement
from tests.browser.chromium import browsing, find_chromium, new_context, now, settled
from tests.browser.serving import serving
from tests.demonstration import build_demonstration

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.serving import Cockpit

READERS: Final = 20
ROUNDS: Final = 10
CHANGES: Final = 40
SWITCHES: Final = 12
ARRIVED: Final = """name => document.querySelector('.kk-menu a[aria-current="page"]')?.textContent === name"""
VIEWS: Final = {
    "": ("period=last_week", "period=last_4_weeks"),
    "process": ("process=paid_acquisition&kpi=ctr", "process=paid_acquisition&kpi=ctr&platform=meta_ads"),
}


def measurements() -> list[Measurement]:
    """The figures, all from one server that shows the demonstration department."""
    with tempfile.TemporaryDirectory() as folder:
        demo = build_demonstration(Path(folder) / "demonstration")
        found: list[Measurement] = []
        chromium = find_chromium()
        with serving(Path(folder) / "nobody", demo) as cockpit:
            if chromium:
                with browsing(chromium) as browser:
                    found += [_first_page(browser, cockpit), *_switches(browser, cockpit)]
            found += asyncio.run(_sessions(cockpit.url))
    return found


async def _sessions(url: str) -> list[Measurement]:
    return [await _changes(url, "", "cockpit"), await _changes(url, "process", "process page"), await _readers(url)]


async def _changes(url: str, page: str, name: str) -> Measurement:
    """One reader goes back and forth between two views that were computed before."""
    async with Reader.open(url) as reader:
        for query in VIEWS[page]:
            await reader.visit(page, query)
        taken = [await reader.visit(page, VIEWS[page][turn % 2]) for turn in range(CHANGES)]
    detail = f"median of {CHANGES}, from the request to the last message"
    return Measurement(f"cached filter change, {name}", 1000 * median(taken), "ms", 30, detail)


async def _readers(url: str) -> Measurement:
    """Twenty readers, each as fast as it gets answers."""
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(Reader.open(url)) for _ in range(READERS)]
        await asyncio.gather(*(reader.visit("", VIEWS[""][0]) for reader in readers))
        start = time.perf_counter()
        await asyncio.gather(*(_work(reader) for reader in readers))
        taken = time.perf_counter() - start
    rate = READERS * ROUNDS / taken
    return Measurement(f"{READERS} readers at once", rate, "reruns/s", 40, "cockpit, cached", more_is_better=True)


async def _work(reader: Reader) -> None:
    for turn in range(ROUNDS):
        await reader.visit("", VIEWS[""][turn % 2])


def _first_page(browser: Browser, cockpit: Cockpit) -> Measurement:
    """A server that nobody has visited, a browser that has nothing in its cache."""
    context = new_context(browser)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(cockpit.page(), wait_until="commit")
    page.locator(".kk-tile").first.wait_for()
    settled(page)
    taken = time.perf_counter() - start
    context.close()
    return Measurement("first page of a fresh browser", taken, "s", 4, "cockpit at rest, its 150 ms included")


def _switches(browser: Browser, cockpit: Cockpit) -> list[Measurement]:
    """From the cockpit to a process and back, by the menu."""
    context = new_context(browser)
    page = context.new_page()
    page.goto(cockpit.page())
    page.locator(".kk-tile").first.wait_for()
    settled(page)
    taken: dict[str, list[float]] = {"Process": [], "Cockpit": []}
    for turn in range(SWITCHES + 2):
        name = "Process" if turn % 2 == 0 else "Cockpit"
        taken[name].append(_switch(page, name))
    context.close()
    detail = f"median of {SWITCHES // 2} after the first, until the last change of the document"
    return [
        Measurement(f"page switch, to {name.lower()}", median(times[1:]), "ms", 350, detail)
        for name, times in taken.items()
    ]


def _switch(page: Page, name: str) -> float:
    """The milliseconds from the click to the last change of the document."""
    link = page.locator(".kk-menu").get_by_role("link", name=name, exact=True)
    start = now(page)
    link.click()
    page.wait_for_function(ARRIVED, arg=name)
    return settled(page) - start
