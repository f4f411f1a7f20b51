"""Golden values of the KPIs of content, computed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.config import Configuration
from core.period import Grain
from metrics.evaluate import evaluate
from metrics.query import Query
from tests.metrics.toy import ask, by_query, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.metrics.toy import Row

JUNE = period("2026-06-01", "2026-06-30")
REFRESHED = date(2026, 6, 10)


def piece(number: str, day: str | None, kind: str = "article", **columns: object) -> Row:
    """A piece of content."""
    return {"content_id": number, "kind": kind, "published_on": day, "currency": "EUR", "load_id": 1} | columns


def by_page(day: date, clicks: int, last: date | None = None, **columns: object) -> Row:
    """A row of search_performance by page: of the refreshed page unless said otherwise."""
    row: Row = {"slice": "page", "query": None, "page": "https://www.firm.example/guide/"}
    return by_query(f"{day}", f"{last or day}") | row | {"clicks": clicks, "impressions": 100} | columns


class TestPublished:
    """A pillar of 2025 and one of June with two pieces derived, of which one is to come."""

    rows = (
        piece("old", "2025-06-30", "Report", cost=900),
        piece("p", "2026-06-01", "E-Book", cost=300),
        piece("a", "2026-06-02", pillar="p", cost=50),
        piece("b", "2026-07-02", "post", pillar="p"),
        piece("c", "2026-06-30", "landing", pillar="old"),
        piece("d", None),
        piece("e", "2026-07-09"),
    )

    def test_pieces_and_pillars(self, tmp_path: Path) -> None:
        answer = ask(toy(tmp_path, content_items=self.rows), "content_published pillars_published", JUNE)
        assert values(answer) == [3, 1]

    def test_derivatives_of_the_pillars_of_a_year(self, tmp_path: Path) -> None:
        # On 29 June both pillars count: 1 piece; on 30 June the old one is a year old: p alone has 1, later 2.
        snapshot = toy(tmp_path, content_items=self.rows)
        answer = ask(snapshot, "derivatives_per_pillar", period("2026-06-29", "2026-07-02"), Grain.DAY)
        assert values(answer) == [1 / 2, 1, 1, 2]

    def test_cost_of_a_lead_does_not_multiply_pieces_with_leads(self, tmp_path: Path) -> None:
        # 350 euros of pieces; three leads from organic search or content, one from an ad
        leads = [
            {"lead_id": 1, "created_at": "2026-06-01 10:00", "medium": "Organic", "load_id": 1},
            {"lead_id": 2, "created_at": "2026-06-02 10:00", "channel": "content", "load_id": 1},
            {"lead_id": 3, "created_at": "2026-06-03 10:00", "channel": "organic", "medium": "organic", "load_id": 1},
            {"lead_id": 4, "created_at": "2026-06-04 10:00", "medium": "cpc", "load_id": 1},
            {"lead_id": 5, "created_at": "2026-07-08 10:00", "medium": "cpc", "load_id": 1},
        ]
        answer = ask(toy(tmp_path, content_items=self.rows, leads=leads), "content_leads cost_per_content_lead", JUNE)
        assert values(answer) == pytest.approx([3, 350 / 3])

    def test_a_lead_counts_on_the_day_it_is_where_the_team_works(self, tmp_path: Path) -> None:
        # 30 June 22:30 UTC is 1 July 00:30 in Warsaw.
        leads = [
            {"lead_id": n, "created_at": moment, "medium": "organic", "load_id": 1}
            for n, moment in enumerate(("2026-06-01 10:00", "2026-06-30 22:30", "2026-07-08 10:00"))
        ]
        query = Query(("content_leads",), period("2026-06-01", "2026-06-30"), Grain.MONTH)
        snapshot = toy(tmp_path, leads=leads)
        warsaw = Configuration(currency="EUR", time_zone="Europe/Warsaw")
        assert evaluate(snapshot, query, warsaw).value("content_leads") == 1


class TestRefreshes:
    """A page refreshed on 10 June: its clicks on the 28 days before and the 28 days after, the day itself left out."""

    item = piece("r", "2025-01-01", url="http://firm.example/guide?from=sheet", refreshed_on=REFRESHED)

    def daily(self, before: int, after: int) -> list[Row]:
        days = [REFRESHED + timedelta(days=n) for n in range(-40, 41)]
        return [by_page(day, after if day > REFRESHED else before if day < REFRESHED else 1000) for day in days]

    def test_counted_on_its_day(self, tmp_path: Path) -> None:
        rows = [self.item, piece("never", "2026-06-01")]
        answer = ask(toy(tmp_path, content_items=rows), "refreshed_content", period("2026-06-09", "2026-06-10"))
        assert values(answer) == [1]

    def test_gain_by_days(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, content_items=[self.item], search_performance=self.daily(2, 3))
        answer = ask(snapshot, "refresh_gain", JUNE)
        # 28 × 3 = 84 after, 28 × 2 = 56 before: half as many again
        assert answer.table[["value", "numerator", "denominator"]].to_numpy().tolist() == [[0.5, 28, 56]]

    def test_the_same_page_in_two_properties_counts_once(self, tmp_path: Path) -> None:
        rows = self.daily(2, 3)
        rows += [row | {"site": "https://www.firm.example/", "clicks": 1} for row in rows]
        answer = ask(toy(tmp_path, content_items=[self.item], search_performance=rows), "refresh_gain", JUNE)
        assert answer.value("refresh_gain") == 0.5

    def test_gain_by_weeks(self, tmp_path: Path) -> None:
        # Wednesday 10 June: the weeks from 11 May to 7 June before, those from 15 June to 12 July after.
        weeks = [date(2026, 5, 4) + timedelta(weeks=n) for n in range(12)]
        rows = [by_page(day, 10 if day < REFRESHED else 5, day + timedelta(days=6)) for day in weeks]
        rows[5]["clicks"] = 999
        answer = ask(toy(tmp_path, content_items=[self.item], search_performance=rows), "refresh_gain", JUNE)
        assert answer.table[["value", "numerator", "denominator"]].to_numpy().tolist() == [[-0.5, -20, 40]]

    def test_without_all_days_after_it_is_unknown(self, tmp_path: Path) -> None:
        rows = [row for row in self.daily(2, 3) if row["day"] <= REFRESHED + timedelta(days=27)]  # type: ignore[operator]
        answer = ask(toy(tmp_path, content_items=[self.item], search_performance=rows), "refresh_gain", JUNE)
        assert answer.table["denominator"].isna().all()
