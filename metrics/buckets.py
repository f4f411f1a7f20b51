"""The periods a series is cut into, and how a statement tells which of them a day falls in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from sqlglot import exp

from core.period import MONTHS_A_YEAR, Grain

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from core.period import Calendar, Period

_DAYS: Final = {Grain.DAY: 1, Grain.WEEK: 7}
_MONTHS: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: MONTHS_A_YEAR}


@dataclass(frozen=True)
class Buckets:
    """*period* cut at the borders of *grain*; the first and the last bucket may be clipped."""

    period: Period
    grain: Grain
    calendar: Calendar

    @cached_property
    def periods(self) -> list[Period]:
        """The buckets in order."""
        return self.calendar.split(self.period, self.grain)

    @cached_property
    def starts(self) -> npt.NDArray[np.datetime64]:
        """The first day of each bucket."""
        return np.array([bucket.start for bucket in self.periods], "datetime64[D]")

    @cached_property
    def ends(self) -> npt.NDArray[np.datetime64]:
        """The last day of each bucket."""
        return np.array([bucket.end for bucket in self.periods], "datetime64[D]")

    @cached_property
    def whole(self) -> npt.NDArray[np.bool_]:
        """Which buckets are not clipped."""
        return np.array([self.calendar.is_whole(bucket, self.grain) for bucket in self.periods])

    def index(self, day: exp.Expr, bind: Callable[[object], exp.Expr]) -> exp.Expr:
        """The number of the bucket that the column *day* falls in, counted from 0, as whole-number arithmetic."""
        if self.grain is Grain.TOTAL:
            return exp.Literal.number(0)
        first = self.calendar.first_day(self.period.start, self.grain)
        if self.grain in _DAYS:
            passed: exp.Expr = exp.Paren(this=exp.Sub(this=day, expression=bind(first)))
            return _floor(passed, _DAYS[self.grain])
        months = exp.Add(
            this=exp.Mul(this=exp.Year(this=day), expression=exp.Literal.number(MONTHS_A_YEAR)),
            expression=exp.Month(this=day.copy()),
        )
        before = exp.Literal.number(first.year * MONTHS_A_YEAR + first.month)
        return _floor(exp.Paren(this=exp.Sub(this=months, expression=before)), _MONTHS[self.grain])


def _floor(value: exp.Expr, size: int) -> exp.Expr:
    if size == 1:
        return value
    return exp.IntDiv(this=value, expression=exp.Literal.number(size))
