"""Golden values of what paid channels brought, computed by hand, and the ways in which such numbers go wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.period import Grain
from metrics.compiled import Surroundings, with_views
from metrics.evaluate import evaluate
from metrics.query import Query
from metrics.statement import Bound
from metrics.views.channels import CHANNELS, PLATFORMS
from tests.metrics.toy import EURO, Row, ad, ask, load, period, toy, values
from tests.structure.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

JUNE = period("2026-06-01", "2026-06-30")
BOTH = "closed_loop_roas customer_acquisition_cost"


def deal(number: int, closed: str, **values: object) -> Row:
    """A won deal of kind new over 100 euros, from Google's ads, with a customer of its own."""
    row: Row = {"deal_id": number, "customer_id": f"C{number}", "outcome": "won", "kind": "new", "amount": 100}
    origin: Row = {"source": "google", "channel": "paid_search", "campaign": "Brand", "currency": "EUR", "load_id": 1}
    return row | origin | {"created_at": "2026-05-01 08:00:00", "closed_at": f"{closed} 12:00:00"} | values


def expense(number: int, **values: object) -> Row:
    """Ten euros for an agency that takes care of the ads."""
    row: Row = {"expense_id": number, "line": "1", "spent_on": "2026-06-10", "channel": "ads", "supplier": "Agency"}
    return row | {"amount": 10, "currency": "EUR", "kind": "spend", "load_id": 1} | values


ELSEWHERE = (expense(8, spent_on="2026-06-01", channel="event"), expense(9, spent_on="2026-06-30", channel="event"))
LOST = deal(99, "2026-06-30", outcome="lost")


def spent(*costs: float) -> list[Row]:
    """Ad cost of Google's campaign Brand from 1 June, with a quiet row at the end of the month."""
    days = [f"2026-06-{number:02d}" for number in range(1, len(costs) + 1)]
    return [ad(day, cost=cost) for day, cost in zip(days, costs, strict=True)] + [ad("2026-06-30", cost=0)]


class TestGolden:
    """Ads cost 40 + 60 euros; paid deals brought 100 + 150 to two customers, another one came by e-mail."""

    @pytest.fixture
    def snapshot(self, tmp_path: Path) -> Snapshot:
        deals = [
            deal(1, "2026-06-05"),
            deal(2, "2026-06-20", amount=150, source="facebook", channel="paid_social", campaign="Leads"),
            deal(3, "2026-06-20", amount=999, source="newsletter", channel="email", campaign=None),
            deal(4, "2026-06-21", amount=500, outcome="lost"),
        ]
        ads = [*spent(40), ad("2026-06-02", platform="meta_ads", campaign="Leads", cost=60)]
        expenses = [expense(1), expense(2, spent_on="2026-06-30"), *ELSEWHERE]
        return toy(tmp_path, ad_performance=ads, deals=deals, expenses=expenses)

    def test_whole(self, snapshot: Snapshot) -> None:
        # 250 of deals for 100 of ads; those 100 and 20 for the agency for two customers
        assert values(ask(snapshot, BOTH, JUNE)) == [2.5, 60]

    def test_by_platform(self, snapshot: Snapshot) -> None:
        answer = ask(snapshot, BOTH, JUNE, split=("platform",))
        assert list(answer.table["platform"]) == ["google_ads", "meta_ads", None] * 2
        # The agency cannot be told apart by platform: it is a part of its own, without customers.
        assert values(answer) == [2.5, 2.5, None, 40, 60, None]

    def test_by_channel(self, snapshot: Snapshot) -> None:
        answer = ask(snapshot, "closed_loop_roas", JUNE, split=("channel",))
        assert list(answer.table["channel"]) == ["email", "paid_search", "paid_social"]
        assert values(answer) == [None, 2.5, 2.5]

    def test_by_campaign(self, snapshot: Snapshot) -> None:
        answer = ask(snapshot, "closed_loop_roas", JUNE, where={"campaign": ("Leads",)})
        assert values(answer) == [2.5]


class TestFanOut:
    """A deal has one lead, a customer several deals, a campaign several rows of ads a day: each counts once."""

    def test_one_customer_with_two_new_deals(self, tmp_path: Path) -> None:
        deals = [deal(1, "2026-06-05"), deal(2, "2026-06-20", customer_id="C1")]
        ads = [*spent(40, 60), ad("2026-06-01", ad="other", cost=100)]
        # 200 / 200; 200 / 1 customer
        assert values(ask(toy(tmp_path, ad_performance=ads, deals=deals), BOTH, JUNE)) == [1, 200]


class TestUnmatchedRows:
    """A deal of a campaign that no platform knows has no cost, which is not a cost of 0."""

    def test_campaign_without_cost(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, ad_performance=spent(50), deals=[deal(1, "2026-06-05", campaign="Gone"), LOST])
        answer = ask(snapshot, BOTH, JUNE, split=("campaign",))
        assert list(answer.table["campaign"]) == ["Brand", "Gone"] * 2
        assert values(answer) == [0, None, None, None]

    def test_deals_that_do_not_tell_their_origin(self, tmp_path: Path) -> None:
        unknown: Row = {"source": None, "channel": None, "campaign": None}
        snapshot = toy(tmp_path, ad_performance=spent(50), deals=[deal(1, "2026-06-05", **unknown)])
        assert values(ask(snapshot, BOTH, JUNE)) == [None, None]


class TestWhoIsNew:
    """Without a kind in the CRM, a customer is new with the first won deal; growth deals win nobody."""

    def test_kinds(self, tmp_path: Path) -> None:
        deals = [
            deal(1, "2026-05-05", kind=None),
            deal(2, "2026-06-05", kind=None, customer_id="C1"),
            deal(3, "2026-06-06", kind=None),
            deal(4, "2026-06-07", kind="upsell"),
            deal(5, "2026-06-08", kind=None, customer_id=None),
        ]
        # 50 / 2: deals 3 and 5
        snapshot = toy(tmp_path, ad_performance=spent(50), deals=deals)
        assert values(ask(snapshot, "customer_acquisition_cost", JUNE)) == [25]


class TestTheSameMoneyTwice:
    """What a platform bills is its ad cost once more; discounts are no cost, other channels no paid ones."""

    @pytest.mark.parametrize(
        ("change", "cost"),
        [
            ({}, 60),
            ({"supplier": "Google Ireland"}, 50),
            ({"supplier": None, "channel": "google_ads"}, 50),
            ({"supplier": None, "channel": "meta_ads"}, 60),
            ({"supplier": "Agency", "channel": "google_ads"}, 60),
            ({"supplier": "Agency", "channel": None, "process": "paid_acquisition"}, 60),
            ({"channel": "event"}, 50),
            ({"kind": "discount"}, 50),
            ({"kind": None}, 60),
        ],
    )
    def test_expense(self, tmp_path: Path, change: Row, cost: float) -> None:
        tables = {"ad_performance": spent(50), "deals": [deal(1, "2026-06-05")]}
        snapshot = toy(tmp_path, expenses=[expense(1, **change), *ELSEWHERE], **tables)
        assert values(ask(snapshot, "customer_acquisition_cost", JUNE)) == [cost]


class TestPlatformsNobodyKnows:
    """What a platform of another kind costs is paid advertising all the same."""

    def test_by_channel(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", platform=name, cost=cost) for name, cost in (("criteo", 50), ("vk_ads", 25))]
        deals = [deal(1, "2026-06-05", channel="retargeting", source="criteo", customer_id="C1")]
        answer = ask(toy(tmp_path, ad_performance=rows, deals=deals), "closed_loop_roas", JUNE, split=("channel",))
        assert list(answer.table["channel"]) == ["paid_other", "paid_social"]
        assert list(answer.table["denominator"]) == [50, 25]


class TestTimeZoneEdge:
    """Won at 23:30 UTC on 30 June is won on 1 July in Warsaw."""

    def test_day_of_winning(self, tmp_path: Path) -> None:
        deals = [deal(1, "2026-06-30", closed_at="2026-06-30 23:30:00")]
        snapshot = toy(tmp_path, ad_performance=spent(50), deals=deals)
        assert values(ask(snapshot, "closed_loop_roas", JUNE)) == [2]
        warsaw = replace(EURO, time_zone="Europe/Warsaw")
        assert (
            evaluate(snapshot, Query(("closed_loop_roas",), JUNE, Grain.TOTAL), warsaw).value("closed_loop_roas") == 0
        )


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ((None, "cpc", "google"), ("paid_search", "google_ads")),
        ((None, "CPC", "m.facebook.com"), ("paid_social", "meta_ads")),
        ((None, "paid-social", "instagram"), ("paid_social", "meta_ads")),
        ((None, "cpc", "yandex"), ("paid_search", "yandex_direct")),
        ((None, "cpm", "vk"), ("paid_social", "vk_ads")),
        ((None, "display", "bing.com"), ("paid_search", "microsoft_ads")),
        ((None, "retargeting", "somewhere"), ("paid_other", None)),
        (("Website", "ppc", "linkedin"), ("paid_social", "linkedin_ads")),
        (("Paid Search", None, None), ("paid_search", None)),
        ((None, None, "Paid Social"), ("paid_social", None)),
        ((None, None, "Google Ads"), ("paid_search", "google_ads")),
        ((None, "organic", "google"), ("organic_search", None)),
        ((None, "organic", "tiktok"), ("organic_social", None)),
        ((None, None, "Organic Search"), ("organic_search", None)),
        (("referral", "email", "newsletter"), ("referral", None)),
        ((None, "email", "google"), ("email", None)),
        ((None, "none", "direct"), ("direct", None)),
        ((None, "(none)", "(direct)"), ("direct", None)),
        ((None, "partner", "Hafenwerk"), ("partner", None)),
        ((" Trade fair ", None, None), ("Trade fair", None)),
        (("", "", ""), (None, None)),
        (("Facebook Ads", None, None), ("paid_social", "meta_ads")),
        (("Inbound leads", None, "google"), ("Inbound leads", None)),
        ((None, None, "Word of a friend"), ("other", None)),
        ((None, None, None), (None, None)),
    ],
)
def test_where_a_lead_comes_from(tmp_path: Path, told: tuple[str | None, ...], meant: tuple[str | None, ...]) -> None:
    """Channel, medium and source, and the channel and platform that they mean."""
    origin = dict(zip(("channel", "medium", "source"), told, strict=True))
    snapshot = toy(tmp_path, leads=[{"lead_id": 1, "created_at": "2026-06-01 08:00:00"} | origin])
    around = Surroundings("UTC", (JUNE.end,), JUNE.end, JUNE, JUNE)
    sql = with_views(["lead_origins"], "SELECT reached_by, platform FROM lead_origins", Bound(), around)
    assert snapshot.rows(sql) == [meant]


def test_every_word_of_a_channel_is_in_the_documents() -> None:
    document = (ROOT / "docs" / "channels.md").read_text(encoding="utf-8")
    words = {word for each in (CHANNELS, PLATFORMS) for words in each.values() for word in words}
    assert {word for word in words if f"`{word}`" not in document} == set()


def campaign(name: str, cost: float, conversions: float | None, day: str = "2026-06-28", **values: object) -> Row:
    """A day of a campaign."""
    return ad(day, campaign=name, cost=cost, conversions=conversions, **values)


def goal(value: float, **values: object) -> Row:
    """A target for the cost per conversion."""
    row: Row = {"kpi": "cost_per_conversion", "valid_from": "2026-01-01", "value": value, "load_id": 1}
    return row | values


class TestWaste:
    """28 days up to 28 June: 1 to 28 June. The target is 20 a conversion."""

    WEEK = period("2026-06-22", "2026-06-28")

    def share(self, tmp_path: Path, rows: list[Row], targets: list[Row], **more: list[Row]) -> list[float | None]:
        early = ad("2026-05-01", campaign="Old", cost=500, conversions=0)
        snapshot = toy(tmp_path, ad_performance=[early, *rows], targets=targets, **more)
        return values(ask(snapshot, "wasted_spend_share", self.WEEK, Grain.WEEK))

    def test_only_what_should_have_converted(self, tmp_path: Path) -> None:
        rows = [campaign("A", 60, 3), campaign("B", 30, 0), campaign("C", 10, 0), campaign("D", 20, 0)]
        # B cost more than one conversion may; D exactly as much: 30 / 120
        assert self.share(tmp_path, rows, [goal(20)]) == [0.25]

    def test_a_conversion_anywhere_in_the_window_saves_a_campaign(self, tmp_path: Path) -> None:
        rows = [campaign("A", 50, 0), campaign("A", 50, 0.5, "2026-06-01"), campaign("B", 100, 0)]
        assert self.share(tmp_path, rows, [goal(20)]) == [0.5]

    def test_window_edge(self, tmp_path: Path) -> None:
        rows = [campaign("A", 50, 0), campaign("A", 50, 9, "2026-05-31"), campaign("B", 50, 1, "2026-06-01")]
        assert self.share(tmp_path, rows, [goal(20)]) == [0.5]

    def test_days_not_rows(self, tmp_path: Path) -> None:
        assert self.share(tmp_path, [campaign("A", 50, 0, "2026-06-02"), campaign("B", 0, 0)], [goal(20)]) == [1]

    def test_the_platform_s_own_target_comes_first(self, tmp_path: Path) -> None:
        rows = [campaign("A", 60, 0), campaign("B", 40, 0, platform="meta_ads")]
        own = goal(100, dimension="platform", dimension_value="google_ads")
        assert self.share(tmp_path, rows, [goal(20), own]) == [0.4]

    def test_the_target_in_force(self, tmp_path: Path) -> None:
        rows = [campaign("A", 60, 0), campaign("B", 40, 1)]
        ended = goal(10, valid_to="2026-03-31")
        assert self.share(tmp_path, rows, [ended, goal(100, valid_from="2026-04-01")]) == [0]
        assert self.share(tmp_path, rows, [ended, goal(50, valid_from="2026-06-28")]) == [0.6]
        assert self.share(tmp_path, rows, [ended, goal(50, valid_from="2026-06-29")]) == [None]

    def test_no_target_no_value(self, tmp_path: Path) -> None:
        assert self.share(tmp_path, [campaign("A", 60, 0)], []) == [None]

    def test_unknown_conversions_are_not_none(self, tmp_path: Path) -> None:
        rows = [campaign("A", 60, None), campaign("B", 30, 0), campaign("C", 30, 1)]
        assert self.share(tmp_path, rows, [goal(20)]) == [0.5]

    def test_the_target_is_in_the_reporting_currency(self, tmp_path: Path) -> None:
        # 60 zloty are 15 euros, less than one conversion may cost; 30 euros are more: 30 / 45
        rows = [campaign("A", 60, 0, currency="PLN"), campaign("B", 30, 0)]
        days = [date(2026, 4, 1) + timedelta(days=number) for number in range(100)]
        rates: list[Row] = [{"day": day, "currency": "PLN", "rate": 0.25, "load_id": 1} for day in days]
        assert self.share(tmp_path, rows, [goal(20)], exchange_rates=rates) == pytest.approx([2 / 3])

    def test_campaigns_of_the_same_name(self, tmp_path: Path) -> None:
        rows = [campaign("A", 15, 0, campaign_id="1"), campaign("A", 15, 0, campaign_id="2")]
        assert self.share(tmp_path, rows, [goal(20)]) == [0]


def test_before_28_days_are_loaded_there_is_no_waste_to_tell(tmp_path: Path) -> None:
    rows = [ad(f"2026-06-{day:02d}", cost=30, conversions=0) for day in range(1, 29)]
    snapshot = toy(tmp_path, [load(1)], ad_performance=rows, targets=[goal(20)])
    answer = ask(snapshot, "wasted_spend_share", period("2026-06-01", "2026-06-28"), Grain.WEEK)
    assert [bool(flag) for flag in answer.table["complete"]] == [False, False, False, True]
