"""What people decide ahead: processes, people, targets, budget."""

from __future__ import annotations

from typing import Final

from warehouse.contract import Dataset, Type, attribute, key, money
from warehouse.datasets.columns import CURRENCY, LOAD

PROCESSES: Final = Dataset(
    name="processes",
    meaning="The department's processes, each with its owner.",
    columns=(
        key("process_id", "Short name of the process.", required=True),
        attribute("name", "Name on screen."),
        attribute("parent", "The process it is part of."),
        attribute("purpose", "What it is for."),
        attribute("customer", "Who receives its result."),
        attribute("owner", "person_id of the process owner."),
        attribute("starts_with", "What starts it."),
        attribute("ends_with", "What it ends with."),
        attribute("procedure_url", "Where its procedure is."),
        attribute("order", "Its place in lists.", Type.WHOLE),
        attribute("active", "Whether it is shown.", Type.YES_NO),
        LOAD,
    ),
    whole=True,
)

PEOPLE: Final = Dataset(
    name="people",
    meaning="The people of the department.",
    columns=(
        key("person_id", "Short name of the person.", required=True),
        attribute("name", "Name on screen."),
        attribute("email", "Address for sign-in."),
        attribute("role", "head, owner, contributor or viewer."),
        attribute("language", "en, pl or ru."),
        attribute("active", "Whether the person is still here.", Type.YES_NO),
        LOAD,
    ),
    whole=True,
)

EXCHANGE_RATES: Final = Dataset(
    name="exchange_rates",
    meaning="The team's own exchange rates; days without one use the European Central Bank's.",
    columns=(
        key("day", "The day the rate holds for.", Type.DAY, required=True),
        key("currency", "Three-letter code.", required=True),
        attribute("rate", "How much of the reporting currency one unit is worth.", Type.DECIMAL, required=True),
        LOAD,
    ),
    whole=True,
)

TARGETS: Final = Dataset(
    name="targets",
    meaning="What each KPI is meant to reach, each valid from its day until the next one; history is never rewritten.",
    columns=(
        key("kpi", "kpi_id of the KPI.", required=True),
        key("valid_from", "The first day it holds for.", Type.DAY, required=True),
        key("dimension", "The dimension of the part it is of, for example platform; empty for the whole."),
        key("dimension_value", "The part it is of, for example google_ads; empty for the whole."),
        attribute("valid_to", "The last day it holds for; empty: until the next one.", Type.DAY),
        attribute("value", "The wanted value.", Type.DECIMAL),
        attribute("low", "The least wanted value, for a KPI that is best within a range.", Type.DECIMAL),
        attribute("high", "The greatest wanted value, for a KPI that is best within a range.", Type.DECIMAL),
        attribute("set_by", "person_id of who set it."),
        attribute("reason", "Why it was set."),
        attribute("review_on", "When it is to be looked at again.", Type.DAY),
        LOAD,
    ),
    whole=True,
)

CUSTOM_KPIS: Final = Dataset(
    name="custom_kpis",
    meaning="KPIs of a team's own; their values are in kpi_values.",
    columns=(
        key("kpi_id", "Short name of the KPI.", required=True),
        attribute("name", "Name on screen."),
        attribute("process", "process_id of its process."),
        attribute("unit", "number, percent, money, hours or days."),
        attribute("better", "higher, lower, in_range or neither."),
        attribute("description", "What it means, in one sentence."),
        attribute("numerator_label", "What the value, or the upper part of the ratio, is."),
        attribute("denominator_label", "What the lower part of the ratio is; empty when it is no ratio."),
        LOAD,
    ),
    whole=True,
)

PROJECTS: Final = Dataset(
    name="projects",
    meaning="Projects beside the processes.",
    columns=(
        key("project_id", "Short name of the project.", required=True),
        attribute("name", "Name on screen."),
        attribute("process", "process_id of the process it belongs to."),
        attribute("owner", "person_id of who is answerable for it."),
        attribute("starts_on", "The day it starts.", Type.DAY),
        attribute("due_on", "The day it is promised for.", Type.DAY),
        attribute("status", "planned, on_track, at_risk, late, done or stopped."),
        attribute("goal", "What it is to reach."),
        attribute("kpi", "kpi_id of the KPI it is to move."),
        LOAD,
    ),
    whole=True,
)

BUDGET_LINES: Final = Dataset(
    name="budget_lines",
    meaning="What may be spent in each month, on what, and who pays.",
    columns=(
        key("month", "The first day of the month.", Type.DAY, required=True),
        key("process", "process_id of the process.", required=True),
        key("activity", "The activity."),
        key("channel", "The marketing channel."),
        key("funded_by", "own, partner or client."),
        key("kind", "spend or discount."),
        money("amount", "What may be spent."),
        CURRENCY,
        attribute("campaign", "Pattern of the campaign names whose ad spend counts against it, for example Brand*."),
        attribute("note", "What there is to say about it."),
        attribute("top_up_on", "The day the ad account has to be topped up.", Type.DAY),
        LOAD,
    ),
    whole=True,
)

SCORECARDS: Final = Dataset(
    name="scorecards",
    meaning="The transparent motivation scheme: which KPIs count for whom, and how much.",
    columns=(
        key("person", "person_id of the person.", required=True),
        key("kpi", "kpi_id of the KPI.", required=True),
        key("valid_from", "The first day it holds for.", Type.DAY, required=True),
        attribute("weight", "Its share of the whole, in percent.", Type.DECIMAL),
        attribute("floor", "Below this share of the target nothing counts, in percent.", Type.DECIMAL),
        attribute("cap", "Above this share of the target nothing more counts, in percent.", Type.DECIMAL),
        LOAD,
    ),
    whole=True,
)
