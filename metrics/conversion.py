"""Exchange rates for what a statement sums: day by day, only for the currencies that its rows are in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from math import nan
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from core.money import Rates, missing_rates
from core.period import DAY, Period
from metrics.compiled import with_views
from metrics.coverage import DIALECT, live, spans
from metrics.model import Known
from metrics.session import Session
from metrics.statement import Bound, column, condition
from metrics.view import View
from warehouse.datasets import DATASETS, FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.config import Configuration
    from core.errors import MissingRateError
    from metrics.asked import Asked
    from metrics.compiled import Surroundings
    from metrics.coverage import Span
    from metrics.statement import Part
    from warehouse.snapshot import Snapshot

NEWEST: Final = timedelta(days=30)
"""So far back from the newest day of a source money is looked at for rates that nobody knows."""


def rates_needed(
    session: Session, asked: Sequence[Asked], dataset: str, around: Surroundings, reporting: str
) -> tuple[Surroundings, dict[str, MissingRateError]]:
    """*around* with what each foreign currency that *asked* count over *dataset* is worth on each day it may be needed.

    Nothing is added when all of that money is in the currency *reporting*, or does not say its currency. Where a rate
    is missing it is NaN, and so is every sum with a row that needs it; the errors, by table, name those some row needs.
    """
    pairs = [pair for one in asked for pair in zip(one.parts, one.bases, strict=True) if _needs_rates(pair[0], dataset)]
    period = around.period
    # What still reports are also the sources that a view reads beside its base.
    foreign = _foreign([span for _, base in pairs for span in {*base.spans, *base.live}], period, reporting)
    if not foreign:
        return around, {}
    rates = Rates(reporting, _own_rates(session))
    series = {currency: rates.over(currency, period) for currency in sorted(foreign)}
    known = {currency: [nan if rate is None else rate for rate in each] for currency, each in series.items()}
    unknown = {
        (currency, period.start + offset * DAY)
        for currency, each in series.items()
        for offset, rate in enumerate(each)
        if rate is None
    }
    converting = replace(around, rates=known)
    if not unknown:
        return converting, {}
    tables: dict[str, list[Part]] = defaultdict(list)
    for part, _base in pairs:
        tables[part.what.table].append(part)
    currencies = sorted({currency for currency, _ in unknown})
    used = {name: unknown & _used(session, parts, currencies, converting) for name, parts in tables.items()}
    return converting, {name: _missing(missing, reporting) for name, missing in used.items() if missing}


def unrated(snapshot: Snapshot, reporting: Configuration, today: date) -> MissingRateError | None:
    """The error that names what the newest money up to *today* lacks a rate for; None where it lacks none."""
    rates = Rates(reporting.currency, _own_rates(Session(snapshot, reporting.zone)))
    lacking: set[tuple[str, date]] = set()
    for dataset in FACTS:
        for span in live(spans(snapshot, dataset.name, 0, reporting.zone)) if dataset.money else ():
            for currency, days in span.currencies.items():
                newest = days.overlap(Period(min(span.last, today) - NEWEST, today))
                if currency and newest:
                    each = (newest.start + offset * DAY for offset in range(newest.days))
                    lacking |= {(currency, day) for day in each if rates.on(currency, day) is None}
    return _missing(lacking, reporting.currency) if lacking else None


def _needs_rates(part: Part, dataset: str) -> bool:
    return part.needs_rates and part.table.base == dataset


def _foreign(found: Sequence[Span], period: Period, reporting: str) -> set[str]:
    return {
        currency
        for span in found
        for currency, days in span.currencies.items()
        if currency is not None and currency != reporting and days.overlap(period)
    }


def _own_rates(session: Session) -> dict[str, dict[date, float]]:
    rates: dict[str, dict[date, float]] = defaultdict(dict)
    statement = exp.select("currency", "day", exp.cast(column("rate"), "DOUBLE")).from_("exchange_rates")
    for currency, day, rate in session.rows(statement.where(column("rate") > 0).sql(DIALECT)):
        rates[currency][day] = rate
    return dict(rates)


def _used(
    session: Session, parts: Sequence[Part], currencies: Sequence[str], around: Surroundings
) -> set[tuple[str, date]]:
    """The days on which *parts*, of one table, have money in each of *currencies*."""
    table, bind, counted = parts[0].table, Bound(), parts
    if table.converts:
        table, counted = View.of(DATASETS[table.base]), []
    began = "" if table.sql else DATASETS[table.base].began
    day: exp.Expr = exp.cast(column(began), "DATE") if began else column(table.money_day)
    where: list[exp.Expr] = [
        column("currency").isin(*(bind(currency) for currency in currencies)),
        day >= bind(around.asked.start - parts[0].table.reach * DAY),
        (day.copy() if began else column(table.last_day)) <= bind(around.period.end),
    ]
    if counted:
        where.append(
            exp.or_(*(exp.and_(*(condition(c, bind) for c in (*p.conditions, Known(p.column)))) for p in counted))
        )
    select = exp.select(column("currency"), day.copy()).distinct().from_(table.name).where(*where)
    sql = with_views([table.name], select.sql(DIALECT), bind, around)
    return {(currency, day) for currency, day in session.rows(sql, bind.values)}


def _missing(missing: set[tuple[str, date]], reporting: str) -> MissingRateError:
    days: dict[str, list[date]] = defaultdict(list)
    for currency, day in missing:
        days[currency].append(day)
    return missing_rates(reporting, days)
