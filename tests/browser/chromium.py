"""Debian's Chromium under Playwright, and when a Streamlit page has come to rest."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

NAMES: Final = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--force-color-profile=srgb"),
)
WIDE: Final = (1440, 900)
PHONE: Final = (390, 844)
TABLET: Final = (768, 1024)
QUIET_MS: Final = 150

Theme = Literal["light", "dark"]

# Resolves with the time of the last change once nothing has changed for a while; rejects in plain words.
SETTLED: Final = """
([quiet, limit]) => new Promise((resolve, reject) => {
  const start = performance.now();
  let last = start;
  const observer = new MutationObserver(() => { last = performance.now(); });
  observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const unrest = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app) return 'there is no Streamlit app on it';
    if (app.dataset.testConnectionState !== 'CONNECTED') return `connection ${app.dataset.testConnectionState}`;
    if (app.dataset.testScriptState !== 'notRunning') return `script ${app.dataset.testScriptState}`;
    if (document.querySelector('[data-stale="true"]')) return 'stale elements';
    if (document.querySelector('[data-testid="stSkeleton"]')) return 'elements still loading';
    return '';
  };
  const look = () => {
    const now = performance.now();
    const why = unrest();
    if (why) last = now;
    if (now - last >= quiet) { observer.disconnect(); resolve(last); return; }
    if (now - start >= limit) { observer.disconnect(); reject(new Error(why || 'it keeps changing')); return; }
    setTimeout(look, 20);
  };
  look();
})
"""


def find_chromium() -> str | None:
    """The browser that ``KOKPIT_CHROMIUM`` names, if it is there; without that setting an installed Chromium."""
    named = os.environ.get("KOKPIT_CHROMIUM")
    return next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)


@contextmanager
def browsing(executable: str) -> Iterator[Browser]:
    """A headless Chromium while the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def new_context(
    browser: Browser, size: tuple[int, int] = WIDE, theme: Theme = "light", locale: str = "en-GB"
) -> BrowserContext:
    """A fresh profile with a window of *size*, whose reader prefers *theme* and reads *locale*."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, locale=locale)
    context.set_default_timeout(15_000)
    return context


def settled(page: Page, within: float = 20.0) -> float:
    """Wait until *page* has come to rest; the browser's clock (``now``) at the last change, in milliseconds.

    At rest means: the script is not running, nothing is stale and the document has been quiet for 150 ms.
    """
    return float(page.evaluate(SETTLED, [QUIET_MS, within * 1000]))


def now(page: Page) -> float:
    """The browser's clock, in milliseconds: take it before an action, and `settled` after it, to time the action."""
    return float(page.evaluate("performance.now()"))


def visit(page: Page, url: str) -> None:
    """Go to *url* and wait until the page has come to rest."""
    page.goto(url, wait_until="commit")
    page.wait_for_selector('[data-testid="stApp"]')
    settled(page, within=40.0)


def page_height(page: Page) -> int:
    """How tall *page* is, all of it, in pixels."""
    return int(page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight"))


def errors_shown(page: Page) -> list[str]:
    """What *page* tells of errors that nobody foresaw; in English, as the tests read it."""
    alerts = page.get_by_test_id("stAlert").filter(has_text="Something unexpected").all_inner_texts()
    return page.get_by_test_id("stException").all_inner_texts() + alerts
