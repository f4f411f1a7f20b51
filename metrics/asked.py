"""A KPI as a query asks for it: its aggregates with the filters that apply, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from core.period import Period
from metrics.basis import Basis, basis
from metrics.coverage import is_filled, spans
from metrics.matching import matched_days
from metrics.model import Known, Ratio
from metrics.statement import Between, Part
from metrics.tables import TABLES
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from metrics.buckets import Buckets
    from metrics.model import Aggregate, Is, Kpi
    from metrics.query import Query
    from metrics.session import Session
    from metrics.statement import Within

SIDES: Final = ("numerator", "denominator")


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
    further = _alike(session, kpi, query.period) if matched is None else (matched,)
    parts = tuple(Part(replace(one, where=(), factor=1), (*one.where, *filters, *further)) for one in aggregates)
    return Asked(kpi, parts, bases, matched)


def _alike(session: Session, kpi: Kpi, period: Period) -> tuple[Between, ...]:
    """Like for like: of a ratio over several datasets only the days count that those which come day by day reach.

    What holds for the end of a period is no sum over its days.
    """
    tables = [TABLES[part.table] for part in kpi.expression.parts]
    if len({table.base for table in tables}) < len(SIDES) or any(table.at_end for table in tables):
        return ()
    daily = dict.fromkeys(table.base for table in tables if DATASETS[table.base].daily)
    known = [found for name in daily if (found := spans(session.snapshot, name, kpi.lag_days, session.zone))]
    if not known:
        return ()
    start = max(min(span.first for span in each) for each in known)
    end = min(max(span.last for span in each) for each in known)
    if (start <= period.start and period.end <= end) or end < start:
        return ()
    return (Between(Period(start, end)),)


def _basis(session: Session, part: Aggregate, filters: tuple[Is, ...], query: Query, lag_days: int) -> Basis:
    """What *part* rests on: nothing, where nobody ever told it. Aggregates over the same rows share it."""
    columns = (part.column, *(condition.column for condition in part.where if isinstance(condition, Known)))
    for telling in filter(None, map(TABLES[part.table].told_by.get, columns)):
        if not any(is_filled(session.snapshot, *place.split(".")) for place in telling):
            return Basis((), (), told=False)
    key = (part.table, part.where, filters, lag_days)
    if key not in session.bases:
        session.bases[key] = basis(session, part, filters, query.period, lag_days)
    return session.bases[key]
