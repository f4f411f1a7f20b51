"""What is asked of one table: aggregates by bucket and segment, every value bound, never pasted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from sqlglot import exp

from metrics.model import Condition, Distinct, Greatest, Is, Known, Mean, Quantile
from metrics.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.period import Period
    from metrics.buckets import Buckets
    from metrics.model import Aggregate
    from metrics.view import View

_DOUBLE: Final = exp.DataType.Type.DOUBLE


@dataclass(frozen=True)
class Within:
    """Rows that lie wholly within one of the listed days of their values of *columns*."""

    columns: tuple[str, ...]
    days: tuple[tuple[tuple[str | None, ...], Period], ...]


@dataclass(frozen=True)
class Between:
    """Rows of the days that everything a KPI compares is known of."""

    days: Period


Wanted = Condition | Within | Between


@dataclass(frozen=True)
class Part:
    """One aggregate as a statement needs it: of what, over which rows."""

    what: Aggregate
    conditions: tuple[Wanted, ...]

    @property
    def table(self) -> View:
        """The table it reads."""
        return TABLES[self.what.table]

    @property
    def column(self) -> str:
        """The column it reads."""
        return self.what.column

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.column in self.table.money

    @property
    def needs_rates(self) -> bool:
        """Whether foreign money has to be converted for it, to be summed or to be compared."""
        return self.is_money or self.table.converts


class Money(Protocol):
    """What each foreign currency is worth on each day of a period."""

    @property
    def period(self) -> Period:
        """The days."""

    @property
    def rates(self) -> Mapping[str, Sequence[float | None]]:
        """The worth of one unit on each of them."""


@dataclass
class Bound:
    """The values of a statement, in the order of their numbers."""

    values: list[object] = field(default_factory=list)

    def __call__(self, value: object) -> exp.Expr:
        """The mark that stands for *value*."""
        self.values.append(value)
        return exp.Parameter(this=exp.Literal.number(len(self.values)))


@dataclass(frozen=True)
class Selection:
    """What is asked of one table. It answers one row for each bucket and segment that has rows.

    Its columns are the bucket's number (bucket), the segment's values, each of *parts* (sum_0, sum_1, …) and how many
    rows there were (rows_0, …): *counted* tells for each part which of these counts its rows.
    """

    select: exp.Select
    parts: tuple[Part, ...]
    counted: tuple[int, ...]

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.parts[0].what.table


def column(name: str) -> exp.Column:
    """The column *name*, quoted."""
    return exp.column(name, quoted=True)


def selection(parts: Sequence[Part], buckets: Buckets, split: Sequence[str], money: Money, bind: Bound) -> Selection:
    """The selection for *parts* (of one table), foreign money converted as *money* says."""
    table = parts[0].table
    shared = [c for c in parts[0].conditions if all(c in part.conditions for part in parts)]
    rests = [tuple(c for c in part.conditions if c not in shared) for part in parts]
    kinds = [_named(buckets.index(column("day"), bind), "bucket"), *(column(name) for name in split)]
    converted = any(part.is_money for part in parts) and not table.converts
    rate = _rate(table, money, bind) if converted and money.rates else None
    totals = [
        _named(exp.cast(_only(_aggregate(part, rate), rest, bind), _DOUBLE, copy=False), f"sum_{number}")
        for number, (part, rest) in enumerate(zip(parts, rests, strict=True))
    ]
    kept = list(dict.fromkeys(rests))
    rows = [_named(_only(exp.Count(this=exp.Star()), rest, bind), f"rows_{number}") for number, rest in enumerate(kept)]
    where = [*within_period(table.last_day, buckets, bind), *(condition(c, bind) for c in shared)]
    if all(rests):
        where.append(exp.or_(*(_all(rest, bind) for rest in kept), copy=False))
    select = exp.select(*kinds, *totals, *rows, copy=False).from_(table.name, copy=False).where(*where, copy=False)
    select = select.group_by(*(exp.Literal.number(n + 1) for n in range(len(kinds))), copy=False)
    return Selection(select, tuple(parts), tuple(kept.index(rest) for rest in rests))


def _named(value: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(value, name, copy=False)


def _aggregate(part: Part, rate: exp.Expr | None) -> exp.Expr:
    value: exp.Expr = column(part.column)
    if rate is not None and part.is_money:
        value = exp.Mul(this=value, expression=rate.copy())
    match part.what:
        case Distinct():
            return exp.Count(this=exp.Distinct(expressions=[value]))
        case Quantile(share=share):
            return exp.PercentileCont(this=value, expression=exp.Literal.number(share))
        case Mean():
            return exp.Avg(this=value)
        case Greatest():
            return exp.Max(this=value)
    return exp.Sum(this=value)


def _only(aggregate: exp.Expr, rest: tuple[Wanted, ...], bind: Bound) -> exp.Expr:
    """*aggregate* over the rows that meet *rest*."""
    return exp.Filter(this=aggregate, expression=exp.Where(this=_all(rest, bind))) if rest else aggregate


def _all(conditions: tuple[Wanted, ...], bind: Bound) -> exp.Expr:
    return exp.and_(*(condition(c, bind) for c in conditions), copy=False)


def _rate(table: View, money: Money, bind: Bound) -> exp.Expr:
    """What the row's money is to be multiplied by: the rate of its currency on its day, 1 in the reporting currency."""
    day = exp.Add(
        this=exp.Sub(this=column(table.money_day), expression=bind(money.period.start)),
        expression=exp.Literal.number(1),
    )
    chosen = exp.Case(this=column("currency"), default=exp.Literal.number(1))
    for currency, series in money.rates.items():
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


def condition(wanted: Wanted, bind: Bound) -> exp.Expr:
    """A row condition as an expression."""
    if isinstance(wanted, Known):
        return column(wanted.column).is_(exp.null()).not_()
    if isinstance(wanted, Is):
        return _is_one_of(wanted, bind)
    if isinstance(wanted, Between):
        return exp.and_(column("day") >= bind(wanted.days.start), column("day") <= bind(wanted.days.end))
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
