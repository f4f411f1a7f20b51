"""A Google of the test's own, reached with a key made for the run; waiting between attempts is switched off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import stamina

from connectors.google_sheets import api
from tests.google.server import GoogleServer
from tests.google.team import Team
from tests.google.tokens import service_account

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.config import Home


@pytest.fixture(autouse=True)
def _nobodys_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    person = tmp_path / "person"
    person.mkdir()
    monkeypatch.setenv("HOME", str(person))
    monkeypatch.setenv("USERPROFILE", str(person))


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(testing=True, attempts=3):
        yield


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    """The server; whatever was asked or answered against Google's own descriptions fails the test."""
    with GoogleServer() as server:
        yield server
    assert server.mismatches == []


@pytest.fixture
def key(home: Home, google: GoogleServer) -> Path:
    """A service account's key file in the home, for that server."""
    file = home.path / "service_account.json"
    file.write_text(json.dumps(service_account(google.token_uri)), encoding="utf-8")
    return file


@pytest.fixture
def team(home: Home, google: GoogleServer, key: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team whose spreadsheet has no tabs yet."""
    monkeypatch.setattr(api, "BACKOFF", 0)
    found = Team(home, google)
    google.services.append(found.sheets)
    return found
