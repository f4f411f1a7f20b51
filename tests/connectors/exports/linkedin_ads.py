"""LinkedIn Campaign Manager before and after campaigns became ad sets, with invented accounts and numbers."""

from __future__ import annotations

from typing import Final

from tests.connectors.exports.ads import AdFile, ad_rows
from tests.connectors.exports.case import FIRST, Table
from tests.connectors.exports.writers import UTF16, Report, Row, Style

AMERICAN: Final = Style(thousands=",", money_thousands=",", null="", day="%m/%d/%Y")
DAILY: Final = "1234.5 · 12/31/2026"


def above(start: str = "March 2, 2026", end: str = "March 4, 2026") -> tuple[str, ...]:
    """The title, the days and the blank line."""
    return (
        "Ad Performance Report (in UTC)",
        f'"Report Start: {start}, 12:00 AM"',
        f'"Report End: {end}, 11:59 PM"',
        '"Date Generated: March 5, 2026, 8:15 AM"',
        "",
    )


NEW: Final = Report(
    columns=(
        ("Start Date (in UTC)", "day"),
        ("Account Name", "account"),
        ("Currency", "currency"),
        ("Campaign ID", "campaign_id"),
        ("Campaign Name", "campaign"),
        ("Campaign Status", "=Active"),
        ("Ad Set ID", "ad_group_id"),
        ("Ad Set Name", "ad_group"),
        ("Ad Set Objective", "=Lead generation"),
        ("Ad Name", "ad"),
        ("Ad ID", "ad_id"),
        ("Ad Status", "=Active"),
        ("Ad Introduction Text", '=Say "hello", then ask'),
        ("Ad Headline", "=Ask us"),
        ("Click URL", "=https://shop.example/a?b=1,2"),
        ("Total Spent", "cost"),
        ("Impressions", "impressions"),
        ("Clicks", "clicks"),
        ("Click Through Rate", "=102.72%"),
        ("Average CPM", "=55.39"),
        ("Average CPC", "=1.20"),
        ("Total Engagements", "=41"),
        ("Conversions", "conversions"),
        ("Leads", "="),
        ("Clicks to Landing Page", "=3"),
        ("Reach", "reach"),
    ),
    preamble=above(),
    style=AMERICAN,
    encoding=UTF16,
    delimiter="\t",
)
OLD: Final = Report(
    columns=(
        ("Start Date (in UTC)", "day"),
        ("Account Name", "account"),
        ("Campaign Name", "ad_group"),
        ("Campaign Type", "=Sponsored Content"),
        ("Creative Name", "ad"),
        ("Ad Introduction Text", "=Hello"),
        ("Ad Headline", "=Ask us"),
        ("Click URL", "=https://shop.example"),
        ("Carousel Card", "="),
        ("Total Spent", "cost"),
        ("Impressions", "impressions"),
        ("Clicks", "clicks"),
        ("Card Impressions", "="),
        ("Reactions", "=2"),
        ("Comments", "=0"),
        ("Shares", "=0"),
        ("Follows", "=1"),
        ("Other Clicks", "=4"),
        ("Total Social Actions", "=3"),
        ("Total Engagements", "=41"),
        ("Viral Impressions", "=0"),
        ("Leads", "="),
        ("Lead Forms Opened", "="),
        ("Reach", "reach"),
        ("Campaign Start Date", "=1/1/2026"),
        ("Campaign End Date", "="),
    ),
    preamble=above(),
    style=AMERICAN,
    encoding=UTF16,
    delimiter="\t",
)
GROUPS: Final = Report(
    columns=(
        ("Start Date (in UTC)", "day"),
        ("Account Name", "account"),
        ("Campaign Group Name", "campaign"),
        ("Campaign Group ID", "campaign_id"),
        ("Campaign Name", "ad_group"),
        ("Campaign ID", "ad_group_id"),
        ("Total Spent", "cost"),
        ("Impressions", "impressions"),
        ("Clicks", "clicks"),
        ("Conversions", "conversions"),
    ),
    preamble=above(),
    style=AMERICAN,
    encoding=UTF16,
    delimiter="\t",
)


def new_rows() -> list[Row]:
    """Ads in ad sets in campaigns."""
    return ad_rows(
        "linkedin_ads",
        account="Example Ltd",
        currency="EUR",
        campaign="Awareness",
        campaign_id="501",
        ad_group="Managers, {}",
        ad_group_id="60{}",
        ad="Film {}",
        ad_id="70{}",
        reach=900,
        level="ad",
    )


def old_rows() -> list[Row]:
    """Creatives in campaigns; the file has no currency, no groups and no conversions."""
    return [
        {**row, "conversions": None}
        for row in ad_rows(
            "linkedin_ads",
            account="Example Ltd",
            currency=None,
            campaign=None,
            ad_group="Managers {}",
            ad="Film {}",
            reach=900,
            level="ad",
        )
    ]


def group_rows() -> list[Row]:
    """Campaigns in campaign groups: what they are called today counts."""
    names = {"campaign": "Awareness", "campaign_id": "501", "ad_group": "Managers {}", "ad_group_id": "60{}"}
    return ad_rows("linkedin_ads", account="Example Ltd", level="ad_group", **names)


def period_rows() -> list[Row]:
    """An export that is not by day: its first day stands on every row."""
    return [row for row in new_rows() if row["day"] == FIRST]


ONE_DAY: Final = Report(NEW.columns, above(end="March 2, 2026"), AMERICAN, UTF16, "\t")

CASES: Final = (
    AdFile("ad_performance_report.csv", NEW, new_rows(), Table("linkedin_ads", conventions=DAILY, preamble=6)).case(
        "ads by day"
    ),
    AdFile("one_day.csv", ONE_DAY, period_rows(), Table("linkedin_ads", conventions=DAILY, preamble=6)).case("one day"),
    AdFile(
        "creative_performance_report.csv",
        OLD,
        old_rows(),
        Table("linkedin_ads_until_2025", conventions=DAILY, preamble=6),
    ).case("creatives by day"),
    AdFile(
        "campaign_performance_report.csv",
        GROUPS,
        group_rows(),
        Table("linkedin_ads_until_2025", conventions=DAILY, preamble=6),
    ).case("campaigns in groups by day"),
)
