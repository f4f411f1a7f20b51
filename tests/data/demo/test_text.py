"""Numbers, cells and dates as each platform and language writes them."""

from __future__ import annotations

from datetime import date

import pytest

from data.demo.text import (
    ENGLISH,
    PLAIN,
    POLISH,
    RUSSIAN,
    RUSSIAN_MONTHS,
    NumberStyle,
    cell,
    day_text,
    half_years,
    short,
)


@pytest.mark.parametrize(
    ("style", "value", "digits", "text"),
    [
        (ENGLISH, 795_836, 0, "795,836"),
        (ENGLISH, 4838.8, 2, "4,838.80"),
        (PLAIN, 199_421.15, 2, "199421.15"),
        (RUSSIAN, 1266, 0, "1\u00a0266"),
        (RUSSIAN, 1234.56, 2, "1\u00a0234,56"),
        (RUSSIAN, 18, 2, "18,00"),
        (POLISH, 9380, 0, "9380"),
        (POLISH, 12_345.6, 2, "12\u00a0345,60"),
        (POLISH, 1_234_567, 0, "1\u00a0234\u00a0567"),
    ],
)
def test_numbers(style: NumberStyle, value: float, digits: int, text: str) -> None:
    assert style.write(value, digits) == text


@pytest.mark.parametrize(
    ("text", "written"), [("plain", "plain"), ("3,53%", '"3,53%"'), ('"car wash"', '"""car wash"""'), (" --", " --")]
)
def test_cells_are_quoted_only_where_needed(text: str, written: str) -> None:
    assert cell(text) == written


@pytest.mark.parametrize(("value", "text"), [(5.0, "5"), (12.5, "12.5"), (55.091, "55.09"), (0.0, "0"), (100.0, "100")])
def test_short_numbers_end_without_zeros(value: float, text: str) -> None:
    assert short(value) == text


def test_days_carry_the_months_name() -> None:
    assert day_text(date(2026, 8, 9), RUSSIAN_MONTHS) == "9 авг. 2026"
    assert day_text(date(2025, 4, 30), RUSSIAN_MONTHS, " г.") == "30 апр. 2025 г."


def test_half_years_are_clipped_to_the_range() -> None:
    assert list(half_years(date(2025, 3, 5), date(2026, 1, 1))) == [
        (date(2025, 3, 5), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 1)),
    ]
