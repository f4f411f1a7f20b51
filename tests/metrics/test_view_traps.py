"""Each class names a way in which numbers go wrong once KPIs count views, and shows what must come out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.config import Configuration
from core.period import Calendar, Grain
from metrics.catalog import CATALOGUE
from metrics.model import Distinct, Mean, Quantile, Ratio, Sum
from metrics.service_desk import REQUESTS_RECEIVED
from metrics.tables import TABLES
from metrics.view import View
from tests.metrics.toy import Row, ad, ask, complete, load, period, toy, values

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metrics.model import Expression

    Declare = Callable[[str, Expression], None]

JUNE = period("2026-06-01", "2026-06-30")
# Two weeks: Monday 1 June to Sunday 14 June 2026.
WEEKS = period("2026-06-01", "2026-06-14")
LAST_28 = View(
    name="last_28",
    base="requests",
    sql="""
        SELECT moments.day, r.assignee, r.requester, 1 AS requests
        FROM moments
        JOIN requests AS r ON CAST(local(r.created_at) AS DATE) BETWEEN moments.day - 27 AND moments.day
    """,
    dimensions=("assignee", "requester"),
    measures=("requests",),
    reach=27,
    at_end=True,
)


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Adds a KPI to the catalogue, by the assignee, for as long as the test lasts."""
    monkeypatch.setitem(TABLES, LAST_28.name, LAST_28)

    def add(name: str, expression: Expression) -> None:
        kpi = replace(REQUESTS_RECEIVED, id=name, expression=expression, dimensions=("assignee",))
        monkeypatch.setitem(CATALOGUE, name, kpi)

    return add


def request(number: int, day: str, assignee: str | None = "Ann", **of: object) -> Row:
    """A request of noon UTC, brought by load 1."""
    return {"request_id": number, "created_at": f"{day} 12:00", "assignee": assignee, "load_id": 1} | of


def task(number: int, day: str, assignee: str | None = "Ann", **of: object) -> Row:
    """A task begun on one day and done on the next, brought by load 1."""
    begun = {"created_at": f"{day} 08:00", "started_at": f"{day} 09:00", "done_at": f"{day} 19:00"}
    return {"task_id": number, "assignee": assignee, "load_id": 1} | begun | of


class TestFanOut:
    """A customer with three audits, one of 1 June twice: one active customer, asked once."""

    def test_each_customer_once(self, tmp_path: Path) -> None:
        customers: list[Row] = [{"customer_id": 1, "status": "existing", "updated_on": "2026-06-30", "load_id": 1}]
        days = ("2026-06-01", "2026-06-01", "2026-06-20")
        audits: list[Row] = [
            {"answer_id": number, "customer_id": 1, "survey": "audit", "asked_on": day, "load_id": 1}
            for number, day in enumerate(days)
        ]
        answer = ask(toy(tmp_path, customers=customers, survey_answers=audits), "audit_coverage", JUNE)
        assert answer.table[["numerator", "denominator"]].to_numpy().tolist() == [[1, 1]]


class TestChasm:
    """Ann has two requests and three tasks: joined by her name they would be six of each."""

    def test_two_datasets_by_the_same_person(self, tmp_path: Path) -> None:
        requests = [request(number, "2026-06-02") for number in (1, 2)]
        tasks = [task(number, "2026-06-02") for number in (1, 2, 3)]
        snapshot = toy(tmp_path, requests=requests, tasks=tasks)
        answer = ask(snapshot, "requests_received tasks_done", JUNE, split=("assignee",))
        assert values(answer) == [2, 3]
        assert answer.statements == 2


class TestDoubleCount:
    """Ann and Bo asked in the first week, Ann and Cy in the second: 2 and 2 people, and 3 in both."""

    def test_distinct_counts_do_not_add_up(self, tmp_path: Path, declare: Declare) -> None:
        declare("people", Distinct("requests_received", "assignee"))
        days = {"2026-06-01": "Ann", "2026-06-02": "Bo", "2026-06-08": "Ann", "2026-06-14": "Cy"}
        rows = [request(number, day, name) for number, (day, name) in enumerate(days.items())]
        snapshot = toy(tmp_path, requests=[*rows, request(9, "2026-06-09", None)])
        assert values(ask(snapshot, "people", WEEKS, Grain.WEEK)) == [2, 2]
        assert values(ask(snapshot, "people", WEEKS)) == [3]

    def test_a_state_is_that_of_the_last_day(self, tmp_path: Path) -> None:
        # Open on both Sundays: one open request, not two; on the last day of each month likewise.
        snapshot = toy(tmp_path, requests=[request(1, "2026-06-01"), request(2, "2026-06-30", solved_at="2026-07-31")])
        assert values(ask(snapshot, "backlog", WEEKS, Grain.WEEK)) == [1, 1]
        assert values(ask(snapshot, "backlog", period("2026-06-01", "2026-07-31"), Grain.MONTH)) == [2, 1]
        assert values(ask(snapshot, "backlog", period("2026-06-01", "2026-07-31"))) == [1]


class TestAverageOfMedians:
    """1, 1 and 9 hours in the first week, 5 in the second: medians 1 and 5, of all four 3."""

    def test_quantiles_come_from_rows(self, tmp_path: Path, declare: Declare) -> None:
        declare("mean_hours", Mean("requests_received", "response_hours"))
        hours = {"2026-06-01": 13, "2026-06-02": 13, "2026-06-03": 21, "2026-06-08": 17}
        rows = [
            request(number, day, first_response_at=f"{day} {hour}:00")
            for number, (day, hour) in enumerate(hours.items())
        ]
        snapshot = toy(tmp_path, requests=rows)
        assert values(ask(snapshot, "first_response_calendar_hours", WEEKS, Grain.WEEK)) == [1, 5]
        assert values(ask(snapshot, "first_response_calendar_hours mean_hours", WEEKS)) == [3, 4]


class TestAverageOfRatios:
    """Ann did 1 of 1 on time, Bo 1 of 3: together 2 of 4, not the mean of 100 % and 33 %."""

    def test_over_people_and_weeks(self, tmp_path: Path) -> None:
        promised = [("Ann", "2026-06-02", "2026-06-02"), ("Bo", "2026-06-02", "2026-06-09")]
        promised += [("Bo", "2026-06-08", "2026-06-08"), ("Bo", "2026-06-02", "2026-06-09")]
        rows = [
            task(number, "2026-06-01", name, due_on=due, done_at=f"{done} 12:00")
            for number, (name, due, done) in enumerate(promised)
        ]
        snapshot = toy(tmp_path, tasks=rows)
        assert values(ask(snapshot, "on_time_rate", WEEKS, split=("assignee",))) == [1, 1 / 3]
        assert values(ask(snapshot, "on_time_rate", WEEKS, Grain.WEEK)) == [1 / 3, 1]
        assert values(ask(snapshot, "on_time_rate", WEEKS)) == [1 / 2]


class TestNullKeys:
    """What nobody was given is nobody's: a segment of its own, counted in the whole, found by a filter."""

    def test_segments_and_filter(self, tmp_path: Path) -> None:
        rows = [request(number, "2026-06-02", name) for number, name in enumerate((None, "", "Bo", None))]
        snapshot = toy(tmp_path, requests=rows)
        answer = ask(snapshot, "requests_received backlog", JUNE, split=("assignee",))
        assert list(answer.table["assignee"]) == ["", "Bo", None] * 2
        assert values(answer) == [1, 1, 2] * 2
        assert values(ask(snapshot, "requests_received backlog", JUNE, where={"assignee": (None,)})) == [2, 2]
        assert values(ask(snapshot, "requests_received", JUNE)) == [4]


class TestUnmatchedRows:
    """Answers of customers that are on no list count as answers; they cover no customer and are not lost."""

    def test_both_sides(self, tmp_path: Path) -> None:
        customers: list[Row] = [{"customer_id": 1, "status": "existing", "updated_on": "2026-06-30", "load_id": 1}]
        of: Row = {"survey": "audit", "asked_on": "2026-06-02", "load_id": 1}
        lost: list[Row] = [
            of | {"answer_id": 1, "customer_id": 99, "promise_kept": True},
            of | {"answer_id": 2, "customer_id": None, "promise_kept": False},
        ]
        snapshot = toy(tmp_path, customers=customers, survey_answers=lost)
        assert values(ask(snapshot, "promises_kept_rate audit_coverage", JUNE)) == [1 / 2, 0]


class TestSnowballingWindows:
    """One request on each Monday of June: the last 28 days always hold four, however long the period."""

    rows = tuple(request(n, day) for n, day in enumerate(("2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22")))

    def test_windows_are_not_added(self, tmp_path: Path, declare: Declare) -> None:
        declare("lately", Sum("last_28", "requests"))
        snapshot = toy(tmp_path, requests=[*self.rows, request(9, "2026-06-29")])
        weeks = period("2026-06-01", "2026-07-05")
        # The window to 28 June begins on the 1st; that to 5 July on the 8th.
        assert values(ask(snapshot, "lately", weeks, Grain.WEEK)) == [1, 2, 3, 4, 4]
        assert values(ask(snapshot, "lately", weeks)) == [4]
        assert values(ask(snapshot, "lately", JUNE, Grain.MONTH)) == [4]

    def test_a_window_that_begins_before_the_data_is_not_complete(self, tmp_path: Path, declare: Declare) -> None:
        declare("lately", Sum("last_28", "requests"))
        weeks = period("2026-06-01", "2026-07-05")
        answer = ask(toy(tmp_path, requests=[*self.rows, request(9, "2026-07-05")]), "lately", weeks, Grain.WEEK)
        assert complete(answer) == [False, False, False, True, True]

    def test_an_empty_window_is_nothing_only_where_it_is_known(self, tmp_path: Path, declare: Declare) -> None:
        declare("lately", Sum("last_28", "requests"))
        rows = [request(1, "2026-06-01", "Bo"), request(2, "2026-07-12", "Bo"), request(3, "2026-06-03")]
        days = period("2026-06-01", "2026-07-12")
        answer = ask(toy(tmp_path, requests=rows), "lately", days, Grain.WEEK, where={"assignee": ("Ann",)})
        assert values(answer) == [1, 1, 1, 1, 0, 0]

    def test_days_after_the_last_known_one_are_not_looked_at(self, tmp_path: Path) -> None:
        # Data ends on Wednesday 10 June: the state of that week is that of Wednesday, later weeks have none.
        loads = [load(1, exported_at="2026-06-11 08:00", last_day="2026-06-10")]
        snapshot = toy(tmp_path, loads, requests=[request(1, "2026-06-01"), request(2, "2026-06-10")])
        answer = ask(snapshot, "backlog", period("2026-06-01", "2026-06-28"), Grain.WEEK)
        assert values(answer) == [1, 2, None, None]
        assert complete(answer) == [True, False, False, False]


class TestTimeZoneEdge:
    """The last request of May in Berlin's evening is the first of June in Almaty, for sums and for states."""

    @pytest.mark.parametrize(("zone", "received"), [("Europe/Berlin", [1, 0]), ("Asia/Almaty", [0, 1])])
    def test_months(self, tmp_path: Path, zone: str, received: list[float]) -> None:
        loads = [load(1, first_day="2026-05-01", last_day="2026-06-30")]
        rows = [request(1, "2026-05-31", created_at="2026-05-31 20:00")]
        months, reporting = period("2026-05-01", "2026-06-30"), Configuration(time_zone=zone)
        answer = ask(toy(tmp_path, loads, requests=rows), "requests_received backlog", months, Grain.MONTH, reporting)
        assert values(answer, "requests_received") == received
        assert values(answer, "backlog") == [received[0], 1]


class TestIsoYearEdges:
    """Week 53 of 2026 runs from 28 December to 3 January: one week, two years, and one state at its end."""

    def test_sums_and_states(self, tmp_path: Path) -> None:
        days = ("2026-12-27", "2026-12-28", "2026-12-31", "2027-01-01", "2027-01-03")
        rows = [request(number, day) for number, day in enumerate(days)]
        snapshot, weeks = toy(tmp_path, requests=rows), period("2026-12-21", "2027-01-03")
        assert values(ask(snapshot, "requests_received", weeks, Grain.WEEK)) == [1, 4]
        assert values(ask(snapshot, "requests_received", weeks, Grain.YEAR)) == [3, 2]
        assert values(ask(snapshot, "backlog", weeks, Grain.WEEK)) == [1, 5]
        assert values(ask(snapshot, "backlog", weeks, Grain.YEAR)) == [3, 5]

    def test_weeks_from_sunday(self, tmp_path: Path) -> None:
        rows = [request(1, "2026-12-26"), request(2, "2026-12-27"), request(3, "2027-01-02")]
        weeks = period("2026-12-20", "2027-01-02")
        answer = ask(toy(tmp_path, requests=rows), "requests_received", weeks, Grain.WEEK, calendar=Calendar("sunday"))
        assert values(answer) == [1, 2]


class TestLeapYear:
    """February 2024 ends on the 29th; a window of 28 days to it begins on the 2nd."""

    def test_states_and_windows(self, tmp_path: Path, declare: Declare) -> None:
        declare("lately", Sum("last_28", "requests"))
        days = ("2024-02-01", "2024-02-02", "2024-02-29", "2024-03-01")
        snapshot = toy(tmp_path, requests=[request(number, day) for number, day in enumerate(days)])
        months = period("2024-02-01", "2024-03-31")
        assert values(ask(snapshot, "requests_received", months, Grain.MONTH)) == [3, 1]
        assert values(ask(snapshot, "backlog", period("2024-02-01", "2024-02-29"))) == [3]
        assert values(ask(snapshot, "lately", period("2024-02-01", "2024-02-29"))) == [2]


class TestDaylightSaving:
    """Sunday 29 March 2026 has 23 hours in Warsaw, 25 October 25: each is one day, and no request is lost."""

    @pytest.mark.parametrize(
        ("day", "moments", "received"),
        [
            ("2026-03-29", ("2026-03-28 22:59", "2026-03-28 23:00", "2026-03-29 01:00", "2026-03-29 21:59"), [1, 3, 0]),
            ("2026-10-25", ("2026-10-24 21:59", "2026-10-24 22:00", "2026-10-25 01:00", "2026-10-25 22:59"), [1, 3, 0]),
        ],
    )
    def test_days(self, tmp_path: Path, day: str, moments: tuple[str, ...], received: list[float]) -> None:
        rows = [request(number, day, created_at=moment) for number, moment in enumerate(moments)]
        middle = period(day, day)
        days = period(middle.moved(-1).start.isoformat(), middle.moved(1).end.isoformat())
        snapshot = toy(tmp_path, [load(1, last_day=days.end)], requests=rows)
        answer = ask(snapshot, "requests_received", days, Grain.DAY, Configuration(time_zone="Europe/Warsaw"))
        assert values(answer) == received


class TestSilentAndUnknown:
    """A day without requests has none; a measure that no row tells is unknown; both differ from not loaded."""

    def test_three_kinds_of_nothing(self, tmp_path: Path) -> None:
        rows = [request(1, "2026-06-02", requester_group=None), request(2, "2026-06-04", requester_group="client")]
        snapshot = toy(tmp_path, requests=rows)
        days = period("2026-06-01", "2026-06-04")
        assert values(ask(snapshot, "requests_received", days, Grain.DAY)) == [None, 1, 0, 1]
        assert values(ask(snapshot, "outside_requester_share", days, Grain.DAY)) == [None, None, None, 1]

    def test_no_rows_have_no_median(self, tmp_path: Path, declare: Declare) -> None:
        declare("middle", Quantile("requests_received", "response_hours"))
        snapshot = toy(tmp_path, requests=[request(1, "2026-06-01"), request(2, "2026-06-03")])
        assert values(ask(snapshot, "middle", period("2026-06-01", "2026-06-03"), Grain.DAY)) == [None] * 3


class TestNobodyEverTold:
    """Deals, leads and expenses whose tool never fills the column that tells: what it would tell is unknown, not 0."""

    @pytest.mark.parametrize(
        ("told", "names"),
        [
            ({}, "active_partners revenue_per_partner commissions referred_customers referral_share"),
            ({"partner": "Alfa"}, "commissions"),
        ],
    )
    def test_deals(self, tmp_path: Path, told: Row, names: str) -> None:
        won = {"deal_id": 1, "created_at": "2026-06-01 08:00", "closed_at": "2026-06-30 08:00", "outcome": "won"}
        snapshot = toy(tmp_path, deals=[won | {"amount": 100, "currency": "EUR", "load_id": 1} | told])
        assert values(ask(snapshot, names, JUNE)) == [None] * len(names.split())

    def test_days_without_a_deal_know_no_more_than_those_with_one(self, tmp_path: Path) -> None:
        open_deals: list[Row] = [
            {"deal_id": n, "created_at": f"{day} 08:00", "load_id": 1}
            for n, day in enumerate(("2026-06-01", "2026-06-03"))
        ]
        days = period("2026-06-01", "2026-06-03")
        assert values(ask(toy(tmp_path, deals=open_deals), "bids_submitted", days, Grain.DAY)) == [None] * 3

    def test_leads_and_expenses(self, tmp_path: Path) -> None:
        leads: list[Row] = [{"lead_id": 1, "created_at": "2026-06-02 08:00", "load_id": 1}]
        paid: Row = {
            "expense_id": 1,
            "line": "1",
            "spent_on": "2026-06-02",
            "amount": 9,
            "currency": "EUR",
            "load_id": 1,
        }
        snapshot = toy(tmp_path, leads=leads, expenses=[paid], ad_performance=[ad("2026-06-02", cost=1)])
        names = "active_referrers content_leads outside_funded_share expert_hours_cost"
        assert values(ask(snapshot, names, JUNE)) == [None] * 4

    def test_once_it_is_told_nobody_is_nobody(self, tmp_path: Path) -> None:
        leads: list[Row] = [
            {"lead_id": n, "created_at": f"{day} 08:00", "referrer": who, "load_id": 1}
            for n, (day, who) in enumerate((("2026-05-31", "Ann"), ("2026-06-30", None)))
        ]
        assert values(ask(toy(tmp_path, leads=leads), "active_referrers", JUNE)) == [0]


class TestDatasetsAside:
    """A ratio over two datasets: what one of them does not know is unknown, not a ratio of what the other has."""

    def test_cost_of_a_day_nobody_loaded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        expression = Ratio(Sum("requests_received", "requests"), Sum("ad_performance", "clicks"))
        kpi = replace(REQUESTS_RECEIVED, id="per_click", expression=expression, dimensions=(), alignment="By day.")
        monkeypatch.setitem(CATALOGUE, "per_click", kpi)
        snapshot = toy(
            tmp_path,
            requests=[request(1, "2026-06-01"), request(2, "2026-06-02")],
            ad_performance=[ad("2026-06-02", clicks=4)],
        )
        answer = ask(snapshot, "per_click", period("2026-06-01", "2026-06-02"), Grain.DAY)
        assert values(answer) == [None, 1 / 4]
