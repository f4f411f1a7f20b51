"""Named periods, worked out on a calendar by hand: Thursday 19 November 2026 is the last day of data."""

from __future__ import annotations

from datetime import date

import pytest

from core.period import Calendar, Grain, Period
from core.presets import NAMES, Preset, back, last_whole, natural_grain, resolve

THURSDAY = date(2026, 11, 19)
ISO = Calendar()


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        (Preset.LAST_WEEK, date(2026, 11, 9), date(2026, 11, 15)),
        (Preset.WEEK_TO_DATE, date(2026, 11, 16), THURSDAY),
        (Preset.LAST_4_WEEKS, date(2026, 10, 19), date(2026, 11, 15)),
        (Preset.LAST_13_WEEKS, date(2026, 8, 17), date(2026, 11, 15)),
        (Preset.MONTH_TO_DATE, date(2026, 11, 1), THURSDAY),
        (Preset.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (Preset.QUARTER_TO_DATE, date(2026, 10, 1), THURSDAY),
        (Preset.YEAR_TO_DATE, date(2026, 1, 1), THURSDAY),
        (Preset.LAST_12_MONTHS, date(2025, 11, 1), date(2026, 10, 31)),
    ],
)
def test_presets_count_from_the_last_day_of_data(preset: Preset, first: date, last: date) -> None:
    assert resolve(preset, THURSDAY, ISO) == Period(first, last)


def test_a_week_that_ends_on_the_last_day_is_over() -> None:
    sunday = date(2026, 11, 22)
    assert resolve(Preset.LAST_WEEK, sunday, ISO) == Period(date(2026, 11, 16), sunday)


def test_a_month_that_ends_on_the_last_day_is_over() -> None:
    assert resolve(Preset.LAST_MONTH, date(2026, 11, 30), ISO) == Period(date(2026, 11, 1), date(2026, 11, 30))


def test_weeks_may_start_on_sunday() -> None:
    assert resolve(Preset.LAST_WEEK, THURSDAY, Calendar("sunday")) == Period(date(2026, 11, 8), date(2026, 11, 14))


def test_years_may_start_in_april() -> None:
    fiscal = Calendar(fiscal_year_starts=4)
    assert resolve(Preset.YEAR_TO_DATE, THURSDAY, fiscal) == Period(date(2026, 4, 1), THURSDAY)


def test_a_period_of_ones_own_starts_as_the_last_week() -> None:
    assert resolve(Preset.CUSTOM, THURSDAY, ISO) == resolve(Preset.LAST_WEEK, THURSDAY, ISO)


def test_the_last_whole_quarter() -> None:
    assert last_whole(THURSDAY, Grain.QUARTER, ISO) == Period(date(2026, 7, 1), date(2026, 9, 30))


def test_going_back_takes_whole_periods_before_a_piece() -> None:
    piece = Period(date(2026, 11, 16), THURSDAY)
    assert back(piece, Grain.WEEK, 3, ISO) == Period(date(2026, 11, 2), THURSDAY)
    assert back(piece, Grain.MONTH, 2, ISO) == Period(date(2026, 10, 1), THURSDAY)


@pytest.mark.parametrize("preset", Preset)
def test_every_preset_has_a_name_and_a_grain(preset: Preset) -> None:
    assert NAMES[preset]
    assert natural_grain(preset) in set(Grain) - {Grain.TOTAL}


@pytest.mark.parametrize("preset", Preset)
def test_no_preset_reaches_beyond_the_data(preset: Preset) -> None:
    assert resolve(preset, THURSDAY, ISO).end <= THURSDAY
