"""What ads showed, cost and brought, as their platforms report it."""

from __future__ import annotations

from typing import Final

from warehouse.contract import Dataset, Type, attribute, count, dimension, key, money
from warehouse.datasets.columns import CURRENCY, DAY, FIRST, LAST, LOAD, OCCURRENCE, SHAPE

AD_PERFORMANCE: Final = Dataset(
    name="ad_performance",
    meaning="What each ad, ad group or campaign showed, cost and brought on each day, as its platform reports it.",
    columns=(
        DAY,
        key("platform", "The ad platform, for example google_ads.", required=True),
        key("account", "The ad account, by number or name; empty when the export does not say."),
        key("campaign_id", "The platform's number of the campaign."),
        key("campaign", "The campaign's name."),
        key("ad_group_id", "The platform's number of the ad group or ad set."),
        key("ad_group", "The ad group's or ad set's name."),
        key("ad_id", "The platform's number of the ad."),
        key("ad", "The ad's name or first headline."),
        key("keyword", "The keyword, as typed."),
        key("match_type", "How the keyword is matched."),
        key("device", "The kind of device."),
        key("network", "The network or placement."),
        key("segment", "Any further breakdown of the export, for example an age group."),
        OCCURRENCE,
        dimension("level", "The finest level of the export: account, campaign, ad_group, ad or keyword."),
        SHAPE,
        CURRENCY,
        count("impressions", "How often ads were shown."),
        count("clicks", "How often ads were clicked."),
        money("cost", "What the platform charged."),
        count("conversions", "Conversions as the platform attributes them; may be fractional.", Type.DECIMAL),
        money("conversion_value", "The value of those conversions; negative after refunds.", None),
        attribute("reach", "People reached; not additive.", Type.WHOLE),
        count("video_views", "How often videos were viewed."),
        LOAD,
    ),
    scope=("platform", "account"),
    identity=(("campaign_id", "campaign"), ("ad_group_id", "ad_group"), ("ad_id", "ad")),
    daily=True,
)

SEARCH_TERMS: Final = Dataset(
    name="search_terms",
    meaning="What people typed before an ad was shown: a visible part of the account, never its whole spend.",
    columns=(
        FIRST,
        LAST,
        key("platform", "The ad platform.", required=True),
        key("account", "The ad account."),
        key("campaign", "The campaign's name."),
        key("ad_group", "The ad group's name."),
        key("keyword", "The keyword that matched."),
        key("search_term", "What was typed.", required=True),
        key("match_type", "How the keyword matched."),
        key("segment", "Any further breakdown of the export."),
        OCCURRENCE,
        SHAPE,
        CURRENCY,
        count("impressions", "How often ads were shown."),
        count("clicks", "How often ads were clicked."),
        money("cost", "What the platform charged."),
        count("conversions", "Conversions as the platform attributes them.", Type.DECIMAL),
        money("conversion_value", "The value of those conversions.", None),
        LOAD,
    ),
    scope=("platform", "account"),
    daily=True,
    periods=True,
)
