"""Adding a source: a property picked among those an account can read, or anything else by its address or number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from core.config import Source
from core.language import N_, _, current_language
from ui import names, queries, state, troubles

if TYPE_CHECKING:
    from core.config import Home

SITE_SEARCH: Final = "search_console"
KEYS: Final = {
    SITE_SEARCH: ("site", N_("Property")),
    "google_sheets": ("spreadsheet", N_("Address of the spreadsheet")),
    "google_analytics": ("property", N_("Number of the Analytics property")),
}
"""For each kind of source, the key that says which one it is, and what that is called."""
_CARRIED: Final = ("credentials", "endpoint")


def offer(home: Home) -> None:
    """The choice of what to add, and what there is to say about it."""
    st.subheader(_("Add a source"), anchor=False)
    kind = st.selectbox(_("What to read"), list(KEYS), key=state.ADD_KIND, format_func=_called, width=420)
    key, label = KEYS[kind]
    said = _picked(home) if kind == SITE_SEARCH else st.text_input(_(label), key=state.ADD_WHAT, width=420)
    if st.button(_("Add this source"), key=state.ADD, disabled=not said) and said:
        with troubles.told():
            _add(home, kind, {key: said.strip()})


def _called(kind: str) -> str:
    return names.PLATFORMS.get(kind, kind)


def _picked(home: Home) -> str:
    """The property chosen; nothing before the account was asked which ones it can read."""
    if st.button(_("Show the properties"), key=state.ADD_SITES):
        with st.spinner(_("Asking Google …")), troubles.told():
            st.session_state[state.SITES] = _properties(home)
    sites: list[str] | None = st.session_state.get(state.SITES)
    if sites is None:
        return ""
    read = {source.options.get("site") for source in queries.configuration(home).sources}
    free = [site for site in sites if site not in read]
    if not free:
        troubles.notes([_("There is no property that this account can read and that is not a source yet.")])
        return ""
    label = KEYS[SITE_SEARCH][1]
    return str(st.selectbox(_(label), free, key=state.ADD_SITE, width=420))


def _properties(home: Home) -> list[str]:
    """The properties that the account can read. Raises KokpitError."""
    from connectors.google.credentials import SEARCH_CONSOLE, find_credentials  # noqa: PLC0415 - slow to import
    from connectors.google.options import endpoint  # noqa: PLC0415 - slow to import
    from connectors.search_console.api import properties  # noqa: PLC0415 - slow to import

    asked = Source(_called(SITE_SEARCH), SITE_SEARCH, _carried(home, SITE_SEARCH))
    return properties(asked.name, find_credentials(asked, home, [SEARCH_CONSOLE]), endpoint(asked))


def _carried(home: Home, kind: str) -> dict[str, str]:
    """Where the first source of this *kind* finds its key, and whom it asks: the next one does the same."""
    alike = [source for source in queries.configuration(home).sources if source.kind == kind]
    return {key: alike[0].options[key] for key in _CARRIED if key in alike[0].options} if alike else {}


def _add(home: Home, kind: str, said: dict[str, str]) -> None:
    """Write the source into ``kokpit.toml``. Raises KokpitError."""
    from connectors.configuring import add_source, free_name  # noqa: PLC0415 - Google's client is slow to import
    from connectors.registry import connector_of  # noqa: PLC0415 - Google's client is slow to import

    configuration = queries.configuration(home)
    name = free_name(_name(kind, said), (source.name for source in configuration.sources))
    source = Source(name, kind, {**said, **_carried(home, kind)})
    connector_of(source, home, configuration)
    add_source(home, source, current_language())
    st.session_state.pop(state.ADD_WHAT, None)
    st.toast(
        troubles.plain(
            _("{name} is in {file}; test the access, then refresh.").format(name=name, file=home.configuration.name)
        )
    )
    st.rerun()


def _name(kind: str, said: dict[str, str]) -> str:
    """What to call the source: the site, or the kind."""
    site = said.get("site", "").removeprefix("sc-domain:").removeprefix("https://").removeprefix("http://").strip("/")
    return site or _called(kind)
