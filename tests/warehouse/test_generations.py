"""Names are never used twice, three generations are kept, and a crash leaves nothing that matters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.errors import AccessError, BrokenWarehouseError
from tests.tables import make_every_table
from tests.warehouse.shelf import clicks, files, publish
from warehouse import generations as kept
from warehouse.generations import current_generation, generation_file, generations, point_to
from warehouse.snapshot import open_snapshot
from warehouse.undo import rollback
from warehouse.writer import writing

if TYPE_CHECKING:
    from pathlib import Path


def test_the_pointer_names_the_file(tmp_path: Path) -> None:
    assert current_generation(tmp_path) == 0
    assert publish(tmp_path, 1) == 1
    assert (tmp_path / "CURRENT").read_text() == "000001.duckdb\n"
    assert files(tmp_path) == {"CURRENT", "000001.duckdb"}


def test_the_last_three_generations_are_kept(tmp_path: Path) -> None:
    for load in range(1, 6):
        publish(tmp_path, load)
    assert generations(tmp_path) == [3, 4, 5]
    assert current_generation(tmp_path) == 5


def test_a_number_is_not_used_again_after_going_back(tmp_path: Path) -> None:
    for load in (1, 2, 4):
        publish(tmp_path, load)
    rollback(tmp_path)
    assert publish(tmp_path, 8) == 4
    assert clicks(tmp_path) == 1 + 2 + 8
    assert generations(tmp_path) == [1, 2, 4]


def test_a_number_is_not_used_again_after_the_first_load_was_undone(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    rollback(tmp_path)
    assert publish(tmp_path, 2) == 2
    assert clicks(tmp_path) == 2
    assert generations(tmp_path) == [2]


def test_a_number_is_not_used_again_when_a_writer_died_before_moving_the_pointer(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    with writing(tmp_path) as writer:
        make_every_table(writer)
    generation_file(tmp_path, 2).write_bytes(generation_file(tmp_path, 1).read_bytes())
    assert clicks(tmp_path) == 1
    assert publish(tmp_path, 4) == 3
    assert clicks(tmp_path) == 1 + 4
    assert generations(tmp_path) == [1, 3]


def test_what_a_dead_writer_left_behind_is_swept_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    scratch = tmp_path / "scratch-4711" / "deeper"
    scratch.mkdir(parents=True)
    for name in ("000002.duckdb.part", "000002.duckdb.part.wal", "CURRENT.new", "scratch-4711/deeper/block.tmp"):
        (tmp_path / name).write_bytes(b"half")
    for name in ("000009.duckdb.wal", "000009.duckdb.part.wal", "7.part.wal"):
        (tmp_path / name).write_bytes(b"of no snapshot")
    (tmp_path / "writer.json").write_text("{", encoding="utf-8")
    assert publish(tmp_path, 2) == 2
    assert files(tmp_path) == {"CURRENT", "000001.duckdb", "000002.duckdb"}


def test_a_writer_that_gives_up_leaves_everything_as_it_was(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    before = generation_file(tmp_path, 1).read_bytes()
    with pytest.raises(KeyboardInterrupt):
        _give_up(tmp_path)
    assert files(tmp_path) == {"CURRENT", "000001.duckdb"}
    assert generation_file(tmp_path, 1).read_bytes() == before
    assert clicks(tmp_path) == 1


def test_a_writer_that_changes_nothing_publishes_nothing(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        assert not writer.changed
    assert files(tmp_path) == set()


def test_the_snapshot_is_on_disk_before_the_pointer_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name that was made durable, in order: the copy, the folder with its new name, the pointer, the folder.

    Before the very first snapshot comes a pointer that says that nothing is loaded.
    """
    synced: list[str] = []
    for module in ("warehouse.generations", "warehouse.writer"):
        monkeypatch.setattr(f"{module}.sync", lambda path: synced.append(path.name))
    publish(tmp_path / "warehouse", 1)
    pointed = ["CURRENT.new", "warehouse"]
    assert synced == ["000001.duckdb.part", *pointed, "warehouse", *pointed]
    synced.clear()
    publish(tmp_path / "warehouse", 2)
    assert synced == ["000002.duckdb.part", "warehouse", *pointed]


@pytest.mark.parametrize("content", [b"", b"latest", b"000001", b"../000001.duckdb", b"\xff\xfe\x00", b"-1.duckdb"])
def test_a_pointer_that_names_no_snapshot_is_told(tmp_path: Path, content: bytes) -> None:
    publish(tmp_path / "warehouse", 1)
    (tmp_path / "warehouse" / "CURRENT").write_bytes(content)
    with pytest.raises(BrokenWarehouseError, match="which is not a snapshot") as caught:
        open_snapshot(tmp_path / "warehouse")
    assert f'rollback --home "{tmp_path}"' in caught.value.next_step
    assert rollback(tmp_path / "warehouse") == 1
    assert clicks(tmp_path / "warehouse") == 1


def test_a_pointer_that_is_lost_is_told_and_nothing_is_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "warehouse"
    for load in (1, 2, 4):
        publish(folder, load)
    (folder / "CURRENT").unlink()
    for ask in (open_snapshot, publish):
        with pytest.raises(BrokenWarehouseError, match=r"CURRENT is missing, though there are snapshots") as caught:
            ask(folder)
        assert f'rollback --home "{tmp_path}"' in caught.value.next_step
    assert generations(folder) == [1, 2, 3]
    assert (rollback(folder), clicks(folder)) == (3, 1 + 2 + 4)


def test_a_writer_that_died_at_the_very_first_load_left_nothing_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The snapshot is in place, and the pointer does not name it yet."""

    def dies(folder: Path, generation: int) -> None:
        if generation:
            raise KeyboardInterrupt
        point_to(folder, generation)

    monkeypatch.setattr("warehouse.writer.point_to", dies)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, 1)
    monkeypatch.undo()
    assert generations(tmp_path) == [1]
    assert (current_generation(tmp_path), clicks(tmp_path)) == (0, 0)
    assert publish(tmp_path, 2) == 2
    assert (clicks(tmp_path), generations(tmp_path)) == (2, [2])


def test_the_very_first_snapshot_may_come_while_somebody_looks_for_the_pointer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publishes_first(folder: Path) -> list[int]:
        monkeypatch.undo()
        publish(folder, 1)
        return generations(folder)

    monkeypatch.setattr(kept, "generations", publishes_first)
    assert current_generation(tmp_path) == 1


def test_a_pointer_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    with pytest.raises(AccessError, match=re.escape(str(tmp_path / "CURRENT"))):
        current_generation(tmp_path)


def test_on_windows_the_pointer_is_moved_once_the_reader_has_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader's open handle refuses the move for a moment there."""
    publish(tmp_path, 1)
    attempts = []

    def busy_twice() -> str:
        attempts.append(1)
        if len(attempts) < 3:
            raise PermissionError(13, "in use")
        return "moved"

    monkeypatch.setattr(kept, "_on_windows", lambda: True)
    assert kept.patiently(busy_twice) == "moved"
    assert len(attempts) == 3


def test_elsewhere_a_refusal_is_final(tmp_path: Path) -> None:
    attempts = []

    def never() -> None:
        attempts.append(1)
        raise PermissionError(13, "not yours")

    with pytest.raises(PermissionError):
        kept.patiently(never)
    assert len(attempts) == 1


def test_pointing_to_nothing_twice_is_no_mistake(tmp_path: Path) -> None:
    point_to(tmp_path, 0)
    point_to(tmp_path, 0)
    assert current_generation(tmp_path) == 0


def _give_up(folder: Path) -> None:
    with writing(folder) as writer:
        make_every_table(writer)
        writer.run("DELETE FROM target.ad_performance")
        raise KeyboardInterrupt
