"""The panel on the access to Google: what to share with whom, the test, and the steps where there is no key yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from core.config import Home, read_configuration
from tests.google.answers import REVOKED
from tests.google.search_console import SITE, filled
from tests.google.sheets import KEY
from tests.google.sources import day_range
from tests.google.tokens import ACCOUNT, private_key
from tests.pages.conftest import seen, visit_page

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.google.server import GoogleServer
    from tests.google.team import Team

SITE_TEST = "kk_access_test_site search"


def opened() -> AppTest:
    """The sources page with the panel open."""
    app = visit_page("sources")
    app.session_state["kk_access"] = True
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, key: str = SITE_TEST) -> str:
    """What is seen once the button *key* was pressed."""
    app.button(key=key).click().run()
    assert not app.exception
    return seen(app)


def configure(home: Home, google: GoogleServer, name: str, kind: str, **options: str) -> None:
    """One source more, asked at *google*."""
    given = {"name": name, "kind": kind, "endpoint": google.endpoint, **options}
    before = home.configuration.read_text(encoding="utf-8") if home.configuration.exists() else ""
    lines = [f'{key} = "{value}"' for key, value in given.items()]
    home.configuration.write_text("\n".join([before, "[[source]]", *lines]), encoding="utf-8")


def test_without_a_source_the_steps_are_told(home: Home) -> None:
    app = opened()
    shown = seen(app)
    assert "How to let Kokpit read" in app.subheader[0].value
    assert f"put the file that you get at {home.path / 'service_account.json'}." in shown
    assert "5. Come back here" in shown
    kinds = [line for line in app.code[0].value.splitlines() if line.startswith("kind")]
    assert kinds == ['kind = "search_console"', 'kind = "google_analytics"', 'kind = "google_sheets"']


def test_without_a_key_the_steps_follow_what_is_missing(home: Home, google: GoogleServer) -> None:
    configure(home, google, "site search", "search_console", site=SITE)
    shown = seen(opened())
    assert "The source site search has no credentials for Google." in shown
    assert "3. In that account choose Keys" in shown
    assert google.asked == []


def test_nothing_is_read_before_the_panel_is_opened(home: Home, google: GoogleServer) -> None:
    configure(home, google, "site search", "search_console", site=SITE)
    app = visit_page("sources")
    assert [place.label for place in app.expander] == ["Access to Google"]
    assert "has no credentials" not in seen(app)


@pytest.mark.usefixtures("key")
def test_each_source_says_what_to_share_with_whom(home: Home, google: GoogleServer) -> None:
    configure(home, google, "site search", "search_console", site=SITE)
    configure(home, google, "visits", "google_analytics", property="123456789")
    configure(home, google, "team sheet", "google_sheets", spreadsheet=KEY)
    app = opened()
    shown = seen(app)
    assert f"Share the property {SITE} with {ACCOUNT}: Search Console → Settings" in shown
    assert f"Share the property 123456789 with {ACCOUNT}: Analytics → Admin" in shown
    assert f"Share the spreadsheet {KEY} with {ACCOUNT}: Share → Viewer." in shown
    assert len(app.code) == 0
    assert google.asked == []
    assert private_key().splitlines()[3] not in shown


@pytest.mark.usefixtures("key")
def test_the_test_shows_the_properties_and_a_sample(home: Home, google: GoogleServer) -> None:
    today = datetime.now(UTC).date()
    google.services.append(service := filled(day_range(today - timedelta(4), 2), ()))
    service.sites["https://blog.example/"] = "siteRestrictedUser"
    configure(home, google, "site search", "search_console", site=SITE)
    shown = press(opened())
    assert f'{SITE} <em class="kk-note">the one of this source</em>' in shown
    assert "<span>https://blog.example/</span>" in shown
    assert f"{SITE} can be read." in shown
    assert f'data-label="Day" class="kk-text"><span>{today - timedelta(4)}</span>' in shown
    assert 'data-label="Clicks" class="kk-text"><span>11</span>' in shown


@pytest.mark.usefixtures("key")
def test_a_wrong_property_is_refused_below_the_right_ones(home: Home, google: GoogleServer) -> None:
    google.services.append(filled([], ()))
    configure(home, google, "site search", "search_console", site="https://shop.example/")
    shown = press(opened())
    assert f"<span>{SITE}</span>" in shown
    assert f"{ACCOUNT} may not read https://shop.example/ in Search Console." in shown
    assert f"Add {ACCOUNT} there: Search Console → Settings" in shown


def test_a_spreadsheet_that_is_not_shared_and_then_is(team: Team) -> None:
    team.tab("targets", ["Kpi", "Value"], ["leads", 5])
    team.sheets.shared = False
    configure(team.home, team.google, "team sheet", "google_sheets", spreadsheet=KEY)
    app = opened()
    assert f"Share the spreadsheet with {ACCOUNT}" in press(app, "kk_access_test_team sheet")
    team.sheets.shared = True
    shown = press(app, "kk_access_test_team sheet")
    assert "The spreadsheet “Marketing” can be read" in shown
    assert 'data-label="Value" class="kk-text"><span>5</span>' in shown


@pytest.mark.usefixtures("key")
def test_a_withdrawn_permission_is_told_once(home: Home, google: GoogleServer) -> None:
    google.tokens.refusals = [REVOKED] * 9
    configure(home, google, "site search", "search_console", site=SITE)
    app = opened()
    press(app)
    assert len(app.warning) == 1


def test_a_damaged_key_is_told_and_needs_no_steps(home: Home, google: GoogleServer, key: Path) -> None:
    key.write_text("{}", encoding="utf-8")
    configure(home, google, "site search", "search_console", site=SITE)
    app = opened()
    assert "is not a key file" in seen(app)
    assert len(app.code) == 0


@pytest.mark.usefixtures("key")
def test_a_property_is_picked_and_becomes_a_source(home: Home, google: GoogleServer) -> None:
    google.services.append(service := filled([], ()))
    service.sites["https://blog.example/"] = "siteRestrictedUser"
    configure(home, google, "site search", "search_console", site=SITE)
    remark = "# Ours.\n"
    home.configuration.write_text(remark + home.configuration.read_text(encoding="utf-8"), encoding="utf-8")
    app = opened()
    assert app.button(key="kk_add").disabled
    press(app, "kk_add_sites")
    picker = app.selectbox(key="kk_add_site")
    assert picker.options == ["https://blog.example/"]
    shown = press(app, "kk_add")
    assert [head.value for head in app.subheader] == ["site search", "blog.example", "Add a source"]
    assert "Share the property https://blog.example/ with" in shown
    (_old, new) = read_configuration(home).sources
    assert (new.kind, new.options) == (
        "search_console",
        {"site": "https://blog.example/", "endpoint": google.endpoint},
    )
    text = home.configuration.read_text(encoding="utf-8")
    assert text.startswith(remark)
    assert "no property that this account can read and that is not a source yet" in shown


@pytest.mark.usefixtures("key")
def test_a_spreadsheet_and_a_property_are_added_by_hand(home: Home) -> None:
    app = opened()
    for kind, said in (("google_sheets", KEY), ("google_analytics", "123456789")):
        app.selectbox(key="kk_add_kind").set_value(kind).run()
        app.text_input(key="kk_add_what").set_value(said).run()
        press(app, "kk_add")
    assert [(source.kind, source.options) for source in read_configuration(home).sources] == [
        ("google_sheets", {"spreadsheet": KEY}),
        ("google_analytics", {"property": "123456789"}),
    ]


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("google_sheets", "our sheet", "neither the address nor the key"),
        ("google_analytics", "G-ABC", "not the G-… of the tag"),
    ],
)
def test_what_can_be_no_source_is_not_written(home: Home, kind: str, said: str, told: str) -> None:
    app = opened()
    app.selectbox(key="kk_add_kind").set_value(kind).run()
    app.text_input(key="kk_add_what").set_value(said).run()
    assert told in press(app, "kk_add")
    assert not home.configuration.exists()


def test_without_a_key_the_picker_says_what_is_missing(home: Home) -> None:
    assert home.is_empty
    shown = press(opened(), "kk_add_sites")
    assert "has no credentials for Google" in shown


def test_the_panel_is_there_beside_the_demonstration(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demonstration = Home(tmp_path / "demonstration")
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(demonstration.path))
    file = tmp_path / "leads.csv"
    file.write_text("lead_id\nL1\n", encoding="utf-8")
    load_files(demonstration, [file])
    assert home.is_empty
    shown = seen(opened())
    assert f"put the file that you get at {home.path / 'service_account.json'}." in shown


def test_a_person_signs_in(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Path] = []
    monkeypatch.setattr("connectors.google.consent.sign_in", lambda file, _home: given.append(file))
    app = opened()
    assert f"OAuth client (Desktop app) at {home.path / 'client.json'}" in seen(app)
    assert app.button(key="kk_sign_in").disabled
    (home.path / "client.json").write_text("{}", encoding="utf-8")
    press(app.run(), "kk_sign_in")
    assert given == [home.path / "client.json"]


@pytest.mark.usefixtures("key")
def test_with_a_key_the_first_source_is_added_without_the_steps(home: Home) -> None:
    app = opened()
    assert not home.configuration.exists()
    assert [head.value for head in app.subheader] == ["Add a source"]
    assert f"Share what Kokpit is to read with {ACCOUNT}, then add it here." in seen(app)
