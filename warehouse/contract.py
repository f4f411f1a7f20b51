"""What a contract of a canonical table is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Type(StrEnum):
    """The kinds of value a column can hold; each value is its type in DuckDB."""

    TEXT = "VARCHAR"
    DAY = "DATE"
    WHOLE = "BIGINT"
    DECIMAL = "DECIMAL(18,6)"
    MOMENT = "TIMESTAMP"
    YES_NO = "BOOLEAN"


class Part(StrEnum):
    """What a column is for."""

    KEY = "key"
    DIMENSION = "dimension"
    MEASURE = "measure"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True)
class Column:
    """One column: its name, type, part, and its meaning in one sentence.

    A value below *minimum* is a mistake of the file; *default* stands in for an empty cell. Of rows older than the
    column, it is told *by_format*, whose name it is then, or by the *earlier* expression over their columns.
    """

    name: str
    type: Type
    part: Part
    meaning: str
    required: bool = False
    money: bool = False
    minimum: int | None = None
    default: str | None = None
    by_format: tuple[str, ...] = ()
    earlier: str = ""


@dataclass(frozen=True)
class Dataset:
    """The contract of one canonical table.

    *identity* lists, per level of detail, the id and name columns of which the id counts when it is there.
    *scope* are the columns that one export speaks for as a whole: within a scope and day there is one *shape*
    (the set of key columns that the export had), and periods never overlap. A *whole* table is replaced by a newer
    file; of the others, rows that only the older file had stay. *began* is the column that tells when what a row is
    about began, where rows are no days, or only the days on which somebody typed a value; the rows of a *register* are
    how things are when it is exported, however long ago they began.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    scope: tuple[str, ...] = ()
    identity: tuple[tuple[str, str], ...] = ()
    daily: bool = False
    periods: bool = False
    whole: bool = False
    began: str = ""
    register: bool = False

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The names of the key columns, in order."""
        return tuple(column.name for column in self.columns if column.part is Part.KEY)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The names of the additive columns."""
        return tuple(column.name for column in self.columns if column.part is Part.MEASURE)

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The names of the text columns that KPIs can be split by."""
        parts = (Part.KEY, Part.DIMENSION)
        return tuple(c.name for c in self.columns if c.part in parts and c.type is Type.TEXT)

    @cached_property
    def money(self) -> tuple[str, ...]:
        """The names of the columns that hold money in the row's currency."""
        return tuple(column.name for column in self.columns if column.money)

    @property
    def measured(self) -> bool:
        """Whether a tool measured its rows day by day: none is of a day to come, as what people type may be."""
        return self.daily and not self.began

    @property
    def has_shapes(self) -> bool:
        """Whether its rows speak for days, at one shape for each scope and day."""
        return self.daily and "shape" in self.by_name

    @property
    def last_day(self) -> str:
        """The column that holds the last day a row covers."""
        return "day_end" if self.periods else "day"


def key(
    name: str, meaning: str, kind: Type = Type.TEXT, *, required: bool = False, default: str | None = None
) -> Column:
    """A column of the key."""
    return Column(name, kind, Part.KEY, meaning, required=required, default=default)


def dimension(name: str, meaning: str) -> Column:
    """A text column beyond the key that KPIs can be split by."""
    return Column(name, Type.TEXT, Part.DIMENSION, meaning)


def count(name: str, meaning: str, kind: Type = Type.WHOLE) -> Column:
    """An additive measure that is a number of things."""
    return Column(name, kind, Part.MEASURE, meaning, minimum=0)


def money(name: str, meaning: str, minimum: int | None = 0) -> Column:
    """An additive measure in the currency of its row."""
    return Column(name, Type.DECIMAL, Part.MEASURE, meaning, money=True, minimum=minimum)


def attribute(name: str, meaning: str, kind: Type = Type.TEXT, *, required: bool = False) -> Column:
    """A column that is neither summed nor split by."""
    return Column(name, kind, Part.ATTRIBUTE, meaning, required=required)
