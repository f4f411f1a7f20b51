"""How far each source reaches, how far it is final, and which is late."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from core.period import Calendar, Grain
from metrics.coverage import spans
from metrics.freshness import Freshness, freshness, known_to, last_whole_week
from metrics.query import Query
from tests.metrics.toy import EURO, Row, ad, by_query, load, period, total, toy
from warehouse.datasets import FACTS
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from core.config import Home
    from warehouse.snapshot import Snapshot

EXPORTED = datetime.fromisoformat("2026-11-19 08:00")
WEEK = period("2026-11-16", "2026-11-22")


def test_newest_and_newest_final_day(tmp_path: Path) -> None:
    loads = [load(1, exported_at=EXPORTED)]
    rows = [ad("2026-11-01"), ad("2026-11-19")]
    searches = [
        total("2026-11-01"),
        total("2026-11-18"),
        total("2026-11-19", filters="device=mobile", site="x.example"),
    ]
    found = freshness(toy(tmp_path, loads, ad_performance=rows, search_totals=searches), EURO, date(2026, 11, 19))
    day = {number: date(2026, 11, number) for number in (16, 18, 19)}
    ads = Freshness("ad_performance", "google_ads · A", day[19], day[18], 1, ended=False, late=False)
    search = Freshness("search_totals", "example.com · web", day[18], day[16], 3, ended=False, late=False)
    assert found == (ads, search)


@pytest.mark.parametrize(
    ("today", "late"),
    [
        # Data to Sunday 15 November: in time until Sunday 22 is final, which ads are on Monday 23.
        (date(2026, 11, 16), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),
    ],
)
def test_whoever_loads_once_a_week_is_in_time_all_week(tmp_path: Path, today: date, late: bool) -> None:
    snapshot = toy(tmp_path, ad_performance=[ad("2026-11-09"), ad("2026-11-15")])
    assert [each.late for each in freshness(snapshot, EURO, today)] == [late]


def test_one_that_ended_is_not_late(tmp_path: Path) -> None:
    rows = [ad("2026-11-15"), ad("2026-10-01", platform="meta_ads")]
    found = freshness(toy(tmp_path, ad_performance=rows), EURO, date(2026, 12, 24))
    assert [(each.source, each.ended, each.late) for each in found] == [
        ("google_ads · A", False, True),
        ("meta_ads · A", True, False),
    ]


def test_nothing_final_yet(tmp_path: Path) -> None:
    snapshot = toy(tmp_path, search_totals=[total("2026-11-18", is_final=False)])
    found = freshness(snapshot, EURO, date(2026, 11, 19))[0]
    assert (found.newest, found.newest_final, found.late) == (date(2026, 11, 18), None, True)


def test_an_empty_warehouse(tmp_path: Path) -> None:
    assert freshness(toy(tmp_path, []), EURO, date(2026, 11, 19)) == ()


@pytest.mark.parametrize(
    ("day", "calendar", "expected"),
    [
        (date(2026, 11, 22), Calendar(), date(2026, 11, 22)),
        (date(2026, 11, 21), Calendar(), date(2026, 11, 15)),
        (date(2026, 11, 21), Calendar("sunday"), date(2026, 11, 21)),
    ],
)
def test_the_last_whole_week(day: date, calendar: Calendar, expected: date) -> None:
    assert last_whole_week(day, calendar) == expected


def test_a_kpi_is_known_as_far_as_its_slowest_source(tmp_path: Path) -> None:
    rows = [ad("2026-11-18"), ad("2026-11-15", platform="meta_ads"), ad("2026-01-01", platform="old_ads")]
    snapshot = toy(
        tmp_path,
        ad_performance=rows,
        search_totals=[total("2026-11-17")],
        search_performance=[by_query("2026-11-10")],
    )
    found = known_to(snapshot, Query(("spend", "organic_clicks", "query_coverage"), WEEK, Grain.WEEK), EURO)
    assert found == {
        "spend": date(2026, 11, 15),
        "organic_clicks": date(2026, 11, 17),
        "query_coverage": date(2026, 11, 10),
    }
    google = Query(("spend", "page_clicks"), WEEK, where={"platform": ("google_ads",)}, lenient=True)
    assert known_to(snapshot, google, EURO) == {"spend": date(2026, 11, 18), "page_clicks": None}


def test_a_dataset_that_comes_day_by_day_and_has_no_kpi_yet(tmp_path: Path) -> None:
    visits: Row = {
        "property": "123",
        "day": date(2026, 11, 15),
        "day_end": date(2026, 11, 15),
        "sessions": 5,
        "load_id": 1,
    }
    (found,) = freshness(toy(tmp_path, web_traffic=[visits]), EURO, date(2026, 11, 19))
    assert (found.dataset, found.source, found.newest) == ("web_traffic", "123", date(2026, 11, 15))
    assert (found.lag_days, found.late) == (2, False)


@pytest.mark.parametrize(
    ("lag", "late"),
    [
        # Data to Wednesday 18 November, seen on Monday 23.
        (5, False),
        (4, True),
    ],
)
def test_a_source_that_is_fetched_has_a_lag_of_its_own(tmp_path: Path, lag: int, late: bool) -> None:
    loads = [load(1, source="site search", exported_at=EXPORTED)]
    snapshot = toy(tmp_path, loads, search_totals=[total("2026-11-01"), total("2026-11-18")])
    (found,) = freshness(snapshot, EURO, date(2026, 11, 23), {"site search": lag, "another": 1})
    assert (found.lag_days, found.late, found.fetched_as) == (lag, late, "site search")
    (found,) = freshness(snapshot, EURO, date(2026, 11, 23), {"another": 1})
    assert (found.lag_days, found.late, found.fetched_as) == (3, False, "")


def test_one_that_is_fetched_never_just_ends(tmp_path: Path) -> None:
    loads = [load(1, source="shop"), load(2)]
    rows = [ad("2026-11-15") | {"load_id": 2}, ad("2026-10-01", platform="meta_ads") | {"load_id": 1}]
    found = freshness(toy(tmp_path, loads, ad_performance=rows), EURO, date(2026, 11, 16), {"shop": 7})
    assert [(each.source, each.ended, each.late) for each in found] == [
        ("google_ads · A", False, False),
        ("meta_ads · A", False, True),
    ]


def test_the_newest_load_says_where_it_comes_from(tmp_path: Path) -> None:
    loads = [load(1, source="shop"), load(2, source="google_ads")]
    rows = [ad("2026-11-14") | {"load_id": 1}, ad("2026-11-15") | {"load_id": 2}]
    (found,) = freshness(toy(tmp_path, loads, ad_performance=rows), EURO, date(2026, 11, 16), {"shop": 0})
    assert (found.fetched_as, found.late) == ("", False)


def reach(snapshot: Snapshot, zone: str) -> dict[str, dict[str, date]]:
    """The last day of each scope of each dataset."""
    found = {each.name: spans(snapshot, each.name, 1, ZoneInfo(zone)) for each in FACTS}
    return {name: {repr(span.scope): span.last for span in parts} for name, parts in found.items()}


def test_another_time_zone_is_counted_afresh(demo_home: Home, tmp_path: Path) -> None:
    asked, fresh = (open_snapshot(Path(shutil.copytree(demo_home.warehouse, tmp_path / name))) for name in ("a", "b"))
    assert reach(asked, "Asia/Tokyo") != reach(asked, "America/Los_Angeles")
    assert reach(asked, "America/Los_Angeles") == reach(fresh, "America/Los_Angeles")
