"""From aggregates to the values of KPIs: what is nothing and what is unknown, ratios, and the long table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from metrics.asked import Asked
    from metrics.basis import Basis
    from metrics.buckets import Buckets
    from metrics.grid import Grid
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
        terms = zip(one.parts[place:until], side.parts, one.bases[place:until], numbers[place:until], strict=True)
        sides.append(_side([_Term(part, what.factor, base, number) for part, what, base, number in terms], grid))
        place = until
    numerator, *rest = sides
    if not rest:
        return numerator, numerator, np.full(grid.shape, np.nan), complete
    value = np.divide(numerator, rest[0], out=np.full(grid.shape, np.nan), where=rest[0] != 0)
    return value, numerator, rest[0], complete


def _number(one: Asked, part: Part, base: Basis, grid: Grid) -> Values:
    """One aggregate: 0 where its days are loaded and it has no rows, unless no rows make no value."""
    if not base.told:
        return np.full(grid.shape, np.nan)
    found = grid.sums[part]
    if not part.what.counts_nothing or part.table.silent:
        return found
    inside = grid.inside(base, part.table.scope)
    if one.matched:
        inside = grid.flags(base, part.table.scope, partial(_has_days, one.matched, grid.buckets))
    return np.where(inside & ~grid.has_rows[part], 0.0, found)


class _Term(NamedTuple):
    """One aggregate of a side, with what it is multiplied by, what it rests on and its numbers."""

    part: Part
    factor: float
    base: Basis
    numbers: Values


def _side(terms: Sequence[_Term], grid: Grid) -> Values:
    """The terms of one side together, those left out of which nothing was ever loaded.

    One without rows where only some of its days are loaded takes nothing from what others have there.
    """
    known = [term for term in terms if term.base.spans] or list(terms[:1])
    if len(known) == 1:
        return known[0].numbers * known[0].factor
    told = np.any([~np.isnan(term.numbers) for term in known], axis=0)
    return np.where(told, np.sum([_filled(term, grid) * term.factor for term in known], axis=0), np.nan)


def _filled(term: _Term, grid: Grid) -> Values:
    begun = grid.flags(term.base, term.part.table.scope, lambda mine: mine.begun(grid.buckets))
    return np.where(begun & ~grid.has_rows[term.part], 0.0, term.numbers)


def _has_days(matched: Within, buckets: Buckets, base: Basis) -> Flags:
    """Which buckets have days that both sums of a matched ratio have loaded."""
    mine = {tuple(span.scope[name] for name in matched.columns) for span in base.spans}
    flags = np.zeros(len(buckets.periods), bool)
    for values, days in matched.days:
        if values in mine:
            flags |= (np.datetime64(days.start) <= buckets.ends) & (buckets.starts <= np.datetime64(days.end))
    return flags
