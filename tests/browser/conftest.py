"""One server, one browser, and a fresh page for every test that speaks to no other machine."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.chromium import browsing, find_chromium, new_context
from tests.browser.serving import Cockpit, serving
from tests.conftest import NEEDS_BROWSER

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser, Page, Request

    from core.config import Home

FAILURES: Final = Path(__file__).parents[2] / "build" / "failures"
FAILED: Final = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser tests on one worker, so that one server and one browser are enough.

    First of all hooks: xdist reads the groups in a hook of its own.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, so that the page's picture can be taken before it is closed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path. Without one the test is left out; where ``CI`` is set it fails."""
    path = find_chromium()
    if path:
        return path
    if os.environ.get("CI"):
        pytest.fail(f"{NEEDS_BROWSER}, and CI is set: install it.")
    pytest.skip(NEEDS_BROWSER)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    with browsing(chromium) as running:
        yield running


@pytest.fixture(scope="session")
def cockpit(chromium: str, demo_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cockpit]:
    """The cockpit as a newcomer meets it: an own home that is empty, and the demonstration."""
    assert chromium
    with serving(tmp_path_factory.mktemp("newcomer"), demo_home.path) as running:
        yield running


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh wide page. The test fails when the page asks another machine for anything or a script breaks."""
    context = new_context(browser)
    opened = context.new_page()
    strangers: list[str] = []
    broken: list[str] = []
    opened.on("request", lambda asked: strangers.extend(_elsewhere(asked)))
    opened.on("pageerror", lambda error: broken.append(str(error)))
    yield opened
    if request.node.stash.get(FAILED, False):
        opened.screenshot(path=FAILURES / (re.sub(r"\W+", "-", request.node.name) + ".png"))
        sys.stderr.write(_printed(request.node))
    context.close()
    assert strangers == []
    assert broken == []


def _printed(item: pytest.Item) -> str:
    """The end of what the server of *item* printed, where it used the shared one."""
    server = item.funcargs.get("cockpit") if isinstance(item, pytest.Function) else None
    return server.log.read_text(encoding="utf-8", errors="replace")[-4000:] if isinstance(server, Cockpit) else ""


def _elsewhere(asked: Request) -> list[str]:
    """The address of *asked* unless it stays on this machine."""
    local = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
    return [] if asked.url.startswith(local) else [asked.url]
