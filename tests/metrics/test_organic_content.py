"""Golden values of the search KPIs, computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.period import Grain
from tests.metrics.toy import Row, ask, by_query, complete, period, total, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

DAYS = period("2026-06-01", "2026-06-02")
# Day, device, clicks, impressions, average position.
TOTALS = [
    ("2026-06-01", "mobile", 6, 100, 4.5),
    ("2026-06-01", "desktop", 4, 50, 9.0),
    ("2026-06-02", "mobile", 0, 10, 30.0),
    ("2026-06-02", "desktop", 5, 40, 2.0),
]
# Day, query, clicks, impressions, average position.
QUERIES = [
    ("2026-06-01", "erp", 5, 60, 3.0),
    ("2026-06-01", "crm", 1, 20, 11.0),
    ("2026-06-02", "erp", 3, 20, 2.0),
]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    totals = [
        total(day, device=device, clicks=clicks, impressions=shown, position_sum=position * shown)
        for day, device, clicks, shown, position in TOTALS
    ]
    queries = [
        by_query(day, query=query, clicks=clicks, impressions=shown, position_sum=position * shown)
        for day, query, clicks, shown, position in QUERIES
    ]
    pages = [row | {"slice": "page", "page": f"/{row['query']}", "query": None} for row in queries]
    return toy(tmp_path, search_totals=totals, search_performance=[*queries, *pages])


def test_the_site(snapshot: Snapshot) -> None:
    kpis = "organic_clicks organic_impressions organic_ctr average_position query_coverage"
    # 15 clicks of 200 impressions; (450 + 450 + 300 + 80) / 200; 9 of the 15 clicks show their query
    assert values(ask(snapshot, kpis, DAYS)) == pytest.approx([15, 200, 0.075, 6.4, 0.6])


def test_by_day(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "average_position query_coverage", DAYS, Grain.DAY)
    assert values(answer) == pytest.approx([6, 7.6, 0.6, 0.6])


def test_by_device(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "organic_clicks average_position", DAYS, split=("device",))
    assert list(answer.table["device"]) == ["desktop", "mobile"] * 2
    assert values(answer) == pytest.approx([9, 6, 530 / 90, 750 / 110])


def test_by_query(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "query_clicks query_impressions query_ctr query_position", DAYS, split=("query",))
    assert list(answer.table["query"]) == ["crm", "erp"] * 4
    assert values(answer) == pytest.approx([1, 8, 20, 80, 0.05, 0.1, 11, 220 / 80])


def test_by_page(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "page_clicks page_impressions page_ctr page_position", DAYS, split=("page",))
    assert list(answer.table["page"]) == ["/crm", "/erp"] * 4
    assert values(answer) == pytest.approx([1, 8, 20, 80, 0.05, 0.1, 11, 220 / 80])


def test_one_query(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "query_clicks page_clicks", DAYS, where={"query": ("erp",)}, lenient=True)
    assert values(answer) == [8, 9]


class TestBrand:
    """12 clicks by query, of which 4 asked for the brand in one way or another."""

    queries = tuple(
        by_query("2026-06-01", query=query, clicks=clicks, impressions=10)
        for query, clicks in (("erp", 8), ("Bright Water erp", 3), ("brightwater prices", 1))
    )
    pages = (by_query("2026-06-01", query=None, slice="page", page="/", clicks=100),)

    def test_share(self, tmp_path: Path) -> None:
        # Two terms in one query count its clicks once.
        terms: list[Row] = [{"term": "BrightWater"}, {"term": "bright"}, {"term": " "}]
        snapshot = toy(tmp_path, search_performance=[*self.queries, *self.pages], brand_terms=terms)
        assert ask(snapshot, "non_brand_click_share", DAYS).value("non_brand_click_share") == 8 / 12

    def test_without_terms_it_is_unknown(self, tmp_path: Path) -> None:
        answer = ask(toy(tmp_path, search_performance=self.queries), "non_brand_click_share", DAYS)
        assert values(answer) == [None]


class TestPlaces:
    """On 28 June: the rows that end from 1 to 28 June. Positions are averages weighted by impressions."""

    rows = (
        by_query("2026-05-31", query="gone", impressions=500, position_sum=500),
        by_query("2026-06-01", query="first", impressions=10, position_sum=20),
        by_query("2026-06-28", query="first", impressions=30, position_sum=100),
        by_query("2026-06-02", query="near", impressions=30, position_sum=150),
        by_query("2026-06-03", query="near", impressions=20, position_sum=50),
        by_query("2026-06-03", query="rare", impressions=49, position_sum=490),
        by_query("2026-05-25", "2026-06-01", query="far", impressions=50, position_sum=1000),
        by_query("2026-06-04", query="beyond", impressions=100, position_sum=2001),
        by_query("2026-06-04", query="unknown", impressions=100, position_sum=None),
    )
    last = period("2026-06-28", "2026-06-28")
    kpis = "top3_queries top10_queries striking_distance_queries"

    def test_golden(self, tmp_path: Path) -> None:
        # first: 120 / 40 = 3; near: 200 / 50 = 4; rare: 10, seldom seen; far: 20; beyond: 20.01
        answer = ask(toy(tmp_path, search_performance=self.rows), self.kpis, self.last)
        assert values(answer) == [1, 3, 2]

    def test_a_query_of_two_sites_counts_once(self, tmp_path: Path) -> None:
        rows = [*self.rows, *(row | {"site": "firm.example"} for row in self.rows)]
        assert values(ask(toy(tmp_path, search_performance=rows), self.kpis, self.last)) == [1, 3, 2]

    def test_rows_for_weeks_leave_the_end_of_a_month_complete(self, tmp_path: Path) -> None:
        rows = [by_query(f"2026-06-{day}", f"2026-06-{day + 6}", impressions=9, position_sum=9) for day in (15, 22)]
        rows.append(by_query("2026-06-29", "2026-07-05", impressions=9, position_sum=9))
        answer = ask(toy(tmp_path, search_performance=rows), "top3_queries", period("2026-06-29", "2026-07-05"))
        assert (values(answer), answer.warnings) == ([1], ())
        answer = ask(toy(tmp_path, search_performance=rows), "top3_queries", period("2026-06-30", "2026-06-30"))
        assert (values(answer), answer.warnings) == ([1], ())

    def test_tracked_keywords_stand_where_they_stood_last(self, tmp_path: Path) -> None:
        def rank(day: str, keyword: str, position: float | None, engine: str = "uk") -> dict[str, object]:
            return {"day": day, "site": "s", "keyword": keyword, "engine": engine, "position": position, "load_id": 1}

        ranks = [
            rank("2026-05-31", "gone", 1),
            rank("2026-06-01", "fell", 3),
            rank("2026-06-08", "fell", 11),
            rank("2026-06-08", "rose", 10),
            rank("2026-06-08", "both", 2),
            rank("2026-06-08", "both", 5, engine="pl"),
            rank("2026-06-28", "nowhere", None),
        ]
        answer = ask(toy(tmp_path, keyword_ranks=ranks), "ranked_keywords_top10", self.last)
        assert (values(answer), complete(answer)) == ([2], [True])
