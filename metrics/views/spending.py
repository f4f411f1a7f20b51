"""Plan and actual spend, day by day, and where a month's spend will end."""

from __future__ import annotations

from typing import Final

from metrics.pacing import RECENT
from metrics.view import View

_DIMENSIONS: Final = ("process", "activity", "channel", "funded_by")
_FAR: Final = 400
"""Days ahead for which a plan in foreign currency can be worth something today."""
_EXACT: Final = "CAST({0} AS DECIMAL(38, 15))"
"""A part of an amount that adds up to the amount again: sums of DOUBLE keep what each of them was rounded by."""
_OUTSIDE: Final = "coalesce(lower({0}.funded_by) IN ('partner', 'client'), false)"
_KNOWN: Final = """
    SELECT greatest(
        (SELECT max(day) FROM ad_performance WHERE cost IS NOT NULL),
        (SELECT max(spent_on) FROM expenses WHERE amount IS NOT NULL AND spent_on <= today())
    ) AS day
"""
"""The last day of which anything that was spent is known."""

ADVERTISING_SPENT: Final = View(
    name="advertising_spent",
    base="ad_performance",
    sql=f"""
        WITH spent AS (
            SELECT day, date_trunc('month', day) AS month, platform, campaign, currency, sum(cost) AS amount
            FROM ad_performance WHERE cost IS NOT NULL
            GROUP BY day, platform, campaign, currency
        ),
        named AS (SELECT DISTINCT month, platform, campaign FROM spent),
        matched AS (
            SELECT named.month, named.platform, named.campaign, b.process, b.activity, b.channel, b.funded_by,
                row_number() OVER (
                    PARTITION BY named.month, named.platform, named.campaign
                    ORDER BY coalesce(b.channel = named.platform, false) DESC, length(b.campaign) DESC,
                        b.process, b.activity, b.channel, b.funded_by
                ) AS place
            FROM named
            JOIN budget_lines AS b ON date_trunc('month', b.month) = named.month
                AND coalesce(b.kind, 'spend') <> 'discount'
                AND lower(named.campaign) GLOB replace(lower(b.campaign), '[', '[[]')
        )
        SELECT spent.day, coalesce(m.process, 'paid_acquisition') AS process, m.activity,
            coalesce(m.channel, spent.platform) AS channel, m.funded_by, spent.currency, spent.amount,
            CASE WHEN {_OUTSIDE.format("m")} THEN spent.amount ELSE 0 END AS outside_amount
        FROM spent
        LEFT JOIN matched AS m ON m.place = 1 AND m.month = spent.month
            AND m.platform = spent.platform AND m.campaign = spent.campaign
    """,
    dimensions=_DIMENSIONS,
    measures=("amount", "outside_amount"),
    money=("amount", "outside_amount"),
    told_by={"outside_amount": ("budget_lines.funded_by",)},
)
EXPENSES_MADE: Final = View(
    name="expenses_made",
    base="expenses",
    sql=f"""
        WITH told AS (
            SELECT *, CASE WHEN is_reported THEN 0 ELSE amount END AS paid FROM expenses_told WHERE amount IS NOT NULL
        ),
        parted AS (
            SELECT told.*, CASE WHEN is_discount THEN 0 ELSE paid END AS amount_spent,
                CASE WHEN is_discount THEN abs(amount) ELSE 0 END AS discounts
            FROM told
        )
        SELECT p.spent_on AS day, p.process, p.activity, p.channel, p.campaign, p.supplier, p.supplier_kind,
            p.funded_by, p.currency, p.amount_spent, p.discounts,
            CASE WHEN {_OUTSIDE.format("p")} THEN p.amount_spent ELSE 0 END AS outside_amount,
            CASE WHEN p.supplier_kind IS NOT NULL THEN p.amount_spent END AS supplied,
            CASE WHEN p.supplier_kind IN ('internal', 'internal_expert') THEN p.amount_spent
                WHEN p.supplier_kind IS NOT NULL THEN 0 END AS from_inside,
            CASE WHEN p.supplier_kind = 'internal_expert' THEN p.amount_spent ELSE 0 END AS from_experts
        FROM parted AS p
    """,
    dimensions=(*_DIMENSIONS, "campaign", "supplier", "supplier_kind"),
    measures=("amount_spent", "discounts", "outside_amount", "supplied", "from_inside", "from_experts"),
    money=("amount_spent", "discounts", "outside_amount", "supplied", "from_inside", "from_experts"),
    told_by={"outside_amount": ("expenses.funded_by",), "from_experts": ("expenses.supplier_kind",)},
)
BUDGET_DAYS: Final = View(
    name="budget_days",
    base="budget_lines",
    sql=f"""
        WITH known AS ({_KNOWN}),
        lines AS (
            SELECT b.*, CAST(date_trunc('month', b.month) AS DATE) AS starts,
                CAST(date_trunc('month', b.month) + INTERVAL 1 MONTH AS DATE) - 1 AS ends
            FROM budget_lines AS b
            WHERE coalesce(b.kind, 'spend') <> 'discount' AND b.amount IS NOT NULL
        ),
        days AS (
            SELECT lines.*, CAST(unnest(generate_series(starts, ends, INTERVAL 1 DAY)) AS DATE) AS day,
                {_EXACT.format("amount / (ends - starts + 1)")} AS planned
            FROM lines
        )
        SELECT d.day, greatest(least(d.day, today()), d.day - {_FAR}) AS money_day, d.process, d.activity, d.channel,
            d.funded_by, d.currency, d.planned, CASE WHEN d.day <= known.day THEN d.planned END AS planned_so_far
        FROM days AS d CROSS JOIN known
    """,
    dimensions=_DIMENSIONS,
    measures=("planned", "planned_so_far"),
    money=("planned", "planned_so_far"),
    money_day="money_day",
    reach=_FAR,
    silent=True,
)
MONTH_PACE: Final = View(
    name="month_pace",
    base="budget_lines",
    reads=("ad_performance", "expenses"),
    sql=f"""
        WITH known AS ({_KNOWN}),
        asked AS (
            SELECT moments.day, least(moments.day, known.day) AS until
            FROM moments CROSS JOIN known
            WHERE known.day >= least(moments.day - {RECENT - 1}, CAST(date_trunc('month', moments.day) AS DATE))
        ),
        months AS (
            SELECT day, until, CAST(date_trunc('month', until) AS DATE) AS starts,
                CAST(date_trunc('month', until) + INTERVAL 1 MONTH AS DATE) - 1 AS ends
            FROM asked
        ),
        lines AS (
            SELECT b.*, CAST(date_trunc('month', b.month) AS DATE) AS starts FROM budget_lines AS b
            WHERE coalesce(b.kind, 'spend') <> 'discount' AND b.amount IS NOT NULL
        ),
        planned AS (SELECT DISTINCT starts FROM lines),
        paced AS (
            SELECT m.day, m.until, m.starts, m.ends - m.until AS days_left,
                greatest(m.starts, m.until - {RECENT - 1}) AS recent, planned.starts IS NOT NULL AS is_planned
            FROM months AS m LEFT JOIN planned ON planned.starts = m.starts
        ),
        spending AS (
            SELECT day, process, activity, channel, funded_by, currency, sum(amount) AS amount
            FROM advertising_spent GROUP BY day, process, activity, channel, funded_by, currency
            UNION ALL
            SELECT day, process, activity, channel, funded_by, currency, sum(amount_spent)
            FROM expenses_made GROUP BY day, process, activity, channel, funded_by, currency
        )
        SELECT p.day, s.day AS money_day, s.process, s.activity, s.channel, s.funded_by, s.currency,
            s.amount + CASE WHEN s.day >= p.recent
                THEN {_EXACT.format("s.amount * p.days_left / (p.until - p.recent + 1)")} ELSE 0 END AS projected,
            CASE WHEN p.is_planned AND p.days_left > 0 THEN {_EXACT.format("-s.amount / p.days_left")} END AS required
        FROM paced AS p JOIN spending AS s ON s.day BETWEEN p.starts AND p.until
        UNION ALL
        SELECT p.day, p.until, b.process, b.activity, b.channel, b.funded_by, b.currency, NULL,
            CASE WHEN p.days_left > 0 THEN {_EXACT.format("b.amount / p.days_left")} END
        FROM paced AS p JOIN lines AS b ON b.starts = p.starts
    """,
    dimensions=_DIMENSIONS,
    measures=("projected", "required"),
    money=("projected", "required"),
    money_day="money_day",
    reach=40,
    at_end=True,
    silent=True,
)
RECOVERABLE: Final = View(
    name="recoverable",
    base="ad_performance",
    sql="""
        WITH spent AS (
            SELECT day, platform, account, campaign, currency, sum(cost) AS cost, sum(conversions) AS conversions
            FROM ad_performance
            WHERE day BETWEEN (SELECT min(day) - 27 FROM moments) AND (SELECT max(day) FROM moments)
            GROUP BY day, platform, account, campaign, currency
        ),
        campaigns AS (
            SELECT moments.day, spent.platform, spent.account, spent.campaign,
                sum(spent.cost) AS cost, sum(spent.conversions) AS conversions
            FROM moments JOIN spent ON spent.day BETWEEN moments.day - 27 AND moments.day
            GROUP BY moments.day, spent.platform, spent.account, spent.campaign
        ),
        accounts AS (
            SELECT day, platform, account, sum(cost) AS cost, sum(conversions) AS conversions
            FROM campaigns GROUP BY day, platform, account
        ),
        judged AS (
            SELECT c.day, c.platform, c.account, c.campaign,
                CASE WHEN a.conversions > 0 THEN c.conversions = 0 AND c.cost > a.cost / a.conversions END AS is_wasted
            FROM campaigns AS c
            JOIN accounts AS a ON a.day = c.day AND a.platform = c.platform AND a.account IS NOT DISTINCT FROM c.account
        )
        SELECT j.day, j.day AS money_day, j.platform, j.account, j.campaign, NULL AS currency,
            CASE WHEN j.is_wasted IS NOT NULL THEN 0 END AS recoverable
        FROM judged AS j
        UNION ALL
        SELECT j.day, s.day, j.platform, j.account, j.campaign, s.currency, s.cost
        FROM judged AS j
        JOIN spent AS s ON s.day BETWEEN j.day - 27 AND j.day AND s.platform = j.platform
            AND s.account IS NOT DISTINCT FROM j.account AND s.campaign IS NOT DISTINCT FROM j.campaign
        WHERE j.is_wasted
    """,
    dimensions=("platform", "account", "campaign"),
    measures=("recoverable",),
    money=("recoverable",),
    money_day="money_day",
    reach=27,
    at_end=True,
)
TOP_UPS: Final = View(
    name="top_ups",
    base="budget_lines",
    sql="""
        SELECT moments.day, b.process, b.activity, b.channel, 1 AS top_ups
        FROM moments JOIN budget_lines AS b ON b.top_up_on BETWEEN moments.day AND moments.day + 7
    """,
    dimensions=("process", "activity", "channel"),
    measures=("top_ups",),
    at_end=True,
)

VIEWS: Final = (ADVERTISING_SPENT, EXPENSES_MADE, BUDGET_DAYS, MONTH_PACE, RECOVERABLE, TOP_UPS)
