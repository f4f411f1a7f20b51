"""What the tables and columns of the plan are called where people read them."""

from __future__ import annotations

from typing import Final

from core.language import N_, _

TABLES: Final = {
    "processes": N_("Processes"),
    "people": N_("People"),
    "targets": N_("Targets"),
    "custom_kpis": N_("Own KPIs"),
    "kpi_values": N_("Values of own KPIs"),
    "projects": N_("Projects"),
    "budget_lines": N_("Budget"),
    "exchange_rates": N_("Exchange rates"),
    "scorecards": N_("Scorecards"),
    "links": N_("Links"),
    "accesses": N_("Accesses"),
    "partners": N_("Partners"),
    "procedures": N_("Procedures"),
    "onboarding": N_("Onboarding"),
    "holidays": N_("Days off"),
    "working_hours": N_("Working hours"),
}
COLUMNS: Final = {
    "process_id": N_("Process ID"),
    "person_id": N_("Person ID"),
    "kpi_id": N_("KPI ID"),
    "project_id": N_("Project ID"),
    "partner_id": N_("Partner ID"),
    "procedure_id": N_("Procedure ID"),
    "name": N_("Name"),
    "people.name": N_("Full name"),
    "parent": N_("Part of"),
    "purpose": N_("What it is for"),
    "customer": N_("Who receives the result"),
    "owner": N_("Owner"),
    "starts_with": N_("Starts with"),
    "ends_with": N_("Ends with"),
    "procedure_url": N_("Link to the procedure"),
    "order": N_("Place in lists"),
    "active": N_("Active"),
    "email": N_("E-mail"),
    "role": N_("Role"),
    "language": N_("Language"),
    "kpi": N_("KPI"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "dimension": N_("Dimension"),
    "dimension_value": N_("Value of the dimension"),
    "value": N_("Target value"),
    "low": N_("At least"),
    "high": N_("At most"),
    "set_by": N_("Set by"),
    "reason": N_("Reason"),
    "review_on": N_("Review on"),
    "process": N_("Process"),
    "unit": N_("Unit"),
    "better": N_("Better when"),
    "description": N_("Description"),
    "numerator_label": N_("What is counted"),
    "denominator_label": N_("What it is divided by"),
    "numerator": N_("Value, or numerator"),
    "denominator": N_("Denominator"),
    "starts_on": N_("Starts on"),
    "due_on": N_("Due on"),
    "status": N_("Status"),
    "goal": N_("What it is to reach"),
    "month": N_("Month"),
    "activity": N_("Activity"),
    "channel": N_("Marketing channel"),
    "funded_by": N_("Who pays"),
    "kind": N_("Kind"),
    "amount": N_("Amount"),
    "currency": N_("Currency"),
    "campaign": N_("Campaign names (pattern)"),
    "note": N_("Remark"),
    "top_up_on": N_("Top up on"),
    "day": N_("Day"),
    "rate": N_("Exchange rate"),
    "person": N_("Person"),
    "weight": N_("Weight, %"),
    "floor": N_("Counts from, %"),
    "cap": N_("Counts up to, %"),
    "category": N_("Category"),
    "title": N_("Title"),
    "url": N_("Web address"),
    "used_for": N_("Used for"),
    "checked_on": N_("Checked on"),
    "system": N_("System"),
    "account_name": N_("Account name"),
    "vault_url": N_("Link into the password manager"),
    "rotated_on": N_("Secret changed on"),
    "contact": N_("Contact person"),
    "reach": N_("Reach"),
    "can_support": N_("How it can help"),
    "last_supported_on": N_("Last supported on"),
    "commission_rate": N_("Commission, %"),
    "version": N_("Version"),
    "reviewed_on": N_("Reviewed on"),
    "step": N_("Step"),
    "due_day": N_("Due on day"),
    "started_on": N_("Started on"),
    "done_on": N_("Done on"),
    "weekday": N_("Weekday"),
    "starts": N_("Work starts"),
    "ends": N_("Work ends"),
}


def table_title(dataset: str) -> str:
    """What *dataset* is called, in the language in use."""
    return _(TABLES.get(dataset, dataset))


def english_column_title(dataset: str, column: str) -> str:
    """What *column* of *dataset* is called in English: what translations are found by."""
    return COLUMNS.get(f"{dataset}.{column}") or COLUMNS.get(column, column)


def column_title(dataset: str, column: str) -> str:
    """What *column* of *dataset* is called, in the language in use."""
    return _(english_column_title(dataset, column))
