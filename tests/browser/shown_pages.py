"""The pages of the cockpit by their addresses."""

from __future__ import annotations

from ui.pages import PAGES


def addresses() -> list[str]:
    """The path of every page below the cockpit's address, in the menu's order; the first page's is empty."""
    return [entry.url_path for entry in PAGES]
