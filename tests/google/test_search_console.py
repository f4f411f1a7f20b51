"""Search Console end to end: what is asked, what is published, what is asked again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from connectors.base import LOADED, UNCHANGED
from connectors.google.credentials import SEARCH_CONSOLE, find_credentials
from connectors.search_console import api
from connectors.search_console.api import properties
from core.errors import ConfigurationError
from tests.google.search_console import SITE, SearchConsole, filled
from tests.google.sources import days, refresh, rows, search, site_source
from tests.google.tokens import ACCOUNT
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home
    from tests.google.server import GoogleServer

pytestmark = pytest.mark.usefixtures("key")


def questions(google: GoogleServer) -> list[tuple[str, str, str, str, int]]:
    """Everything asked of the rows: type, last dimension, first and last day, start."""
    return [
        (
            asked.body["type"],
            asked.body["dimensions"][-1],
            asked.body["startDate"],
            asked.body["endDate"],
            asked.body["startRow"],
        )
        for asked in google.asked
        if asked.body
    ]


def test_totals_only_when_no_detail_is_wanted(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(1, 2)))
    (result,) = refresh(search(google, home), home)
    assert (result.status, result.dataset, result.rows_loaded) == (LOADED, "search_totals", 2)
    assert (result.first_day, result.last_day) == (date(2026, 3, 1), date(2026, 3, 2))
    held = "SELECT day, site, search_type, filters, shape, clicks, impressions, position_sum::DOUBLE FROM search_totals"
    assert rows(home, f"{held} ORDER BY ALL") == [
        (date(2026, 3, 1), SITE, "web", "", "total", 10, 100, 250.0),
        (date(2026, 3, 2), SITE, "web", "", "total", 11, 100, 250.0),
    ]
    assert questions(google) == [("web", "date", "2026-03-01", "2026-03-10", start) for start in (0, 2)]
    assert google.tokens.scopes == {SEARCH_CONSOLE}


def test_details_by_day(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(1, 2)))
    results = refresh(search(google, home, detail=["query", "page"]), home)
    assert [(result.part, result.rows_loaded) for result in results] == [
        ("web · total", 2),
        ("web · query", 4),
        ("web · page", 4),
    ]
    held = """SELECT day(day), slice, query, page, clicks, impressions, position_sum::DOUBLE, shape
        FROM search_performance WHERE day = '2026-03-02' ORDER BY ALL"""
    assert rows(home, held) == [
        (2, "page", None, "page one", 7, 40, 60.0, "page"),
        (2, "page", None, "page two", 2, 20, 85.0, "page"),
        (2, "query", "query one", None, 7, 40, 60.0, "query"),
        (2, "query", "query two", None, 2, 20, 85.0, "query"),
    ]
    assert {(first, last) for _type, dimension, first, last, _start in questions(google) if dimension != "date"} == {
        ("2026-03-01", "2026-03-01"),
        ("2026-03-02", "2026-03-02"),
    }


def test_devices_are_called_as_everywhere(google: GoogleServer, home: Home) -> None:
    service = filled(days(1), ())
    service.details["web", "device", days(1)[0]] = {"MOBILE": (5, 50, 2.0), "DESKTOP": (5, 50, 3.0)}
    google.services.append(service)
    refresh(search(google, home, detail=["device"]), home)
    assert rows(home, "SELECT device, clicks FROM search_performance ORDER BY ALL") == [("desktop", 5), ("mobile", 5)]


def test_a_refresh_with_nothing_new_publishes_nothing(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(1, 2, 3, 4, 5, 6)))
    refresh(search(google, home, detail=["query"]), home)
    before = len(google.asked)
    (result,) = refresh(search(google, home, detail=["query"]), home)
    assert (result.status, result.message) == (UNCHANGED, "Nothing new since the last time.")
    assert open_snapshot(home.warehouse).generation == 1
    assert questions(google)[before:] == [("web", "date", "2026-03-03", "2026-03-10", start) for start in (0, 4)]


def test_a_changed_day_is_replaced_as_a_whole(google: GoogleServer, home: Home) -> None:
    service = filled(days(1, 2))
    google.services.append(service)
    refresh(search(google, home, detail=["query"]), home)
    before = len(google.asked)
    service.totals["web", days(2)[0]] = (15, 120, 2.0)
    service.details["web", "query", days(2)[0]] = {"query one": (9, 50, 1.0)}
    results = refresh(search(google, home, detail=["query"]), home)
    assert [(result.part, result.rows_loaded, result.rows_replaced) for result in results] == [
        ("web · total", 0, 1),
        ("web · query", 0, 1),
    ]
    held = "SELECT day(day), query, clicks FROM search_performance ORDER BY ALL"
    assert rows(home, held) == [(1, "query one", 6), (1, "query two", 2), (2, "query one", 9)]
    assert {q[2] for q in questions(google)[before:] if q[1] == "query"} == {"2026-03-02"}


def test_days_are_final_as_search_console_says(google: GoogleServer, home: Home) -> None:
    service = filled(days(7, 8, 9))
    service.first_incomplete = days(8)[0]
    google.services.append(service)
    refresh(search(google, home, detail=["query"]), home)
    final = "SELECT DISTINCT day(day), is_final FROM {} ORDER BY ALL"
    expected = [(7, True), (8, False), (9, False)]
    assert rows(home, final.format("search_totals")) == expected
    assert rows(home, final.format("search_performance")) == expected
    service.first_incomplete = days(9)[0]
    results = refresh(search(google, home, detail=["query"]), home)
    assert {(result.first_day, result.last_day) for result in results} == {(date(2026, 3, 8), date(2026, 3, 8))}
    assert rows(home, final.format("search_totals")) == [(7, True), (8, True), (9, False)]


def test_without_a_word_days_are_final_after_three_days(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(6, 7, 8)))
    refresh(search(google, home), home)
    assert rows(home, "SELECT day(day), is_final FROM search_totals ORDER BY ALL") == [(6, True), (7, True), (8, False)]


def test_days_that_search_console_no_longer_has_stay(google: GoogleServer, home: Home) -> None:
    service = filled(days(1, 2))
    google.services.append(service)
    refresh(search(google, home), home)
    service.totals = {("web", date(2027, 9, 1)): (1, 2, 3.0)}
    refresh(search(google, home, date(2027, 9, 5)), home)
    assert rows(home, "SELECT day FROM search_totals ORDER BY ALL") == [(d,) for d in [*days(1, 2), date(2027, 9, 1)]]


def test_a_detail_wanted_later_is_fetched_from_the_start(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(1, 2, 3, 4, 5, 6)))
    refresh(search(google, home), home)
    (result,) = refresh(search(google, home, detail=["page"]), home)
    assert (result.part, result.rows_loaded, result.first_day) == ("web · page", 12, date(2026, 3, 1))
    (result,) = refresh(search(google, home, detail=["page"]), home)
    assert result.status == UNCHANGED


def test_other_kinds_of_search_have_no_position_and_no_queries(google: GoogleServer, home: Home) -> None:
    service = SearchConsole()
    service.totals["discover", days(1)[0]] = (3, 30, None)
    service.details["discover", "page", days(1)[0]] = {"page one": (3, 30, None)}
    google.services.append(service)
    refresh(search(google, home, detail=["query", "page"], search_types=["discover"]), home)
    for table in ("search_totals", "search_performance"):
        assert rows(home, f"SELECT search_type, clicks, position_sum FROM {table}") == [("discover", 3, None)]
    assert "query" not in {question[1] for question in questions(google)}


def test_pages_are_read_until_one_is_empty(google: GoogleServer, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 2)
    google.services.append(filled(days(1, 2, 3)))
    refresh(search(google, home), home)
    assert [question[-1] for question in questions(google)] == [0, 2, 3]
    assert rows(home, "SELECT count(*) FROM search_totals") == [(3,)]


def test_the_cap_is_told(google: GoogleServer, home: Home) -> None:
    service = filled(days(1), ())
    service.details["web", "query", days(1)[0]] = {f"query {n}": (1, 1, 1.0) for n in range(50_001)}
    google.services.append(service)
    _totals, result = refresh(search(google, home, detail=["query"]), home)
    assert result.rows_loaded == 50_000
    assert result.notes == ["On 1 day Search Console gave its most, 50000 rows, and left out the others."]
    assert rows(home, "SELECT message FROM loads WHERE dataset = 'search_performance'")[0][0].endswith(result.notes[0])
    assert [q[-1] for q in questions(google) if q[1] == "query"] == [0, 25_000]


def test_every_load_is_in_the_log(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(3, 4)))
    refresh(search(google, home, detail=["query"]), home)
    held = "SELECT source, name, format, dataset, account, rows_read, rows_loaded, first_day, last_day FROM loads"
    first, last = date(2026, 3, 1), date(2026, 3, 4)
    shared = ("site search", "search_console_api", SITE, first, last)
    found = [(row[0], row[2], row[4], *row[7:]) for row in rows(home, held)]
    assert found == [shared, shared]
    assert [(row[1], row[3], row[5], row[6]) for row in rows(home, f"{held} ORDER BY load_id")] == [
        ("site search: web · total", "search_totals", 2, 2),
        ("site search: web · query", "search_performance", 4, 4),
    ]


def test_properties_for_a_picker(google: GoogleServer, home: Home) -> None:
    service = SearchConsole()
    service.sites = {"https://b.example/": "siteOwner", SITE: "siteFullUser", "sc-domain:x": "siteUnverifiedUser"}
    google.services.append(service)
    found = find_credentials(site_source(google), home, [SEARCH_CONSOLE])
    assert properties("site search", found, google.endpoint) == ["https://b.example/", SITE]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"site": ""}, "The source site search: site is ''. Write it as text in quotes."),
        ({"since": "2026-03-01"}, "since is '2026-03-01'. Write a day without quotes, such as 2024-11-10."),
        (
            {"since": date(2030, 1, 1)},
            "since is 2030-01-01, a day that has not come yet, so nothing is asked for. Write the first day",
        ),
        ({"detail": ["qery"]}, "detail is 'qery'. Did you mean query?"),
        ({"detail": "query"}, "detail is 'query'. Write a list in square brackets."),
        ({"search_types": ["webb"]}, "search_types is 'webb'. Did you mean web?"),
        ({"endpoint": "localhost"}, "endpoint is 'localhost'. Write an address that starts with http:// or https://."),
    ],
)
def test_mistakes_in_the_configuration(google: GoogleServer, home: Home, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        search(google, home, **options)
    assert message in str(error.value)


def test_whose_address_to_share_with(google: GoogleServer, home: Home, key: Path) -> None:
    google.services.append(filled(days(1)))
    refresh(search(google, home), home)
    assert {asked.account for asked in google.asked} == {ACCOUNT}
