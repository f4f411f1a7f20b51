"""The cockpit: every process at a glance."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from core.numbers import days, whole
from core.presets import natural_grain
from ui import cards, empty, queries
from ui.department import processes
from ui.figures import cautions, figures
from ui.pages import COCKPIT

if TYPE_CHECKING:
    from ui.department import Team
    from ui.screen import Screen


def heading(screen: Screen, teams: tuple[Team, ...]) -> str:
    """The period, and the week in one sentence."""
    shown = [figure for team in teams for figure in figures(screen, [kpi.id for kpi in team.headline])]
    kpis = tuple(kpi.id for team in teams for kpi in team.headline)
    way = empty.other_period(screen, kpis, COCKPIT) if cards.is_empty(shown) else ""
    return lead(named(screen), cards.summary(screen, shown)) + way


def rows(screen: Screen, teams: tuple[Team, ...]) -> str:
    """A row of tiles for each process."""
    question = ("cockpit", screen.key, teams)
    return queries.remember(screen.shown, question, lambda: _rows(screen, teams))


def warnings(screen: Screen, teams: tuple[Team, ...]) -> tuple[str, ...]:
    """What to know before trusting the numbers on the page, each sentence once; the quiet ones stand at the KPI."""
    found = [each for team in teams for each in cautions(screen, [kpi.id for kpi in team.headline])]
    return tuple(dict.fromkeys(caution.text for caution in found if caution.concern not in cards.QUIET))


def named(screen: Screen) -> str:
    """The screen's period by its name, where it is a whole one, else by its days."""
    grain = natural_grain(screen.view.preset)
    if screen.configuration.calendar.is_whole(screen.period, grain):
        return whole(screen.period, grain)
    return days(screen.period)


def lead(title: str, sentence: str) -> str:
    """The first line of a page."""
    return f'<div class="kk-lead"><h1>{escape(title)}</h1><p>{escape(sentence)}</p></div>'


def _rows(screen: Screen, teams: tuple[Team, ...]) -> str:
    columns = max(len(team.headline) for team in teams)
    shown = ((team, figures(screen, [kpi.id for kpi in team.headline])) for team in teams)
    return f'<div class="kk-rows">{"".join(cards.row(screen, team, each, columns) for team, each in shown)}</div>'


__all__ = ["heading", "lead", "named", "processes", "rows", "warnings"]
