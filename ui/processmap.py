"""The process map: every process with its owner and the state of its KPIs, in lanes; each of them a link."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil
from typing import TYPE_CHECKING, Final

from core.language import _, ngettext
from core.numbers import NOTHING
from metrics import importance
from metrics.own import of_process
from metrics.status import Assurance, Variation
from ui import cards, cockpit, links, queries, values, variation
from ui.department import mapped, processes
from ui.pages import DEFINITIONS, PROCESS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from metrics.figure import Figure
    from metrics.planned import Planned
    from ui.department import Team
    from ui.screen import Screen

SHOWN: Final = 6
"""How many KPIs a process shows on the map."""
ABREAST: Final = 6
"""How many processes stand beside each other."""
NARROWEST: Final = 2
"""A lane is at least as wide as so many of them."""


@dataclass(frozen=True)
class Lane:
    """Processes drawn together: those below *head*, or the ones that stand alone."""

    head: Planned | None
    members: tuple[Planned, ...]


@dataclass(frozen=True)
class _Map:
    """What the map is drawn from: the screen, the processes with numbers, and their figures."""

    screen: Screen
    teams: Mapping[str, Team]
    figures: Mapping[str, Figure]

    def of(self, process: str) -> tuple[Figure, ...]:
        """The figures of *process*: what calls for attention, then its headline."""
        team = self.teams.get(process)
        if team is None:
            return ()
        own = [self.figures[kpi.id] for kpi in team.kpis if kpi.id in self.figures]
        loud = importance.ordered(figure for figure in own if importance.is_exception(figure))
        calm = [self.figures[kpi.id] for kpi in team.headline if self.figures[kpi.id] not in loud]
        return (*loud, *calm)


def heading(screen: Screen) -> str:
    """How many processes and owners there are, and what the period brought."""
    known = mapped(screen)
    owners = {each.owner for each in known if each.owner}
    told = (
        ngettext("{n} process", "{n} processes", len(known)).format(n=len(known)),
        ngettext("{n} owner", "{n} owners", len(owners)).format(n=len(owners)),
        cockpit.named(screen),
    )
    shown = tuple(cockpit.everything(screen, processes(screen)).values())
    return cockpit.lead(_("Process map"), f"{' · '.join(told)}. {cards.summary(shown)}")


def html(screen: Screen) -> str:
    """The map, with what its signs mean."""
    return queries.remember(screen.shown, ("map", screen.key), lambda: _html(screen))


def lanes(known: Iterable[Planned], measured: Container[str]) -> tuple[Lane, ...]:
    """A lane for each process that others belong to, in the order of the plan; then one for those that stand alone.

    The process at the head of a lane is among its members where it is *measured* itself.
    """
    by_id = {each.id: each for each in known}
    tops = {name: _top(name, by_id) for name in by_id}
    heads = [name for name in by_id if any(top == name for other, top in tops.items() if other != name)]
    found = []
    for head in heads:
        below = [each for name, each in by_id.items() if tops[name] == head and name != head]
        own = [by_id[head]] if head in measured else []
        found.append(Lane(by_id[head], (*own, *below)))
    alone = tuple(each for name, each in by_id.items() if tops[name] not in heads)
    return (*found, Lane(None, alone)) if alone else tuple(found)


def _top(name: str, by_id: Mapping[str, Planned]) -> str:
    """The process at the top of those that *name* belongs to; itself where parents lead in a circle."""
    seen = [name]
    while (parent := by_id[seen[-1]].parent) in by_id:
        if parent in seen:
            return name
        seen.append(parent)
    return seen[-1]


def address(screen: Screen, process: str, teams: Iterable[str]) -> str:
    """Where *process* is told: its page; its definitions while there are no numbers; nothing where it has no KPIs."""
    view = screen.view.shared().having(process=process)
    if process in teams:
        return links.href(PROCESS, view)
    return links.href(DEFINITIONS, view) if of_process(screen.shown.snapshot, process) else ""


def _html(screen: Screen) -> str:
    teams = processes(screen)
    drawn = _Map(screen, {team.id: team for team in teams}, cockpit.everything(screen, teams))
    found = lanes(mapped(screen), drawn.teams)
    inner = "".join(_lane(drawn, lane, beside=len(found) > 1) for lane in found)
    return f'<div class="kk-map">{inner}</div>{_legend()}'


def _lane(drawn: _Map, lane: Lane, *, beside: bool) -> str:
    nodes = "".join(_node(drawn, each) for each in lane.members)
    title = lane.head.name if lane.head else _("Supporting processes") if beside else _("Processes")
    owner = _owner(lane.head) if lane.head else ""
    head = f"<h2>{escape(title)}</h2>{owner}{_way(lane.head)}"
    css = "kk-lane kk-main" if lane.head else "kk-lane"
    # As many in each line as in the others, as far as that goes.
    columns = ceil(len(lane.members) / ceil(len(lane.members) / ABREAST))
    style = f'style="--columns:{columns};--span:{max(columns, NARROWEST)}"'
    return f'<section class="{css}" {style}><header>{head}</header><div class="kk-nodes">{nodes}</div></section>'


def _node(drawn: _Map, process: Planned) -> str:
    """One process: its name, its owner, what it leads from and to, and its KPIs."""
    shown = drawn.of(process.id)
    there = address(drawn.screen, process.id, drawn.teams)
    name = f"<h3>{escape(process.name)}</h3>"
    title = links.anchor(there, name, attributes=f'title="{escape(process.purpose)}"') if there else name
    rows = "".join(_kpi(drawn.screen, figure) for figure in shown[:SHOWN]) or _none(drawn.screen, process)
    more = len(shown) - SHOWN
    told = ngettext("and {n} more", "and {n} more", more).format(n=more)
    rest = f'<p class="kk-state">{links.anchor(there, escape(told))}</p>' if more > 0 else ""
    return (
        f'<article class="kk-node {_tone(shown)}">{title}{_owner(process)}{_way(process)}'
        f'<div class="kk-signs">{rows}</div>{rest}</article>'
    )


def _tone(shown: Iterable[Figure]) -> str:
    """How a process looks: what is worst in it."""
    tones = {variation.tone(figure.standing) for figure in shown if figure.value is not None}
    return next((tone for tone in ("kk-worse", "kk-better") if tone in tones), "kk-same" if tones else "kk-void")


def _owner(process: Planned) -> str:
    if not process.owner:
        told = _("no owner")
        return f'<p class="kk-holder kk-poor"><b aria-hidden="true">⚠</b> {escape(told)}</p>'
    initials = "".join(word[0] for word in process.owner.split()[:2]).upper()
    return f'<p class="kk-holder"><i aria-hidden="true">{escape(initials)}</i>{escape(process.owner)}</p>'


def _way(process: Planned | None) -> str:
    """What a process starts with and ends with, as far as the plan says."""
    if process is None or not (process.starts_with or process.ends_with):
        return ""
    ends = ' <b aria-hidden="true">→</b> '.join(escape(end) for end in (process.starts_with, process.ends_with) if end)
    return f'<p class="kk-flow">{ends}</p>'


def _none(screen: Screen, process: Planned) -> str:
    told = _("no data yet") if of_process(screen.shown.snapshot, process.id) else _("no KPI yet")
    return f'<p class="kk-state"><b aria-hidden="true">◌</b> {escape(told)}</p>'


def _kpi(screen: Screen, figure: Figure) -> str:
    """One KPI: its sign, its name, whether it will meet its target; in words where it calls for attention."""
    kpi, standing = figure.kpi, figure.standing
    if figure.value is None:
        return _missing(screen, figure)
    value = values.full(kpi, figure.value, screen.configuration.currency)
    told = ", ".join(_words(figure))
    attributes = f'title="{escape(f"{_(kpi.name)}: {value} · {told}")}"'
    if importance.is_exception(figure):
        inner = f'<span class="kk-words">{variation.words(standing)}</span>'
        return links.anchor(
            cards.address(screen, kpi), f"<span>{escape(_(kpi.name))}</span>{inner}", "kk-loud", attributes
        )
    mark = variation.ASSURANCE[standing.status.assurance][0]
    inner = (
        f'<b aria-hidden="true">{variation.symbol(standing)}</b><span>{escape(_(kpi.name))}</span>'
        f'<b aria-hidden="true">{mark}</b><span class="kk-unseen">{escape(told)}</span>'
    )
    return links.anchor(cards.address(screen, kpi), inner, "kk-calm", attributes)


def _missing(screen: Screen, figure: Figure) -> str:
    """A KPI without a value in the period, of which nothing is told."""
    name, told = escape(_(figure.kpi.name)), escape(_("no data in this period"))
    inner = f'<b aria-hidden="true">{NOTHING}</b><span>{name}</span><b></b><span class="kk-unseen">{told}</span>'
    return links.anchor(cards.address(screen, figure.kpi), inner, "kk-calm", f'title="{name}: {told}"')


def _words(figure: Figure) -> tuple[str, str]:
    status = figure.standing.status
    return _(variation.VARIATION[status.variation]), _(variation.ASSURANCE[status.assurance][1])


def _legend() -> str:
    """What the signs mean."""
    both = f"{values.UP} {values.DOWN}"
    found = [
        (both, variation.VARIATION[Variation.IMPROVING], "kk-good"),
        (both, variation.VARIATION[Variation.WORSE], "kk-poor"),
        (both, variation.VARIATION[Variation.CHANGED], ""),
        (values.LEVEL, variation.VARIATION[Variation.ROUTINE], ""),
        ("◌", variation.VARIATION[Variation.TOO_EARLY], ""),
    ]
    tones = {Assurance.HIT: "kk-good", Assurance.MISS: "kk-poor"}
    kinds = (Assurance.HIT, Assurance.HIT_OR_MISS, Assurance.MISS, Assurance.NO_TARGET)
    found += [(*variation.ASSURANCE[kind], tones.get(kind, "")) for kind in kinds]
    items = "".join(
        f'<span class="{tone}"><b aria-hidden="true">{mark}</b> {escape(_(word))}</span>' for mark, word, tone in found
    )
    return f'<p class="kk-legend">{items}</p>'
