"""A table of typed columns: the same for the screen, for spreadsheets and for print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core import numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Cell = str | float | date | None


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    WORD = "word"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"
    RELATIVE = "relative"
    POINTS = "points"
    DIFFERENCE = "difference"


CHANGES: Final = {Kind.RELATIVE, Kind.POINTS, Kind.DIFFERENCE}


@dataclass(frozen=True)
class Column:
    """One column. *currency* is that of money; *bars* draws values as bars, *ordered* marks what rows are sorted by.

    A *minor* one is left out on phones.
    """

    label: str
    kind: Kind = Kind.TEXT
    currency: str = ""
    bars: bool = False
    ordered: bool = False
    minor: bool = False


@dataclass(frozen=True)
class Row:
    """One row's cells, each of its column's kind.

    *href*: where the first cell leads; *tone*: how its change looks; *note*: why cells are empty; *kind*: what its
    plain numbers are, where rows differ in that.
    """

    cells: tuple[Cell, ...]
    href: str = ""
    tone: str = ""
    note: str = ""
    kind: Kind | None = None


@dataclass(frozen=True)
class Table:
    """Columns, rows and, where there are such, the row of totals and the one that stands for the rows not shown."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    rest: Row | None = None


def text(column: Column, cell: Cell, decimals: int = 2) -> str:
    """*cell* in the reader's writing, plain numbers with *decimals* decimal places."""
    if cell is None or isinstance(cell, str):
        return cell if cell is not None else numbers.NOTHING
    if isinstance(cell, datetime):
        return numbers.moment(cell)
    if not isinstance(cell, (int, float)):
        return numbers.day(cell, year=True)
    writers: dict[Kind, Callable[[float], str]] = {
        Kind.MONEY: lambda value: numbers.money(value, column.currency),
        Kind.PERCENT: lambda value: numbers.percent(value, pad=True),
        Kind.COUNT: lambda value: numbers.number(value, 0),
        Kind.NUMBER: lambda value: numbers.number(value, decimals, pad=True),
        Kind.RELATIVE: _relative,
        Kind.POINTS: lambda value: numbers.points(value, pad=True),
        Kind.DIFFERENCE: lambda value: numbers.signed(value, lambda v: numbers.number(v, pad=True)),
    }
    return writers[column.kind](cell)


def _relative(value: float) -> str:
    if value > numbers.TENFOLD:
        return f"> {_relative(numbers.TENFOLD)}"
    return numbers.signed(value, lambda share: numbers.percent(share, 1, pad=share < numbers.TENFOLD))
