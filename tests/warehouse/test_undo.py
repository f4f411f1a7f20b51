"""Going back: to the parent, never to an abandoned branch, past damaged snapshots, and to nothing from the first."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import duckdb
import pytest

from core.errors import BrokenWarehouseError, FileError
from tests.warehouse.shelf import clicks, publish
from warehouse.generations import generation_file, generations
from warehouse.snapshot import open_snapshot
from warehouse.undo import clear, rollback, undone

if TYPE_CHECKING:
    from pathlib import Path

HEADER: Final = 4096
BLOCK: Final = 1 << 18


def test_back_to_the_parent_twice_and_no_further_than_was_kept(tmp_path: Path) -> None:
    for load in (1, 2, 4, 8):
        publish(tmp_path, load)
    assert (rollback(tmp_path), clicks(tmp_path)) == (3, 1 + 2 + 4)
    assert (rollback(tmp_path), clicks(tmp_path)) == (2, 1 + 2)
    with pytest.raises(FileError, match="no earlier snapshot"):
        rollback(tmp_path)
    assert clicks(tmp_path) == 1 + 2


def test_going_back_after_going_back_and_loading_does_not_return_to_the_abandoned_branch(tmp_path: Path) -> None:
    for load in (1, 2, 4):
        publish(tmp_path, load)
    rollback(tmp_path)
    publish(tmp_path, 8)
    assert clicks(tmp_path) == 1 + 2 + 8
    assert (rollback(tmp_path), clicks(tmp_path)) == (2, 1 + 2)
    assert (rollback(tmp_path), clicks(tmp_path)) == (1, 1)


def test_going_back_from_the_very_first_load_leaves_an_empty_warehouse(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    assert rollback(tmp_path) == 0
    assert (tmp_path / "CURRENT").read_text() == "000000.duckdb\n"
    assert clicks(tmp_path) == 0
    with pytest.raises(FileError, match="no earlier snapshot"):
        rollback(tmp_path)


def test_there_is_nothing_to_go_back_to_where_nothing_was_loaded(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no earlier snapshot"):
        rollback(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _overwrite(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


def _delete(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("damage", [_cut, _overwrite, _delete])
def test_a_damaged_snapshot_is_told_and_going_back_helps(tmp_path: Path, damage: object) -> None:
    folder = tmp_path / "warehouse"
    publish(folder, 1)
    publish(folder, 2)
    assert callable(damage)
    damage(generation_file(folder, 2))
    with pytest.raises(BrokenWarehouseError, match="damaged or missing") as caught:
        open_snapshot(folder)
    assert str(generation_file(folder, 2)) in caught.value.message
    assert f'python cli.py rollback --home "{tmp_path}"' in caught.value.next_step
    with pytest.raises(BrokenWarehouseError, match="damaged or missing"):
        publish(folder, 4)
    assert rollback(folder) == 1
    assert clicks(folder) == 1
    assert publish(folder, 4) == (2 if damage is _delete else 3)
    assert clicks(folder) == 1 + 4


def test_damage_inside_a_snapshot_is_told_when_it_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "warehouse"
    publish(folder, 1)
    publish(folder, *range(20_000))
    _smash_data(generation_file(folder, 2))
    snapshot = open_snapshot(folder)
    with pytest.raises(BrokenWarehouseError, match="damaged") as caught:
        snapshot.rows("SELECT * FROM ad_performance ORDER BY ALL")
    assert "rollback" in caught.value.next_step
    assert (rollback(folder), clicks(folder)) == (1, 1)


def test_going_back_passes_damaged_ancestors_by(tmp_path: Path) -> None:
    for load in (1, 2, 4):
        publish(tmp_path, load)
    _overwrite(generation_file(tmp_path, 2))
    assert (rollback(tmp_path), clicks(tmp_path)) == (1, 1)


def test_a_damaged_only_snapshot_can_be_left_for_an_empty_warehouse(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    _overwrite(generation_file(tmp_path, 1))
    assert rollback(tmp_path) == 0
    assert publish(tmp_path, 2) == 2
    assert clicks(tmp_path) == 2


def test_clearing_uses_up_the_numbers(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    clear(tmp_path)
    assert clicks(tmp_path) == 0
    assert publish(tmp_path, 2) == 2
    assert (clicks(tmp_path), generations(tmp_path)) == (2, [2])


def _smash_data(file: Path) -> None:
    """Overwrite a block of rows whose loss leaves the headers and the list of tables readable."""
    whole = file.read_bytes()
    for block in range(3 * HEADER, len(whole), BLOCK):
        file.write_bytes(whole[: block + 100] + b"\xa5" * 4096 + whole[block + 100 + 4096 :])
        if _can_read(file, "history") and not _can_read(file, "ad_performance"):
            return
    pytest.fail("no block holds rows only")


def _can_read(file: Path, table: str) -> bool:
    with duckdb.connect(":memory:") as connection, suppress(duckdb.Error):
        connection.execute(f"ATTACH '{file}' AS facts (READ_ONLY)")
        connection.execute(f"SELECT * FROM facts.{table}").fetchall()
        return True
    return False


def test_what_would_be_undone_is_known_before(tmp_path: Path) -> None:
    assert undone(tmp_path / "missing") == []
    publish(tmp_path, 1)
    assert undone(tmp_path) == ["load 1.csv"]
    publish(tmp_path, 2)
    assert undone(tmp_path) == ["load 2.csv"]
    rollback(tmp_path)
    assert undone(tmp_path) == ["load 1.csv"]
    _cut(generation_file(tmp_path, 1))
    assert undone(tmp_path) == []
