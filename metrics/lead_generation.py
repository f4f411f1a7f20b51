"""KPIs of lead generation: what interest becomes."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Known, Kpi, Quantile, Ratio, Sum, Unit

_lead = partial(
    Kpi,
    process="lead_generation",
    dimensions=("channel", "platform", "campaign", "source", "medium", "segment", "owner", "status", "lost_reason"),
)
_cost = partial(
    Kpi,
    process="lead_generation",
    unit=Unit.MONEY,
    better=Better.LOWER,
    dimensions=("channel", "platform", "campaign"),
    definition=N_("Cost as the ad platforms charge it, leads and their origins as the CRM keeps them."),
)
_CAME: Final = N_("As the CRM keeps it, by the day the lead came in.")
_STEP: Final = N_("As the CRM keeps it, by the day of that step; unknown where the CRM never records it.")


def _steps(column: str, *where: Known) -> Sum:
    return Sum("lead_steps", column, where)


LEADS: Final = _lead(
    id="leads",
    name=N_("Leads"),
    meaning=N_("How many people or companies showed interest."),
    formula=N_("number of leads that came in"),
    expression=_steps("leads"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=_CAME,
)
QUALIFIED_LEADS: Final = _lead(
    id="qualified_leads",
    name=N_("Qualified leads"),
    meaning=N_("How many leads marketing found worth handing to sales."),
    formula=N_("number of leads that were qualified, whenever they came in"),
    expression=_steps("qualified_leads"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=_STEP,
)
QUALIFICATION_RATE: Final = _lead(
    id="qualification_rate",
    name=N_("Qualification rate"),
    meaning=N_("The share of the leads that came in which marketing qualified within two weeks."),
    formula=N_("number of leads qualified within 14 days of coming in / number of leads that came in"),
    expression=Ratio(_steps("qualified_in_time"), _steps("leads", Known("qualified_in_time"))),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    definition=N_(
        "By the day the lead came in, so that both counts are of the same leads: a day is final when its leads have "
        "had their 14 days."
    ),
    upper=1,
    lag_days=15,
)
ACCEPTED_LEADS: Final = _lead(
    id="accepted_leads",
    name=N_("Accepted leads"),
    meaning=N_("How many leads sales accepted."),
    formula=N_("number of leads that sales accepted, whenever they came in"),
    expression=_steps("accepted_leads"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=_STEP,
)
COST_PER_LEAD: Final = _cost(
    id="cost_per_lead",
    name=N_("Cost per lead"),
    meaning=N_("What one lead from a paid channel cost."),
    formula=N_("Σ ad cost / number of leads from paid channels that came in"),
    expression=Ratio(Sum("ad_costs", "cost"), _steps("paid_leads")),
    alignment=N_(
        "Leads count on the day they came in, cost on the day it arose. Platforms meet by the lead's source, campaigns "
        "by their exact names."
    ),
)
COST_PER_QUALIFIED_LEAD: Final = _cost(
    id="cost_per_qualified_lead",
    name=N_("Cost per qualified lead"),
    meaning=N_("What one qualified lead from a paid channel cost."),
    formula=N_("Σ ad cost / number of leads from paid channels that were qualified"),
    expression=Ratio(Sum("ad_costs", "cost"), _steps("paid_qualified_leads")),
    alignment=N_(
        "Leads count on the day they were qualified, cost on the day it arose. Platforms meet by the lead's source, "
        "campaigns by their exact names."
    ),
)
HOURS_TO_FIRST_CONTACT: Final = _lead(
    id="hours_to_first_contact",
    name=N_("Time to first contact"),
    meaning=N_("How long the middle one of all leads waited until somebody got in touch."),
    formula=N_("median of the calendar hours from coming in to the first contact"),
    expression=Quantile("lead_steps", "contact_hours"),
    unit=Unit.HOURS,
    better=Better.LOWER,
    definition=N_(
        "By the day the lead came in; leads nobody contacted yet are not in it. Why it matters: Oldroyd, McElheran and "
        "Elkington, The Short Life of Online Sales Leads, Harvard Business Review 2011."
    ),
    lag_days=2,
)
LEAD_TO_CUSTOMER_RATE: Final = _lead(
    id="lead_to_customer_rate",
    name=N_("Lead-to-customer rate"),
    meaning=N_("The share of the leads that came in of which a deal was won within three months."),
    formula=N_("number of leads with a deal won within 90 days of coming in / number of leads that came in"),
    expression=Ratio(Sum("lead_outcomes", "won_in_time"), Sum("lead_outcomes", "leads", where=(Known("won_in_time"),))),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    dimensions=("channel", "platform", "campaign", "source", "medium", "segment", "owner"),
    definition=N_(
        "By the day the lead came in, so that both counts are of the same leads: a day is final when its leads have "
        "had their 90 days. Deals belong to the lead whose number they carry."
    ),
    upper=1,
    lag_days=91,
)
LEAD_VALUE: Final = _lead(
    id="lead_value",
    name=N_("Lead value"),
    meaning=N_("What the leads that came in may be worth, as sales values them."),
    formula=N_("Σ value of leads that came in"),
    expression=_steps("value"),
    unit=Unit.MONEY,
    better=Better.HIGHER,
    definition=_CAME,
)

KPIS: Final = (
    LEADS,
    QUALIFIED_LEADS,
    QUALIFICATION_RATE,
    ACCEPTED_LEADS,
    COST_PER_LEAD,
    COST_PER_QUALIFIED_LEAD,
    HOURS_TO_FIRST_CONTACT,
    LEAD_TO_CUSTOMER_RATE,
    LEAD_VALUE,
)
