"""Everything that Google and the network can do to a refresh: what is said, and what was kept."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from googleapiclient.errors import HttpError
from httplib2 import Response

from connectors.google import asking
from connectors.search_console import api
from core.errors import AccessError, ConfigurationError, KokpitError, TemporaryError
from tests.google import answers
from tests.google.answers import Answer, refusal
from tests.google.search_console import SITE, SearchConsole, filled
from tests.google.sources import days, refresh, rows, search
from tests.google.tokens import ACCOUNT, CLIENT_SECRET, REFRESH_TOKEN, authorized_user, private_key

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home
    from tests.google.server import Asked, GoogleServer

LATER = "Try again later; what was fetched so far is kept."
QUOTA = "Try again in a quarter of an hour; what was fetched so far is kept."
NETWORK = "Check the network and try again; what was fetched so far is kept."
PROXY = "Sign in to your network, or ask who runs its proxy to let"
OFF = "is not switched on in the key's Google Cloud project."
SWITCH = "Switch it on in the Google Cloud console"
NO_MORE_TODAY = refusal(403, "dailyLimitExceeded", "Daily Limit Exceeded", "usageLimits")
NEW_FORM = Answer(
    403,
    b'{"error": {"code": 403, "message": "It has not been used", "status": "PERMISSION_DENIED", '
    b'"details": [{"reason": "SERVICE_DISABLED"}]}}',
)


Told = tuple[type[KokpitError], str, str]


def second_day(asked: Asked) -> bool:
    """Whether the details of the second day are asked for."""
    return asked.body.get("dimensions") == ["date", "query"] and asked.body["startDate"] == "2026-03-02"


def kept(home: Home) -> list[str]:
    """The days whose details are kept."""
    return sorted(file.name[10:20] for file in home.path.glob("fetched/*/*.arrow"))


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            answers.UNAUTHORIZED,
            (AccessError, f"Google does not accept the credentials of {ACCOUNT}.", "Replace the key"),
        ),
        (answers.NO_QUOTA, (TemporaryError, "Google's quota is used up for now.", QUOTA)),
        (answers.TOO_MANY, (TemporaryError, "Google's quota is used up for now.", QUOTA)),
        (NO_MORE_TODAY, (TemporaryError, "today's quota at Google is used up.", "Try again tomorrow")),
        (answers.NOT_ENABLED, (AccessError, f"the service searchconsole.googleapis.com {OFF}", SWITCH)),
        (NEW_FORM, (AccessError, f"the service searchconsole.googleapis.com {OFF}", SWITCH)),
        (answers.BROKEN, (TemporaryError, "Google's server is in trouble (status 500).", LATER)),
        (answers.AWAY, (TemporaryError, "Google's server is in trouble (status 503).", LATER)),
        (answers.HTML, (TemporaryError, "something between here and Google answered with a web page.", PROXY)),
        (answers.TRUNCATED, (TemporaryError, "Google could not be reached; its answer broke off.", NETWORK)),
        (answers.RESET, (TemporaryError, "Google could not be reached; the connection failed.", NETWORK)),
        (answers.HANG, (TemporaryError, "Google could not be reached; it did not answer in time.", NETWORK)),
        (
            refusal(400, "badRequest", "Invalid value."),
            (ConfigurationError, "Google does not understand the question: Invalid value.", "Correct the source"),
        ),
    ],
    ids=lambda value: value.how + str(value.status) if isinstance(value, Answer) else None,
)
def test_what_is_said_and_what_is_kept(
    google: GoogleServer,
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
    told: Told,
) -> None:
    kind, message, step = told
    monkeypatch.setattr(asking, "TIMEOUT", 0.3)
    monkeypatch.setattr("connectors.search_console.connector.SIDE_BY_SIDE", 1)
    google.services.append(filled(days(1, 2, 3)))
    google.script(*[answer] * 12, fits=second_day)
    with pytest.raises(kind) as error:
        refresh(search(google, home, detail=["query"]), home)
    assert f"The source site search: {message}" in error.value.message
    assert error.value.next_step.startswith(step)
    assert "2026-03-01" in kept(home)
    assert "2026-03-02" not in kept(home)
    assert not home.warehouse.exists()
    _goes_on(google, home)


def _goes_on(google: GoogleServer, home: Home) -> None:
    """The next refresh fetches the rest only, and publishes everything."""
    google.scripts.clear()
    google.ended.set()
    google.asked.clear()
    refresh(search(google, home, detail=["query"]), home)
    asked = {a.body["startDate"] for a in google.asked if a.body["dimensions"] == ["date", "query"]}
    assert "2026-03-02" in asked
    assert "2026-03-01" not in asked
    assert rows(home, "SELECT day(day), count(*) FROM search_performance GROUP BY ALL ORDER BY ALL") == [
        (1, 2),
        (2, 2),
        (3, 2),
    ]
    assert kept(home) == []


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    "answer",
    [answers.NO_QUOTA, answers.TOO_MANY, answers.BROKEN, answers.AWAY, answers.HTML, answers.TRUNCATED, answers.RESET],
    ids=lambda answer: f"{answer.how}{answer.status}",
)
def test_what_passes_is_asked_again(google: GoogleServer, home: Home, answer: Answer) -> None:
    google.services.append(filled(days(1, 2)))
    google.script(answer, answer, fits=second_day)
    refresh(search(google, home, detail=["query"]), home)
    assert rows(home, "SELECT count(*) FROM search_performance") == [(4,)]


@pytest.mark.usefixtures("key")
def test_an_expired_token_is_renewed(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(1, 2)))
    google.script(answers.UNAUTHORIZED)
    refresh(search(google, home), home)
    assert rows(home, "SELECT count(*) FROM search_totals") == [(2,)]
    assert len(google.tokens.given) == 2


def test_as_long_as_the_server_says() -> None:
    def again(status: int, wait: str) -> float | bool:
        response = Response({"status": status, "retry-after": wait} if wait else {"status": status})
        return asking._again(HttpError(response, b"{}"))  # noqa: SLF001 - the rule itself

    assert again(429, "7") == 7.0
    assert again(503, "") is True
    assert again(503, "Fri, 06 Mar 2026 00:00:00 GMT") is True
    assert again(429, "3600") is False
    assert again(404, "7") is False


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("known", [True, False], ids=["403", "404"])
def test_a_site_that_may_not_be_read(google: GoogleServer, home: Home, known: bool) -> None:
    service = SearchConsole(sites={"https://shop.example/": "siteOwner"})
    if known:
        service.sites[SITE] = "siteUnverifiedUser"
    google.services.append(service)
    with pytest.raises(AccessError) as error:
        refresh(search(google, home), home)
    assert error.value.message == f"The source site search: {ACCOUNT} may not read {SITE} in Search Console."
    assert f"Add {ACCOUNT} there: Search Console → Settings → Users and permissions" in error.value.next_step
    assert error.value.next_step.endswith("Did you mean https://shop.example/?")


@pytest.mark.usefixtures("key")
def test_numbers_that_change_while_they_are_read_are_read_again(
    google: GoogleServer, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "PAGE", 2)
    service = filled(days(1), ())
    service.details["web", "query", days(1)[0]] = dict.fromkeys(("a", "b", "c"), (1, 5, 1.0))
    google.services.append(service)
    page: dict[str, Any] = {"rows": [{"keys": ["2026-03-01", n], "clicks": 1, "impressions": 5} for n in ("b", "z")]}
    moved = Answer(200, json.dumps(page).encode())
    google.script(moved, fits=lambda asked: asked.body.get("startRow") == 2 and "query" in asked.body["dimensions"])
    refresh(search(google, home, detail=["query"]), home)
    assert rows(home, "SELECT query FROM search_performance ORDER BY ALL") == [("a",), ("b",), ("c",)]


@pytest.mark.usefixtures("key")
def test_numbers_that_never_stand_still_are_not_loaded(
    google: GoogleServer, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "PAGE", 2)
    google.services.append(filled(days(1), ("query",)))
    page = {"rows": [{"keys": ["2026-03-01", "query one"], "clicks": 1, "impressions": 5}]}
    moved = Answer(200, json.dumps(page).encode())
    google.script(*[moved] * 6, fits=lambda asked: "query" in asked.body["dimensions"] and asked.body["startRow"] < 2)
    with pytest.raises(TemporaryError) as error:
        refresh(search(google, home, detail=["query"]), home)
    assert "Search Console's numbers of 2026-03-01 changed while they were being read." in error.value.message
    assert kept(home) == []


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("answer", "kind", "message"),
    [
        (answers.REVOKED, AccessError, f"the permission of {ACCOUNT} in "),
        (answers.WRONG_CLOCK, ConfigurationError, "Google does not accept the time of this computer."),
        (
            Answer(400, b'{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}'),
            AccessError,
            f"Google no longer knows the key of {ACCOUNT} in ",
        ),
        (Answer(401, b'{"error": "unauthorized_client"}'), AccessError, f"Google refused to sign in {ACCOUNT} with "),
    ],
    ids=["revoked", "clock", "key gone", "refused"],
)
def test_signing_in_that_fails(
    google: GoogleServer, home: Home, answer: Answer, kind: type[KokpitError], message: str
) -> None:
    google.services.append(filled(days(1)))
    google.tokens.refusals = [answer] * 9
    with pytest.raises(kind) as error:
        refresh(search(google, home), home)
    assert message in error.value.message
    assert error.value.next_step


@pytest.mark.usefixtures("key")
def test_no_server_at_all(google: GoogleServer, home: Home) -> None:
    with pytest.raises(TemporaryError) as error:
        refresh(search(google, home, endpoint="http://127.0.0.1:9"), home)
    assert "Google could not be reached; the connection failed." in error.value.message


@pytest.mark.parametrize("refused", [False, True])
def test_nothing_secret_is_said_or_logged(
    google: GoogleServer, home: Home, caplog: pytest.LogCaptureFixture, key: Path, refused: bool
) -> None:
    caplog.set_level(logging.INFO)
    service = filled(days(1))
    google.services.append(service)
    said = ""
    if refused:
        google.tokens.refusals = [answers.REVOKED] * 9
    for content in (key.read_text(encoding="utf-8"), json.dumps(authorized_user(google.token_uri))):
        key.write_text(content, encoding="utf-8")
        service.totals["web", days(1)[0]] = (len(content), 100, 2.5)
        try:
            refresh(search(google, home), home)
        except KokpitError as error:
            said += repr(error) + str(error) + json.dumps(error.as_dict())
    said += caplog.text + "".join(str(record.args) for record in caplog.records)
    secrets = [private_key().splitlines()[3], REFRESH_TOKEN, CLIENT_SECRET, *google.tokens.given]
    assert [secret for secret in secrets if secret in said] == []
    assert len(google.tokens.given) == (0 if refused else 2)
