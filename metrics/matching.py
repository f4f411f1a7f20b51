"""The days that both sums of a matched ratio have loaded, for the same values of the matched columns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from core.period import DAY, stretches
from metrics.basis import torn
from metrics.statement import Within

if TYPE_CHECKING:
    from datetime import date

    from core.period import Period
    from metrics.basis import Basis
    from metrics.buckets import Buckets

_Values = tuple[str | None, ...]


def matched_days(columns: tuple[str, ...], bases: tuple[Basis, ...], buckets: Buckets) -> Within:
    """The stretches of days inside *buckets* that every one of *bases* has loaded for the same values of *columns*."""
    each = [_days(columns, base, buckets) for base in bases]
    longer = [_longer(columns, base) for base in bases]
    found: list[tuple[_Values, Period]] = []
    for values in each[0]:
        common = set.intersection(*(days.get(values, set()) for days in each))
        _drop_cut(common, [_each_day(period) for periods in longer for period in periods.get(values, [])])
        found += [(values, days) for days in stretches(common)]
    return Within(columns, tuple(found))


def _days(columns: tuple[str, ...], base: Basis, buckets: Buckets) -> dict[_Values, set[date]]:
    days: dict[_Values, set[date]] = defaultdict(set)
    for span in base.spans:
        mine = {day for loaded in span.loaded for day in _each_day(loaded) if day in buckets.period}
        left_out = {day for period in (*torn(span, buckets), *span.lost) for day in _each_day(period)}
        days[_values(columns, span.scope)] |= mine - left_out
    return days


def _longer(columns: tuple[str, ...], base: Basis) -> dict[_Values, list[Period]]:
    periods: dict[_Values, list[Period]] = defaultdict(list)
    for span in base.spans:
        periods[_values(columns, span.scope)] += span.periods
    return periods


def _drop_cut(common: set[date], rows: list[set[date]]) -> None:
    """Take the days of rows that *common* has in part out of it, until none is left: such a row cannot be counted."""
    while cut := [days for days in rows if days & common and not days <= common]:
        common.difference_update(*cut)


def _values(columns: tuple[str, ...], scope: dict[str, str | None]) -> _Values:
    return tuple(scope[name] for name in columns)


def _each_day(period: Period) -> set[date]:
    return {period.start + offset * DAY for offset in range(period.days)}
