"""Comparing a value with an earlier one: which period to compare with, like for like, and whether the change is good.

Last year is 364 days back for weeks, so that weekdays meet, and the same dates for everything else; where 29 February
has no counterpart, 28 February stands for it, and whole months are compared with whole months.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.period import DAY, MONTHS_A_YEAR, Grain, Period, add_months
from metrics.model import Better

if TYPE_CHECKING:
    from datetime import date

    from core.period import Calendar
    from metrics.model import Kpi

YEAR_OF_WEEKS: Final = 364
DAYS_A_WEEK: Final = 7
_MONTHS: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: MONTHS_A_YEAR}


class Comparison(StrEnum):
    """What a period is compared with: an earlier one, what was wanted of it (a target, else the plan), or nothing."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"
    GOAL = "goal"
    NONE = "none"

    @property
    def of_periods(self) -> bool:
        """Whether another period is what is compared with."""
        return self in {Comparison.PREVIOUS, Comparison.LAST_YEAR}


def base_period(period: Period, grain: Grain, comparison: Comparison, calendar: Calendar) -> Period | None:
    """The period that *period* is compared with, when read at *grain*.

    At weekly grain it moves by whole weeks, so that weekdays meet. Before whole months come as many whole months;
    before a month, quarter or year still under way, as many days of the one before; before any other, as many days.
    """
    if not comparison.of_periods:
        return None
    if comparison is Comparison.LAST_YEAR:
        return _last_year(period, grain)
    return _previous(period, grain, calendar)


def _last_year(period: Period, grain: Grain) -> Period:
    if grain is Grain.WEEK:
        return period.moved(-YEAR_OF_WEEKS)
    if _whole_months(period):
        return Period(add_months(period.start, -MONTHS_A_YEAR), add_months(period.end + DAY, -MONTHS_A_YEAR) - DAY)
    return Period(add_months(period.start, -MONTHS_A_YEAR), add_months(period.end, -MONTHS_A_YEAR))


def _whole_months(period: Period) -> bool:
    return period.start.day == 1 and (period.end + DAY).day == 1


def _previous(period: Period, grain: Grain, calendar: Calendar) -> Period:
    if grain is Grain.WEEK:
        return period.moved(-math.ceil(period.days / DAYS_A_WEEK) * DAYS_A_WEEK)
    if _whole_months(period):
        months = len(calendar.split(period, Grain.MONTH))
        return Period(add_months(period.start, -months), period.start - DAY)
    if grain not in _MONTHS or calendar.first_day(period.start, grain) != period.start:
        return period.moved(-period.days)
    start = add_months(period.start, -len(calendar.split(period, grain)) * _MONTHS[grain])
    return Period(start, min(start + (period.days - 1) * DAY, period.start - DAY))


def like_for_like(period: Period, base: Period, known_to: date | None) -> tuple[Period, Period] | None:
    """*period* up to *known_to*, and as many days of *base*; None when no day of *period* is known."""
    if known_to is None or known_to < period.start:
        return None
    if known_to >= period.end:
        return period, base
    days = (known_to - period.start).days
    end = min(base.start + days * DAY, base.end)
    return Period(period.start, period.start + (end - base.start)), Period(base.start, end)


class Outcome(StrEnum):
    """What a change means for a KPI; neutral when it has no good direction."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEUTRAL = "neutral"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Change:
    """How a value differs from the one it is compared with; *relative* only where a percentage means something."""

    absolute: float | None
    relative: float | None
    outcome: Outcome

    @property
    def rising(self) -> bool | None:
        """Whether the value went up; None when it did not move or is not known."""
        return self.absolute > 0 if self.absolute and self.outcome is not Outcome.SAME else None


def change(kpi: Kpi, value: float | None, base: float | None) -> Change:
    """The change of *kpi* from *base* to *value*."""
    if value is None or base is None:
        return Change(None, None, Outcome.UNKNOWN)
    absolute = value - base
    relative = absolute / base if kpi.unit.relative and base > 0 else None
    if math.isclose(value, base, rel_tol=1e-9, abs_tol=1e-12):
        return Change(absolute, relative, Outcome.SAME)
    if kpi.better not in {Better.HIGHER, Better.LOWER}:
        return Change(absolute, relative, Outcome.NEUTRAL)
    good = (absolute > 0) == (kpi.better is Better.HIGHER)
    return Change(absolute, relative, Outcome.BETTER if good else Outcome.WORSE)
