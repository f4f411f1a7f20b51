"""The names of the dimensions that KPIs can be split and filtered by, and of the measures they are made of."""

from __future__ import annotations

from typing import Final

from core.language import N_

DIMENSION_NAMES: Final = {
    "platform": N_("Platform"),
    "account": N_("Account"),
    "campaign": N_("Campaign"),
    "ad_group": N_("Ad group"),
    "ad": N_("Ad"),
    "keyword": N_("Keyword"),
    "match_type": N_("Match type"),
    "device": N_("Device"),
    "network": N_("Network"),
    "site": N_("Site"),
    "search_type": N_("Search type"),
    "country": N_("Country"),
    "query": N_("Query"),
    "page": N_("Page"),
}

MEASURE_NAMES: Final = {
    "impressions": N_("impressions"),
    "clicks": N_("clicks"),
    "cost": N_("cost"),
    "conversions": N_("conversions"),
    "conversion_value": N_("conversion value"),
    "position_sum": N_("position"),
}
