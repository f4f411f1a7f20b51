"""When a period is complete, and when a period without rows is zero rather than unknown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from core.config import Configuration
from core.period import Grain
from metrics.evaluate import evaluate
from metrics.query import Query
from tests.metrics.toy import ad, ask, by_query, complete, load, period, total, toy, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from tests.metrics.toy import Row
    from warehouse.snapshot import Snapshot

# Four weeks: Monday 1 June to Sunday 28 June 2026.
WEEKS = period("2026-06-01", "2026-06-28")


def exported(moment: str, load_id: int = 1, **more: object) -> Row:
    return load(load_id, exported_at=datetime.fromisoformat(moment), **more)


def daily(first: str, last: str, **more: object) -> list[Row]:
    days = period(first, last)
    return [ad(str(days.moved(n).start), clicks=1, cost=1, **more) for n in range(days.days)]


def daily_totals(first: str, last: str, *, is_final: bool | None = None) -> list[Row]:
    days = period(first, last)
    return [total(str(days.moved(n).start), clicks=1, impressions=2, is_final=is_final) for n in range(days.days)]


class TestExportDay:
    """Ads are final the day after; search three days after; both counted from the day of the export."""

    @pytest.mark.parametrize(
        ("moment", "last_week"), [("2026-06-28T12:00", False), ("2026-06-29T06:00", True), ("2026-07-20T06:00", True)]
    )
    def test_ads(self, tmp_path: Path, moment: str, last_week: bool) -> None:
        snapshot = toy(tmp_path, [exported(moment)], ad_performance=daily("2026-06-01", "2026-06-28"))
        assert complete(ask(snapshot, "spend", WEEKS, Grain.WEEK)) == [True, True, True, last_week]

    @pytest.mark.parametrize(("moment", "last_week"), [("2026-06-30T23:00", False), ("2026-07-01T00:00", True)])
    def test_search(self, tmp_path: Path, moment: str, last_week: bool) -> None:
        snapshot = toy(tmp_path, [exported(moment)], search_totals=daily_totals("2026-06-01", "2026-06-28"))
        assert complete(ask(snapshot, "organic_clicks", WEEKS, Grain.WEEK)) == [True, True, True, last_week]

    def test_in_the_time_zone_of_the_team(self, tmp_path: Path) -> None:
        # 22:30 on Sunday in London is half past midnight on Monday in Warsaw.
        snapshot = toy(tmp_path, [exported("2026-06-28T22:30")], ad_performance=daily("2026-06-01", "2026-06-28"))
        query = Query(("spend",), WEEKS, Grain.TOTAL)
        assert complete(evaluate(snapshot, query, Configuration(time_zone="Europe/Warsaw"))) == [True]
        assert complete(evaluate(snapshot, query, Configuration(time_zone="UTC"))) == [False]

    def test_the_time_of_loading_stands_for_an_unknown_export(self, tmp_path: Path) -> None:
        rows = daily("2026-06-01", "2026-06-28")
        for day, final in ((28, False), (29, True)):
            loads = [load(1, exported_at=None, started_at=datetime.fromisoformat(f"2026-06-{day} 09:00"))]
            assert complete(ask(toy(tmp_path, loads, ad_performance=rows), "spend", WEEKS)) == [final]

    def test_an_export_older_than_its_own_rows_has_lost_its_date(self, tmp_path: Path) -> None:
        started = datetime.fromisoformat("2026-07-05 09:00")
        loads = [exported("1980-01-01T00:00", last_day=WEEKS.end, started_at=started)]
        snapshot = toy(tmp_path, loads, ad_performance=daily("2026-06-01", "2026-06-28"))
        assert complete(ask(snapshot, "spend", WEEKS)) == [True]

    def test_rows_of_no_known_load_are_final_up_to_the_lag(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, [], ad_performance=daily("2026-06-01", "2026-06-28"))
        assert complete(ask(snapshot, "spend", WEEKS, Grain.WEEK)) == [True, True, True, False]
        assert complete(ask(snapshot, "spend", period("2026-06-01", "2026-06-27"))) == [True]

    def test_what_the_source_says_counts_before_the_lag(self, tmp_path: Path) -> None:
        final = daily_totals("2026-06-01", "2026-06-27", is_final=True)
        for said in (True, False):
            rows = [*final, *daily_totals("2026-06-28", "2026-06-28", is_final=said)]
            for moment in ("2026-06-29T06:00", "2026-07-20T06:00"):
                snapshot = toy(tmp_path, [exported(moment)], search_totals=rows)
                assert complete(ask(snapshot, "organic_clicks", WEEKS)) == [said]


class TestEverySource:
    """One late source makes the last period incomplete; one that ended long ago does not."""

    def snapshot(self, folder: Path, other_last: str, last: str = "2026-06-28") -> Snapshot:
        rows = [
            *daily("2026-03-01", last),
            *daily("2026-03-01", other_last, platform="meta_ads", account="M", load_id=2),
        ]
        return toy(folder, [load(1), load(2)], ad_performance=rows)

    def test_a_late_one(self, tmp_path: Path) -> None:
        snapshot = self.snapshot(tmp_path, "2026-06-20")
        assert complete(ask(snapshot, "spend", WEEKS, Grain.WEEK)) == [True, True, False, False]

    def test_a_late_one_counts_even_without_rows_in_the_range(self, tmp_path: Path) -> None:
        assert complete(ask(self.snapshot(tmp_path, "2026-06-20"), "spend", period("2026-06-22", "2026-06-28"))) == [
            False
        ]

    def test_one_that_ended_five_weeks_before(self, tmp_path: Path) -> None:
        # 35 days before 28 June is 24 May: silent since then it is late, silent for longer it has ended.
        assert complete(ask(self.snapshot(tmp_path, "2026-05-24"), "spend", WEEKS)) == [False]
        assert complete(ask(self.snapshot(tmp_path, "2026-05-23"), "spend", WEEKS)) == [True]

    def test_one_that_began_later(self, tmp_path: Path) -> None:
        rows = [
            *daily("2026-06-01", "2026-06-28"),
            *daily("2026-06-24", "2026-06-26", platform="meta_ads", account="M", load_id=2),
        ]
        snapshot = toy(tmp_path, [load(1), load(2)], ad_performance=rows)
        assert complete(ask(snapshot, "spend", WEEKS, Grain.WEEK)) == [True, True, True, False]

    def test_a_filter_leaves_the_late_one_out(self, tmp_path: Path) -> None:
        snapshot = self.snapshot(tmp_path, "2026-06-20")
        assert complete(ask(snapshot, "spend", WEEKS, where={"platform": ("google_ads",)})) == [True]
        assert complete(ask(snapshot, "spend", WEEKS, where={"platform": ("meta_ads",)})) == [False]

    def test_a_filter_on_a_campaign_asks_which_sources_have_it(self, tmp_path: Path) -> None:
        rows = [
            *daily("2026-06-01", "2026-06-28", campaign="Brand"),
            *daily("2026-06-01", "2026-06-20", platform="meta_ads", campaign="Social", load_id=2),
        ]
        snapshot = toy(tmp_path, [load(1), load(2)], ad_performance=rows)
        assert complete(ask(snapshot, "spend", WEEKS, where={"campaign": ("Brand",)})) == [True]
        assert complete(ask(snapshot, "spend", WEEKS, where={"campaign": ("Social",)})) == [False]
        assert ask(snapshot, "spend ctr", WEEKS, where={"campaign": ("Brand",)}).statements == 2

    def test_segments_are_judged_by_their_own_sources(self, tmp_path: Path) -> None:
        answer = ask(self.snapshot(tmp_path, "2026-06-20"), "spend cpc", WEEKS, split=("platform",))
        assert list(answer.table["platform"]) == ["google_ads", "meta_ads"] * 2
        assert complete(answer) == [True, False] * 2

    def test_one_file_speaks_for_all_its_accounts(self, tmp_path: Path) -> None:
        rows = [*daily("2026-06-01", "2026-06-28"), *daily("2026-06-03", "2026-06-10", account="B")]
        loads = [load(1, first_day="2026-06-01", last_day="2026-06-28")]
        answer = ask(toy(tmp_path, loads, ad_performance=rows), "clicks", WEEKS, Grain.WEEK, split=("account",))
        assert values(answer) == [7, 7, 7, 7, 5, 3, 0, 0]
        assert complete(answer) == [True] * 8
        answer = ask(toy(tmp_path, ad_performance=rows), "clicks", WEEKS, Grain.WEEK, split=("account",))
        assert values(answer) == [7, 7, 7, 7, 5, 3, None, None]
        assert complete(answer) == [True, True, True, True, False, False, False, False]

    def test_a_ratio_over_two_datasets_needs_both(self, tmp_path: Path) -> None:
        snapshot = toy(
            tmp_path,
            search_totals=daily_totals("2026-06-01", "2026-06-28"),
            search_performance=[by_query(f"2026-06-{day:02d}", clicks=1) for day in range(1, 21)],
        )
        answer = ask(snapshot, "organic_clicks query_coverage", WEEKS, Grain.WEEK)
        assert complete(answer) == [True, True, True, True, True, True, False, False]


class TestLoadedRange:
    """Zero where everything is loaded and nothing happened; unknown where something is not loaded."""

    def test_before_and_after(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, ad_performance=[ad("2026-06-08", clicks=1), ad("2026-06-21", clicks=1)])
        answer = ask(snapshot, "clicks", period("2026-05-25", "2026-07-05"), Grain.WEEK)
        assert values(answer) == [None, None, 1, 1, None, None]
        assert complete(answer) == [False, False, True, True, False, False]

    def test_a_silent_week_inside_one_file(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, ad_performance=[ad("2026-06-01", clicks=1), ad("2026-06-28", clicks=1)])
        answer = ask(snapshot, "clicks ctr", WEEKS, Grain.WEEK)
        assert values(answer) == [1, 0, 0, 1, None, None, None, None]
        assert all(complete(answer))

    def test_a_week_missing_between_two_files(self, tmp_path: Path) -> None:
        rows = [*daily("2026-06-01", "2026-06-07"), *daily("2026-06-22", "2026-06-28", load_id=2)]
        answer = ask(toy(tmp_path, [load(1), load(2)], ad_performance=rows), "clicks", WEEKS, Grain.WEEK)
        assert values(answer) == [7, None, None, 7]
        assert complete(answer) == [True, False, False, True]

    def test_a_silent_weekend_between_two_files(self, tmp_path: Path) -> None:
        rows = [*daily("2026-06-01", "2026-06-05"), *daily("2026-06-08", "2026-06-12", load_id=2)]
        snapshot = toy(tmp_path, [load(1), load(2)], ad_performance=rows)
        assert values(ask(snapshot, "clicks", period("2026-06-04", "2026-06-08"), Grain.DAY)) == [1, 1, 0, 0, 1]

    def test_a_segment_silent_at_first(self, tmp_path: Path) -> None:
        rows = [*daily("2026-06-01", "2026-06-28"), ad("2026-06-20", campaign="New", clicks=5)]
        answer = ask(toy(tmp_path, ad_performance=rows), "clicks", WEEKS, Grain.WEEK, split=("campaign",))
        assert values(answer) == [7, 7, 7, 7, 0, 0, 5, 0]


def test_a_total_is_complete_for_any_range(tmp_path: Path) -> None:
    snapshot = toy(tmp_path, ad_performance=daily("2026-06-01", "2026-06-28"))
    assert complete(ask(snapshot, "spend", period("2026-06-03", "2026-06-17"))) == [True]
    assert complete(ask(snapshot, "spend", period("2026-06-03", "2026-06-29"))) == [False]


def test_what_is_loaded_is_asked_once_for_each_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = toy(tmp_path, ad_performance=daily("2026-06-01", "2026-06-28"))
    asked: list[str] = []
    arrow = snapshot.arrow

    def counting(sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        asked.append(sql)
        return arrow(sql, parameters)

    monkeypatch.setattr(snapshot, "arrow", counting)
    for kpi in ("spend", "ctr", "roas"):
        ask(snapshot, kpi, WEEKS)
    assert len(asked) == 4
    other = toy(tmp_path, ad_performance=daily("2026-06-01", "2026-06-07"))
    assert ask(other, "clicks", WEEKS).value("clicks") == 7
