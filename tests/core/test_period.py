"""Periods and calendars: golden dates, and what holds for any of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.period import Calendar, Grain, Period, add_months, stretches

DAYS = st.dates(date(1995, 1, 1), date(2100, 12, 31))
CALENDARS = st.builds(Calendar, st.sampled_from(["monday", "sunday"]), st.integers(1, 12))
RANGES = st.builds(lambda day, more: Period(day, day + timedelta(days=more)), DAYS, st.integers(0, 800))


def of(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


class TestPeriod:
    def test_both_ends_belong_to_it(self) -> None:
        june = of("2026-06-01", "2026-06-30")
        assert june.days == 30
        assert june.start in june
        assert june.end in june
        assert date(2026, 7, 1) not in june

    def test_it_never_ends_before_it_starts(self) -> None:
        with pytest.raises(UsageError, match=r"2026-06-01.*2026-06-02.*Swap"):
            of("2026-06-02", "2026-06-01")

    def test_moved(self) -> None:
        assert of("2026-03-01", "2026-03-02").moved(-1) == of("2026-02-28", "2026-03-01")

    def test_overlap(self) -> None:
        june = of("2026-06-01", "2026-06-30")
        assert june.overlap(of("2026-06-30", "2026-07-05")) == of("2026-06-30", "2026-06-30")
        assert june.overlap(of("2026-07-01", "2026-07-05")) is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-11-15", 2, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-12-31", 0, "2026-12-31"),
    ],
)
def test_months_later(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "grain", "calendar", "expected"),
    [
        # ISO 8601: 1 January 2027 is the Friday of week 53 of 2026.
        ("2027-01-01", Grain.WEEK, Calendar(), of("2026-12-28", "2027-01-03")),
        ("2027-01-01", Grain.WEEK, Calendar("sunday"), of("2026-12-27", "2027-01-02")),
        ("2024-02-29", Grain.MONTH, Calendar(), of("2024-02-01", "2024-02-29")),
        ("2026-11-19", Grain.QUARTER, Calendar(), of("2026-10-01", "2026-12-31")),
        ("2026-11-19", Grain.QUARTER, Calendar(fiscal_year_starts=2), of("2026-11-01", "2027-01-31")),
        ("2026-01-31", Grain.QUARTER, Calendar(fiscal_year_starts=2), of("2025-11-01", "2026-01-31")),
        ("2026-11-19", Grain.YEAR, Calendar(), of("2026-01-01", "2026-12-31")),
        ("2026-03-31", Grain.YEAR, Calendar(fiscal_year_starts=4), of("2025-04-01", "2026-03-31")),
        ("2026-04-01", Grain.YEAR, Calendar(fiscal_year_starts=4), of("2026-04-01", "2027-03-31")),
        ("2026-11-19", Grain.DAY, Calendar(), of("2026-11-19", "2026-11-19")),
    ],
)
def test_the_period_around_a_day(day: str, grain: Grain, calendar: Calendar, expected: Period) -> None:
    assert calendar.around(date.fromisoformat(day), grain) == expected


def test_a_clipped_piece_is_not_whole() -> None:
    calendar = Calendar()
    pieces = calendar.split(of("2026-11-18", "2026-12-01"), Grain.WEEK)
    assert pieces == [
        of("2026-11-18", "2026-11-22"),
        of("2026-11-23", "2026-11-29"),
        of("2026-11-30", "2026-12-01"),
    ]
    assert [calendar.is_whole(piece, Grain.WEEK) for piece in pieces] == [False, True, False]
    assert calendar.is_whole(of("2026-11-18", "2026-12-01"), Grain.TOTAL)


@given(RANGES, st.sampled_from(list(Grain)), CALENDARS)
def test_pieces_tile_the_period(period: Period, grain: Grain, calendar: Calendar) -> None:
    pieces = calendar.split(period, grain)
    assert (pieces[0].start, pieces[-1].end) == (period.start, period.end)
    assert all(after.start - before.end == timedelta(days=1) for before, after in pairwise(pieces))
    assert all(calendar.is_whole(piece, grain) for piece in pieces[1:-1])


@given(DAYS, st.sampled_from([Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR]), CALENDARS)
def test_a_day_lies_in_the_period_around_it(day: date, grain: Grain, calendar: Calendar) -> None:
    around = calendar.around(day, grain)
    assert day in around
    assert calendar.around(around.start, grain) == calendar.around(around.end, grain) == around
    assert calendar.around(around.end + timedelta(days=1), grain).start == around.end + timedelta(days=1)


@given(st.lists(DAYS))
def test_stretches_hold_the_same_days(days: list[date]) -> None:
    found = stretches(days)
    assert {p.start + timedelta(days=n) for p in found for n in range(p.days)} == set(days)
    assert all(after.start - before.end > timedelta(days=1) for before, after in pairwise(found))
