"""KPIs of referrals: who recommends us, and what comes of it."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Distinct, Kpi, Ratio, Sum, Unit

_referral = partial(Kpi, process="referrals", better=Better.HIGHER)
_LEADS: Final = ("channel", "campaign", "source", "segment", "owner", "referrer")
_DEALS: Final = ("channel", "campaign", "source", "owner", "pipeline")
_CAME: Final = N_("A lead is referred when it names who recommended us, or came by the channel referral.")
_WON: Final = N_(
    "By the day the deal was won. A deal is referred when it or its lead names who recommended us, or came by the "
    "channel referral. A customer is new with a won deal of the kind new or, where the CRM does not tell the kind, "
    "with the first one."
)

REFERRED_LEADS: Final = _referral(
    id="referred_leads",
    name=N_("Referred leads"),
    meaning=N_("How many leads came because somebody recommended us."),
    formula=N_("number of referred leads that came in"),
    expression=Sum("lead_steps", "referred_leads"),
    unit=Unit.COUNT,
    dimensions=_LEADS,
    definition=_CAME,
)
REFERRED_CUSTOMERS: Final = _referral(
    id="referred_customers",
    name=N_("Referred customers"),
    meaning=N_("How many new customers were won because somebody recommended us."),
    formula=N_("number of different new customers of referred deals"),
    expression=Distinct("deals_won", "new_referred_customer"),
    unit=Unit.COUNT,
    dimensions=(*_DEALS, "referrer"),
    definition=_WON,
)
REFERRAL_SHARE: Final = _referral(
    id="referral_share",
    name=N_("Share of referrals"),
    meaning=N_("The share of new customers that were won because somebody recommended us."),
    formula=N_("number of different new customers of referred deals / number of different new customers"),
    expression=Ratio(Distinct("deals_won", "new_referred_customer"), Distinct("deals_won", "new_customer")),
    unit=Unit.FRACTION,
    dimensions=_DEALS,
    definition=_WON,
    upper=1,
)
REFERRED_REVENUE: Final = _referral(
    id="referred_revenue",
    name=N_("Referred revenue"),
    meaning=N_("What the won deals are worth that came because somebody recommended us."),
    formula=N_("Σ amount of referred won deals"),
    expression=Sum("deals_won", "referred_amount"),
    unit=Unit.MONEY,
    dimensions=(*_DEALS, "kind", "referrer"),
    definition=_WON,
)
ACTIVE_REFERRERS: Final = _referral(
    id="active_referrers",
    name=N_("Active referrers"),
    meaning=N_("How many different customers or partners recommended us to somebody who came."),
    formula=N_("number of different referrers of leads that came in"),
    expression=Distinct("lead_steps", "active_referrer"),
    unit=Unit.COUNT,
    dimensions=_LEADS,
    definition=N_("As the CRM names them, by the day the lead came in."),
)
REFERRAL_CONVERSION_RATE: Final = _referral(
    id="referral_conversion_rate",
    name=N_("Conversion of referrals"),
    meaning=N_("The share of the referred leads of which a deal was won within three months."),
    formula=N_("number of referred leads with a deal won within 90 days of coming in / number of referred leads"),
    expression=Ratio(Sum("lead_outcomes", "referred_won_in_time"), Sum("lead_outcomes", "referred_leads")),
    unit=Unit.FRACTION,
    dimensions=_LEADS,
    definition=N_(
        "By the day the lead came in, so that both counts are of the same leads: a day is final when its leads have "
        "had their 90 days. Deals belong to the lead whose number they carry."
    ),
    upper=1,
    lag_days=91,
)

KPIS: Final = (
    REFERRED_LEADS,
    REFERRED_CUSTOMERS,
    REFERRAL_SHARE,
    REFERRED_REVENUE,
    ACTIVE_REFERRERS,
    REFERRAL_CONVERSION_RATE,
)
