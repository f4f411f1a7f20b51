"""Every page opens for a newcomer, by its address alone, wide and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import PHONE, errors_shown, settled, visit
from tests.browser.serving import serving
from tests.browser.shown_pages import addresses
from ui.pages import PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from core.config import Home
    from tests.browser.serving import Cockpit


@pytest.mark.parametrize("address", addresses())
def test_a_page_opens_without_an_error(address: str, page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page(address))
    assert errors_shown(page) == []
    assert page.locator("h1, h2, h3").count() > 0


@pytest.mark.parametrize("address", addresses())
def test_a_page_fits_a_phone(address: str, page: Page, cockpit: Cockpit) -> None:
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})
    visit(page, cockpit.page(address))
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth") <= width


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
