"""The list of expenses beside what the ad platforms report themselves: no invoice of theirs counts twice."""

from __future__ import annotations

from typing import Final

from metrics.view import View
from metrics.views.channels import first_word

EXPENSES_TOLD: Final = View(
    name="expenses_told",
    base="expenses",
    reads=("ad_performance", "budget_lines"),
    sql=f"""
        WITH reported AS (
            SELECT DISTINCT platform, date_trunc('month', day) AS month FROM ad_performance WHERE cost IS NOT NULL
        ),
        advertised AS (
            SELECT DISTINCT activity FROM budget_lines WHERE campaign IS NOT NULL AND activity IS NOT NULL
            UNION SELECT unnest(['advertising', 'Advertising', 'reklama', 'Reklama', 'реклама', 'Реклама'])
        ),
        billing AS (
            SELECT e.*, lower(coalesce(e.kind, 'spend')) = 'discount' AS is_discount, p.means AS billed_by,
                e.supplier IS NULL AND p.means IS NULL AND a.activity IS NOT NULL AS billed_by_any
            FROM expenses AS e
            LEFT JOIN platform_words AS p ON p.word = {first_word("coalesce(e.supplier, e.channel)")}
            LEFT JOIN advertised AS a ON a.activity = e.activity
            WHERE e.spent_on IS NOT NULL
        )
        SELECT b.*, EXISTS (
            SELECT 1 FROM reported AS r
            WHERE r.month = date_trunc('month', b.spent_on) AND (b.billed_by_any OR r.platform = b.billed_by)
        ) AS is_reported
        FROM billing AS b
    """,
)
"""Each expense, whether it *is_discount*, and whether it *is_reported*: ad cost of its month that is loaded already.

An invoice is one where its supplier (without one, its channel) is a platform that reports cost for the month; without
supplier and platform, where its activity is one that the plan advertises, and any platform reports.
"""

VIEWS: Final = (EXPENSES_TOLD,)
