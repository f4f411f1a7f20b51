"""The KPI dictionary: everything that is known of a KPI beyond its values, as facts to read and as a table to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from connectors.exports.vocabulary import column_label, columns_of
from core import numbers
from core.language import N_, _, ngettext
from core.tables import Column, Row, Table
from metrics.model import Unit
from metrics.origin import columns
from metrics.own import catalogue
from metrics.processes import PROCESSES
from ui import names, queries, values, variation
from ui.department import described

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metrics.model import Kpi
    from metrics.targets import Target
    from ui.screen import Screen

UNITS: Final[Mapping[Unit, str]] = {
    Unit.MONEY: N_("money"),
    Unit.COUNT: N_("a count"),
    Unit.FRACTION: N_("a share, in percent"),
    Unit.RATIO: N_("one number for each of another"),
    Unit.POSITION: N_("a position, 1 is the top"),
    Unit.HOURS: N_("hours"),
    Unit.DAYS: N_("days"),
    Unit.SCORE: N_("a score"),
}
_SCORECARDS: Final = """
    SELECT DISTINCT kpi, coalesce(people.name, person)
    FROM scorecards LEFT JOIN people ON person_id = person ORDER BY ALL
"""
_PROJECTS: Final = "SELECT kpi, coalesce(name, project_id) FROM projects WHERE kpi IS NOT NULL ORDER BY ALL"
_PEOPLE: Final = "SELECT person_id, name FROM people WHERE name IS NOT NULL"

Fact = tuple[str, str]


@dataclass(frozen=True)
class Plan:
    """What the plan says of KPIs: the names of processes and people, and who and what counts on a KPI."""

    processes: Mapping[str, str]
    people: Mapping[str, str]
    scorecards: tuple[tuple[str, str], ...]
    projects: tuple[tuple[str, str], ...]
    targets: tuple[Target, ...]


def kpis(screen: Screen) -> dict[str, Kpi]:
    """Every KPI by its id, without those of the processes that the plan closes."""
    closed = PROCESSES.keys() - {each.id for each in described(screen)}
    return {name: kpi for name, kpi in catalogue(screen.shown.snapshot).items() if kpi.process not in closed}


def plan(screen: Screen) -> Plan:
    """The plan as far as the dictionary needs it."""
    snapshot = screen.shown.snapshot
    people, scorecards, projects = queries.remember(
        screen.shown, "dictionary", lambda: [snapshot.rows(sql) for sql in (_PEOPLE, _SCORECARDS, _PROJECTS)]
    )
    return Plan(
        {each.id: each.name for each in described(screen)},
        dict(people),
        tuple(scorecards),
        tuple(projects),
        queries.targets(screen.shown),
    )


def facts(screen: Screen, known: Plan, kpi: Kpi) -> tuple[Fact, ...]:
    """What to know of *kpi*, each with its term; nothing is said where there is nothing to say."""
    found = (
        (_("Formula"), _(kpi.formula)),
        (_("Unit"), unit(screen, kpi)),
        (_("Direction"), names.direction(kpi.better)),
        (_("Bounds"), bounds(screen, kpi)),
        (_("Split by"), dimensions(kpi)),
        (_("Data lag"), lag(kpi)),
        (_("Computed from"), sources(kpi)),
        (_("Alignment"), _(kpi.alignment)),
        (_("Definition"), _(kpi.definition)),
        (_("Used in"), used(known, kpi)),
    )
    return tuple((term, told) for term, told in found if told)


def history(screen: Screen, known: Plan, kpi: Kpi) -> tuple[Fact, ...]:
    """The targets of *kpi* since the first, newest first: since when, and what, by whom and why."""
    own = [target for target in known.targets if target.kpi == kpi.id]
    return tuple((_span(target), _told(screen, known, kpi, target)) for target in reversed(own))


def title() -> str:
    """What the dictionary is called as a table."""
    return _("KPI dictionary")


def table(screen: Screen) -> Table:
    """Every KPI with everything that is known of it."""
    known = plan(screen)
    terms = (
        *(_("KPI"), _("ID"), _("Process"), _("Meaning"), _("Formula"), _("Unit"), _("Direction"), _("Bounds")),
        *(
            _("Split by"),
            _("Data lag"),
            _("Computed from"),
            _("Alignment"),
            _("Definition"),
            _("Used in"),
            _("Targets"),
        ),
    )
    rows = (
        Row(tuple(cell or None for cell in _cells(screen, known, kpi)))
        for kpi in catalogue(screen.shown.snapshot).values()
    )
    return Table(title(), tuple(Column(term) for term in terms), tuple(rows))


def _cells(screen: Screen, known: Plan, kpi: Kpi) -> tuple[str, ...]:
    return (
        *(_(kpi.name), kpi.id, known.processes.get(kpi.process, kpi.process), _(kpi.meaning), _(kpi.formula)),
        *(unit(screen, kpi), names.direction(kpi.better), bounds(screen, kpi), dimensions(kpi), lag(kpi)),
        *(sources(kpi), _(kpi.alignment), _(kpi.definition), used(known, kpi)),
        "; ".join(f"{when}: {told}" for when, told in history(screen, known, kpi)),
    )


def unit(screen: Screen, kpi: Kpi) -> str:
    """What a value counts."""
    return f"{_(UNITS[kpi.unit])} ({screen.configuration.currency})" if kpi.is_money else _(UNITS[kpi.unit])


def bounds(screen: Screen, kpi: Kpi) -> str:
    """The values it can have at all."""
    low, high = (
        None if end is None else values.short(kpi, end, screen.configuration.currency) for end in (kpi.lower, kpi.upper)
    )
    if low is not None and high is not None:
        return f"{low} – {high}"
    if low is not None:
        return _("{low} or more").format(low=low)
    return _("{high} or less").format(high=high) if high is not None else _("any value")


def dimensions(kpi: Kpi) -> str:
    """What it can be split and filtered by."""
    return ", ".join(names.dimension(name).lower() for name in kpi.dimensions)


def lag(kpi: Kpi) -> str:
    """How long after a day its number is final."""
    days = kpi.lag_days
    return ngettext("a day is final {n} day later", "a day is final {n} days later", days).format(n=days)


def sources(kpi: Kpi) -> str:
    """The datasets it is computed from, with their columns."""
    read = {name: ", ".join(_label(name, each) for each in found) for name, found in columns(kpi).items()}
    return "; ".join(f"{names.dataset(name)}: {each}" for name, each in read.items())


def _label(dataset: str, column: str) -> str:
    """What *column* is called; no file has those that Kokpit fills in itself."""
    known = any(column == each.name for each in columns_of(dataset))
    return column_label(dataset, column).lower() if known else column.replace("_", " ")


def used(known: Plan, kpi: Kpi) -> str:
    """Where it counts: its process, its targets, the scorecards and projects that name it."""
    told = [known.processes.get(kpi.process, kpi.process)]
    if count := sum(target.kpi == kpi.id for target in known.targets):
        told.append(ngettext("{n} target", "{n} targets", count).format(n=count))
    told += [_("scorecard of {name}").format(name=person) for name, person in known.scorecards if name == kpi.id]
    told += [_("project “{name}”").format(name=project) for name, project in known.projects if name == kpi.id]
    return ", ".join(told)


def _span(target: Target) -> str:
    """The days a target holds."""
    start = numbers.day(target.valid_from, year=True)
    if target.valid_to is None:
        return _("since {day}").format(day=start)
    return f"{start} – {numbers.day(target.valid_to, year=True)}"


def _told(screen: Screen, known: Plan, kpi: Kpi, target: Target) -> str:
    """A target's value, for which part, who set it and why."""
    part = ""
    if target.dimension:
        value = names.value(target.dimension, target.dimension_value)
        part = f" ({names.dimension(target.dimension).lower()}: {value})"
    told = variation.goal_text(kpi, target.goal, screen.configuration.currency) + part
    by = known.people.get(target.set_by or "", target.set_by or "")
    return " · ".join(filter(None, (told, target.reason, by)))
