"""Filters that no row meets, each with the values nearest to what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from core.language import _
from metrics.coverage import DIALECT
from metrics.own import find
from metrics.statement import Bound, column
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metrics.query import Query
    from warehouse.snapshot import Snapshot

SHOWN: Final = 3


@dataclass(frozen=True)
class Unmet:
    """No row has *value* in *dimension*; *nearest* are values that rows do have."""

    dimension: str
    value: str
    nearest: tuple[str, ...]

    def said(self, name: str) -> str:
        """A sentence on it in the reader's language, with the filter's *name*."""
        told = _("No row has {filter}.").format(filter=name)
        near = _("Nearest values: {values}.").format(values=" / ".join(self.nearest)) if self.nearest else ""
        return f"{told} {near}".strip()


def unmet(snapshot: Snapshot, query: Query) -> Iterator[Unmet]:
    """The filters of *query* that no row of its KPIs' datasets meets, whatever the period."""
    asked = list(dict.fromkeys(name for kpi in query.kpis for name in find(snapshot, kpi).datasets))
    for dimension, values in query.where.items():
        datasets = [name for name in asked if dimension in DATASETS[name].by_name]
        for value in values:
            if value is not None and datasets and not any(_is_there(snapshot, d, dimension, value) for d in datasets):
                nearest = (near for dataset in datasets for near in _nearest(snapshot, dataset, dimension, value))
                yield Unmet(dimension, value, tuple(dict.fromkeys(nearest))[:SHOWN])


def _is_there(snapshot: Snapshot, dataset: str, dimension: str, value: str) -> bool:
    bind = Bound()
    select = exp.select(exp.Literal.number(1)).from_(dataset).where(column(dimension).eq(bind(value))).limit(1)
    return bool(snapshot.rows(select.sql(DIALECT), bind.values))


def _nearest(snapshot: Snapshot, dataset: str, dimension: str, value: str) -> list[str]:
    bind = Bound()
    known = column(dimension)
    likeness = exp.func("jaro_winkler_similarity", exp.Lower(this=known.copy()), bind(value.lower()))
    select = exp.select(known).from_(dataset).where(known.is_(exp.null()).not_()).group_by(known.copy())
    select = select.order_by(exp.Ordered(this=likeness, desc=True), known.copy()).limit(SHOWN)
    return [row[0] for row in snapshot.rows(select.sql(DIALECT), bind.values)]
