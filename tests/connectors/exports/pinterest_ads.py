"""Pinterest Ads Manager: ad groups by day, with invented names and numbers."""

from __future__ import annotations

from typing import Final

from tests.connectors.exports.ads import AdFile, ad_rows
from tests.connectors.exports.case import Table
from tests.connectors.exports.writers import Report, Style

GROUPS: Final = Report(
    columns=(
        ("Date", "day"),
        ("Campaign ID", "campaign_id"),
        ("Campaign name", "campaign"),
        ("Ad group ID", "ad_group_id"),
        ("Ad group name", "ad_group"),
        ("Result", "=[9]"),
        ("Spend in account currency", "cost"),
        ("Impressions", "impressions"),
        ("Pin clicks", "clicks"),
    ),
    style=Style(null=""),
)
CASES: Final = (
    AdFile(
        "pinterest.csv",
        GROUPS,
        [
            {**row, "conversions": None}
            for row in ad_rows(
                "pinterest_ads",
                campaign="Ideas, {}",
                campaign_id="62{}",
                ad_group="Kitchen {}",
                ad_group_id="PP687{}",
                level="ad_group",
            )
        ],
        Table("pinterest_ads"),
    ).case("ad groups by day"),
)
