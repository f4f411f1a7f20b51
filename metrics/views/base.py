"""The customer base: how much is known of each customer, what they are worth, and what they are sent."""

from __future__ import annotations

from typing import Final

from metrics.view import LATELY, View

YEAR_DAYS: Final = 365
_FIELDS: Final = ("has_email", "has_phone", "has_industry", "has_role")
_KNOWN: Final = " + ".join(f"coalesce(CAST(c.{field} AS BIGINT), 0)" for field in _FIELDS)
_ASKED: Final = " + ".join(f"CAST(c.{field} IS NOT NULL AS BIGINT)" for field in _FIELDS)
_SENT: Final = ("recipients", "delivered", "opened", "clicked", "unsubscribed")
_BEFORE: Final = "ооо|оао|зао|пао|ао|тоо|ип|чуп|уп"
_LATIN: Final = "ltd|limited|inc|corp|llc|llp|plc|gmbh|ag|kg|sa|sas|sarl|srl|spa|bv|nv|as|sro|oy|ab"
_AFTER: Final = f"{_BEFORE}|{_LATIN}|sp z o ?o|spzoo|sp k|sp j"
"""Legal forms, as they stand before and after a name once their points are left out."""

CUSTOMER_CARDS: Final = View(
    name="customer_cards",
    base="customers",
    sql=rf"""
        WITH named AS (
            SELECT customers.*, greatest(updated_on, last_marketing_contact_on) AS touched_on,
                trim(regexp_replace(replace(lower(name), '.', ''), '[^\p{{L}}\p{{N}}]+', ' ', 'g')) AS words
            FROM customers WHERE status IS DISTINCT FROM 'former'
        ),
        cards AS (
            SELECT named.*, max(touched_on) OVER () AS newest,
                trim(regexp_replace(words, '(^({_BEFORE}) | ({_AFTER})$)', '', 'g')) AS plain
            FROM named
        ),
        told AS (
            SELECT cards.*, row_number() OVER (PARTITION BY plain ORDER BY customer_id) AS place FROM cards
        )
        SELECT moments.day, c.segment, c.status, c.owner, 1 AS customers, {_KNOWN} AS fields_known,
            {_ASKED} AS fields_asked, CASE WHEN c.plain <> '' THEN 1 END AS named,
            CASE WHEN c.plain <> '' THEN CAST(c.place > 1 AS BIGINT) END AS duplicates,
            CASE WHEN c.newest IS NOT NULL
                THEN CAST(coalesce(c.touched_on > moments.day - INTERVAL 12 MONTH, false) AS BIGINT) END AS fresh
        FROM moments JOIN told AS c ON {LATELY}
    """,
    dimensions=("segment", "status", "owner"),
    measures=("customers", "fields_known", "fields_asked", "named", "duplicates", "fresh"),
    at_end=True,
    now=True,
)
CUSTOMERS_VALUED: Final = View(
    name="customers_valued",
    base="orders",
    sql=f"""
        WITH bought AS (
            SELECT orders.customer_id, orders.ordered_on AS day,
                count(DISTINCT orders.order_id) AS orders, sum(orders.amount * coalesce(rates.rate, 1.0e0)) AS amount
            FROM orders
            LEFT JOIN rates ON rates.currency = orders.currency AND rates.day = orders.ordered_on
            WHERE orders.customer_id IS NOT NULL
            GROUP BY orders.customer_id, orders.ordered_on
        ),
        valued AS (
            SELECT moments.day, bought.customer_id, moments.day - max(bought.day) AS days,
                sum(bought.orders) AS orders, sum(bought.amount) AS amount
            FROM moments
            JOIN bought ON bought.day BETWEEN moments.day - {YEAR_DAYS - 1} AND moments.day
            GROUP BY moments.day, bought.customer_id
        ),
        ranked AS (
            SELECT valued.*, sum(amount) OVER (PARTITION BY day) AS whole,
                sum(amount) OVER (PARTITION BY day ORDER BY amount DESC, customer_id) - amount AS before
            FROM valued
        )
        SELECT day, 1 AS customers,
            CASE WHEN days < 90 THEN '0–89' WHEN days < 180 THEN '90–179' ELSE '180–364' END AS recency,
            CASE WHEN orders = 1 THEN '1' WHEN orders <= 3 THEN '2–3' ELSE '4+' END AS frequency,
            CASE WHEN isnan(whole) THEN NULL WHEN before < 0.8 * whole THEN 'A' WHEN before < 0.95 * whole THEN 'B'
                ELSE 'C' END AS value_band
        FROM ranked
    """,
    dimensions=("recency", "frequency", "value_band"),
    measures=("customers",),
    at_end=True,
    reach=YEAR_DAYS - 1,
)
MAILINGS_SENT: Final = View(
    name="mailings_sent",
    base="mailings",
    sql=f"""
        SELECT sent_on AS day, segment, channel, {", ".join(_SENT)},
            CAST(row_number() OVER mailing = 1 AND (
                bool_or(lower(segment) = 'mixed') OVER mailing_whole
                OR (bool_or(lower(segment) = 'existing') OVER mailing_whole
                    AND bool_or(lower(segment) = 'potential') OVER mailing_whole)
            ) AS BIGINT) AS mixed
        FROM mailings WHERE sent_on IS NOT NULL
        WINDOW mailing AS (PARTITION BY mailing_id ORDER BY segment),
            mailing_whole AS (PARTITION BY mailing_id)
    """,
    dimensions=("segment", "channel"),
    measures=(*_SENT, "mixed"),
)

VIEWS: Final = (CUSTOMER_CARDS, CUSTOMERS_VALUED, MAILINGS_SENT)
