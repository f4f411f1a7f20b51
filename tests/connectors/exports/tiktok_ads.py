"""TikTok Ads Manager: ads by day as a workbook and as text, with invented accounts and numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from tests.connectors.exports.ads import AdFile, ad_rows, sums_of
from tests.connectors.exports.case import Table
from tests.connectors.exports.writers import Report, Row, Style, summed

MEASURES: Final = ("impressions", "clicks", "cost")
ADS: Final = Report(
    columns=(
        ("Account name", "account"),
        ("By Day", "day"),
        ("Campaign name", "campaign"),
        ("Campaign ID", "campaign_id"),
        ("Ad group name", "ad_group"),
        ("Ad group ID", "ad_group_id"),
        ("Advertising objective", "=Traffic"),
        ("Campaign type", "=Regular"),
        ("Optimization goal", "=Click"),
        ("Ad name", "ad"),
        ("Ad ID", "ad_id"),
        ("Website URL (Ad level）", "=https://shop.example/?a=1,2"),
        ("Ad Type", "segment"),
        ("Spend", "cost"),
        ("Impressions", "impressions"),
        ("Clicks (destination)", "clicks"),
        ("CPC (destination)", "=0.41"),
        ("CPM", "=3.10"),
        ("CTR (destination)", "=0.86%"),
        ("Clicks (all)", "=999"),
        ("CTR (all)", "=0.9%"),
        ("Reach", "reach"),
        ("Frequency", "=1.2"),
        ("Conversions", "_masked"),
        ("Video views", "video_views"),
        ("2-second video views", "=12"),
        ("Primary status", "=Active"),
        ("Currency", "currency"),
    ),
    style=Style(null="-"),
)
CAMPAIGNS: Final = Report(
    columns=(
        ("Campaign name", "campaign"),
        ("By Day", "day"),
        ("Campaign type", "=Regular"),
        ("Cost", "cost"),
        ("Impressions", "impressions"),
        ("Clicks (destination)", "clicks"),
        ("Conversions", "conversions"),
        ("Currency", "currency"),
    ),
    style=Style(null="--"),
)


def tiktok_rows() -> list[Row]:
    """Ads; fewer than five conversions are masked, and masked is unknown."""
    rows = ad_rows(
        "tiktok_ads",
        account="Example Ltd",
        campaign="Spring",
        campaign_id="1701{}",
        ad_group="Everyone",
        ad_group_id="1801{}",
        ad="Film {}",
        ad_id="1901{}",
        segment="Spark ad",
        currency="EUR",
        reach=900,
        video_views=450,
        level="ad",
    )
    for place, row in enumerate(rows):
        row["conversions"] = None if place < 4 else Decimal(place + 3)
        row["_masked"] = "<5" if place < 2 else row["conversions"]
    return rows


def totals(rows: list[Row]) -> list[list[str]]:
    """Nothing but sums; every name is a dash."""
    cells = ADS.total("Total of 9 results", 0, summed(rows, *MEASURES))
    return [[cell or "-" for cell in cells]]


def dashes(rows: list[Row]) -> list[list[str]]:
    """The same without a label."""
    return [["-", "-", "-", *CAMPAIGNS.total("-", 0, summed(rows, *MEASURES))[3:]]]


CASES: Final = (
    AdFile(
        "ads.csv",
        ADS,
        tiktok_rows(),
        Table("tiktok_ads", totals=1, declared=sums_of(*MEASURES)),
        totals,
    ).case("ads by day"),
    AdFile("ads.xlsx", ADS, tiktok_rows(), Table("tiktok_ads", totals=1, declared=sums_of(*MEASURES)), totals).case(
        "ads by day as a workbook"
    ),
    AdFile(
        "campaigns.csv",
        CAMPAIGNS,
        ad_rows("tiktok_ads", campaign="Spring {}", currency="USD", level="campaign"),
        Table("tiktok_ads", totals=1, declared=sums_of(*MEASURES)),
        dashes,
    ).case("campaigns by day"),
)
