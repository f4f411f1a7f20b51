"""What is the same on every page: menu, language, demonstration banner, and the bar of shared choices."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import unquote, urlencode, urlsplit

import streamlit as st

from core import numbers
from core.errors import KokpitError
from core.language import LANGUAGES, _, ngettext
from core.presets import NAMES, Preset
from ui import empty, homes, journaling, links, names, state, strays, troubles, typed
from ui.document import TITLE
from ui.pages import BY_ADDRESS, COCKPIT, MEETING, SOURCES, groups
from ui.screen import Screen, open_screen
from ui.speaking import speak
from ui.view import GRAINS, ME, SHARED_FILTERS, View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from streamlit.navigation.page import StreamlitPage

    from ui.pages import Entry

ICON: Final = "🧭"
NARROW: Final = 160
WIDE: Final = 420
LETTER: Final = 8
ROOM: Final = 52
"""How many pixels a choice takes in the bar: as many as what is chosen needs to be read, with room for the arrow."""

TYPED: Final = "cockpit"
"""What people type for the page that opens first, beside its own address, which is empty."""

Option = TypeVar("Option", bound=str)


def configure() -> None:
    """The browser tab, and words that were typed while nobody listened."""
    st.set_page_config(page_title=TITLE, page_icon=ICON, layout="wide", initial_sidebar_state="collapsed")
    typed.keep(strays.adopt)


def navigation() -> StreamlitPage:
    """The page that the address names. The menu itself is Kokpit's own, so that its links carry the reader's view."""
    pages = {
        _(group): [
            st.Page(
                entry.script,
                title=_(entry.title),
                icon=entry.icon,
                url_path=entry.url_path,
                default=entry is COCKPIT,
            )
            for entry in entries
        ]
        for group, entries in groups().items()
    }
    asked = asked_address(st.context.url, str(st.get_option("server.baseUrlPath")))
    if asked not in BY_ADDRESS:
        entry = page_at(asked)
        pages[""] = [st.Page(entry.script if entry else _no_such_page, title=TITLE, url_path=asked)]
    return st.navigation(pages, position="hidden")


def asked_address(url: str | None, base: str) -> str:
    """The page that the browser's *url* asks for, where the application is at *base*."""
    path = urlsplit(url or "").path.strip("/")
    # Streamlit knows pages by the last part of the path.
    return unquote(path.removeprefix(base.strip("/"))).rpartition("/")[2].strip()


def page_at(address: str) -> Entry | None:
    """The page at *address*, where there is one."""
    return BY_ADDRESS.get("" if address == TYPED else address)


def _no_such_page() -> None:
    """What stands where a page was asked for that is not there."""
    st.html(empty.no_such_page(state.screen(), asked_address(st.context.url, "")))


def open_page(url_path: str) -> Screen:
    """The screen of this run, with everything around the page *url_path* drawn."""
    try:
        screen = open_screen(homes.shown(), st.query_params.to_dict(), st.context.locale)
    except KokpitError:
        # The menu stays, whatever is wrong: another page may tell more.
        st.html(f'<header class="kk-head"><span class="kk-brand">{TITLE}</span>{pages_menu(View(), None)}</header>')
        raise
    finally:
        links.router()
    name_tab(url_path)
    state.keep(screen)
    speak(screen)
    entry = page_at(url_path)
    st.html(menu(screen, entry) + (banner(screen) if screen.shown.is_demo else ""))
    if screen.shown.generation and (entry or COCKPIT).bar:
        bar(screen)
    # A page about the journal tells the trouble with it itself.
    troubles.notes(screen.notes + (() if entry and entry.group == MEETING.group else screen.unread))
    if unknown := journaling.unknown(screen):
        choose = _("Choose who is reading at the top right.")
        st.warning(troubles.plain(f"{unknown} {choose}"))
    return screen


def name_tab(url_path: str) -> None:
    """Tell the browser's tab, its history and its bookmarks which page this is."""
    entry = page_at(url_path)
    st.set_page_config(page_title=f"{_(entry.title)} · {TITLE}" if entry and entry is not COCKPIT else TITLE)


def menu(screen: Screen, current: Entry | None) -> str:
    """The first line: name, pages, languages. None is *current* where a page was asked for that is not there."""
    shared = screen.view.shared()
    languages = "".join(_language_link(screen, current, code) for code in LANGUAGES)
    label = _("Language")
    return (
        f'<header class="kk-head"><a data-go class="kk-brand" href="{escape(links.href(COCKPIT, shared))}">{TITLE}</a>'
        f"{pages_menu(shared, current)}"
        f'{readers(screen, current)}<nav class="kk-languages" aria-label="{escape(label)}">{languages}</nav></header>'
    )


def readers(screen: Screen, current: Entry | None) -> str:
    """Who reads, and the choice of another; nothing where there is no other."""
    people = journaling.present(screen.shown)
    if not people and not screen.me:
        return ""
    me = journaling.reader(screen).person
    there = links.href(current or COCKPIT, screen.view)
    choices = [("", journaling.ME), *((person.id, person.name) for person in people)]
    items = "".join(
        links.anchor(
            f"{there}{'&' if '?' in there else '?'}{urlencode({ME: number})}",
            escape(journaling.called(name)),
            attributes='aria-current="true"' if name == me else "",
        )
        for number, name in choices
    )
    label = _("Who is reading")
    return (
        f'<details class="kk-me"><summary title="{escape(label)}">{escape(journaling.called(me))}</summary>'
        f"<nav>{items}</nav></details>"
    )


def pages_menu(view: View, current: Entry | None) -> str:
    """The links to all pages, each carrying *view*."""
    entries = [entry for group in groups().values() for entry in group if entry.listed]
    items = "".join(_item(entry, links.href(entry, view), current=entry is current) for entry in entries)
    label = _("Pages")
    return f'<nav class="kk-menu" aria-label="{escape(label)}">{items}</nav>'


def _item(entry: Entry, address: str, *, current: bool) -> str:
    return links.anchor(address, escape(_(entry.title)), attributes='aria-current="page"' if current else "")


def _language_link(screen: Screen, current: Entry | None, code: str) -> str:
    address = links.href(current or COCKPIT, screen.view.having(language=code))
    chosen = 'aria-current="true"' if code == screen.language else ""
    return links.anchor(address, code.upper(), attributes=f'lang="{code}" title="{LANGUAGES[code]}" {chosen}')


def banner(screen: Screen) -> str:
    """The label of the demonstration, with the way to one's own numbers."""
    told = _("Demonstration: an invented company. These are not your numbers.")
    link = links.anchor(links.href(SOURCES, screen.view.shared()), escape(_("Load my own files")), css="kk-button")
    return f'<div class="kk-demo" role="note"><span>{escape(told)}</span>{link}</div>'


def bar(screen: Screen) -> None:
    """The shared choices, with how fresh the data is at their right."""
    state.fill(screen.view, screen.period)
    with st.container(horizontal=True, key="kk_bar", vertical_alignment="center", gap="small"):
        _select(_("Period"), state.PRESET, {preset: _(name) for preset, name in NAMES.items()})
        if screen.view.preset is Preset.CUSTOM:
            _range()
        _select(_("Length of a period"), state.GRAIN, {g: _(names.GRAINS[g]) for g in GRAINS})
        labels = {comparison: _(name) for comparison, name in names.COMPARISONS.items()}
        _select(_("Comparison"), state.COMPARISON, labels)
        for name in SHARED_FILTERS:
            _filter(screen, name)
        st.html(freshness(screen))


def _select(label: str, key: str, labels: Mapping[Option, str], width: int = NARROW) -> None:
    st.selectbox(
        label,
        list(labels),
        key=key,
        format_func=lambda option: labels.get(option, str(option)),
        on_change=state.adopt,
        label_visibility="collapsed",
        filter_mode=None,
        width=width,
    )


def _range() -> None:
    st.date_input(
        _("From – to"), key=state.RANGE, on_change=state.adopt, label_visibility="collapsed", format="YYYY-MM-DD"
    )


def _filter(screen: Screen, name: str) -> None:
    """The choice of one shared filter, where there is something to choose."""
    choices = screen.choices[name]
    if len(choices) < 2 and name not in dict(screen.view.filters):  # noqa: PLR2004 - one is no choice
        return
    labels = {state.ALL: _(names.ALL[name]), **{choice: names.value(name, choice) for choice in choices}}
    chosen = labels.get(dict(screen.view.filters).get(name, state.ALL), "")
    width = max(NARROW, min(WIDE, LETTER * len(chosen) + ROOM))
    _select(names.dimension(name), state.FILTER.format(name=name), labels, width)


def freshness(screen: Screen) -> str:
    """How far the data reaches and how many sources are up to date, as a link to the sources."""
    live = {source.source for source in screen.sources if not source.ended}
    late = {source.source: source.newest for source in screen.sources if source.late}
    told = _("data to {day}").format(day=screen.dated(screen.last_day) if screen.last_day else numbers.NOTHING)
    count = _current(len(live), len(late))
    mark = f' <b class="kk-late" title="{escape(_late(screen, late))}">⚠</b>' if late else ""
    inner = f"<span>{escape(told)}</span> <span>{escape(count)}{mark}</span>"
    return f'<div class="kk-fresh">{links.anchor(links.href(SOURCES, screen.view.shared()), inner)}</div>'


def _current(live: int, late: int) -> str:
    text = ngettext("{current} of {n} source current", "{current} of {n} sources current", live)
    return text.format(current=live - late, n=live)


def _late(screen: Screen, late: Mapping[str, date]) -> str:
    text = _("{source}: data to {day}")
    told = (text.format(source=names.source(source), day=screen.dated(newest)) for source, newest in late.items())
    return ", ".join(told)
