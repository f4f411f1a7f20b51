"""The box: six weeks, twelve months and the periods to date of one KPI, each beside the same a year before."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import N_, _, sentence
from core.period import Grain, Period
from core.presets import back
from core.tables import Column, Kind, Row, Table
from metrics.compare import Comparison, base_period, change
from metrics.figure import points
from ui import queries, values
from ui.cards import with_small_unit
from ui.figures import ask, known_to
from ui.tables import kpi_column

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from metrics.compare import Change
    from metrics.figure import Point
    from metrics.model import Kpi
    from ui.screen import Screen

WEEKS: Final = 6
MONTHS: Final = 12
TO_DATE: Final = {
    Grain.WEEK: N_("Week"),
    Grain.MONTH: N_("Month"),
    Grain.QUARTER: N_("Quarter"),
    Grain.YEAR: N_("Year"),
}


@dataclass(frozen=True)
class Cell:
    """One period of the box: its *label*, value, the value a year before, and the change.

    *complete* is whether all days of its value are known.
    """

    group: str
    label: str
    period: Period
    value: float | None
    before: float | None
    change: Change
    complete: bool

    @property
    def remark(self) -> str:
        """What to know before trusting the value."""
        return "" if self.complete or self.value is None else _("incomplete")


def cells(screen: Screen, kpi: Kpi) -> tuple[Cell, ...]:
    """The periods of the box up to the newest day that is final; none where no day is."""
    return queries.remember(screen.shown, ("box", kpi.id, screen.key), lambda: _cells(screen, kpi))


def html(screen: Screen, kpi: Kpi) -> str:
    """The box, a strip for each group."""
    return queries.remember(screen.shown, ("box as HTML", kpi.id, screen.key), lambda: _html(screen, kpi))


def _html(screen: Screen, kpi: Kpi) -> str:
    found = cells(screen, kpi)
    groups: dict[str, list[Cell]] = {}
    for cell in found:
        groups.setdefault(cell.group, []).append(cell)
    strips = "".join(
        f'<section><h3>{escape(group)}</h3><div class="kk-cells">{"".join(_cell(screen, kpi, c) for c in each)}</div>'
        "</section>"
        for group, each in groups.items()
    )
    if not strips:
        return ""
    told = said(kpi, found, screen.configuration.currency)
    below = f'<p class="kk-state">{escape(told)}</p>' if told else ""
    return f'<div class="kk-box">{strips}</div>{below}'


def said(kpi: Kpi, found: Sequence[Cell], currency: str) -> str:
    """What the changes in the box are against, and the one thing it does not show: the newest week beside the last."""
    known = any(cell.change.absolute is not None for cell in found)
    told = [_("The changes are against a year before.")] if known else []
    before, newest = found[WEEKS - 2 : WEEKS]
    moved = values.moved(kpi, change(kpi, newest.value, before.value), currency)
    if moved:
        week_on_week = _("Week on week, {now} against {before}: {moved}.")
        told.append(sentence(week_on_week, now=newest.label, before=before.label, moved=moved))
    return " ".join(told)


def title(kpi: Kpi) -> str:
    """What the table is called."""
    return _("{kpi}: weeks, months and to date").format(kpi=_(kpi.name))


def table(screen: Screen, kpi: Kpi) -> Table:
    """The numbers of the box."""
    currency = screen.configuration.currency
    columns = (
        Column(_("Group")),
        Column(_("From"), Kind.DAY),
        Column(_("To"), Kind.DAY),
        kpi_column(kpi, _(kpi.name), currency),
        kpi_column(kpi, _("a year before"), currency),
        Column(_("Remark")),
    )
    rows = (Row((c.group, c.period.start, c.period.end, c.value, c.before, c.remark)) for c in cells(screen, kpi))
    return Table(title(kpi), columns, tuple(rows))


def _cells(screen: Screen, kpi: Kpi) -> tuple[Cell, ...]:
    known = known_to(screen, [kpi.id])[kpi.id]
    if known is None:
        return ()
    last = min(known, screen.period.end)
    return (
        *_series(screen, kpi, Grain.WEEK, WEEKS, last),
        *_to_date(screen, kpi, last),
        *_series(screen, kpi, Grain.MONTH, MONTHS, last),
    )


def _series(screen: Screen, kpi: Kpi, grain: Grain, count: int, last: date) -> list[Cell]:
    """The last *count* whole periods of *grain* that are over on *last*."""
    calendar = screen.configuration.calendar
    around = calendar.around(last, grain)
    newest = around if around.end == last else calendar.around(_day_before(around), grain)
    days = back(newest, grain, count, calendar)
    base = base_period(days, grain, Comparison.LAST_YEAR, calendar)
    now = points(ask(screen, [kpi.id], days, grain).series(kpi.id))
    then = points(ask(screen, [kpi.id], base, grain).series(kpi.id)) if base else ()
    befores = [*then, *[None] * len(now)]
    group = _("Last {n} weeks") if grain is Grain.WEEK else _("Last {n} months")
    return [
        _made(kpi, group.format(n=count), numbers.tick(point.period, grain, calendar), point.period, (point, before))
        for point, before in zip(now, befores, strict=False)
    ]


def _to_date(screen: Screen, kpi: Kpi, last: date) -> list[Cell]:
    calendar = screen.configuration.calendar
    found = []
    for grain, name in TO_DATE.items():
        days = Period(calendar.first_day(last, grain), last)
        base = base_period(days, grain, Comparison.LAST_YEAR, calendar)
        pair = tuple(_whole(screen, kpi, each) if each else None for each in (days, base))
        found.append(_made(kpi, _("To date"), _(name), days, (pair[0], pair[1])))
    return found


def _whole(screen: Screen, kpi: Kpi, days: Period) -> Point | None:
    return next(iter(points(ask(screen, [kpi.id], days, Grain.TOTAL).series(kpi.id))), None)


def _made(kpi: Kpi, group: str, label: str, period: Period, pair: tuple[Point | None, Point | None]) -> Cell:
    """The cell of what is now and was a year before, compared where both are loaded as a whole."""
    now = pair[0].value if pair[0] else None
    compared, before = (point.value if point and point.complete else None for point in pair)
    whole = pair[0] is not None and pair[0].complete
    return Cell(group, label, period, now, before, change(kpi, compared, before), whole)


def _day_before(period: Period) -> date:
    return period.moved(-1).start


def _cell(screen: Screen, kpi: Kpi, cell: Cell) -> str:
    currency = screen.configuration.currency
    value = with_small_unit(values.short(kpi, cell.value, currency))
    moved = values.moved(kpi, cell.change, currency) if cell.before is not None else ""
    told = f"○ {cell.remark}" if cell.remark else moved
    before = _("a year before: {value}").format(value=values.full(kpi, cell.before, currency))
    return (
        f'<div title="{escape(numbers.days(cell.period))} · {escape(before)}"><span>{escape(cell.label)}</span>'
        f"<b>{value}</b><span>{escape(told) or '&nbsp;'}</span></div>"
    )
