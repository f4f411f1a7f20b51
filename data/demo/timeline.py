"""The days of the demonstration, and what the calendar does to a business-to-business market on them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import NormalDist
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Series: TypeAlias = NDArray[np.float64]
Counts: TypeAlias = NDArray[np.int64]

HAND_OF_WEEKS: Final = 4
SEED: Final = 2029
YEAR: Final = 365.25
WEEK: Final = 7
YEARLY_GROWTH: Final = 0.02
MONTHS: Final = (0.995, 1.0, 1.005, 1.005, 1.005, 1.0, 0.985, 0.985, 1.0, 1.01, 1.005, 1.0)
HOLIDAYS: Final = {(12, day): 0.66 for day in range(21, 32)} | {(1, day): 0.66 for day in range(1, 4)}
SHORT_HOLIDAYS: Final = {(5, 1): 0.75, (5, 2): 0.8, (5, 3): 0.75, (11, 11): 0.85}


@dataclass(frozen=True)
class Timeline:
    """The *count* days that end on *last*."""

    last: date
    count: int

    @property
    def first(self) -> date:
        """The first day."""
        return self.last - timedelta(days=self.count - 1)

    @cached_property
    def days(self) -> list[date]:
        """Every day, in order."""
        return [self.first + timedelta(days=index) for index in range(self.count)]

    @cached_property
    def texts(self) -> list[str]:
        """Every day as ISO text."""
        return [day.isoformat() for day in self.days]

    def index(self, day: date) -> int:
        """The place of *day*; before the first day it is 0."""
        return max(0, (day - self.first).days)

    def days_from_end(self, days: int) -> int:
        """The place from which the last *days* days begin."""
        return max(0, self.count - days)

    @cached_property
    def weekdays(self) -> Counts:
        """0 for Monday to 6 for Sunday."""
        return (np.arange(self.count) + self.first.weekday()) % WEEK

    @cached_property
    def weeks(self) -> Counts:
        """The number of the week each day is in, from 0."""
        return (np.arange(self.count) + self.first.weekday()) // WEEK


def generator(*names: str) -> np.random.Generator:
    """Random numbers that depend on nothing but *names*."""
    return np.random.default_rng([SEED, zlib.crc32("|".join(names).encode())])


def season(timeline: Timeline) -> Series:
    """The yearly season with its holidays, and mild growth."""
    of_year = np.array([day.timetuple().tm_yday for day in timeline.days], dtype=np.float64)
    middles = (np.arange(len(MONTHS)) + 0.5) * YEAR / len(MONTHS)
    curve = np.interp(of_year, middles, MONTHS, period=YEAR)
    off = HOLIDAYS | SHORT_HOLIDAYS
    dips = np.array([off.get((day.month, day.day), 1.0) for day in timeline.days])
    growth = (1 + YEARLY_GROWTH) ** ((np.arange(timeline.count) - timeline.count) / YEAR)
    return np.asarray(curve * dips * growth, dtype=np.float64)


def weekday_shape(timeline: Timeline, weekend: float) -> Series:
    """Busy from Monday to Thursday, a slower Friday, and *weekend* as the share that Saturday and Sunday keep."""
    shape = np.array([1.04, 1.06, 1.05, 1.02, 0.92, weekend * 0.97, weekend * 1.03])
    return np.asarray(shape[timeline.weekdays], dtype=np.float64)


def dealt(random: np.random.Generator, count: int, hand: int = 12) -> Series:
    """*count* random numbers between 0 and 1, dealt in hands: each *hand* of them is spread over the whole of it.

    Any dozen has as much good as bad luck, so that chance alone seldom looks like a change.
    """
    hands = -(-count // hand)
    cards = random.permuted(np.tile(np.arange(hand), (hands, 1)), axis=1) + random.random((hands, hand))
    return np.asarray(cards.ravel()[:count] / hand, dtype=np.float64)


def dealt_normal(random: np.random.Generator, count: int, hand: int = 12) -> Series:
    """*count* normal random numbers, dealt in hands."""
    quantile = NormalDist().inv_cdf
    return np.array([quantile(share) for share in np.clip(dealt(random, count, hand), 1e-9, 1 - 1e-9).tolist()])


def weekly_luck(random: np.random.Generator, timeline: Timeline, spread: float) -> Series:
    """The luck of each day's week, around 1: four weeks have as much good as bad luck."""
    weeks = np.exp(spread * dealt_normal(random, int(timeline.weeks[-1]) + 1, HAND_OF_WEEKS) - spread**2 / 2)
    return np.asarray(weeks[timeline.weeks], dtype=np.float64)


def noise(random: np.random.Generator, timeline: Timeline, weekly: float, daily: float) -> Series:
    """Plain noise around 1: each week has its own luck, and each day a little more."""
    weeks = weekly_luck(random, timeline, weekly)
    days = random.lognormal(-(daily**2) / 2, daily, timeline.count)
    return np.asarray(weeks * days, dtype=np.float64)
