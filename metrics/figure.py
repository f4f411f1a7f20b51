"""A KPI in figures: its value, the change against the comparison, and the series behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.period import Period

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from core.errors import KokpitError
    from metrics.cautions import Concern
    from metrics.compare import Change
    from metrics.model import Kpi
    from metrics.standing import Standing

Span = tuple[Period, Period]
FEW: Final = 10
"""With fewer cases than this, chance alone moves a ratio by a third and more."""


@dataclass(frozen=True)
class Point:
    """A KPI's value in one period of its series."""

    period: Period
    value: float | None
    complete: bool


@dataclass(frozen=True)
class Figure:
    """A KPI as it is shown. *compared* are the days the change is about, where they are fewer than those shown.

    *standing* tells signal from noise over its *series*, and whether the target in force will be met.
    *cases* is what a ratio divides by, where that counts something: few of them make a value of chance.
    *error* is why it has no value, *gap* why its series has holes, *concerns* what to know before trusting the value.
    """

    kpi: Kpi
    value: float | None
    complete: bool
    known_to: date | None
    change: Change
    base: float | None
    compared: Span | None
    series: tuple[Point, ...]
    standing: Standing
    error: KokpitError | None = None
    gap: KokpitError | None = None
    concerns: tuple[Concern, ...] = ()
    cases: float | None = None

    @property
    def rests_on_few(self) -> bool:
        """Whether chance alone moves the value: it rests on so few cases."""
        return self.value is not None and self.cases is not None and self.cases < FEW


def points(table: pd.DataFrame) -> tuple[Point, ...]:
    """The rows of one KPI's series, oldest first."""
    columns = (table["period_start"], table["period_end"], table["value"], table["complete"])
    return tuple(
        Point(Period(start.date(), end.date()), number(value), bool(complete))
        for start, end, value, complete in zip(*columns, strict=True)
    )


def number(value: float) -> float | None:
    """*value* from a data frame: no number is None."""
    return None if value != value else float(value)  # noqa: PLR0124 - the test for NaN
