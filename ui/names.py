"""What dimension values, platforms and statuses are called on screen. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.language import N_, _
from core.period import Grain
from metrics.compare import Comparison
from metrics.dimensions import DIMENSION_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

# Proper names: the same in every language.
PLATFORMS: Final[Mapping[str, str]] = {
    "google_ads": "Google Ads",
    "meta_ads": "Meta Ads",
    "microsoft_ads": "Microsoft Advertising",
    "linkedin_ads": "LinkedIn Ads",
    "yandex_direct": "Yandex Direct",
    "vk_ads": "VK Ads",
    "tiktok_ads": "TikTok Ads",
    "pinterest_ads": "Pinterest Ads",
    "search_console": "Google Search Console",
}
NOT_NAMED: Final = N_("(not given)")
GRAINS: Final[Mapping[Grain, str]] = {
    Grain.DAY: N_("by day"),
    Grain.WEEK: N_("by week"),
    Grain.MONTH: N_("by month"),
    Grain.QUARTER: N_("by quarter"),
    Grain.YEAR: N_("by year"),
}
COMPARISONS: Final[Mapping[Comparison, str]] = {
    Comparison.PREVIOUS: N_("vs previous"),
    Comparison.LAST_YEAR: N_("vs last year"),
    Comparison.NONE: N_("no comparison"),
}
ALL: Final[Mapping[str, str]] = {
    "platform": N_("all platforms"),
    "account": N_("all accounts"),
    "site": N_("all sites"),
}


def dimension(name: str) -> str:
    """The dimension *name* in the reader's language."""
    return _(DIMENSION_NAMES.get(name, name))


def value(name: str, text: str | None) -> str:
    """A value of the dimension *name* as it is shown."""
    if not text:
        return _(NOT_NAMED)
    return PLATFORMS.get(text, text) if name == "platform" else text


def in_text(text: str) -> str:
    """*text* with platforms by their names."""
    for name, shown in PLATFORMS.items():
        text = text.replace(f"{name} ·", f"{shown} ·")
    return text
