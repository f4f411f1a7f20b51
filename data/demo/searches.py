"""What each site's search traffic was on each day, and how a period's traffic splits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.changes import Lever, multiplier
from data.demo.timeline import Counts, Series, Timeline, generator, noise, season, weekday_shape

if TYPE_CHECKING:
    from data.demo.sites import Site

WEEKEND: Final = 0.44
ARRIVING: Final = (0.85, 0.45)
BETTER_POSITION: Final = 1.3
COVERAGE: Final = (0.46, 0.6)
IMPRESSION_COVERAGE: Final = 0.62
PAGE_LEVEL: Final = 1.07
STEEPNESS: Final = 1.6
BRAND_POSITION: Final = 1.15
BRAND_POPULARITY: Final = 0.09


@dataclass(frozen=True)
class Traffic:
    """Clicks, impressions and average position: by day, or by whatever else the rows are."""

    clicks: Counts
    impressions: Counts
    position: Series

    def between(self, first: int, last: int) -> Traffic:
        """The rows *first* to *last*."""
        chosen = slice(first, last + 1)
        return Traffic(self.clicks[chosen], self.impressions[chosen], self.position[chosen])

    @property
    def totals(self) -> tuple[int, int, float]:
        """All clicks and impressions, and the average position weighted by impressions."""
        shown = int(self.impressions.sum())
        position = float((self.position * self.impressions).sum() / shown) if shown else 1.0
        return int(self.clicks.sum()), shown, position


def daily_traffic(site: Site, timeline: Timeline) -> Traffic:
    """The whole history of *site*; the last two days are still arriving, as they are in a real export."""
    random = generator("search", site.name)
    busy = season(timeline) * weekday_shape(timeline, WEEKEND) * noise(random, timeline, 0.045, 0.04)
    for back, share in enumerate(reversed(ARRIVING), start=1):
        busy[-back:][:1] *= share
    if site.quiet_day is not None:
        busy[site.quiet_day : site.quiet_day + 1] = 0
    impressions = random.poisson(site.impressions * busy)
    lift = multiplier(Lever.ORGANIC_CLICKS, site.name, timeline)
    clicks = random.binomial(impressions, site.click_rate * lift * noise(random, timeline, 0.02, 0.025))
    position = site.position * noise(random, timeline, 0.015, 0.015) - BETTER_POSITION * (lift > 1)
    return Traffic(clicks.astype(np.int64), impressions.astype(np.int64), position)


def _shared(random: np.random.Generator, total: int, weights: Series) -> Counts:
    return random.multinomial(total, weights / weights.sum()).astype(np.int64)


def split(random: np.random.Generator, totals: tuple[int, int, float], weights: Series, positions: Series) -> Traffic:
    """*totals* shared among rows: better positions are clicked more, clicks add up exactly, each was an impression."""
    clicks, impressions, _ = totals
    clicked = _shared(random, clicks, weights / positions**STEEPNESS)
    shown = clicked + _shared(random, impressions - clicks, weights)
    return Traffic(clicked, shown, np.maximum(1, positions * random.lognormal(0, 0.03, len(positions))))


def _popularity(count: int) -> Series:
    return np.asarray(1 / np.arange(1.0, count + 1) ** 0.8, dtype=np.float64)


def _own_positions(site: Site, count: int, name: str) -> Series:
    spread = generator(name, site.name).lognormal(-0.06, 0.35, count)
    return np.asarray(spread, dtype=np.float64)


def by_query(site: Site, totals: tuple[int, int, float], random: np.random.Generator) -> Traffic:
    """The queries that Search Console shows: about half of the clicks, the rest stays anonymous."""
    clicks, impressions, position = totals
    count, brands = len(site.queries), len(site.brand)
    weights = np.concatenate([np.full(brands, BRAND_POPULARITY), _popularity(count - brands)])
    positions = position * _own_positions(site, count, "query positions")
    positions[:brands] = BRAND_POSITION
    shown_clicks = round(clicks * random.uniform(*COVERAGE))
    shown = max(shown_clicks, round(impressions * IMPRESSION_COVERAGE))
    return split(random, (shown_clicks, shown, position), weights, positions)


def by_page(site: Site, totals: tuple[int, int, float], random: np.random.Generator) -> Traffic:
    """The pages: counted page by page, they add up to more than the site."""
    clicks, impressions, position = totals
    whole = (round(clicks * PAGE_LEVEL), round(impressions * PAGE_LEVEL), position)
    count = len(site.pages)
    return split(random, whole, _popularity(count), position * _own_positions(site, count, "page positions"))


def by_share(totals: tuple[int, int, float], shares: Series, random: np.random.Generator) -> Traffic:
    """Countries, devices or kinds of result, by fixed shares."""
    return split(random, totals, shares, np.full(len(shares), totals[2]))
