"""One KPI that calls for attention: what happened, since when, what moved it, whether the target will be met."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from core.language import _
from core.language import sentence as worded
from core.numbers import tick
from pack.moved import beside_usual
from ui import cards, links, moved, values, variation

if TYPE_CHECKING:
    from metrics.figure import Figure
    from pack.frozen import Seen
    from ui.screen import Screen


def card(screen: Screen, figure: Figure, process: str) -> str:
    """The card of *figure*, a KPI of *process*; a link to the KPI on its process's page."""
    kpi, currency = figure.kpi, screen.configuration.currency
    told = "".join(f"<p>{escape(text)}</p>" for text in said(screen, figure))
    value = cards.with_small_unit(values.short(kpi, figure.value, currency))
    name = f'<span class="kk-name">{escape(_(kpi.name))} <small>{escape(process)}</small></span>'
    doubts = cards.few(figure) + cards.unfiltered(screen, kpi)
    inner = (
        f'<span class="kk-card-head">{name}{cards.stands(figure)}</span><span class="kk-card-body">'
        f'<span><span class="kk-value">{value}</span>{cards.change(screen, figure)}{doubts}</span>'
        f"{cards.spark(screen, figure)}</span>{told}"
    )
    tone = variation.tone(figure.standing)
    return cards.explained(screen, kpi, links.anchor(cards.address(screen, kpi), inner, css=f"kk-card {tone}"))


def said(screen: Screen, figure: Figure) -> tuple[str, ...]:
    """What happened, what moved it, and what that means for the target: a sentence each."""
    return tuple(filter(None, (_since(screen, figure), _moved(screen, figure), _missed(screen, figure))))


def stood(screen: Screen, seen: Seen) -> tuple[str, ...]:
    """The same sentences of a figure as it was presented; without what moved it where that was not kept."""
    figure = seen.figure
    moved_by = beside_usual(figure.kpi, seen.moved, seen.currency) if seen.moved else ""
    return tuple(filter(None, (_since(screen, figure), moved_by, _missed(screen, figure))))


def _missed(screen: Screen, figure: Figure) -> str:
    """That the process as it is misses its target."""
    if not figure.standing.misses:
        return ""
    return variation.promise(figure.standing, screen.configuration.currency, screen.view.grain)


def _since(screen: Screen, figure: Figure) -> str:
    """Since when the KPI is higher or lower than its process explains."""
    standing = figure.standing
    if not standing.is_signal or standing.since is None:
        return ""
    text = (
        _("Higher than the process explains since {start} ({rules}).")
        if standing.rising
        else _("Lower than the process explains since {start} ({rules}).")
    )
    rules = standing.named(standing.newest)
    return worded(text, start=tick(standing.since, screen.view.grain, screen.configuration.calendar), rules=rules)


def _moved(screen: Screen, figure: Figure) -> str:
    """Where it differs from what it was before."""
    told = moved.told(screen, figure)
    return beside_usual(figure.kpi, told, screen.configuration.currency) if told else ""
