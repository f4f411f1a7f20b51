"""Numbers, money, percentages and dates, as English, Polish and Russian readers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core import numbers
from core.language import use_language
from core.period import Calendar, Grain, Period

NBSP = "\N{NO-BREAK SPACE}"
WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (5, "5"),
        (12.345, "12.3"),
        (3.14159, "3.14"),
        (0.027149, "0.0271"),
        (999.4, "999"),
        (999.6, "1.00K"),
        (7995, "8.00K"),
        (10.997, "11.0"),
        (0.0599999, "0.0600"),
        (1000, "1K"),
        (12_400, "12.4K"),
        (1_236_000, "1.24M"),
        (2.4e9, "2.4B"),
        (-48.3, "−48.3"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_compact_numbers_have_three_significant_digits(value: float | None, text: str) -> None:
    assert numbers.compact(value) == text


@pytest.mark.parametrize(
    ("language", "text", "money"),
    [
        ("en", "12.4K", "−€10.0K"),
        ("pl", f"12,4{NBSP}tys.", f"−10,0{NBSP}tys.{NBSP}€"),
        ("ru", f"12,4{NBSP}тыс.", f"−10,0{NBSP}тыс.{NBSP}€"),
    ],
)
def test_compact_numbers_in_every_language(language: str, text: str, money: str) -> None:
    use_language(language)
    assert numbers.compact(12_400) == text
    assert numbers.compact_money(-10_038, "EUR") == money
    assert numbers.compact_money(10_038, "EUR", pad=False) == money.replace("−", "").replace(",0", "").replace(".0", "")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "€0"),
        (1.2, "€1.20"),
        (48.3, "€48.3"),
        (0.1234, "€0.123"),
        (482.6, "€483"),
        (12_431.5, "€12.4K"),
        (10_038.06, "€10.0K"),
        (10_000, "€10.0K"),
        (999_960, "€1.00M"),
        (-9, "−€9.00"),
    ],
)
def test_compact_money_keeps_its_zeros(value: float, text: str) -> None:
    assert numbers.compact_money(value, "EUR") == text


@pytest.mark.parametrize(
    ("language", "currency", "text"),
    [
        ("en", "EUR", "€12,400.50"),
        ("pl", "PLN", f"12{NBSP}400,50{NBSP}zł"),
        ("ru", "RUB", f"12{NBSP}400,50{NBSP}₽"),
    ],
)
def test_money_in_full(language: str, currency: str, text: str) -> None:
    use_language(language)
    assert numbers.money(12_400.5, currency) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.0243, "2.43%"),
        (0.243, "24.3%"),
        (1, "100%"),
        (0.52996, "53.0%"),
        (0.42, "42%"),
        (0.00123, "0.123%"),
        (-0.05, "−5%"),
        (None, "–"),
    ],
)
def test_compact_percentages(share: float | None, text: str) -> None:
    assert numbers.compact_percent(share) == text


def test_percentages_have_the_languages_space() -> None:
    use_language("ru")
    assert numbers.percent(0.0243) == f"2,43{NBSP}%"
    use_language("pl")
    assert numbers.percent(0.0243) == "2,43%"


def test_padding_lines_decimals_up() -> None:
    assert [numbers.percent(share, pad=True) for share in (0.01, 0.0125)] == ["1.00%", "1.25%"]
    assert [numbers.number(value, pad=True) for value in (9, 9.01)] == ["9.00", "9.01"]
    assert numbers.number(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.012, "+1.2 pp"), (-0.00123, "−0.12 pp"), (0, "0 pp"), (0.00001, "0 pp"), (None, "–")],
)
def test_points_are_differences_of_percentages(difference: float | None, text: str) -> None:
    assert numbers.points(difference) == text


def test_only_what_is_above_zero_gets_a_plus() -> None:
    assert [numbers.signed(value, numbers.compact) for value in (9, 0, -9)] == ["+9", "0", "−9"]
    assert numbers.signed(None, numbers.compact) == "–"


def test_a_number_that_rounds_to_zero_has_no_sign() -> None:
    assert numbers.signed(0.0001, lambda value: numbers.percent(value, 1)) == "0%"


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [("en", "19 Nov", "19 Nov 2026"), ("pl", "19 lis", "19 lis 2026"), ("ru", "19 нояб.", "19 нояб. 2026")],
)
def test_days(language: str, short: str, long: str) -> None:
    use_language(language)
    assert numbers.day(date(2026, 11, 19)) == short
    assert numbers.day(date(2026, 11, 19), year=True) == long
    assert numbers.day(None) == "–"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16–22 Nov 2026"),
        (date(2026, 10, 26), date(2026, 11, 1), "26 Oct – 1 Nov 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025 – 4 Jan 2026"),
        (date(2026, 11, 16), date(2026, 11, 16), "16 Nov 2026"),
    ],
)
def test_stretches_of_days_say_once_what_both_ends_share(start: date, end: date, text: str) -> None:
    assert numbers.days(Period(start, end)) == text


@pytest.mark.parametrize(
    ("period", "grain", "text"),
    [
        (WEEK, Grain.WEEK, "Week 47, 16–22 Nov 2026"),
        (Period(date(2026, 11, 1), date(2026, 11, 30)), Grain.MONTH, "November 2026"),
        (Period(date(2026, 10, 1), date(2026, 12, 31)), Grain.QUARTER, "Q4 2026"),
        (Period(date(2026, 1, 1), date(2026, 12, 31)), Grain.YEAR, "2026"),
        (WEEK, Grain.DAY, "16–22 Nov 2026"),
    ],
)
def test_periods_have_names(period: Period, grain: Grain, text: str) -> None:
    assert numbers.whole(period, grain) == text


@pytest.mark.parametrize(
    ("starts", "quarter", "name", "plain", "dated"),
    [
        (2, Period(date(2026, 11, 1), date(2027, 1, 31)), "Q4 2026/27", "Q4", "Q4 26/27"),
        (4, Period(date(2026, 10, 1), date(2026, 12, 31)), "Q3 2026/27", "Q3", "Q3 26/27"),
        (4, Period(date(2027, 1, 1), date(2027, 2, 20)), "Q4 2026/27", "Q4", "Q4 26/27"),
    ],
)
def test_fiscal_quarters_have_one_name(starts: int, quarter: Period, name: str, plain: str, dated: str) -> None:
    calendar = Calendar(fiscal_year_starts=starts)
    assert numbers.whole(quarter, Grain.QUARTER, calendar) == name
    assert numbers.tick(quarter, Grain.QUARTER, calendar) == plain
    assert numbers.tick(quarter, Grain.QUARTER, calendar, year=True) == dated


def test_fiscal_years_name_both_years() -> None:
    calendar, year = Calendar(fiscal_year_starts=2), Period(date(2026, 2, 1), date(2027, 1, 31))
    assert numbers.whole(year, Grain.YEAR, calendar) == numbers.tick(year, Grain.YEAR, calendar) == "2026/27"
    use_language("pl")
    quarter = Period(date(2026, 2, 1), date(2026, 4, 30))
    assert numbers.whole(quarter, Grain.QUARTER, calendar) == "I kw. 2026/27"


def test_names_start_with_a_capital() -> None:
    use_language("pl")
    assert numbers.whole(Period(date(2026, 11, 1), date(2026, 11, 30)), Grain.MONTH) == "Listopad 2026"


@pytest.mark.parametrize(
    ("period", "grain", "plain", "dated"),
    [
        (WEEK, Grain.WEEK, "W47", "W47 26"),
        (WEEK, Grain.DAY, "16 Nov", "16 Nov 26"),
        (Period(date(2026, 11, 1), date(2026, 11, 30)), Grain.MONTH, "Nov", "Nov 26"),
        (Period(date(2026, 10, 1), date(2026, 12, 31)), Grain.QUARTER, "Q4", "Q4 26"),
        (Period(date(2026, 1, 1), date(2026, 12, 31)), Grain.YEAR, "2026", "2026"),
        # The week of 29 December 2025 is the first of 2026; weeks that start on Sunday take the name of their Monday.
        (Period(date(2025, 12, 29), date(2026, 1, 4)), Grain.WEEK, "W1", "W1 26"),
        (Period(date(2026, 11, 15), date(2026, 11, 21)), Grain.WEEK, "W47", "W47 26"),
    ],
)
def test_ticks_are_short(period: Period, grain: Grain, plain: str, dated: str) -> None:
    assert numbers.tick(period, grain) == plain
    assert numbers.tick(period, grain, year=True) == dated


def test_what_rounds_to_zero_has_no_minus() -> None:
    assert numbers.points(-0.00004) == "0 pp"
    assert numbers.percent(-0.0004, 1, pad=True) == "0.0%"
    assert numbers.number(-0.004) == "0"
    assert numbers.number(-0.006) == "−0.01"


def test_moments() -> None:
    assert numbers.moment(datetime(2026, 11, 19, 14, 5, tzinfo=UTC)) == "19 Nov 2026, 14:05"


@pytest.mark.parametrize(
    ("hours", "text"), [(24.9833, "25.0 hrs"), (0.98333, "0.983 hrs"), (1.1, "1.1 hrs"), (1, "1 hr"), (25, "25 hrs")]
)
def test_durations_keep_the_zeros_that_rounding_left(hours: float, text: str) -> None:
    assert numbers.duration(hours, "hour") == text
