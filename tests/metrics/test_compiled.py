"""Several tables of one dataset in one statement: how they are brought together, and told apart again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from core.config import Configuration
from core.period import Calendar, Grain
from metrics.buckets import Buckets
from metrics.compiled import Surroundings, answers, text
from metrics.evaluate import evaluate
from metrics.model import Is, Sum
from metrics.query import Query
from metrics.statement import Bound, Part, selection
from tests.metrics.toy import Row, ask, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from metrics.statement import Selection
    from warehouse.snapshot import Snapshot

DAYS = period("2026-06-01", "2026-06-14")
WEEKS = Buckets(DAYS, Grain.WEEK, Calendar())
ENDS = (date(2026, 6, 7), date(2026, 6, 14))
AROUND = Surroundings("Europe/Warsaw", ENDS, DAYS.end, DAYS, DAYS, {"PLN": [0.25] * 14}, "Our Company")
RECEIVED = Part(Sum("requests_received", "requests"), ())
OPEN = Part(Sum("requests_open", "requests"), ())


def compiled(*tables: tuple[Part, ...], split: tuple[str, ...] = ()) -> tuple[str, list[object], list[Selection]]:
    """The statement for *tables*, its values, and what it selects."""
    bind = Bound()
    selections = [selection(parts, WEEKS, split, AROUND, bind) for parts in tables]
    return text(selections, bind, AROUND), bind.values, selections


def requests(count: int = 3) -> list[Row]:
    """So many requests of 1 June that nobody answered, brought by load 1."""
    return [
        {"request_id": number, "created_at": "2026-06-01 12:00", "assignee": "Ann", "load_id": 1}
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("kpis", "statements"),
    [
        ("requests_received backlog first_response_hours requests_solved sla_attainment load_balance", 1),
        ("tasks_done on_time_rate overdue_open oldest_open_days cycle_time_days_p85", 1),
        ("requests_received backlog tasks_done on_time_rate nps csat", 3),
        ("bids_submitted win_rate win_rate_value loss_reasons", 1),
    ],
)
def test_one_statement_for_each_dataset(tmp_path: Path, kpis: str, statements: int) -> None:
    assert ask(toy(tmp_path, requests=requests()), kpis, DAYS, Grain.WEEK).statements == statements


def test_each_table_keeps_its_own_numbers(tmp_path: Path) -> None:
    solved: Row = {"request_id": 9, "created_at": "2026-06-01 12:00", "solved_at": "2026-06-09", "load_id": 1}
    rows = [*requests(), solved]
    answer = ask(toy(tmp_path, requests=rows), "backlog requests_received requests_solved", DAYS, Grain.WEEK)
    assert values(answer) == [4, 3, 4, 0, 0, 1]


def test_alone_and_together_they_say_the_same(tmp_path: Path) -> None:
    snapshot = toy(tmp_path, requests=requests())
    kpis = ["requests_received", "backlog", "load_balance", "first_response_hours", "outside_requester_share"]
    together = ask(snapshot, " ".join(kpis), DAYS, Grain.WEEK)
    assert [values(ask(snapshot, kpi, DAYS, Grain.WEEK)) for kpi in kpis] == [values(together, kpi) for kpi in kpis]


def test_one_table_stands_by_itself() -> None:
    sql, _values, (selected,) = compiled((RECEIVED,))
    assert "UNION" not in sql
    answer = pa.table({"bucket": [0], "sum_0": [1.0], "rows_0": [1]})
    assert answers([selected], answer) == [(selected, answer)]


def test_several_tables_are_told_apart_by_number() -> None:
    some = Part(Sum("requests_open", "requests"), (Is("kind", ("a",)),))
    sql, _values, selected = compiled((RECEIVED,), (OPEN, some))
    assert sql.count("UNION ALL") == 1
    # The first has no second sum: its place is empty.
    assert 'CAST(NULL AS DOUBLE) AS "sum_1"' in sql
    answer = pa.table({"selection": [1, 0, 1], "bucket": [0, 0, 1]})
    assert [part["bucket"].to_pylist() for _, part in answers(selected, answer)] == [[0], [0, 1]]


def test_what_views_ask_for_is_made_and_bound_once() -> None:
    specialists = Part(Sum("specialists", "open_requests"), ())
    sql, bound, _selected = compiled((OPEN,), (specialists,))
    assert sql.count("moments AS (") == sql.count("requests_open AS (") == 1
    assert sql.index("requests_open AS (") < sql.index("specialists AS (")
    assert bound.count(list(ENDS)) == 1
    assert all(f"${number}" in sql for number in range(1, len(bound) + 1))


def test_views_nobody_asks_for_are_left_out() -> None:
    sql, _bound, _selected = compiled((RECEIVED,))
    assert "requests_received AS (" in sql
    assert not [name for name in ("moments", "rates", "office", "requests_open") if f"{name} AS (" in sql]


def test_money_is_bound_only_where_money_is_asked_for() -> None:
    bids, amount = Part(Sum("bids_entered", "bids"), ()), Part(Sum("bids_decided", "amount"), ())
    sql, bound, _selected = compiled((bids,), (amount,))
    assert bound.count([0.25] * 14) == 1
    assert all(f"${number}" in sql for number in range(1, len(bound) + 1))


def test_names_and_zones_are_bound_not_written() -> None:
    sql, bound, _selected = compiled((Part(Sum("news", "own_releases"), ()),))
    assert "our company" in bound
    assert "our company" not in sql.lower()
    sql, bound, _selected = compiled((RECEIVED,))
    assert "Europe/Warsaw" in bound
    assert "Warsaw" not in sql


@pytest.fixture
def bids(tmp_path: Path) -> Snapshot:
    deal: Row = {"created_at": "2026-06-02", "closed_at": "2026-06-09", "outcome": "won", "load_id": 1}
    deal |= {"deal_id": 1, "is_tender": True, "amount": 100, "currency": "PLN"}
    rates: list[Row] = [{"day": f"2026-06-{day:02d}", "currency": "PLN", "rate": 0.25} for day in range(1, 15)]
    return toy(tmp_path, deals=[deal], exchange_rates=rates)


def test_foreign_money_beside_a_table_without_any(bids: Snapshot) -> None:
    query = Query(("bids_submitted", "win_rate_value"), DAYS, Grain.TOTAL)
    answer = evaluate(bids, query, Configuration(currency="EUR", time_zone="UTC"))
    assert [answer.value(kpi) for kpi in query.kpis] == [1, 1]
    assert list(answer.series("win_rate_value")["numerator"]) == [25]
