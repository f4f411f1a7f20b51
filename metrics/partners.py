"""KPIs of partners: what they bring, cost and pay for."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Distinct, Known, Kpi, Plus, Ratio, Sum, Unit

_partner = partial(
    Kpi,
    process="partners",
    better=Better.HIGHER,
    dimensions=("partner", "kind", "owner", "pipeline"),
    definition=N_("As the CRM keeps it, by the day the deal was won; a partner deal names the partner who brought it."),
)
_COMMISSION: Final = N_(
    "By the day the deal was won, at the rate that the directory of partners has today; deals of partners without a "
    "rate are left out."
)
_REVENUE: Final = Sum("deals_won", "partner_amount")
_COMMISSIONS: Final = Sum("deals_won", "commission")

PARTNER_REVENUE: Final = _partner(
    id="partner_revenue",
    name=N_("Partner revenue"),
    meaning=N_("What the won deals are worth that partners brought."),
    formula=N_("Σ amount of won partner deals"),
    expression=_REVENUE,
    unit=Unit.MONEY,
)
PARTNER_SHARE: Final = _partner(
    id="partner_share",
    name=N_("Share of partners"),
    meaning=N_("The share of won revenue that partners brought."),
    formula=N_("Σ amount of won partner deals / Σ amount of won deals"),
    expression=Ratio(_REVENUE, Sum("deals_won", "amount")),
    unit=Unit.FRACTION,
    dimensions=("kind", "owner", "pipeline"),
    upper=1,
)
COMMISSIONS: Final = _partner(
    id="commissions",
    name=N_("Commissions"),
    meaning=N_("What partners earn from the deals they brought."),
    formula=N_("Σ amount of won partner deals × commission rate of the partner"),
    expression=_COMMISSIONS,
    unit=Unit.MONEY,
    better=Better.NEITHER,
    definition=_COMMISSION,
)
COMMISSION_RATE: Final = _partner(
    id="commission_rate",
    name=N_("Commission rate"),
    meaning=N_("The share of the revenue partners brought that they earn."),
    formula=N_("Σ commissions / Σ amount of won partner deals whose commission is known"),
    expression=Ratio(_COMMISSIONS, Sum("deals_won", "partner_amount", where=(Known("commission"),))),
    unit=Unit.FRACTION,
    better=Better.LOWER,
    definition=_COMMISSION,
    upper=1,
)
ACTIVE_PARTNERS: Final = _partner(
    id="active_partners",
    name=N_("Active partners"),
    meaning=N_("How many different partners brought a deal that was won."),
    formula=N_("number of different partners of won deals"),
    expression=Distinct("deals_won", "partner"),
    unit=Unit.COUNT,
)
REVENUE_PER_PARTNER: Final = _partner(
    id="revenue_per_partner",
    name=N_("Revenue per partner"),
    meaning=N_("What the won deals of one active partner are worth."),
    formula=N_("Σ amount of won partner deals / number of different partners of won deals"),
    expression=Ratio(_REVENUE, Distinct("deals_won", "partner")),
    unit=Unit.MONEY,
)
PARTNER_FUNDED_SHARE: Final = _partner(
    id="partner_funded_share",
    name=N_("Share funded by partners"),
    meaning=N_("The share of what marketing spent that partners paid for."),
    formula=N_("Σ expenses funded by partners / (Σ ad cost + Σ other expenses)"),
    expression=Ratio(
        Sum("expenses_beside_ads", "partner_amount"),
        Plus((Sum("ad_performance", "cost"), Sum("expenses_beside_ads", "amount"))),
    ),
    unit=Unit.FRACTION,
    dimensions=("campaign",),
    definition=N_(
        "What was spent, not what was planned, as the list of expenses tells who paid. Invoices of the ad platforms "
        "themselves are left out of it, since their cost is loaded already."
    ),
    alignment=N_("Expenses count on their day, ad cost on the day it arose; campaigns meet by their exact names."),
    upper=1,
)
SUPPORTS_GIVEN: Final = _partner(
    id="supports_given",
    name=N_("Supports with partners"),
    meaning=N_("How many reposts and webinars were done together with partners."),
    formula=N_("number of tasks done in the process of partners whose title or label tells of a repost or a webinar"),
    expression=Sum("partner_supports", "supports"),
    unit=Unit.COUNT,
    dimensions=("project", "assignee"),
    definition=N_(
        "As the task tracker keeps it, by the day the task was done; the directory of partners only tells the last "
        "support of each."
    ),
)

KPIS: Final = (
    PARTNER_REVENUE,
    PARTNER_SHARE,
    COMMISSIONS,
    COMMISSION_RATE,
    ACTIVE_PARTNERS,
    REVENUE_PER_PARTNER,
    PARTNER_FUNDED_SHARE,
    SUPPORTS_GIVEN,
)
