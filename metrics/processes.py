"""The processes that KPIs belong to. The plan's table ``processes`` renames, owns and orders them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.language import N_


@dataclass(frozen=True)
class Process:
    """Repeatable work with a customer and a result. *headline* are the handful of KPIs shown first."""

    id: str
    name: str
    purpose: str
    headline: tuple[str, ...]
    parent: str | None = None


PAID_ACQUISITION: Final = Process(
    id="paid_acquisition",
    name=N_("Paid acquisition"),
    purpose=N_("Win customers through paid advertising, for less than they are worth."),
    headline=("spend", "clicks", "conversions", "cost_per_conversion", "conversion_rate", "roas"),
    parent="acquisition",
)
ORGANIC_CONTENT: Final = Process(
    id="organic_content",
    name=N_("Content and search"),
    purpose=N_("Be found by people who search for what we know and do."),
    headline=(
        "organic_clicks",
        "organic_impressions",
        "organic_ctr",
        "average_position",
        "query_coverage",
        "content_leads",
    ),
    parent="acquisition",
)

LEAD_GENERATION: Final = Process(
    id="lead_generation",
    name=N_("Lead generation"),
    purpose=N_("Turn interest into leads that sales accept."),
    headline=(
        "leads",
        "qualified_leads",
        "qualification_rate",
        "cost_per_lead",
        "hours_to_first_contact",
        "lead_to_customer_rate",
    ),
    parent="acquisition",
)
REFERRALS: Final = Process(
    id="referrals",
    name=N_("Referrals"),
    purpose=N_("Make it easy for customers and partners to recommend us."),
    headline=("referred_leads", "referred_customers", "referral_share", "referred_revenue", "active_referrers"),
    parent="acquisition",
)
CUSTOMER_GROWTH: Final = Process(
    id="customer_growth",
    name=N_("Customer growth"),
    purpose=N_("Show customers what else helps them."),
    headline=("growth_revenue", "growth_share", "customer_value", "repeat_purchase_rate", "attach_rate"),
    parent="acquisition",
)
PARTNERS: Final = Process(
    id="partners",
    name=N_("Partners"),
    purpose=N_("Win customers together with partners."),
    headline=(
        "partner_revenue",
        "partner_share",
        "active_partners",
        "revenue_per_partner",
        "commissions",
        "supports_given",
    ),
    parent="acquisition",
)
BIDS: Final = Process(
    id="bids",
    name=N_("Bids"),
    purpose=N_("Win the tenders that are worth entering."),
    headline=("bids_submitted", "win_rate", "win_rate_value", "known_decision_makers_share"),
)
PUBLIC_RELATIONS: Final = Process(
    id="public_relations",
    name=N_("Public relations"),
    purpose=N_("Be known for news of substance."),
    headline=("releases", "substantive_releases", "substantive_share", "share_of_voice", "pickups_per_release"),
)
CUSTOMER_VOICE: Final = Process(
    id="customer_voice",
    name=N_("Voice of the customer"),
    purpose=N_("Know what customers expect and what they got."),
    headline=("nps", "csat", "expectation_gap", "promises_kept_rate", "audit_coverage", "direct_contact_coverage"),
)
SERVICE_DESK: Final = Process(
    id="service_desk",
    name=N_("Service desk"),
    purpose=N_("Be the single window for requests to marketing, and answer each in time."),
    headline=(
        *("requests_received", "backlog", "first_response_hours"),
        *("resolution_hours", "sla_attainment", "reopen_rate"),
    ),
)
DELIVERY: Final = Process(
    id="delivery",
    name=N_("Delivery"),
    purpose=N_("Finish what was promised, on time."),
    headline=("tasks_done", "on_time_rate", "overdue_open", "cycle_time_days", "work_in_progress", "projects_on_track"),
)
BUDGET: Final = Process(
    id="budget",
    name=N_("Budget"),
    purpose=N_("Spend where it works, and no more than planned."),
    headline=(
        "actual_spend",
        "budget_index",
        "projected_spend",
        "required_daily_spend",
        "outside_funded_share",
        "recoverable_spend",
    ),
)
CUSTOMER_BASE: Final = Process(
    id="customer_base",
    name=N_("Customer base"),
    purpose=N_("Keep what is known of customers complete, fresh and used with care."),
    headline=(
        "contact_completeness",
        "fresh_share",
        "duplicate_share",
        "mixed_audience_mailings",
        "open_rate",
        "unsubscribe_rate",
    ),
)
ENABLEMENT: Final = Process(
    id="enablement",
    name=N_("Enablement"),
    purpose=N_("Give everyone procedures, accesses and training."),
    headline=(
        "procedure_coverage",
        "fresh_procedures",
        "onboarding_completion",
        "days_to_onboard",
        "access_coverage",
        "fresh_links",
    ),
)

PROCESSES: Final = {
    process.id: process
    for process in (
        PAID_ACQUISITION,
        ORGANIC_CONTENT,
        LEAD_GENERATION,
        REFERRALS,
        CUSTOMER_GROWTH,
        PARTNERS,
        BIDS,
        PUBLIC_RELATIONS,
        CUSTOMER_VOICE,
        SERVICE_DESK,
        DELIVERY,
        BUDGET,
        CUSTOMER_BASE,
        ENABLEMENT,
    )
}
