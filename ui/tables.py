"""Tables: typed columns and rows, as HTML for the screen. The same table goes into downloads. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

from core import numbers
from metrics.model import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from metrics.model import Kpi

    Cell = str | float | date | None


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """One column. *currency* is that of money; *tones* colour the text of a column of changes."""

    label: str
    kind: Kind = Kind.TEXT
    currency: str = ""
    bars: bool = False
    ordered: bool = False


@dataclass(frozen=True)
class Row:
    """One row's cells, each of its column's kind. *href* is where its first cell leads."""

    cells: tuple[Cell, ...]
    href: str = ""


@dataclass(frozen=True)
class Table:
    """Columns, rows and, where there is one, the row of totals (never summed from the rows)."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None


_KINDS = {
    Unit.MONEY: Kind.MONEY,
    Unit.FRACTION: Kind.PERCENT,
    Unit.COUNT: Kind.NUMBER,
    Unit.RATIO: Kind.NUMBER,
    Unit.POSITION: Kind.NUMBER,
}


def kpi_column(kpi: Kpi, label: str, currency: str, *, chosen: bool = False) -> Column:
    """The column of *kpi*'s values; the *chosen* one has bars where its values add up."""
    return Column(label, _KINDS[kpi.unit], currency if kpi.is_money else "", bars=chosen and kpi.additive, ordered=chosen)


def text(column: Column, cell: Cell) -> str:
    """*cell* in the reader's writing."""
    if cell is None or isinstance(cell, str):
        return cell if cell is not None else numbers.NOTHING
    if not isinstance(cell, (int, float)):
        return numbers.day(cell, year=True)
    writers = {
        Kind.MONEY: lambda value: numbers.money(value, column.currency),
        Kind.PERCENT: numbers.percent,
        Kind.COUNT: lambda value: numbers.number(value, 0),
    }
    return writers.get(column.kind, numbers.number)(cell)


def html(table: Table, *, limit: int | None = None) -> str:
    """*table* as HTML: totals first, then the rows (at most *limit*)."""
    head = "".join(
        f"<th {_css(column)} {'aria-sort="descending"' if column.ordered else ''}>{escape(column.label)}</th>"
        for column in table.columns
    )
    highest = [_highest(table.rows, place) if column.bars else 0.0 for place, column in enumerate(table.columns)]
    lines = [_line(table.columns, row, highest) for row in table.rows[:limit]]
    total = [_line(table.columns, table.total, [], css="kk-total")] if table.total else []
    return (
        f'<table class="kk-table"><caption>{escape(table.title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join([*total, *lines])}</tbody></table>"
    )


def _line(columns: Sequence[Column], row: Row, highest: Sequence[float], css: str = "") -> str:
    cells = []
    for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
        inner = escape(text(column, cell))
        if place == 0 and row.href:
            inner = f'<a data-go href="{escape(row.href)}">{inner}</a>'
        bar = _bar(cell, highest[place]) if highest and column.bars else ""
        cells.append(f'<td data-label="{escape(column.label)}" {_css(column)}><span>{inner}{bar}</span></td>')
    return f'<tr class="{css}">{"".join(cells)}</tr>'


def _css(column: Column) -> str:
    return 'class="kk-text"' if column.kind is Kind.TEXT else ""


def _highest(rows: Sequence[Row], place: int) -> float:
    values = [cell for row in rows if isinstance(cell := row.cells[place], (int, float))]
    return max(values, default=0.0)


def _bar(cell: Cell, highest: float) -> str:
    if not isinstance(cell, (int, float)) or highest <= 0 or cell <= 0:
        return ""
    return f'<i class="kk-bar" style="width:{100 * cell / highest:.0f}%"></i>'
