"""What ``kokpit.toml`` says about a Search Console source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from connectors.google.options import endpoint, first_day, required, several
from core.period import add_months

if TYPE_CHECKING:
    from datetime import date

    from core.config import Source

MONTHS_KEPT: Final = 16
DETAILS: Final = ("query", "page", "country", "device")
SEARCH_TYPES: Final = {
    "web": "web",
    "image": "image",
    "video": "video",
    "news": "news",
    "discover": "discover",
    "google_news": "googleNews",
}
"""Kinds of search as the dataset names them, and as Search Console does."""
_WITHOUT: Final = {"discover": {"query", "device"}, "google_news": {"query"}}


@dataclass(frozen=True)
class Options:
    """The site, the first day wanted, the details, the kinds of search, and another address to ask."""

    site: str
    since: date
    detail: tuple[str, ...]
    search_types: tuple[str, ...]
    endpoint: str | None

    def details_of(self, search_type: str) -> tuple[str, ...]:
        """The details that there are for *search_type*: some kinds of search have no queries."""
        return tuple(name for name in self.detail if name not in _WITHOUT.get(search_type, set()))


def options_of(source: Source, today: date) -> Options:
    """The options of *source*, checked; days that Search Console no longer has are not asked for."""
    oldest = add_months(today, -MONTHS_KEPT)
    return Options(
        required(source, "site"),
        max(first_day(source, oldest, today), oldest),
        several(source, "detail", (), DETAILS),
        several(source, "search_types", ("web",), tuple(SEARCH_TYPES)) or ("web",),
        endpoint(source),
    )
