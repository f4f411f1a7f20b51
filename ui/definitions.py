"""The definitions page: a search over the KPI dictionary, and an entry for each KPI that it finds."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.language import _, ngettext
from ui import cards, cockpit, dictionary, links, names, queries, state, values
from ui.department import described, processes
from ui.pages import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from metrics.figure import Figure
    from metrics.model import Kpi
    from ui.dictionary import Plan
    from ui.screen import Screen

FEW: Final = 3
"""So many entries found are shown open."""


def notes(screen: Screen) -> tuple[str, ...]:
    """A sentence on each name in the address that is not there."""
    view = screen.view
    told = []
    if view.process and view.process not in _names(screen):
        told.append(_("There is no process called “{name}”; all are shown.").format(name=view.process))
    if view.kpi and view.kpi not in dictionary.kpis(screen):
        told.append(_("There is no KPI called “{name}”; all are shown.").format(name=view.kpi))
    return tuple(told)


def heading(screen: Screen) -> str:
    """How many KPIs there are, or how many were found."""
    found, whole = len(entries(screen)), len(dictionary.kpis(screen))
    if found < whole:
        text = ngettext("{found} of {n} KPI fits.", "{found} of {n} KPIs fit.", whole)
    else:
        text = ngettext(
            "{n} KPI: what it means, how it is computed, where it is used.",
            "{n} KPIs: what they mean, how they are computed, where they are used.",
            whole,
        )
    return cockpit.lead(_("Definitions"), text.format(found=found, n=whole))


def search_box(screen: Screen) -> None:
    """The field to search in, with what the address asks for."""
    st.session_state[state.SEARCH] = screen.view.search
    with st.container(key="kk_find"):
        st.text_input(
            _("Search the definitions"),
            key=state.SEARCH,
            on_change=state.adopt_search,
            placeholder=_("Search: a name, a meaning, a process …"),
            label_visibility="collapsed",
            icon=":material/search:",
        )


def choices(screen: Screen) -> str:
    """The way to the KPIs of one process, and back to all."""
    view = screen.view.having(kpi="", split="", rows="")
    chosen = screen.view.process if screen.view.process in _names(screen) else ""
    measured = {kpi.process for kpi in dictionary.kpis(screen).values()}
    options = {"": _("All"), **{name: told for name, told in _names(screen).items() if name in measured}}
    items = "".join(
        links.anchor(
            links.href(DEFINITIONS, view.having(process=name)),
            escape(told),
            css="kk-pill",
            attributes='aria-current="true"' if name == chosen else "",
        )
        for name, told in options.items()
    )
    label = _("Processes")
    return f'<nav class="kk-others" aria-label="{escape(label)}">{items}</nav>'


def entries(screen: Screen) -> tuple[Kpi, ...]:
    """The KPIs that fit the address: the one it names, or those of its process in which all its words are found."""
    view = screen.view
    known = dictionary.kpis(screen)
    if view.kpi in known:
        return (known[view.kpi],)
    processes_named = _names(screen)
    words = _plain(view.search).split()
    asked = view.process if view.process in processes_named else ""
    within = [kpi for kpi in known.values() if asked in ("", kpi.process)]
    found = [kpi for kpi in within if _fits(words, _text(kpi, processes_named.get(kpi.process, "")))]
    # What is named so comes before what only speaks of it.
    return tuple(sorted(found, key=lambda kpi: not _fits(words, _(kpi.name))))


def html(screen: Screen) -> str:
    """An entry for each KPI found, under the name of its process."""
    return queries.remember(screen.shown, ("definitions", screen.key), lambda: _html(screen))


def nothing_found(screen: Screen) -> str:
    """No KPI fits what was searched for."""
    title = _("Nothing fits “{search}”").format(search=screen.view.search)
    told = _("Try fewer or other words: parts of a name, of a meaning, or the name of a process.")
    way = links.anchor(links.href(DEFINITIONS, screen.view.shared()), escape(_("Show all KPIs")), css="kk-button")
    return f'<div class="kk-empty"><h2>{escape(title)}</h2><p>{escape(told)}</p>{way}</div>'


def _names(screen: Screen) -> Mapping[str, str]:
    return {each.id: each.name for each in described(screen)}


def _text(kpi: Kpi, process: str) -> str:
    """Everything of *kpi* that is searched, in the reader's language; its English name finds it in any."""
    datasets = (names.dataset(name) for name in kpi.datasets)
    return " ".join((kpi.id, kpi.id.replace("_", " "), kpi.name, _(kpi.name), _(kpi.meaning), process, *datasets))


def _fits(words: Sequence[str], text: str) -> bool:
    plain = _plain(text)
    return all(word in plain for word in words)


def _plain(text: str) -> str:
    """*text* in small letters without accents: what is typed in haste finds it."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _html(screen: Screen) -> str:
    found = entries(screen)
    known = dictionary.plan(screen)
    figures = cockpit.everything(screen, processes(screen))
    groups: dict[str, list[Kpi]] = {}
    for kpi in found:
        groups.setdefault(known.processes.get(kpi.process, kpi.process), []).append(kpi)
    opened = len(found) <= FEW
    inner = "".join(
        f"<section><h2>{escape(name)}</h2>"
        + "".join(_entry(screen, known, kpi, figures.get(kpi.id), opened=opened) for kpi in kpis)
        + "</section>"
        for name, kpis in groups.items()
    )
    return f'<div class="kk-dictionary">{inner}</div>'


def _entry(screen: Screen, known: Plan, kpi: Kpi, figure: Figure | None, *, opened: bool) -> str:
    """One KPI: its name, meaning and state in a line; the rest below it."""
    stands = cards.stands(figure) if figure else ""
    summary = (
        f'<summary><span class="kk-term">{escape(_(kpi.name))}</span><span>{escape(_(kpi.meaning))}</span>'
        f"<span>{stands}</span></summary>"
    )
    facts = _listed(dictionary.facts(screen, known, kpi))
    targets = dictionary.history(screen, known, kpi)
    told = _("Targets")
    history = f"<h3>{escape(told)}</h3><dl>{_listed(targets)}</dl>" if targets else ""
    name = escape(kpi.id)
    return (
        f'<details class="kk-entry" {"open" if opened else ""}>{summary}'
        f"{_now(screen, kpi, figure)}<dl>{facts}<dt>ID</dt><dd><code>{name}</code></dd></dl>{history}</details>"
    )


def _now(screen: Screen, kpi: Kpi, figure: Figure | None) -> str:
    """The KPI as it stands, a link to it on its process's page."""
    if figure is None:
        told = _("no data yet")
        return f'<p class="kk-state"><b aria-hidden="true">◌</b> {escape(told)}</p>'
    value = values.short(kpi, figure.value, screen.configuration.currency)
    inner = f"<strong>{escape(value)}</strong> {cards.stands(figure)} {cards.state(screen, figure)}"
    return f'<p class="kk-now">{links.anchor(cards.address(screen, kpi), inner)}</p>'


def _listed(facts: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<dt>{escape(term)}</dt><dd>{escape(told)}</dd>" for term, told in facts)
