"""What people decide ahead: processes, people, targets, budget."""

from __future__ import annotations

from typing import Final

from core.language import N_
from warehouse.contract import Dataset, Type, attribute, key, money
from warehouse.datasets.columns import CURRENCY, LOAD

PROCESSES: Final = Dataset(
    name="processes",
    meaning=N_("The department's processes, each with its owner."),
    columns=(
        key("process_id", N_("Short name of the process."), required=True),
        attribute("name", N_("Name on screen.")),
        attribute("parent", N_("The process it is part of.")),
        attribute("purpose", N_("What it is for.")),
        attribute("customer", N_("Who receives its result.")),
        attribute("owner", N_("person_id of the process owner.")),
        attribute("starts_with", N_("What starts it.")),
        attribute("ends_with", N_("What it ends with.")),
        attribute("procedure_url", N_("Where its procedure is.")),
        attribute("order", N_("Its place in lists."), Type.WHOLE),
        attribute("active", N_("Whether it is shown."), Type.YES_NO),
        LOAD,
    ),
    whole=True,
)

PEOPLE: Final = Dataset(
    name="people",
    meaning=N_("The people of the department."),
    columns=(
        key("person_id", N_("Short name of the person."), required=True),
        attribute("name", N_("Name on screen.")),
        attribute("email", N_("Address for sign-in.")),
        attribute("role", N_("head, owner, contributor or viewer.")),
        attribute("language", N_("en, pl or ru.")),
        attribute("active", N_("Whether the person is still here."), Type.YES_NO),
        LOAD,
    ),
    whole=True,
)

EXCHANGE_RATES: Final = Dataset(
    name="exchange_rates",
    meaning=N_(
        "The team's own exchange rates, each until the next one, for a month at most; other days use the European "
        "Central Bank's."
    ),
    columns=(
        key("day", N_("The first day the rate holds for."), Type.DAY, required=True),
        key("currency", N_("Three-letter code."), required=True),
        attribute("rate", N_("How much of the reporting currency one unit is worth."), Type.DECIMAL, required=True),
        LOAD,
    ),
    whole=True,
)

TARGETS: Final = Dataset(
    name="targets",
    meaning=N_(
        "What each KPI is meant to reach, each valid from its day until the next one; history is never rewritten."
    ),
    columns=(
        key("kpi", N_("kpi_id of the KPI."), required=True),
        key("valid_from", N_("The first day it holds for."), Type.DAY, required=True),
        key("dimension", N_("The dimension of the part it is of, for example platform; empty for the whole.")),
        key("dimension_value", N_("The part it is of, for example google_ads; empty for the whole.")),
        attribute("valid_to", N_("The last day it holds for; empty: until the next one."), Type.DAY),
        attribute("value", N_("The wanted value."), Type.DECIMAL),
        attribute("low", N_("The least wanted value, for a KPI that is best within a range."), Type.DECIMAL),
        attribute("high", N_("The greatest wanted value, for a KPI that is best within a range."), Type.DECIMAL),
        attribute("set_by", N_("person_id of who set it.")),
        attribute("reason", N_("Why it was set.")),
        attribute("review_on", N_("When it is to be looked at again."), Type.DAY),
        LOAD,
    ),
    whole=True,
)

CUSTOM_KPIS: Final = Dataset(
    name="custom_kpis",
    meaning=N_("KPIs of a team's own; their values are in kpi_values."),
    columns=(
        key("kpi_id", N_("Short name of the KPI."), required=True),
        attribute("name", N_("Name on screen.")),
        attribute("process", N_("process_id of its process.")),
        attribute("unit", N_("number, percent, money, hours or days.")),
        attribute("better", N_("higher, lower, in_range or neither.")),
        attribute("description", N_("What it means, in one sentence.")),
        attribute("numerator_label", N_("What the value, or the upper part of the ratio, is.")),
        attribute("denominator_label", N_("What the lower part of the ratio is; empty when it is no ratio.")),
        LOAD,
    ),
    whole=True,
)

PROJECTS: Final = Dataset(
    name="projects",
    meaning=N_("Projects beside the processes."),
    columns=(
        key("project_id", N_("Short name of the project."), required=True),
        attribute("name", N_("Name on screen.")),
        attribute("process", N_("process_id of the process it belongs to.")),
        attribute("owner", N_("person_id of who is answerable for it.")),
        attribute("starts_on", N_("The day it starts."), Type.DAY),
        attribute("due_on", N_("The day it is promised for."), Type.DAY),
        attribute("status", N_("planned, on_track, at_risk, late, done or stopped.")),
        attribute("goal", N_("What it is to reach.")),
        attribute("kpi", N_("kpi_id of the KPI it is to move.")),
        LOAD,
    ),
    whole=True,
)

BUDGET_LINES: Final = Dataset(
    name="budget_lines",
    meaning=N_("What may be spent in each month, on what, and who pays."),
    columns=(
        key("month", N_("The first day of the month."), Type.DAY, required=True),
        key("process", N_("process_id of the process."), required=True),
        key("activity", N_("The activity.")),
        key("channel", N_("The marketing channel.")),
        key("funded_by", N_("own, partner or client.")),
        key("kind", N_("spend or discount.")),
        money("amount", N_("What may be spent.")),
        CURRENCY,
        attribute(
            "campaign", N_("Pattern of the campaign names whose ad spend counts against it, for example Brand*.")
        ),
        attribute("note", N_("What there is to say about it.")),
        attribute("top_up_on", N_("The day the ad account has to be topped up."), Type.DAY),
        LOAD,
    ),
    whole=True,
)

SCORECARDS: Final = Dataset(
    name="scorecards",
    meaning=N_("The transparent motivation scheme: which KPIs count for whom, and how much."),
    columns=(
        key("person", N_("person_id of the person."), required=True),
        key("kpi", N_("kpi_id of the KPI."), required=True),
        key("valid_from", N_("The first day it holds for."), Type.DAY, required=True),
        attribute("weight", N_("Its share of the whole, in percent."), Type.DECIMAL),
        attribute("floor", N_("Below this share of the target nothing counts, in percent."), Type.DECIMAL),
        attribute("cap", N_("Above this share of the target nothing more counts, in percent."), Type.DECIMAL),
        LOAD,
    ),
    whole=True,
)

BRAND_TERMS: Final = Dataset(
    name="brand_terms",
    meaning=N_("What people type who search for the company by name, misspellings too."),
    columns=(
        key("term", N_("A name, or a part of one that is in no other word."), required=True),
        attribute("note", N_("What there is to say about it.")),
        LOAD,
    ),
    whole=True,
)
