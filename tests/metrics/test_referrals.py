"""Golden values of the KPIs of referrals, computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.metrics.toy import Row, ask, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

JUNE = period("2026-06-01", "2026-06-30")
NAMES = "referred_leads referred_customers referral_share referred_revenue active_referrers referral_conversion_rate"


def lead(number: int, day: str, **values: object) -> Row:
    """A lead of which nothing is told but its day."""
    return {"lead_id": f"L{number}", "created_at": f"2026-06-{day} 08:00:00", "load_id": 1} | values


def deal(number: int, day: str, **values: object) -> Row:
    """A won deal of kind new with a customer of its own."""
    row: Row = {"deal_id": number, "customer_id": f"C{number}", "outcome": "won", "kind": "new", "currency": "EUR"}
    return row | {"created_at": "2026-06-01 09:00:00", "closed_at": f"2026-06-{day} 12:00:00", "load_id": 1} | values


LEADS = [
    lead(1, "01", referrer="Anna Foods"),
    lead(2, "02", referrer="Anna Foods", medium="email"),
    lead(3, "03", referrer="Brick Co"),
    lead(4, "04", channel="Referral"),
    lead(5, "05", source="google", medium="cpc"),
    lead(6, "30"),
]
DEALS = [
    deal(1, "20", lead_id="L1", amount=100),
    deal(2, "21", customer_id="C1", kind="upsell", referrer="Brick Co", amount=50),
    deal(3, "22", lead_id="L5", amount=300),
    deal(4, "29", lead_id="L4", amount=200),
    deal(5, "30", lead_id="L3", amount=999, outcome="lost"),
]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return toy(tmp_path, leads=LEADS, deals=DEALS)


def test_the_whole(snapshot: Snapshot) -> None:
    # L1 to L4 were referred, by two people as far as is told. Of the new customers C1, C3 and C4 the first and the last
    # came by them, who brought 100 + 50 + 200. Two of the four leads became customers.
    assert values(ask(snapshot, NAMES, JUNE)) == pytest.approx([4, 2, 2 / 3, 350, 2, 0.5])


def test_by_referrer(snapshot: Snapshot) -> None:
    names = "referred_leads referred_customers referred_revenue active_referrers"
    answer = ask(snapshot, names, JUNE, split=("referrer",))
    assert list(answer.table["referrer"]) == ["Anna Foods", "Brick Co", None] * 4
    assert values(answer) == [2, 1, 1, 1, 0, 1, 100, 50, 200, 1, 1, 0]


class TestFanOut:
    """A lead with two won deals is one lead, their customer one customer, and both amounts count."""

    def test_two_deals_of_one_lead(self, tmp_path: Path) -> None:
        deals = [deal(1, "20", lead_id="L1", amount=100), deal(2, "21", lead_id="L1", customer_id="C1", amount=10)]
        snapshot = toy(tmp_path, leads=LEADS, deals=[*deals, deal(3, "30", outcome="lost")])
        assert values(ask(snapshot, NAMES, JUNE)) == [4, 1, 1, 110, 2, 0.25]


class TestEqualNumbersOfTwoSystems:
    """Lead 1 of the CRM was recommended, lead 1 of the shop came by an ad; both systems number their deals from 1."""

    leads = (
        lead(1, "01", system="crm", referrer="Anna Foods"),
        lead(1, "02", system="shop", source="google", medium="cpc"),
        lead(2, "30"),
    )
    names = "referred_customers referral_share referred_revenue referral_conversion_rate"

    def of(self, tmp_path: Path, *systems: str | None) -> list[float | None]:
        """What comes out when deal 1 of each of *systems*, with lead 1, was won for 100; deal 9 was lost."""
        deals = [deal(1, "20", lead_id="L1", system=name, customer_id=None, amount=100) for name in systems]
        snapshot = toy(tmp_path, leads=list(self.leads), deals=[*deals, deal(9, "30", outcome="lost")])
        return values(ask(snapshot, self.names, JUNE))

    def test_a_deal_grew_from_the_lead_of_its_own_system(self, tmp_path: Path) -> None:
        assert self.of(tmp_path, "crm", "shop") == [1, 0.5, 100, 1]

    def test_a_deal_that_names_no_system_grew_from_one_lead_only(self, tmp_path: Path) -> None:
        assert self.of(tmp_path, None) == [1, 1, 100, 1]

    def test_a_deal_of_another_system_grew_from_none_of_them(self, tmp_path: Path) -> None:
        assert self.of(tmp_path, "help desk") == [0, 0, None, 0]


class TestUnknownIsNotZero:
    """Leads and deals that tell nothing of their origin do not tell that nobody recommended us."""

    def test_no_origin(self, tmp_path: Path) -> None:
        deals = [deal(1, "10", lead_id="L1", amount=100), deal(2, "30", outcome="lost")]
        snapshot = toy(tmp_path, leads=[lead(1, "01"), lead(2, "30")], deals=deals)
        names = "referred_leads referred_revenue referral_conversion_rate"
        assert values(ask(snapshot, names, JUNE)) == [None, None, None]
