"""News releases of the own company and of those it is compared with."""

from __future__ import annotations

from typing import Final

from metrics.view import View

SUBSTANTIVE: Final = ("project_closed", "product", "analytics", "special_project", "merger", "year_results")
"""Kinds of news that tell what was done; all others tell what is hoped for or who was met."""
_KINDS: Final = ", ".join(f"'{kind}'" for kind in SUBSTANTIVE)

NEWS: Final = View(
    name="news",
    base="news_releases",
    sql=f"""
        SELECT n.published_on AS day, n.company, n.kind, n.channel, 1 AS releases, n.pickups,
            CAST(n.kind IN ({_KINDS}) AS BIGINT) AS substantive,
            CAST(lower(trim(n.company)) = own() AS BIGINT) AS own_releases,
            CASE WHEN lower(trim(n.company)) <> own() THEN 'others' ELSE 'own' END AS whose
        FROM news_releases AS n
    """,
    dimensions=("kind", "channel", "company"),
    measures=("releases", "substantive", "own_releases", "pickups"),
    values=("whose",),
    told_by={"kind": ("news_releases.kind",), "substantive": ("news_releases.kind",)},
)

VIEWS: Final = (NEWS,)
