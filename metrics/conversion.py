"""Exchange rates for what a statement sums: day by day, only for the currencies that its rows are in."""

from __future__ import annotations

from collections import defaultdict
from math import nan
from typing import TYPE_CHECKING

from sqlglot import exp

from core.money import Rates, missing_rates
from core.period import DAY
from metrics.coverage import DIALECT
from metrics.model import Known
from metrics.statement import Bound, column, condition
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.errors import MissingRateError
    from core.period import Period
    from metrics.asked import Asked
    from metrics.coverage import Span
    from metrics.session import Session
    from metrics.statement import Part

    Series = Mapping[str, Sequence[float | None]]


def rates_needed(
    session: Session, dataset: str, asked: Sequence[Asked], period: Period, reporting: str
) -> tuple[Series, MissingRateError | None]:
    """What each foreign currency that *asked* sums over *dataset* is worth on each day of *period*.

    Empty when all of that money is in the currency *reporting*, or does not say its currency. Where a rate is missing
    it is NaN, and so is every sum with a row that needs it; the error, if any, names those that some row needs.
    """
    pairs = [pair for one in asked for pair in zip(one.parts, one.bases, strict=True) if pair[0].dataset == dataset]
    foreign = _foreign([span for part, base in pairs if part.is_money for span in base.spans], period, reporting)
    if not foreign:
        return {}, None
    rates = Rates(reporting, _own_rates(session))
    series = {currency: rates.over(currency, period) for currency in sorted(foreign)}
    unknown = {
        (currency, period.start + offset * DAY)
        for currency, each in series.items()
        for offset, rate in enumerate(each)
        if rate is None
    }
    if not unknown:
        return series, None
    parts = tuple(dict.fromkeys(part for part, _ in pairs if part.is_money))
    used = _used(session, parts, sorted({currency for currency, _ in unknown}), period)
    known = {currency: [nan if rate is None else rate for rate in each] for currency, each in series.items()}
    return known, _missing(unknown & used, reporting)


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


def _used(session: Session, parts: Sequence[Part], currencies: Sequence[str], period: Period) -> set[tuple[str, date]]:
    """The days on which *parts* have money in each of *currencies*."""
    dataset, bind = DATASETS[parts[0].dataset], Bound()
    where = [
        column("currency").isin(*(bind(currency) for currency in currencies)),
        column("day") >= bind(period.start),
        column(dataset.last_day) <= bind(period.end),
        exp.or_(*(exp.and_(*(condition(c, bind) for c in (*part.conditions, Known(part.column)))) for part in parts)),
    ]
    select = exp.select(column("currency"), column("day")).distinct().from_(dataset.name).where(*where)
    return {(currency, day) for currency, day in session.rows(select.sql(DIALECT), bind.values)}


def _missing(missing: set[tuple[str, date]], reporting: str) -> MissingRateError | None:
    days: dict[str, list[date]] = defaultdict(list)
    for currency, day in missing:
        days[currency].append(day)
    return missing_rates(reporting, days) if days else None
