"""Which period a value is compared with, how like is kept with like, and what a change means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.period import Calendar, Grain, Period
from metrics.catalog import find
from metrics.compare import Comparison, Outcome, base_period, change, like_for_like
from tests.metrics.toy import period

PREVIOUS = [
    # one week; four weeks; this week to Wednesday; 10 days by week keep their weekdays
    ("week", "2026-11-16 2026-11-22", "2026-11-09 2026-11-15"),
    ("week", "2026-10-26 2026-11-22", "2026-09-28 2026-10-25"),
    ("week", "2026-11-16 2026-11-18", "2026-11-09 2026-11-11"),
    ("week", "2026-11-09 2026-11-18", "2026-10-26 2026-11-04"),
    # one month; a quarter read by month; February before March; January before
    ("month", "2026-10-01 2026-10-31", "2026-09-01 2026-09-30"),
    ("month", "2026-07-01 2026-09-30", "2026-04-01 2026-06-30"),
    ("month", "2024-03-01 2024-03-31", "2024-02-01 2024-02-29"),
    ("month", "2026-01-01 2026-01-31", "2025-12-01 2025-12-31"),
    # month, quarter and year to date: as many days of the one before, no more than it has
    ("month", "2026-11-01 2026-11-19", "2026-10-01 2026-10-19"),
    ("month", "2026-03-01 2026-03-30", "2026-02-01 2026-02-28"),
    ("quarter", "2026-10-01 2026-11-19", "2026-07-01 2026-08-19"),
    ("year", "2026-01-01 2026-11-19", "2025-01-01 2025-11-19"),
    # whole months at other grains; any other stretch
    ("total", "2026-02-01 2026-03-31", "2025-12-01 2026-01-31"),
    ("day", "2026-10-01 2026-10-31", "2026-09-01 2026-09-30"),
    ("day", "2026-11-13 2026-11-19", "2026-11-06 2026-11-12"),
    ("day", "2026-11-01 2026-11-01", "2026-10-31 2026-10-31"),
    ("month", "2026-11-05 2026-11-14", "2026-10-26 2026-11-04"),
]
LAST_YEAR = [
    # weekdays meet; the 53rd week of 2026; the same month; a leap February whole, and to date
    ("week", "2026-11-16 2026-11-22", "2025-11-17 2025-11-23"),
    ("week", "2026-12-28 2027-01-03", "2025-12-29 2026-01-04"),
    ("month", "2026-11-01 2026-11-30", "2025-11-01 2025-11-30"),
    ("month", "2025-02-01 2025-02-28", "2024-02-01 2024-02-29"),
    ("month", "2024-02-01 2024-02-29", "2023-02-01 2023-02-28"),
    ("month", "2024-02-01 2024-02-15", "2023-02-01 2023-02-15"),
    ("day", "2024-02-29 2024-02-29", "2023-02-28 2023-02-28"),
    ("year", "2026-01-01 2026-11-19", "2025-01-01 2025-11-19"),
    ("total", "2026-10-05 2026-11-19", "2025-10-05 2025-11-19"),
]


def of(text: str) -> Period:
    return period(*text.split())


@pytest.mark.parametrize(("grain", "asked", "expected"), PREVIOUS)
def test_the_period_before(grain: str, asked: str, expected: str) -> None:
    assert base_period(of(asked), Grain(grain), Comparison.PREVIOUS, Calendar()) == of(expected)


@pytest.mark.parametrize(("grain", "asked", "expected"), LAST_YEAR)
def test_the_same_period_last_year(grain: str, asked: str, expected: str) -> None:
    assert base_period(of(asked), Grain(grain), Comparison.LAST_YEAR, Calendar()) == of(expected)


def test_no_comparison() -> None:
    assert base_period(of("2026-11-16 2026-11-22"), Grain.WEEK, Comparison.NONE, Calendar()) is None


def test_a_fiscal_year_to_date() -> None:
    asked = of("2026-04-01 2026-05-10")
    assert base_period(asked, Grain.YEAR, Comparison.PREVIOUS, Calendar("monday", 4)) == of("2025-04-01 2025-05-10")


@given(
    st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    st.integers(0, 400),
    st.sampled_from(list(Grain)),
    st.builds(Calendar, st.sampled_from(["monday", "sunday"]), st.integers(1, 12)),
)
def test_the_period_before_never_overlaps(start: date, days: int, grain: Grain, calendar: Calendar) -> None:
    asked = Period(start, start + timedelta(days=days))
    found = base_period(asked, grain, Comparison.PREVIOUS, calendar)
    assert found is not None
    assert found.end < asked.start
    assert found.days <= asked.days or found.end + timedelta(days=1) == asked.start


class TestLikeForLike:
    week, before = of("2026-11-16 2026-11-22"), of("2026-11-09 2026-11-15")

    def test_both_are_cut_to_the_days_known(self) -> None:
        cut = like_for_like(self.week, self.before, date(2026, 11, 19))
        assert cut == (of("2026-11-16 2026-11-19"), of("2026-11-09 2026-11-12"))

    def test_nothing_is_cut_when_all_is_known(self) -> None:
        assert like_for_like(self.week, self.before, date(2026, 11, 30)) == (self.week, self.before)

    @pytest.mark.parametrize("known_to", [None, date(2026, 11, 15)])
    def test_nothing_known_is_not_compared(self, known_to: date | None) -> None:
        assert like_for_like(self.week, self.before, known_to) is None

    def test_a_shorter_month_before_cuts_both(self) -> None:
        cut = like_for_like(of("2026-03-01 2026-03-31"), of("2026-02-01 2026-02-28"), date(2026, 3, 30))
        assert cut == (of("2026-03-01 2026-03-28"), of("2026-02-01 2026-02-28"))


class TestChange:
    @pytest.mark.parametrize(
        ("kpi", "value", "base", "outcome"),
        [
            ("clicks", 12, 10, Outcome.BETTER),
            ("clicks", 8, 10, Outcome.WORSE),
            ("cpc", 2, 1, Outcome.WORSE),
            ("average_position", 4.0, 5.5, Outcome.BETTER),
            ("spend", 2, 1, Outcome.NEUTRAL),
            ("spend", 1, 1, Outcome.SAME),
            ("ctr", 0.1 + 0.2, 0.3, Outcome.SAME),
        ],
    )
    def test_direction(self, kpi: str, value: float, base: float, outcome: Outcome) -> None:
        assert change(find(kpi), value, base).outcome is outcome

    def test_in_percent_where_that_means_something(self) -> None:
        found = change(find("clicks"), 12, 10)
        assert (found.absolute, found.relative, found.rising) == (2, 0.2, True)
        assert change(find("clicks"), 12, 0).relative is None
        assert change(find("ctr"), 0.03, 0.02).relative is None
        assert change(find("average_position"), 4, 5).relative is None
        assert change(find("roas"), 3, 4).relative == -0.25

    @pytest.mark.parametrize(("value", "base"), [(None, 1), (1, None), (None, None)])
    def test_unknown(self, value: float | None, base: float | None) -> None:
        found = change(find("clicks"), value, base)
        assert (found.absolute, found.relative, found.outcome, found.rising) == (None, None, Outcome.UNKNOWN, None)

    def test_no_arrow_without_a_change(self) -> None:
        assert change(find("clicks"), 5, 5).rising is None
        assert change(find("clicks"), 4, 5).rising is False
