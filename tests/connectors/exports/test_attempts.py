"""Files that brought no row are in the load log, each as it was last tried, and nothing else changes by it."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from connectors.exports.batch import Options
from connectors.exports.load import load_files
from connectors.refresh import refresh
from core.config import Configuration
from core.language import use_language
from core.remarks import said_again
from tests.connectors.exports.damaged import HEADER, ROW, changed, google
from tests.connectors.exports.writers import archive, delimited
from tests.warehouse.shelf import clicks
from warehouse.attempts import FILE, logged
from warehouse.datasets import LOADS
from warehouse.export import export
from warehouse.generations import current_generation
from warehouse.snapshot import open_snapshot
from warehouse.undo import clear, rollback, undone

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

UNKNOWN = "Fruit,Colour\napple,green\n"
"""No report of any tool."""
TWO_WAYS = delimited([HEADER, changed(day="01/02/2026")])
"""January or February: a question that only the reader can answer."""


def bring(home: Home, path: Path, content: str | bytes, options: Options = Options()) -> FileResult:  # noqa: B008 - frozen
    """The one result of loading *content*."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (result,) = load_files(home, [path], options)
    return result


def log(home: Home, *columns: str) -> list[tuple[object, ...]]:
    """*columns* of the load log, the oldest first."""
    sql = f"SELECT {', '.join(columns)} FROM {logged(home.warehouse)} ORDER BY load_id"
    return open_snapshot(home.warehouse).rows(sql)


def test_what_no_format_knows_is_logged_with_the_reason(home: Home, tmp_path: Path) -> None:
    result = bring(home, tmp_path / "fruit.csv", UNKNOWN)
    assert log(home, "name", "sha256", "status", "format", "dataset", "rows_loaded", "message") == [
        ("fruit.csv", hashlib.sha256(UNKNOWN.encode()).hexdigest(), "refused", None, None, 0, result.message)
    ]
    assert log(home, "started_at <= finished_at") == [(True,)]
    assert current_generation(home.warehouse) == 0


def test_what_is_known_and_refused_is_logged_as_what_it_is(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path / "days.csv", TWO_WAYS)
    assert log(home, "name", "status", "source", "format", "dataset") == [
        ("days.csv", "refused", "google_ads", "google_ads", "ad_performance")
    ]


def test_the_bytes_of_a_damaged_archive_are_those_of_the_archive(home: Home, tmp_path: Path) -> None:
    packed = archive({"a.csv": google(ROW).encode()})[:-30]
    bring(home, tmp_path / "cut.zip", packed)
    assert log(home, "name", "sha256") == [("cut.zip", hashlib.sha256(packed).hexdigest())]


def test_a_member_is_logged_under_its_archive_beside_one_that_is_in(home: Home, tmp_path: Path) -> None:
    packed = tmp_path / "all.zip"
    packed.write_bytes(archive({"a.csv": google(ROW).encode(), "fruit.csv": UNKNOWN.encode()}))
    load_files(home, [packed])
    assert log(home, "name", "status") == [("all.zip/a.csv", "loaded"), ("all.zip/fruit.csv", "refused")]


def test_every_file_has_a_line_of_its_own(home: Home, tmp_path: Path) -> None:
    for name in ("quiet.csv", "as quiet.csv"):
        assert bring(home, tmp_path / name, delimited([HEADER])).status == "empty"
    bring(home, tmp_path / "quiet.csv", UNKNOWN)
    assert log(home, "load_id", "name", "status") == [
        (1, "quiet.csv", "empty"),
        (2, "as quiet.csv", "empty"),
        (3, "quiet.csv", "refused"),
    ]


def test_an_empty_table_counts_only_where_nothing_else_of_its_file_is_in(home: Home, tmp_path: Path) -> None:
    packed, quiet = tmp_path / "all.zip", delimited([HEADER]).encode()
    packed.write_bytes(archive({"a.csv": google(ROW).encode(), "quiet.csv": quiet}))
    load_files(home, [packed])
    packed.write_bytes(archive({"quiet.csv": quiet}))
    load_files(home, [packed])
    load_files(home, [packed])
    assert log(home, "name", "status") == [("all.zip/a.csv", "loaded"), ("all.zip/quiet.csv", "empty")]


def test_numbers_of_loads_and_attempts_are_told_apart(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path / "fruit.csv", UNKNOWN)
    bring(home, tmp_path / "good.csv", google(ROW))
    bring(home, tmp_path / "days.csv", TWO_WAYS)
    assert log(home, "load_id", "name") == [(1, "fruit.csv"), (2, "good.csv"), (3, "days.csv")]


def test_every_line_of_an_empty_export_is_counted(home: Home, tmp_path: Path) -> None:
    total = google(["Total: Account", "", "", "0", "0", "0"][: len(HEADER)])
    for number, content in enumerate((google(), google() + "\n\n", total)):
        bring(home, tmp_path / f"{number}.csv", content)
    # The header alone; two blank lines below it; a total of nothing.
    counts = log(home, "lines_read", "lines_preamble", "rows_read", "rows_total", "lines_footer")
    assert counts == [(1, 1, 0, 0, 0), (3, 1, 0, 0, 2), (2, 1, 1, 1, 0)]


def test_tried_again_with_the_same_outcome_nothing_is_written(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path / "fruit.csv", UNKNOWN)
    before = (home.warehouse / FILE).read_bytes()
    use_language("pl")
    bring(home, tmp_path / "fruit.csv", UNKNOWN)
    assert (home.warehouse / FILE).read_bytes() == before


def test_tried_again_with_another_outcome_the_last_one_stands(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path / "days.csv", TWO_WAYS)
    bring(home, tmp_path / "days.csv", TWO_WAYS, Options(format="meta_ads"))
    assert log(home, "message") == [("days.csv is google_ads, not meta_ads.",)]


def test_once_the_question_is_answered_only_the_load_is_told(home: Home, tmp_path: Path) -> None:
    assert bring(home, tmp_path / "days.csv", TWO_WAYS).status == "refused"
    assert bring(home, tmp_path / "days.csv", TWO_WAYS, Options(locale="en-GB")).status == "loaded"
    assert log(home, "name", "status") == [("days.csv", "loaded")]


def test_two_files_that_cannot_be_read_are_two(home: Home, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        os.mkfifo(tmp_path / name)
    for _ in range(2):
        load_files(home, [tmp_path / "one.csv", tmp_path / "two.csv"])
    assert log(home, "name", "status", "sha256") == [("one.csv", "refused", ""), ("two.csv", "refused", "")]


def test_where_there_is_no_file_or_only_a_trial_nothing_is_logged(home: Home, tmp_path: Path) -> None:
    load_files(home, [tmp_path / "nowhere.csv"])
    bring(home, tmp_path / "fruit.csv", UNKNOWN, Options(dry_run=True))
    assert log(home, "name") == []


def test_going_back_goes_past_attempts_and_leaves_them(home: Home, tmp_path: Path) -> None:
    for number in (1, 2):
        bring(home, tmp_path / f"{number}.csv", google(changed(clicks=str(number), day=f"2026-03-0{number}")))
        bring(home, tmp_path / f"fruit {number}.csv", UNKNOWN)
    assert undone(home.warehouse) == ["2.csv"]
    rollback(home.warehouse)
    assert (clicks(home.warehouse), undone(home.warehouse)) == (1, ["1.csv"])
    assert log(home, "name") == [("1.csv",), ("fruit 1.csv",), ("fruit 2.csv",)]


def test_what_starts_anew_has_tried_nothing(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path / "fruit.csv", UNKNOWN)
    clear(home.warehouse)
    assert log(home, "name") == []


def test_a_damaged_record_of_attempts_does_not_stand_in_the_way(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path / "fruit.csv", UNKNOWN)
    (home.warehouse / FILE).write_text("{", encoding="utf-8")
    assert log(home, "name") == []
    bring(home, tmp_path / "days.csv", TWO_WAYS)
    assert log(home, "name") == [("days.csv",)]


def test_a_refresh_logs_what_it_refuses(home: Home) -> None:
    home.inbox.mkdir()
    (home.inbox / "fruit.csv").write_text(UNKNOWN, encoding="utf-8")
    refresh(home, Configuration())
    assert log(home, "name", "status") == [("fruit.csv", "refused")]


def test_attempts_are_taken_away_with_the_load_log(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path / "[*] it's.csv", UNKNOWN)
    for kind in ("csv", "xlsx", "parquet"):
        export(open_snapshot(home.warehouse), LOADS, (None, None), kind, tmp_path / f"log.{kind}")
        assert (tmp_path / f"log.{kind}").stat().st_size
    written = (tmp_path / "log.csv").read_text(encoding="utf-8").splitlines()
    assert written[0].startswith("load_id,source,name")
    assert written[1].startswith("1,,[*] it's.csv")


def test_the_reason_is_said_in_the_language_of_its_reader(home: Home, tmp_path: Path) -> None:
    use_language("pl")
    bring(home, tmp_path / "fruit.csv", UNKNOWN)
    ((remarks,),) = log(home, "remarks")
    use_language("en")
    assert "fruit.csv is not recognised: its first 20 lines" in " ".join(said_again(str(remarks)))
