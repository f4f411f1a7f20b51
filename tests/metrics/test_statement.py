"""The one statement for a dataset: what it holds, and that values never become part of its text."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
import sqlglot
from sqlglot import exp

from core.period import Calendar, Grain
from metrics.buckets import Buckets
from metrics.compiled import Surroundings, text
from metrics.model import Is, Known, Sum
from metrics.statement import Bound, Part, Within, selection
from tests.metrics.toy import ad, ask, period, toy

if TYPE_CHECKING:
    from pathlib import Path

DAYS = period("2026-06-01", "2026-06-28")
WEEKS = Buckets(DAYS, Grain.WEEK, Calendar())
GOOGLE = Is("platform", ("google_ads",))
AROUND = Surroundings("UTC", (DAYS.end,), DAYS.end, DAYS, DAYS)
NASTY = '\'; DROP TABLE ad_performance; -- \\ \x00 $1 ? "x" \n Ł'


def statement(parts: list[Part], split: tuple[str, ...] = ()) -> tuple[str, list[object]]:
    """The text and the values of the statement for *parts*."""
    bind = Bound()
    return text([selection(parts, WEEKS, split, AROUND, bind)], bind, AROUND), bind.values


def test_each_sum_stands_once_and_filters_stand_once() -> None:
    parts = [Part(Sum("ad_performance", column), (GOOGLE,)) for column in ("cost", "clicks")]
    sql, values = statement(parts, ("campaign",))
    tree = sqlglot.parse_one(sql, read="duckdb")
    assert [total.sql() for total in tree.find_all(exp.Sum)] == ['SUM("cost")', 'SUM("clicks")']
    assert len(list(tree.find_all(exp.Count))) == 1
    assert values.count("google_ads") == 1
    assert tree.find(exp.Join, exp.Filter, exp.Case) is None


def test_sums_over_different_rows_have_their_own_filter() -> None:
    parts = [Part(Sum("search_performance", "clicks"), (Is("slice", (name,)),)) for name in ("query", "page")]
    tree = sqlglot.parse_one(statement(parts)[0], read="duckdb")
    assert len(list(tree.find_all(exp.Filter))) == 4


def test_a_sum_over_all_rows_beside_one_over_some() -> None:
    parts = [
        Part(Sum("search_totals", "clicks"), ()),
        Part(Sum("search_totals", "position_sum"), (Known("position_sum"),)),
    ]
    tree = sqlglot.parse_one(statement(parts)[0], read="duckdb")
    where = tree.args["where"].sql()
    assert "position_sum" not in where
    assert len(list(tree.find_all(exp.Filter))) == 2


def test_every_value_is_bound() -> None:
    within = Within(("site",), (((NASTY,), DAYS),))
    parts = [Part(Sum("search_totals", "clicks"), (Is("device", (NASTY, None)), within))]
    sql, values = statement(parts, ("site",))
    assert "DROP" not in sql
    assert values.count(NASTY) == 2
    assert date(2026, 6, 1) in values


@pytest.mark.parametrize("value", [NASTY, "O'Brien", "100 %", "", "{name}"])
def test_any_text_can_be_filtered_by(tmp_path: Path, value: str) -> None:
    rows = [ad("2026-06-01", campaign=value, clicks=1), ad("2026-06-01", campaign="other", clicks=2)]
    snapshot = toy(tmp_path, ad_performance=rows)
    answer = ask(snapshot, "clicks", DAYS, where={"campaign": (value,)}, split=("campaign",))
    assert answer.table[["campaign", "value"]].to_numpy().tolist() == [[value, 1]]


def test_many_readers_at_once_get_their_own_answers(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", campaign=str(number), clicks=number) for number in range(1, 9)]
    snapshot, start = toy(tmp_path, ad_performance=rows), Barrier(8)
    found: dict[int, set[float | None]] = {}

    def read(number: int) -> None:
        start.wait(timeout=10)
        where = {"campaign": (str(number),)}
        found[number] = {ask(snapshot, "clicks", DAYS, where=where).value("clicks") for _ in range(10)}

    readers = [Thread(target=read, args=(number,)) for number in range(1, 9)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(timeout=60)
    assert found == {number: {float(number)} for number in range(1, 9)}
