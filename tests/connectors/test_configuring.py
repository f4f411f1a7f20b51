"""A source written into ``kokpit.toml``: what people wrote there stays."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from connectors.configuring import add_source, free_name
from core.config import Configuration, Source, read_configuration
from core.errors import AccessError, ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

SITE = Source("example.com", "search_console", {"site": "sc-domain:example.com"})
WRITTEN = """# Ours, do not touch.
[reporting]
currency = "PLN"   # złoty

[[source]]
name = "team sheet"  # the one of the department
kind = "google_sheets"
spreadsheet = "KEY"
[source.tabs]
"Nasze cele" = "targets"

# Every morning.
[refresh]
every = "1d"
"""


def test_a_file_is_made_in_the_language_in_use(home: Home) -> None:
    add_source(home, SITE, "pl")
    assert read_configuration(home) == Configuration(language="pl", sources=(SITE,))


def test_everything_that_people_wrote_stays(home: Home) -> None:
    home.configuration.write_text(WRITTEN, encoding="utf-8")
    before = read_configuration(home)
    add_source(home, SITE, "pl")
    text = home.configuration.read_text(encoding="utf-8")
    assert [line for line in WRITTEN.splitlines() if line not in text.splitlines()] == []
    after = read_configuration(home)
    assert after.sources == (*before.sources, SITE)
    assert (after.currency, after.language, after.refresh_every) == ("PLN", "en", before.refresh_every)
    assert sorted(path.name for path in home.path.iterdir()) == ["kokpit.toml"]


def test_line_ends_and_rights_stay(home: Home) -> None:
    home.configuration.write_bytes(b"\xef\xbb\xbf" + WRITTEN.encode().replace(b"\n", b"\r\n"))
    home.configuration.chmod(0o600)
    add_source(home, SITE, "pl")
    written = home.configuration.read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") > WRITTEN.count("\n")
    assert os.name == "nt" or home.configuration.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "  # a remark", "\n[source.tabs]\nA = 'leads'"])
def test_a_file_may_end_in_any_way(home: Home, end: str) -> None:
    home.configuration.write_text(f'[[source]]\nname = "a"\nkind = "google_sheets"{end}', encoding="utf-8")
    add_source(home, SITE, "en")
    assert [source.name for source in read_configuration(home).sources] == ["a", "example.com"]


def test_sources_written_in_one_line_are_added_to(home: Home) -> None:
    home.configuration.write_text('source = [{name = "a", kind = "search_console", site = "x"}]\n', encoding="utf-8")
    add_source(home, SITE, "en")
    assert [source.name for source in read_configuration(home).sources] == ["a", "example.com"]


def test_several_are_added_one_after_the_other(home: Home) -> None:
    second = Source("pages", "search_console", {"site": "https://example.com/", "since": date(2026, 1, 1)})
    for source in (SITE, second):
        add_source(home, source, "en")
    assert read_configuration(home).sources == (SITE, second)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Source("example.com", "search_console", {}), "has no site"),
        (Source("example.com", "search_console", {"site": "x", "token": "y"}), "has the key token"),
        (Source("team sheet", "search_console", {"site": "x"}), "two sources are called 'team sheet'"),
        (Source("plan", "search_console", {"site": "x"}), "a source is called 'plan'"),
    ],
)
def test_what_would_be_wrong_is_refused_and_nothing_is_written(home: Home, source: Source, said: str) -> None:
    home.configuration.write_text(WRITTEN, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said) as caught:
        add_source(home, source, "en")
    assert str(home.configuration) in caught.value.message
    assert home.configuration.read_text(encoding="utf-8") == WRITTEN


def test_a_file_that_cannot_be_read_is_left_alone(home: Home) -> None:
    home.configuration.write_text("[[source]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"kokpit\.toml cannot be read"):
        add_source(home, SITE, "en")
    assert home.configuration.read_text(encoding="utf-8") == "[[source]\n"


def test_a_place_that_may_not_be_written_is_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(file: Path, _text: str) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr("connectors.configuring.write_whole", refused)
    with pytest.raises(AccessError, match=r"kokpit\.toml cannot be written: Permission denied"):
        add_source(home, SITE, "en")


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_name("example.com", []) == "example.com"
    assert free_name("example.com", ["example.com", "example.com 2"]) == "example.com 3"
