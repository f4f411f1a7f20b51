"""What moved a KPI: the parts of its change by the segments of one dimension, as a sentence, a picture and a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from core import numbers
from core.errors import KokpitError
from core.language import _
from core.language import sentence as worded
from core.period import Grain, Period
from core.tables import Column, Kind, Row, Table
from metrics.compare import Comparison
from metrics.model import Unit
from metrics.movement import movement
from pack.moved import Moved, amount, greatest, signed
from ui import names, parts, queries
from ui.figures import base_of, is_whole, known_to, query

if TYPE_CHECKING:
    from metrics.drivers import Driver, Drivers
    from metrics.figure import Figure
    from metrics.model import Kpi
    from ui.screen import Screen

FEW: Final = 3
USUAL: Final = 8
"""How many periods before a signal stand for what is usual."""
_KINDS: Final = {Unit.FRACTION: Kind.POINTS}


def found(screen: Screen, kpi: Kpi, dimension: str) -> Drivers | None:
    """The parts of the change of *kpi* by *dimension*, like for like; None where there is nothing to explain."""
    if not dimension or not kpi.decomposes:
        return None
    question = ("moved", kpi.id, dimension, screen.key)
    return queries.remember(screen.shown, question, lambda: _found(screen, kpi, dimension))


def since(screen: Screen, figure: Figure, dimension: str) -> Drivers | None:
    """The parts by which the newest period differs from the usual: the periods before the signal began, on average."""
    start = figure.standing.since
    if start is None or not dimension or not figure.kpi.decomposes:
        return None
    known = [p.period for p in figure.series if p.complete and p.value is not None]
    before = [period for period in known if period.end < start.start][-USUAL:]
    if not before or not known:
        return None
    question = ("moved since", figure.kpi.id, dimension, screen.key)
    days = Period(before[0].start, before[-1].end)
    return queries.remember(
        screen.shown, question, lambda: _moved(screen, figure.kpi, dimension, (known[-1], days), len(before))
    )


def span(screen: Screen, kpi: Kpi) -> tuple[Period, Period] | None:
    """The days explained and those before; where it is compared with no other period, the one before."""
    kind = screen.view.comparison if screen.view.comparison.of_periods else Comparison.PREVIOUS
    return base_of(screen, known_to(screen, [kpi.id])[kpi.id], kind)


def told(screen: Screen, figure: Figure) -> Moved | None:
    """What is told of the parts by which *figure* differs from the usual, by the first dimension it can be split by.

    A run begins before the signal that it is: beside its own first values it may well have gone the other way.
    """
    dimension = next(iter(parts.options(screen, figure.kpi)), "")
    drivers = since(screen, figure, dimension)
    if drivers is None or (drivers.change > 0) is not figure.standing.rising:
        return None
    return Moved.by(dimension, drivers)


def sentence(screen: Screen, kpi: Kpi, dimension: str, drivers: Drivers, count: int = FEW) -> str:
    """The change and its greatest parts: ROAS fell by 0.41: Search −0.52 (rate −0.45, mix −0.07), Social +0.11."""
    currency = screen.configuration.currency
    told = greatest(kpi, Moved.by(dimension, drivers, count), currency)
    if not told:
        return _("From the one period to the other nothing moved.")
    change = amount(kpi, abs(drivers.change), currency)
    text = _("{kpi} rose by {change}: {parts}.") if drivers.change > 0 else _("{kpi} fell by {change}: {parts}.")
    if not numbers.says_something(change):
        text = _("{kpi} is the same in all, its parts are not: {parts}.")
    return worded(text, kpi=_(kpi.name), change=change, parts=", ".join(told))


def html(screen: Screen, kpi: Kpi, dimension: str, drivers: Drivers) -> str:
    """The sentence, and a bar for each part."""
    question = ("moved in words", kpi.id, dimension, screen.key)
    return queries.remember(screen.shown, question, lambda: _html(screen, kpi, dimension, drivers))


def _html(screen: Screen, kpi: Kpi, dimension: str, drivers: Drivers) -> str:
    shown, other = drivers.top()
    bars = [*((names.value(dimension, part.segment), part) for part in shown)]
    if other is not None:
        bars.append((_("other"), other))
    widest = max((abs(part.change) for _name, part in bars), default=0.0) or 1.0
    drawn = "".join(_bar(screen, kpi, name, part, widest) for name, part in bars if part.change)
    told = sentence(screen, kpi, dimension, drivers)
    return f'<p class="kk-say">{escape(told)}</p><div class="kk-moved" role="list">{drawn}</div>'


def title(kpi: Kpi, dimension: str) -> str:
    """What the table is called."""
    return _("What moved “{kpi}”, by {dimension}").format(kpi=_(kpi.name), dimension=names.dimension(dimension).lower())


def table(screen: Screen, kpi: Kpi, dimension: str) -> Table:
    """Every part of the change, which sum to it."""
    drivers = found(screen, kpi, dimension)
    currency = screen.configuration.currency if kpi.is_money else ""
    kind = Kind.MONEY if kpi.is_money else _KINDS.get(kpi.unit, Kind.DIFFERENCE)
    split = drivers is not None and any(part.rate is not None for part in drivers.parts)
    columns = [Column(names.dimension(dimension)), Column(_("Change"), kind, currency)]
    if split:
        columns += [Column(_("through its rate"), kind, currency), Column(_("through its share"), kind, currency)]
    rows = [
        Row((names.value(dimension, part.segment), part.change, *((part.rate, part.mix) if split else ())))
        for part in (drivers.parts if drivers else ())
    ]
    total = Row((_("Total"), drivers.change, *((None, None) if split else ()))) if drivers else None
    return Table(title(kpi, dimension), tuple(columns), tuple(rows), total=total)


def _bar(screen: Screen, kpi: Kpi, name: str, part: Driver, widest: float) -> str:
    side = "kk-up" if part.change > 0 else "kk-down"
    width = 100 * abs(part.change) / widest
    change = signed(kpi, part.change, screen.configuration.currency)
    return (
        f'<div role="listitem"><span>{escape(name)}</span><span>{escape(change)}</span>'
        f'<i class="{side}" style="--width:{width:.0f}%"></i></div>'
    )


def _found(screen: Screen, kpi: Kpi, dimension: str) -> Drivers | None:
    days = span(screen, kpi)
    if not days or not all(is_whole(screen, kpi.id, each) for each in days):
        return None
    return _moved(screen, kpi, dimension, days)


def _moved(screen: Screen, kpi: Kpi, dimension: str, days: tuple[Period, Period], times: float = 1) -> Drivers | None:
    asked = query(screen, [kpi.id], days[0], Grain.TOTAL, [dimension])
    try:
        return movement(screen.shown.snapshot, asked, days[1], screen.configuration, times)
    except KokpitError:
        # What cannot be computed says why where the value would be.
        return None
