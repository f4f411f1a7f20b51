"""One process for its owner: the list of its KPIs, the chosen one's chart, its split, its definition."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from core.language import _, sentence
from core.numbers import days
from metrics import importance
from metrics.catalog import CATALOGUE
from metrics.compare import Comparison
from ui import cards, drill, empty, links, names, parts, queries, values, variation
from ui.cockpit import lead, named
from ui.department import processes
from ui.figures import cautions, figures, unmet
from ui.pages import DEFINITIONS, PROCESS
from warehouse.datasets.titles import table_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metrics.figure import Figure
    from metrics.model import Kpi
    from ui.department import Team
    from ui.screen import Screen

_SOURCES: Final = {
    "ad_performance": "Google Ads, Meta Ads",
    "search_totals": "Google Search Console",
    "search_performance": "Google Search Console",
}


@dataclass(frozen=True)
class Chosen:
    """What the process page is about: a process, its KPIs with their figures, and the one looked at."""

    team: Team
    figures: tuple[Figure, ...]
    figure: Figure

    @property
    def kpi(self) -> Kpi:
        """The KPI looked at."""
        return self.figure.kpi


def chosen(screen: Screen) -> Chosen | None:
    """The process and KPI that the address names; without names the first process and what matters most in it."""
    teams = processes(screen)
    team = next((team for team in teams if team.id == screen.view.process), None)
    if not screen.view.process and teams:
        team = teams[0]
    if team is None:
        return None
    shown = importance.ordered(figures(screen, _listed(team, screen.view.kpi)))
    named_kpi = next((figure for figure in shown if figure.kpi.id == screen.view.kpi), None)
    return Chosen(team, shown, named_kpi or shown[0])


def notes(screen: Screen, page: Chosen) -> tuple[str, ...]:
    """A sentence where the address names a KPI that this process does not have, or a filter that the KPI has not."""
    asked = screen.view.kpi
    told = []
    if asked and asked != page.kpi.id:
        told.append(_("“{name}” is not a KPI of this process; another one is shown.").format(name=asked))
    for name, value in screen.view.filters:
        if name not in page.kpi.dimensions:
            text = _("“{value}” is not a filter for this KPI: it cannot be split by {dimension}.")
            told.append(text.format(value=names.value(name, value), dimension=names.dimension(name).lower()))
    told += _no_such_split(screen, page.kpi)
    for each in unmet(screen, page.kpi.id):
        dimension, value = names.dimension(each.dimension), names.value(each.dimension, each.value)
        told.append(each.said(f"{dimension}: {value}"))
    return (*told, *_idle_targets(screen, page.kpi.id))


def _no_such_split(screen: Screen, kpi: Kpi) -> Iterator[str]:
    """That the address asks for a split that there is not; one that was drilled into says so by its filter."""
    asked = screen.view.split
    found = parts.options(screen, kpi) if asked and asked not in dict(screen.view.filters) else ()
    if found and asked not in found:
        text = _("It cannot be split by “{name}” here; the parts by {shown} are shown.")
        yield text.format(name=asked, shown=names.dimension(parts.split_by(screen, found)).lower())


def _idle_targets(screen: Screen, kpi: str) -> Iterator[str]:
    """Targets of *kpi* for parts that there are not: a name misspelt in the plan, most often."""
    for each in queries.idle_targets(screen.shown, screen.configuration):
        if each.target.kpi == kpi:
            dimension, value = each.target.dimension or "", each.target.dimension_value
            yield each.said(f"{names.dimension(dimension)}: {names.value(dimension, value)}")


def heading(screen: Screen, page: Chosen) -> str:
    """The process, its owner, what it is for."""
    question = ("heading of a process", screen.key, page.team.id)
    return queries.remember(screen.shown, question, lambda: _heading(screen, page))


def _heading(screen: Screen, page: Chosen) -> str:
    owner = _("Owner: {name}").format(name=page.team.owner) if page.team.owner else page.team.purpose
    return lead(page.team.name, " · ".join(filter(None, (owner, named(screen))))) + _other_processes(screen, page)


def _other_processes(screen: Screen, page: Chosen) -> str:
    """The way to the other processes."""
    view = screen.view.shared()
    items = [
        links.anchor(links.href(PROCESS, view.having(process=team.id)), escape(team.name), css="kk-pill")
        for team in processes(screen)
        if team.id != page.team.id
    ]
    label = _("Other processes")
    return f'<nav class="kk-others" aria-label="{escape(label)}">{"".join(items)}</nav>' if items else ""


def kpi_list(screen: Screen, page: Chosen) -> str:
    """All KPIs of the process, the chosen one marked."""
    question = ("kpi list", screen.key, page.team.id, page.kpi.id)
    return queries.remember(screen.shown, question, lambda: _kpi_list(screen, page))


def headline(screen: Screen, page: Chosen) -> str:
    """The chosen KPI: its value, its change, and that in a sentence."""
    question = ("headline", screen.key, page.team.id, page.kpi.id)
    return queries.remember(screen.shown, question, lambda: _headline(screen, page))


def _headline(screen: Screen, page: Chosen) -> str:
    figure, currency = page.figure, screen.configuration.currency
    return (
        f'<div class="kk-kpi {variation.tone(figure.standing)}"><h2>{escape(_(page.kpi.name))}</h2>'
        f"{cards.defined(screen, page.kpi)}"
        f'<span class="kk-value" title="{escape(values.full(page.kpi, figure.value, currency))}">'
        f"{cards.with_small_unit(values.short(page.kpi, figure.value, currency))}</span>"
        f"{cards.change(screen, figure)}{cards.stands(figure)}{cards.state(screen, figure)}</div>"
        f'<p class="kk-say">{escape(said(screen, figure))}</p>'
    ) + (empty.other_period(screen, [page.kpi.id], PROCESS) if cards.is_empty([figure]) else "")


def said(screen: Screen, figure: Figure) -> str:
    """What happened, then what it is compared with."""
    if figure.error:
        return str(figure.error)
    if screen.view.comparison is Comparison.NONE or figure.base is None or figure.value is None:
        return _(figure.kpi.meaning)
    before = values.short(figure.kpi, figure.base, screen.configuration.currency)
    if screen.view.comparison is Comparison.GOAL:
        wanted = _("The target is {before}.") if figure.standing.goal else _("The plan to date is {before}.")
        return sentence(wanted, before=before)
    if figure.compared:
        now, then = figure.compared
        text = _("Like for like: {now} compared with {then}, when it was {before}.")
        return sentence(text, now=days(now), before=before, then=days(then))
    if screen.view.comparison is Comparison.LAST_YEAR:
        return sentence(_("A year before it was {before}."), before=before)
    return sentence(_("The period before it was {before}."), before=before)


def definition(screen: Screen, kpi: Kpi) -> str:
    """What the KPI means, how it is computed, where it comes from."""
    rows = [
        (_("Meaning"), _(kpi.meaning)),
        (_("Formula"), _(kpi.formula)),
        (_("Direction"), names.direction(kpi.better)),
        (_("Source"), ", ".join(dict.fromkeys(_SOURCES.get(name) or table_title(name) for name in kpi.datasets))),
        (_("Definition"), _(kpi.definition)),
    ]
    if kpi.alignment:
        rows.append((_("Alignment"), _(kpi.alignment)))
    if kpi.is_money:
        rows.append((_("Currency"), screen.configuration.currency))
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(told)}</dd>" for term, told in rows)
    title = _("What this KPI means")
    there = links.href(DEFINITIONS, screen.view.shared().having(kpi=kpi.id))
    way = links.anchor(there, escape(_("In the dictionary: where it is used, its targets")), css="kk-button")
    return f'<h2 class="kk-title">{escape(title)}</h2><dl class="kk-define">{items}</dl><p class="kk-way">{way}</p>'


def warnings(screen: Screen, page: Chosen) -> tuple[str, ...]:
    """What to know before trusting the chosen KPI."""
    told = [caution.text for caution in cautions(screen, [page.kpi.id])]
    # What has no value at all says why where the value would be.
    if page.figure.gap and not page.figure.error:
        told.append(str(page.figure.gap))
    return tuple(dict.fromkeys(told))


def _listed(team: Team, asked: str) -> list[str]:
    """The KPIs of the list, the headline first; of details (reached by splitting) those like the one *asked* for."""
    details = [kpi.id for kpi in team.kpis if asked == kpi.id and drill.is_detail(kpi)]
    if details:
        return list(drill.family(CATALOGUE[asked]))
    rest = [kpi for kpi in team.kpis if kpi not in team.headline and not drill.is_detail(kpi)]
    return [kpi.id for kpi in (*team.headline, *rest)]


def _kpi_list(screen: Screen, page: Chosen) -> str:
    tiles = "".join(cards.tile(screen, each, current=each.kpi.id == page.kpi.id) for each in page.figures)
    label = _("KPIs")
    return f'<nav class="kk-list" aria-label="{escape(label)}">{tiles}</nav>'
