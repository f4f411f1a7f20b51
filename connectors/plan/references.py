"""Names of KPIs, processes and people that nobody has, and processes that are part of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from connectors.plan.tables import nearest
from core.language import N_
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from connectors.plan.tables import Known, PlanProblem, PlanTable

PEOPLE: Final = "people"
PROCESSES: Final = "processes"
KPIS: Final = "kpis"
REFERENCES: Final = {
    "processes": {"parent": PROCESSES, "owner": PEOPLE},
    "targets": {"kpi": KPIS, "set_by": PEOPLE},
    "custom_kpis": {"process": PROCESSES},
    "kpi_values": {"kpi": KPIS},
    "projects": {"process": PROCESSES, "owner": PEOPLE, "kpi": KPIS},
    "budget_lines": {"process": PROCESSES},
    "scorecards": {"person": PEOPLE, "kpi": KPIS},
    "links": {"owner": PEOPLE},
    "accesses": {"owner": PEOPLE},
    "procedures": {"process": PROCESSES, "owner": PEOPLE},
    "onboarding": {"person": PEOPLE},
}
"""Columns that hold the id of something, and what it is an id of."""
_OWN: Final = {PEOPLE: ("people", "person_id"), PROCESSES: ("processes", "process_id"), KPIS: ("custom_kpis", "kpi_id")}
_MESSAGES: Final = {
    PEOPLE: N_("“{value}” is nobody's person ID."),
    PROCESSES: N_("There is no process “{value}”."),
    KPIS: N_("There is no KPI “{value}”."),
}
_NONE_YET: Final = {
    PEOPLE: N_("Nobody can say whether “{value}” is a person: the plan has no people yet."),
    PROCESSES: N_("Nobody can say whether “{value}” is a process: the plan has no processes yet."),
    KPIS: N_("Nobody can say whether “{value}” is a KPI: none is known yet."),
}


def everything_known(tables: Mapping[str, PlanTable], known: Known) -> dict[str, dict[str, str]]:
    """The ids that rows may name, each with what it is called: those *known* and those of the plan itself."""
    found = {PEOPLE: dict(known.people), PROCESSES: dict(known.processes), KPIS: dict(known.kpis)}
    for kind, (table, key) in _OWN.items():
        for row in tables[table].rows if table in tables else ():
            if isinstance(row.get(key), str):
                found[kind][row[key]] = str(row.get("name") or row[key])
    return found


def unknown_names(tables: Mapping[str, PlanTable], known: Known) -> Iterator[PlanProblem]:
    """Ids that nothing has; a warning once per table and kind where there is nothing yet that could have them."""
    everything = everything_known(tables, known)
    for table in tables.values():
        doubted: set[str] = set()
        for column, kind in REFERENCES.get(table.name, {}).items():
            for index, value in table.values(column):
                if not everything[kind] and kind not in doubted:
                    doubted.add(kind)
                    message = _(_NONE_YET[kind]).format(value=value)
                    yield table.problem(index, column, message, "", warning=True)
                elif everything[kind] and value not in everything[kind]:
                    message = _(_MESSAGES[kind]).format(value=value)
                    yield table.problem(index, column, message, nearest(value, everything[kind]))


def names_already_taken(tables: Mapping[str, PlanTable], known: Known) -> Iterator[PlanProblem]:
    """KPIs of the team's own that have the id of one of Kokpit's."""
    if "custom_kpis" not in tables:
        return
    table = tables["custom_kpis"]
    for index, value in table.values("kpi_id"):
        if value in known.kpis:
            message = _("Kokpit has a KPI “{value}” of its own.").format(value=value)
            yield table.problem(index, "kpi_id", message, _("Choose another ID."))


def process_cycles(table: PlanTable) -> Iterator[PlanProblem]:
    """Processes that are, through their parents, part of themselves: each circle once."""
    parents: dict[str, str | None] = {}
    rows: dict[str, int] = {}
    for index, process in table.values("process_id"):
        rows.setdefault(process, index)
        parents.setdefault(process, table.rows[index].get("parent"))
    done: set[str] = set()
    for start in parents:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in parents and at not in done and at not in path:
            path.append(at)
            at = parents[at]
        if at is not None and at in path:
            circle = [*path[path.index(at) :], at]
            message = _("The processes are part of each other in a circle: {circle}.").format(circle=" → ".join(circle))
            yield table.problem(rows[at], "parent", message, _("Leave one of them without the process it is part of."))
        done.update(path)
