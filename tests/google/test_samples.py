"""Trying the access out: a handful of rows of each kind of source, and nothing kept of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from connectors.base import Sampler
from connectors.checks import examine_sources
from connectors.registry import connector_of
from core.config import Configuration, Home, Source
from core.errors import AccessError, ConfigurationError
from tests.google.analytics import visited
from tests.google.search_console import SITE, filled
from tests.google.sheets import CELLS, KEY, day
from tests.google.sources import analytics, day_range, days, search, site_source
from tests.google.tokens import ACCOUNT
from warehouse.doctor import OK, PROBLEM

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.base import Sample
    from tests.google.server import GoogleServer
    from tests.google.team import Team

pytestmark = pytest.mark.usefixtures("key")


def sheet_sample(team: Team, **options: Any) -> Sample:  # noqa: ANN401 - whatever TOML holds
    """The sample of the team's spreadsheet."""
    given = {"spreadsheet": KEY, "endpoint": team.google.endpoint, **options}
    connector = connector_of(Source("team sheet", "google_sheets", given), team.home, Configuration())
    assert isinstance(connector, Sampler)
    return connector.sample()


def test_the_last_totals_of_a_site(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(day_range(date(2026, 3, 1), 8), ()))
    sample = search(google, home).sample()
    assert sample.header == ("Day", "Clicks", "Impressions")
    assert sample.rows == tuple((f"2026-03-0{n}", str(9 + n), "100") for n in (4, 5, 6, 7, 8))
    assert sample.told == f"{SITE} can be read."
    assert [file.name for file in home.path.iterdir()] == ["service_account.json"]


def test_a_site_without_numbers_can_be_read_all_the_same(google: GoogleServer, home: Home) -> None:
    google.services.append(filled([], ()))
    assert search(google, home).sample().rows == ()


def test_a_few_visits_of_the_last_week(google: GoogleServer, home: Home) -> None:
    google.services.append(visited(days(1, 2, 3, 4, 5)))
    sample = analytics(google, home).sample()
    assert sample.header == ("Day", "Channel group", "Source", "Medium", "Campaign", "Sessions", "Users")
    assert len(sample.rows) == 5
    assert sample.rows[:2] == (
        ("2026-03-03", "Organic Search", "google", "organic", "(not set)", "10", "9"),
        ("2026-03-03", "Paid Search", "google", "cpc", "Brand", "4", "4"),
    )
    assert sample.told == "The Analytics property 123456789 can be read."
    (asked,) = [asked for asked in google.asked if asked.body]
    assert asked.body["dateRanges"] == [{"startDate": "2026-03-03", "endDate": "2026-03-09"}]
    assert asked.body["limit"] == "5"
    assert [file.name for file in home.path.iterdir()] == ["service_account.json"]


def test_the_first_rows_of_the_first_bound_tab(team: Team) -> None:
    team.tab("Notes", ["nothing"])
    team.tab("Cele", ["Kpi", "From", "Value"], *[["leads", day("2026-01-01"), n] for n in range(9)], grid=(40, 3))
    sample = sheet_sample(team, tabs={"Cele": "targets"})
    assert sample.header == ("Kpi", "From", "Value")
    assert sample.rows == tuple(("leads", "01.01.2026", str(n)) for n in range(5))
    assert sample.told == "The spreadsheet “Marketing” can be read; these are the first rows of its tab “Cele”."
    # What lies outside the grid must not be asked for.
    assert [asked.query["ranges"] for asked in team.google.asked if asked.method == CELLS] == [["'Cele'!A1:C6"]]
    assert [file.name for file in team.home.path.iterdir()] == ["service_account.json"]


def test_short_rows_are_filled_up(team: Team) -> None:
    team.tab("targets", ["Kpi"], ["leads", "5"])
    assert (sheet_sample(team).header, sheet_sample(team).rows) == (("Kpi", ""), (("leads", "5"),))


def test_a_tab_that_is_not_there_is_named(team: Team) -> None:
    team.tab("targets", ["Kpi"])
    with pytest.raises(ConfigurationError, match="has no tab “Cele”"):
        sheet_sample(team, tabs={"Cele": "targets"})


def test_an_unshared_site_tells_the_address_to_share_with(google: GoogleServer, home: Home) -> None:
    google.services.append(service := filled([], ()))
    service.sites = {SITE: "siteUnverifiedUser"}
    with pytest.raises(AccessError) as error:
        search(google, home).check()
    assert f"Add {ACCOUNT} there: Search Console → Settings" in error.value.next_step


def test_an_unshared_property_tells_the_address_to_share_with(google: GoogleServer, home: Home) -> None:
    google.services.append(visited([]))
    with pytest.raises(AccessError) as error:
        analytics(google, home, property="987654321").check()
    assert f"Add {ACCOUNT} as a viewer" in error.value.next_step


def test_an_unshared_spreadsheet_tells_the_address_to_share_with(team: Team) -> None:
    team.sheets.shared = False
    with pytest.raises(AccessError) as error:
        sheet_sample(team)
    assert f"Share the spreadsheet with {ACCOUNT}" in error.value.next_step


@pytest.mark.parametrize(("level", "state"), [("siteFullUser", OK), ("siteUnverifiedUser", PROBLEM)])
def test_the_doctor_tries_the_access_out(google: GoogleServer, home: Home, level: str, state: str) -> None:
    google.services.append(service := filled([], ()))
    service.sites = {SITE: level}
    found = list(examine_sources(home, Configuration(sources=(site_source(google),))))
    assert found[-1].state == state
    assert [finding.state for finding in found[:-1]] == [OK] * len(found[:-1])
    assert (f"Add {ACCOUNT} there" in found[-1].next_step) == (state == PROBLEM)


def test_the_doctor_tells_of_a_missing_key_where_nobody_can_be_reached(home: Home, key: Path) -> None:
    key.unlink()
    source = Source("site search", "search_console", {"site": SITE, "endpoint": "http://127.0.0.1:9"})
    found = list(examine_sources(home, Configuration(sources=(source,))))
    assert [(each.check, each.state) for each in found] == [
        ("reachability", PROBLEM),
        ("clock", OK),
        ("source", PROBLEM),
    ]
    assert "has no credentials for Google" in found[-1].finding
