"""One statement for everything asked of a dataset: sums by bucket and segment, every value bound, never pasted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from metrics.coverage import DIALECT
from metrics.model import Is, Known
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.period import Period
    from metrics.buckets import Buckets
    from metrics.model import Condition

_DOUBLE: Final = exp.DataType.Type.DOUBLE


@dataclass(frozen=True)
class Within:
    """Rows that lie wholly within one of the listed days of their values of *columns*."""

    columns: tuple[str, ...]
    days: tuple[tuple[tuple[str | None, ...], Period], ...]


@dataclass(frozen=True)
class Part:
    """One sum as a statement needs it: what is summed, over which rows."""

    dataset: str
    column: str
    conditions: tuple[Condition | Within, ...]

    @property
    def is_money(self) -> bool:
        """Whether the sum is over money."""
        return self.column in DATASETS[self.dataset].money


@dataclass
class Bound:
    """The values of a statement, in the order of their numbers."""

    values: list[object] = field(default_factory=list)

    def __call__(self, value: object) -> exp.Expr:
        """The mark that stands for *value*."""
        self.values.append(value)
        return exp.Parameter(this=exp.Literal.number(len(self.values)))


@dataclass(frozen=True)
class Statement:
    """Text and values. It answers one row for each bucket and segment that has rows.

    Its columns are the bucket's number (bucket), the segment's values, the sum of each of *parts* (sum_0, sum_1, …) and
    how many rows there were (rows_0, …): *counted* tells for each part which of these counts its rows.
    """

    text: str
    values: list[object]
    parts: tuple[Part, ...]
    counted: tuple[int, ...]


def column(name: str) -> exp.Column:
    """The column *name*, quoted."""
    return exp.column(name, quoted=True)


def sums(
    parts: Sequence[Part], buckets: Buckets, split: Sequence[str], rates: Mapping[str, Sequence[float | None]]
) -> Statement:
    """The statement for *parts* (of one dataset); *rates* are the worth of foreign currencies on each of its days."""
    bind = Bound()
    dataset = DATASETS[parts[0].dataset]
    shared = [c for c in parts[0].conditions if all(c in part.conditions for part in parts)]
    rests = [tuple(c for c in part.conditions if c not in shared) for part in parts]
    kinds = [_named(buckets.index(column("day"), bind), "bucket"), *(column(name) for name in split)]
    rate = _rate(buckets.period, rates, bind) if rates else None
    totals = [
        _named(exp.cast(_only(_sum(part, rate), rest, bind), _DOUBLE, copy=False), f"sum_{number}")
        for number, (part, rest) in enumerate(zip(parts, rests, strict=True))
    ]
    kept = list(dict.fromkeys(rests))
    rows = [_named(_only(exp.Count(this=exp.Star()), rest, bind), f"rows_{number}") for number, rest in enumerate(kept)]
    where = [*within_period(dataset.last_day, buckets, bind), *(condition(c, bind) for c in shared)]
    if all(rests):
        where.append(exp.or_(*(_all(rest, bind) for rest in kept), copy=False))
    select = exp.select(*kinds, *totals, *rows, copy=False).from_(dataset.name, copy=False).where(*where, copy=False)
    select = select.group_by(*(exp.Literal.number(n + 1) for n in range(len(kinds))), copy=False)
    counted = tuple(kept.index(rest) for rest in rests)
    return Statement(select.sql(DIALECT, copy=False), bind.values, tuple(parts), counted)


def _named(value: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(value, name, copy=False)


def _sum(part: Part, rate: exp.Expr | None) -> exp.Expr:
    value: exp.Expr = column(part.column)
    if rate is not None and part.is_money:
        value = exp.Mul(this=value, expression=rate.copy())
    return exp.Sum(this=value)


def _only(aggregate: exp.Expr, rest: tuple[Condition | Within, ...], bind: Bound) -> exp.Expr:
    """*aggregate* over the rows that meet *rest*."""
    return exp.Filter(this=aggregate, expression=exp.Where(this=_all(rest, bind))) if rest else aggregate


def _all(conditions: tuple[Condition | Within, ...], bind: Bound) -> exp.Expr:
    return exp.and_(*(condition(c, bind) for c in conditions), copy=False)


def _rate(period: Period, rates: Mapping[str, Sequence[float | None]], bind: Bound) -> exp.Expr:
    """What the row's money is to be multiplied by: the rate of its currency on its day, 1 in the reporting currency."""
    day = exp.Add(
        this=exp.Sub(this=column("day"), expression=bind(period.start)),
        expression=exp.Literal.number(1),
    )
    chosen = exp.Case(this=column("currency"), default=exp.Literal.number(1))
    for currency, series in rates.items():
        array = exp.cast(bind(list(series)), "DOUBLE[]")
        chosen = chosen.when(bind(currency), exp.Anonymous(this="list_extract", expressions=[array, day.copy()]))
    return chosen


def within_period(last_day: str, buckets: Buckets, bind: Bound) -> list[exp.Expr]:
    """Rows inside the asked period; those longer than a day only when they lie wholly inside one bucket."""
    start, end = column("day") >= bind(buckets.period.start), column(last_day) <= bind(buckets.period.end)
    if last_day == "day" or len(buckets.periods) == 1:
        return [start, end]
    first, last = (buckets.index(column(name), bind) for name in ("day", last_day))
    return [start, end, exp.EQ(this=first, expression=last)]


def condition(wanted: Condition | Within, bind: Bound) -> exp.Expr:
    """A row condition as an expression."""
    if isinstance(wanted, Known):
        return column(wanted.column).is_(exp.null()).not_()
    if isinstance(wanted, Is):
        return _is_one_of(wanted, bind)
    choices = [
        exp.and_(
            *(exp.NullSafeEQ(this=column(n), expression=bind(v)) for n, v in zip(wanted.columns, values, strict=True)),
            column("day") >= bind(days.start),
            column("day_end") <= bind(days.end),
        )
        for values, days in wanted.days
    ]
    return exp.or_(*choices) if choices else exp.false()


def _is_one_of(wanted: Is, bind: Bound) -> exp.Expr:
    named = [bind(value) for value in wanted.values if value is not None]
    choices: list[exp.Expr] = []
    if named:
        choices.append(column(wanted.column).isin(*named))
    if None in wanted.values:
        choices.append(column(wanted.column).is_(exp.null()))
    return exp.or_(*choices) if choices else exp.false()
