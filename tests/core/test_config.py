"""What ``kokpit.toml`` may say, and what is said when it is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.config import Configuration, Home, Source, demo_home, read_configuration, user_home
from core.errors import ConfigurationError
from core.period import Calendar
from tests.warehouse.shelf import publish
from warehouse.undo import rollback

if TYPE_CHECKING:
    from collections.abc import Callable

    Configure = Callable[[str], Home]

FULL = """
[reporting]
currency = "PLN"
time_zone = "Europe/London"
language = "pl"
week_starts = "sunday"
fiscal_year_starts = 4
company = "Our Company"

[[source]]
name = "site search"
kind = "search_console"
site = "sc-domain:example.com"
since = 2025-07-01

[[source]]
name = "team sheet"
kind = "google_sheets"
spreadsheet = "https://docs.google.com/spreadsheets/d/KEY/edit"
[source.tabs]
"Cele" = "targets"
"""


@pytest.fixture
def configure(home: Home) -> Configure:
    def write(text: str) -> Home:
        home.configuration.write_text(text, encoding="utf-8")
        return home

    return write


def test_everything_has_a_default(home: Home) -> None:
    found = read_configuration(home)
    assert found == Configuration()
    assert (found.currency, found.language, found.calendar) == ("EUR", "en", Calendar("monday", 1))
    assert found.zone.key == "Europe/Warsaw"


def test_every_key(configure: Configure) -> None:
    found = read_configuration(configure(FULL))
    assert (found.currency, found.zone.key, found.language) == ("PLN", "Europe/London", "pl")
    assert found.calendar == Calendar("sunday", 4)
    assert found.company == "Our Company"
    assert [(source.name, source.kind) for source in found.sources] == [
        ("site search", "search_console"),
        ("team sheet", "google_sheets"),
    ]
    assert found.sources[0].options["site"] == "sc-domain:example.com"
    assert isinstance(found.sources[1], Source)
    assert found.sources[1].options["tabs"] == {"Cele": "targets"}


def test_a_byte_order_mark_is_no_error(configure: Configure) -> None:
    assert read_configuration(configure("\ufeff[reporting]\ncurrency = 'USD'\n")).currency == "USD"


@pytest.mark.parametrize(
    ("text", "told", "step"),
    [
        ("[reporting\n", "cannot be read", "Correct the line"),
        ("[reportng]\n", "reportng", "Did you mean reporting"),
        ("[reporting]\ncurency = 'EUR'\n", "reporting.curency", "Did you mean currency"),
        ("[reporting]\ncurrency = 'euro'\n", "'euro'", "three-letter"),
        ("[reporting]\ncurrency = 978\n", "978", "three-letter"),
        ("[reporting]\ntime_zone = 'Warsaw'\n", "'Warsaw'", "Europe/Warsaw"),
        ("[reporting]\nlanguage = 'de'\n", "'de'", "en, pl, ru"),
        ("[reporting]\nweek_starts = 'friday'\n", "'friday'", "monday, sunday"),
        ("[reporting]\nfiscal_year_starts = 13\n", "13", "1 to 12"),
        ("[reporting]\nfiscal_year_starts = true\n", "True", "1 to 12"),
        ("[reporting]\ncompany = ' '\n", "' '", "news releases"),
        ("[[source]]\nkind = 'search_console'\n", "no name", "Add name"),
        ("[[source]]\nname = ' '\nkind = 'search_console'\n", "no name", "Add name"),
        ("[[source]]\nname = 'x'\n", "no kind", "Add kind"),
        ("[[source]]\nname = 'x'\nkind = 'a'\n[[source]]\nname = 'x'\nkind = 'b'\n", "two sources", "name of its own"),
        ("[[source]]\nname = 'inbox'\nkind = 'a'\n", "called 'inbox'", "another name"),
        ("[refresh]\nevry = '6h'\n", "refresh.evry", "Did you mean every"),
        ("[refresh]\nevery = '6'\n", "'6'", "minutes, hours or days"),
        ("[refresh]\nevery = 6\n", "is 6", "minutes, hours or days"),
        ("[refresh]\nevery = '4m'\n", "'4m'", "from five minutes"),
        ("[refresh]\nevery = '32d'\n", "'32d'", "to 31 days"),
        ("refresh = '6h'\n", "'6h'", "[refresh]"),
        ("reporting = 'EUR'\n", "'EUR'", "[reporting]"),
        ("source = 'x'\n", "'x'", "[[source]]"),
        ("source = ['x']\n", "'x'", "[[source]]"),
    ],
)
def test_a_mistake_names_the_file_the_key_and_the_next_step(
    configure: Configure, text: str, told: str, step: str
) -> None:
    home = configure(text)
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(home)
    assert str(home.configuration) in caught.value.message
    assert told in caught.value.message
    assert step in caught.value.next_step


@pytest.mark.parametrize(
    ("text", "every"),
    [("5m", timedelta(minutes=5)), ("6h", timedelta(hours=6)), (" 1 d ", timedelta(days=1))],
)
def test_how_often_to_refresh(configure: Configure, text: str, every: timedelta) -> None:
    assert read_configuration(configure(f"[refresh]\nevery = '{text}'\n")).refresh_every == every


def test_a_file_that_is_no_text(home: Home) -> None:
    home.configuration.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_configuration(home)


def test_homes_are_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KOKPIT_HOME", str(tmp_path / "mine"))
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(tmp_path / "demo"))
    assert (user_home().path, demo_home().path) == (tmp_path / "mine", tmp_path / "demo")
    monkeypatch.setenv("KOKPIT_HOME", "~/kokpit")
    assert user_home().path == Path.home() / "kokpit"
    monkeypatch.delenv("KOKPIT_HOME")
    monkeypatch.delenv("KOKPIT_DEMO_HOME")
    assert user_home().path.parts[-2:] == ("data", "home")
    assert demo_home().path.parts[-2:] == ("data", "demo-home")


def test_a_home_is_empty_until_something_is_in_it(home: Home) -> None:
    assert home.is_empty
    assert (home.plan, home.inbox, home.warehouse) == (home.path / "plan", home.path / "inbox", home.path / "warehouse")
    home.warehouse.mkdir()
    (home.warehouse / "CURRENT").touch()
    assert not home.is_empty


def test_a_home_whose_first_load_was_undone_is_empty_again(home: Home) -> None:
    publish(home.warehouse, 1)
    rollback(home.warehouse)
    assert home.is_empty


def test_a_home_that_lost_its_pointer_is_not_empty(home: Home) -> None:
    publish(home.warehouse, 1)
    (home.warehouse / "CURRENT").unlink()
    assert not home.is_empty
    (home.warehouse / "CURRENT").mkdir()
    assert not home.is_empty


def test_a_configured_home_is_not_empty(configure: Configure) -> None:
    assert not configure("").is_empty


def test_mistakes_are_told_in_the_readers_language(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    home = configure("[reporting]\nweek_starts = 'friday'\n")
    monkeypatch.setattr("core.config._", lambda text: f"«{text}»")
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(home)
    assert caught.value.message == f"«{home.configuration}: reporting.week_starts is 'friday'.»"
    assert caught.value.next_step == "«Use one of monday, sunday.»"
