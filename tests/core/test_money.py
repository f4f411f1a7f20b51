"""Exchange rates: published ones that anyone can look up, how long they are carried, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import MissingRateError
from core.money import Rates, missing_rates, published
from core.period import DAY, Period

FRIDAY = date(1999, 1, 8)


def test_published_rates() -> None:
    # The bank's first reference rates, of 4 January 1999, and the last ones of the rouble, of 1 March 2022.
    assert published("USD")[date(1999, 1, 4)] == 1.1789
    assert published("GBP")[date(1999, 1, 4)] == 0.7111
    assert published("RUB")[date(2022, 3, 1)] == 117.201
    assert date(2022, 3, 2) not in published("RUB")
    assert published("XTS") == {}
    assert published("Date") == {}


def test_one_unit_in_the_reporting_currency() -> None:
    day = date(1999, 1, 4)
    assert Rates("EUR").on("USD", day) == pytest.approx(1 / 1.1789)
    assert Rates("USD").on("EUR", day) == pytest.approx(1.1789)
    assert Rates("GBP").on("USD", day) == pytest.approx(0.7111 / 1.1789)
    assert Rates("XTS").on("XTS", day) == 1


def test_a_weekend_has_the_rate_of_friday() -> None:
    friday = published("USD")[FRIDAY]
    weekend = Rates("EUR").over("USD", Period(FRIDAY, date(1999, 1, 10)))
    assert weekend == pytest.approx([1 / friday] * 3)


def test_a_rate_is_carried_for_a_week_and_no_longer() -> None:
    rouble = Rates("EUR").over("RUB", Period(date(2022, 3, 1), date(2022, 3, 9)))
    assert rouble[:8] == pytest.approx([1 / 117.201] * 8)
    assert rouble[8] is None


def test_nothing_before_the_first_rate() -> None:
    assert Rates("EUR").on("USD", date(1999, 1, 3)) is None


def test_the_teams_own_rate_holds_until_its_next_one() -> None:
    weekly = {FRIDAY: 0.5, FRIDAY + 7 * DAY: 0.25}
    rates = Rates("EUR", {"USD": weekly}).over("USD", Period(FRIDAY, FRIDAY + 8 * DAY))
    assert rates == [0.5] * 7 + [0.25] * 2


def test_before_the_teams_first_rate_and_a_month_after_its_last_the_banks_count() -> None:
    rates = Rates("EUR", {"USD": {FRIDAY: 0.5}})
    thursday, later = FRIDAY - DAY, FRIDAY + 32 * DAY
    assert rates.on("USD", thursday) == pytest.approx(1 / published("USD")[thursday])
    assert rates.on("USD", later - DAY) == 0.5
    assert rates.on("USD", later) == pytest.approx(1 / published("USD")[later])


def test_where_the_bank_has_none_there_is_none_after_a_month() -> None:
    rates = Rates("EUR", {"XTS": {FRIDAY: 3.0}})
    assert rates.over("XTS", Period(FRIDAY - DAY, FRIDAY + 32 * DAY)) == [None, *[3.0] * 32, None]


def test_what_is_missing_is_named_with_its_days() -> None:
    days = [date(2026, 6, 5), date(2026, 6, 3), date(2026, 6, 4), date(2026, 6, 9)]
    error = missing_rates("EUR", {"XTS": days, "ABC": [date(2026, 1, 1)]})
    assert isinstance(error, MissingRateError)
    expected = "There is no exchange rate to EUR for ABC (2026-01-01), XTS (2026-06-03 – 2026-06-05, 2026-06-09)."
    assert error.message == expected
    assert "plan/exchange_rates.csv" in error.next_step
    assert "kokpit.toml" not in error.next_step


def test_a_long_list_of_days_is_cut() -> None:
    error = missing_rates("EUR", {"XTS": [date(2026, month, 1) for month in range(1, 13)]})
    # A team of one currency needs no rates at all.
    assert 'write currency = "XTS" under [reporting] in kokpit.toml' in error.next_step
    assert error.message.endswith("2026-05-01, …).")
