"""What a reader can rely on: one immutable generation, opened once, safe to share between threads."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.warehouse.shelf import clicks, publish
from warehouse import snapshot
from warehouse.datasets import DATASETS
from warehouse.generations import current_generation
from warehouse.schema import quoted
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

SUM = "SELECT sum(clicks) FROM ad_performance"


@pytest.mark.parametrize("name", DATASETS)
def test_generation_0_has_every_table_with_todays_columns_and_no_rows(tmp_path: Path, name: str) -> None:
    table = open_snapshot(tmp_path / "nothing yet").arrow(f"SELECT * FROM {quoted(name)}")
    assert table.column_names == [column.name for column in DATASETS[name].columns]
    assert table.num_rows == 0


def test_looking_creates_nothing(tmp_path: Path) -> None:
    assert open_snapshot(tmp_path / "nothing yet").generation == 0
    assert list(tmp_path.iterdir()) == []


def test_a_reader_keeps_its_numbers_while_others_publish(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    before = open_snapshot(tmp_path)
    for load in range(2, 7):
        publish(tmp_path, load)
    assert before.rows(SUM) == [(1,)]
    assert clicks(tmp_path) == 1 + 2 + 3 + 4 + 5 + 6
    assert before.rows("SELECT count(*) FROM loads") == [(1,)]


def test_nobody_can_change_a_snapshot(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    mine = open_snapshot(tmp_path)
    for statement in ("DELETE FROM facts.ad_performance", "UPDATE facts.ad_performance SET clicks = 9"):
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            mine.rows(statement)
    assert clicks(tmp_path) == 1


def test_a_generation_is_opened_once_in_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, 1)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(open_snapshot, [tmp_path] * 32))
    assert len(found) == 1
    monkeypatch.chdir(tmp_path.parent)
    assert open_snapshot(tmp_path.relative_to(tmp_path.parent)) in found
    publish(tmp_path, 1)
    assert open_snapshot(tmp_path) not in found


def test_a_warehouse_that_was_deleted_and_built_anew_is_not_the_old_one(tmp_path: Path) -> None:
    """Both have a first generation; whoever had the old one open must not be shown it again."""
    publish(tmp_path / "warehouse", 1)
    old = open_snapshot(tmp_path / "warehouse")
    shutil.rmtree(tmp_path / "warehouse")
    publish(tmp_path / "warehouse", 2)
    new = open_snapshot(tmp_path / "warehouse")
    assert (old.generation, new.generation) == (1, 1)
    assert old.identity != new.identity
    assert (old.rows(SUM), new.rows(SUM)) == ([(1,)], [(2,)])


def test_eight_threads_share_one_snapshot_without_mixing_up_answers(tmp_path: Path) -> None:
    publish(tmp_path, *range(2000))
    shared = open_snapshot(tmp_path)
    start = threading.Barrier(8)

    def ask(thread: int) -> list[tuple[int, int, int]]:
        start.wait(timeout=30)
        parameters = [thread * 100, thread * 100 + 99]
        where = "FROM ad_performance WHERE clicks BETWEEN ? AND ?"
        answers = []
        for _round in range(40):
            rows = shared.rows(f"SELECT sum(clicks) {where}", parameters)[0][0]
            arrow = shared.arrow(f"SELECT clicks {where} ORDER BY clicks", parameters)["clicks"].to_pylist()
            frame = shared.frame(f"SELECT max(clicks) AS most {where}", parameters)["most"].iloc[0]
            answers.append((int(rows), sum(arrow), int(frame)))
        return answers

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    for thread, answers in enumerate(found):
        total = sum(range(thread * 100, thread * 100 + 100))
        assert set(answers) == {(total, total, thread * 100 + 99)}


def test_threads_that_read_while_others_publish_see_whole_loads_only(tmp_path: Path) -> None:
    """Each load brings three rows that sum to 30: any other remainder would be half a load."""
    publish(tmp_path, 5, 10, 15)
    ended = threading.Event()

    def watch() -> set[int]:
        seen = set()
        while not ended.is_set():
            seen.add(clicks(tmp_path))
        return seen

    with ThreadPoolExecutor(3) as pool:
        watching = [pool.submit(watch) for _ in range(3)]
        for _load in range(8):
            publish(tmp_path, 5, 10, 15)
        ended.set()
        seen = set().union(*(task.result() for task in watching))
    assert seen <= {30 * loads for loads in range(1, 10)}
    assert clicks(tmp_path) == 9 * 30


def test_a_reader_who_was_overtaken_by_three_loads_reads_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the pointer and opening the file, the file was pruned."""
    for load in range(1, 6):
        publish(tmp_path, load)
    told = iter([1])
    monkeypatch.setattr(snapshot, "current_generation", lambda folder: next(told, current_generation(folder)))
    assert open_snapshot(tmp_path).generation == 5
