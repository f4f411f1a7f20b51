"""Targets that change: which holds in a period, and how those of a week add up over longer ones."""

from __future__ import annotations

from datetime import date

import pytest

from core.period import Period
from metrics.catalog import find
from metrics.status import Goal
from metrics.targets import Target, aims, in_force


def target(kpi: str, valid_from: date, valid_to: date | None, value: float) -> Target:
    return Target(kpi, valid_from, valid_to, None, None, Goal(value), None, None, None)


def test_a_rate_has_the_target_of_the_last_day_of_each_period() -> None:
    known = [
        target("first_response_hours", date(2026, 2, 1), date(2026, 3, 31), 3),
        target("first_response_hours", date(2026, 4, 1), None, 1.5),
    ]
    months = [Period(date(2026, n, 1), date(2026, n, 28)) for n in (1, 2, 3, 4, 5)]
    found = aims(known, find("first_response_hours"), months[-1], months, {})
    assert (found.now, found.moved) == (Goal(1.5), True)
    assert found.each == (None, Goal(3), Goal(3), Goal(1.5), Goal(1.5))


def test_what_adds_up_has_a_target_as_long_as_the_period() -> None:
    known = [target("leads", date(2020, 1, 1), None, 36)]
    years = [Period(date(2025, 1, 1), date(2025, 12, 31)), Period(date(2026, 1, 1), date(2026, 11, 21))]
    found = aims(known, find("leads"), years[-1], years, {})
    assert [goal.value for goal in found.each if goal] == pytest.approx([36 * 365 / 7, 36 * 325 / 7])
    assert not found.moved


def test_what_adds_up_is_wanted_day_by_day() -> None:
    # Ten days of 7 a week, then four of 14 a week: 10 + 8. Days before any target count as those of the newest.
    known = [
        target("leads", date(2026, 1, 1), date(2026, 1, 10), 7),
        target("leads", date(2026, 1, 11), None, 14),
    ]
    assert in_force(known, find("leads"), Period(date(2026, 1, 1), date(2026, 1, 14)), {}) == Goal(18.0)
    assert in_force(known[1:], find("leads"), Period(date(2026, 1, 1), date(2026, 1, 14)), {}) == Goal(28.0)
