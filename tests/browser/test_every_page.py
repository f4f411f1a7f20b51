"""Every page opens for a newcomer, by its address alone, wide and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.language import translated
from tests.browser.chromium import PHONE, TABLET, errors_shown, new_context, settled, visit
from tests.browser.reading import faint
from tests.browser.serving import serving
from tests.browser.shown_pages import addresses
from ui.pages import BY_ADDRESS, PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from core.config import Home
    from tests.browser.serving import Cockpit


@pytest.mark.parametrize("address", addresses())
def test_a_page_opens_without_an_error_and_fits_every_screen(address: str, page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page(address))
    assert errors_shown(page) == []
    assert page.locator("h1, h2, h3").count() > 0
    assert faint(page) == []
    for width, height in (PHONE, TABLET):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth") <= width


@pytest.mark.parametrize("address", addresses())
def test_the_browser_is_told_which_page_this_is_in_which_language(
    address: str, browser: Browser, cockpit: Cockpit
) -> None:
    context = new_context(browser, theme="dark")
    page = context.new_page()
    visit(page, cockpit.page(address, lang="ru"))
    assert page.title() == (f"{translated(BY_ADDRESS[address].title, 'ru')} · Kokpit" if address else "Kokpit")
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert faint(page) == []
    context.close()


def test_the_first_visitor_after_a_restart_gets_the_page_of_the_link(
    page: Page, demo_home: Home, tmp_path: Path
) -> None:
    deep = next(address for address in addresses() if address)
    with serving(tmp_path / "home", demo_home.path, lifetime=150) as fresh:
        visit(page, fresh.page(deep))
        cold = page.get_by_test_id("stMain").inner_text()
        page.reload()
        settled(page, within=40.0)
        assert page.get_by_test_id("stMain").inner_text() == cold
        assert page.get_by_role("navigation").first.get_by_role("link").count() == sum(entry.listed for entry in PAGES)
