"""What meets in the warehouse: levels, periods, filters, ages; the order of loading never matters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.exports.batch import Batch, Options
from connectors.exports.load import load_files
from core.config import Home
from tests.connectors.exports import search_console
from tests.connectors.exports.case import date_file
from tests.connectors.exports.damaged import HEADER, changed, google
from tests.connectors.exports.search_console import DAYS, FILTERED, SITE, data, members, weekly
from tests.connectors.exports.writers import plain, rows_of
from warehouse.datasets import AD_PERFORMANCE, SEARCH_TERMS
from warehouse.writer import trying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.connectors.exports.case import Export
    from warehouse.contract import Dataset

ROOT: Final = Path(__file__).parents[3]
APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
BY_GROUP: Final = ("Ad group", *HEADER)


def report(folder: Path, name: str, rows: Sequence[Sequence[str]], day: date, header: Sequence[str] = HEADER) -> Path:
    """A Google Ads report downloaded on *day*."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    path.write_text(google(*rows, header=header), encoding="utf-8")
    return date_file(path, day)


def costs(home: Home) -> list[tuple[Any, ...]]:
    """What is in, in short."""
    return rows_of(home, "ad_performance", ["day", "account", "campaign", "ad_group", "cost"])


def in_march(day: int, campaign: str, cost: str) -> list[str]:
    """A row of a campaign."""
    return changed(day=f"2026-03-{day:02d}", campaign=campaign, cost=cost)


def expected(*rows: tuple[int, str | None, str, str | None, int]) -> list[tuple[object, ...]]:
    """Rows as `costs` gives them."""
    found = [(date(2026, 3, day), account, name, group, Decimal(cost)) for day, account, name, group, cost in rows]
    return sorted(found, key=repr)


def test_what_gave_way_as_older_is_loaded_when_it_turns_out_to_be_newer(home: Home, tmp_path: Path) -> None:
    told = Options(account="one")
    load_files(home, [report(tmp_path, "new.csv", [in_march(1, "A", "20.00")], MAY)], told)
    late = report(tmp_path, "late.csv", [in_march(1, "A", "30.00")], APRIL)
    (older,) = load_files(home, [late], told)
    (again,) = load_files(home, [late], told)
    assert (older.rows_loaded, older.rows_rejected) == (0, 1)
    assert "loaded before" in again.message
    (newer,) = load_files(home, [date_file(late, JUNE)], told)
    assert newer.rows_replaced == 1
    assert costs(home) == expected((1, "one", "A", None, 30))


def test_a_copy_that_does_not_say_whose_it_is_any_more_changes_nothing(home: Home, tmp_path: Path) -> None:
    named = report(tmp_path, "named.csv", [in_march(1, "A", "20.00")], APRIL)
    load_files(home, [named], Options(account="one"))
    copied = named.rename(tmp_path / "copy.csv")
    (copy,) = load_files(home, [copied])
    assert copy.message == "This file was loaded before, as named.csv; nothing changed."
    whole = zip_of(case_named("english zip"), tmp_path / "whole", APRIL)
    load_files(home, [whole])
    before = totals(home)
    results = load_files(home, [whole.rename(tmp_path / "site in june.zip")])
    assert not any(result.rows_loaded for result in results)
    assert totals(home) == before
    assert costs(home) == expected((1, "one", "A", None, 20))


def test_a_newer_export_at_another_level_replaces_its_accounts_days_and_only_these(home: Home, tmp_path: Path) -> None:
    old = [in_march(day, campaign, "10.00") for day in (1, 2, 3) for campaign in ("A", "B")]
    load_files(home, [report(tmp_path, "one.csv", old, APRIL)], Options(account="one"))
    load_files(home, [report(tmp_path, "two.csv", [in_march(2, "A", "20.00")], APRIL)], Options(account="two"))
    finer = [[group, *in_march(2, "A", "4.00")] for group in ("Hot", "Cold")]
    (result,) = load_files(home, [report(tmp_path, "groups.csv", finer, MAY, BY_GROUP)], Options(account="one"))
    assert "2 older rows at another level" in result.message
    assert costs(home) == expected(
        (1, "one", "A", None, 10),
        (1, "one", "B", None, 10),
        (2, "one", "A", "Cold", 4),
        (2, "one", "A", "Hot", 4),
        (2, "two", "A", None, 20),
        (3, "one", "A", None, 10),
        (3, "one", "B", None, 10),
    )


def test_an_older_export_at_another_level_gives_way_on_those_days_only(home: Home, tmp_path: Path) -> None:
    finer = [[group, *in_march(2, "A", "4.00")] for group in ("Hot", "Cold")]
    load_files(home, [report(tmp_path, "groups.csv", finer, MAY, BY_GROUP)])
    old = [in_march(day, "A", "10.00") for day in (1, 2, 3)]
    (result,) = load_files(home, [report(tmp_path, "one.csv", old, APRIL)])
    assert (result.rows_loaded, result.rows_rejected) == (2, 1)
    assert costs(home) == expected(
        (1, None, "A", None, 10), (2, None, "A", "Cold", 4), (2, None, "A", "Hot", 4), (3, None, "A", None, 10)
    )


def totals(home: Home, where: str = "filters = ''") -> list[tuple[Any, ...]]:
    """What the site's totals are."""
    return rows_of(home, f"search_totals WHERE {where}", ["day", "day_end", "site", "clicks"])


def zip_of(case: Export, folder: Path, day: date) -> Path:
    """A zip of Search Console."""
    return case.save(folder, None, day)


def case_named(name: str) -> Export:
    """One of Search Console's cases."""
    return next(case for case in search_console.CASES if case.name == name)


def test_a_filtered_export_never_touches_a_sites_totals(home: Home, tmp_path: Path) -> None:
    load_files(home, [zip_of(case_named("english zip"), tmp_path / "whole", APRIL)])
    before = totals(home)
    results = load_files(home, [zip_of(case_named("english zip with filters"), tmp_path / "part", MAY)])
    assert {result.status for result in results} == {"loaded", "empty"}
    assert f"exported with filters ({FILTERED})" in results[0].message
    assert totals(home) == before
    assert len(totals(home, "filters <> ''")) == DAYS


def test_tables_never_feed_a_sites_totals(home: Home, tmp_path: Path) -> None:
    load_files(home, [zip_of(case_named("english zip"), tmp_path, APRIL)])
    assert sum(row[3] for row in totals(home)) == sum(row["clicks"] for row in data()["search_totals"])


def test_weeks_and_days_never_stand_side_by_side(home: Home, tmp_path: Path) -> None:
    load_files(home, [zip_of(case_named("weeks"), tmp_path / "weeks", APRIL)])
    load_files(home, [zip_of(case_named("english zip"), tmp_path / "days", MAY)])
    days = [(row["day"], row["day_end"], SITE, row["clicks"]) for row in data()["search_totals"]]
    second_week = [(row["day"], row["day_end"], SITE, row["clicks"]) for row in weekly()[1:]]
    assert totals(home) == sorted(days + second_week, key=repr)


@pytest.mark.parametrize("asked", ["folder", "file"])
def test_an_unpacked_folder_is_read_like_the_zip(home: Home, tmp_path: Path, asked: str) -> None:
    case = case_named("polish zip of an address")
    folder = tmp_path / "https___www.shop.example_pl_-Performance-on-Search-2026-04-01"
    folder.mkdir()
    for name, content in members(case.write(case.data)).items():
        (folder / name).write_bytes(content)
    load_files(home, [folder] if asked == "folder" else [folder / "Zapytania.csv"])
    columns = ["day", "day_end", "site", "search_type", "slice", "query", "clicks"]
    rows = case.data["search_performance"]
    chosen = rows if asked == "folder" else [row for row in rows if row["slice"] == "query"]
    assert rows_of(home, "search_performance", columns) == sorted(
        (tuple(row.get(column) for column in columns) for row in chosen), key=repr
    )


def test_filters_beside_an_unpacked_table_count(home: Home, tmp_path: Path) -> None:
    case = case_named("english zip with filters")
    for name, content in members(case.write(case.data)).items():
        (tmp_path / name).write_bytes(content)
    load_files(home, [tmp_path / "Chart.csv"], Options(account=SITE))
    assert rows_of(home, "search_totals", ["filters"]) == [(FILTERED,)] * DAYS


def test_tables_of_two_exports_in_one_folder_are_refused(home: Home, tmp_path: Path) -> None:
    case = case_named("english zip")
    for name, content in members(case.write(case.data)).items():
        (tmp_path / name).write_bytes(content)
    shutil.copyfile(tmp_path / "Chart.csv", tmp_path / "Chart (1).csv")
    (result,) = load_files(home, [tmp_path / "Queries.csv"])
    assert result.status == "refused"
    assert "Chart (1).csv, Chart.csv" in result.message


def test_a_table_alone_says_that_its_days_are_missing(home: Home, tmp_path: Path) -> None:
    case = case_named("english zip")
    (tmp_path / "Queries.csv").write_bytes(members(case.write(case.data))["Queries.csv"])
    (result,) = load_files(home, [tmp_path / "Queries.csv"])
    assert result.status == "refused"
    assert "whole zip" in result.next_step


def test_the_day_in_the_name_counts_not_the_time_of_the_copy(home: Home, tmp_path: Path) -> None:
    case = case_named("english zip")
    newer = {**case.data, "search_totals": [{**row, "clicks": row["clicks"] + 9} for row in case.data["search_totals"]]}
    load_files(home, [case.save(tmp_path / "new", newer, MAY)])
    old = date_file(case.save(tmp_path / "old", case.data, APRIL), JUNE)
    load_files(home, [old])
    assert [row[3] for row in totals(home)] == [row["clicks"] + 9 for row in data()["search_totals"]]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no TZ")
def test_ages_are_compared_in_every_time_zone(tmp_path: Path) -> None:
    """An hour's difference counts also where the local time is hours from UTC."""
    text = google(in_march(1, "A", "1.00"))
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(text)
    new.write_text(text.replace("1.00", "2.00"))
    os.utime(old, (1_780_000_000, 1_780_000_000))
    os.utime(new, (1_780_003_600, 1_780_003_600))
    program = (
        "import sys; from pathlib import Path\n"
        "from core.config import Home; from connectors.exports.load import load_files\n"
        "home = Home(Path(sys.argv[1]))\n"
        "for name in sys.argv[2:]: load_files(home, [Path(name)])\n"
    )
    for zone, order in (("Asia/Tokyo", (new, old)), ("America/New_York", (old, new)), ("America/New_York", (new, old))):
        place = tmp_path / f"{zone.replace('/', '-')}-{order[0].stem}"
        command = [sys.executable, "-c", program, str(place), *map(str, order)]
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "TZ": zone})
        assert rows_of(Home(place), "ad_performance", ["cost"]) == [(Decimal(2),)], zone


def merged(order: Sequence[Path], dataset: Dataset, columns: str) -> list[tuple[Any, ...]]:
    """What is there after merging the files in this order, up to where it would be published."""
    with tempfile.TemporaryDirectory() as place, trying(Path(place)) as writer:
        writer.open_copy()
        Batch(writer, Path(place), Options()).load(order, lambda _name, _share: None)
        return sorted(map(plain, writer.run(f"SELECT {columns} FROM ({writer.held(dataset)})")), key=repr)


ROWS = st.lists(st.tuples(st.integers(1, 3), st.sampled_from("AB"), st.integers(1, 9)), max_size=4)
"""Campaigns of one name on one day are told apart by their place alone."""
SHAPES = st.sampled_from(["campaign", "group"])


# The same bytes twice are one export, whenever they were saved.
ORDERS = st.permutations(range(3)).filter(lambda order: order != [0, 1, 2])
CHAIN = [("campaign", [(1, "A", 1), (1, "B", 2)]), ("group", [(1, "A", 3)]), ("campaign", [(1, "A", 4)])]
"""The second gives way to the third, and must all the same keep the first's campaign B out."""


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.tuples(SHAPES, ROWS), min_size=3, max_size=3, unique_by=repr), ORDERS)
@example(CHAIN, [2, 1, 0])
@example(CHAIN, [2, 0, 1])
@example(CHAIN, [0, 2, 1])
def test_the_order_of_loading_does_not_matter(
    exports: list[tuple[str, list[tuple[int, str, int]]]], order: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = []
        for number, (shape, rows) in enumerate(exports):
            plain = [in_march(day, name, f"{cost}.00") for day, name, cost in rows]
            lines = plain if shape == "campaign" else [["Hot", *row] for row in plain]
            header = HEADER if shape == "campaign" else BY_GROUP
            paths.append(report(folder, f"{number}.csv", lines, APRIL + timedelta(number), header))
        asked = (AD_PERFORMANCE, "day, campaign, ad_group, cost")
        assert merged([paths[place] for place in order], *asked) == merged(paths, *asked)


PERIODS = st.tuples(st.integers(1, 20), st.integers(0, 9), st.integers(1, 9))


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.lists(PERIODS, min_size=3, max_size=3, unique=True), ORDERS)
@example([(1, 9, 1), (8, 9, 2), (15, 9, 3)], [2, 1, 0])
@example([(1, 9, 1), (8, 9, 2), (15, 9, 3)], [2, 0, 1])
def test_the_order_of_loading_does_not_matter_for_periods(
    exports: list[tuple[int, int, int]], order: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = []
        for number, (first, length, clicks) in enumerate(exports):
            path = folder / f"{number}.csv"
            last = date(2026, 3, first) + timedelta(length)
            title = f"Search terms report\n{first} March 2026 - {last.day} {last:%B} 2026\n"
            path.write_text(f"{title}Search term,Campaign,Impr.,Clicks\ncar,A,100,{clicks}\n")
            paths.append(date_file(path, APRIL + timedelta(number)))
        asked = (SEARCH_TERMS, "day, day_end, clicks")
        assert merged([paths[place] for place in order], *asked) == merged(paths, *asked)


def test_a_column_that_a_newer_export_has_not_is_told_where_it_was_known(home: Home, tmp_path: Path) -> None:
    load_files(home, [report(tmp_path, "all.csv", [in_march(2, "Brand", "10.00"), in_march(3, "Brand", "20.00")], MAY)])
    without = [cells[:-1] for cells in (in_march(2, "Brand", ""), in_march(3, "Brand", ""))]
    (result,) = load_files(home, [report(tmp_path, "less.csv", without, JUNE, HEADER[:-1])])
    told = "2 rows had cost so far, and this export has no such column: it is unknown for them now."
    assert told in result.notes
    assert rows_of(home, "ad_performance", ["cost"]) == [(None,), (None,)]


def test_a_file_whose_rows_gave_way_says_so_and_counts_again_only_when_it_is_asked_to(
    home: Home, tmp_path: Path
) -> None:
    right = report(tmp_path, "right.csv", [in_march(2, "Brand", "10.00"), in_march(3, "Brand", "20.00")], MAY)
    wrong = report(tmp_path, "wrong.csv", [in_march(2, "Brand", "3.00")], JUNE)
    load_files(home, [right])
    load_files(home, [wrong])
    # The same bytes are the same export, however young the file is.
    (result,) = load_files(home, [date_file(right, date(2026, 7, 1))])
    assert (result.rows_loaded, result.rows_replaced, result.rows_rejected, result.rows_read) == (0, 1, 1, 2)
    assert result.message.endswith("nothing changed. Exports that count as newer stand in place of 1 of its rows.")
    assert "--again" in result.next_step
    assert [cost for *_rest, cost in costs(home)] == [Decimal(3), Decimal(20)]
    (result,) = load_files(home, [right], Options(again=True))
    assert (result.rows_loaded, result.rows_replaced, result.gave_way) == (0, 2, 0)
    assert result.message.startswith("2 rows are in.")
    assert [cost for *_rest, cost in costs(home)] == [Decimal(10), Decimal(20)]
    (result,) = load_files(home, [right])
    assert (result.rows_replaced, result.gave_way) == (2, 0)
    (result,) = load_files(home, [wrong])
    assert (result.rows_replaced, result.gave_way) == (0, 1)
