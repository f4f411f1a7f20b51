"""Search queries one by one: where they stand, and whether they ask for the brand.

A place is averaged over four weeks. Days between two edges (where any of the weeks asked for begin or end) are added up
once, and then once for each four weeks that they belong to.
"""

from __future__ import annotations

from typing import Final

from metrics.view import View

WINDOW: Final = 28
"""Days over which the place of a query is averaged."""
SEEN: Final = 50
"""Impressions in them from which an improvement is worth the work."""
_SITE: Final = ("site", "search_type", "query")

QUERIES_ASKED: Final = View(
    name="queries_asked",
    base="search_performance",
    sql="""
        WITH told AS (SELECT DISTINCT query FROM search_performance WHERE slice = 'query'),
        branded AS (
            SELECT DISTINCT told.query FROM told
            JOIN brand_terms ON contains(lower(told.query), lower(trim(brand_terms.term)))
            WHERE trim(brand_terms.term) <> ''
        )
        SELECT s.day, s.day_end, s.site, s.search_type, s.query, s.filters, s.slice, s.clicks,
            CASE WHEN EXISTS (SELECT 1 FROM brand_terms WHERE trim(brand_terms.term) <> '')
                THEN CASE WHEN branded.query IS NULL THEN s.clicks ELSE 0 END END AS non_brand_clicks
        FROM search_performance AS s LEFT JOIN branded ON branded.query = s.query
    """,
    dimensions=_SITE,
    measures=("clicks", "non_brand_clicks"),
    values=("filters", "slice"),
    last_day="day_end",
)
QUERIES_RANKED: Final = View(
    name="queries_ranked",
    base="search_performance",
    sql=f"""
        WITH edges AS (
            SELECT day AS edge FROM moments UNION SELECT day - {WINDOW} FROM moments
        ),
        windows AS (
            SELECT moments.day, edges.edge FROM moments
            JOIN edges ON edges.edge > moments.day - {WINDOW} AND edges.edge <= moments.day
        ),
        days AS (
            SELECT known.day_end, min(edges.edge) AS edge
            FROM (SELECT DISTINCT day_end FROM search_performance) AS known
            JOIN edges ON edges.edge >= known.day_end
            WHERE known.day_end > (SELECT min(edge) FROM edges)
            GROUP BY known.day_end
        ),
        shown AS (
            SELECT days.edge, s.site, s.search_type, s.query, sum(s.impressions) AS impressions,
                sum(s.position_sum) AS positions
            FROM search_performance AS s JOIN days ON days.day_end = s.day_end
            WHERE s.slice = 'query' AND coalesce(s.filters, '') = '' AND s.query IS NOT NULL
                AND s.position_sum IS NOT NULL
            GROUP BY days.edge, s.site, s.search_type, s.query
        ),
        ranked AS (
            SELECT windows.day, shown.site, shown.search_type, shown.query, sum(shown.impressions) AS impressions,
                CASE WHEN sum(shown.impressions) > 0 THEN sum(shown.positions) / sum(shown.impressions) END AS place
            FROM windows JOIN shown ON shown.edge = windows.edge
            GROUP BY windows.day, shown.site, shown.search_type, shown.query
        )
        SELECT day, site, search_type, query, CASE WHEN place <= 3 THEN query END AS in_top3,
            CASE WHEN place <= 10 THEN query END AS in_top10,
            CASE WHEN place BETWEEN 4 AND 20 AND impressions >= {SEEN} THEN query END AS in_reach
        FROM ranked
    """,
    dimensions=_SITE,
    values=("in_top3", "in_top10", "in_reach"),
    at_end=True,
    silent=True,
)
KEYWORDS_RANKED: Final = View(
    name="keywords_ranked",
    base="keyword_ranks",
    sql=f"""
        WITH checks AS (
            SELECT moments.day, r.site, r.keyword, r.position, row_number() OVER (
                PARTITION BY moments.day, r.site, r.keyword, r.engine ORDER BY r.day DESC, r.position NULLS LAST
            ) AS age
            FROM moments JOIN keyword_ranks AS r ON r.day BETWEEN moments.day - {WINDOW - 1} AND moments.day
        )
        SELECT day, site, keyword, CASE WHEN position <= 10 THEN keyword END AS in_top10 FROM checks WHERE age = 1
    """,
    dimensions=("site", "keyword"),
    values=("in_top10",),
    at_end=True,
    silent=True,
)

VIEWS: Final = (QUERIES_ASKED, QUERIES_RANKED, KEYWORDS_RANKED)
