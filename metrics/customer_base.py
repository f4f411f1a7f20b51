"""KPIs of the customer base: what is known of customers, whom they are, and how mailings treat them."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Known, Kpi, Ratio, Sum, Unit

_NOW: Final = N_(
    "As the customer system has it now, without former customers; of days before the last five weeks it says nothing."
)
_MAILINGS: Final = N_(
    "As the mailing tool counts it, by the day of sending; final a week later. Mailings without the count are left out."
)
_VALUE: Final = N_(
    "Recency, frequency, monetary value (Hughes 1994), from the orders of the last 365 days. The customers who bring "
    "the first 80 % of the revenue are A, the next 15 % B, the rest C."
)

_base = partial(Kpi, process="customer_base")
_cards = partial(_base, unit=Unit.FRACTION, upper=1, dimensions=("segment", "status", "owner"), definition=_NOW)
_mailings = partial(
    _base,
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
    lag_days=7,
    dimensions=("segment", "channel"),
    definition=_MAILINGS,
)


def _card(column: str) -> Sum:
    return Sum("customer_cards", column)


def _share(column: str, whole: str = "delivered") -> Ratio:
    """Of *whole* the share that is *column*, over the mailings that know both."""
    known = (Known(column), Known(whole))
    return Ratio(Sum("mailings_sent", column, known), Sum("mailings_sent", whole, known))


CONTACT_COMPLETENESS: Final = _cards(
    id="contact_completeness",
    name=N_("Completeness of contacts"),
    meaning=N_("How much of what should be known of each customer is known: e-mail, telephone, industry, role."),
    formula=N_("fields that are known / fields that the customer system tells of"),
    expression=Ratio(_card("fields_known"), _card("fields_asked")),
    better=Better.HIGHER,
)
DUPLICATE_SHARE: Final = _cards(
    id="duplicate_share",
    name=N_("Duplicates"),
    meaning=N_("The share of the customers' cards that repeat the name of another one."),
    formula=N_("cards after the first with the same name, read without case, signs and legal form / cards with a name"),
    expression=Ratio(_card("duplicates"), _card("named")),
    better=Better.LOWER,
)
FRESH_SHARE: Final = _cards(
    id="fresh_share",
    name=N_("Fresh contacts"),
    meaning=N_("The share of the customers whose card was touched or who were contacted in the last 12 months."),
    formula=N_("customers touched in the 12 months to the last day of the period / customers"),
    expression=Ratio(_card("fresh"), _card("customers")),
    better=Better.HIGHER,
)
MIXED_AUDIENCE_MAILINGS: Final = _base(
    id="mixed_audience_mailings",
    name=N_("Mailings to mixed audiences"),
    meaning=N_("How many messages went to existing and potential customers alike; there should be none."),
    formula=N_("number of mailings whose segment is mixed, or that went to both segments"),
    expression=Sum("mailings_sent", "mixed"),
    unit=Unit.COUNT,
    better=Better.LOWER,
    dimensions=("channel",),
    definition=N_("As the mailing tool keeps it, by the day of sending."),
)
DELIVERY_RATE: Final = _mailings(
    id="delivery_rate",
    name=N_("Delivery rate"),
    meaning=N_("The share of the messages sent that arrived."),
    formula=N_("Σ delivered / Σ recipients"),
    expression=_share("delivered", "recipients"),
)
OPEN_RATE: Final = _mailings(
    id="open_rate",
    name=N_("Open rate"),
    meaning=N_("The share of the messages delivered that were opened."),
    formula=N_("Σ opened / Σ delivered"),
    expression=_share("opened"),
)
CLICK_RATE: Final = _mailings(
    id="click_rate",
    name=N_("Click rate of mailings"),
    meaning=N_("The share of the messages delivered in which a link was clicked."),
    formula=N_("Σ clicked / Σ delivered"),
    expression=_share("clicked"),
)
UNSUBSCRIBE_RATE: Final = _mailings(
    id="unsubscribe_rate",
    name=N_("Unsubscribe rate"),
    meaning=N_("The share of the messages delivered after which somebody unsubscribed."),
    formula=N_("Σ unsubscribed / Σ delivered"),
    expression=_share("unsubscribed"),
    better=Better.LOWER,
)
CUSTOMERS_BY_VALUE: Final = _base(
    id="customers_by_value",
    name=N_("Customers by value"),
    meaning=N_("Who bought in the last 365 days, by how lately, how often and for how much."),
    formula=N_("number of customers with an order in the 365 days to the last day of the period"),
    expression=Sum("customers_valued", "customers"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    dimensions=("recency", "frequency", "value_band"),
    definition=_VALUE,
)

KPIS: Final = (
    CONTACT_COMPLETENESS,
    DUPLICATE_SHARE,
    FRESH_SHARE,
    MIXED_AUDIENCE_MAILINGS,
    DELIVERY_RATE,
    OPEN_RATE,
    CLICK_RATE,
    UNSUBSCRIBE_RATE,
    CUSTOMERS_BY_VALUE,
)
