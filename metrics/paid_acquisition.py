"""KPIs of paid acquisition: what advertising cost and brought, as the platforms and as our own sales report it."""

from __future__ import annotations

from typing import Final

from core.language import N_
from metrics.model import Better, Distinct, Kpi, Plus, Ratio, Sum, Unit

_PROCESS: Final = "paid_acquisition"
_DIMENSIONS: Final = (
    "platform",
    "account",
    "campaign",
    "ad_group",
    "ad",
    "keyword",
    "match_type",
    "device",
    "network",
)
_PLATFORM: Final = N_("As the ad platform reports it; a day is final one day after it.")
_CONVERSIONS: Final = N_(
    "As the ad platform reports and attributes it. A day counts as final one day after it, though platforms add late "
    "conversions to past days for as long as their attribution window lasts."
)
_BY_CHANNEL: Final = ("channel", "platform", "campaign")


def _ads(column: str, factor: int = 1) -> Sum:
    return Sum("ad_performance", column, factor=factor)


SPEND: Final = Kpi(
    id="spend",
    name=N_("Spend"),
    meaning=N_("What the ad platforms charged."),
    process=_PROCESS,
    formula=N_("Σ cost"),
    expression=_ads("cost"),
    unit=Unit.MONEY,
    better=Better.NEITHER,
    dimensions=_DIMENSIONS,
    definition=_PLATFORM,
)
IMPRESSIONS: Final = Kpi(
    id="impressions",
    name=N_("Impressions"),
    meaning=N_("How often ads were shown."),
    process=_PROCESS,
    formula=N_("Σ impressions"),
    expression=_ads("impressions"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    dimensions=_DIMENSIONS,
    definition=_PLATFORM,
)
CLICKS: Final = Kpi(
    id="clicks",
    name=N_("Clicks"),
    meaning=N_("How often ads were clicked."),
    process=_PROCESS,
    formula=N_("Σ clicks"),
    expression=_ads("clicks"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    dimensions=_DIMENSIONS,
    definition=_PLATFORM,
)
CTR: Final = Kpi(
    id="ctr",
    name=N_("Click-through rate"),
    meaning=N_("The share of impressions that were clicked."),
    process=_PROCESS,
    formula=N_("Σ clicks / Σ impressions"),
    expression=Ratio(_ads("clicks"), _ads("impressions")),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    dimensions=_DIMENSIONS,
    definition=_PLATFORM,
)
CPC: Final = Kpi(
    id="cpc",
    name=N_("Cost per click"),
    meaning=N_("What one click cost."),
    process=_PROCESS,
    formula=N_("Σ cost / Σ clicks"),
    expression=Ratio(_ads("cost"), _ads("clicks")),
    unit=Unit.MONEY,
    better=Better.LOWER,
    dimensions=_DIMENSIONS,
    definition=_PLATFORM,
)
CPM: Final = Kpi(
    id="cpm",
    name=N_("Cost per thousand impressions"),
    meaning=N_("What a thousand impressions cost."),
    process=_PROCESS,
    formula=N_("1000 × Σ cost / Σ impressions"),
    expression=Ratio(_ads("cost", factor=1000), _ads("impressions")),
    unit=Unit.MONEY,
    better=Better.LOWER,
    dimensions=_DIMENSIONS,
    definition=_PLATFORM,
)
CONVERSIONS: Final = Kpi(
    id="conversions",
    name=N_("Conversions (platform-reported)"),
    meaning=N_("Conversions that the ad platforms claim for themselves; several may claim the same one."),
    process=_PROCESS,
    formula=N_("Σ conversions"),
    expression=_ads("conversions"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    dimensions=_DIMENSIONS,
    definition=_CONVERSIONS,
)
CONVERSION_RATE: Final = Kpi(
    id="conversion_rate",
    name=N_("Conversion rate"),
    meaning=N_("Platform-reported conversions per click."),
    process=_PROCESS,
    formula=N_("Σ conversions / Σ clicks"),
    expression=Ratio(_ads("conversions"), _ads("clicks")),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    dimensions=_DIMENSIONS,
    definition=_CONVERSIONS,
)
COST_PER_CONVERSION: Final = Kpi(
    id="cost_per_conversion",
    name=N_("Cost per conversion"),
    meaning=N_("What one platform-reported conversion cost."),
    process=_PROCESS,
    formula=N_("Σ cost / Σ conversions"),
    expression=Ratio(_ads("cost"), _ads("conversions")),
    unit=Unit.MONEY,
    better=Better.LOWER,
    dimensions=_DIMENSIONS,
    definition=_CONVERSIONS,
)
CONVERSION_VALUE: Final = Kpi(
    id="conversion_value",
    name=N_("Conversion value"),
    meaning=N_("The value that the ad platforms give to their conversions."),
    process=_PROCESS,
    formula=N_("Σ conversion value"),
    expression=_ads("conversion_value"),
    unit=Unit.MONEY,
    better=Better.HIGHER,
    dimensions=_DIMENSIONS,
    definition=_CONVERSIONS,
)
VALUE_PER_CONVERSION: Final = Kpi(
    id="value_per_conversion",
    name=N_("Value per conversion"),
    meaning=N_("What one platform-reported conversion is worth, as the ad platforms value it."),
    process=_PROCESS,
    formula=N_("Σ conversion value / Σ conversions"),
    expression=Ratio(_ads("conversion_value"), _ads("conversions")),
    unit=Unit.MONEY,
    better=Better.HIGHER,
    dimensions=_DIMENSIONS,
    definition=_CONVERSIONS,
)
ROAS: Final = Kpi(
    id="roas",
    name=N_("Return on ad spend"),
    meaning=N_("Platform-reported conversion value for each unit of money spent."),
    process=_PROCESS,
    formula=N_("Σ conversion value / Σ cost"),
    expression=Ratio(_ads("conversion_value"), _ads("cost")),
    unit=Unit.RATIO,
    better=Better.HIGHER,
    dimensions=_DIMENSIONS,
    definition=_CONVERSIONS,
)
CLOSED_LOOP_ROAS: Final = Kpi(
    id="closed_loop_roas",
    name=N_("Return on ad spend (won deals)"),
    meaning=N_("What the won deals from paid channels are worth for each unit of money spent on ads."),
    process=_PROCESS,
    formula=N_("Σ amount of won deals from paid channels / Σ ad cost"),
    expression=Ratio(Sum("deals_won", "paid_amount"), Sum("ad_costs", "cost")),
    unit=Unit.RATIO,
    better=Better.HIGHER,
    dimensions=_BY_CHANNEL,
    definition=N_(
        "Amounts and origins of deals as the CRM keeps them, cost as the ad platforms charge it. A deal without an "
        "origin of its own has that of its lead."
    ),
    alignment=N_(
        "Deals count on the day they were won, cost on the day it arose: what is spent today is sold later. Platforms "
        "meet by the deal's source, campaigns by their exact names."
    ),
)
CUSTOMER_ACQUISITION_COST: Final = Kpi(
    id="customer_acquisition_cost",
    name=N_("Customer acquisition cost"),
    meaning=N_("What winning one new customer through paid channels cost, with everything spent on them."),
    process=_PROCESS,
    formula=N_(
        "(Σ ad cost + Σ other expenses for paid channels) / number of different new customers from paid channels"
    ),
    expression=Ratio(
        Plus((Sum("ad_costs", "cost"), Sum("paid_expenses", "amount"))),
        Distinct("deals_won", "new_paid_customer"),
    ),
    unit=Unit.MONEY,
    better=Better.LOWER,
    dimensions=_BY_CHANNEL,
    definition=N_(
        "Invoices of the ad platforms themselves are left out of the expenses, since their cost is loaded already. A "
        "customer is new with a won deal of the kind new or, where the CRM does not tell the kind, with the first one."
    ),
    alignment=N_(
        "Deals count on the day they were won, cost on the day it arose. Platforms meet by the deal's source, "
        "campaigns by their exact names."
    ),
)
WASTED_SPEND_SHARE: Final = Kpi(
    id="wasted_spend_share",
    name=N_("Wasted spend"),
    meaning=N_("The share of four weeks' ad cost that went to campaigns which should have converted and did not."),
    process=_PROCESS,
    formula=N_(
        "Σ cost of campaigns without a conversion in the 28 days up to the last day of the period whose cost exceeds "
        "the target cost per conversion / Σ cost of all campaigns in these days"
    ),
    expression=Ratio(Sum("campaign_waste", "wasted_cost"), Sum("campaign_waste", "cost")),
    unit=Unit.FRACTION,
    better=Better.LOWER,
    dimensions=("channel", "platform", "account", "campaign"),
    definition=N_(
        "Judged by the target for the cost per conversion that holds on the last day: that of the platform, otherwise "
        "the general one. Campaigns without a target or whose platform tells no conversions are left out."
    ),
    upper=1,
)

KPIS: Final = (
    SPEND,
    IMPRESSIONS,
    CLICKS,
    CTR,
    CPC,
    CPM,
    CONVERSIONS,
    CONVERSION_RATE,
    COST_PER_CONVERSION,
    CONVERSION_VALUE,
    VALUE_PER_CONVERSION,
    ROAS,
    CLOSED_LOOP_ROAS,
    CUSTOMER_ACQUISITION_COST,
    WASTED_SPEND_SHARE,
)
