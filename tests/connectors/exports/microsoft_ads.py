"""Microsoft Advertising: the grid segmented by day, and reports of the report centre; invented throughout."""

from __future__ import annotations

from typing import Final

from tests.connectors.exports.ads import AdFile, ad_rows, sums_of
from tests.connectors.exports.case import Table
from tests.connectors.exports.writers import UTF8_MARKED, Report, Row, Style, summed

GRID: Final = Report(
    columns=(
        ("Campaign ID", "_bracketed"),
        ("Status", "=Enabled"),
        ("Campaign", "campaign"),
        ("Day", "day"),
        ("Budget", "=25.00"),
        ("Budget Type", "=DailyBudgetStandard"),
        ("Spend", "cost"),
        ("Optimization Score", "=81.2%"),
        ("Delivery", "=Eligible"),
        ("Campaign Type", "=Search"),
        ("Bid Strategy Name", "=-"),
        ("Bid Strategy Type", "=EnhancedCpc"),
        ("Labels", "=-"),
        ("Clicks", "clicks"),
        ("Impr.", "impressions"),
        ("CTR", "=3.10%"),
        ("Avg. CPC", "=1.20"),
        ("Conv.", "conversions"),
        ("Top impr. rate", "=12.10%"),
        ("Abs. top impr. rate", "=-"),
    ),
    style=Style(thousands=",", money_thousands=",", null="-"),
    encoding=UTF8_MARKED,
)
ABOVE: Final = (
    '"Report Name: Campaigns by day"',
    '"Report Time: 3/2/2026,3/4/2026"',
    '"Time Zone: (GMT+01:00) Warsaw"',
    '"Last Completed Available Day: 3/5/2026 11:59:00 PM (GMT)"',
    '"Last Completed Available Hour: 3/5/2026 11:59:00 PM (GMT)"',
    '"Report Aggregation: Daily"',
    '"Report Filter: "',
    '"Potential Incomplete Data: false"',
    '"Rows: 9"',
    "",
)
CENTRE: Final = Report(
    columns=(
        ("TimePeriod", "day"),
        ("AccountName", "account"),
        ("CampaignName", "campaign"),
        ("CampaignId", "campaign_id"),
        ("DeviceType", "_device"),
        ("DeviceOS", "segment"),
        ("Network", "network"),
        ("BidMatchType", "match_type"),
        ("Impressions", "impressions"),
        ("Clicks", "clicks"),
        ("Ctr", "=3.10%"),
        ("AverageCpc", "=1.20"),
        ("Spend", "cost"),
        ("CurrencyCode", "currency"),
        ("Conversions", "conversions"),
    ),
    preamble=ABOVE,
    style=Style(null="--"),
    encoding=UTF8_MARKED,
)
TABBED: Final = Report(CENTRE.columns, ABOVE, CENTRE.style, UTF8_MARKED, "\t", "\r\n")
RIGHTS: Final = "©2026 Microsoft Corporation. All rights reserved. "


def grid_rows() -> list[Row]:
    """Campaigns with numbers in brackets."""
    rows = ad_rows("microsoft_ads", campaign="Campaign {}", campaign_id="43653462{}", currency=None, level="campaign")
    return [{**row, "_bracketed": f"[{row['campaign_id']}]"} for row in rows]


def centre_rows() -> list[Row]:
    """Campaigns by device, system, network and match type."""
    return ad_rows(
        "microsoft_ads",
        account="Example Ltd",
        campaign="Campaign {}",
        campaign_id="43653462{}",
        currency="EUR",
        device="desktop",
        segment="Windows",
        network="Microsoft sites and select traffic",
        match_type="Broad",
        level="campaign",
        _device="Computer",
    )


def grid_totals(rows: list[Row]) -> list[list[str]]:
    """A totals row for each type of campaign, which has nothing but sums."""
    lines = []
    for label, share in (("Search total", rows[:6]), ("Audience total", []), ("Performance Max total", rows[6:])):
        total = GRID.total(label, 0, summed(share, "cost", "clicks", "impressions"))
        lines.append([cell or "-" for cell in total])
    return lines


CASES: Final = (
    AdFile(
        "Campaigns_2026-03-05.csv",
        GRID,
        grid_rows(),
        Table("microsoft_ads", totals=3),
        grid_totals,
    ).case("grid by day"),
    AdFile(
        "Campaign_Performance_Report.csv",
        CENTRE,
        centre_rows(),
        Table("microsoft_ads", preamble=11, totals=1, footer=1, declared=sums_of("impressions", "clicks", "cost")),
        lambda rows: [CENTRE.total("Total", 0, summed(rows, "impressions", "clicks", "cost")), [RIGHTS]],
    ).case("report centre"),
    AdFile(
        "Campaign_Performance_Report.tsv",
        TABBED,
        centre_rows(),
        Table("microsoft_ads", preamble=11, footer=2),
        lambda _rows: [[], [RIGHTS.replace("©", "@")]],
    ).case("report centre, tabs, nothing below but the rights"),
)
