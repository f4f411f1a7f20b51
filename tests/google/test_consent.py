"""Signing in with the browser: what is asked for, where the permission is kept, and that only its owner can read it."""

from __future__ import annotations

import json
import threading
import urllib.request
import webbrowser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from connectors.google import consent
from connectors.google.consent import SCOPES, sign_in
from core.config import Home
from core.errors import AccessError, ConfigurationError, TemporaryError
from tests.google.answers import BROKEN, HANG, HTML, RESET, REVOKED, Answer
from tests.google.search_console import filled
from tests.google.sources import days, refresh, rows, search
from tests.google.tokens import CLIENT_SECRET, REFRESH_TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.google.server import GoogleServer


@pytest.fixture
def client(google: GoogleServer, home: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    uris = {"auth_uri": f"{google.endpoint}/auth", "token_uri": google.token_uri, "redirect_uris": ["http://localhost"]}
    file = home.path / "client.json"
    file.write_text(json.dumps({"installed": {"client_id": "1", "client_secret": CLIENT_SECRET, **uris}}))
    return file


class Browser:
    """Somebody who allows, or refuses, whatever is asked."""

    def __init__(self, answer: dict[str, str]) -> None:
        """Give this *answer*."""
        self.answer = answer
        self.scopes: list[str] = []

    def open(self, address: str, **_options: object) -> bool:
        asked = parse_qs(urlsplit(address).query)
        self.scopes = asked["scope"][0].split()
        answer = urlencode(self.answer | {"state": asked["state"][0]})
        threading.Thread(target=self._come_back, args=[f"{asked['redirect_uri'][0]}?{answer}"]).start()
        return True

    def _come_back(self, address: str) -> None:
        with urllib.request.urlopen(address, timeout=5) as page:
            page.read()


def browse(monkeypatch: pytest.MonkeyPatch, **answer: str) -> Browser:
    browser = Browser(answer)
    monkeypatch.setattr(webbrowser, "get", lambda _name=None: browser)
    return browser


def test_permission_is_kept_for_its_owner_only(
    google: GoogleServer, home: Home, client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browse(monkeypatch, code="given")
    found = sign_in(client, home, 20)
    assert sorted(browser.scopes) == sorted(SCOPES)
    assert all(scope.endswith(".readonly") for scope in SCOPES)
    assert found.file == home.path / "authorized_user.json"
    assert found.file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(found.file.read_text(encoding="utf-8"))
    assert kept["refresh_token"] == REFRESH_TOKEN
    assert "token" not in kept
    google.services.append(filled(days(1)))
    refresh(search(google, home), home)
    assert rows(home, "SELECT count(*) FROM search_totals") == [(1,)]


def test_a_refusal_keeps_nothing(home: Home, client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browse(monkeypatch, error="access_denied")
    with pytest.raises(AccessError, match="Nobody gave permission in the browser"):
        sign_in(client, home, 20)
    assert not (home.path / "authorized_user.json").exists()


def test_a_file_of_something_else(home: Home) -> None:
    file = home.path / "client.json"
    for text in ("{}", "[1]", '{"installed": "x"}', "installed"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigurationError) as error:
            sign_in(file, home)
        assert error.value.message == f"{file} is not the file of an OAuth client."


def token(**more: str) -> Answer:
    """An answer of the address that gives tokens."""
    said = {"access_token": "t", "expires_in": 3600, "token_type": "Bearer", **more}
    return Answer(200, json.dumps(said).encode(), {"Content-Type": "application/json"})


LASTING = {"refresh_token": REFRESH_TOKEN}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (token(**LASTING, scope=SCOPES[0]), "Not everything that was asked for was allowed"),
        (token(), "Google gave no lasting permission"),
        (REVOKED, r"Google gave no lasting permission \(invalid_grant\)"),
        (BROKEN, "Google gave no lasting permission"),
        (HTML, "Google gave no lasting permission"),
        (RESET, "Google could not be reached to sign in"),
        (HANG, "Google could not be reached to sign in"),
    ],
    ids=["less than asked", "not lasting", "withdrawn", "server in trouble", "a web page", "reset", "no answer"],
)
def test_an_earlier_permission_stays_when_a_new_one_fails(
    google: GoogleServer, client: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer, told: str
) -> None:
    kept = client.parent / "authorized_user.json"
    kept.write_text("{}", encoding="utf-8")
    google.tokens.refusals.append(answer)
    monkeypatch.setattr(consent, "ANSWERS_WITHIN", 0.5)
    browse(monkeypatch, code="given")
    with pytest.raises((AccessError, TemporaryError), match=told):
        sign_in(client, Home(client.parent), 20)
    assert kept.read_text(encoding="utf-8") == "{}"


def test_a_computer_without_a_browser(home: Home, client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_name: str | None = None) -> Browser:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    with pytest.raises(AccessError, match="No browser can be opened"):
        sign_in(client, home, 20)


def test_a_home_that_cannot_be_written(home: Home, client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browse(monkeypatch, code="given")
    (home.path / "authorized_user.part").mkdir()
    with pytest.raises(AccessError, match="could not be read or written"):
        sign_in(client, home, 20)
