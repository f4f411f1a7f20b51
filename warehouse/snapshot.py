"""Reading: one immutable generation of the warehouse, opened once per process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import duckdb

from core.errors import BrokenWarehouseError
from warehouse.datasets import DATASETS
from warehouse.generations import current_generation, generation_file
from warehouse.schema import create_view, literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

_OPEN_LIMIT: Final = 3
_ATTEMPTS: Final = 20
_lock = threading.Lock()
_open: dict[tuple[Path, int], Snapshot] = {}


class Snapshot:
    """One generation, read-only. Safe to share between threads: every query has a cursor of its own."""

    def __init__(self, folder: Path, generation: int) -> None:
        """Open *generation* of the warehouse in *folder*; generation 0 has every table, empty."""
        self.folder = folder
        self.generation = generation
        self._connection = duckdb.connect(":memory:")
        present: dict[str, set[str]] = {}
        if generation:
            file = generation_file(folder, generation)
            self._connection.execute(f"ATTACH {literal(str(file))} AS facts (READ_ONLY)")
            present = columns_present(self._connection, "facts")
        for dataset in DATASETS.values():
            self._connection.execute(create_view(dataset, "facts", present.get(dataset.name, set())))

    def arrow(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """The answer to *sql* as an Arrow table."""
        with self._connection.cursor() as cursor:
            return cursor.sql(sql, params=list(parameters)).to_arrow_table()

    def frame(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """The answer to *sql* as a data frame."""
        with self._connection.cursor() as cursor:
            return cursor.sql(sql, params=list(parameters)).df()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to *sql* as Python rows: for small answers."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, list(parameters)).fetchall()

    def copy_to(self, sql: str, file: Path, options: str) -> None:
        """Write the answer to *sql* into *file* (`COPY … TO` with *options*)."""
        with self._connection.cursor() as cursor:
            cursor.execute(f"COPY ({sql}) TO {literal(str(file))} ({options})")


def columns_present(connection: duckdb.DuckDBPyConnection, catalogue: str) -> dict[str, set[str]]:
    """The tables of *catalogue* with the names of their columns."""
    found: dict[str, set[str]] = {}
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ? AND schema_name = 'main'"
    for table, column in connection.execute(sql, [catalogue]).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def open_snapshot(folder: Path) -> Snapshot:
    """The current generation of the warehouse in *folder*; the same object until a newer one is published."""
    for _ in range(_ATTEMPTS):
        generation = current_generation(folder)
        with _lock:
            found = _open.get((folder, generation))
            if found:
                return found
            try:
                snapshot = Snapshot(folder, generation)
            except duckdb.Error as error:
                # A slow reader may find that three generations have passed since it read the pointer.
                if current_generation(folder) != generation:
                    continue
                file = generation_file(folder, generation)
                message = f"The snapshot {file} cannot be opened: {error}."
                raise BrokenWarehouseError(message, "Run: python cli.py rollback, then load the files again.") from error
            _open[folder, generation] = snapshot
            _forget_old(folder)
            return snapshot
    message = f"The warehouse in {folder} changes faster than it can be opened."
    raise BrokenWarehouseError(message, "Report this, with the file CURRENT.")


def _forget_old(folder: Path) -> None:
    """Let go of generations nobody asks for any more; queries still running on them end undisturbed."""
    mine = [entry for entry in _open if entry[0] == folder]
    for entry in mine[:-_OPEN_LIMIT]:
        del _open[entry]
