"""Advertising cost, looked at over windows and beside what was sold."""

from __future__ import annotations

from typing import Final

from metrics.view import View
from metrics.views.channels import paid_channel

CAMPAIGN_WASTE: Final = View(
    name="campaign_waste",
    base="ad_performance",
    sql=f"""
        WITH daily AS (
            SELECT a.day, a.platform, a.account, coalesce(a.campaign_id, a.campaign) AS campaign_key,
                max(a.campaign) AS campaign, sum(a.cost * coalesce(rates.rate, 1)) AS cost,
                sum(a.conversions) AS conversions
            FROM ad_performance AS a
            LEFT JOIN rates ON rates.currency = a.currency AND rates.day = a.day
            WHERE a.day BETWEEN (SELECT min(day) - 27 FROM moments) AND (SELECT max(day) FROM moments)
            GROUP BY a.day, a.platform, a.account, campaign_key
        ),
        spent AS (
            SELECT moments.day, d.platform, d.account, d.campaign_key, max(d.campaign) AS campaign, sum(d.cost) AS cost,
                sum(d.conversions) AS conversions
            FROM moments
            JOIN daily AS d ON d.day BETWEEN moments.day - 27 AND moments.day
            GROUP BY moments.day, d.platform, d.account, d.campaign_key
        ),
        goals AS (
            SELECT moments.day, coalesce(t.dimension_value, '') AS platform, t.value,
                row_number() OVER (
                    PARTITION BY moments.day, coalesce(t.dimension_value, '') ORDER BY t.valid_from DESC
                ) AS place
            FROM moments
            JOIN targets AS t ON t.valid_from <= moments.day AND coalesce(t.valid_to, moments.day) >= moments.day
            WHERE t.kpi = 'cost_per_conversion' AND t.value IS NOT NULL
                AND (coalesce(t.dimension, '') = '' OR t.dimension = 'platform')
        ),
        judged AS (
            SELECT s.*, coalesce(own.value, whole.value) AS goal
            FROM spent AS s
            LEFT JOIN goals AS own ON own.day = s.day AND own.platform = s.platform AND own.place = 1
            LEFT JOIN goals AS whole ON whole.day = s.day AND whole.platform = '' AND whole.place = 1
        )
        SELECT day, {paid_channel("platform")} AS channel, platform, account, campaign, cost,
            CASE WHEN conversions <= 0 AND cost > goal THEN cost ELSE 0 END AS wasted_cost
        FROM judged
        WHERE goal IS NOT NULL AND conversions IS NOT NULL
    """,
    dimensions=("channel", "platform", "account", "campaign"),
    measures=("cost", "wasted_cost"),
    money=("cost", "wasted_cost"),
    reach=27,
    at_end=True,
    silent=True,
)

VIEWS: Final = (CAMPAIGN_WASTE,)
