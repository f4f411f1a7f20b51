"""Rows that have one half of a ratio and lack the other: they count in one sum and not in the other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlglot import exp

from metrics.coverage import DIALECT
from metrics.model import Known, Ratio
from metrics.statement import Bound, column, condition, within_period
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metrics.asked import Asked
    from metrics.buckets import Buckets
    from metrics.coverage import Span
    from metrics.session import Session
    from metrics.statement import Part

NOTICED: Final = 0.01
"""The share of a sum from which on rows that lack the other half are told of: less is not seen in the ratio."""


class _Half(NamedTuple):
    """A KPI some of whose rows may lack one of its measures, in some spans."""

    kpi: str
    lacked: str
    other: str
    spans: list[Span]


def lacking(session: Session, asked: Sequence[Asked], buckets: Buckets) -> Iterator[tuple[str, str, str]]:
    """The ratios of which part of the rows lack a half: KPI, measure, source. Asked in one statement for each dataset.

    A statement is only needed where rows without a value were seen while reading what is loaded.
    """
    halves: dict[Part, list[_Half]] = defaultdict(list)
    for one in asked:
        for half in _halves(one):
            rows = next((part for part in halves if _same_rows(part, one.parts[0])), one.parts[0])
            halves[rows].append(half)
    for rows, group in halves.items():
        found = _scopes(session, rows, group, buckets)
        for half, scopes in zip(group, found, strict=True):
            yield from ((half.kpi, half.lacked, s.label) for s in half.spans if tuple(s.scope.values()) in scopes)


def _halves(one: Asked) -> Iterator[_Half]:
    numerator, *rest = one.parts
    if not isinstance(one.kpi.expression, Ratio) or len(rest) != 1 or numerator.table.sql:
        return
    if not _same_rows(numerator, rest[0]):
        return
    for lacked, other in ((numerator, rest[0]), (rest[0], numerator)):
        spans = [span for span in one.bases[0].spans if lacked.column in span.known & span.lacking]
        if spans and Known(lacked.column) not in lacked.conditions:
            yield _Half(one.kpi.id, lacked.column, other.column, spans)


def _same_rows(one: Part, other: Part) -> bool:
    return (one.table, one.conditions) == (other.table, other.conditions)


def _scopes(
    session: Session, rows: Part, halves: Sequence[_Half], buckets: Buckets
) -> list[set[tuple[str | None, ...]]]:
    """For each of *halves* the scopes in which rows without its measure have a part of the other that is noticed."""
    dataset, bind = DATASETS[rows.table.base], Bound()
    where = [*within_period(dataset.last_day, buckets, bind), *(condition(c, bind) for c in rows.conditions)]
    scope = [column(name) for name in dataset.scope]
    select = exp.select(*scope, *map(_noticed, halves)).from_(dataset.name).where(*where).group_by(*scope)
    answer = session.rows(select.sql(DIALECT), bind.values)
    width = len(scope)
    return [{row[:width] for row in answer if row[width + place]} for place in range(len(halves))]


def _noticed(half: _Half) -> exp.Expr:
    other = exp.Sum(this=column(half.other))
    without = exp.Filter(this=other, expression=exp.Where(this=column(half.lacked).is_(exp.null())))
    return exp.GT(this=without, expression=exp.Mul(this=exp.Literal.number(NOTICED), expression=other.copy()))
