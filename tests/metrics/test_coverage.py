"""What a snapshot has loaded: sources, days, loads, currencies."""

from __future__ import annotations

import gc
import weakref
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from core.period import DAY
from metrics.coverage import Span, live, merged, source_columns, spans
from tests.metrics.toy import ad, by_query, load, period, total, toy
from warehouse.datasets import AD_PERFORMANCE, SEARCH_PERFORMANCE, SEARCH_TOTALS
from warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

UTC = ZoneInfo("UTC")
EXPORTED = datetime.fromisoformat("2026-06-20 12:00")


def test_one_span_for_each_scope(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=1), ad("2026-06-05", clicks=2), ad("2026-06-03", account=None)]
    found = sorted(spans(toy(tmp_path, ad_performance=rows), "ad_performance", 1, UTC), key=lambda span: span.label)
    assert [span.label for span in found] == ["google_ads", "google_ads · A"]
    assert found[1].loaded == [period("2026-06-01", "2026-06-05")]
    assert (found[1].first, found[1].last) == (date(2026, 6, 1), date(2026, 6, 5))
    assert found[1].known == {"cost", "clicks"}
    assert found[0].known == set()


def test_currencies_are_those_of_rows_with_money(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", cost=1),
        ad("2026-06-09", cost=1),
        ad("2026-06-05", currency="PLN", cost=1),
        ad("2026-06-07", currency="USD", clicks=1),
    ]
    (span,) = spans(toy(tmp_path, ad_performance=rows), "ad_performance", 1, UTC)
    assert span.currencies == {"EUR": period("2026-06-01", "2026-06-09"), "PLN": period("2026-06-05", "2026-06-05")}


@pytest.mark.parametrize(("lag", "final"), [(0, 20), (1, 19), (3, 17), (30, -10)])
def test_final_up_to_the_export_less_the_lag(tmp_path: Path, lag: int, final: int) -> None:
    snapshot = toy(tmp_path, [load(1, exported_at=EXPORTED)], ad_performance=[ad("2026-06-01"), ad("2026-06-20")])
    (span,) = spans(snapshot, "ad_performance", lag, UTC)
    assert span.final == date(2026, 5, 31) + timedelta(days=final)


def test_a_newer_load_makes_more_days_final(tmp_path: Path) -> None:
    rows = [ad("2026-06-01"), ad("2026-06-19"), ad("2026-06-25", load_id=2)]
    loads = [load(1, exported_at=EXPORTED), load(2, exported_at=EXPORTED + timedelta(days=7))]
    (span,) = spans(toy(tmp_path, loads, ad_performance=rows), "ad_performance", 1, UTC)
    assert span.final == date(2026, 6, 25)
    assert span.loaded == [period("2026-06-01", "2026-06-19"), period("2026-06-25", "2026-06-25")]


def test_slices_of_a_site_are_loaded_apart(tmp_path: Path) -> None:
    rows = [by_query("2026-06-01", "2026-06-28"), by_query("2026-06-02", slice="page", query=None)]
    found = spans(toy(tmp_path, search_performance=rows), "search_performance", 3, UTC)
    periods = {span.scope["slice"]: (span.loaded, span.periods) for span in found}
    june, second = period("2026-06-01", "2026-06-28"), period("2026-06-02", "2026-06-02")
    assert periods == {"query": ([june], [june]), "page": ([second], [])}
    assert {span.label for span in found} == {"example.com · web"}


def test_what_tells_sources_apart() -> None:
    assert source_columns(AD_PERFORMANCE) == ("platform", "account")
    assert source_columns(SEARCH_TOTALS) == source_columns(SEARCH_PERFORMANCE) == ("site", "search_type")


def test_a_source_in_words() -> None:
    assert Span({"platform": None, "account": ""}).label == "?"
    assert Span({"site": None, "search_type": "web", "filters": ""}).label == "search_console · web"
    assert Span({"property": "p"}).label == "p"
    assert Span({}, fed_by="hubspot").label == "hubspot"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], []),
        (["2026-06-08 2026-06-09", "2026-06-01 2026-06-07"], ["2026-06-01 2026-06-09"]),
        (["2026-06-01 2026-06-30", "2026-06-03 2026-06-04"], ["2026-06-01 2026-06-30"]),
        (["2026-06-01 2026-06-01", "2026-06-03 2026-06-03"], ["2026-06-01 2026-06-01", "2026-06-03 2026-06-03"]),
    ],
)
def test_merged(days: list[str], expected: list[str]) -> None:
    found = merged([period(*text.split()) for text in days], timedelta(days=1))
    assert found == [period(*text.split()) for text in expected]


def test_a_gap_of_a_week_is_bridged_and_a_longer_one_is_not() -> None:
    week, longer = [period("2026-06-01", "2026-06-01"), period("2026-06-08", "2026-06-08")], timedelta(days=7)
    assert merged(week, longer) == [period("2026-06-01", "2026-06-08")]
    assert len(merged([week[0], week[1].moved(1)], longer)) == 2


def test_who_still_reports() -> None:
    newest, silent, ended = (Span({"platform": name}, last=date(2026, 6, 30)) for name in "abc")
    silent.last -= timedelta(days=35)
    ended.last -= timedelta(days=36)
    assert live([ended, newest, silent]) == [newest, silent]
    assert live([]) == []


def test_a_snapshot_that_nobody_holds_is_forgotten(tmp_path: Path) -> None:
    snapshot = Snapshot(toy(tmp_path, search_totals=[total("2026-06-01")]).folder, 1)
    assert spans(snapshot, "search_totals", 3, UTC)
    held = weakref.ref(snapshot)
    del snapshot
    gc.collect()
    assert held() is None


def request(created: str, **of: object) -> dict[str, object]:
    """A request that came in at *created*, brought by load 1."""
    return {"request_id": created, "created_at": created, "load_id": 1} | of


class TestRowsThatAreNoDays:
    """Requests and the like reach from the first that came in to the last thing that happened to one of them."""

    @pytest.mark.parametrize(
        ("exported", "last"),
        [
            # On the day of the last answer, on the next one, a quiet week later, and long after.
            ("2026-06-10 12:00", 10),
            ("2026-06-11 12:00", 10),
            ("2026-06-17 12:00", 16),
            ("2026-06-18 12:00", 17),
            ("2026-07-30 12:00", 17),
        ],
    )
    def test_a_quiet_week_belongs_to_them(self, tmp_path: Path, exported: str, last: int) -> None:
        rows = [request(f"2026-06-0{day} 09:00") for day in range(1, 6)]
        rows[4]["first_response_at"] = "2026-06-10 09:00"
        snapshot = toy(tmp_path, [load(1, exported_at=exported)], requests=rows)
        (span,) = spans(snapshot, "requests", 0, UTC)
        assert span.loaded == [period("2026-06-01", f"2026-06-{last:02d}")]
        assert span.last == date(2026, 6, last)

    @pytest.mark.parametrize(("second", "last"), [("2026-06-07", "2026-06-16"), ("2026-06-30", "2026-08-04")])
    def test_where_little_happens_three_usual_gaps_belong_to_them(self, tmp_path: Path, second: str, last: str) -> None:
        # Two rows 6 days apart: one in 3 days, so 9 quiet days. Two rows 29 days apart: 43, but never over 35.
        rows = [request("2026-06-01 09:00"), request(f"{second} 09:00")]
        exported = date.fromisoformat(last) + DAY
        (span,) = spans(toy(tmp_path, [load(1, exported_at=exported)], requests=rows), "requests", 0, UTC)
        assert span.last == date.fromisoformat(last)

    def test_an_export_of_long_ago_leaves_one_quiet_week(self, tmp_path: Path) -> None:
        rows = [request("2026-06-01 09:00"), request("2026-06-30 09:00")]
        (span,) = spans(toy(tmp_path, requests=rows), "requests", 0, UTC)
        assert span.last == date(2026, 7, 7)

    @pytest.mark.parametrize("exported", ["2026-06-20", "2026-09-20"])
    def test_a_register_is_known_up_to_the_day_before_its_export(self, tmp_path: Path, exported: str) -> None:
        customer = {"customer_id": "C-1", "since": "2019-02-01", "updated_on": "2026-06-01", "load_id": 1}
        snapshot = toy(tmp_path, [load(1, exported_at=f"{exported} 08:00")], customers=[customer])
        (span,) = spans(snapshot, "customers", 0, UTC)
        assert span.loaded == [period("2019-02-01", (date.fromisoformat(exported) - DAY).isoformat())]

    def test_days_ahead_are_not_days_known(self, tmp_path: Path) -> None:
        rows = [request("2026-06-01 09:00", due_at="2026-08-01 09:00")]
        snapshot = toy(tmp_path, [load(1, exported_at="2026-06-02 08:00")], requests=rows)
        (span,) = spans(snapshot, "requests", 0, UTC)
        assert span.last == date(2026, 6, 1)

    def test_moments_after_the_export_are_no_days_known(self, tmp_path: Path) -> None:
        rows = [request("2026-06-01 09:00", solved_at="2062-06-01 09:00")]
        snapshot = toy(tmp_path, [load(1, exported_at="2026-06-04 08:00")], requests=rows)
        (span,) = spans(snapshot, "requests", 0, UTC)
        assert span.last == date(2026, 6, 4)

    def test_rows_that_never_began_tell_no_days(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, requests=[{"request_id": 1, "solved_at": "2026-06-04 09:00", "load_id": 1}])
        assert spans(snapshot, "requests", 0, UTC) == []

    def test_two_exports_overlap(self, tmp_path: Path) -> None:
        loads = [load(1, exported_at="2026-06-05 08:00"), load(2, exported_at="2026-06-20 08:00")]
        rows = [request("2026-06-01 09:00"), request("2026-06-04 09:00"), request("2026-06-05 09:00", load_id=2)]
        rows.append(request("2026-06-19 09:00", load_id=2))
        (span,) = spans(toy(tmp_path, loads, requests=rows), "requests", 1, UTC)
        assert span.loaded == [period("2026-06-01", "2026-06-19")]
        assert span.final == date(2026, 6, 19)


class TestPlans:
    """What people plan holds for all days, and is never out of date."""

    def test_all_days(self, tmp_path: Path) -> None:
        projects = [{"project_id": "site", "starts_on": "2026-06-10", "status": "on_track", "load_id": 1}]
        snapshot = toy(tmp_path, [load(1, exported_at=EXPORTED)], projects=projects)
        (span,) = spans(snapshot, "projects", 1, UTC)
        assert (span.first, span.loaded[-1].end) == (date(1990, 1, 1), date(2199, 12, 31))
        assert span.last == date(2026, 6, 20)
        assert span.final == date(2199, 12, 31)

    def test_an_empty_plan_is_not_loaded(self, tmp_path: Path) -> None:
        assert spans(toy(tmp_path, projects=[]), "projects", 1, UTC) == []
