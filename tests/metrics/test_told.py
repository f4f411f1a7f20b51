"""What an export has no column for is unknown, not 0: neither on days with rows nor on days without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.period import Grain
from tests.metrics.toy import Row, ask, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

DAYS = period("2026-06-01", "2026-06-03")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Something of everything on the first and the third of June, and nothing of what became of it."""

    def rows(key: str, day: str, time: str = " 10:00:00", **more: object) -> list[Row]:
        return [{key: n, day: f"2026-06-0{n}{time}", "load_id": 1} | more for n in (1, 3)]

    return toy(
        tmp_path_factory.mktemp("bare"),
        requests=rows("request_id", "created_at", due_at="2026-06-02 10:00:00"),
        tasks=rows("task_id", "created_at", due_on="2026-06-02"),
        content_items=rows("content_id", "published_on", ""),
        leads=rows("lead_id", "created_at"),
        deals=rows("deal_id", "closed_at", outcome="won", amount=5, currency="EUR", created_at="2026-06-01 10:00:00"),
    )


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.TOTAL])
@pytest.mark.parametrize(
    "kpi",
    [
        *("requests_solved", "sla_attainment", "tasks_done", "on_time_rate", "refreshed_content"),
        *("qualified_leads", "accepted_leads", "growth_revenue", "partner_revenue", "referred_revenue"),
    ],
)
def test_what_nobody_told_is_unknown_on_every_day(bare: Snapshot, kpi: str, grain: Grain) -> None:
    assert set(values(ask(bare, kpi, DAYS, grain))) == {None}


def test_what_is_told_is_0_on_quiet_days(bare: Snapshot) -> None:
    assert values(ask(bare, "requests_received", DAYS, Grain.DAY)) == [1, 0, 1]


def test_one_solved_request_tells_that_others_are_not(tmp_path: Path) -> None:
    asked: Row = {"created_at": "2026-06-01 10:00:00", "due_at": "2026-06-02 10:00:00", "load_id": 1}
    rows = [asked | {"request_id": 1}, asked | {"request_id": 2, "solved_at": "2026-06-03 10:00:00"}]
    answer = ask(toy(tmp_path, requests=rows), "requests_solved sla_attainment", DAYS)
    assert values(answer) == [1, 0]
