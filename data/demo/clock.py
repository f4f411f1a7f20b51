"""Moments as minutes since the first day's midnight, and the hours in which the department works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.timeline import WEEK, Counts, Series, Timeline

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

DAY: Final = 1440
HOUR: Final = 60
OPENS: Final = 9 * HOUR
CLOSES: Final = 17 * HOUR
OPEN: Final = CLOSES - OPENS
NEVER: Final = 1 << 40
"""The moment of what has not happened yet."""
MARGIN: Final = 800
"""So many days before and after the timeline are counted too: for what began earlier and is promised for later."""
SATURDAY: Final = 5
FREE_DAYS: Final = {
    (1, 1): "New Year's Day",
    (1, 6): "Epiphany",
    (5, 1): "Labour Day",
    (5, 3): "Constitution Day",
    (8, 15): "Summer day off",
    (11, 1): "All Saints' Day",
    (11, 11): "Autumn day off",
    (12, 24): "Christmas Eve",
    (12, 25): "Christmas Day",
    (12, 26): "Second day of Christmas",
}


def is_free(day: date) -> bool:
    """Whether *day* is a holiday."""
    return (day.month, day.day) in FREE_DAYS


@dataclass(frozen=True)
class Clock:
    """The working hours of *timeline*: Monday to Friday from 9 to 17, holidays excepted."""

    timeline: Timeline

    @property
    def end(self) -> int:
        """The moment at which the last day is over."""
        return self.timeline.count * DAY

    @cached_property
    def _works(self) -> NDArray[np.bool_]:
        first = self.timeline.first - timedelta(days=MARGIN)
        count = self.timeline.count + 2 * MARGIN
        weekdays = (np.arange(count) + first.weekday()) % WEEK
        free = np.array([is_free(first + timedelta(days=day)) for day in range(count)])
        return np.asarray((weekdays < SATURDAY) & ~free, dtype=np.bool_)

    @cached_property
    def _before(self) -> Counts:
        """How many working days lie before each day."""
        return np.asarray(np.cumsum(self._works) - self._works, dtype=np.int64)

    @cached_property
    def _workdays(self) -> Counts:
        return np.nonzero(self._works)[0].astype(np.int64) - MARGIN

    def later(self, moments: Counts, minutes: Series | Counts) -> Counts:
        """The moments so many working *minutes* after *moments*; what never happened is followed by nothing."""
        known = np.where(moments < NEVER, moments, 0)
        days = known // DAY
        worked = np.clip(known % DAY - OPENS, 0, OPEN) * self._works[days + MARGIN]
        target = self._before[days + MARGIN] * OPEN + worked + np.maximum(1, np.asarray(minutes)).astype(np.int64)
        # The last minute of one day is not the first of the next: what takes a whole day ends at closing time.
        found = self._workdays[(target - 1) // OPEN] * DAY + OPENS + (target - 1) % OPEN + 1
        return np.where(moments < NEVER, found, NEVER)

    def workday(self, days: Counts, further: int | Counts = 0) -> Counts:
        """The first working day on or after each of *days*, or so many working days *further*."""
        return np.asarray(self._workdays[self._before[days + MARGIN] + further], dtype=np.int64)

    def is_workday(self, days: Counts) -> NDArray[np.bool_]:
        """Which of *days* are working days."""
        return np.asarray(self._works[days + MARGIN], dtype=np.bool_)

    def workday_before(self, days: Counts) -> Counts:
        """The last working day before each of *days*."""
        return np.asarray(self._workdays[self._before[days + MARGIN] - 1], dtype=np.int64)

    def known(self, moments: Counts) -> Counts:
        """The *moments* as they are known at the end of the last day: later ones have not come yet."""
        return np.where(moments < self.end, moments, NEVER)

    def moment_texts(self, moments: Counts) -> list[str]:
        """Each moment as it stands in a file, to the minute; empty for what has not happened."""
        past = moments < NEVER
        start = np.datetime64(self.timeline.first.isoformat(), "m")
        texts = np.datetime_as_string(start + np.where(past, moments, 0).astype("timedelta64[m]"))
        return [text.replace("T", " ") if there else "" for text, there in zip(texts, past, strict=True)]

    def day_texts(self, days: Counts) -> list[str]:
        """Each day as ISO text; empty for what has no day."""
        there = days < NEVER
        start = np.datetime64(self.timeline.first.isoformat(), "D")
        texts = np.datetime_as_string(start + np.where(there, days, 0).astype("timedelta64[D]"))
        return [str(text) if is_there else "" for text, is_there in zip(texts, there, strict=True)]
