"""Leads, deals, customers and their orders."""

from __future__ import annotations

from typing import Final

from warehouse.contract import Dataset, Type, attribute, count, dimension, key, money
from warehouse.datasets.columns import CURRENCY, LOAD, SYSTEM

LEADS: Final = Dataset(
    name="leads",
    meaning="Everyone who showed interest, and how far they got.",
    columns=(
        key("lead_id", "Number of the lead in its system.", required=True),
        SYSTEM,
        attribute("created_at", "When the lead came in.", Type.MOMENT),
        dimension("source", "Where the lead came from."),
        dimension("medium", "How it came: cpc, organic, referral, email …."),
        dimension("campaign", "The campaign it came from."),
        dimension("channel", "The marketing channel."),
        dimension("segment", "existing or potential customer."),
        attribute("company", "The company the lead speaks for."),
        dimension("owner", "Who takes care of it."),
        dimension("referrer", "Who referred it."),
        attribute("contacted_at", "When it was first contacted.", Type.MOMENT),
        attribute("qualified_at", "When marketing qualified it.", Type.MOMENT),
        attribute("accepted_at", "When sales accepted it.", Type.MOMENT),
        dimension("status", "Its status in its own system."),
        dimension("lost_reason", "Why it was lost."),
        money("value", "What it may be worth."),
        CURRENCY,
        LOAD,
    ),
    began="created_at",
)

DEALS: Final = Dataset(
    name="deals",
    meaning="Every deal, open, won or lost.",
    columns=(
        key("deal_id", "Number of the deal in its system.", required=True),
        SYSTEM,
        attribute("lead_id", "The lead it grew from."),
        attribute("customer_id", "The customer."),
        attribute("created_at", "When it was opened.", Type.MOMENT),
        attribute("closed_at", "When it was won or lost.", Type.MOMENT),
        dimension("pipeline", "The pipeline it is in."),
        dimension("stage", "Its stage in its own system."),
        dimension("outcome", "open, won or lost."),
        money("amount", "What it is worth.", None),
        CURRENCY,
        dimension("kind", "new, upsell, cross_sell or renewal."),
        dimension("source", "Where it came from."),
        dimension("channel", "The marketing channel."),
        dimension("campaign", "The campaign."),
        dimension("partner", "The partner who brought it."),
        dimension("referrer", "Who referred it."),
        dimension("lost_reason", "Why it was lost."),
        dimension("competitor", "Who won instead."),
        attribute("is_tender", "Whether it was a tender.", Type.YES_NO),
        attribute("decision_makers_known", "Whether the decision makers are known.", Type.YES_NO),
        dimension("owner", "Who is answerable for it."),
        LOAD,
    ),
    began="created_at",
)

CUSTOMERS: Final = Dataset(
    name="customers",
    meaning="The customer base, and how complete what is known about each customer is; never the contact data itself.",
    columns=(
        key("customer_id", "Number of the customer in its system.", required=True),
        attribute("name", "The company's name."),
        dimension("segment", "The segment."),
        dimension("status", "potential, existing or former."),
        attribute("since", "Customer since.", Type.DAY),
        attribute("key_account", "Whether it is a key account.", Type.YES_NO),
        dimension("owner", "Who takes care of it."),
        attribute("last_marketing_contact_on", "When marketing last spoke with it.", Type.DAY),
        attribute("updated_on", "When its card was last touched.", Type.DAY),
        attribute("has_email", "Whether an e-mail address is known.", Type.YES_NO),
        attribute("has_phone", "Whether a telephone number is known.", Type.YES_NO),
        attribute("has_industry", "Whether the industry is known.", Type.YES_NO),
        attribute("has_role", "Whether a contact's role is known.", Type.YES_NO),
        LOAD,
    ),
    began="since",
    register=True,
)

ORDERS: Final = Dataset(
    name="orders",
    meaning="What customers bought, line by line.",
    columns=(
        key("order_id", "Number of the order.", required=True),
        key("line", "Line of the order.", default="1"),
        attribute("customer_id", "The customer."),
        attribute("ordered_on", "The day of the order.", Type.DAY),
        dimension("product", "The product or service."),
        count("quantity", "How many.", Type.DECIMAL),
        money("amount", "What the line costs, without tax.", None),
        money("margin", "What of it is left after direct cost.", None),
        CURRENCY,
        LOAD,
    ),
    began="ordered_on",
)
