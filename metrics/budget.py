"""KPIs of the budget: plan beside fact."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Kpi, Plus, Ratio, Sum, Unit

_SPLIT: Final = ("process", "activity", "channel", "funded_by")
_PLAN: Final = N_(
    "Lines of the plan, spread evenly over the days of their month; without discounts. Days still to come are worth "
    "what the currency is worth when the plan is read."
)
_ACTUAL: Final = N_(
    "What ad platforms charge, plus expenses other than discounts. Where platforms report a month, its invoices for "
    "advertising (that activity, or one whose budget line names campaigns) are left out. Final a week after the day."
)
_EXPENSES: Final = N_("As the accounts keep it, by the day of the expense; final a week after it.")
_TOGETHER: Final = N_(
    "Ad cost and expenses are added day by day; ad cost has the activity and channel of its budget line."
)
_BESIDE: Final = N_(
    "Ad cost, expenses and plan meet day by day; ad cost has the activity and channel of its budget line. The plan "
    "counts up to the last day of which spend is known."
)
_PACE: Final = N_(
    "The month of the last day of which spend is known, for the plan's lines, ad cost and expenses alike."
)

_budget = partial(Kpi, process="budget", dimensions=_SPLIT, lag_days=7)
_money = partial(_budget, unit=Unit.MONEY)
_share = partial(_budget, unit=Unit.FRACTION, upper=1)

_ADS: Final = Sum("advertising_spent", "amount")
_PAID: Final = Sum("expenses_made", "amount_spent")
_DISCOUNTS: Final = Sum("expenses_made", "discounts")
_SPENT: Final = Plus((_ADS, _PAID))

PLANNED_SPEND: Final = _money(
    id="planned_spend",
    name=N_("Planned spend"),
    meaning=N_("What may be spent by the plan."),
    formula=N_("Σ amount of the budget lines, day by day"),
    expression=Sum("budget_days", "planned"),
    better=Better.NEITHER,
    definition=_PLAN,
    lag_days=0,
    decided=True,
)
ACTUAL_SPEND: Final = _money(
    id="actual_spend",
    plan="planned_spend",
    name=N_("Actual spend"),
    meaning=N_("What was spent: on ads, and on everything else."),
    formula=N_("Σ ad cost + Σ expenses"),
    expression=_SPENT,
    better=Better.NEITHER,
    definition=_ACTUAL,
    alignment=_TOGETHER,
)
BUDGET_INDEX: Final = _budget(
    id="budget_index",
    name=N_("Budget index"),
    meaning=N_("Spend beside the plan for the same days: 1 is on plan, above is more."),
    formula=N_("actual spend / planned spend to date"),
    expression=Ratio(_SPENT, Sum("budget_days", "planned_so_far")),
    unit=Unit.RATIO,
    better=Better.IN_RANGE,
    definition=_ACTUAL,
    alignment=_BESIDE,
)
PROJECTED_SPEND: Final = _money(
    id="projected_spend",
    name=N_("Projected spend of the month"),
    meaning=N_("Where the month ends if the last seven days' pace goes on."),
    formula=N_("spend of the month so far + mean spend of its last 7 days × days left"),
    expression=Sum("month_pace", "projected"),
    better=Better.NEITHER,
    definition=_ACTUAL,
    alignment=_PACE,
)
REQUIRED_DAILY_SPEND: Final = _money(
    id="required_daily_spend",
    name=N_("Left for each day"),
    meaning=N_("What each day left of the month may take; below 0 the plan is spent already."),
    formula=N_("(planned spend of the month − its spend so far) / days left"),
    expression=Sum("month_pace", "required"),
    better=Better.NEITHER,
    definition=_ACTUAL,
    alignment=_PACE,
    lower=None,
)
OUTSIDE_FUNDED_SHARE: Final = _share(
    id="outside_funded_share",
    name=N_("Funded from outside"),
    meaning=N_("The share of the spend that partners and clients pay."),
    formula=N_("spend funded by partners or clients / actual spend"),
    expression=Ratio(
        Plus((Sum("advertising_spent", "outside_amount"), Sum("expenses_made", "outside_amount"))), _SPENT
    ),
    better=Better.HIGHER,
    definition=_ACTUAL,
    alignment=_TOGETHER,
)
DISCOUNT_SHARE: Final = _share(
    id="discount_share",
    name=N_("Share of discounts"),
    meaning=N_("How much of what growth costs is given away as discounts."),
    formula=N_("Σ discounts / (actual spend + Σ discounts)"),
    expression=Ratio(_DISCOUNTS, Plus((_ADS, _PAID, _DISCOUNTS))),
    better=Better.LOWER,
    definition=_ACTUAL,
    alignment=_TOGETHER,
)
INTERNAL_SUPPLIER_SHARE: Final = _share(
    id="internal_supplier_share",
    name=N_("Supplied from inside"),
    meaning=N_("The share of the expenses that go to the company's own teams and experts; ad platforms aside."),
    formula=N_("expenses with internal suppliers / expenses whose kind of supplier is known"),
    expression=Ratio(Sum("expenses_made", "from_inside"), Sum("expenses_made", "supplied")),
    better=Better.NEITHER,
    definition=_EXPENSES,
    dimensions=(*_SPLIT, "supplier"),
)
EXPERT_HOURS_COST: Final = _money(
    id="expert_hours_cost",
    name=N_("Cost of experts' hours"),
    meaning=N_("What the time of the company's own experts costs the department."),
    formula=N_("Σ expenses with internal experts"),
    expression=Sum("expenses_made", "from_experts"),
    better=Better.NEITHER,
    definition=_EXPENSES,
    dimensions=(*_SPLIT, "supplier"),
)
RECOVERABLE_SPEND: Final = _money(
    id="recoverable_spend",
    name=N_("Recoverable spend"),
    meaning=N_("What ads cost that brought nothing, though their account buys conversions for less."),
    formula=N_(
        "Σ cost in 28 days of the campaigns without a conversion that cost more than one conversion in their account"
    ),
    expression=Sum("recoverable", "recoverable"),
    better=Better.LOWER,
    definition=N_(
        "As the ad platforms report it, over the 28 days to the last day of the period: the spend that could go where "
        "it converts, at today's cost per conversion."
    ),
    dimensions=("platform", "account", "campaign"),
    lag_days=1,
)
TOP_UPS_DUE: Final = _budget(
    id="top_ups_due",
    name=N_("Top-ups due"),
    meaning=N_("How many ad accounts have to be topped up within a week."),
    formula=N_("number of budget lines to be topped up on the last day of the period or in the seven days after it"),
    expression=Sum("top_ups", "top_ups"),
    unit=Unit.COUNT,
    better=Better.NEITHER,
    definition=N_("As the plan's budget lines have it, by the day of the top-up."),
    dimensions=("process", "activity", "channel"),
    lag_days=0,
)

KPIS: Final = (
    PLANNED_SPEND,
    ACTUAL_SPEND,
    BUDGET_INDEX,
    PROJECTED_SPEND,
    REQUIRED_DAILY_SPEND,
    OUTSIDE_FUNDED_SHARE,
    DISCOUNT_SHARE,
    INTERNAL_SUPPLIER_SHARE,
    EXPERT_HOURS_COST,
    RECOVERABLE_SPEND,
    TOP_UPS_DUE,
)
