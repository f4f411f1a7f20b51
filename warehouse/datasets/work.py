"""What is asked of the department, what it does, what it spends; and numbers typed by hand."""

from __future__ import annotations

from typing import Final

from core.language import N_
from warehouse.contract import Column, Dataset, Part, Type, attribute, count, dimension, key, money
from warehouse.datasets.columns import CURRENCY, LOAD, SYSTEM

REQUESTS: Final = Dataset(
    name="requests",
    meaning="Every request to the department, from its arrival to its solution.",
    columns=(
        key("request_id", "Number of the request.", required=True),
        SYSTEM,
        attribute("created_at", "When it came in.", Type.MOMENT),
        dimension("requester", "Who asked, by name; never an address."),
        dimension("requester_group", "manager, partner or client."),
        dimension("assignee", "Who works on it."),
        dimension("group", "The team that works on it."),
        dimension("kind", "What sort of request it is."),
        dimension("priority", "Its priority."),
        dimension("status", "Its status in its own system."),
        attribute("first_response_at", "When it was first answered.", Type.MOMENT),
        attribute("solved_at", "When it was solved.", Type.MOMENT),
        count("reopened", "How often it was reopened."),
        attribute("due_at", "When it was promised.", Type.MOMENT),
        dimension("funded_by", "own, partner or client."),
        LOAD,
    ),
    began="created_at",
)

TASKS: Final = Dataset(
    name="tasks",
    meaning="Every task of the department in its task tracker.",
    columns=(
        key("task_id", "Number of the task.", required=True),
        key("system", "The tracker it comes from: numbers of two trackers may be equal."),
        attribute("title", "What is to be done."),
        dimension("process", "The process it belongs to."),
        dimension("project", "The project it belongs to."),
        dimension("assignee", "Who does it."),
        attribute("created_at", "When it was written down.", Type.MOMENT),
        attribute("started_at", "When work began.", Type.MOMENT),
        attribute("due_on", "The day it was promised for.", Type.DAY),
        attribute("done_at", "When it was done.", Type.MOMENT),
        dimension("status", "Its status in its own system."),
        count("estimate_hours", "Hours estimated.", Type.DECIMAL),
        count("spent_hours", "Hours spent.", Type.DECIMAL),
        dimension("labels", "Its labels, separated by commas."),
        LOAD,
    ),
    began="created_at",
)

EXPENSES: Final = Dataset(
    name="expenses",
    meaning="What was spent, by whom it was supplied and who paid for it.",
    columns=(
        key("expense_id", "Number of the expense, or of its document.", required=True),
        key("line", "Line of the document.", default="1"),
        attribute("spent_on", "The day it counts for.", Type.DAY),
        dimension("process", "The process."),
        dimension("activity", "The activity."),
        dimension("channel", "The marketing channel."),
        dimension("campaign", "The campaign."),
        dimension("supplier", "Who supplied it."),
        dimension("supplier_kind", "external, internal or internal_expert."),
        count("hours", "Hours of work.", Type.DECIMAL),
        money("amount", "What it cost; discounts are amounts of kind discount.", None),
        CURRENCY,
        dimension("funded_by", "own, partner or client."),
        dimension("kind", "spend or discount."),
        LOAD,
    ),
    began="spent_on",
)

KPI_VALUES: Final = Dataset(
    name="kpi_values",
    meaning=N_("KPIs that a team types by hand."),
    columns=(
        key("kpi", N_("kpi_id of the KPI."), required=True),
        key("day", N_("The day the value holds for."), Type.DAY, required=True),
        key("dimension_value", N_("The part it is of; empty for the whole.")),
        Column("numerator", Type.DECIMAL, Part.MEASURE, N_("The value, or the upper part of a ratio.")),
        Column("denominator", Type.DECIMAL, Part.MEASURE, N_("The lower part of a ratio; empty when there is none.")),
        LOAD,
    ),
    daily=True,
    began="day",
)
