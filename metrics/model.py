"""What a KPI is made of. A ratio is two sums, so an average of ratios cannot be written.

Values that do not add up (distinct counts, quantiles, the state on a day) will be further kinds of expression beside
`Sum` and `Ratio`; whatever reads expressions asks for their `parts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a value counts."""

    MONEY = "money"
    COUNT = "count"
    FRACTION = "fraction"
    RATIO = "ratio"
    POSITION = "position"

    @property
    def relative(self) -> bool:
        """Whether a change may be told in percent; of shares and positions the difference is told."""
        return self not in {Unit.FRACTION, Unit.POSITION}


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


@dataclass(frozen=True)
class Known:
    """Rows whose *column* has a value."""

    column: str


Condition = Is | Known


@dataclass(frozen=True)
class Sum:
    """The sum of a measure over the rows that meet every condition, times *factor*."""

    dataset: str
    column: str
    where: tuple[Condition, ...] = ()
    factor: int = 1

    @property
    def parts(self) -> tuple[Sum, ...]:
        """The sums it is made of."""
        return (self,)


@dataclass(frozen=True)
class Ratio:
    """One sum divided by another, at every grain and for every segment anew.

    *matched* are columns of both datasets: only days count that both have loaded for the same values of them.
    """

    numerator: Sum
    denominator: Sum
    matched: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Sum, ...]:
        """The sums it is made of."""
        return (self.numerator, self.denominator)


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A number with definition, unit, direction and process. Its texts are English msgids.

    *lower* and *upper* are natural bounds; a day is final *lag_days* after it, as *definition* explains.
    """

    id: str
    name: str
    meaning: str
    process: str
    formula: str
    expression: Sum | Ratio
    unit: Unit
    better: Better
    dimensions: tuple[str, ...]
    definition: str
    lower: float | None = 0
    upper: float | None = None
    lag_days: int = 1

    @property
    def additive(self) -> bool:
        """Whether the values of parts add up to the value of the whole."""
        return isinstance(self.expression, Sum)

    @property
    def is_money(self) -> bool:
        """Whether its values are in the reporting currency."""
        return self.unit is Unit.MONEY

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets it is computed from."""
        return tuple(dict.fromkeys(part.dataset for part in self.expression.parts))
