"""Exchange rates: the team's own, and the European Central Bank's reference rates that come with the program."""

from __future__ import annotations

import csv
import io
import zipfile
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from babel.numbers import list_currencies

from core.errors import MissingRateError
from core.language import _
from core.period import DAY, Period, stretches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EURO: Final = "EUR"
CURRENCIES: Final = frozenset(list_currencies()) - {"XXX", "XTS"}
"""The codes of ISO 4217, those of former currencies among them, but not those for none and for tests."""
CARRIED_DAYS: Final = 7
"""How long a rate of the bank holds that has none after it: it publishes one each business day."""
OWN_DAYS: Final = 31
"""How long a rate of the team's own holds: whoever keeps them by month has the next one by then."""
_SHOWN: Final = 5


@cache
def _table() -> str:
    """The bank's table: one row a business day, newest first, units per euro."""
    packed = files("currency_converter") / "eurofxref-hist.zip"
    with packed.open("rb") as file, zipfile.ZipFile(file) as archive:
        return archive.read(archive.namelist()[0]).decode("ascii")


@cache
def published(currency: str) -> Mapping[date, float]:
    """How many units of *currency* one euro was worth on each business day, as the bank published it."""
    rows = csv.reader(io.StringIO(_table()))
    header = next(rows)
    if currency not in header[1:]:
        return {}
    column = header.index(currency)
    return {date.fromisoformat(row[0]): float(row[column]) for row in rows if row[column] not in {"N/A", ""}}


def _carried(rates: Mapping[date, float], day: date) -> float | None:
    """The rate of *day*, else the newest of the week before: weekends and holidays have none."""
    for age in range(CARRIED_DAYS + 1):
        rate = rates.get(day - age * DAY)
        if rate is not None:
            return rate
    return None


@dataclass(frozen=True)
class Rates:
    """What one unit of a currency is worth in *reporting* on a day.

    The team's *own* rate counts first, from its day until its next one, a month at most; then the bank's.
    """

    reporting: str
    own: Mapping[str, Mapping[date, float]] = field(default_factory=dict)

    def on(self, currency: str, day: date) -> float | None:
        """The rate of *currency* on *day*; None when nobody knows it."""
        if currency == self.reporting:
            return 1.0
        return self._own(currency, day) or self._from_bank(currency, day)

    @cached_property
    def _own_days(self) -> Mapping[str, list[date]]:
        """The days of which the team has rates of its own, in order."""
        return {currency: sorted(rates) for currency, rates in self.own.items()}

    def _own(self, currency: str, day: date) -> float | None:
        days = self._own_days.get(currency, [])
        place = bisect_right(days, day)
        if place and (day - days[place - 1]).days <= OWN_DAYS:
            return self.own[currency][days[place - 1]]
        return None

    def _from_bank(self, currency: str, day: date) -> float | None:
        worth = 1.0 if self.reporting == EURO else _carried(published(self.reporting), day)
        units = 1.0 if currency == EURO else _carried(published(currency), day)
        return worth / units if worth and units else None

    def over(self, currency: str, period: Period) -> list[float | None]:
        """The rate of *currency* on each day of *period*."""
        return [self.on(currency, period.start + offset * DAY) for offset in range(period.days)]


def missing_rates(reporting: str, missing: Mapping[str, Sequence[date]]) -> MissingRateError:
    """The error that names each currency of *missing* with its days."""
    parts = [f"{currency} ({_days(days)})" for currency, days in sorted(missing.items())]
    message = _("There is no exchange rate to {reporting} for {currencies}.").format(
        reporting=reporting, currencies=", ".join(parts)
    )
    step = _(
        "Add rows with day, currency and rate (what one unit is worth in {reporting}) to plan/exchange_rates.csv and "
        "refresh, or load such a CSV file. A rate holds until the next one, for a month at most."
    )
    step = step.format(reporting=reporting)
    if len(missing) == 1:
        (currency,) = missing
        own = _("If all numbers are to be in {currency}, write {setting} under [reporting] in kokpit.toml instead.")
        step += " " + own.format(currency=currency, setting=f'currency = "{currency}"')
    return MissingRateError(message, step, sorted(missing))


def _days(days: Sequence[date]) -> str:
    found = [f"{p.start}" if p.days == 1 else f"{p.start} – {p.end}" for p in stretches(days)]
    return ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
