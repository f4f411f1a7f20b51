"""Golden values of the KPIs of customer growth, computed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.period import Grain
from tests.metrics.toy import Row, ask, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

JUNE = period("2026-06-01", "2026-06-30")
LAST_WEEK = period("2026-06-24", "2026-06-30")
YEAR = "attach_rate repeat_purchase_rate customer_value"


def deal(number: int, closed: str, amount: float, **values: object) -> Row:
    """A won deal of a customer, opened long before."""
    row: Row = {"deal_id": number, "created_at": "2025-06-01 08:00:00", "closed_at": f"{closed} 12:00:00"}
    return row | {"outcome": "won", "amount": amount, "currency": "EUR", "load_id": 1} | values


def order(number: int, customer: str | None, day: str, amount: float, **values: object) -> Row:
    """The first line of an order of product A."""
    row: Row = {"order_id": f"O{number}", "line": "1", "customer_id": customer, "ordered_on": day, "product": "A"}
    return row | {"amount": amount, "currency": "EUR", "load_id": 1} | values


OUTSIDE = order(4, "C3", "2025-06-30", 999, product="C")
ORDERS = [
    order(1, "C1", "2025-07-01", 100),
    order(1, "C1", "2025-07-01", 50, line="2", product="B"),
    order(2, "C1", "2026-06-01", 60),
    order(2, "C1", "2026-06-01", 20, line="2", product="B"),
    order(3, "C2", "2026-01-01", 40),
    OUTSIDE,
    order(5, None, "2026-06-30", 10),
]
DEALS = [
    deal(1, "2026-02-01", 1000, customer_id="C2"),
    deal(2, "2026-03-01", 300, customer_id="C4"),
    deal(3, "2025-07-01", 200, customer_id="C4"),
    deal(4, "2025-06-30", 5000, customer_id="C4"),
    deal(5, "2026-06-30", 7000, customer_id="C5", outcome="lost"),
]
CUSTOMERS: list[Row] = [
    {"customer_id": name, "segment": segment, "since": "2025-01-01", "load_id": 1}
    for name, segment in (("C1", "Retail"), ("C2", "Trade"), ("C3", "Trade"), ("C4", "Trade"))
]


class TestGrowth:
    """Won in June: 200 new, 100 upsell, 50 cross-sell, 150 renewal, and 500 of which the kind is not told."""

    deals = (
        deal(1, "2026-06-05", 200, kind="new"),
        deal(2, "2026-06-06", 100, kind="upsell", owner="Ann"),
        deal(3, "2026-06-07", 50, kind="cross_sell", owner="Ben"),
        deal(4, "2026-06-30", 150, kind="renewal"),
        deal(5, "2026-06-08", 500),
        deal(6, "2026-06-09", 800, kind="upsell", outcome="lost"),
        deal(7, "2026-05-31", 800, kind="upsell"),
    )

    def test_the_whole(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, deals=self.deals)
        assert values(ask(snapshot, "growth_revenue growth_share", JUNE)) == [150, 0.3]
        answer = ask(snapshot, "growth_revenue", JUNE, split=("owner",))
        assert values(answer) == [100, 50, 0]

    def test_kinds_never_told(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, deals=[deal(1, "2026-06-05", 200), deal(2, "2026-06-30", 100)])
        assert values(ask(snapshot, "growth_revenue growth_share", JUNE)) == [None, None]


class TestTheYear:
    """365 days up to 30 June 2026 begin on 1 July 2025."""

    def test_the_whole(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, orders=ORDERS, deals=DEALS, customers=CUSTOMERS)
        # C1 bought A and B in two orders, C2 A in one. C1 230, C2 40 (its deal is that order's), C4 500 in deals.
        assert values(ask(snapshot, YEAR, JUNE)) == pytest.approx([1.5, 0.5, 770 / 3])

    def test_by_segment(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, orders=ORDERS, deals=DEALS, customers=CUSTOMERS)
        answer = ask(snapshot, YEAR, JUNE, split=("segment",))
        assert list(answer.table["segment"]) == ["Retail", "Trade"] * 3
        assert values(answer) == [2, 1, 1, 0, 230, 270]

    def test_orders_alone(self, tmp_path: Path) -> None:
        assert values(ask(toy(tmp_path, orders=ORDERS), YEAR, JUNE)) == [1.5, 0.5, 135]

    def test_deals_alone(self, tmp_path: Path) -> None:
        assert values(ask(toy(tmp_path, deals=DEALS), YEAR, JUNE)) == [None, None, 750]

    def test_the_window_moves_by_days(self, tmp_path: Path) -> None:
        # On 29 June the window still has C3's order of 30 June 2025: three customers, one of them with two orders.
        snapshot = toy(tmp_path, orders=ORDERS)
        answer = ask(snapshot, "repeat_purchase_rate", period("2026-06-29", "2026-06-30"), Grain.DAY)
        assert values(answer) == pytest.approx([1 / 3, 0.5])

    def test_products_that_are_not_named(self, tmp_path: Path) -> None:
        orders = [OUTSIDE, order(1, "C1", "2026-06-01", 5, product=None), order(2, "C2", "2026-06-30", 5)]
        assert values(ask(toy(tmp_path, orders=orders), "attach_rate", JUNE)) == [1]

    def test_before_a_year_is_loaded_it_is_not_complete(self, tmp_path: Path) -> None:
        answer = ask(toy(tmp_path, orders=ORDERS[:5]), YEAR, period("2026-01-01", "2026-01-31"), Grain.MONTH)
        assert not answer.table["complete"].any()


class TestForeignMoney:
    """A zloty was worth 0.25 euros in January and 0.20 since June: each order counts at the rate of its day."""

    def test_customer_value(self, tmp_path: Path) -> None:
        rows = [
            OUTSIDE,
            *(order(n, "C1", day, 100, currency="PLN") for n, day in enumerate(("2026-01-01", "2026-06-30"))),
        ]
        first = date(2025, 6, 1)
        days = [first + timedelta(days=number) for number in range(400)]
        rates: list[Row] = [
            {"day": day, "currency": "PLN", "rate": 0.25 if day < date(2026, 6, 1) else 0.2, "load_id": 1}
            for day in days
        ]
        snapshot = toy(tmp_path, orders=rows, exchange_rates=rates)
        assert values(ask(snapshot, "customer_value average_order_value", JUNE)) == pytest.approx([45, 20])


class TestLeapYear:
    """365 days up to 30 June 2028 begin on 2 July 2027, since they hold 29 February."""

    def test_window(self, tmp_path: Path) -> None:
        orders = [
            order(0, "C0", "2026-01-01", 1),
            order(1, "C1", "2027-07-01", 10),
            order(2, "C2", "2027-07-02", 20),
            order(3, "C3", "2028-06-30", 40),
        ]
        loads: list[Row] = [{"load_id": 1, "name": "orders.csv", "exported_at": "2028-12-01 00:00:00"}]
        snapshot = toy(tmp_path, loads, orders=orders)
        assert values(ask(snapshot, "customer_value", period("2028-06-30", "2028-06-30"), Grain.DAY)) == [30]


class TestFanOut:
    """An order of two lines is one order; its two products are not two customers."""

    def test_average_order_value(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, orders=ORDERS, customers=CUSTOMERS)
        # 60 + 20 and 10
        assert values(ask(snapshot, "average_order_value", JUNE)) == [45]
        answer = ask(snapshot, "average_order_value", JUNE, split=("product",))
        assert list(answer.table["product"]) == ["A", "B"]
        assert values(answer) == [35, 20]


def test_missed_opportunities(tmp_path: Path) -> None:
    told = [("audit", "sales", 500), ("audit", "support", 300), ("audit", "support", None), ("nps", "sales", 999)]
    rows: list[Row] = [
        {"answer_id": n, "asked_on": f"2026-06-{1 if n == 0 else 30}", "survey": survey, "role": role, "load_id": 1}
        | {"opportunity_value": value, "currency": "EUR"}
        for n, (survey, role, value) in enumerate(told)
    ]
    snapshot = toy(tmp_path, survey_answers=rows)
    assert values(ask(snapshot, "missed_opportunity_value", JUNE)) == [800]
    assert values(ask(snapshot, "missed_opportunity_value", JUNE, split=("role",))) == [500, 300]
