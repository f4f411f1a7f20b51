"""Plan beside fact within the month: how far it should be, where it will end, what is left for each day."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import _
from core.language import sentence as worded
from core.period import Grain, Period
from core.tables import Column, Kind, Row, Table
from metrics.figure import points
from metrics.pacing import Pace
from ui import queries, values
from ui.figures import ask, known_to
from ui.tables import kpi_column

if TYPE_CHECKING:
    from metrics.model import Kpi
    from ui.screen import Screen

ON_PLAN: Final = 0.05
"""How far from 1 the index may be and still count as on plan."""


def found(screen: Screen, kpi: Kpi) -> tuple[Period, Pace] | None:
    """The month that the screen's period ends in, and the pace of *kpi* in it; None where nothing is planned of it."""
    if not kpi.plan:
        return None
    return queries.remember(screen.shown, ("pace", kpi.id, screen.key), lambda: _found(screen, kpi))


def html(screen: Screen, kpi: Kpi) -> str:
    """The month in sentences; nothing where nothing is planned."""
    pace = found(screen, kpi)
    if pace is None:
        return ""
    month, known = pace
    told = "".join(f"<p>{escape(text)}</p>" for text in said(screen, kpi, month, known))
    return f'<div class="kk-pace"><p><b>{escape(numbers.whole(month, Grain.MONTH))}</b></p>{told}</div>'


def title() -> str:
    """What the section is called."""
    return _("Plan and pace of the month")


def said(screen: Screen, kpi: Kpi, month: Period, pace: Pace) -> list[str]:
    """Plan to date, projection with its interval, and what is left for each day."""

    def money(value: float) -> str:
        return values.short(kpi, value, screen.configuration.currency)

    until = numbers.day(month.moved(len(pace.spent) - 1).start)
    told = [
        worded(
            _("By {day} it is {actual}; the plan to date is {expected} of {planned}."),
            day=until,
            actual=money(pace.actual),
            expected=money(pace.expected),
            planned=money(pace.planned),
        )
    ]
    if pace.index is not None:
        told.append(worded(_verdict(pace.index), index=numbers.number(pace.index)))
    projection = pace.projection
    if projection is not None and pace.left:
        text = _("At the pace of the last seven days the month ends at {value}, most likely between {low} and {high}.")
        told.append(worded(text, value=money(projection.value), low=money(projection.low), high=money(projection.high)))
    if pace.required is not None and pace.required > 0:
        told.append(worded(_("To end on plan, {amount} a day is left."), amount=money(pace.required)))
    elif pace.required is not None:
        told.append(_("The plan of the month is used up."))
    return told


def table(screen: Screen, kpi: Kpi) -> Table:
    """Plan and fact day by day."""
    pace = found(screen, kpi)
    currency = screen.configuration.currency
    columns = (Column(_("Day"), Kind.DAY), kpi_column(kpi, _(kpi.name), currency), kpi_column(kpi, _("Plan"), currency))
    rows: list[Row] = []
    if pace is not None:
        month, known = pace
        spent = [*known.spent, *[None] * known.left]
        rows = [
            Row((month.moved(place).start, actual, plan))
            for place, (actual, plan) in enumerate(zip(spent, known.curve or (), strict=False))
        ]
    return Table(title(), columns, tuple(rows))


def _verdict(index: float) -> str:
    if index > 1 + ON_PLAN:
        return _("That is faster than planned (index {index}).")
    if index < 1 - ON_PLAN:
        return _("That is slower than planned (index {index}).")
    return _("That is on plan (index {index}).")


def _found(screen: Screen, kpi: Kpi) -> tuple[Period, Pace] | None:
    known = known_to(screen, [kpi.id])[kpi.id]
    if known is None:
        return None
    last = min(known, screen.period.end)
    month = screen.configuration.calendar.around(last, Grain.MONTH)
    planned = [point.value or 0.0 for point in points(ask(screen, [kpi.plan], month, Grain.DAY).series(kpi.plan))]
    spent = points(ask(screen, [kpi.id], Period(month.start, last), Grain.DAY).series(kpi.id))
    if not any(planned) or any(point.value is None for point in spent):
        return None
    curve = tuple(planned)
    return month, Pace(sum(curve), month.days, tuple(point.value or 0.0 for point in spent), curve)
