"""Tables as HTML for the screen. The same table goes into downloads. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from core.language import _
from core.tables import CHANGES, Column, Kind, Row, Table, text
from metrics.model import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.tables import Cell
    from metrics.model import Kpi

__all__ = ["Column", "Kind", "Row", "Table", "html", "kpi_column", "text", "title"]
LONGEST: Final = 400

_KINDS = {
    Unit.MONEY: Kind.MONEY,
    Unit.FRACTION: Kind.PERCENT,
    Unit.COUNT: Kind.NUMBER,
    Unit.RATIO: Kind.NUMBER,
    Unit.POSITION: Kind.NUMBER,
    Unit.HOURS: Kind.NUMBER,
    Unit.DAYS: Kind.NUMBER,
    Unit.SCORE: Kind.NUMBER,
}


def kpi_column(kpi: Kpi, label: str, currency: str, *, chosen: bool = False) -> Column:
    """The column of *kpi*'s values; the *chosen* one has bars where its values add up."""
    unit = {Unit.HOURS: _("hours"), Unit.DAYS: _("days")}.get(kpi.unit, "")
    label = f"{label}, {unit}" if unit else label
    return Column(
        label, _KINDS[kpi.unit], currency if kpi.is_money else "", bars=chosen and kpi.additive, ordered=chosen
    )


def title(text: str) -> str:
    """A table's title as a heading, for the line that its downloads stand in."""
    return f'<h2 class="kk-title">{escape(text)}</h2>'


def html(table: Table, *, limit: int | None = None) -> str:
    """*table* as HTML: totals first, then the rows (at most *limit*)."""
    head = "".join(_heading(column) for column in table.columns)
    shown = _Shown(table)
    lines = [shown.line(row) for row in table.rows[:limit]]
    lines += [shown.line(table.rest, bars=False)] if table.rest and limit is not None else []
    total = [shown.line(table.total, "kk-total", bars=False)] if table.total else []
    return (
        f'<table class="kk-table" aria-label="{escape(table.title)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join([*total, *lines])}</tbody></table>"
    )


def _heading(column: Column) -> str:
    order = 'aria-sort="descending"' if column.ordered else ""
    return f'<th scope="col" class="{_css(column)}" {order}>{escape(column.label)}</th>'


class _Shown:
    """A table on its way to the screen: what its columns have in common."""

    def __init__(self, table: Table) -> None:
        rows = [row for row in (*table.rows, table.total, table.rest) if row]
        cells = list(zip(*(row.cells for row in table.rows), strict=True)) or [()] * len(table.columns)
        self.columns = table.columns
        self.highest = [_highest(column) for column in cells]
        every = list(zip(*(row.cells for row in rows), strict=True)) or cells
        self.decimals = [0 if _are_whole(column) else 2 for column in every]

    def line(self, row: Row, css: str = "", *, bars: bool = True) -> str:
        """*row* as HTML."""
        cells = "".join(self._cell(row, place, bars=bars) for place in range(len(self.columns)))
        return f'<tr class="{css}">{cells}</tr>'

    def _cell(self, row: Row, place: int, *, bars: bool) -> str:
        column, cell = self.columns[place], row.cells[place]
        inner = escape(_cut(text(column, cell, self.decimals[place])))
        if place == 0 and row.href:
            inner = f'<a data-go href="{escape(row.href)}">{inner}</a>'
        if place == 0 and row.note:
            inner += f' <em class="kk-note">{escape(row.note)}</em>'
        bar = _bar(cell, self.highest[place]) if bars and column.bars else ""
        # Hidden where its column is: in a narrow table, too.
        css = _css(column, row.tone) if inner else "kk-none kk-minor" if column.minor else "kk-none"
        return f'<td data-label="{escape(column.label)}" class="{css}"><span>{inner}{bar}</span></td>'


def _css(column: Column, tone: str = "") -> str:
    if column.kind in CHANGES:
        return tone
    css = {Kind.TEXT: "kk-text", Kind.WORD: "kk-word", Kind.MOMENT: "kk-word"}.get(column.kind, "")
    return f"{css} kk-minor".strip() if column.minor else css


def _cut(told: str) -> str:
    """*told* as far as a screen has room for it; what is taken away is whole."""
    return told if len(told) <= LONGEST else told[:LONGEST] + " …"


def _highest(cells: Sequence[Cell]) -> float:
    return max((cell for cell in cells if isinstance(cell, (int, float))), default=0.0)


def _are_whole(cells: Sequence[Cell]) -> bool:
    return all(float(cell).is_integer() for cell in cells if isinstance(cell, (int, float)))


def _bar(cell: Cell, highest: float) -> str:
    if not isinstance(cell, (int, float)) or highest <= 0 or cell <= 0:
        return ""
    return f'<i class="kk-bar" style="width:{100 * cell / highest:.0f}%"></i>'
