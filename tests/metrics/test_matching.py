"""Query coverage: clicks by query over the site's clicks, on the days and sites that both have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.period import Grain
from tests.metrics.toy import ask, by_query, complete, load, period, total, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.metrics.toy import Row

JUNE = period("2026-06-01", "2026-06-30")
TOTALS = [total(f"2026-06-{day:02d}", clicks=10) for day in range(1, 31)]


def coverage(folder: Path, queries: list[Row], days: str = "2026-06-01 2026-06-30", **options: object) -> float | None:
    loads = [load(1), load(2)]
    snapshot = toy(folder, loads, search_totals=TOTALS, search_performance=queries)
    return ask(snapshot, "query_coverage", period(*days.split()), **options).value("query_coverage")  # type: ignore[arg-type]


def test_the_same_days(tmp_path: Path) -> None:
    # Queries are loaded for 1–10 June only: 60 of the 100 clicks of those days, not of the month's 300.
    assert coverage(tmp_path, [by_query(f"2026-06-{day:02d}", clicks=6) for day in range(1, 11)]) == 0.6


def test_a_day_without_visible_queries_counts_below(tmp_path: Path) -> None:
    assert coverage(tmp_path, [by_query("2026-06-01", clicks=6), by_query("2026-06-03", clicks=6)]) == 12 / 30


def test_a_row_for_several_days(tmp_path: Path) -> None:
    assert coverage(tmp_path, [by_query("2026-06-01", "2026-06-28", clicks=140)]) == 0.5


def test_a_row_that_the_period_cuts_counts_neither_above_nor_below(tmp_path: Path) -> None:
    queries = [by_query("2026-05-20", "2026-06-10", clicks=999), by_query("2026-06-11", "2026-06-20", clicks=50)]
    assert coverage(tmp_path, queries) == 0.5


def test_a_row_whose_days_are_not_all_in_the_totals_does_not_count(tmp_path: Path) -> None:
    queries = [by_query("2026-06-01", "2026-06-10", clicks=40), by_query("2026-06-11", "2026-07-05", clicks=200)]
    assert coverage(tmp_path, queries, "2026-06-01 2026-07-31") == 0.4


def test_the_same_sites(tmp_path: Path) -> None:
    totals = [*TOTALS, *(total(f"2026-06-{day:02d}", clicks=70, site="b.example") for day in range(1, 31))]
    queries = [by_query(f"2026-06-{day:02d}", clicks=6) for day in range(1, 31)]
    snapshot = toy(tmp_path, search_totals=totals, search_performance=queries)
    answer = ask(snapshot, "query_coverage", JUNE)
    assert values(answer) == [0.6]
    assert (answer.table["numerator"][0], answer.table["denominator"][0]) == (180, 300)
    by_site = ask(snapshot, "organic_clicks query_coverage", JUNE, split=("site",))
    assert values(by_site) == [2100, 300, None, 0.6]


def test_weeks_between_exports_have_no_coverage(tmp_path: Path) -> None:
    queries = [
        by_query("2026-06-01", "2026-06-07", clicks=35),
        by_query("2026-06-22", "2026-06-28", clicks=7, load_id=2),
    ]
    loads = [load(1), load(2)]
    snapshot = toy(tmp_path, loads, search_totals=TOTALS, search_performance=queries)
    answer = ask(snapshot, "query_coverage", period("2026-06-01", "2026-06-28"), Grain.WEEK)
    assert values(answer) == [0.5, None, None, 0.1]
    assert complete(answer) == [True, False, False, True]


def test_rows_by_query_of_a_site_without_totals(tmp_path: Path) -> None:
    assert coverage(tmp_path, [by_query("2026-06-01", clicks=6, site="b.example")]) is None


def test_one_statement_for_each_dataset(tmp_path: Path) -> None:
    snapshot = toy(tmp_path, search_totals=TOTALS, search_performance=[by_query("2026-06-01", clicks=6)])
    answer = ask(snapshot, "query_coverage organic_clicks query_clicks page_clicks", JUNE)
    assert answer.statements == 2
    assert values(answer) == [0.6, 300, 6, None]
