"""A server that has ended below an open page: the reader is told in their language, and the page goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import settled, visit
from tests.browser.serving import free_port, serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from core.config import Home


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Kokpit does not answer", "it is started with: make run")),
        ("pl", ("Kokpit nie odpowiada", "uruchamia go polecenie: make run")),
    ],
)
def test_who_looks_at_the_page_is_told(
    page: Page, demo_home: Home, tmp_path: Path, language: str, words: tuple[str, str]
) -> None:
    title, way = words
    port = free_port()
    with serving(tmp_path / "home", demo_home.path, port=port) as cockpit:
        visit(page, cockpit.page(lang=language))
    dialog = page.get_by_role("dialog")
    dialog.wait_for(timeout=30_000)
    said = "(element) => getComputedStyle(element, '::after').content"
    assert dialog.locator("h2").evaluate(said) == f'"{title}"'
    assert way in dialog.locator("h2 + div").evaluate(said)
    # Streamlit's own words, which it has in English alone, are not to be seen.
    assert dialog.locator("h2").evaluate("(element) => getComputedStyle(element).fontSize") == "0px"
    expect(dialog.get_by_text("Streamlit server")).to_be_hidden()
    with serving(tmp_path / "home", demo_home.path, port=port):
        dialog.wait_for(state="detached", timeout=60_000)
        settled(page, within=40)
        page.locator(".kk-tile").first.wait_for()
