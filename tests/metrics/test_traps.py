"""Each class names a way in which numbers go wrong, shows its toy rows, and what must come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.period import Calendar, Grain
from tests.metrics.toy import ad, ask, by_query, complete, load, period, total, toy, values

if TYPE_CHECKING:
    from pathlib import Path

JUNE = period("2026-06-01", "2026-06-30")


class TestAverageOfRatios:
    """Monday 1 of 10 clicked, Tuesday 50 of 100: together 51 of 110, not the average of 10 % and 50 %."""

    rows = (ad("2026-06-01", impressions=10, clicks=1), ad("2026-06-02", impressions=100, clicks=50))

    def test_over_time(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, ad_performance=self.rows)
        assert values(ask(snapshot, "ctr", period("2026-06-01", "2026-06-02"), Grain.DAY)) == [0.1, 0.5]
        assert ask(snapshot, "ctr", JUNE, Grain.MONTH).value("ctr") == 51 / 110

    def test_over_segments(self, tmp_path: Path) -> None:
        rows = [row | {"campaign": name} for row, name in zip(self.rows, "ab", strict=True)]
        snapshot = toy(tmp_path, ad_performance=rows)
        assert values(ask(snapshot, "ctr", JUNE, split=("campaign",))) == [0.1, 0.5]
        assert ask(snapshot, "ctr", JUNE).value("ctr") == 51 / 110

    def test_average_position_is_weighted_by_impressions(self, tmp_path: Path) -> None:
        # position 2 shown 10 times, position 8 shown 90 times: (20 + 720) / 100
        rows = [
            total("2026-06-01", impressions=10, position_sum=20),
            total("2026-06-02", impressions=90, position_sum=720),
        ]
        assert ask(toy(tmp_path, search_totals=rows), "average_position", JUNE).value("average_position") == 7.4


class TestNullKeys:
    """Rows without a campaign are a segment of their own: not lost, not mixed with the empty name, and last."""

    def test_they_stay(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", campaign=name, clicks=n) for n, name in enumerate((None, "", "Zeta", "Alpha"), 1)]
        answer = ask(toy(tmp_path, ad_performance=rows), "clicks", JUNE, split=("campaign",))
        assert list(answer.table["campaign"]) == ["", "Alpha", "Zeta", None]
        assert values(answer) == [2, 4, 3, 1]

    def test_two_dimensions(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", campaign=None, device=None, clicks=1), ad("2026-06-01", device="mobile", clicks=2)]
        answer = ask(toy(tmp_path, ad_performance=rows), "clicks", JUNE, split=("campaign", "device"))
        assert answer.table[["campaign", "device"]].to_numpy().tolist() == [["Brand", "mobile"], [None, None]]
        assert values(answer) == [2, 1]


class TestZeroDenominators:
    """No clicks, so no cost per click: not 0, not infinity."""

    def test_no_value(self, tmp_path: Path) -> None:
        answer = ask(toy(tmp_path, ad_performance=[ad("2026-06-01", clicks=0, cost=5, impressions=0)]), "cpc ctr", JUNE)
        assert values(answer) == [None, None]
        assert list(answer.table["numerator"]) == [5, 0]
        assert list(answer.table["denominator"]) == [0, 0]


class TestUnknownIsNotZero:
    """A platform that does not report conversions has unknown ones; a quiet day has none."""

    def test_rows_that_do_not_say(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", clicks=3, cost=1), ad("2026-06-02", clicks=1, cost=1, conversions=2)]
        answer = ask(toy(tmp_path, ad_performance=rows), "conversions", period("2026-06-01", "2026-06-02"), Grain.DAY)
        assert values(answer) == [None, 2]

    def test_a_quiet_day_between_loaded_ones(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", clicks=3, cost=1), ad("2026-06-03", clicks=1, cost=1)]
        answer = ask(toy(tmp_path, ad_performance=rows), "clicks cpc", period("2026-05-31", "2026-06-04"), Grain.DAY)
        assert values(answer, "clicks") == [None, 3, 0, 1, None]
        assert values(answer, "cpc") == [None, pytest.approx(1 / 3), None, 1, None]


class TestFilterNobodyMatches:
    """A filter without rows gives no value, and never the value of all rows."""

    def test_source_not_loaded(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, ad_performance=[ad("2026-06-01", clicks=3)])
        answer = ask(snapshot, "clicks ctr", JUNE, Grain.MONTH, where={"platform": ("meta_ads",)})
        assert values(answer) == [None, None]
        assert complete(answer) == [False, False]

    def test_name_never_seen(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, ad_performance=[ad("2026-06-01", clicks=3)])
        assert ask(snapshot, "clicks", JUNE, where={"campaign": ("Nonsense",)}).value("clicks") is None


class TestFilteredExports:
    """An export made with a filter on in Search Console says nothing about the site."""

    def test_they_do_not_count(self, tmp_path: Path) -> None:
        rows = [total("2026-06-01", clicks=10), total("2026-06-01", clicks=4, filters="country=pol")]
        assert ask(toy(tmp_path, search_totals=rows), "organic_clicks", JUNE).value("organic_clicks") == 10

    def test_nothing_else_loaded(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, search_totals=[total("2026-06-01", clicks=4, filters="country=pol")])
        assert ask(snapshot, "organic_clicks", JUNE).value("organic_clicks") is None


class TestSlicesOfTheSameClicks:
    """The same click stands in the rows by query and in the rows by page: they are never added."""

    rows = (
        by_query("2026-06-01", clicks=8, impressions=100),
        by_query("2026-06-01", query="crm", clicks=1, impressions=20),
        by_query("2026-06-01", query=None, slice="page", page="/a", clicks=9, impressions=150),
        by_query("2026-06-01", query=None, slice="device", device="mobile", clicks=5, impressions=70),
    )

    def test_each_kpi_reads_one_slice(self, tmp_path: Path) -> None:
        answer = ask(toy(tmp_path, search_performance=self.rows), "query_clicks page_clicks query_ctr page_ctr", JUNE)
        assert values(answer) == [9, 9, 9 / 120, 9 / 150]
        assert answer.statements == 1

    def test_split_by_query(self, tmp_path: Path) -> None:
        answer = ask(toy(tmp_path, search_performance=self.rows), "query_clicks", JUNE, split=("query",))
        assert list(answer.table["query"]) == ["crm", "erp"]
        assert values(answer) == [1, 8]


class TestPositionlessResults:
    """Discover reports no position: its impressions must not push the average down."""

    def test_only_rows_with_a_position_count(self, tmp_path: Path) -> None:
        rows = [
            total("2026-06-01", impressions=100, position_sum=500),
            total("2026-06-01", search_type="discover", impressions=900, position_sum=None),
        ]
        answer = ask(toy(tmp_path, search_totals=rows), "average_position organic_impressions", JUNE)
        assert values(answer) == [5, 1000]
        assert answer.warnings == ()


class TestRowsForSeveralDays:
    """A row for 1–28 June belongs to June, and to no single week of it."""

    rows = (by_query("2026-06-01", "2026-06-28", clicks=28, impressions=280),)

    def test_counts_where_it_lies_wholly_inside(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, search_performance=self.rows)
        assert ask(snapshot, "query_clicks", JUNE, Grain.MONTH).value("query_clicks") == 28
        assert ask(snapshot, "query_clicks", period("2026-06-01", "2026-06-28")).value("query_clicks") == 28

    def test_counts_nowhere_else(self, tmp_path: Path) -> None:
        answer = ask(toy(tmp_path, search_performance=self.rows), "query_clicks query_ctr", JUNE, Grain.WEEK)
        assert values(answer) == [None] * 10
        assert not any(complete(answer))
        assert [caution.concern for caution in answer.warnings] == ["periods_left_out"]

    def test_not_in_a_range_that_cuts_it(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, search_performance=self.rows)
        assert ask(snapshot, "query_clicks", period("2026-06-02", "2026-06-30")).value("query_clicks") is None
        assert ask(snapshot, "query_clicks", period("2026-05-01", "2026-06-27")).value("query_clicks") is None

    def test_beside_daily_rows_a_torn_bucket_is_not_complete(self, tmp_path: Path) -> None:
        # The week of 1 June has daily rows to Wednesday and a row from Thursday into the next week.
        rows = [total(f"2026-06-0{day}", clicks=1) for day in (1, 2, 3)]
        rows += [total("2026-06-04", "2026-06-09", clicks=60), total("2026-06-10", "2026-06-14", clicks=50)]
        answer = ask(
            toy(tmp_path, search_totals=rows), "organic_clicks", period("2026-06-01", "2026-06-14"), Grain.WEEK
        )
        assert values(answer) == [3, 50]
        assert complete(answer) == [False, False]


class TestCalendarEdges:
    """Weeks across New Year, week 53, and 29 February."""

    def test_a_week_belongs_to_two_years(self, tmp_path: Path) -> None:
        # Monday 28 December 2026 to Sunday 3 January 2027 is one week, the 53rd.
        rows = [ad(day, clicks=1) for day in ("2026-12-27", "2026-12-28", "2026-12-31", "2027-01-01", "2027-01-03")]
        snapshot = toy(tmp_path, ad_performance=rows)
        weeks = period("2026-12-21", "2027-01-03")
        assert values(ask(snapshot, "clicks", weeks, Grain.WEEK)) == [1, 4]
        assert values(ask(snapshot, "clicks", weeks, Grain.YEAR)) == [3, 2]

    def test_leap_day(self, tmp_path: Path) -> None:
        rows = [ad(day, clicks=1) for day in ("2024-02-28", "2024-02-29", "2024-03-01")]
        snapshot = toy(tmp_path, ad_performance=rows)
        days = period("2024-02-01", "2024-03-31")
        assert values(ask(snapshot, "clicks", days, Grain.MONTH)) == [2, 1]
        assert values(ask(snapshot, "clicks", period("2024-02-28", "2024-03-01"), Grain.DAY)) == [1, 1, 1]

    def test_quarters_of_a_year_that_starts_in_february(self, tmp_path: Path) -> None:
        rows = [ad(day, clicks=n) for n, day in enumerate(("2026-01-31", "2026-02-01", "2026-04-30", "2026-05-01"), 1)]
        snapshot = toy(tmp_path, ad_performance=rows)
        days = period("2026-01-01", "2026-07-31")
        assert values(ask(snapshot, "clicks", days, Grain.QUARTER, calendar=Calendar(fiscal_year_starts=2))) == [
            1,
            5,
            4,
        ]

    def test_clipped_ends_are_shown_and_not_complete(self, tmp_path: Path) -> None:
        rows = [ad(f"2026-06-{day:02d}", clicks=1) for day in range(1, 31)]
        answer = ask(toy(tmp_path, ad_performance=rows), "clicks", period("2026-06-03", "2026-06-16"), Grain.WEEK)
        starts = [day.date().isoformat() for day in answer.table["period_start"]]
        ends = [day.date().isoformat() for day in answer.table["period_end"]]
        assert starts == ["2026-06-03", "2026-06-08", "2026-06-15"]
        assert ends == ["2026-06-07", "2026-06-14", "2026-06-16"]
        assert values(answer) == [5, 7, 2]
        assert complete(answer) == [False, True, False]


class TestSameNamesInTwoAccounts:
    """Two accounts have a campaign Brand: one segment by campaign, two by account and campaign."""

    def test_split(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", clicks=1), ad("2026-06-01", account="B", clicks=2)]
        snapshot = toy(tmp_path, [load(1)], ad_performance=rows)
        assert values(ask(snapshot, "clicks", JUNE, split=("campaign",))) == [3]
        assert values(ask(snapshot, "clicks", JUNE, split=("account", "campaign"))) == [1, 2]


class TestManySegments:
    """Each segment seen in the range has all its periods, also those in which it was silent."""

    def test_dense(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", campaign="a", clicks=1), ad("2026-06-03", campaign="b", clicks=2)]
        days = period("2026-06-01", "2026-06-03")
        table = ask(toy(tmp_path, ad_performance=rows), "clicks", days, Grain.DAY, split=("campaign",)).table
        wide = table.pivot_table("value", "campaign", "period_start", dropna=False)
        assert wide.to_numpy().tolist() == [[1, 0, 0], [0, 0, 2]]
        assert pd.api.types.is_float_dtype(table["value"])
