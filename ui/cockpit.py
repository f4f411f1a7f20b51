"""The cockpit: every process at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from core.language import ngettext
from core.numbers import days, whole
from core.presets import natural_grain
from metrics import importance
from ui import cards, drill, empty, exception, queries
from ui.department import processes
from ui.figures import cautions, figures
from ui.pages import COCKPIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metrics.figure import Figure
    from ui.department import Team
    from ui.screen import Screen

MOST: Final = 6
"""How many exceptions the cockpit shows before it sends to the processes."""


def heading(screen: Screen, teams: tuple[Team, ...]) -> str:
    """The period, and what it brought in one sentence."""
    question = ("heading", screen.key, _ids(teams))
    return queries.remember(screen.shown, question, lambda: _heading(screen, teams))


def everything(screen: Screen, teams: tuple[Team, ...]) -> Mapping[str, Figure]:
    """Every KPI that a process shows, asked for at once."""
    kpis = [kpi.id for team in teams for kpi in team.kpis if not drill.is_detail(kpi)]
    return {figure.kpi.id: figure for figure in figures(screen, kpis)}


def exceptions(screen: Screen, teams: tuple[Team, ...]) -> str:
    """A card for each KPI that calls for attention, what matters most first; nothing in a quiet period."""
    question = ("exceptions", screen.key, _ids(teams))
    return queries.remember(screen.shown, question, lambda: _exceptions(screen, teams))


@dataclass(frozen=True)
class Drawn:
    """HTML that is shown as it is: in a text Streamlit looks at every line for indentation to take away."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def rows(screen: Screen, teams: tuple[Team, ...]) -> Drawn:
    """A row of tiles for each process."""
    question = ("cockpit", screen.key, _ids(teams))
    return queries.remember(screen.shown, question, lambda: Drawn(_rows(screen, teams)))


def _ids(teams: tuple[Team, ...]) -> list[str]:
    """The processes by name: what else they are follows from the snapshot and the language."""
    return [team.id for team in teams]


def warnings(screen: Screen, teams: tuple[Team, ...]) -> tuple[str, ...]:
    """What to know before trusting the numbers on the page, each sentence once; the quiet ones stand at the KPI."""
    found = cautions(screen, [kpi.id for team in teams for kpi in team.headline])
    return tuple(dict.fromkeys(caution.text for caution in found if caution.concern not in cards.QUIET))


def named(screen: Screen) -> str:
    """The screen's period by its name, where it is a whole one, else by its days."""
    grain = natural_grain(screen.view.preset)
    if screen.configuration.calendar.is_whole(screen.period, grain):
        return whole(screen.period, grain, screen.configuration.calendar)
    return days(screen.period)


def lead(title: str, sentence: str) -> str:
    """The first line of a page."""
    return f'<div class="kk-lead"><h1>{escape(title)}</h1><p>{escape(sentence)}</p></div>'


def _heading(screen: Screen, teams: tuple[Team, ...]) -> str:
    shown = tuple(everything(screen, teams).values())
    way = empty.other_period(screen, tuple(figure.kpi.id for figure in shown), COCKPIT) if cards.is_empty(shown) else ""
    return lead(named(screen), cards.summary(shown)) + way


def _exceptions(screen: Screen, teams: tuple[Team, ...]) -> str:
    found = importance.exceptions(everything(screen, teams).values())
    if not found:
        return ""
    names = {team.id: team.name for team in teams}
    first = found[:MOST]
    inner = "".join(exception.card(screen, figure, names.get(figure.kpi.process, "")) for figure in first)
    more = len(found) - len(first)
    told = ngettext("{n} more on the process pages.", "{n} more on the process pages.", more).format(n=more)
    rest = f'<p class="kk-say">{escape(told)}</p>' if more else ""
    return f'<div class="kk-exceptions">{inner}</div>{rest}'


def _rows(screen: Screen, teams: tuple[Team, ...]) -> str:
    known = everything(screen, teams)
    all_of = {team.id: [known[kpi.id] for kpi in team.kpis if kpi.id in known] for team in teams}
    shown = [(team, _led_by(team, all_of[team.id])) for team in teams]
    columns = max(len(each) for _team, each in shown)
    rows = "".join(
        cards.row(screen, team, each, cards.Room(columns, len(all_of[team.id]) - len(each))) for team, each in shown
    )
    return f'<div class="kk-rows">{rows}</div>'


def _led_by(team: Team, figures: Sequence[Figure]) -> list[Figure]:
    """The *figures* in the row of *team*: its headline; where nothing in it has a value, those that have one first."""
    ids = [kpi.id for kpi in team.headline]
    first = [figure for name in ids for figure in figures if figure.kpi.id == name]
    if team.chosen and not cards.is_empty(first):
        return first
    rest = [figure for figure in figures if figure not in first]
    return sorted([*first, *rest], key=lambda figure: figure.value is None and not figure.error)[: max(len(first), 1)]


__all__ = ["exceptions", "heading", "lead", "named", "processes", "rows", "warnings"]
