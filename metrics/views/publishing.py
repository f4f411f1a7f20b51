"""Pieces of content: when they appeared and were refreshed, what grew from them, and whom they brought."""

from __future__ import annotations

from typing import Final

from metrics.view import View

_DIMENSIONS: Final = ("kind", "pillar", "expert", "author", "customer_job")
_OF_ITEM: Final = ", ".join(f"c.{name}" for name in _DIMENSIONS)
_PILLARS: Final = "('e_book', 'ebook', 'white_paper', 'whitepaper', 'report', 'webinar', 'framework', 'consultation')"
_IS_PILLAR: Final = f"replace(replace(lower(c.kind), ' ', '_'), '-', '_') IN {_PILLARS}"
WINDOW: Final = 28
"""Days before and after a refresh."""
# Where Search Console's rows are weeks, four of them that lie wholly on one side stand for the 28 days.
_BEFORE: Final = f"s.day_end < c.refreshed_on AND s.day_end - s.day <= 6 AND s.day_end >= c.refreshed_on - {WINDOW}"
_AFTER: Final = f"s.day > c.refreshed_on AND s.day_end - s.day <= 6 AND s.day <= c.refreshed_on + {WINDOW}"
_BOTH: Final = f"(({_BEFORE}) OR ({_AFTER}))"


def _address(column: str) -> str:
    """SQL for a page's address without protocol, www, parameters and the last slash."""
    bare = f"regexp_replace(lower({column}), '[?#].*$', '')"
    return rf"regexp_replace({bare}, '^https?://(www\.)?|/+$', '', 'g')"


CONTENT_PUBLISHED: Final = View(
    name="content_published",
    base="content_items",
    sql=f"""
        SELECT c.published_on AS day, {_OF_ITEM}, c.currency, c.cost, 1 AS items,
            CAST(coalesce({_IS_PILLAR}, false) AS BIGINT) AS pillars
        FROM content_items AS c WHERE c.published_on IS NOT NULL
    """,
    dimensions=_DIMENSIONS,
    measures=("items", "pillars", "cost"),
    money=("cost",),
    told_by={"pillars": ("content_items.kind",)},
)
PILLARS_GROWN: Final = View(
    name="pillars_grown",
    base="content_items",
    sql=f"""
        WITH derived AS (
            SELECT moments.day, d.pillar, count(*) AS pieces
            FROM moments JOIN content_items AS d ON d.published_on <= moments.day
            WHERE d.pillar IS NOT NULL AND d.pillar <> d.content_id
            GROUP BY moments.day, d.pillar
        )
        SELECT moments.day, c.kind, c.expert, c.author, c.customer_job, 1 AS pillars,
            coalesce(derived.pieces, 0) AS derivatives
        FROM moments
        JOIN content_items AS c ON {_IS_PILLAR}
            AND c.published_on <= moments.day AND c.published_on > moments.day - INTERVAL 12 MONTH
        LEFT JOIN derived ON derived.day = moments.day AND derived.pillar = c.content_id
    """,
    dimensions=("kind", "expert", "author", "customer_job"),
    measures=("pillars", "derivatives"),
    at_end=True,
    looks_back=True,
)
CONTENT_REFRESHED: Final = View(
    name="content_refreshed",
    base="content_items",
    sql=f"""
        SELECT c.refreshed_on AS day, {_OF_ITEM}, 1 AS items
        FROM content_items AS c WHERE c.refreshed_on IS NOT NULL
    """,
    dimensions=_DIMENSIONS,
    measures=("items",),
    told_by={"items": ("content_items.refreshed_on",)},
)
CONTENT_REGAINED: Final = View(
    name="content_regained",
    base="content_items",
    reads=("search_performance",),
    sql=f"""
        WITH refreshed AS (
            SELECT c.*, {_address("c.url")} AS address FROM content_items AS c
            WHERE c.refreshed_on IS NOT NULL AND c.url IS NOT NULL
        ),
        shown AS (
            SELECT s.site, s.page, s.day, s.day_end, sum(s.clicks) AS clicks FROM search_performance AS s
            WHERE s.slice = 'page' AND coalesce(s.filters, '') = '' AND coalesce(s.search_type, 'web') = 'web'
            GROUP BY s.site, s.page, s.day, s.day_end
        ),
        pages AS (SELECT page, {_address("page")} AS address FROM (SELECT DISTINCT page FROM shown)),
        spans AS (SELECT DISTINCT site, day, day_end FROM shown),
        clicked AS (
            SELECT c.content_id, s.site, sum(CASE WHEN {_BEFORE} THEN s.clicks ELSE 0 END) AS clicks_before,
                sum(CASE WHEN {_AFTER} THEN s.clicks ELSE 0 END) AS clicks_after
            FROM refreshed AS c
            JOIN pages ON pages.address = c.address
            JOIN shown AS s ON s.page = pages.page AND {_BOTH}
            GROUP BY c.content_id, s.site
        ),
        covered AS (
            SELECT c.content_id, s.site,
                sum(CASE WHEN {_BEFORE} THEN s.day_end - s.day + 1 ELSE 0 END) AS days_before,
                sum(CASE WHEN {_AFTER} THEN s.day_end - s.day + 1 ELSE 0 END) AS days_after
            FROM refreshed AS c JOIN spans AS s ON {_BOTH}
            GROUP BY c.content_id, s.site
        ),
        fullest AS (
            SELECT clicked.*, row_number() OVER (
                PARTITION BY clicked.content_id ORDER BY clicks_before + clicks_after DESC, clicked.site
            ) AS place
            FROM clicked
            JOIN covered ON covered.content_id = clicked.content_id AND covered.site IS NOT DISTINCT FROM clicked.site
            WHERE covered.days_before = {WINDOW} AND covered.days_after = {WINDOW}
        )
        SELECT c.refreshed_on AS day, {_OF_ITEM}, f.clicks_before, f.clicks_after - f.clicks_before AS clicks_gained
        FROM refreshed AS c JOIN fullest AS f ON f.content_id = c.content_id AND f.place = 1
    """,
    dimensions=_DIMENSIONS,
    measures=("clicks_before", "clicks_gained"),
    silent=True,
)
CONTENT_LEADS: Final = View(
    name="content_leads",
    base="leads",
    sql="""
        SELECT CAST(local(l.created_at) AS DATE) AS day, l.source, l.medium, l.campaign, l.segment, l.owner, 1 AS leads
        FROM leads AS l
        WHERE l.created_at IS NOT NULL AND (
            lower(l.medium) = 'organic'
            OR lower(l.channel) IN ('organic', 'organic search', 'organic_search', 'content')
        )
    """,
    dimensions=("source", "medium", "campaign", "segment", "owner"),
    measures=("leads",),
    told_by={"leads": ("leads.channel", "leads.medium")},
)

VIEWS: Final = (CONTENT_PUBLISHED, PILLARS_GROWN, CONTENT_REFRESHED, CONTENT_REGAINED, CONTENT_LEADS)
