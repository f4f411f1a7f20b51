"""Rules 1 and 2 of loading, and what they mean at the edges: each trap is a test of its own."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import duckdb
import pytest

from core.errors import BrokenWarehouseError
from tests.warehouse.merging import Table, ad, searched, table
from warehouse.coverage import Incoming, Span
from warehouse.loads import Load
from warehouse.merge import Merge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def ads(tmp_path: Path) -> Iterator[Table]:
    with table(tmp_path, "ad_performance") as found:
        yield found


@pytest.fixture
def search(tmp_path: Path) -> Iterator[Table]:
    with table(tmp_path, "search_performance") as found:
        yield found


class TestDaysAreRestated:
    def test_a_newer_export_replaces_equal_keys(self, ads: Table) -> None:
        ads.load(ad(1, 10), ad(2, 10), exported=1)
        assert ads.load(ad(2, 12), ad(3, 10), exported=2) == Merge(loaded=1, replaced=1, superseded=0, removed=0)
        assert ads.by_day() == {1: 10, 2: 12, 3: 10}

    def test_rows_that_only_the_old_one_had_stay(self, ads: Table) -> None:
        ads.load(ad(1, 10), ad(1, 5, campaign="Generic"), exported=1)
        ads.load(ad(1, 12), exported=2)
        assert ads.rows("campaign", "clicks") == [("Brand", 12), ("Generic", 5)]

    def test_the_same_rows_again_change_nothing(self, ads: Table) -> None:
        rows = [ad(1, 10), ad(2, 20)]
        ads.load(*rows, exported=1)
        assert ads.load(*rows, exported=1) == Merge(0, replaced=2, superseded=0, removed=0)
        assert ads.by_day() == {1: 10, 2: 20}

    def test_without_a_moment_of_export_the_later_load_counts(self, ads: Table) -> None:
        ads.load(ad(1, 10))
        ads.load(ad(1, 12))
        assert ads.by_day() == {1: 12}

    def test_a_restated_row_takes_all_its_columns_from_the_newer_export(self, ads: Table) -> None:
        ads.load(ad(1, 10, currency="EUR", cost="5.5"), exported=1)
        ads.load(ad(1, 12, currency="PLN"), exported=2)
        assert ads.rows("clicks", "currency", "cost", "load_id") == [(12, "PLN", None, 2)]


class TestAnOlderExportComesAfterANewerOne:
    def test_the_newer_rows_stay_and_the_older_ones_are_reported(self, ads: Table) -> None:
        ads.load(ad(1, 12), exported=2)
        assert ads.load(ad(1, 10), ad(2, 20), exported=1) == Merge(1, 0, superseded=1, removed=0)
        assert ads.by_day() == {1: 12, 2: 20}
        assert ads.lane.run("SELECT line FROM superseded") == [(1,)]

    def test_rows_that_only_the_older_one_has_are_added(self, ads: Table) -> None:
        ads.load(ad(1, 12), exported=2)
        ads.load(ad(1, 10), ad(1, 5, campaign="Generic"), exported=1)
        assert ads.rows("campaign", "clicks") == [("Brand", 12), ("Generic", 5)]

    @pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
    def test_the_order_of_loading_does_not_matter(self, ads: Table, order: tuple[int, ...]) -> None:
        exports = {
            1: [ad(1, 10), ad(2, 10), ad(2, 1, campaign="Generic")],
            2: [ad(2, 20), ad(3, 20)],
            3: [ad(3, 30), ad(4, 30)],
        }
        for moment in order:
            ads.load(*exports[moment], exported=moment)
        assert ads.by_day() == {1: 10, 2: 20 + 1, 3: 30, 4: 30}


class TestTheLevelChanges:
    """One level per account and day: campaigns and their ads would count everything twice."""

    def test_a_finer_export_takes_the_place_of_the_coarser_one(self, ads: Table) -> None:
        ads.load(ad(1, 10), ad(2, 10), ad(3, 10), exported=1)
        merged = ads.load(
            *(ad(day, 5, ad=name, shape="campaign,ad") for day in (2, 3) for name in ("A", "B")), exported=2
        )
        assert merged == Merge(loaded=4, replaced=0, superseded=0, removed=2)
        assert ads.by_day() == {1: 10, 2: 10, 3: 10}
        assert [row for row in ads.rows("day", "ad") if row[1] is None] == ads.rows("day", "ad")[:1]

    def test_a_coarser_export_takes_the_place_of_the_finer_one(self, ads: Table) -> None:
        ads.load(*(ad(1, 5, ad=name, shape="campaign,ad") for name in ("A", "B")), exported=1)
        assert ads.load(ad(1, 11), exported=2) == Merge(1, 0, 0, removed=2)
        assert ads.rows("ad", "clicks") == [(None, 11)]

    def test_an_older_export_at_another_level_is_kept_out(self, ads: Table) -> None:
        ads.load(*(ad(1, 5, ad=name, shape="campaign,ad") for name in ("A", "B")), exported=2)
        assert ads.load(ad(1, 9), ad(2, 9), exported=1) == Merge(1, 0, superseded=1, removed=0)
        assert ads.by_day() == {1: 10, 2: 9}

    def test_other_accounts_and_platforms_keep_theirs(self, ads: Table) -> None:
        ads.load(ad(1, 10), ad(1, 10, account="B"), ad(1, 10, platform="meta_ads"), exported=1)
        ads.load(ad(1, 5, ad="A", shape="campaign,ad"), exported=2)
        found = ads.rows("platform", "account", "clicks")
        assert found == [("google_ads", "A", 5), ("google_ads", "B", 10), ("meta_ads", "A", 10)]

    def test_a_further_breakdown_is_another_level(self, ads: Table) -> None:
        """Rows by device and rows without it add up to the same clicks twice."""
        ads.load(
            ad(1, 6, device="mobile", shape="campaign,device"), ad(1, 4, device="desktop", shape="campaign,device")
        )
        ads.load(ad(1, 10))
        assert ads.by_day() == {1: 10}


class TestAccounts:
    def test_an_unknown_account_equals_an_unknown_account(self, ads: Table) -> None:
        ads.load(ad(1, 10, account=None), exported=1)
        assert ads.load(ad(1, 12, account=None), exported=2).replaced == 1
        assert ads.by_day() == {1: 12}

    def test_an_unknown_account_is_not_a_known_one(self, ads: Table) -> None:
        ads.load(ad(1, 10, account=None), exported=1)
        assert ads.load(ad(1, 12), exported=2) == Merge(1, 0, 0, 0)
        assert ads.rows("account", "clicks") == [("A", 12), (None, 10)]

    def test_the_same_campaign_name_in_two_accounts_stays_apart(self, ads: Table) -> None:
        ads.load(ad(1, 10), ad(1, 20, account="B"), exported=1)
        ads.load(ad(1, 11), exported=2)
        assert ads.rows("account", "clicks") == [("A", 11), ("B", 20)]

    def test_an_unknown_name_equals_an_unknown_name(self, ads: Table) -> None:
        ads.load(ad(1, 10, campaign=None), exported=1)
        ads.load(ad(1, 12, campaign=None), exported=2)
        assert ads.rows("campaign", "clicks") == [(None, 12)]


class TestNamesThatCollide:
    def test_rows_that_share_all_names_are_told_apart_by_their_occurrence(self, ads: Table) -> None:
        ads.load(ad(1, 10, occurrence=1), ad(1, 20, occurrence=2), exported=1)
        assert ads.load(ad(1, 11, occurrence=1), ad(1, 21, occurrence=2), exported=2).replaced == 2
        assert ads.rows("occurrence", "clicks") == [(1, 11), (2, 21)]

    @pytest.mark.parametrize("first", [1, 2])
    def test_a_newer_export_speaks_for_all_rows_of_a_name(self, ads: Table, first: int) -> None:
        """Were the third of three kept beside the new two, 30 would be there twice."""
        exports = {
            1: [ad(1, 10, occurrence=1), ad(1, 20, occurrence=2), ad(1, 30, occurrence=3), ad(1, 5, campaign="Other")],
            2: [ad(1, 20, occurrence=1), ad(1, 30, occurrence=2)],
        }
        for number in (first, 3 - first):
            ads.load(*exports[number], exported=number)
        assert ads.rows("campaign", "occurrence", "clicks") == [("Brand", 1, 20), ("Brand", 2, 30), ("Other", 1, 5)]

    def test_a_campaign_that_was_renamed_is_the_same_by_its_number(self, ads: Table) -> None:
        ads.load(ad(1, 10, campaign_id="77", campaign="Brand"), exported=1)
        assert ads.load(ad(1, 12, campaign_id="77", campaign="Brand 2026"), exported=2).replaced == 1
        assert ads.rows("campaign", "clicks") == [("Brand 2026", 12)]

    def test_two_campaigns_of_one_name_are_two_by_their_numbers(self, ads: Table) -> None:
        ads.load(ad(1, 10, campaign_id="77"), ad(1, 20, campaign_id="78"), exported=1)
        assert ads.load(ad(1, 12, campaign_id="77"), exported=2).replaced == 1
        assert ads.rows("campaign_id", "clicks") == [("77", 12), ("78", 20)]

    def test_where_some_rows_lack_a_number_their_names_count(self, ads: Table) -> None:
        ads.load(ad(1, 10, campaign_id="77"), ad(1, 20, campaign="Other"), exported=1)
        assert ads.load(ad(1, 21, campaign="Other"), exported=2).replaced == 1
        assert ads.rows("campaign", "clicks") == [("Brand", 10), ("Other", 21)]


class TestPeriods:
    """Periods of one scope never overlap: the same clicks would count twice."""

    def test_the_same_period_is_restated(self, search: Table) -> None:
        search.load(searched(1, 7, 10), searched(1, 7, 5, query="crm"), exported=1)
        assert search.load(searched(1, 7, 12), exported=2) == Merge(0, 1, 0, 0)
        assert search.rows("query", "clicks") == [("crm", 5), ("erp", 12)]

    def test_periods_that_follow_each_other_both_stay(self, search: Table) -> None:
        search.load(searched(1, 7, 10), exported=1)
        assert search.load(searched(8, 14, 20), exported=2) == Merge(1, 0, 0, 0)
        assert search.by_day() == {1: 10, 8: 20}

    @pytest.mark.parametrize(("first", "last"), [(1, 6), (2, 7), (1, 30), (7, 14), (4, 4)])
    def test_a_newer_period_that_overlaps_takes_the_place(self, search: Table, first: int, last: int) -> None:
        search.load(searched(1, 7, 10), searched(1, 7, 5, query="crm"), searched(20, 21, 3), exported=1)
        gone = 3 if last == 30 else 2
        assert search.load(searched(first, last, 8), exported=2) == Merge(1, 0, 0, removed=gone)
        assert search.rows("day", "clicks")[0][1] == 8
        assert sum(search.by_day().values()) == (8 if last == 30 else 8 + 3)

    def test_an_older_period_that_overlaps_is_kept_out(self, search: Table) -> None:
        search.load(searched(4, 10, 10), exported=2)
        assert search.load(searched(1, 7, 5), searched(11, 17, 7), exported=1) == Merge(1, 0, 1, 0)
        assert search.by_day() == {4: 10, 11: 7}

    def test_daily_rows_take_the_place_of_their_period(self, search: Table) -> None:
        search.load(searched(1, 7, 10), exported=1)
        assert search.load(searched(1, 1, 2), searched(2, 2, 3), exported=2) == Merge(2, 0, 0, removed=1)
        assert search.by_day() == {1: 2, 2: 3}

    def test_slices_and_filters_are_kept_apart(self, search: Table) -> None:
        """A filtered export never overwrites what was exported without filters."""
        search.load(searched(1, 7, 10), exported=1)
        search.load(searched(1, 7, 4, filters="Device: Mobile"), exported=2)
        search.load(searched(1, 3, 9, slice="page", query=None, page="/erp", shape="page"), exported=3)
        assert search.rows("filters", "slice", "clicks") == [
            ("", "page", 9),
            ("", "query", 10),
            ("Device: Mobile", "query", 4),
        ]


class TestWholeTables:
    """What the team keeps in a sheet: the newer sheet is the table."""

    @pytest.fixture
    def people(self, tmp_path: Path) -> Iterator[Table]:
        with table(tmp_path, "people") as found:
            yield found

    def test_a_newer_sheet_replaces_the_table_with_all_its_rows(self, people: Table) -> None:
        people.load({"person_id": "ada", "name": "Ada"}, {"person_id": "jan", "name": "Jan"}, exported=1)
        merged = people.load({"person_id": "ada", "name": "Ada K."}, {"person_id": "ola", "name": "Ola"}, exported=2)
        assert merged == Merge(loaded=1, replaced=1, superseded=0, removed=1)
        assert people.rows("person_id", "name") == [("ada", "Ada K."), ("ola", "Ola")]

    def test_an_older_sheet_is_kept_out_as_a_whole(self, people: Table) -> None:
        people.load({"person_id": "ada", "name": "Ada"}, exported=2)
        merged = people.load({"person_id": "ada", "name": "Ada K."}, {"person_id": "ola", "name": "Ola"}, exported=1)
        assert merged == Merge(0, 0, superseded=2, removed=0)
        assert people.rows("person_id", "name") == [("ada", "Ada")]


class TestAllOrNothing:
    def test_counts_that_do_not_add_up_undo_the_whole_merge(self, ads: Table) -> None:
        ads.load(ad(1, 10), exported=1)
        lane = ads.writer.lane()
        lane.run("CREATE TEMP TABLE staged AS SELECT * EXCLUDE (load_id), 1 AS file_line FROM target.ad_performance")
        wrong = Incoming((Span(("google_ads", "A"), 2, None, None),), {})
        with pytest.raises(BrokenWarehouseError, match="1 rows of ad_performance were added instead of 2"):
            ads.writer.merge(lane, Load(load_id=9, dataset="ad_performance"), wrong, lambda _merged: None)
        assert ads.rows("clicks", "load_id") == [(10, 1)]

    def test_a_failure_after_the_merge_undoes_it_too(self, ads: Table) -> None:
        """The rejected rows are written then: without them the load would not be whole."""
        ads.load(ad(1, 10), exported=1)
        ads.lane.run(
            "CREATE OR REPLACE TABLE staged AS SELECT * EXCLUDE (load_id), 1 AS file_line FROM target.ad_performance"
        )
        rows = Incoming((Span(("google_ads", "A"), 1, None, None),), {})

        def fail(merged: Merge) -> None:
            assert merged.replaced == 1
            ads.lane.run("SELECT no_such_column FROM staged")

        with pytest.raises(duckdb.BinderException):
            ads.writer.merge(ads.lane, Load(load_id=9, dataset="ad_performance"), rows, fail)
        assert ads.rows("clicks", "load_id") == [(10, 1)]

    def test_rows_are_kept_sorted_by_day(self, ads: Table, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("warehouse.merge.BLOCK", 2)
        ads.load(*(ad(day, day) for day in (9, 3, 27, 14, 1)), exported=1)
        days = ads.writer.run("SELECT day(day) FROM target.ad_performance ORDER BY rowid")
        assert days == [(1,), (3,), (9,), (14,), (27,)]
