"""Golden values of the KPIs of the customer base, computed by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.errors import MissingRateError
from core.period import Grain
from tests.metrics.toy import ask, load, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.metrics.toy import Row
    from warehouse.snapshot import Snapshot

JUNE = period("2026-06-01", "2026-06-30")
LOADS = [load(1, exported_at=datetime(2026, 6, 30, 12))]  # noqa: DTZ001 - the warehouse keeps UTC without a zone


def customer(number: int, name: str | None, **columns: object) -> Row:
    """A customer since 2020."""
    row: Row = {"customer_id": number, "name": name, "since": "2020-01-01", "status": "existing", "load_id": 1}
    return row | columns


def mailing(number: int, segment: str, **columns: object) -> Row:
    """A mailing of 3 June to 100 recipients, of whom 80 got it."""
    row: Row = {"mailing_id": number, "segment": segment, "sent_on": "2026-06-03", "channel": "email", "load_id": 1}
    return row | {"recipients": 100, "delivered": 80} | columns


def order(number: int, customer_id: str, day: date, amount: float, currency: str = "EUR") -> Row:
    """The first line of an order."""
    row: Row = {"order_id": number, "line": 1, "customer_id": customer_id, "ordered_on": day, "load_id": 1}
    return row | {"amount": amount, "currency": currency}


class TestCards:
    """Five customers and a former one: what is not told of is left out, not taken as missing."""

    rows = (
        customer(1, "Nordwind GmbH", has_email=True, has_phone=True, updated_on="2026-06-30"),
        customer(2, "NORDWIND", has_email=True, has_phone=False, updated_on="2025-06-30"),
        customer(3, "Ост-Вест, ООО", has_email=False, updated_on=None, last_marketing_contact_on="2025-07-01"),
        customer(4, "ООО «Ост Вест»", segment="Retail", updated_on=None),
        customer(5, None, status="potential", since=None, has_email=True),
        customer(6, "Nordwind", status="former", has_email=False, updated_on="2026-06-30"),
    )

    def snapshot(self, folder: Path) -> Snapshot:
        return toy(folder, LOADS, customers=self.rows)

    def test_completeness(self, tmp_path: Path) -> None:
        # e-mail known of 1, 2, 5 of the four that tell, telephone of 1 of the two that tell: 4 of 6
        assert ask(self.snapshot(tmp_path), "contact_completeness", JUNE).value("contact_completeness") == 4 / 6

    def test_duplicates_differ_in_case_signs_and_legal_form(self, tmp_path: Path) -> None:
        # 2 repeats 1 and 4 repeats 3, of the four with a name; the former customer is no duplicate
        assert ask(self.snapshot(tmp_path), "duplicate_share", JUNE).value("duplicate_share") == 2 / 4

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Beta S.A.", "Beta SA"),
            ("Gamma Sp. z o.o.", "GAMMA sp z o o"),
            ("ООО «Вега»", "Вега"),
            ("Delta B.V.", "delta"),
        ],
    )
    def test_legal_forms_with_and_without_points(self, tmp_path: Path, one: str, other: str) -> None:
        rows = [self.rows[0] | {"customer_id": name, "name": name} for name in (one, other, "Else")]
        snapshot = toy(tmp_path, LOADS, customers=rows)
        assert ask(snapshot, "duplicate_share", JUNE).value("duplicate_share") == 1 / 3

    def test_fresh(self, tmp_path: Path) -> None:
        # On 30 June: 1 touched that day, 3 contacted 364 days before, 2 touched a year ago to the day
        assert ask(self.snapshot(tmp_path), "fresh_share", JUNE).value("fresh_share") == 2 / 5

    def test_without_any_dates_freshness_is_unknown(self, tmp_path: Path) -> None:
        rows = [row | {"updated_on": None, "last_marketing_contact_on": None} for row in self.rows]
        assert ask(toy(tmp_path, LOADS, customers=rows), "fresh_share", JUNE).value("fresh_share") is None

    def test_nothing_is_known_of_spring(self, tmp_path: Path) -> None:
        answer = ask(self.snapshot(tmp_path), "contact_completeness", period("2026-04-01", "2026-06-30"), Grain.MONTH)
        assert values(answer) == [None, 4 / 6, 4 / 6]


class TestMailings:
    """Three messages: one to existing customers, one to potential ones by messenger, one to both."""

    rows = (
        mailing(1, "existing", opened=40, clicked=8, unsubscribed=1),
        mailing(2, "potential", channel="messenger", delivered=90, opened=None, clicked=9),
        mailing(3, "existing", opened=20, clicked=4, unsubscribed=0),
        mailing(3, "potential", opened=10, clicked=0, unsubscribed=3),
    )

    def test_rates_leave_out_what_is_not_counted(self, tmp_path: Path) -> None:
        # delivered 80 + 90 + 80 + 80 of 400; opened 70 of the 240 that tell; clicked 21 of 330; unsubscribed 4 of 240
        answer = ask(toy(tmp_path, mailings=self.rows), "delivery_rate open_rate click_rate unsubscribe_rate", JUNE)
        assert values(answer) == [330 / 400, 70 / 240, 21 / 330, 4 / 240]

    def test_a_message_to_both_segments_counts_once(self, tmp_path: Path) -> None:
        rows = [*self.rows, mailing(4, "mixed", sent_on="2026-06-10"), mailing(5, "mixed", sent_on="2026-07-01")]
        answer = ask(toy(tmp_path, mailings=rows), "mixed_audience_mailings", JUNE, Grain.WEEK)
        assert values(answer) == [1, 1, 0, 0, 0]


class TestValue:
    """Recency, frequency and value on 30 June 2026, looking back 365 days: to 1 July 2025."""

    day = date(2026, 6, 30)

    def rows(self) -> list[Row]:
        def before(days: int) -> date:
            return self.day - timedelta(days=days)

        return [
            order(1, "big", before(0), 500),
            order(1, "big", before(0), 200) | {"line": 2},
            order(2, "big", before(200), 100),
            order(3, "middle", before(90), 150),
            order(4, "small", before(364), 30),
            order(5, "smaller", before(180), 20),
            order(6, "late", before(365), 9000),
        ]

    def test_segments(self, tmp_path: Path) -> None:
        # 1 000 in all: big 800 (before it 0), middle 150 (800 is 80 %: B), small 30 (950 is 95 %: C), smaller 20 (C)
        snapshot = toy(tmp_path, orders=self.rows())
        days = period("2026-06-30", "2026-06-30")
        answer = ask(snapshot, "customers_by_value", days, split=("value_band", "recency", "frequency"))
        assert answer.table[["value_band", "recency", "frequency"]].to_numpy().tolist() == [
            ["A", "0–89", "2–3"],
            ["B", "90–179", "1"],
            ["C", "180–364", "1"],
        ]
        assert values(answer) == [1, 1, 2]
        assert ask(snapshot, "customers_by_value", days).value("customers_by_value") == 4

    def test_bands_compare_money_in_one_currency(self, tmp_path: Path) -> None:
        # 1 000 złoty at 0.2 are 200 euros: less than 300
        rows = [order(1, "pl", self.day, 1000, "PLN"), order(2, "de", self.day, 300)]
        rates = [{"day": self.day, "currency": "PLN", "rate": "0.2"}]
        days = period("2026-06-30", "2026-06-30")
        answer = ask(
            toy(tmp_path, orders=rows, exchange_rates=rates), "customers_by_value", days, split=("value_band",)
        )
        # de brings 60 % and pl, after it, starts at 60 %: both belong to the first 80 %
        assert answer.table["value_band"].tolist() == ["A"]
        rows[0]["amount"] = 300
        answer = ask(
            toy(tmp_path, orders=rows, exchange_rates=rates), "customers_by_value", days, split=("value_band",)
        )
        # now 60 of 360: pl starts at 83 %
        assert answer.table["value_band"].tolist() == ["A", "B"]

    def test_a_missing_rate_is_told(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, orders=[order(1, "x", self.day, 300, "XTS"), order(2, "y", self.day, 300)])
        answer = ask(snapshot, "customers_by_value", period("2026-06-30", "2026-06-30"))
        assert isinstance(answer.failed["customers_by_value"], MissingRateError)


def test_leap_year(tmp_path: Path) -> None:
    # Twelve months before 29 February 2024 is 28 February 2023, so a card of 1 March 2023 is still fresh.
    loads = [load(1, exported_at=datetime(2024, 2, 29, 12))]  # noqa: DTZ001 - the warehouse keeps UTC without a zone
    rows = [customer(1, "a", updated_on="2023-03-01"), customer(2, "b", updated_on="2023-02-28")]
    rows.append(customer(3, "c", updated_on="2024-02-29"))
    answer = ask(toy(tmp_path, loads, customers=rows), "fresh_share", period("2024-02-29", "2024-02-29"))
    assert values(answer) == [2 / 3]
