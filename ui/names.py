"""What dimension values, platforms and statuses are called on screen. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from connectors.exports.formats import formats
from core.language import N_, _
from core.period import Grain
from metrics.compare import Comparison
from metrics.dimensions import DIMENSION_NAMES, PLATFORM_NAMES
from metrics.model import Better
from metrics.names import value_name
from warehouse.datasets import titles

if TYPE_CHECKING:
    from collections.abc import Mapping

PLATFORMS: Final = PLATFORM_NAMES
# What the formats' own titles and the datasets are called. A format that is not here is shown by its own title.
FORMATS: Final[Mapping[str, str]] = {
    "google_ads": N_("Google Ads report"),
    "google_ads_search_terms": N_("Google Ads search terms report"),
    "meta_ads": N_("Meta Ads report"),
    "search_console_dates": N_("Search Console chart"),
    "search_console_filters": N_("Search Console filters"),
    "search_console_tables": N_("Search Console table"),
    "kokpit": N_("Kokpit CSV"),
}
_PLATFORM: Final = re.compile(rf"\b({'|'.join(name for name in PLATFORMS if '_' in name)})\b")
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
    Comparison.GOAL: N_("vs target or plan"),
    Comparison.NONE: N_("no comparison"),
}
DIRECTIONS: Final[Mapping[Better, str]] = {
    Better.HIGHER: N_("higher is better"),
    Better.LOWER: N_("lower is better"),
    Better.IN_RANGE: N_("within a range is best"),
    Better.NEITHER: N_("neither direction is better by itself"),
}
ALL: Final[Mapping[str, str]] = {
    "platform": N_("all platforms"),
    "account": N_("all accounts"),
    "site": N_("all sites"),
}


def direction(better: Better) -> str:
    """Which way is good, in words."""
    return _(DIRECTIONS[better])


def dimension(name: str) -> str:
    """The dimension *name* in the reader's language."""
    return _(DIMENSION_NAMES.get(name, name))


def export_format(name: str) -> str:
    """What the format *name* is called."""
    declared = formats().get(name)
    return _(FORMATS.get(name) or (declared.title if declared else PLATFORMS.get(name.removesuffix("_api"), name)))


def dataset(name: str) -> str:
    """What the dataset *name* is called."""
    return titles.table_title(name) if name in titles.TABLES else name


def value(name: str, text: str | None) -> str:
    """A value of the dimension *name* as it is shown."""
    return value_name(name, text)


def source(text: str) -> str:
    """A source by its name; what has no source but itself is called like its dataset."""
    return titles.table_title(text) if text in titles.TABLES else in_text(text)


def in_text(text: str) -> str:
    """*text* with platforms by their names."""
    return _PLATFORM.sub(lambda found: PLATFORMS[found[0]], text)
