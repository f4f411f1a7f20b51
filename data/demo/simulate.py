"""What each ad of an account did on each day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.accounts import Account, Ad, Kind
from data.demo.changes import Lever, multiplier
from data.demo.timeline import Counts, Series, Timeline, generator, noise, season, weekday_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CENT: Final = 100
LATE_SHARE: Final = 0.12
LATE_DECAY: Final = 0.65
FRACTIONAL: Final = 0.3


@dataclass(frozen=True)
class Measures:
    """Counts as they are; money, conversions and their value in hundredths."""

    impressions: Counts
    clicks: Counts
    cost: Counts
    conversions: Counts
    value: Counts

    def at(self, *place: object) -> Measures:
        """The same measures, indexed."""
        return Measures(*(getattr(self, field.name)[place] for field in fields(Measures)))

    def total(self, mask: NDArray[np.bool_] | None = None) -> tuple[int, ...]:
        """The sum of each measure, over the rows of *mask* when given."""
        chosen = slice(None) if mask is None else mask
        return tuple(int(getattr(self, field.name)[chosen].sum()) for field in fields(Measures))


def stacked(totals: Sequence[tuple[int, ...]]) -> Measures:
    """Several totals as rows."""
    return Measures(*(np.array(column, dtype=np.int64) for column in zip(*totals, strict=True)))


@dataclass(frozen=True)
class History:
    """Measures by line (ad or search term) and day; *live* says where an export has a row."""

    timeline: Timeline
    measures: Measures
    live: NDArray[np.bool_]
    luck: Series
    conversion_unit: int = 1

    def rows(self, first: int, last: int) -> Rows:
        """The rows that an export of the days *first* to *last* has, made right after *last*."""
        days, lines = np.nonzero(self.live[:, first : last + 1].T)
        days = days + first
        measures = self.measures.at(lines, days)
        missing = np.floor(
            measures.conversions / self.conversion_unit * LATE_SHARE * LATE_DECAY ** (last - days)
            + self.luck[lines, days]
        )
        known = measures.conversions - missing.astype(np.int64) * self.conversion_unit
        value = measures.value * known // np.maximum(measures.conversions, 1)
        exported = Measures(measures.impressions, measures.clicks, measures.cost, known, value)
        return Rows(self.timeline, days, lines, exported, self.luck[lines, days])


@dataclass(frozen=True)
class Rows:
    """The rows of one export, by day and then by line."""

    timeline: Timeline
    days: Counts
    lines: Counts
    measures: Measures
    luck: Series

    def day_texts(self) -> list[str]:
        """The day of each row as ISO text."""
        texts = self.timeline.texts
        return [texts[day] for day in self.days.tolist()]


def running(ads: Sequence[Ad], timeline: Timeline) -> NDArray[np.bool_]:
    """On which days each ad runs."""
    live = np.ones((len(ads), timeline.count), dtype=np.bool_)
    for line, ad in enumerate(ads):
        if ad.starts is not None:
            live[line, : timeline.days_from_end(ad.starts)] = False
        live[line, timeline.days_from_end(ad.ends) :] = False
    return live


def _rates(account: Account, measure: str) -> Series:
    return np.array([[getattr(ad.rates, measure)] for ad in account.ads], dtype=np.float64)


def _cost_per_click(account: Account, timeline: Timeline, random: np.random.Generator) -> Series:
    dearer = multiplier(Lever.COST_PER_CLICK, account.name, timeline)
    search = np.array([[ad.kind is Kind.SEARCH] for ad in account.ads])
    level = _rates(account, "cost_per_click") * np.where(search, dearer, 1.0)
    return np.asarray(level * noise(random, timeline, 0.02, 0.02), dtype=np.float64)


def _conversions(account: Account, timeline: Timeline, clicks: Counts, random: np.random.Generator) -> Counts:
    rate = _rates(account, "conversion_rate") * multiplier(Lever.LEAD_RATE, account.name, timeline)
    whole = random.binomial(clicks, np.clip(rate * noise(random, timeline, 0.03, 0.03), 0, 1)) * CENT
    if account.whole_conversions:
        return whole.astype(np.int64)
    shared = random.random(whole.shape) < FRACTIONAL
    credit = random.integers(-60, 61, whole.shape)
    return np.where((whole > 0) & shared, whole + credit, whole).astype(np.int64)


def simulate(account: Account, timeline: Timeline) -> History:
    """The whole history of *account*; the same account and timeline give the same history."""
    random = generator("ads", account.name)
    live = running(account.ads, timeline)
    busy = season(timeline) * weekday_shape(timeline, account.weekend) * noise(random, timeline, 0.06, 0.06)
    expected = _rates(account, "impressions") * busy * random.lognormal(-0.005, 0.1, live.shape)
    impressions = random.poisson(expected * live)
    clicks = random.binomial(impressions, _rates(account, "ctr") * noise(random, timeline, 0.015, 0.02))
    price = _cost_per_click(account, timeline, random) * random.lognormal(-0.0018, 0.06, live.shape)
    conversions = _conversions(account, timeline, clicks, random)
    worth = _rates(account, "conversion_value") * random.lognormal(-0.02, 0.2, live.shape)
    money = np.rint(clicks * price * CENT).astype(np.int64)
    value = np.rint(conversions * worth).astype(np.int64)
    measures = Measures(impressions.astype(np.int64), clicks.astype(np.int64), money, conversions, value)
    unit = CENT if account.whole_conversions else 1
    return History(timeline, measures, live, random.random(live.shape), unit)
