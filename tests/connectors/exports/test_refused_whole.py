"""A file of which no row can be loaded is refused, its rows are kept with their reasons, and it may be tried again."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports.batch import Options
from connectors.exports.load import load_files
from core.language import use_language
from core.remarks import said_again
from tests.connectors.exports.damaged import HEADER, ROW, changed, google
from tests.connectors.exports.writers import delimited, rows_of
from warehouse.attempts import FOLDER, logged, rejected
from warehouse.datasets import REJECTS
from warehouse.doctor import examine
from warehouse.export import export
from warehouse.generations import current_generation
from warehouse.snapshot import open_snapshot
from warehouse.undo import clear, rollback, undone

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

MARCH_TENTH: Final = datetime(2026, 3, 10, tzinfo=UTC).timestamp()
HOPELESS: Final = google(changed(day="2026-02-31"), changed(cost="-4"))


def load(home: Home, path: Path, content: str, options: Options = Options()) -> FileResult:  # noqa: B008 - frozen
    """The one result of loading *content*."""
    path.write_text(content, encoding="utf-8")
    (result,) = load_files(home, [path], options)
    return result


def log(home: Home) -> list[tuple[object, ...]]:
    """The file, state and counts of each load."""
    loads = logged(home.warehouse)
    sql = f"SELECT name, status, rows_loaded, rows_rejected FROM {loads} ORDER BY load_id"
    return open_snapshot(home.warehouse).rows(sql)


def rejects(home: Home) -> list[tuple[object, ...]]:
    """Line and reason of everything kept out."""
    return open_snapshot(home.warehouse).rows(
        f"SELECT line, reason FROM {rejected(home.warehouse)} ORDER BY load_id, line"
    )


def test_it_is_refused_with_its_rows_kept(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "good.csv", google(ROW))
    result = load(home, tmp_path / "bad.csv", HOPELESS)
    assert (result.status, result.rows_loaded, result.rows_rejected) == ("refused", 0, 2)
    assert result.message.startswith("bad.csv: nothing was loaded")
    assert "not a day (1)" in result.message
    assert "with its reason" in result.next_step
    assert log(home) == [("good.csv", "loaded", 1, 0), ("bad.csv", "refused", 0, 2)]
    assert rejects(home) == [(2, "not a day"), (3, "negative")]
    assert rows_of(home, "ad_performance", ["campaign"]) == [("Cars",)]


def test_trying_it_again_adds_nothing_to_the_log(home: Home, tmp_path: Path) -> None:
    for _ in range(2):
        load(home, tmp_path / "bad.csv", HOPELESS)
    assert len(log(home)) == 1
    assert len(rejects(home)) == 2


def test_under_two_names_it_is_refused_twice(home: Home, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HOPELESS, encoding="utf-8")
    results = load_files(home, [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [result.status for result in results] == ["refused", "refused"]
    assert log(home) == [("a.csv", "refused", 0, 2), ("b.csv", "refused", 0, 2)]
    assert rejects(home) == 2 * [(2, "not a day"), (3, "negative")]


def test_it_is_no_step_to_go_back_and_stays_when_others_are_taken_back(home: Home, tmp_path: Path) -> None:
    for number in (1, 2):
        load(home, tmp_path / f"{number}.csv", google(changed(day=f"2026-03-0{number}")))
    for number in range(4):
        load(home, tmp_path / f"bad {number}.csv", google(changed(day=f"1899-01-0{number + 1}")))
    assert current_generation(home.warehouse) == 2
    assert undone(home.warehouse) == ["2.csv"]
    rollback(home.warehouse)
    rollback(home.warehouse)
    assert [name for name, *_counts in log(home)] == [f"bad {number}.csv" for number in range(4)]
    assert rejects(home) == 4 * [(2, "the day is out of range")]


def test_its_rows_are_taken_away_with_the_others(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "some.csv", google(ROW, changed(cost="-4")))
    load(home, tmp_path / "bad [*] it's.csv", HOPELESS)
    for kind in ("csv", "xlsx", "parquet"):
        export(open_snapshot(home.warehouse), REJECTS, (None, None), kind, tmp_path / f"rejects.{kind}")
        assert (tmp_path / f"rejects.{kind}").stat().st_size
    _header, *lines = (tmp_path / "rejects.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:2] for line in lines] == [["1", "3"], ["2", "2"], ["2", "3"]]


def test_tried_in_another_way_the_rows_are_those_of_the_last_time(home: Home, tmp_path: Path) -> None:
    mixed = google(changed(cost="-1.5"), changed(cost="-1,5"))
    reasons = ["negative", "not a number"]
    for locale, expected in (("en-US", reasons), ("pl", reasons[::-1])):
        load(home, tmp_path / "mixed.csv", mixed, Options(locale=locale))
        assert [reason for _line, reason in rejects(home)] == expected


@pytest.mark.parametrize("content", [b"", b"garbage", b"PAR1", b"PAR1 and no more"])
def test_damaged_rows_of_one_do_not_stand_in_the_way(home: Home, tmp_path: Path, content: bytes) -> None:
    load(home, tmp_path / "bad.csv", HOPELESS)
    (kept,) = (home.warehouse / FOLDER).iterdir()
    kept.write_bytes(content)
    assert rejects(home) == []
    load(home, tmp_path / "bad.csv", HOPELESS)
    assert len(rejects(home)) == 2


def test_what_is_said_of_a_file_no_more_is_not_kept(home: Home, tmp_path: Path) -> None:
    american = delimited([HEADER, changed(day="12/31/2025"), changed(day="12/30/2025")])
    polish, another = Options(locale="pl"), Options(format="meta_ads")
    for options, kept in ((polish, 2), (another, 0), (polish, 2)):
        assert load(home, tmp_path / "days.csv", american, options).status == "refused"
        assert (len(log(home)), len(rejects(home))) == (1, kept)
    # Those of the time before may be read by somebody.
    assert len(list((home.warehouse / FOLDER).iterdir())) <= 2
    clear(home.warehouse)
    assert rejects(home) == []


def test_loaded_with_an_answer_its_rejects_are_gone(home: Home, tmp_path: Path) -> None:
    american = delimited([HEADER, changed(day="12/31/2025"), changed(day="12/30/2025")])
    path = tmp_path / "days.csv"
    assert load(home, path, american, Options(locale="pl")).status == "refused"
    result = load(home, path, american, Options(locale="en-US"))
    assert (result.status, result.rows_loaded) == ("loaded", 2)
    assert log(home) == [("days.csv", "loaded", 2, 0)]
    assert rejects(home) == []


def test_a_dry_run_says_so_and_keeps_nothing(home: Home, tmp_path: Path) -> None:
    assert load(home, tmp_path / "bad.csv", HOPELESS, Options(dry_run=True)).status == "refused"
    assert current_generation(home.warehouse) == 0


def test_an_older_export_whose_rows_are_all_there_is_no_mistake(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "new.csv", google(ROW))
    old = tmp_path / "old.csv"
    old.write_text(google(changed(clicks="29")), encoding="utf-8")
    os.utime(old, (MARCH_TENTH, MARCH_TENTH))
    (result,) = load_files(home, [old])
    assert (result.status, result.rows_loaded, result.rows_rejected) == ("loaded", 0, 1)
    assert rows_of(home, "ad_performance", ["clicks"]) == [(30,)]


def test_the_log_is_said_in_the_language_of_its_reader(home: Home, tmp_path: Path) -> None:
    use_language("pl")
    load(home, tmp_path / "some.csv", google(ROW, changed(day="2026-02-31")))
    ((remarks, message),) = open_snapshot(home.warehouse).rows("SELECT remarks, message FROM loads")
    assert "to nie data (1)" in message
    use_language("en")
    assert "1 row was kept out: not a day (1)." in said_again(remarks)


def test_doctor_counts_its_rows_also_while_nothing_is_loaded(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "bad.csv", HOPELESS)
    assert "2 rows were rejected." in [each.finding for each in examine(home)]
