"""One column of the channels page over time: a line for each of a few segments, the others together; and as a table."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

from core import numbers
from core.language import _, current_locale, ngettext
from core.tables import Kind, Row, Table
from metrics.model import Unit
from ui import charts, dictionary, names, palette, queries, tables, values
from ui.channels import TOTAL
from ui.tables import Column as TableColumn
from ui.tables import kpi_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.figure import Point
    from ui.channels import Column, Grid
    from ui.screen import Screen

MOST: Final = 6
SCHEMA: Final = pa.schema(
    [pa.field(name, pa.string()) for name in ("period", "line", "named", "told")]
    + [pa.field(name, pa.float64()) for name in ("value", "open", "hollow")]
)


class Line(NamedTuple):
    """One line: its name, its colour, its points."""

    name: str
    colour: str
    points: Sequence[Point]


class Drawing(NamedTuple):
    """A chart: its rows, its spec, its legend as HTML, what it shows in words."""

    rows: pa.Table
    spec: dict[str, Any]
    legend: str
    told: str


def title(column: Column, split: str) -> str:
    """What the chart and its table are called."""
    return _("{kpi} by {dimension} over time").format(kpi=_(column.kpi.name), dimension=names.dimension(split).lower())


def chart(screen: Screen, found: Grid, column: Column) -> Drawing:
    """The chart of *column*."""
    question = ("lines", found.dimension, column.name, screen.key)
    return queries.remember(screen.shown, question, lambda: _chart(screen, found, column))


def html(screen: Screen, found: Grid, column: Column) -> str:
    """The chart's numbers as a table."""
    return tables.html(table(screen, found, column))


def table(screen: Screen, found: Grid, column: Column) -> Table:
    """The chart's numbers, and those of every other segment: a row for each period."""
    shown = {segment: found.cells[segment, column.name].series for segment in found.segments}
    columns = [TableColumn(_("From"), Kind.DAY), TableColumn(_("To"), Kind.DAY)]
    currency = screen.configuration.currency
    columns += [kpi_column(column.kpi, names.value(found.dimension, segment), currency) for segment in shown]
    columns += [kpi_column(column.kpi, _("Total"), currency), TableColumn(_("Remark"))]
    rows = []
    for point in reversed(found.cells[TOTAL, column.name].series):
        each = [_at(series, point) for series in shown.values()]
        known = any(value is not None for value in (*each, point.value))
        note = _("incomplete") if known and not point.complete else None
        rows.append(Row((point.period.start, point.period.end, *each, point.value, note)))
    return Table(title(column, found.dimension), tuple(columns), tuple(rows))


def _at(series: Sequence[Point], point: Point) -> float | None:
    return next((each.value for each in series if each.period == point.period), None)


def lines(found: Grid, column: Column) -> tuple[Line, ...]:
    """The lines of the chart: the largest segments; the others added up, where their values can be."""
    series = {segment: found.cells[segment, column.name].series for segment in found.segments}
    known = {name: points for name, points in series.items() if _has_values(points)}
    few = list(known)[: MOST if len(known) <= MOST else MOST - 1]
    colours = palette.colours(found.dimension, few)
    drawn = [Line(names.value(found.dimension, name), colours[name], known[name]) for name in few]
    rest = [points for name, points in known.items() if name not in few]
    if rest and column.kpi.additive:
        drawn.append(Line(_("other"), palette.OTHER, _together(rest)))
    return tuple(drawn)


def _has_values(series: Sequence[Point]) -> bool:
    return any(point.value is not None for point in series)


def _together(several: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    """The sums of *several* series that cover the same periods."""
    return tuple(
        replace(each[0], value=sum(known)) if (known := [p.value for p in each if p.value is not None]) else each[0]
        for each in zip(*several, strict=False)
    )


def _chart(screen: Screen, found: Grid, column: Column) -> Drawing:
    drawn = lines(found, column)
    highest = max((abs(p.value) for line in drawn for p in line.points if p.value is not None), default=0.0)
    wanted = charts.Lines(
        unit=column.kpi.unit,
        currency=screen.configuration.currency,
        title=_(column.kpi.name),
        colours=tuple((line.name, line.colour) for line in drawn),
        large=highest >= charts.LARGE,
        language=str(current_locale()),
    )
    rows = pa.Table.from_pylist(_records(screen, column, drawn), schema=SCHEMA)
    spec = queries.remember(screen.shown, ("lines spec", wanted), lambda: charts.lines_spec(wanted))
    told = ", ".join(f"{line.name}: {_newest(screen, column, line)}" for line in drawn)
    return Drawing(rows, spec, _legend(screen, found, column, drawn), f"{title(column, found.dimension)}. {told}")


def _newest(screen: Screen, column: Column, line: Line) -> str:
    value = next((point.value for point in reversed(line.points) if point.value is not None), None)
    return values.short(column.kpi, value, screen.configuration.currency)


def _legend(screen: Screen, found: Grid, column: Column, drawn: Sequence[Line]) -> str:
    """The lines by their colours, how many segments are not among them, and what the axis counts."""
    items = "".join(
        f'<span><i class="kk-line" style="background:{line.colour}"></i>{escape(line.name)}</span>' for line in drawn
    )
    known = sum(_has_values(found.cells[segment, column.name].series) for segment in found.segments)
    left = known - len(drawn)
    if left > 0 and not column.kpi.additive:
        told = ngettext("{n} more in the numbers below", "{n} more in the numbers below", left).format(n=left)
        items += f"<span>{escape(told)}</span>"
    if column.kpi.unit is not Unit.COUNT:
        items += f"<span>{escape(dictionary.unit(screen, column.kpi))}</span>"
    return f'<p class="kk-legend">{items}</p>'


def _records(screen: Screen, column: Column, drawn: Sequence[Line]) -> list[dict[str, object]]:
    grain, currency = screen.view.grain, screen.configuration.currency
    records: list[dict[str, object]] = []
    calendar = screen.configuration.calendar
    ticks = numbers.ticks([point.period for point in drawn[0].points], grain, calendar) if drawn else []
    for line in drawn:
        for place, now in enumerate(line.points):
            following = line.points[place + 1] if place + 1 < len(line.points) else None
            leads = not now.complete or (following is not None and not following.complete)
            records.append(
                {
                    "period": ticks[place],
                    "line": line.name,
                    "named": numbers.whole(now.period, grain, calendar),
                    "told": values.full(column.kpi, now.value, currency),
                    "value": now.value if now.complete else None,
                    "open": now.value if leads else None,
                    "hollow": None if now.complete else now.value,
                }
            )
    return records
