"""The department's processes as the plan names, orders and owns them, as far as there are numbers for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.language import _
from metrics.own import of_process
from metrics.planned import MAIN, planned
from metrics.processes import PROCESSES
from ui import queries
from ui.figures import carried, loaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.model import Kpi
    from metrics.planned import Planned
    from ui.screen import Screen

HEADLINE: Final = 6
"""KPIs shown first of a process that only the plan knows."""


@dataclass(frozen=True)
class Team:
    """One process with the name and owner that the plan gives it, and the KPIs there is data for.

    Somebody has *chosen* its headline; else it is simply the first of its KPIs.
    """

    id: str
    name: str
    owner: str
    purpose: str
    headline: tuple[Kpi, ...]
    kpis: tuple[Kpi, ...]
    chosen: bool = True


def processes(screen: Screen) -> tuple[Team, ...]:
    """The processes that there are numbers for, in the plan's order."""
    return queries.remember(screen.shown, ("teams", screen.language), lambda: _teams(screen))


def _teams(screen: Screen) -> tuple[Team, ...]:
    datasets = loaded(screen)
    teams = (_team(screen, each, datasets) for each in described(screen))
    return tuple(team for team in teams if team.kpis)


def called(screen: Screen) -> dict[str, str]:
    """What each process is called."""
    question = ("called", screen.language)
    return queries.remember(screen.shown, question, lambda: {each.id: each.name for each in described(screen)})


def described(screen: Screen) -> tuple[Planned, ...]:
    """Every active process in the plan's order, with those that Kokpit knows beside it."""
    question = ("processes", screen.language)
    found = queries.remember(screen.shown, question, lambda: planned(screen.shown.snapshot))
    return tuple(each for each in found.values() if each.active)


def mapped(screen: Screen) -> tuple[Planned, ...]:
    """The active processes that the map shows.

    A team that has drawn up processes of its own works by these: Kokpit's own are beside them once they have numbers.
    """
    known = described(screen)
    if not any(each.given and each.id not in PROCESSES.keys() | MAIN.keys() for each in known):
        return known
    numbered = {team.id for team in processes(screen)}
    kept = [each for each in known if each.given or each.id in numbered]
    heads = {each.parent for each in kept}
    shown = (each for each in known if each in kept or (each.id in MAIN and each.id in heads))
    return tuple(sorted(shown, key=lambda each: not each.given))


def led_by(process: str, kpis: Sequence[Kpi]) -> tuple[Kpi, ...]:
    """Those of its *kpis* that *process* is led by: its headline; the first ones of a process only the plan knows."""
    headline = PROCESSES[process].headline if process in PROCESSES else ()
    found = sorted((kpi for kpi in kpis if kpi.id in headline), key=lambda kpi: headline.index(kpi.id))
    return tuple(found) or tuple(kpis[:HEADLINE])


def _team(screen: Screen, process: Planned, datasets: frozenset[str]) -> Team:
    kpis = carried(datasets, of_process(screen.shown.snapshot, process.id))
    known = PROCESSES.get(process.id)
    return Team(
        id=process.id,
        name=process.name,
        owner=process.owner,
        purpose=_(known.purpose) if known else process.purpose,
        headline=led_by(process.id, kpis),
        kpis=kpis,
        chosen=known is not None and bool({kpi.id for kpi in kpis} & {*known.headline}),
    )
