"""Draws that the invented tables share: how many come on each day, at which minute, and which of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from data.demo.clock import DAY, HOUR
from data.demo.timeline import (
    WEEK,
    Counts,
    Series,
    Timeline,
    dealt,
    dealt_normal,
    season,
    weekday_shape,
    weekly_luck,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


def arrivals(random: np.random.Generator, timeline: Timeline, per_week: float, weekend: float = 0.0) -> Counts:
    """The day of each of about *per_week* things a week, in order; *weekend* is the share a weekend day keeps."""
    busy = season(timeline) * weekday_shape(timeline, weekend)
    busy = busy * weekly_luck(random, timeline, per_week**-0.5)
    expected = np.cumsum(busy * per_week / (WEEK - 2 + 2 * weekend))
    # One in each unit of what is expected: beyond the luck of the week, chance adds next to nothing.
    count = int(expected[-1])
    places = np.searchsorted(expected, np.arange(count) + random.random(count))
    return np.asarray(places, dtype=np.int64)


def at_hours(random: np.random.Generator, days: Counts, first: float, last: float) -> Counts:
    """A moment on each of *days* between the hours *first* and *last*, in order."""
    minutes = random.integers(round(first * HOUR), round(last * HOUR), len(days))
    return np.sort(days * DAY + minutes)


def about(random: np.random.Generator, median: float, spread: float, count: int) -> Series:
    """*count* durations or amounts around *median*, some much longer than others."""
    return np.asarray(median * np.exp(spread * dealt_normal(random, count)), dtype=np.float64)


def pick(random: np.random.Generator, options: Sequence[T], count: int, weights: Sequence[float] = ()) -> list[T]:
    """*count* times one of *options*."""
    shares = np.cumsum(weights or [1.0] * len(options))
    places = np.searchsorted(shares, dealt(random, count) * shares[-1], side="right")
    return [options[place] for place in places.tolist()]


def chance(
    random: np.random.Generator, count: int, share: float | Series
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which of *count* things belong to the *share*."""
    return np.asarray(dealt(random, count) < share, dtype=np.bool_)
