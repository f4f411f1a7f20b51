"""``python -m tests.screenshots``: every page, wide and on a phone, light and dark, into ``build/screenshots``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from tests.browser.chromium import PHONE, WIDE, Theme, browsing, find_chromium, new_context, page_height, settled, visit
from tests.browser.serving import serving
from tests.browser.shown_pages import addresses
from tests.demonstration import ROOT, build_demonstration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

    from tests.browser.serving import Cockpit

FOLDER: Final = ROOT / "build" / "screenshots"
SHOWN_IN_README: Final = ROOT / "docs" / "images" / "cockpit.png"
SIZES: Final = {"wide": WIDE, "phone": PHONE}
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
TALLEST: Final = 6000


def main() -> None:
    """Take all of them."""
    executable = find_chromium()
    if executable is None:
        sys.exit("Screenshots need Chromium: install it, or name one in KOKPIT_CHROMIUM.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = build_demonstration(Path(folder) / "demonstration")
        with serving(Path(folder) / "newcomer", demo) as cockpit, browsing(executable) as browser:
            _take_all(cockpit, browser, addresses())
    Console().print(f"{len(list(FOLDER.iterdir()))} screenshots in {FOLDER.relative_to(ROOT)}")


def _take_all(cockpit: Cockpit, browser: Browser, pages: Iterable[str]) -> None:
    for address in pages:
        for size in SIZES:
            for theme in THEMES:
                _take(browser, cockpit.page(address), FOLDER / f"{address or 'cockpit'}-{size}-{theme}.png")


def _take(browser: Browser, url: str, file: Path) -> None:
    """Show *url* as *file*'s name says and save the whole page; the README gets the cockpit's first screen."""
    _, size, theme = file.stem.rsplit("-", 2)
    width, height = SIZES[size]
    context = new_context(browser, (width, height), "dark" if theme == "dark" else "light")
    page = context.new_page()
    visit(page, url)
    if file.stem == "cockpit-wide-light":
        SHOWN_IN_README.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOWN_IN_README)
    page.set_viewport_size({"width": width, "height": min(max(height, page_height(page)), TALLEST)})
    settled(page)
    page.screenshot(path=file)
    context.close()


if __name__ == "__main__":
    main()
