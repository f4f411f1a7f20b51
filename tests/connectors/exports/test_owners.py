"""One account or site is one, in whichever way its name or number is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.exports.formats import formats
from connectors.exports.load import Options, load_files
from connectors.exports.owners import as_rows_name
from tests.connectors.exports.writers import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

HEADING = "Day,Campaign,Currency code,Impr.,Clicks,Cost,Campaign status"


def google(folder: Path, name: str, *, clicks: int, number: str = "") -> Path:
    """A report of one day; with the *number* of its account, if it has one."""
    file = folder / name
    cells = f"2026-01-02,Brand,EUR,100,{clicks},5.00,Enabled"
    extra = (",Customer ID", f",{number}") if number else ("", "")
    file.write_text(f"{HEADING}{extra[0]}\n{cells}{extra[1]}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("HTTPS://WWW.Example.com", "https://www.example.com/"),
        (" https://www.example.com/ ", "https://www.example.com/"),
        ("https://example.com/Blog/", "https://example.com/Blog/"),
        ("sc-domain:Example.com/", "sc-domain:example.com"),
        ("SC-Domain:example.com", "sc-domain:example.com"),
        ("Example.com/", "example.com"),
        ("Our shop", "Our shop"),
        ("  ", None),
        (None, None),
    ],
)
def test_a_site_is_named_as_search_console_names_it(said: str | None, meant: str | None) -> None:
    assert as_rows_name(said, formats()["search_console_dates"]) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1234567890", "123-456-7890"),
        ("123-456-7890", "123-456-7890"),
        ("123-4567890", "123-456-7890"),
        ("12345678901", "12345678901"),
        ("Example.com/", "Example.com/"),
        ("", None),
    ],
)
def test_a_number_is_written_with_hyphens(said: str, meant: str | None) -> None:
    assert as_rows_name(said, formats()["google_ads"]) == meant


def test_another_platform_writes_its_numbers_otherwise() -> None:
    assert as_rows_name("1234567890", formats()["meta_ads"]) == "1234567890"


@pytest.mark.parametrize("number", ["1234567890", "123-4567890", "123456-7890"])
def test_an_account_with_and_without_hyphens_is_one(home: Home, tmp_path: Path, number: str) -> None:
    load_files(home, [google(tmp_path, "a.csv", clicks=10, number="123-456-7890")])
    (result,) = load_files(home, [google(tmp_path, "b.csv", clicks=11, number=number)], Options(again=True))
    assert result.rows_replaced == 1
    assert rows_of(home, "ad_performance", ["account", "clicks"]) == [("123-456-7890", 11)]


def test_so_it_is_where_somebody_names_it(home: Home, tmp_path: Path) -> None:
    load_files(home, [google(tmp_path, "a.csv", clicks=10, number="123-456-7890")])
    (result,) = load_files(home, [google(tmp_path, "b.csv", clicks=11)], Options(account="1234567890", again=True))
    assert result.rows_replaced == 1
    assert "was not used" not in result.message
    assert rows_of(home, "ad_performance", ["account", "clicks"]) == [("123-456-7890", 11)]


def test_a_site_that_is_typed_is_the_one_that_its_archive_names(home: Home, tmp_path: Path) -> None:
    named = tmp_path / "https___www.example.com_-Performance-on-Search-2026-01-05"
    named.mkdir()
    chart = "Date,Clicks,Impressions,CTR,Position\n2026-01-01,{clicks},100,10%,3\n2026-01-02,20,200,10%,3\n"
    (named / "Chart.csv").write_text(chart.format(clicks=10), encoding="utf-8")
    alone = tmp_path / "elsewhere"
    alone.mkdir()
    (alone / "Chart.csv").write_text(chart.format(clicks=13), encoding="utf-8")
    load_files(home, [named / "Chart.csv"])
    load_files(home, [alone / "Chart.csv"], Options(account="HTTPS://WWW.example.com", again=True))
    assert rows_of(home, "search_totals", ["site", "clicks"]) == [
        ("https://www.example.com/", 13),
        ("https://www.example.com/", 20),
    ]


def test_the_same_file_under_two_names_is_told(home: Home, tmp_path: Path) -> None:
    file = google(tmp_path, "a.csv", clicks=10)
    (first,) = load_files(home, [file], Options(account="X"))
    (second,) = load_files(home, [file], Options(account="Y"))
    told = "The same file is in as X, too, and counts for both. If one is a slip, undo that load."
    assert told not in first.notes
    assert told in second.notes
    # Named after it was loaded without a name, it is the same rows.
    other = google(tmp_path, "b.csv", clicks=12)
    load_files(home, [other])
    (named,) = load_files(home, [other], Options(account="Z"))
    assert "The same file is in as" not in named.message
