"""Leads and deals, from the first contact to the order, and what partners add to it."""

from __future__ import annotations

from typing import Final

from metrics.view import View

_ORIGIN: Final = ("channel", "platform", "campaign", "source")
_TOLD: Final = ("deals.channel", "deals.source", "deals.partner", "deals.referrer", "deals.lead_id")
"""Where the origin of a deal may be told."""

LEAD_STEPS: Final = View(
    name="lead_steps",
    base="leads",
    sql="""
        WITH told AS (SELECT count(qualified_at) > 0 AS qualified, count(accepted_at) > 0 AS accepted FROM leads),
        dated AS (
            SELECT l.*, CAST(l.paid AS BIGINT) AS is_paid, CAST(local(l.created_at) AS DATE) AS came_on,
                CAST(local(l.qualified_at) AS DATE) AS qualified_on, CAST(local(l.accepted_at) AS DATE) AS accepted_on
            FROM lead_origins AS l WHERE l.created_at IS NOT NULL
        ),
        steps AS (
            SELECT came_on AS day, *, 1 AS came, 0 AS qualified, 0 AS accepted FROM dated
            UNION ALL
            SELECT qualified_on, *, 0, 1, 0 FROM dated WHERE qualified_on IS NOT NULL
            UNION ALL
            SELECT accepted_on, *, 0, 0, 1 FROM dated WHERE accepted_on IS NOT NULL
        )
        SELECT s.day, s.reached_by AS channel, s.platform, s.campaign, s.source, s.medium, s.segment, s.owner, s.status,
            s.lost_reason, s.referrer, s.currency, s.came AS leads, s.came * s.is_paid AS paid_leads,
            CASE WHEN told.qualified THEN s.qualified END AS qualified_leads,
            CASE WHEN told.qualified THEN s.qualified * s.is_paid END AS paid_qualified_leads,
            CASE WHEN told.accepted THEN s.accepted END AS accepted_leads,
            s.came * CAST(s.referred AS BIGINT) AS referred_leads,
            CASE WHEN s.came = 1 THEN s.value END AS value,
            CASE WHEN s.came = 1 THEN s.referrer END AS active_referrer,
            CASE WHEN s.came = 1 AND s.contacted_at >= s.created_at
                THEN epoch(s.contacted_at - s.created_at) / 3600 END AS contact_hours,
            CASE WHEN s.came = 1 AND s.qualified_on >= s.came_on THEN CAST(s.qualified_on - s.came_on <= 14 AS BIGINT)
                WHEN s.came = 1 AND s.qualified_on IS NULL AND told.qualified THEN 0 END AS qualified_in_time
        FROM steps AS s CROSS JOIN told
    """,
    dimensions=(*_ORIGIN, "medium", "segment", "owner", "status", "lost_reason", "referrer"),
    measures=(
        "leads",
        "paid_leads",
        "qualified_leads",
        "paid_qualified_leads",
        "accepted_leads",
        "referred_leads",
        "value",
        "qualified_in_time",
    ),
    money=("value",),
    values=("active_referrer", "contact_hours"),
    told_by={
        "active_referrer": ("leads.referrer",),
        "qualified_leads": ("leads.qualified_at",),
        "paid_qualified_leads": ("leads.qualified_at",),
        "accepted_leads": ("leads.accepted_at",),
    },
)
LEAD_OUTCOMES: Final = View(
    name="lead_outcomes",
    base="leads",
    sql="""
        WITH told AS (SELECT count(lead_id) > 0 AS linked FROM deals),
        won AS (
            SELECT g.lead_id, g.lead_system, min(CAST(local(d.closed_at) AS DATE)) AS won_on FROM deals AS d
            JOIN deal_leads AS g ON g.deal_id = d.deal_id AND g.system IS NOT DISTINCT FROM d.system
            WHERE d.outcome = 'won' GROUP BY g.lead_id, g.lead_system
        ),
        dated AS (
            SELECT l.*, CAST(local(l.created_at) AS DATE) AS day, won.won_on FROM lead_origins AS l
            LEFT JOIN won ON won.lead_id = l.lead_id AND won.lead_system IS NOT DISTINCT FROM l.system
            WHERE l.created_at IS NOT NULL
        ),
        judged AS (
            SELECT d.*, CAST(d.referred AS BIGINT) AS is_referred,
                CASE WHEN d.won_on >= d.day THEN CAST(d.won_on - d.day <= 90 AS BIGINT)
                    WHEN d.won_on IS NULL AND told.linked THEN 0 END AS won_in_time
            FROM dated AS d CROSS JOIN told
        )
        SELECT day, reached_by AS channel, platform, campaign, source, medium, segment, owner, referrer, 1 AS leads,
            won_in_time, won_in_time * is_referred AS referred_won_in_time,
            CASE WHEN won_in_time IS NOT NULL THEN is_referred END AS referred_leads
        FROM judged
    """,
    dimensions=(*_ORIGIN, "medium", "segment", "owner", "referrer"),
    measures=("leads", "won_in_time", "referred_won_in_time", "referred_leads"),
    reads=("deals",),
)
DEALS_WON: Final = View(
    name="deals_won",
    base="deals",
    sql="""
        WITH told AS (SELECT count(partner) > 0 AS partners FROM deals),
        directory AS (
            SELECT word, max(shown) AS shown, max(commission_rate) / 100 AS rate FROM (
                SELECT lower(partner_id) AS word, coalesce(name, partner_id) AS shown, commission_rate FROM partners
                UNION
                SELECT lower(name), name, commission_rate FROM partners
            ) AS named GROUP BY word
        ),
        won AS (
            SELECT n.*, CAST(local(n.closed_at) AS DATE) AS day,
                row_number() OVER (PARTITION BY n.customer ORDER BY n.closed_at, n.deal_id) AS place
            FROM (
                SELECT *, coalesce(customer_id, concat_ws(' ', 'deal', system, deal_id)) AS customer FROM deal_origins
                WHERE outcome = 'won' AND closed_at IS NOT NULL
            ) AS n
        ),
        known AS (
            SELECT w.*, CASE WHEN coalesce(w.kind = 'new', w.place = 1) THEN w.customer END AS new_customer
            FROM won AS w
        )
        SELECT k.day, k.reached_by AS channel, k.platform, k.campaign, k.source, k.owner, k.pipeline, k.kind,
            coalesce(p.shown, k.partner) AS partner, k.referrer, k.currency, k.amount, k.new_customer,
            CASE WHEN k.paid THEN k.new_customer END AS new_paid_customer,
            CASE WHEN k.referred THEN k.new_customer END AS new_referred_customer,
            CASE WHEN k.paid THEN k.amount WHEN NOT k.paid THEN 0 END AS paid_amount,
            CASE WHEN k.referred THEN k.amount WHEN NOT k.referred THEN 0 END AS referred_amount,
            CASE WHEN k.kind IN ('upsell', 'cross_sell') THEN k.amount WHEN k.kind IS NOT NULL THEN 0 END
                AS growth_amount,
            CASE WHEN k.partner IS NOT NULL THEN k.amount WHEN told.partners THEN 0 END AS partner_amount,
            CASE WHEN k.partner IS NOT NULL THEN k.amount * p.rate WHEN told.partners THEN 0 END AS commission
        FROM known AS k
        CROSS JOIN told
        LEFT JOIN directory AS p ON p.word = lower(k.partner)
    """,
    dimensions=(*_ORIGIN, "owner", "pipeline", "kind", "partner", "referrer"),
    measures=("amount", "paid_amount", "referred_amount", "growth_amount", "partner_amount", "commission"),
    money=("amount", "paid_amount", "referred_amount", "growth_amount", "partner_amount", "commission"),
    values=("new_customer", "new_paid_customer", "new_referred_customer"),
    told_by={
        "partner": ("deals.partner",),
        "partner_amount": ("deals.partner",),
        "commission": ("partners.commission_rate",),
        "growth_amount": ("deals.kind",),
        "paid_amount": _TOLD,
        "referred_amount": _TOLD,
        "new_paid_customer": _TOLD,
        "new_referred_customer": _TOLD,
    },
)
PARTNER_SUPPORTS: Final = View(
    name="partner_supports",
    base="tasks",
    sql="""
        SELECT CAST(local(t.done_at) AS DATE) AS day, t.project, t.assignee, 1 AS supports
        FROM tasks AS t
        WHERE t.process = 'partners' AND t.done_at IS NOT NULL
            AND regexp_matches(lower(concat_ws(' ', t.title, t.labels)), 'repost|webinar|репост|вебинар')
    """,
    dimensions=("project", "assignee"),
    measures=("supports",),
    told_by={"supports": ("tasks.process",)},
)

VIEWS: Final = (LEAD_STEPS, LEAD_OUTCOMES, DEALS_WON, PARTNER_SUPPORTS)
