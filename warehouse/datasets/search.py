"""What people searched for, where the site stood, and who came."""

from __future__ import annotations

from typing import Final

from warehouse.contract import Column, Dataset, Part, Type, attribute, count, key, money
from warehouse.datasets.columns import CURRENCY, FIRST, LAST, LOAD, OCCURRENCE, SHAPE

_SITE: Final = (
    key("site", "The Search Console property; empty when the export does not say."),
    key("search_type", "web, image, video, news or discover."),
    key("filters", "The filters the export was made with; empty for none.", default=""),
)
_SEARCH_MEASURES: Final = (
    count("clicks", "Clicks from search results."),
    count("impressions", "How often the site was shown in search results."),
    count("position_sum", "Average position × impressions, so that positions can be averaged again.", Type.DECIMAL),
)

SEARCH_TOTALS: Final = Dataset(
    name="search_totals",
    meaning="A site's whole search traffic by day: the only table that site totals come from.",
    columns=(
        FIRST,
        LAST,
        *_SITE,
        key("device", "The kind of device, when fetched."),
        key("country", "The country, when fetched."),
        SHAPE,
        *_SEARCH_MEASURES,
        attribute("is_final", "Whether the numbers will no longer change.", Type.YES_NO),
        LOAD,
    ),
    scope=("site", "search_type", "filters"),
    daily=True,
    periods=True,
)

SEARCH_PERFORMANCE: Final = Dataset(
    name="search_performance",
    meaning="A site's search traffic by query, page, country, device or appearance; never adds up to the site's total.",
    columns=(
        FIRST,
        LAST,
        *_SITE,
        key("slice", "What the rows are by: query, page, country, device or search_appearance.", required=True),
        key("query", "What was searched for."),
        key("page", "The address of the page."),
        key("country", "The country."),
        key("device", "The kind of device."),
        key("search_appearance", "The kind of result shown."),
        SHAPE,
        *_SEARCH_MEASURES,
        attribute("is_final", "Whether the numbers will no longer change.", Type.YES_NO),
        LOAD,
    ),
    scope=("site", "search_type", "filters", "slice"),
    daily=True,
    periods=True,
)

KEYWORD_RANKS: Final = Dataset(
    name="keyword_ranks",
    meaning="Where a site stood in search results for each tracked keyword, by day.",
    columns=(
        key("day", "The day of the check.", Type.DAY, required=True),
        key("site", "The site, as the rank tracker names it."),
        key("keyword", "The keyword.", required=True),
        key("engine", "The search engine, country or list that was checked, where the export says."),
        attribute("position", "The place in the results; empty when not among those checked.", Type.DECIMAL),
        attribute("previous_position", "The place at the check before.", Type.DECIMAL),
        attribute("search_volume", "Searches a month, as the tool estimates them.", Type.WHOLE),
        attribute("url", "The page that ranked."),
        attribute("traffic", "Visits a month that the tool estimates.", Type.DECIMAL),
        attribute("difficulty", "How hard the keyword is, as the tool rates it.", Type.DECIMAL),
        LOAD,
    ),
    daily=True,
)

WEB_TRAFFIC: Final = Dataset(
    name="web_traffic",
    meaning="Visits to a web property by where they came from, as Google Analytics counts them.",
    columns=(
        FIRST,
        LAST,
        key("property", "The Analytics property, by number or name; empty when the export does not say."),
        Column(
            "slice",
            Type.TEXT,
            Part.KEY,
            "What the rows are by: source (or channel, medium, campaign), landing_page, total or users for whole days.",
            default="source",
            earlier="""CASE WHEN starts_with(shape, 'landing_page') THEN 'landing_page'
                WHEN shape = 'total' THEN 'total' ELSE 'source' END""",
        ),
        key("channel_group", "The channel, for example Organic Search."),
        key("source", "Where the visit came from."),
        key("medium", "How it came: cpc, organic, referral, email …."),
        key("campaign", "The campaign's name."),
        key("landing_page", "The page the visit began on."),
        key("segment", "Any further breakdown of the export."),
        OCCURRENCE,
        SHAPE,
        CURRENCY,
        count("sessions", "Visits."),
        count("engaged_sessions", "Visits of ten seconds or more, with a key event or a second page."),
        attribute("users", "People who visited; not additive.", Type.WHOLE),
        count("key_events", "Key events.", Type.DECIMAL),
        money("revenue", "Revenue that Analytics attributes.", None),
        attribute("is_final", "Whether the numbers will no longer change.", Type.YES_NO),
        LOAD,
    ),
    scope=("property", "slice"),
    daily=True,
    periods=True,
)
