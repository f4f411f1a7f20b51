"""Empty states: what will be here, what is missing, one button."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from core.language import _
from core.numbers import days, whole
from core.presets import Preset
from ui import links
from ui.figures import latest
from ui.pages import COCKPIT, SOURCES
from ui.view import GRAINS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.pages import Entry
    from ui.screen import Screen


def nothing_loaded(screen: Screen) -> str:
    """No data at all yet."""
    told = _(
        "Your processes and their KPIs will be here as soon as there is data: load an export of an ad platform or of "
        "Search Console."
    )
    return box(screen, _("Nothing is loaded yet"), told, (SOURCES, _("Load files")))


def data_gone(screen: Screen, review: str) -> str:
    """A review is going on, but what it is about is not there any more."""
    told = _(
        "What was said in “{review}” is safe in the journal, and the meeting goes on as soon as its data is back: put "
        "the folder of the warehouse back, or load the files again."
    )
    return box(screen, _("The data of this review is gone"), told.format(review=review), (SOURCES, _("Load files")))


def no_numbers(screen: Screen) -> str:
    """Data, but none that a KPI is made of."""
    told = _(
        "No KPI can be computed from what is loaded so far. Load an export of an ad platform or of Search Console."
    )
    return box(screen, _("No KPI has data yet"), told, (SOURCES, _("Load files")))


def unknown_process(screen: Screen, name: str) -> str:
    """The address names a process that is not there."""
    told = _("There are no numbers for a process called “{name}”.").format(name=name)
    return box(screen, _("This process is not known"), told, (COCKPIT, _("To the cockpit")))


def no_such_page(screen: Screen, name: str) -> str:
    """The address names a page that is not there."""
    told = _("There is no page at the address “{name}”.").format(name=name)
    return box(screen, _("This page does not exist"), told, (COCKPIT, _("To the cockpit")))


def no_rows(*why: str) -> str:
    """A split that nothing fell into, and *why*, where that is known."""
    return sentence(" ".join((_("Nothing in this period under these filters."), *why)))


def other_period(screen: Screen, kpis: Sequence[str], entry: Entry) -> str:
    """The way to the newest period that any of *kpis* has data for; nothing where there is none."""
    found = latest(screen, kpis)
    if not found:
        return ""
    period, grain = found
    coarser = max(grain, screen.view.grain, key=GRAINS.index)
    view = screen.view.having(preset=Preset.CUSTOM, custom=period, grain=coarser)
    is_whole = screen.configuration.calendar.is_whole(period, grain)
    told = _("Show the newest data: {period}").format(period=whole(period, grain) if is_whole else days(period))
    return f'<p class="kk-way">{links.anchor(links.href(entry, view), escape(told), css="kk-button")}</p>'


def sentence(told: str) -> str:
    """What stands where there is nothing to show."""
    return f'<div class="kk-empty"><p>{escape(told)}</p></div>'


def no_loads() -> str:
    """The sources page before the first load."""
    told = _("What you load is listed here, with every row that was rejected and why.")
    title = _("Nothing is loaded yet")
    return f'<div class="kk-empty"><h2>{escape(title)}</h2><p>{escape(told)}</p></div>'


def box(screen: Screen, title: str, told: str, way: tuple[Entry, str]) -> str:
    """What will be here, what is missing, and the one *way* to go on."""
    entry, label = way
    button = links.anchor(links.href(entry, screen.view.shared()), escape(label), css="kk-button")
    return f'<div class="kk-empty"><h2>{escape(title)}</h2><p>{escape(told)}</p>{button}</div>'
