"""Customers, and what they buy.

What a customer brought in a year is told by the orders of that year; of customers without any, by the won deals.
"""

from __future__ import annotations

from typing import Final

from metrics.view import View

ORDER_LINES: Final = View(
    name="order_lines",
    base="orders",
    sql="""
        SELECT o.ordered_on AS day, o.product, c.segment, c.owner, o.order_id, o.currency, o.amount
        FROM orders AS o
        LEFT JOIN customers AS c ON c.customer_id = o.customer_id
        WHERE o.ordered_on IS NOT NULL
    """,
    dimensions=("product", "segment", "owner"),
    measures=("amount",),
    money=("amount",),
    values=("order_id",),
)
BUYERS: Final = View(
    name="buyers",
    base="orders",
    sql="""
        SELECT moments.day, o.customer_id, count(DISTINCT o.order_id) AS orders, count(DISTINCT o.product) AS products
        FROM moments
        JOIN orders AS o ON o.ordered_on BETWEEN moments.day - 364 AND moments.day
        WHERE o.customer_id IS NOT NULL
        GROUP BY moments.day, o.customer_id
    """,
)
BUYERS_YEAR: Final = View(
    name="buyers_year",
    base="orders",
    sql="""
        WITH bought AS (
            SELECT o.ordered_on AS moved_on, c.segment, c.owner, o.currency, sum(o.amount) AS revenue
            FROM orders AS o
            LEFT JOIN customers AS c ON c.customer_id = o.customer_id
            WHERE o.customer_id IS NOT NULL
            GROUP BY o.ordered_on, c.segment, c.owner, o.currency
        )
        SELECT b.day, b.day AS moved_on, c.segment, c.owner, CAST(NULL AS VARCHAR) AS currency, 0 AS revenue,
            1 AS customers, CAST(b.orders > 1 AS BIGINT) AS repeat_customers, nullif(b.products, 0) AS products,
            CAST(b.products > 0 AS BIGINT) AS product_customers
        FROM buyers AS b
        LEFT JOIN customers AS c ON c.customer_id = b.customer_id
        UNION ALL
        SELECT moments.day, b.moved_on, b.segment, b.owner, b.currency, b.revenue, 0, 0, NULL, 0
        FROM moments
        JOIN bought AS b ON b.moved_on BETWEEN moments.day - 364 AND moments.day
    """,
    dimensions=("segment", "owner"),
    measures=("revenue", "customers", "repeat_customers", "products", "product_customers"),
    money=("revenue",),
    money_day="moved_on",
    reach=364,
    at_end=True,
)
DEALS_YEAR: Final = View(
    name="deals_year",
    base="deals",
    sql="""
        WITH won AS (
            SELECT moments.day, d.customer_id, CAST(local(d.closed_at) AS DATE) AS moved_on, d.currency, d.amount,
                row_number() OVER (PARTITION BY moments.day, d.customer_id ORDER BY d.closed_at, d.deal_id) AS place
            FROM moments
            JOIN deals AS d ON CAST(local(d.closed_at) AS DATE) BETWEEN moments.day - 364 AND moments.day
            WHERE d.outcome = 'won' AND d.customer_id IS NOT NULL
        )
        SELECT w.day, w.moved_on, c.segment, c.owner, w.currency, w.amount AS revenue,
            CAST(w.place = 1 AS BIGINT) AS customers
        FROM won AS w
        LEFT JOIN customers AS c ON c.customer_id = w.customer_id
        LEFT JOIN buyers AS b ON b.day = w.day AND b.customer_id = w.customer_id
        WHERE b.customer_id IS NULL
    """,
    dimensions=("segment", "owner"),
    measures=("revenue", "customers"),
    money=("revenue",),
    money_day="moved_on",
    reach=364,
    at_end=True,
)
MISSED_OPPORTUNITIES: Final = View(
    name="missed_opportunities",
    base="survey_answers",
    sql="""
        SELECT a.asked_on AS day, a.segment, a.role, a.currency, a.opportunity_value
        FROM survey_answers AS a WHERE a.asked_on IS NOT NULL AND a.survey = 'audit'
    """,
    dimensions=("segment", "role"),
    measures=("opportunity_value",),
    told_by={"opportunity_value": ("survey_answers.opportunity_value",)},
    money=("opportunity_value",),
)

VIEWS: Final = (ORDER_LINES, BUYERS, BUYERS_YEAR, DEALS_YEAR, MISSED_OPPORTUNITIES)
