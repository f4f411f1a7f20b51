"""One server, one browser, and a fresh page for every test that speaks to no other machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import browsing, find_chromium, new_context
from tests.browser.serving import serving
from tests.conftest import NEEDS_BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Request

    from core.config import Home
    from tests.browser.serving import Cockpit


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser tests on one worker, so that one server and one browser are enough."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


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
def page(browser: Browser) -> Iterator[Page]:
    """A fresh wide page. The test fails when the page asks another machine for anything or a script breaks."""
    context = new_context(browser)
    opened = context.new_page()
    strangers: list[str] = []
    broken: list[str] = []
    opened.on("request", lambda request: strangers.extend(_elsewhere(request)))
    opened.on("pageerror", lambda error: broken.append(str(error)))
    yield opened
    context.close()
    assert strangers == []
    assert broken == []


def _elsewhere(request: Request) -> list[str]:
    """The address of *request* unless it stays on this machine."""
    local = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
    return [] if request.url.startswith(local) else [request.url]
