"""The frame in a real browser: links, choices, the keyboard, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.chromium import PHONE, new_context, settled, visit
from tests.browser.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from core.config import Home
    from tests.browser.serving import Cockpit


def query(page: Page) -> dict[str, str]:
    """What the address asks for."""
    asked = parse_qs(urlsplit(str(page.evaluate("location.href"))).query)
    return {name: values[0] for name, values in asked.items()}


def choose(page: Page, label: str, option: str) -> None:
    """Take *option* in the choice called *label*."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.wait_for_timeout(100)
    settled(page)


def follow(page: Page, link: str) -> None:
    """Follow the menu's *link*."""
    page.locator(".kk-menu").get_by_role("link", name=link, exact=True).click()
    page.locator(f'.kk-menu a[aria-current="page"]:text-is("{link}")').wait_for()
    settled(page)


def test_the_very_first_reader_of_a_server_may_come_by_any_link(page: Page, demo_home: Home, tmp_path: Path) -> None:
    with serving(tmp_path / "home", demo_home.path, lifetime=150) as fresh:
        visit(page, fresh.page("process", process="organic_content", period="last_4_weeks"))
        assert page.locator('.kk-menu a[aria-current="page"]').inner_text() == "Process"
        assert page.get_by_role("combobox", name="Period", exact=True).input_value() == "Last 4 weeks"
        assert page.get_by_role("heading", name="Content and search").is_visible()
        assert page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_the_menu_is_one_line_whoever_reads(page: Page, cockpit: Cockpit, language: str) -> None:
    visit(page, cockpit.page(lang=language, me="nina"))
    assert "Nina Bergström" in page.locator(".kk-me summary").inner_text()
    assert page.evaluate("document.querySelector('.kk-menu').offsetHeight") < 50


# The entries that the current one lies over, as one that is pinned at the edge does.
COVERED = """() => {
  const place = (link) => link.getBoundingClientRect()
  const shown = place(document.querySelector('.kk-menu a[aria-current]'))
  return [...document.querySelectorAll('.kk-menu a:not([aria-current])')]
    .filter((link) => place(link).right > shown.left && place(link).left < shown.right)
    .map((link) => link.textContent)
}"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_on_a_phone_the_menu_shows_the_page_among_its_neighbours(page: Page, cockpit: Cockpit, language: str) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for address in ("process", "map", "sources", "definitions"):
        visit(page, cockpit.page(address, lang=language))
        current = page.locator(".kk-menu a[aria-current]")
        shown, before = current.bounding_box(), page.locator(".kk-menu a:has(+ a[aria-current])").bounding_box()
        assert shown
        assert before
        assert 0 <= before["x"] < shown["x"] < shown["x"] + shown["width"] <= PHONE[0]
        assert page.evaluate(COVERED) == []


def test_a_choice_survives_reloading_and_other_pages(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page())
    choose(page, "Period", "Last 4 weeks")
    choose(page, "Platform", "Google Ads")
    assert query(page) == {"period": "last_4_weeks", "platform": "google_ads"}
    page.reload()
    settled(page, within=40)
    follow(page, "Process")
    follow(page, "Sources")
    follow(page, "Cockpit")
    assert query(page) == {"period": "last_4_weeks", "platform": "google_ads"}
    assert page.get_by_role("combobox", name="Period", exact=True).input_value() == "Last 4 weeks"
    assert page.get_by_role("combobox", name="Platform", exact=True).input_value() == "Google Ads"


def test_links_open_without_loading_the_page_again(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page())
    page.evaluate("window.still_here = true")
    page.locator(".kk-tile", has_text="Clicks").first.click()
    page.locator(".kk-list").wait_for()
    settled(page)
    assert page.evaluate("window.still_here") is True
    assert query(page) == {"process": "paid_acquisition", "kpi": "clicks"}
    assert page.locator(".kk-list a[aria-current]").inner_text().startswith("Clicks")


def test_going_back_shows_what_was_there(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page("", period="last_month"))
    heading = page.locator("h1").inner_text()
    choose(page, "Period", "Last week")
    assert page.locator("h1").inner_text() != heading
    page.go_back()
    page.locator("h1", has_text=heading).wait_for()
    settled(page)
    assert page.get_by_role("combobox", name="Period", exact=True).input_value() == "Last month"


def test_one_step_back_leads_to_the_page_one_came_from(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page("process", process="paid_acquisition", kpi="cpc"))
    follow(page, "Sources")
    follow(page, "Cockpit")
    page.go_back()
    page.locator(".kk-menu a[aria-current='page']:text-is('Sources')").wait_for()
    page.go_back()
    page.locator(".kk-list a[aria-current]", has_text="Cost per click").wait_for()
    settled(page)
    assert query(page) == {"process": "paid_acquisition", "kpi": "cpc"}


def test_a_row_opens_its_parts_and_the_path_leads_back(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page("process", process="paid_acquisition", kpi="spend"))
    page.locator(".kk-table").first.get_by_role("link", name="Google Ads").click()
    page.locator(".kk-path").wait_for()
    settled(page)
    assert query(page) == {
        "process": "paid_acquisition",
        "kpi": "spend",
        "split": "account",
        "platform": "google_ads",
    }
    page.locator(".kk-path").get_by_role("link", name="Everything").click()
    page.locator(".kk-path").wait_for(state="detached")
    settled(page)
    assert query(page) == {"process": "paid_acquisition", "kpi": "spend"}


def test_the_period_is_within_reach_of_the_keyboard(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page())
    focused = "document.activeElement.getAttribute('aria-label') || ''"
    for _step in range(20):
        page.keyboard.press("Tab")
        if str(page.evaluate(focused)).startswith("Period"):
            break
    assert str(page.evaluate(focused)).startswith("Period")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    settled(page)
    assert "period" in query(page)


def test_the_menu_can_be_skipped(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page("sources"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Sources"


def test_another_language_keeps_the_choices(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page("process", process="paid_acquisition", kpi="spend", period="last_4_weeks"))
    page.locator(".kk-languages").get_by_role("link", name="PL").click()
    page.locator('.kk-languages a[aria-current][lang="pl"]').wait_for()
    settled(page)
    assert query(page) == {"lang": "pl", "period": "last_4_weeks", "process": "paid_acquisition", "kpi": "spend"}
    assert "tys. €" in page.locator(".kk-kpi .kk-value").inner_text().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("theme", "blue"), [("light", "rgb(0, 90, 142)"), ("dark", "rgb(124, 198, 240)")])
def test_colours_follow_the_readers_theme(browser: Browser, cockpit: Cockpit, theme: str, blue: str) -> None:
    context = new_context(browser, theme="dark" if theme == "dark" else "light")
    page = context.new_page()
    visit(page, cockpit.page())
    better = page.locator(".kk-word.kk-good").first
    assert better.evaluate("element => getComputedStyle(element).color") == blue
    context.close()


def test_markup_in_an_address_stays_text(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page("process", process="%3Cimg%20src=x%20onerror=alert(1)%3E"))
    assert page.get_by_text("<img src=x onerror=alert(1)>").is_visible()
    assert page.locator("img[src='x']").count() == 0


def test_the_cockpit_is_there_under_its_name_too(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page("cockpit"))
    page.locator('.kk-menu a[aria-current="page"]:text-is("Cockpit")').wait_for()
    assert page.locator(".kk-tile").count() > 0
    assert page.get_by_role("dialog").count() == 0
    page.locator(".kk-menu").get_by_role("link", name="Sources").click()
    page.locator('.kk-menu a[aria-current="page"]:text-is("Sources")').wait_for()


def test_an_address_without_a_page_says_so(page: Page, cockpit: Cockpit) -> None:
    visit(page, cockpit.page("nopage"))
    assert page.get_by_text("There is no page at the address “nopage”.").is_visible()
    assert page.get_by_role("dialog").count() == 0
    assert page.locator('.kk-menu a[aria-current="page"]').count() == 0
    page.get_by_role("link", name="To the cockpit").click()
    page.locator('.kk-menu a[aria-current="page"]:text-is("Cockpit")').wait_for()
    settled(page)
    assert page.locator(".kk-tile").count() > 0
