"""The department's processes as the plan names, orders and owns them, as far as there are numbers for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.language import N_, _
from metrics.own import of_process
from metrics.processes import PROCESSES
from ui import queries
from ui.figures import carried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.model import Kpi
    from metrics.processes import Process
    from ui.screen import Screen

MAIN: Final = {"acquisition": N_("Winning and growing customers")}
"""What the processes are called that Kokpit's own are part of."""
HEADLINE: Final = 6
"""KPIs shown first of a process that only the plan knows."""
_PLAN: Final = """
    SELECT process_id, processes.name, parent, coalesce(people.name, processes.owner), purpose, starts_with, ends_with,
        coalesce(nullif(procedure_url, ''), (SELECT min(title) FROM procedures WHERE process = process_id)) IS NOT NULL,
        coalesce(processes.active, true)
    FROM processes LEFT JOIN people ON people.person_id = processes.owner
    ORDER BY processes."order" NULLS LAST, process_id
"""


@dataclass(frozen=True)
class Planned:
    """One process as the plan describes it; where the plan is silent, as Kokpit's own list does."""

    id: str
    name: str
    parent: str = ""
    owner: str = ""
    purpose: str = ""
    starts_with: str = ""
    ends_with: str = ""
    has_procedure: bool = False
    active: bool = True


@dataclass(frozen=True)
class Team:
    """One process with the name and owner that the plan gives it, and the KPIs there is data for."""

    id: str
    name: str
    owner: str
    purpose: str
    headline: tuple[Kpi, ...]
    kpis: tuple[Kpi, ...]


def processes(screen: Screen) -> tuple[Team, ...]:
    """The processes that there are numbers for, in the plan's order."""
    teams = (_team(screen, each) for each in described(screen))
    return tuple(team for team in teams if team.kpis)


def called(screen: Screen) -> dict[str, str]:
    """What each process is called."""
    question = ("called", screen.language)
    return queries.remember(screen.shown, question, lambda: {each.id: each.name for each in described(screen)})


def described(screen: Screen) -> tuple[Planned, ...]:
    """Every active process in the plan's order, with those that Kokpit knows beside it."""
    rows = queries.remember(screen.shown, "processes", lambda: screen.shown.snapshot.rows(_PLAN))
    nested = any(row[2] for row in rows)
    planned = [_planned(row, nested=nested) for row in rows]
    named = {each.id for each in planned}
    rest = [_known(process) for process in PROCESSES.values() if process.id not in named]
    # A parent that nobody described still has to be drawn.
    parents = {each.parent for each in (*planned, *rest)} & MAIN.keys() - named
    mains = [Planned(name, _(MAIN[name])) for name in sorted(parents)]
    return tuple(each for each in (*mains, *planned, *rest) if each.active)


def _planned(row: tuple[Any, ...], *, nested: bool) -> Planned:
    """A process of the plan; a plan that names no parents at all leaves them to Kokpit."""
    name, title, parent, owner, purpose, starts_with, ends_with, has_procedure, active = row
    known = PROCESSES.get(name)
    return Planned(
        id=name,
        name=_(title or (known.name if known else MAIN.get(name, name))),
        parent=parent or ("" if nested or known is None else known.parent or ""),
        owner=owner or "",
        purpose=_(purpose or (known.purpose if known else "")),
        starts_with=starts_with or "",
        ends_with=ends_with or "",
        has_procedure=has_procedure,
        active=active,
    )


def _known(process: Process) -> Planned:
    return Planned(process.id, _(process.name), process.parent or "", purpose=_(process.purpose))


def led_by(process: str, kpis: Sequence[Kpi]) -> tuple[Kpi, ...]:
    """Those of its *kpis* that *process* is led by: its headline; the first ones of a process only the plan knows."""
    headline = PROCESSES[process].headline if process in PROCESSES else ()
    found = sorted((kpi for kpi in kpis if kpi.id in headline), key=lambda kpi: headline.index(kpi.id))
    return tuple(found) or tuple(kpis[:HEADLINE])


def _team(screen: Screen, planned: Planned) -> Team:
    kpis = carried(screen, of_process(screen.shown.snapshot, planned.id))
    known = PROCESSES.get(planned.id)
    return Team(
        id=planned.id,
        name=planned.name,
        owner=planned.owner,
        purpose=_(known.purpose) if known else planned.purpose,
        headline=led_by(planned.id, kpis),
        kpis=kpis,
    )
