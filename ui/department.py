"""The department's processes as the plan names, orders and owns them, as far as there are numbers for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.language import _
from metrics.own import of_process
from metrics.processes import PROCESSES, Process
from ui import queries
from ui.figures import carried

if TYPE_CHECKING:
    from metrics.model import Kpi
    from ui.screen import Screen

HEADLINE: Final = 6
"""KPIs shown first of a process that only the plan knows."""
_PLAN: Final = """
    SELECT process_id, processes.name, coalesce(people.name, processes.owner), coalesce(processes.active, true),
        processes.purpose
    FROM processes LEFT JOIN people ON people.person_id = processes.owner
    ORDER BY processes."order" NULLS LAST, process_id
"""


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
    planned = queries.remember(screen.shown, "processes", lambda: screen.shown.snapshot.rows(_PLAN))
    plan = {row[0]: row[1:] for row in planned}
    order = [*plan, *(name for name in PROCESSES if name not in plan)]
    teams = [_team(screen, name, plan.get(name, (None, None, True, None))) for name in order]
    return tuple(team for team in teams if team and team.kpis)


def _team(screen: Screen, name: str, planned: tuple[str | None, str | None, bool, str | None]) -> Team | None:
    title, owner, active, purpose = planned
    if not active:
        return None
    process = PROCESSES.get(name) or Process(name, name, purpose or "", ())
    kpis = carried(screen, of_process(screen.shown.snapshot, name))
    headline = sorted((kpi for kpi in kpis if kpi.id in process.headline), key=lambda k: process.headline.index(k.id))
    return Team(
        id=name,
        name=_(title or process.name),
        owner=owner or "",
        purpose=_(process.purpose) if process.purpose else "",
        headline=tuple(headline) or kpis[:HEADLINE],
        kpis=kpis,
    )
