"""Rows that have one half of a ratio and lack the other: they count in one sum and not in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlglot import exp

from metrics.coverage import DIALECT
from metrics.model import Known, Ratio
from metrics.statement import Bound, column, condition, within_period
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metrics.asked import Asked
    from metrics.buckets import Buckets
    from metrics.session import Session

NOTICED: Final = 0.01
"""The share of a sum from which on rows that lack the other half are told of: less is not seen in the ratio."""


def lacking(session: Session, one: Asked, buckets: Buckets) -> Iterator[tuple[str, str]]:
    """The measures that part of the rows lack, each with the source that they are of."""
    if not isinstance(one.kpi.expression, Ratio) or one.matched:
        return
    halves = one.kpi.expression.parts
    if len({(half.table, half.where) for half in halves}) > 1 or one.parts[0].table.sql:
        return
    for lacked, other in (halves, halves[::-1]):
        spans = [s for s in one.bases[0].spans if lacked.column in s.known & s.lacking]
        if spans and Known(lacked.column) not in lacked.where:
            found = _scopes(session, one, (lacked.column, other.column), buckets)
            yield from ((lacked.column, span.label) for span in spans if tuple(span.scope.values()) in found)


def _scopes(session: Session, one: Asked, measures: tuple[str, str], buckets: Buckets) -> set[tuple[str | None, ...]]:
    """The scopes in which rows without the first measure have a part of the second that is noticed."""
    part, bind = one.parts[0], Bound()
    dataset = DATASETS[part.table.base]
    lacked, other = (column(name) for name in measures)
    where = [*within_period(dataset.last_day, buckets, bind), *(condition(c, bind) for c in part.conditions)]
    without = exp.Filter(this=exp.Sum(this=other), expression=exp.Where(this=lacked.is_(exp.null())))
    noticed = exp.GT(
        this=without, expression=exp.Mul(this=exp.Literal.number(NOTICED), expression=exp.Sum(this=other.copy()))
    )
    select = exp.select(*(column(name) for name in dataset.scope)).from_(dataset.name).where(*where)
    select = select.group_by(*(column(name) for name in dataset.scope)).having(noticed)
    return set(session.rows(select.sql(DIALECT), bind.values))
