"""From aggregates to the values of KPIs: what is nothing and what is unknown, ratios, and the long table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from metrics.asked import Asked
    from metrics.basis import Basis
    from metrics.buckets import Buckets
    from metrics.grid import Grid
    from metrics.model import Side
    from metrics.statement import Part, Within

    Values = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]


def table(asked: Sequence[Asked], grid: Grid) -> pd.DataFrame:
    """The values of *asked* as a long table, sorted by KPI as asked, segment and period."""
    segments, buckets = grid.shape
    rows = segments * buckets
    columns: dict[str, npt.NDArray[np.generic] | pd.Series] = {
        "kpi": np.repeat(np.array([one.kpi.id for one in asked], object), rows),
        "period_start": np.tile(grid.buckets.starts.astype("datetime64[s]"), segments * len(asked)),
        "period_end": np.tile(grid.buckets.ends.astype("datetime64[s]"), segments * len(asked)),
    }
    for place, name in enumerate(grid.split):
        labels = np.array([segment[place] for segment in grid.segments], object)
        columns[name] = pd.Series(np.tile(np.repeat(labels, buckets), len(asked)), dtype=object)
    computed = [_values(one, grid) for one in asked]
    for number, name in enumerate(("value", "numerator", "denominator", "complete")):
        parts = [values[number].ravel() for values in computed]
        columns[name] = np.concatenate(parts) if parts else np.empty(0)
    return pd.DataFrame(columns)


def _values(one: Asked, grid: Grid) -> tuple[Values, Values, Values, Flags]:
    """Value, numerator, denominator and completeness of a KPI, by segment and bucket."""
    complete = np.ones(grid.shape, bool)
    numbers: list[Values] = []
    for part, base in zip(one.parts, one.bases, strict=True):
        complete &= grid.complete(base, part.table.scope)
        numbers.append(_number(one, part, base, grid))
    sides, place = [], 0
    for side in one.kpi.expression.sides:
        until = place + len(side.parts)
        sides.append(_side(side, numbers[place:until], one.bases[place:until]))
        place = until
    numerator, *rest = sides
    if not rest:
        return numerator, numerator, np.full(grid.shape, np.nan), complete
    value = np.divide(numerator, rest[0], out=np.full(grid.shape, np.nan), where=rest[0] != 0)
    return value, numerator, rest[0], complete


def _number(one: Asked, part: Part, base: Basis, grid: Grid) -> Values:
    """One aggregate: 0 where its days are loaded and it has no rows, unless no rows make no value."""
    found = grid.sums[part]
    if not part.what.counts_nothing or part.table.silent:
        return found
    inside = grid.inside(base, part.table.scope)
    if one.matched:
        inside = grid.flags(base, part.table.scope, partial(_has_days, one.matched, grid.buckets))
    return np.where(inside & ~grid.has_rows[part], 0.0, found)


def _side(side: Side, numbers: Sequence[Values], bases: Sequence[Basis]) -> Values:
    """The terms of one side together, those left out of which nothing was ever loaded."""
    known = [number * part.factor for part, number, base in zip(side.parts, numbers, bases, strict=True) if base.spans]
    return np.sum(known, axis=0) if known else numbers[0] * side.parts[0].factor


def _has_days(matched: Within, buckets: Buckets, base: Basis) -> Flags:
    """Which buckets have days that both sums of a matched ratio have loaded."""
    mine = {tuple(span.scope[name] for name in matched.columns) for span in base.spans}
    flags = np.zeros(len(buckets.periods), bool)
    for values, days in matched.days:
        if values in mine:
            flags |= (np.datetime64(days.start) <= buckets.ends) & (buckets.starts <= np.datetime64(days.end))
    return flags
