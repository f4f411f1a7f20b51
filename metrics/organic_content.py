"""KPIs of content and search: how a site is found in Google's results, as Search Console reports it."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Distinct, Is, Known, Kpi, Ratio, Sum, Unit

_UNFILTERED: Final = Is("filters", ("", None))
_BY_QUERY: Final = (_UNFILTERED, Is("slice", ("query",)))
_BY_PAGE: Final = (_UNFILTERED, Is("slice", ("page",)))
_RANKED: Final = Known("position_sum")
_DEFINITION: Final = N_(
    "As Search Console reports it for the whole site. Its last days are incomplete: a day is final three days after it."
)
_QUERY_DEFINITION: Final = N_(
    "As Search Console reports it by query; rare queries are hidden, so the sum stays below the site's total. A day is "
    "final three days after it."
)
_PAGE_DEFINITION: Final = N_(
    "As Search Console reports it by page; one search may show several pages, so the sum may exceed the site's total. "
    "A day is final three days after it."
)

_search = partial(Kpi, process="organic_content", lag_days=3)
_total = partial(_search, dimensions=("site", "search_type", "device", "country"), definition=_DEFINITION)
_query = partial(_search, dimensions=("site", "search_type", "query"), definition=_QUERY_DEFINITION)
_page = partial(_search, dimensions=("site", "search_type", "page"), definition=_PAGE_DEFINITION)

_TOTAL_CLICKS: Final = Sum("search_totals", "clicks", (_UNFILTERED,))
_TOTAL_IMPRESSIONS: Final = Sum("search_totals", "impressions", (_UNFILTERED,))
_QUERY_CLICKS: Final = Sum("search_performance", "clicks", _BY_QUERY)
_QUERY_IMPRESSIONS: Final = Sum("search_performance", "impressions", _BY_QUERY)
_PAGE_CLICKS: Final = Sum("search_performance", "clicks", _BY_PAGE)
_PAGE_IMPRESSIONS: Final = Sum("search_performance", "impressions", _BY_PAGE)


def _position(impressions: Sum) -> Ratio:
    """Average position over the rows that have one: Discover and News report none."""
    where = (*impressions.where, _RANKED)
    return Ratio(Sum(impressions.table, "position_sum", where), Sum(impressions.table, "impressions", where))


ORGANIC_CLICKS: Final = _total(
    id="organic_clicks",
    name=N_("Organic clicks"),
    meaning=N_("Clicks from unpaid search results to the site."),
    formula=N_("Σ clicks"),
    expression=_TOTAL_CLICKS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
)
ORGANIC_IMPRESSIONS: Final = _total(
    id="organic_impressions",
    name=N_("Organic impressions"),
    meaning=N_("How often the site was shown in unpaid search results."),
    formula=N_("Σ impressions"),
    expression=_TOTAL_IMPRESSIONS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
)
ORGANIC_CTR: Final = _total(
    id="organic_ctr",
    name=N_("Organic click-through rate"),
    meaning=N_("The share of the site's search impressions that were clicked."),
    formula=N_("Σ clicks / Σ impressions"),
    expression=Ratio(_TOTAL_CLICKS, _TOTAL_IMPRESSIONS),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
AVERAGE_POSITION: Final = _total(
    id="average_position",
    name=N_("Average position"),
    meaning=N_("The site's average rank in search results, weighted by impressions."),
    formula=N_("Σ (position × impressions) / Σ impressions"),
    expression=_position(_TOTAL_IMPRESSIONS),
    unit=Unit.POSITION,
    better=Better.LOWER,
    lower=1,
)
QUERY_COVERAGE: Final = _search(
    id="query_coverage",
    name=N_("Query coverage"),
    meaning=N_("The share of the site's search clicks whose query Search Console shows; the rest stay hidden."),
    formula=N_("Σ clicks by query / Σ clicks of the site, over the same days and sites"),
    expression=Ratio(_QUERY_CLICKS, _TOTAL_CLICKS, matched=("site", "search_type")),
    unit=Unit.FRACTION,
    better=Better.NEITHER,
    dimensions=("site", "search_type"),
    definition=_QUERY_DEFINITION,
    upper=1,
    alignment=N_("Only days count that both tables have loaded, site by site."),
)
QUERY_CLICKS: Final = _query(
    id="query_clicks",
    name=N_("Clicks by query"),
    meaning=N_("Clicks from searches whose query Search Console shows."),
    formula=N_("Σ clicks of the rows by query"),
    expression=_QUERY_CLICKS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
)
QUERY_IMPRESSIONS: Final = _query(
    id="query_impressions",
    name=N_("Impressions by query"),
    meaning=N_("Impressions in searches whose query Search Console shows."),
    formula=N_("Σ impressions of the rows by query"),
    expression=_QUERY_IMPRESSIONS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
)
QUERY_CTR: Final = _query(
    id="query_ctr",
    name=N_("Click-through rate by query"),
    meaning=N_("The share of impressions that were clicked, where the query is known."),
    formula=N_("Σ clicks / Σ impressions of the rows by query"),
    expression=Ratio(_QUERY_CLICKS, _QUERY_IMPRESSIONS),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
QUERY_POSITION: Final = _query(
    id="query_position",
    name=N_("Position by query"),
    meaning=N_("The average rank for the queries that Search Console shows, weighted by impressions."),
    formula=N_("Σ (position × impressions) / Σ impressions of the rows by query"),
    expression=_position(_QUERY_IMPRESSIONS),
    unit=Unit.POSITION,
    better=Better.LOWER,
    lower=1,
)
PAGE_CLICKS: Final = _page(
    id="page_clicks",
    name=N_("Clicks by page"),
    meaning=N_("Clicks from search results, counted for each page."),
    formula=N_("Σ clicks of the rows by page"),
    expression=_PAGE_CLICKS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
)
PAGE_IMPRESSIONS: Final = _page(
    id="page_impressions",
    name=N_("Impressions by page"),
    meaning=N_("Search impressions, counted for each page."),
    formula=N_("Σ impressions of the rows by page"),
    expression=_PAGE_IMPRESSIONS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
)
PAGE_CTR: Final = _page(
    id="page_ctr",
    name=N_("Click-through rate by page"),
    meaning=N_("The share of pages' search impressions that were clicked."),
    formula=N_("Σ clicks / Σ impressions of the rows by page"),
    expression=Ratio(_PAGE_CLICKS, _PAGE_IMPRESSIONS),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
PAGE_POSITION: Final = _page(
    id="page_position",
    name=N_("Position by page"),
    meaning=N_("The average rank of pages in search results, weighted by impressions."),
    formula=N_("Σ (position × impressions) / Σ impressions of the rows by page"),
    expression=_position(_PAGE_IMPRESSIONS),
    unit=Unit.POSITION,
    better=Better.LOWER,
    lower=1,
)
_RANKED_DEFINITION: Final = N_(
    "As Search Console reports it by query, over the rows that end in the 28 days to the last day of the period; rare "
    "queries are hidden. A day is final three days after it."
)
_ranked = partial(_query, unit=Unit.COUNT, better=Better.HIGHER, definition=_RANKED_DEFINITION)

NON_BRAND_CLICK_SHARE: Final = _query(
    id="non_brand_click_share",
    name=N_("Clicks without the brand"),
    meaning=N_("The share of search clicks by people who did not search for us by name."),
    formula=N_("Σ clicks of the queries without any of the plan's brand terms / Σ clicks of the rows by query"),
    expression=Ratio(Sum("queries_asked", "non_brand_clicks", _BY_QUERY), Sum("queries_asked", "clicks", _BY_QUERY)),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
TOP3_QUERIES: Final = _ranked(
    id="top3_queries",
    name=N_("Queries in the top 3"),
    meaning=N_("For how many queries the site stands among the first three results."),
    formula=N_("number of queries with an average position of at most 3"),
    expression=Distinct("queries_ranked", "in_top3"),
)
TOP10_QUERIES: Final = _ranked(
    id="top10_queries",
    name=N_("Queries in the top 10"),
    meaning=N_("For how many queries the site stands on the first page of results."),
    formula=N_("number of queries with an average position of at most 10"),
    expression=Distinct("queries_ranked", "in_top10"),
)
STRIKING_DISTANCE_QUERIES: Final = _ranked(
    id="striking_distance_queries",
    name=N_("Queries within reach"),
    meaning=N_("For how many queries a little work may bring the site to the top."),
    formula=N_("number of queries with an average position from 4 to 20 and at least 50 impressions"),
    expression=Distinct("queries_ranked", "in_reach"),
    better=Better.NEITHER,
)
RANKED_KEYWORDS_TOP10: Final = _search(
    id="ranked_keywords_top10",
    name=N_("Tracked keywords in the top 10"),
    meaning=N_("For how many tracked keywords the site stands on the first page of results."),
    formula=N_("number of keywords whose last position is at most 10"),
    expression=Distinct("keywords_ranked", "in_top10"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=N_("As the rank tracker found it at its last check in the 28 days to the last day of the period."),
    dimensions=("site", "keyword"),
    lag_days=0,
)

KPIS: Final = (
    ORGANIC_CLICKS,
    ORGANIC_IMPRESSIONS,
    ORGANIC_CTR,
    AVERAGE_POSITION,
    QUERY_COVERAGE,
    QUERY_CLICKS,
    QUERY_IMPRESSIONS,
    QUERY_CTR,
    QUERY_POSITION,
    PAGE_CLICKS,
    PAGE_IMPRESSIONS,
    PAGE_CTR,
    PAGE_POSITION,
    NON_BRAND_CLICK_SHARE,
    TOP3_QUERIES,
    TOP10_QUERIES,
    STRIKING_DISTANCE_QUERIES,
    RANKED_KEYWORDS_TOP10,
)
