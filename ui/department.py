"""The department's processes as the plan names, orders and owns them, as far as there are numbers for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.language import _
from metrics.own import of_process
from metrics.planned import planned, process_name
from metrics.processes import PROCESSES, Process
from ui import queries
from ui.figures import carried

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metrics.model import Kpi
    from metrics.planned import Planned
    from ui.screen import Screen

HEADLINE: Final = 6
"""KPIs shown first of a process that only the plan knows."""


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
    plan = queries.remember(screen.shown, "processes", lambda: planned(screen.shown.snapshot))
    teams = [_team(screen, name, plan) for name in plan]
    return tuple(team for team in teams if team and team.kpis)


def _team(screen: Screen, name: str, plan: Mapping[str, Planned]) -> Team | None:
    known = plan[name]
    if not known.active:
        return None
    process = PROCESSES.get(name) or Process(name, name, known.purpose or "", ())
    kpis = carried(screen, of_process(screen.shown.snapshot, name))
    headline = sorted((kpi for kpi in kpis if kpi.id in process.headline), key=lambda k: process.headline.index(k.id))
    return Team(
        id=name,
        name=process_name(plan, name),
        owner=known.owner or "",
        purpose=_(process.purpose) if process.purpose else "",
        headline=tuple(headline) or kpis[:HEADLINE],
        kpis=kpis,
    )
