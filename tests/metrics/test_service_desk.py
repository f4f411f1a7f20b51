"""Golden values of the service desk, computed by hand, and the clocks it is measured by."""

from __future__ import annotations

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


def request(number: int, created: str, **of: object) -> Row:
    """A request that came in at *created* (day of June 2026 and time), brought by load 1."""
    return {"request_id": number, "created_at": moment(created), "reopened": 0, "load_id": 1} | of


def moment(text: str) -> str:
    """The moment that a day of June 2026 and a time stand for."""
    day, time = text.split()
    return f"2026-06-{int(day):02d} {time}"


def served(number: int, created: str, solved: str = "", due: str = "", **of: object) -> Row:
    """A request with the moments of its solution and of its promise."""
    ends = {"solved_at": moment(solved) if solved else None, "due_at": moment(due) if due else None}
    return request(number, created, **(ends | of))


REQUESTS = (
    # In time to the minute; an hour late; promised and never solved; solved without a promise; open, promised for July.
    served(1, "1 09:00", "2 09:00", due="2 09:00", assignee="Ann", requester_group="manager"),
    served(2, "2 09:00", "4 10:00", due="4 09:00", assignee="Ann", requester_group="client", reopened=2),
    served(3, "3 09:00", due="5 09:00", assignee="Ann", requester_group="partner"),
    served(4, "8 09:00", "8 13:00", assignee="Bo", requester_group="manager", reopened=None),
    served(5, "9 09:00", due="30 09:00", assignee="Ann", requester_group=None),
    served(6, "10 09:00", "14 09:00", due="12 09:00", assignee=None, requester_group="client"),
)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return toy(tmp_path, requests=REQUESTS)


def test_what_came_in_and_what_was_solved(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "requests_received requests_solved backlog", WEEKS, Grain.WEEK)
    assert values(answer, "requests_received") == [3, 3]
    assert values(answer, "requests_solved") == [2, 2]
    # On 7 June number 3 is open; on 14 June numbers 3 and 5.
    assert values(answer, "backlog") == [1, 2]
    assert answer.statements == 1


def test_time_to_solution(snapshot: Snapshot) -> None:
    # 24, 49, 4 and 96 hours: the middle lies between 24 and 49; nine tenths of the way from first to last is at 2.7.
    answer = ask(snapshot, "resolution_hours resolution_hours_p90", WEEKS)
    assert values(answer) == pytest.approx([36.5, 49 + 0.7 * (96 - 49)])


def test_promises(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "sla_attainment", WEEKS, Grain.WEEK)
    # In the first week 1 of 3; in the second 0 of 1. That for 30 June is not due yet.
    assert answer.table[["numerator", "denominator"]].to_numpy().tolist() == [[1, 3], [0, 1]]


def test_shares(snapshot: Snapshot) -> None:
    # 1 of 3 that tell was reopened; 3 of 5 with a known sender are clients or partners
    assert values(ask(snapshot, "reopen_rate outside_requester_share", WEEKS)) == [1 / 3, 3 / 5]


def test_balance(snapshot: Snapshot) -> None:
    # On 14 June Ann has two open and Bo, at work, none: 2 ÷ 1. Nobody's requests are no specialist's.
    assert values(ask(snapshot, "load_balance", WEEKS)) == [2]


def test_balance_without_anything_open(tmp_path: Path) -> None:
    rows = [served(1, "1 09:00", "2 09:00", assignee="Ann")]
    assert values(ask(toy(tmp_path, requests=rows), "load_balance", WEEKS)) == [None]


class TestBusinessHours:
    """The clock of the office stands still at night, on weekends and on holidays."""

    @pytest.mark.parametrize(
        ("created", "answered", "hours"),
        [
            ("1 09:00", "1 11:30", 2.5),
            ("1 16:00", "2 10:00", 2),
            # Friday afternoon to Monday morning.
            ("5 16:00", "8 10:00", 2),
            # Asked and answered on Saturday.
            ("6 10:00", "6 12:00", 0),
            # Asked before the office opens.
            ("1 06:00", "1 09:30", 0.5),
            # Thursday 4 June is a holiday.
            ("3 16:30", "5 09:30", 1),
        ],
    )
    def test_hours(self, tmp_path: Path, created: str, answered: str, hours: float) -> None:
        rows = [request(1, created, first_response_at=moment(answered))]
        snapshot = toy(tmp_path, requests=rows, holidays=[{"day": "2026-06-04", "name": "Corpus Christi"}])
        assert values(ask(snapshot, "first_response_hours", WEEKS)) == [hours]

    def test_hours_of_the_plan(self, tmp_path: Path) -> None:
        # Mondays from 10 to 12, Saturdays from 8 to 10: from Monday 11:00 to Saturday 9:00 two hours pass.
        hours = [{"weekday": 1, "starts": "10:00", "ends": "12:00"}, {"weekday": 6, "starts": "08:00", "ends": "10:00"}]
        rows = [request(1, "1 11:00", first_response_at=moment("6 09:00"))]
        assert values(ask(toy(tmp_path, requests=rows, working_hours=hours), "first_response_hours", WEEKS)) == [2]

    def test_the_middle_one(self, tmp_path: Path) -> None:
        # 1, 2 and 7 hours: 2. An answer before the question is a mistake, and no answer is none.
        answered = [("1 10:00", 1), ("1 11:00", 2), ("1 16:00", 3), ("1 08:00", 4)]
        rows = [request(number, "1 09:00", first_response_at=moment(text)) for text, number in answered]
        snapshot = toy(tmp_path, requests=[*rows, request(5, "1 09:00")])
        assert values(ask(snapshot, "first_response_hours first_response_calendar_hours", WEEKS)) == [2, 2]


class TestDaylightSaving:
    """In Warsaw the night to Sunday 29 March 2026 has 23 hours, the one to 25 October 25; the office knows neither."""

    @pytest.mark.parametrize(
        ("created", "answered", "round_the_clock"),
        [
            # Friday 16:00 to Monday 10:00 by the clock on the wall, in UTC.
            ("2026-03-27 15:00", "2026-03-30 08:00", 65),
            ("2026-10-23 14:00", "2026-10-26 09:00", 67),
        ],
    )
    def test_hours(self, tmp_path: Path, created: str, answered: str, round_the_clock: int) -> None:
        rows = [request(1, "1 00:00", created_at=created, first_response_at=answered)]
        kpis, year = "first_response_hours first_response_calendar_hours", period("2026-01-01", "2026-12-31")
        assert values(ask(toy(tmp_path, requests=rows), kpis, year, reporting=WARSAW)) == [2, round_the_clock]

    def test_the_hour_that_comes_twice_is_one_day(self, tmp_path: Path) -> None:
        # 02:30 of 25 October comes at 00:30 and at 01:30 UTC; 24 October ends at 22:00 UTC.
        times = ("2026-10-24 21:59", "2026-10-24 22:00", "2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 22:59")
        rows = [request(number, "1 00:00", created_at=time) for number, time in enumerate(times)]
        days = period("2026-10-24", "2026-10-26")
        answer = ask(toy(tmp_path, requests=rows), "requests_received", days, Grain.DAY, WARSAW)
        assert values(answer)[:2] == [1, 4]


class TestTimeZoneEdge:
    """Sunday 7 June at 22:30 UTC is Monday in Warsaw: another day, another week, and no longer open on Sunday."""

    @pytest.mark.parametrize(("reporting", "received"), [(WARSAW, [0, 2]), (Configuration(time_zone="UTC"), [1, 1])])
    def test_weeks(self, tmp_path: Path, reporting: Configuration, received: list[float]) -> None:
        loads = [load(1, first_day="2026-06-01", last_day="2026-06-14")]
        snapshot = toy(tmp_path, loads, requests=[request(1, "7 22:30"), request(2, "14 12:00")])
        answer = ask(snapshot, "requests_received backlog", WEEKS, Grain.WEEK, reporting)
        assert values(answer, "requests_received") == received
        assert values(answer, "backlog") == [received[0], 2]


class TestDoubleCount:
    """A request open for two weeks is open once on each Sunday, and once at the end of both weeks together."""

    def test_backlog_is_a_state(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, requests=[request(1, "1 09:00"), served(2, "14 09:00", "14 10:00")])
        assert values(ask(snapshot, "backlog", WEEKS, Grain.WEEK)) == [1, 1]
        assert values(ask(snapshot, "backlog", WEEKS)) == [1]
        assert values(ask(snapshot, "backlog", period("2026-06-01", "2026-06-30"), Grain.MONTH)) == [1]


class TestChasm:
    """Requests received and open stand in two tables: together in one question each keeps its own count."""

    def test_by_assignee(self, snapshot: Snapshot) -> None:
        answer = ask(snapshot, "requests_received requests_solved backlog", WEEKS, split=("assignee",))
        assert list(answer.table["assignee"]) == ["Ann", "Bo", None] * 3
        assert values(answer) == [4, 1, 1, 2, 1, 1, 2, 0, 0]


class TestNegativeDurations:
    """Solved before it came in: a mistake of the tool, so its duration is unknown, not negative and not 0."""

    def test_they_do_not_count(self, tmp_path: Path) -> None:
        rows = [served(1, "5 09:00", "5 08:00"), served(2, "5 09:00", "5 19:00")]
        answer = ask(toy(tmp_path, requests=rows), "resolution_hours requests_solved", WEEKS)
        assert values(answer) == [10, 2]
