"""What goes wrong between us and Google Sheets: what is said, and that the last good data stays."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from connectors.google_sheets import api
from core.errors import AccessError, ConfigurationError, KokpitError, TemporaryError
from tests.google.answers import (
    AWAY,
    BROKEN,
    HANG,
    HTML,
    NO_QUOTA,
    RESET,
    REVOKED,
    TOO_MANY,
    UNAUTHORIZED,
    Answer,
    refusal,
)
from tests.google.sheets import BOOK, CELLS, KEY, day
from tests.google.tokens import ACCOUNT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.google.team import Team

NOW = refusal(429, "rateLimitExceeded", "Quota exceeded.", "usageLimits", Retry_After="0")
DISABLED = refusal(403, "accessNotConfigured", "Google Sheets API has not been used in project 1 before.")
SCOPES = refusal(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "Request had insufficient authentication scopes.")
UPLOADED = refusal(400, "failedPrecondition", "This operation is not supported for this document")
MOVED = refusal(400, "badRequest", "Unable to parse range: 'targets'")
CUT_OFF = Answer(200, b'{"valueRanges": [{"values": [["kpi"', {"Content-Type": "application/json"}, "truncated")
NO_BOOK = Answer(200, b"{}", {"Content-Type": "application/json"})
NO_RANGES = Answer(200, b'{"valueRanges": []}', {"Content-Type": "application/json"})


@pytest.fixture
def loaded(team: Team) -> Team:
    """A team whose targets were read once, and have changed since."""
    tab = team.tab("targets", ["kpi", "valid_from", "value"], ["cpl", day("2026-01-01"), 12])
    team.refresh()
    tab.rows[1][2] = 13
    return team


def failed(team: Team) -> KokpitError:
    """The error of another refresh, after which all that was there is still there."""
    with pytest.raises(KokpitError) as caught:
        team.refresh()
    assert team.generation == 1
    assert [int(value) for (value,) in team.rows("SELECT value FROM targets")] == [12]
    assert "team sheet" in caught.value.message
    assert caught.value.next_step
    assert "BEGIN PRIVATE KEY" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("method", [BOOK, CELLS])
@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (UNAUTHORIZED, AccessError, "does not accept the permission"),
        (DISABLED, AccessError, "API is switched off"),
        (SCOPES, AccessError, "does not include spreadsheets"),
        (NOW, TemporaryError, "allows no more requests"),
        (NO_QUOTA, TemporaryError, "allows no more requests"),
        (BROKEN, TemporaryError, "fault of its own (status 500)"),
        (AWAY, TemporaryError, "fault of its own (status 503)"),
        (RESET, TemporaryError, "the connection failed"),
        (CUT_OFF, TemporaryError, "its answer broke off"),
        (HTML, TemporaryError, "no answer of Google Sheets"),
        (NO_BOOK, TemporaryError, "no answer of Google Sheets"),
        (UPLOADED, ConfigurationError, "no Google spreadsheet but an uploaded file"),
        (MOVED, TemporaryError, "Unable to parse range"),
    ],
)
def test_refusals_and_broken_answers(
    loaded: Team, method: str, answer: Answer, kind: type[KokpitError], said: str
) -> None:
    loaded.google.script(*[answer] * 20, fits=lambda asked: asked.method == method)
    error = failed(loaded)
    assert type(error) is kind
    assert said in error.message


@pytest.mark.parametrize("answer", [NOW, BROKEN, AWAY, RESET, CUT_OFF])
def test_what_passes_is_waited_for(loaded: Team, answer: Answer) -> None:
    loaded.google.script(answer, fits=lambda asked: asked.method == CELLS)
    assert loaded.refresh()["targets"].rows_replaced == 1


def test_google_says_how_long_to_wait(loaded: Team) -> None:
    loaded.google.script(TOO_MANY)
    started = time.monotonic()
    assert loaded.refresh()["targets"].rows_replaced == 1
    assert time.monotonic() - started >= 1


def test_an_answer_that_never_comes_is_not_waited_for(loaded: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "TIMEOUT", (1, 0.2))
    loaded.google.script(HANG, HANG, fits=lambda asked: asked.method == CELLS)
    error = failed(loaded)
    assert isinstance(error, TemporaryError)
    assert "did not answer in time" in error.message


def test_an_answer_with_too_few_ranges_is_none(loaded: Team) -> None:
    loaded.google.script(NO_RANGES, fits=lambda asked: asked.method == CELLS)
    assert "no answer of Google Sheets" in failed(loaded).message


def test_a_sheet_that_is_not_shared_says_with_whom_to_share_it(loaded: Team) -> None:
    loaded.sheets.shared = False
    error = failed(loaded)
    assert isinstance(error, AccessError)
    assert f"{ACCOUNT} may not read the spreadsheet" in error.message
    assert f"Share the spreadsheet with {ACCOUNT}" in error.next_step


def test_a_key_of_no_spreadsheet(loaded: Team) -> None:
    loaded.sheets.key = "another"
    error = failed(loaded)
    assert isinstance(error, ConfigurationError)
    assert f"no spreadsheet with the key {KEY}" in error.message


def test_a_withdrawn_permission(loaded: Team) -> None:
    loaded.google.tokens.refusals = [REVOKED] * 5
    error = failed(loaded)
    assert isinstance(error, AccessError)
    assert "was withdrawn or has expired" in error.message


def test_no_credentials_at_all(loaded: Team, key: Path) -> None:
    key.unlink()
    assert "no credentials for Google" in failed(loaded).message


def test_a_server_that_is_not_there(loaded: Team) -> None:
    with pytest.raises(TemporaryError, match="the connection failed"):
        loaded.refresh(endpoint="http://127.0.0.1:9")


def test_a_home_that_cannot_be_written(loaded: Team) -> None:
    fetched = loaded.home.path / "fetched"
    fetched.rename(loaded.home.path / "elsewhere")
    fetched.write_text("a file where the folder was")
    result = loaded.refresh()["targets"]
    assert (result.status, result.error_kind) == ("failed", "wait")
    assert str(fetched) in result.message


def test_nobody_but_the_named_server_is_asked(loaded: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = socket.getaddrinfo

    def look_up(host: str, *more: object, **named: object) -> object:
        asked.append(host)
        return real(host, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    loaded.refresh()
    for thread in threading.enumerate():
        # Google's library looks up in the background where an account may be used from.
        if "Boundary" in type(thread).__name__:
            thread.join()
    assert set(asked) == {"127.0.0.1"}
