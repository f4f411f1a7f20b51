"""Working hours: Monday to Friday from 9 to 17, holidays excepted; worked out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data.demo.clock import DAY, NEVER, Clock
from data.demo.timeline import Timeline

# Thursday 26 February to Wednesday 4 March 2026.
WEEK = Clock(Timeline(date(2026, 3, 4), 7))
# Friday 19 December 2025 to Saturday 10 January 2026.
CHRISTMAS = Clock(Timeline(date(2026, 1, 10), 23))


def moment(day: int, hour: float) -> int:
    return day * DAY + round(hour * 60)


@pytest.mark.parametrize(
    ("clock", "start", "hours", "end"),
    [
        (WEEK, (0, 10), 3, (0, 13)),
        (WEEK, (0, 16), 2, (1, 10)),
        (WEEK, (1, 16), 2, (4, 10)),
        (WEEK, (0, 9), 8, (0, 17)),
        (WEEK, (0, 6), 1, (0, 10)),
        (WEEK, (0, 20), 1, (1, 10)),
        (WEEK, (2, 12), 1, (4, 10)),
        (WEEK, (0, 12), 16, (4, 12)),
        (CHRISTMAS, (4, 16), 2, (10, 10)),
        (CHRISTMAS, (17, 16.5), 1, (19, 9.5)),
    ],
    ids=[
        "within a day",
        "overnight",
        "over the weekend",
        "a whole day ends at closing time",
        "before opening",
        "after closing",
        "on a Saturday",
        "two days",
        "over Christmas",
        "over Epiphany",
    ],
)
def test_so_many_working_hours_later(
    clock: Clock, start: tuple[int, float], hours: float, end: tuple[int, float]
) -> None:
    later = clock.later(np.array([moment(*start)]), np.array([hours * 60]))
    assert later.tolist() == [moment(*end)]


def test_nothing_follows_what_never_happened() -> None:
    assert WEEK.later(np.array([NEVER]), np.array([60])).tolist() == [NEVER]


def test_what_is_still_to_come_is_not_known() -> None:
    assert WEEK.known(np.array([moment(6, 23.5), moment(7, 0)])).tolist() == [moment(6, 23.5), NEVER]


def test_working_days() -> None:
    assert WEEK.workday(np.array([0, 2, 3, 4])).tolist() == [0, 4, 4, 4]
    assert WEEK.workday(np.array([1]), 2).tolist() == [5]
    assert WEEK.workday_before(np.array([1, 3, 4, 5])).tolist() == [0, 1, 1, 4]
    assert WEEK.is_workday(np.arange(7)).tolist() == [True, True, False, False, True, True, True]


def test_moments_and_days_as_text() -> None:
    assert WEEK.moment_texts(np.array([moment(0, 9), NEVER, moment(-1, 16.5)])) == [
        "2026-02-26 09:00",
        "",
        "2026-02-25 16:30",
    ]
    assert WEEK.day_texts(np.array([0, 2, NEVER])) == ["2026-02-26", "2026-02-28", ""]
