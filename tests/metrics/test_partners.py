"""Golden values of the KPIs of partners, computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.period import Grain
from metrics.movement import movement
from metrics.query import Query
from tests.metrics.toy import EURO, Row, ad, ask, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

JUNE = period("2026-06-01", "2026-06-30")
NAMES = "partner_revenue partner_share commissions commission_rate active_partners revenue_per_partner"
PARTNERS: list[Row] = [
    {"partner_id": "alfa", "name": "Alfa Systems", "commission_rate": 10, "load_id": 1},
    {"partner_id": "Beta", "commission_rate": None, "load_id": 1},
]


def deal(number: int, amount: float, partner: str | None = None, **values: object) -> Row:
    """A deal won in June."""
    row: Row = {"deal_id": number, "created_at": "2026-06-01 08:00:00", "closed_at": "2026-06-15 12:00:00"}
    return row | {"outcome": "won", "amount": amount, "currency": "EUR", "partner": partner, "load_id": 1} | values


DEALS = [
    deal(1, 1000, "Alfa Systems"),
    deal(2, 500, "alfa"),
    deal(3, 300, "Beta"),
    deal(4, 200, closed_at="2026-06-30 12:00:00"),
    deal(5, 900, "alfa", outcome="lost"),
]


def test_the_whole(tmp_path: Path) -> None:
    snapshot = toy(tmp_path, deals=DEALS, partners=PARTNERS)
    # 1800 of 2000; a tenth of 1500; Beta's rate is not known; two partners, one of them under two names
    assert values(ask(snapshot, NAMES, JUNE)) == pytest.approx([1800, 0.9, 150, 0.1, 2, 900])


def test_by_partner(tmp_path: Path) -> None:
    answer = ask(toy(tmp_path, deals=DEALS, partners=PARTNERS), "partner_revenue commissions", JUNE, split=("partner",))
    assert list(answer.table["partner"]) == ["Alfa Systems", "Beta", None] * 2
    assert values(answer) == [1500, 300, 0, 150, None, 0]


class TestUnmatchedRows:
    """A partner whom the directory does not know still brought the revenue; what it earns is not known."""

    def test_no_directory(self, tmp_path: Path) -> None:
        assert values(ask(toy(tmp_path, deals=DEALS), NAMES, JUNE))[:2] == [1800, 0.9]
        assert values(ask(toy(tmp_path, deals=DEALS[:3]), "commission_rate", JUNE)) == [None]


class TestFanOut:
    """Two entries of one name in the directory do not count a deal twice."""

    def test_one_name_twice(self, tmp_path: Path) -> None:
        twice = [*PARTNERS, PARTNERS[0] | {"partner_id": "alfa2"}]
        assert values(ask(toy(tmp_path, deals=DEALS, partners=twice), "partner_revenue commissions", JUNE)) == [
            1800,
            150,
        ]


class TestUnknownIsNotZero:
    """Deals of which none names a partner do not tell that partners brought nothing."""

    def test_partners_never_named(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, deals=[deal(1, 100), deal(2, 100, closed_at="2026-06-30 12:00:00")])
        assert values(ask(snapshot, "partner_revenue partner_share", JUNE)) == [None, None]


def expense(number: int, day: str, amount: float, **values: object) -> Row:
    """Something the department paid for itself."""
    row: Row = {"expense_id": number, "line": "1", "spent_on": day, "amount": amount, "currency": "EUR", "load_id": 1}
    return row | {"kind": "spend", "funded_by": "own", "channel": "event", "supplier": "Hall"} | values


class TestFunding:
    """Of 600 for ads, 300 for the fair and 100 for a webinar partners paid the webinar."""

    expenses = (
        expense(1, "2026-06-01", 300),
        expense(2, "2026-06-10", 100, funded_by="partner"),
        expense(3, "2026-06-11", 600, supplier="Google Ireland"),
        expense(4, "2026-06-30", 50, kind="discount", funded_by="partner"),
        expense(5, "2026-06-30", 0),
    )

    def test_with_ads(self, tmp_path: Path) -> None:
        ads = [ad("2026-06-01", cost=600), ad("2026-06-30", cost=0)]
        snapshot = toy(tmp_path, expenses=self.expenses, ad_performance=ads)
        assert values(ask(snapshot, "partner_funded_share", JUNE)) == [0.1]

    def test_without_ads_the_invoice_counts(self, tmp_path: Path) -> None:
        assert values(ask(toy(tmp_path, expenses=self.expenses), "partner_funded_share", JUNE)) == [0.1]


def test_supports(tmp_path: Path) -> None:
    done = [
        ("partners", "Joint Webinar prepared", None, "2026-06-01 09:00:00"),
        ("partners", "Post shared", "repost,social", "2026-06-30 09:00:00"),
        ("partners", "Совместный вебинар", None, "2026-06-12 09:00:00"),
        ("partners", "Partner kit updated", None, "2026-06-10 09:00:00"),
        ("partners", "Webinar planned", None, None),
        ("organic_content", "Webinar cut into posts", None, "2026-06-10 09:00:00"),
        ("partners", "Webinar", None, "2026-07-01 09:00:00"),
    ]
    rows: list[Row] = [
        {"task_id": n, "process": process, "title": title, "labels": labels, "done_at": done_at, "load_id": 1}
        | {"created_at": "2026-06-01 08:00:00"}
        for n, (process, title, labels, done_at) in enumerate(done)
    ]
    assert values(ask(toy(tmp_path, tasks=rows), "supports_given", JUNE)) == [3]


def test_what_nobody_told_does_not_move_from_zero_to_zero(tmp_path: Path) -> None:
    months = (period("2026-05-01", "2026-05-31"), JUNE)
    deals = [deal(1, 500, closed_at="2026-05-15 12:00:00", kind="new"), deal(2, 700, kind="new")]
    snapshot = toy(tmp_path, deals=deals)
    assert values(ask(snapshot, "partner_share", JUNE)) == [None]
    query = Query(("partner_share",), JUNE, Grain.TOTAL, ("kind",))
    assert movement(snapshot, query, months[0], EURO) is None
