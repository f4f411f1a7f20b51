"""Writing: a private copy of the current generation, changed in transactions and published whole."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

import duckdb

from core.errors import BrokenWarehouseError, KokpitError, TemporaryError, UsageError
from warehouse.datasets import DATASETS
from warehouse.generations import (
    KEPT,
    current_generation,
    generation_file,
    generations,
    point_to,
    prune,
    sweep,
    sync,
)
from warehouse.lock import writer_lock
from warehouse.merge import Merge, merge
from warehouse.schema import add_missing_columns, create_table, listed, literal, quoted
from warehouse.snapshot import columns_present

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warehouse.contract import Dataset
    from warehouse.loads import Load

MEMORY_LIMIT: Final = "450MB"
_HISTORY: Final = "CREATE TABLE IF NOT EXISTS target.history (generation BIGINT, parent BIGINT, published_at TIMESTAMP)"


class Writer:
    """The one writer of a warehouse. Staging happens in its own memory; the copy is made at the first change."""

    def __init__(self, folder: Path) -> None:
        """Start from the current generation of *folder*. Use `writing`, which holds the lock."""
        self.folder = folder
        self.base = current_generation(folder)
        self.generation = max([self.base, *generations(folder)]) + 1
        self._copy = generation_file(folder, self.generation).with_suffix(".duckdb.part")
        self._attached = False
        self._last_load_id = 0
        self._scratch = folder / f"scratch-{os.getpid()}"
        self._connection = duckdb.connect(":memory:", config=self._settings())

    def _settings(self) -> dict[str, str | bool | int | float | list[str]]:
        return {"memory_limit": MEMORY_LIMIT, "temp_directory": str(self._scratch)}

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that *sql* answers, in the writer's own memory; the copy is the catalogue ``target``."""
        return self._connection.execute(sql, list(parameters)).fetchall()

    def open_copy(self) -> None:
        """Copy the current generation, bring it up to today's contract and attach it as ``target``; once."""
        if self._attached:
            return
        if self.base:
            shutil.copyfile(generation_file(self.folder, self.base), self._copy)
        self.run(f"ATTACH {literal(str(self._copy))} AS target")
        self._attached = True
        present = columns_present(self._connection, "target")
        for dataset in DATASETS.values():
            self.run(create_table(dataset, "target"))
            for statement in add_missing_columns(dataset, "target", present.get(dataset.name, {*dataset.by_name})):
                self.run(statement)
        self.run(_HISTORY)

    def next_load_id(self) -> int:
        """The number of the next load."""
        self.open_copy()
        if not self._last_load_id:
            self._last_load_id = int(self.run("SELECT coalesce(max(load_id), 0) FROM target.loads")[0][0])
        self._last_load_id += 1
        return self._last_load_id

    def merge(self, dataset: Dataset, load: Load, staged: int) -> Merge:
        """Bring the *staged* rows of the table ``staged`` into *dataset*, in one transaction; see `warehouse.merge.merge`."""
        self.open_copy()
        with self._transaction():
            return merge(self, dataset, load, staged)

    def log(self, load: Load) -> None:
        """Write *load* into the load log."""
        self.open_copy()
        values = load.values()
        marks = ", ".join("?" for _ in values)
        self.run(f"INSERT INTO target.loads ({listed(values)}) VALUES ({marks})", list(values.values()))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.run("BEGIN")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    @property
    def changed(self) -> bool:
        """Whether there is a copy to publish."""
        return self._attached

    def publish(self) -> int:
        """Make the copy the current generation, durably; the pointer moves last. Returns its number."""
        now = datetime.now(UTC).replace(tzinfo=None)
        self.run("INSERT INTO target.history VALUES (?, ?, ?)", [self.generation, self.base, now])
        lineage = [row[0] for row in self.run("SELECT generation FROM target.history ORDER BY generation DESC")]
        self.run("CHECKPOINT target")
        self.run("DETACH target")
        self._attached = False
        sync(self._copy)
        self._copy.replace(generation_file(self.folder, self.generation))
        point_to(self.folder, self.generation)
        prune(self.folder, lineage[:KEPT])
        return self.generation

    def close(self) -> None:
        """Let go of memory and of an unpublished copy."""
        self._connection.close()
        self._copy.unlink(missing_ok=True)
        self._copy.with_suffix(".part.wal").unlink(missing_ok=True)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


@contextmanager
def writing(folder: Path, wait_seconds: float = 30) -> Iterator[Writer]:
    """Hold the one writer of the warehouse in *folder*. Raises TemporaryError when it is taken or the disk is full."""
    folder.mkdir(parents=True, exist_ok=True)
    with writer_lock(folder, wait_seconds):
        sweep(folder)
        with explained(folder), Writer(folder) as writer:
            yield writer


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn failures of the database or the disk into the project's own errors."""
    try:
        yield
    except KokpitError:
        raise
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        message = f"The warehouse in {folder} could not be written: {error}."
        raise TemporaryError(message, "Nothing was changed. Check free space and rights, then try again.") from error
    except duckdb.Error as error:
        message = f"The warehouse in {folder} refused a statement: {error}."
        raise BrokenWarehouseError(message, "Nothing was changed. Please report this with the file.") from error


def rollback(folder: Path) -> int:
    """Make the generation before the current one current again; returns its number (0: nothing loaded).

    Raises UsageError when there is nothing to go back to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with writer_lock(folder, wait_seconds=30):
        current = current_generation(folder)
        parent = _parent(folder, current) if current else 0
        if not parent or not generation_file(folder, parent).exists():
            message = f"There is no earlier snapshot in {folder} to go back to."
            raise UsageError(message, f"The last {KEPT} snapshots are kept; load the files again instead.")
        point_to(folder, parent)
        return parent


def _parent(folder: Path, generation: int) -> int:
    with duckdb.connect(str(generation_file(folder, generation)), read_only=True) as connection:
        found = connection.execute("SELECT parent FROM history WHERE generation = ?", [generation]).fetchone()
    return int(found[0]) if found else 0
