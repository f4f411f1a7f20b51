"""Golden values of delivery, computed by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from core.config import Configuration
from core.period import Grain
from tests.metrics.toy import Row, ask, load, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

# Two weeks: Monday 1 June to Sunday 14 June 2026.
WEEKS = period("2026-06-01", "2026-06-14")
WARSAW = Configuration(currency="EUR", time_zone="Europe/Warsaw")
MADE = [load(1, exported_at=datetime(2026, 6, 15, 8))]  # noqa: DTZ001 - the warehouse keeps UTC without a zone


def task(number: int, created: str, started: str = "", done: str = "", due: str = "", **of: object) -> Row:
    """A task with its days of June 2026, each at nine o'clock, brought by load 1."""
    moments = {"created_at": created, "started_at": started, "done_at": done}
    row: Row = {"task_id": number, "due_on": f"2026-06-{int(due):02d}" if due else None, "load_id": 1}
    return row | {name: f"2026-06-{int(day):02d} 09:00" if day else None for name, day in moments.items()} | of


TASKS = (
    task(1, "1", "2", "3", due="3", estimate_hours=4, spent_hours=5, assignee="Ann"),
    task(2, "1", "2", "5", due="4", estimate_hours=8, spent_hours=6, assignee="Ann"),
    task(3, "2", "3", "9", due="10", estimate_hours=None, spent_hours=90, assignee="Bo"),
    # Promised for Sunday 7 June and still open; never begun; promised for July; done without telling its start.
    task(4, "3", "4", due="7", assignee="Bo"),
    task(5, "4", assignee=None),
    task(6, "8", "14", due="30", assignee="Bo"),
    task(7, "8", "", "12", estimate_hours=2, spent_hours=None, assignee="Ann"),
)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return toy(tmp_path, MADE, tasks=TASKS)


def test_done(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "tasks_done cycle_time_days cycle_time_days_p85 effort_accuracy", WEEKS)
    # 4 done; 1, 3 and 6 days, of which 85 % lie below 3 + 0.7 · 3; 5 + 6 hours of 4 + 8
    assert values(answer) == pytest.approx([4, 3, 5.1, 11 / 12])
    assert answer.statements == 1


def test_promised(snapshot: Snapshot) -> None:
    # In the first week 1 of 3, in the second 1 of 1; that for 30 June is not due yet.
    answer = ask(snapshot, "on_time_rate", WEEKS, Grain.WEEK)
    assert answer.table[["numerator", "denominator"]].to_numpy().tolist() == [[1, 3], [1, 1]]


def test_open_at_the_end_of_each_week(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "overdue_open work_in_progress oldest_open_days", WEEKS, Grain.WEEK)
    # On 7 June 3, 4 and 5 are open, the oldest since the 2nd; on 14 June 4, 5 and 6, the oldest since the 3rd.
    assert values(answer, "overdue_open") == [1, 1]
    assert values(answer, "work_in_progress") == [2, 2]
    assert values(answer, "oldest_open_days") == [5, 11]


def test_by_assignee(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "tasks_done work_in_progress oldest_open_days", WEEKS, split=("assignee",))
    assert list(answer.table["assignee"]) == ["Ann", "Bo", None] * 3
    assert values(answer) == [3, 1, 0, 0, 2, 0, None, 11, 10]


def test_projects(tmp_path: Path) -> None:
    states = ("on_track", "on_track", "at_risk", "late", "planned", "done", "stopped", None)
    projects: list[Row] = [
        {"project_id": number, "status": status, "load_id": 1} for number, status in enumerate(states)
    ]
    months = period("2026-04-01", "2026-06-30")
    snapshot = toy(tmp_path, MADE, projects=projects)
    # 2 of the 4 under way; the plan tells nothing of April.
    assert values(ask(snapshot, "projects_on_track", months, Grain.MONTH)) == [None, 0.5, 0.5]


class TestDoubleCount:
    """A task open for two weeks is one task at the end of both, not two."""

    def test_state_at_the_end(self, snapshot: Snapshot) -> None:
        assert values(ask(snapshot, "work_in_progress overdue_open", WEEKS)) == [2, 1]


class TestSameNumbersInTwoTrackers:
    """Number 1 of one board is not number 1 of the other: both count."""

    def test_both(self, tmp_path: Path) -> None:
        rows = [task(1, "1", "2", "3", system="a"), task(1, "1", "2", "4", system="b")]
        answer = ask(toy(tmp_path, tasks=rows), "tasks_done", WEEKS, split=("system",))
        assert values(answer) == [1, 1]


class TestUnknownIsNotZero:
    """A tracker that knows no start and no promise does not know that nothing is in progress or late."""

    def test_no_value(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, tasks=[task(1, "1"), task(2, "1", done="3")])
        answer = ask(snapshot, "work_in_progress overdue_open on_time_rate cycle_time_days oldest_open_days", WEEKS)
        # The oldest has been open since 1 June; the export, made later, speaks for a quiet week after 3 June.
        assert values(answer) == [None, None, None, None, 9]


class TestTimeZoneEdge:
    """Done on 3 June at 22:30 UTC is the 4th in Warsaw: a day late."""

    @pytest.mark.parametrize(("zone", "share"), [("UTC", 1), ("Europe/Warsaw", 0)])
    def test_on_time(self, tmp_path: Path, zone: str, share: float) -> None:
        rows = [task(1, "1", "2", due="3", done_at="2026-06-03 22:30")]
        answer = ask(toy(tmp_path, MADE, tasks=rows), "on_time_rate", WEEKS, reporting=Configuration(time_zone=zone))
        assert values(answer) == [share]


class TestDaylightSaving:
    """From noon to noon over the night of 29 March 2026 pass 23 hours."""

    def test_cycle_time(self, tmp_path: Path) -> None:
        moments = {"created_at": "2026-03-28 11:00", "started_at": "2026-03-28 11:00", "done_at": "2026-03-29 10:00"}
        rows = [task(1, "1", **moments)]
        days = period("2026-03-01", "2026-03-31")
        answer = ask(toy(tmp_path, tasks=rows), "cycle_time_days", days, reporting=WARSAW)
        assert values(answer) == [pytest.approx(23 / 24)]


class TestLeapYear:
    """Open from 28 February to 1 March 2024: two days, since there was a 29th."""

    def test_age(self, tmp_path: Path) -> None:
        rows = [task(1, "1", created_at="2024-02-28 09:00"), task(2, "1", created_at="2024-03-01 09:00")]
        days = period("2024-02-28", "2024-03-01")
        snapshot = toy(tmp_path, tasks=rows)
        assert values(ask(snapshot, "oldest_open_days", days, Grain.DAY)) == [0, 1, 2]
