"""Days, weeks, months, quarters and years: all date arithmetic of the project."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core.errors import UsageError
from core.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = timedelta(days=1)
MONTHS_A_YEAR = 12


class Grain(StrEnum):
    """How long the periods of a series are; ``total`` is one period for the whole range."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TOTAL = "total"


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            message = _("The period ends on {end}, before it starts on {start}.").format(start=self.start, end=self.end)
            raise UsageError(message, _("Swap the two dates."))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        """Whether *day* lies within."""
        return self.start <= day <= self.end

    def moved(self, days: int) -> Period:
        """The same length, *days* later (earlier when negative)."""
        return Period(self.start + timedelta(days=days), self.end + timedelta(days=days))

    def overlap(self, other: Period) -> Period | None:
        """The days both have, if any."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None


def add_months(day: date, months: int) -> date:
    """The same day *months* later; the last day of the month where that day does not exist."""
    index = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Calendar:
    """Where weeks and years start. ISO weeks and calendar years unless the team says otherwise."""

    week_starts: str = "monday"
    fiscal_year_starts: int = 1

    def first_day(self, day: date, grain: Grain) -> date:
        """The first day of the period of *grain* that *day* lies in (``total`` gives *day*)."""
        if grain is Grain.WEEK:
            offset = day.weekday() if self.week_starts == "monday" else (day.weekday() + 1) % 7
            return day - timedelta(days=offset)
        months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}.get(grain)
        if months is None:
            return day
        into = (day.month - self.fiscal_year_starts) % MONTHS_A_YEAR % months
        return add_months(day.replace(day=1), -into)

    def around(self, day: date, grain: Grain) -> Period:
        """The whole period of *grain* that *day* lies in (``total`` gives the day alone)."""
        start = self.first_day(day, grain)
        if grain in (Grain.DAY, Grain.TOTAL):
            return Period(start, start)
        if grain is Grain.WEEK:
            return Period(start, start + 6 * DAY)
        months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
        return Period(start, add_months(start, months) - DAY)

    def split(self, period: Period, grain: Grain) -> list[Period]:
        """*period* cut at the borders of *grain*: the first and last piece may be shorter than a whole one."""
        if grain is Grain.TOTAL:
            return [period]
        pieces = []
        start = period.start
        while start <= period.end:
            end = min(self.around(start, grain).end, period.end)
            pieces.append(Period(start, end))
            start = end + DAY
        return pieces

    def is_whole(self, period: Period, grain: Grain) -> bool:
        """Whether *period* is exactly one period of *grain* (any period is a whole ``total``)."""
        return grain is Grain.TOTAL or period == self.around(period.start, grain)


def stretches(days: Iterable[date]) -> list[Period]:
    """*days* as unbroken stretches, in order."""
    found: list[Period] = []
    for day in sorted(set(days)):
        if found and day - found[-1].end <= DAY:
            found[-1] = Period(found[-1].start, day)
        else:
            found.append(Period(day, day))
    return found
