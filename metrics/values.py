"""From sums to the values of KPIs: what is nothing and what is unknown, ratios, and the long table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from metrics.asked import Asked
    from metrics.basis import Basis
    from metrics.buckets import Buckets
    from metrics.grid import Grid
    from metrics.statement import Within

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
    sums, complete = [], np.ones(grid.shape, bool)
    for declared, part, base in zip(one.kpi.expression.parts, one.parts, one.bases, strict=True):
        scope = DATASETS[part.dataset].scope
        complete &= grid.complete(base, scope)
        inside = grid.inside(base, scope)
        if one.matched:
            inside = grid.flags(base, scope, partial(_has_days, one.matched, grid.buckets))
        nothing = inside & ~grid.has_rows[part]
        sums.append(np.where(nothing, 0.0, grid.sums[part]) * declared.factor)
    numerator, *rest = sums
    if not rest:
        return numerator, numerator, np.full(grid.shape, np.nan), complete
    denominator = rest[0]
    value = np.divide(numerator, denominator, out=np.full(grid.shape, np.nan), where=denominator != 0)
    return value, numerator, denominator, complete


def _has_days(matched: Within, buckets: Buckets, base: Basis) -> Flags:
    """Which buckets have days that both sums of a matched ratio have loaded."""
    mine = {tuple(span.scope[name] for name in matched.columns) for span in base.spans}
    flags = np.zeros(len(buckets.periods), bool)
    for values, days in matched.days:
        if values in mine:
            flags |= (np.datetime64(days.start) <= buckets.ends) & (buckets.starts <= np.datetime64(days.end))
    return flags
