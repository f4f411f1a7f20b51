"""KPIs of customer growth: what customers buy beyond their first order."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Distinct, Known, Kpi, Plus, Ratio, Sum, Unit

_growth = partial(Kpi, process="customer_growth", better=Better.HIGHER)
_DEALS: Final = ("channel", "campaign", "source", "owner", "pipeline")
_CUSTOMERS: Final = ("segment", "owner")
_WON: Final = N_("As the CRM keeps it, by the day the deal was won.")
_YEAR: Final = N_(
    "Counted over the 365 days up to the last day of the period. A customer is active who ordered in them; segment and "
    "owner are those of today."
)

GROWTH_REVENUE: Final = _growth(
    id="growth_revenue",
    name=N_("Growth revenue"),
    meaning=N_("What customers agreed to buy on top of what they had."),
    formula=N_("Σ amount of won deals of the kinds upsell and cross-sell"),
    expression=Sum("deals_won", "growth_amount"),
    unit=Unit.MONEY,
    dimensions=(*_DEALS, "kind"),
    definition=_WON,
    lower=None,
)
GROWTH_SHARE: Final = _growth(
    id="growth_share",
    name=N_("Share of growth"),
    meaning=N_("The share of won revenue that customers added to what they had."),
    formula=N_("Σ amount of won deals of the kinds upsell and cross-sell / Σ amount of won deals whose kind is known"),
    expression=Ratio(Sum("deals_won", "growth_amount"), Sum("deals_won", "amount", where=(Known("kind"),))),
    unit=Unit.FRACTION,
    dimensions=_DEALS,
    definition=_WON,
    upper=1,
)
ATTACH_RATE: Final = _growth(
    id="attach_rate",
    name=N_("Products per customer"),
    meaning=N_("How many different products an active customer buys."),
    formula=N_("number of different products of each active customer, summed / number of active customers"),
    expression=Ratio(Sum("buyers_year", "products"), Sum("buyers_year", "product_customers")),
    unit=Unit.RATIO,
    dimensions=_CUSTOMERS,
    definition=_YEAR,
)
REPEAT_PURCHASE_RATE: Final = _growth(
    id="repeat_purchase_rate",
    name=N_("Repeat purchase rate"),
    meaning=N_("The share of active customers who ordered more than once."),
    formula=N_("number of active customers with more than one order / number of active customers"),
    expression=Ratio(Sum("buyers_year", "repeat_customers"), Sum("buyers_year", "customers")),
    unit=Unit.FRACTION,
    dimensions=_CUSTOMERS,
    definition=_YEAR,
    upper=1,
)
AVERAGE_ORDER_VALUE: Final = _growth(
    id="average_order_value",
    name=N_("Average order value"),
    meaning=N_("What one order is worth."),
    formula=N_("Σ amount of order lines / number of different orders"),
    expression=Ratio(Sum("order_lines", "amount"), Distinct("order_lines", "order_id", where=(Known("amount"),))),
    unit=Unit.MONEY,
    dimensions=("product", *_CUSTOMERS),
    definition=N_("As the order book keeps it, without tax, by the day of the order."),
    lower=None,
)
CUSTOMER_VALUE: Final = _growth(
    id="customer_value",
    name=N_("Customer value"),
    meaning=N_("What an active customer brought in a year."),
    formula=N_("Σ revenue of the last 365 days / number of different customers with an order or a won deal in them"),
    expression=Ratio(
        Plus((Sum("buyers_year", "revenue"), Sum("deals_year", "revenue"))),
        Plus((Sum("buyers_year", "customers"), Sum("deals_year", "customers"))),
    ),
    unit=Unit.MONEY,
    dimensions=_CUSTOMERS,
    definition=N_(
        "Counted over the 365 days up to the last day of the period. Revenue is what a customer ordered in them; of a "
        "customer without an order, the won deals, so that nothing counts twice."
    ),
    alignment=N_("Orders and deals belong to the same customer by its number; money counts on its own day."),
    lower=None,
)
MISSED_OPPORTUNITY_VALUE: Final = Kpi(
    id="missed_opportunity_value",
    process="customer_growth",
    name=N_("Missed opportunities"),
    meaning=N_("What customers say in audits they would have bought from us, had we offered it."),
    formula=N_("Σ value of the opportunities named in audits"),
    expression=Sum("missed_opportunities", "opportunity_value"),
    unit=Unit.MONEY,
    better=Better.LOWER,
    dimensions=("segment", "role"),
    definition=N_("As written down in the audit, by the day of the audit."),
)

KPIS: Final = (
    GROWTH_REVENUE,
    GROWTH_SHARE,
    ATTACH_RATE,
    REPEAT_PURCHASE_RATE,
    AVERAGE_ORDER_VALUE,
    CUSTOMER_VALUE,
    MISSED_OPPORTUNITY_VALUE,
)
