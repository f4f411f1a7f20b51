"""What was painted once stays where it is: pages that are loaded, and choices that bring more or less than before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.request import Request, urlopen

import pytest

from tests.browser.chromium import settled, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.serving import Cockpit

STEADY: Final = 8
"""Pixels that nobody notices."""
# The greatest way, from one painted picture to another, of what is in sight.
_WATCH: Final = """
window.moved = {}
const seen = {}
const isPainted = (each) => each.offsetHeight > 0 && each.checkVisibility({ visibilityProperty: true })
const watched = { heading: "[data-testid=stMain] :is(h1, h2)", table: "[data-testid=stMain] table", brand: ".kk-brand" }
const look = () => {
  for (const [name, selector] of Object.entries(watched)) {
    const first = [...document.querySelectorAll(selector)].find(isPainted)
    if (!first) continue
    const { x, y } = first.getBoundingClientRect()
    const before = seen[name] || [x, y]
    const way = Math.min(y, before[1]) < innerHeight ? Math.max(Math.abs(x - before[0]), Math.abs(y - before[1])) : 0
    window.moved[name] = Math.max(window.moved[name] || 0, way)
    seen[name] = [x, y]
  }
  requestAnimationFrame(look)
}
requestAnimationFrame(look)
"""


# Each place that the headline has had, from one painted picture to another.
_TOPS: Final = """
window.tops = []
const look = () => {
  const headline = [...document.querySelectorAll("[data-testid=stMain] h1")].find((each) => each.offsetHeight)
  const top = headline && Math.round(headline.getBoundingClientRect().y)
  if (headline && window.tops.at(-1) !== top) window.tops.push(top)
  requestAnimationFrame(look)
}
look()
"""


@pytest.mark.parametrize("path", ["", "sources", "process"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_page_is_painted_where_it_stays(page: Page, cockpit: Cockpit, path: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script(_WATCH)
    visit(page, cockpit.page(path))
    moved: dict[str, float] = page.evaluate("window.moved")
    assert moved.keys() >= {"heading", "brand"}
    assert {name: way for name, way in moved.items() if way > STEADY} == {}


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_choice_of_a_split_stays_where_it_is(page: Page, cockpit: Cockpit, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, cockpit.page("process", kpi="clicks", period="last_4_weeks", split="platform"))
    choice = page.get_by_role("combobox", name="Split by", exact=True)
    choice.scroll_into_view_if_needed()
    before = choice.bounding_box()
    choice.click()
    page.get_by_role("option", name="by campaign", exact=True).click()
    page.wait_for_timeout(100)
    settled(page)
    after = choice.bounding_box()
    assert before
    assert after
    assert page.get_by_role("heading", name="by campaign").count() == 2
    assert abs(after["y"] - before["y"]) <= STEADY


@pytest.mark.parametrize(("size", "row"), [((1440, 900), 60), ((390, 844), 60)])
def test_the_choice_of_days_moves_the_page_once_by_a_row(
    page: Page, cockpit: Cockpit, size: tuple[int, int], row: int
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, cockpit.page())
    page.evaluate(_TOPS)
    page.get_by_role("combobox", name="Period", exact=True).click()
    page.get_by_role("option", name="From – to", exact=True).click()
    page.get_by_test_id("stDateInput").wait_for()
    settled(page)
    tops: list[int] = page.evaluate("window.tops")
    assert len(tops) <= len(["before", "after"])
    assert tops[-1] - tops[0] <= row


@pytest.mark.parametrize("path", ["", "process", "no_such_page"])
def test_the_style_sheet_comes_with_the_document(cockpit: Cockpit, path: str) -> None:
    asked = {"Accept": "text/html", "Accept-Encoding": "gzip", "If-None-Match": "*", "Range": "bytes=0-99"}
    with urlopen(Request(cockpit.page(path), headers=asked), timeout=10) as answer:
        text = answer.read().decode()
        assert (answer.status, answer.headers["Etag"]) == (200, None)
    assert "<title>Kokpit</title>" in text
    assert text.count("--kk-blue: light-dark") == 1
    assert text.index("</style>") < text.index("</body>")


def test_what_is_no_document_is_left_alone(cockpit: Cockpit) -> None:
    with urlopen(Request(cockpit.page("favicon.png"), headers={"Accept": "text/html,image/png"}), timeout=10) as answer:
        assert answer.headers["Content-Length"] == str(len(answer.read()))
        assert answer.headers["Etag"]
