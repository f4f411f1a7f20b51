"""What can be wrong within one table of the plan: one function per rule, all of them asked."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from connectors.plan.ranges import overlapping_targets
from connectors.plan.references import names_already_taken, process_cycles, unknown_names
from connectors.plan.tables import PYTHON_TYPES, columns_of
from connectors.plan.words import CHOICES, choice_titles
from core.errors import suggestion
from core.language import N_
from core.money import CURRENCIES
from core.remarks import _
from warehouse.contract import Type
from warehouse.datasets import titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from connectors.plan.tables import Known, PlanProblem, PlanTable

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2199
WHOLE_SHARE: Final = 100
DAYS_OF_WEEK: Final = 7
NEVER_NEGATIVE: Final = frozenset({"amount", "weight", "floor", "cap", "commission_rate", "reach", "due_day"})
IN_ORDER: Final = {
    "targets": (("low", "high"), ("valid_from", "valid_to")),
    "projects": (("starts_on", "due_on"),),
    "scorecards": (("floor", "cap"),),
    "onboarding": (("started_on", "done_on"),),
    "working_hours": (("starts", "ends"),),
}
"""Pairs of columns of which the first may not be beyond the second."""
ERRORS: Final = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!", "Loading...")
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_FIXES: Final = {
    Type.DAY: (N_("“{value}” is no day."), N_("Write it like 2026-12-31.")),
    Type.WHOLE: (N_("“{value}” is no whole number."), N_("Write it like 12.")),
    Type.DECIMAL: (N_("“{value}” is no number."), N_("Write it in digits, without words.")),
    Type.YES_NO: (N_("“{value}” is neither yes nor no."), N_("Write yes or no, or leave it empty.")),
    Type.TEXT: (N_("“{value}” is no text."), N_("Write it as text.")),
}


def check(tables: Mapping[str, PlanTable], known: Known) -> list[PlanProblem]:
    """Every mistake of the plan, table by table and row by row; what the rows may name beside each other is *known*."""
    found = [problem for table in tables.values() for rule in WITHIN_A_TABLE for problem in rule(table)]
    if "targets" in tables:
        found += overlapping_targets(tables["targets"])
        found += impossible_targets(tables["targets"], known)
    if "processes" in tables:
        found += process_cycles(tables["processes"])
    found += unknown_names(tables, known)
    found += names_already_taken(tables, known)
    order = {table.place: number for number, table in enumerate(tables.values())}
    return sorted(found, key=lambda problem: (order.get(problem.place, -1), problem.row or 0))


def missing_values(table: PlanTable) -> Iterator[PlanProblem]:
    """Cells that may not be empty; a column that is not there at all is told once, when the headers are read."""
    for column in columns_of(table.dataset):
        if column.required and (not table.headers or column.name in table.headers):
            for index, row in enumerate(table.rows):
                if row.get(column.name) is None:
                    yield table.problem(index, column.name, _("It is empty."), _("Fill it in, or delete the row."))


def empty_targets(table: PlanTable) -> Iterator[PlanProblem]:
    """Targets that set nothing: no value, and no bound."""
    columns = ("value", "low", "high")
    for index, row in enumerate(table.rows if table.name == "targets" else ()):
        if all(row.get(column) is None for column in columns):
            names = ", ".join(titles.column_title(table.name, column) for column in columns)
            message = _("It sets no target: {columns} are all empty.").format(columns=names)
            yield table.problem(index, "value", message, _("Fill one of them in, or delete the row."))


def halved_parts(table: PlanTable) -> Iterator[PlanProblem]:
    """Targets for a part that is named by half, which would hold for the whole, or for nothing."""
    halves = ("dimension", "dimension_value")
    for index, row in enumerate(table.rows if table.name == "targets" else ()):
        missing = [column for column in halves if row.get(column) is None]
        if len(missing) == 1:
            column = halves[1 - halves.index(missing[0])]
            message = _("{given} is filled in, {missing} is empty.").format(
                given=titles.column_title(table.name, column), missing=titles.column_title(table.name, missing[0])
            )
            yield table.problem(index, column, message, _("Fill in both for a part, neither for the whole."))


def homeless_kpis(table: PlanTable) -> Iterator[PlanProblem]:
    """KPIs of the team's own that belong to no process, so that no page shows them: a warning."""
    for index, kpi in table.values("kpi_id") if table.name == "custom_kpis" else ():
        if table.rows[index].get("process") is None:
            message = _("The KPI “{kpi}” belongs to no process.").format(kpi=kpi)
            yield table.problem(index, "process", message, _("Name its process."), warning=True)


def wrong_types(table: PlanTable) -> Iterator[PlanProblem]:
    """Days that are no days, numbers that are no numbers, and cells in which the spreadsheet shows an error."""
    for column in columns_of(table.dataset):
        message, fix = _FIXES[column.type]
        for index, row in enumerate(table.rows):
            value = row.get(column.name)
            if isinstance(value, str) and value in ERRORS:
                text = _("The spreadsheet shows the error {value}.").format(value=value)
                yield table.problem(index, column.name, text, _("Correct the formula, or write the value itself."))
            elif isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
                text = _("“{value}” is too far away.").format(value=value)
                fix = _("Write a day from {first} to {last}; leave out an end that is never reached.")
                yield table.problem(index, column.name, text, fix.format(first=FIRST_YEAR, last=LAST_YEAR))
            elif value is not None and not _is_right(value, PYTHON_TYPES[column.type]):
                yield table.problem(index, column.name, _(message).format(value=value), _(fix))


def _is_right(value: object, kind: type) -> bool:
    return isinstance(value, kind) and isinstance(value, bool) == (kind is bool)


def duplicate_keys(table: PlanTable) -> Iterator[PlanProblem]:
    """Rows that say something about the same thing twice."""
    key = table.dataset.key
    seen: dict[tuple[Any, ...], int] = {}
    for index, row in enumerate(table.rows):
        names = tuple(row.get(name) for name in key)
        first = seen.setdefault(names, table.lines[index])
        if first != table.lines[index] and any(name is not None for name in names):
            headers = ", ".join(titles.column_title(table.name, name) for name in key if row.get(name) is not None)
            message = _("Row {row} has the same {columns} already.").format(row=first, columns=headers)
            yield table.problem(index, key[0], message, _("Delete one of the two rows, or make them differ."))


def negative_numbers(table: PlanTable) -> Iterator[PlanProblem]:
    """Money and shares below zero; exchange rates that are not above it."""
    for column in columns_of(table.dataset):
        if column.name in NEVER_NEGATIVE or column.name == "rate":
            for index, value in table.values(column.name):
                if value < 0 or (column.name == "rate" and value == 0):
                    message = _("{value} is less than it can be.").format(value=value)
                    yield table.problem(index, column.name, message, _("Write a positive number."))


def impossible_targets(table: PlanTable, known: Known) -> Iterator[PlanProblem]:
    """Targets below zero of what is never negative, and above one of shares: 42 where 42 % is meant."""
    kpis = dict(table.values("kpi"))
    for column in ("value", "low", "high"):
        for index, value in table.values(column):
            if value < 0 and kpis.get(index) in known.never_negative:
                message = _("{value} is less than it can be.").format(value=value)
                yield table.problem(index, column, message, _("Write a positive number."))
            elif value > 1 and kpis.get(index) in known.shares:
                message = _("{value} is more than the whole.").format(value=value)
                fix = _("For {value} percent write {share}, or {value}%.").format(
                    value=value, share=value / WHOLE_SHARE
                )
                yield table.problem(index, column, message, fix)


def wrong_order(table: PlanTable) -> Iterator[PlanProblem]:
    """The least above the greatest, the end before the start."""
    for first, last in IN_ORDER.get(table.name, ()):
        ends = dict(table.values(last))
        for index, start in table.values(first):
            if index in ends and start > ends[index]:
                message = _("{first} ({start}) is beyond {last} ({end}).").format(
                    first=titles.column_title(table.name, first),
                    start=start,
                    last=titles.column_title(table.name, last),
                    end=ends[index],
                )
                yield table.problem(index, first, message, _("Swap the two, or correct one of them."))


def wrong_codes(table: PlanTable) -> Iterator[PlanProblem]:
    """Currencies that are no codes, months that are no first days, weekdays and times that there are not."""
    rules: dict[str, tuple[Callable[[Any], object], str, str]] = {
        "currency": (
            CURRENCIES.__contains__,
            N_("“{value}” is no currency."),
            N_("Write its three letters, like EUR."),
        ),
        "month": (
            lambda day: day.day == 1,
            N_("{value} is not the first day of a month."),
            N_("Write the first day of the month."),
        ),
        "weekday": (
            lambda day: 1 <= day <= DAYS_OF_WEEK,
            N_("There is no weekday {value}."),
            N_("Write 1 for Monday to 7 for Sunday."),
        ),
        "starts": (_CLOCK.fullmatch, N_("“{value}” is no time of day."), N_("Write it like 09:00.")),
        "ends": (_CLOCK.fullmatch, N_("“{value}” is no time of day."), N_("Write it like 09:00.")),
    }
    for column in rules.keys() & table.dataset.by_name.keys():
        is_right, message, fix = rules[column]
        for index, value in table.values(column):
            if not is_right(value):
                yield table.problem(index, column, _(message).format(value=value), _(fix))


def secrets(table: PlanTable) -> Iterator[PlanProblem]:
    """Something else than a link where a secret is kept: perhaps the secret itself, which nobody may repeat."""
    for index, value in table.values("vault_url") if table.name == "accesses" else ():
        if "://" not in value and value not in ERRORS:
            message = _("It is no link; perhaps it is the secret itself.")
            fix = _("Write the link into the password manager, never a secret.")
            yield replace(table.problem(index, "vault_url", message, fix), value="")


def wrong_choices(table: PlanTable) -> Iterator[PlanProblem]:
    """Values beside those that a column may have."""
    for name in CHOICES:
        dataset, _point, column = name.partition(".")
        for index, value in table.values(column) if dataset == table.name else ():
            if value not in CHOICES[name] and value not in ERRORS:
                message = _("“{value}” is none of the choices.").format(value=value)
                yield table.problem(index, column, message, suggestion(value, choice_titles(table.dataset, column)))


def weights(table: PlanTable) -> Iterator[PlanProblem]:
    """A person's weights from one day on that are not the whole together: a warning."""
    if table.name != "scorecards":
        return
    found: dict[tuple[str, date], list[tuple[int, Decimal]]] = defaultdict(list)
    people, days = dict(table.values("person")), dict(table.values("valid_from"))
    for index, weight in table.values("weight"):
        if index in people and index in days:
            found[people[index], days[index]].append((index, weight))
    for (person, day), parts in found.items():
        total = sum((weight for _index, weight in parts), Decimal(0))
        if total != WHOLE_SHARE:
            message = _("The weights of {person} from {day} on are {total} % together, not 100 %.")
            message = message.format(person=person, day=day, total=total)
            yield table.problem(parts[0][0], "weight", message, _("Make them 100 % together."), warning=True)


WITHIN_A_TABLE: Final = (
    missing_values,
    empty_targets,
    halved_parts,
    homeless_kpis,
    wrong_types,
    duplicate_keys,
    negative_numbers,
    wrong_order,
    wrong_codes,
    secrets,
    wrong_choices,
    weights,
)
