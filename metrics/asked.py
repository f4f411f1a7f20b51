"""A KPI as a query asks for it: its aggregates with the filters that apply, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from metrics.basis import basis
from metrics.matching import matched_days
from metrics.model import Ratio
from metrics.statement import Part

if TYPE_CHECKING:
    from metrics.basis import Basis
    from metrics.buckets import Buckets
    from metrics.model import Aggregate, Is, Kpi
    from metrics.query import Query
    from metrics.session import Session
    from metrics.statement import Within


@dataclass(frozen=True, eq=False)
class Asked:
    """*kpi* with, for each of its aggregates, the part of a statement and what it rests on."""

    kpi: Kpi
    parts: tuple[Part, ...]
    bases: tuple[Basis, ...]
    matched: Within | None

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it reads."""
        return tuple(dict.fromkeys(part.what.table for part in self.parts))

    def parts_of(self, dataset: str) -> tuple[Part, ...]:
        """Those of its parts whose table rests on *dataset*."""
        return tuple(part for part in self.parts if part.table.base == dataset)


def as_asked(session: Session, kpi: Kpi, query: Query, buckets: Buckets) -> Asked:
    """*kpi* as *query* asks for it."""
    filters = query.filters(kpi)
    aggregates = kpi.expression.parts
    bases = tuple(_basis(session, part, filters, query, kpi.lag_days) for part in aggregates)
    matched = None
    if isinstance(kpi.expression, Ratio) and kpi.expression.matched:
        matched = matched_days(kpi.expression.matched, bases, buckets)
    further = () if matched is None else (matched,)
    parts = tuple(Part(replace(one, where=(), factor=1), (*one.where, *filters, *further)) for one in aggregates)
    return Asked(kpi, parts, bases, matched)


def _basis(session: Session, part: Aggregate, filters: tuple[Is, ...], query: Query, lag_days: int) -> Basis:
    """What *part* rests on; aggregates over the same rows share it."""
    key = (part.table, part.where, filters, lag_days)
    if key not in session.bases:
        session.bases[key] = basis(session, part, filters, query.period, lag_days)
    return session.bases[key]
