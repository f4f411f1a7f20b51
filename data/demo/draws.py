"""Draws that the invented tables share: how many come on each day, at which minute, and which of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from data.demo.clock import DAY, HOUR
from data.demo.timeline import WEEK, Counts, Series, Timeline, season, weekday_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


def arrivals(random: np.random.Generator, timeline: Timeline, per_week: float, weekend: float = 0.0) -> Counts:
    """The day of each of about *per_week* things a week, in order; *weekend* is the share a weekend day keeps."""
    busy = season(timeline) * weekday_shape(timeline, weekend)
    shape = busy * per_week / (WEEK - 2 + 2 * weekend)
    return np.repeat(np.arange(timeline.count), random.poisson(shape)).astype(np.int64)


def at_hours(random: np.random.Generator, days: Counts, first: float, last: float) -> Counts:
    """A moment on each of *days* between the hours *first* and *last*, in order."""
    minutes = random.integers(round(first * HOUR), round(last * HOUR), len(days))
    return np.sort(days * DAY + minutes)


def about(random: np.random.Generator, median: float, spread: float, count: int) -> Series:
    """*count* durations or amounts around *median*, some much longer than others."""
    return np.asarray(median * random.lognormal(0, spread, count), dtype=np.float64)


def pick(random: np.random.Generator, options: Sequence[T], count: int, weights: Sequence[float] = ()) -> list[T]:
    """*count* times one of *options*."""
    shares = np.array(weights or [1.0] * len(options))
    return [options[place] for place in random.choice(len(options), count, p=shares / shares.sum()).tolist()]


def chance(
    random: np.random.Generator, count: int, share: float | Series
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which of *count* things belong to the *share*."""
    return np.asarray(random.random(count) < share, dtype=np.bool_)
