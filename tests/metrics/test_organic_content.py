"""Golden values of the search KPIs, computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.period import Grain
from tests.metrics.toy import ask, by_query, period, total, toy, values

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
