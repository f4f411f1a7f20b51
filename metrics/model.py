"""What a KPI is made of. A ratio is two aggregates over rows, so an average of ratios cannot be written.

What does not add up (distinct counts, quantiles, the greatest) is computed from rows for every period and segment anew,
never from smaller periods; the state on a day is a sum over a view that has the rows of each period's last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from metrics.tables import TABLES


class Unit(StrEnum):
    """What a value counts."""

    MONEY = "money"
    COUNT = "count"
    FRACTION = "fraction"
    RATIO = "ratio"
    POSITION = "position"
    HOURS = "hours"
    DAYS = "days"
    SCORE = "score"

    @property
    def relative(self) -> bool:
        """Whether a change may be told in percent; of shares, positions and scores the difference is told."""
        return self not in {Unit.FRACTION, Unit.POSITION, Unit.SCORE}


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    IN_RANGE = "in_range"
    NEITHER = "neither"


@dataclass(frozen=True)
class Is:
    """Rows whose *column* has one of *values*; None stands for rows without a value."""

    column: str
    values: tuple[str | None, ...]


OURS: Final = Is("whose", ("own",))
"""Rows of the own company."""
COMPANY: Final = "company"


@dataclass(frozen=True)
class Known:
    """Rows whose *column* has a value."""

    column: str


Condition = Is | Known


@dataclass(frozen=True)
class Aggregate:
    """One number from a column of *table*, over the rows that meet every condition, times *factor*."""

    table: str
    column: str
    where: tuple[Condition, ...] = ()
    factor: float = 1

    @property
    def parts(self) -> tuple[Aggregate, ...]:
        """The aggregates it is made of."""
        return (self,)

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is divided by what: nothing but itself."""
        return (self,)

    @property
    def counts_nothing(self) -> bool:
        """Whether no rows make 0; of what is ranked or averaged they make no value."""
        return True


@dataclass(frozen=True)
class Sum(Aggregate):
    """The sum of a measure."""


@dataclass(frozen=True)
class Distinct(Aggregate):
    """How many different values there are."""


@dataclass(frozen=True)
class Greatest(Aggregate):
    """The greatest value."""

    @property
    def counts_nothing(self) -> bool:
        """No rows have no greatest."""
        return False


@dataclass(frozen=True)
class Mean(Greatest):
    """The mean of a value that each row has once; never of ratios."""


@dataclass(frozen=True)
class Quantile(Greatest):
    """The value below which *share* of the rows lie, interpolated; the median unless said otherwise."""

    share: float = 0.5


@dataclass(frozen=True)
class Plus:
    """Several sums together; those from tables of which nothing was ever loaded are left out."""

    terms: tuple[Sum, ...]

    @property
    def parts(self) -> tuple[Aggregate, ...]:
        """The aggregates it is made of."""
        return self.terms

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is divided by what: nothing but itself."""
        return (self,)


@dataclass(frozen=True)
class Ratio:
    """One number divided by another, at every grain and for every segment anew.

    *matched* are columns of both tables: only days count that both have loaded for the same values of them.
    """

    numerator: Side
    denominator: Side
    matched: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Aggregate, ...]:
        """The aggregates it is made of."""
        return (*self.numerator.parts, *self.denominator.parts)

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is divided by what."""
        return (self.numerator, self.denominator)


Side = Aggregate | Plus
Expression = Side | Ratio


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A number with definition, unit, direction and process. Its texts are English msgids.

    *lower* and *upper* are natural bounds; a day is final *lag_days* after it, as *definition* explains, which also
    names where the definition comes from. *alignment* says how a KPI over several datasets brings them together. Of
    several companies one that is *ours* counts the own company, unless a question splits by company or names some.
    *plan* is the KPI that says what was planned of this one; one that is *decided* says so itself and is no process.
    """

    id: str
    name: str
    meaning: str
    process: str
    formula: str
    expression: Expression
    unit: Unit
    better: Better
    dimensions: tuple[str, ...]
    definition: str
    lower: float | None = 0
    upper: float | None = None
    lag_days: int = 1
    alignment: str = ""
    plan: str = ""
    ours: bool = False
    decided: bool = False

    @property
    def additive(self) -> bool:
        """Whether the values of segments add up to the value of the whole."""
        return all(isinstance(part, Sum) for part in self.expression.parts) and not isinstance(self.expression, Ratio)

    @property
    def accumulates(self) -> bool:
        """Whether the values of days add up to the value of a week."""
        return self.additive and not any(TABLES[part.table].at_end for part in self.expression.parts)

    @property
    def rolling(self) -> bool:
        """Whether neighbouring values share days, since each looks back further than its own period."""
        tables = [TABLES[part.table] for part in self.expression.parts]
        return any(table.looks_back or (table.reach and table.at_end) for table in tables)

    @property
    def of_today(self) -> bool:
        """Whether it tells how things are today: of earlier days nobody kept it."""
        return any(TABLES[part.table].now for part in self.expression.parts)

    @property
    def decomposes(self) -> bool:
        """Whether a change can be told by the parts that segments contribute."""
        return all(isinstance(part, Sum) for part in self.expression.parts)

    @property
    def is_money(self) -> bool:
        """Whether its values are in the reporting currency."""
        return self.unit is Unit.MONEY

    @cached_property
    def datasets(self) -> tuple[str, ...]:
        """The datasets it is computed from."""
        return tuple(dict.fromkeys(TABLES[part.table].base for part in self.expression.parts))

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Of each set at least one dataset must have been loaded for the KPI to have a value."""
        return tuple(frozenset(TABLES[part.table].base for part in side.parts) for side in self.expression.sides)
