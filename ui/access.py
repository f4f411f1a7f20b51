"""The panel on the access to Google: with whom to share what, and a test of it. Nothing secret is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from connectors.base import Sampler
from core.config import Source, user_home
from core.errors import AccessError, KokpitError
from core.language import N_, _
from core.tables import Column, Row, Table
from ui import adding, queries, state, tables, troubles

if TYPE_CHECKING:
    from connectors.base import Sample
    from connectors.google.credentials import Found
    from core.config import Home

SHARING: Final = {
    "search_console": N_(
        "Share the property {what} with {who}: Search Console → Settings → Users and permissions → Add user "
        "(Restricted is enough)."
    ),
    "google_analytics": N_(
        "Share the property {what} with {who}: Analytics → Admin → Property access management → add it as a Viewer."
    ),
    "google_sheets": N_("Share the spreadsheet {what} with {who}: Share → Viewer."),
}
"""Where each of Google's services lets somebody in."""
SHARED: Final = {"search_console": "site", "google_analytics": "property", "google_sheets": "spreadsheet"}
"""The key of a source that names what is shared."""
EXAMPLE: Final = """[[source]]
name = "site search"
kind = "search_console"
site = "sc-domain:example.com"

[[source]]
name = "visits"
kind = "google_analytics"
property = "123456789"

[[source]]
name = "team sheet"
kind = "google_sheets"
spreadsheet = "https://docs.google.com/spreadsheets/d/KEY/edit"
"""


def panel() -> None:
    """Everything about the access of the reader's own home to Google, closed until the reader opens it."""
    place = st.expander(_("Access to Google"), key=state.ACCESS, on_change="rerun")
    if place.open:
        with place, troubles.told():
            _show(user_home())


def _show(home: Home) -> None:
    asked = [source for source in queries.configuration(home).sources if source.kind in SHARING]
    known = [_source(home, source) for source in asked]
    if not all(known) or not (known or _has_key(home)):
        _steps(home)
        _sign_in(home)
    elif not known:
        _asked_as(home)
    adding.offer(home)


def _has_key(home: Home) -> bool:
    from connectors.google.credentials import usual_places  # noqa: PLC0415 - Google's client is slow to import

    return any(file.is_file() for file in usual_places(home))


def _asked_as(home: Home) -> None:
    """With whom to share what is to be read, before anything of it is a source."""
    source = Source(_("Access to Google"), next(iter(SHARING)))
    with troubles.told():
        text = _("The key is there. Share what Kokpit is to read with {who}, then add it here.")
        st.markdown(troubles.plain(text.format(who=_asker(_credentials(home, source)))))


def _source(home: Home, source: Source) -> bool:
    """One source: who asks, what to share, and the test. Whether there are credentials for it."""
    st.subheader(troubles.plain(source.name), anchor=False)
    try:
        found = _credentials(home, source)
    except KokpitError as error:
        troubles.box(error)
        return not isinstance(error, AccessError)
    what = source.options.get(SHARED[source.kind], "?")
    st.markdown(troubles.plain(_(SHARING[source.kind]).format(what=what, who=_asker(found))))
    if st.button(_("Test the access"), key=state.ACCESS_TEST.format(source=source.name)):
        with st.spinner(_("Asking Google …")), troubles.told():
            _test(home, source, found)
    return True


def _asker(found: Found) -> str:
    """With whom to share: an address, where the credentials say one."""
    return found.account or _("the account that you signed in with")


def _credentials(home: Home, source: Source) -> Found:
    from connectors.google import credentials  # noqa: PLC0415 - Google's library takes a moment to import

    scopes = {
        "search_console": credentials.SEARCH_CONSOLE,
        "google_analytics": credentials.ANALYTICS,
        "google_sheets": credentials.SHEETS,
    }
    return credentials.find_credentials(source, home, [scopes[source.kind]])


def _test(home: Home, source: Source, found: Found) -> None:
    """What the account can see of Search Console, and a handful of rows. Raises KokpitError."""
    from connectors.registry import connector_of  # noqa: PLC0415 - Google's client is slow to import

    connector = connector_of(source, home, queries.configuration(home))
    if source.kind == "search_console":
        _properties(source, found)
    if isinstance(connector, Sampler):
        _sample(connector.sample())


def _properties(source: Source, found: Found) -> None:
    from connectors.google.options import endpoint  # noqa: PLC0415 - Google's client is slow to import
    from connectors.search_console.api import properties  # noqa: PLC0415 - Google's client is slow to import

    sites = properties(source.name, found, endpoint(source))
    title, chosen = _("Properties this account can read"), _("the one of this source")
    rows = tuple(Row((site,), note=chosen if site == source.options["site"] else "") for site in sites)
    st.html(tables.html(Table(title, (Column(title),), rows)))


def _sample(sample: Sample) -> None:
    st.markdown(troubles.plain(sample.told))
    if not sample.rows:
        st.markdown(troubles.plain(_("There are no rows in it yet.")))
        return
    table = Table(_("Sample"), tuple(map(Column, sample.header)), tuple(map(Row, sample.rows)))
    st.html(tables.html(table))


def _steps(home: Home) -> None:
    """How to make a key, where it belongs, and what to write into ``kokpit.toml``."""
    from connectors.google.credentials import usual_places  # noqa: PLC0415 - Google's client is slow to import

    first, *others = usual_places(home)
    steps = (
        _(
            "In the Google Cloud console (console.cloud.google.com) choose or create a project. Under APIs & Services "
            "→ Library switch on what you need: Google Search Console API, Google Analytics Data API, "
            "Google Sheets API."
        ),
        _("Under IAM & Admin → Service accounts create an account. It needs no role."),
        _("In that account choose Keys → Add key → JSON, and put the file that you get at {file}.").format(file=first),
        _("Add the sources that you want below, or write them into {file} like this:").format(file=home.configuration),
        _("Come back here: this panel then says with which address to share, and tests the access."),
    )
    st.subheader(_("How to let Kokpit read"), anchor=False)
    st.markdown("\n".join(f"{number}. {troubles.plain(step)}" for number, step in enumerate(steps, start=1)))
    st.code(EXAMPLE, language=None)
    places = ", ".join(map(str, others))
    troubles.notes([_("A key is also found at: {places}.").format(places=places)])


def _sign_in(home: Home) -> None:
    """A person's own permission instead of a key, asked for in the browser of this computer."""
    from connectors.google.consent import CLIENT, sign_in  # noqa: PLC0415 - Google's library takes a moment to import

    file = home.path / CLIENT
    text = _("Or sign in yourself: put the file of an OAuth client (Desktop app) at {file}, and give your permission.")
    st.markdown(troubles.plain(text.format(file=file)))
    if st.button(_("Sign in to Google"), key=state.SIGN_IN, disabled=not file.is_file()):
        with st.spinner(_("Allow what is asked in the window of the browser that opens …")), troubles.told():
            sign_in(file, home)
            st.rerun()
