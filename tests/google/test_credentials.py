"""Where credentials are found, whose they are, and what is said of those that do not work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from connectors.google.credentials import SEARCH_CONSOLE, find_credentials
from core.config import Source
from core.errors import AccessError, ConfigurationError, KokpitError
from tests.google.tokens import ACCOUNT, authorized_user, private_key, service_account

if TYPE_CHECKING:
    from connectors.google.credentials import Found
    from core.config import Home

TOKEN_URI = "http://127.0.0.1:9/token"  # noqa: S105 - an address


def find(home: Home, **options: object) -> Found:
    return find_credentials(Source("site search", "search_console", dict(options)), home, [SEARCH_CONSOLE])


def written(file: Path, content: object) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def test_the_usual_places_one_after_the_other(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    config = Path.home() / ".config"
    places = [
        config / "gcloud" / "application_default_credentials.json",
        config / "gspread" / "authorized_user.json",
        config / "gspread" / "service_account.json",
        home.path / "elsewhere.json",
        home.path / "authorized_user.json",
        home.path / "service_account.json",
    ]
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(places[3]))
    for place in places:
        content = service_account if place.name == "service_account.json" else authorized_user
        written(place, content(TOKEN_URI))
        assert find(home).file == place
    named = written(home.path / "keys" / "mine.json", service_account(TOKEN_URI))
    assert find(home, credentials="keys/mine.json").file == named
    assert find(home, credentials=str(named)).file == named


def test_whose_they_are_and_what_they_may(home: Home) -> None:
    written(home.path / "service_account.json", service_account(TOKEN_URI))
    found = find(home)
    assert (found.account, found.who) == (ACCOUNT, ACCOUNT)
    assert found.credentials.scopes == [SEARCH_CONSOLE]  # type: ignore[attr-defined]


def test_a_person_without_a_name_is_called_by_the_file(home: Home) -> None:
    content = authorized_user(TOKEN_URI)
    del content["account"]
    file = written(home.path / "authorized_user.json", content)
    assert (find(home).account, find(home).who) == ("", str(file))


def test_nothing_anywhere_says_where_to_put_it(home: Home) -> None:
    with pytest.raises(AccessError) as error:
        find(home)
    assert error.value.message == "The source site search has no credentials for Google."
    assert str(home.path / "service_account.json") in error.value.next_step


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        ("not json", ConfigurationError, "is not a key file: it is not JSON."),
        ([1], ConfigurationError, "is not a key file: it holds no object."),
        ({"a": 1}, ConfigurationError, "is not a key file: it has no type."),
        ({"type": "external_account"}, ConfigurationError, "of the type external_account, which is not supported."),
        ({"type": "service_account"}, ConfigurationError, "is a damaged key file"),
        ({"type": "authorized_user"}, ConfigurationError, "is a damaged key file"),
        ({**service_account(TOKEN_URI), "private_key": "gone"}, ConfigurationError, "is a damaged key file"),
        ({"installed": {"client_id": "1"}}, AccessError, "nobody gave it permission yet"),
    ],
    ids=lambda value: None,
)
def test_files_that_are_no_keys(home: Home, content: object, kind: type[KokpitError], message: str) -> None:
    file = written(home.path / "key.json", content)
    with pytest.raises(kind) as error:
        find(home, credentials="key.json")
    assert str(file) in error.value.message
    assert message in error.value.message
    assert error.value.next_step
    assert private_key().splitlines()[3] not in str(error.value)
    assert error.value.__cause__ is None


def test_a_file_that_is_not_there(home: Home) -> None:
    with pytest.raises(ConfigurationError) as error:
        find(home, credentials="gone.json")
    place = home.path / "gone.json"
    assert error.value.message == f"The source site search needs the key file {place}, which does not exist."


def test_a_setting_that_is_no_name(home: Home) -> None:
    with pytest.raises(ConfigurationError, match="credentials is 3"):
        find(home, credentials=3)
