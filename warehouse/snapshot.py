"""Reading: one immutable generation of the warehouse, opened once per process."""

from __future__ import annotations

import tempfile
import threading
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import duckdb

from core.errors import BrokenWarehouseError
from core.remarks import _
from warehouse.datasets import DATASETS
from warehouse.failures import explained_reading, unreadable
from warehouse.generations import current_generation, generation_file
from warehouse.schema import create_table, create_view, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    import pyarrow as pa

_OPEN_LIMIT: Final = 3
_OTHERS_LIMIT: Final = 5
_ATTEMPTS: Final = 20
_BATCH: Final = 10_000
_lock = threading.Lock()
_open: dict[str, Snapshot] = {}


class Snapshot:
    """One generation, read-only. Safe to share between threads: every query has a cursor of its own."""

    def __init__(self, folder: Path, generation: int, identity: str = "") -> None:
        """Open *generation* of the warehouse in *folder*; generation 0 has every table, empty."""
        self.folder = folder
        self.generation = generation
        self.identity = identity
        """Tells this snapshot from every other one, also of a warehouse that was deleted and built anew."""
        self.file = generation_file(folder, generation)
        self._connection = _connected(self.file) if generation else _nothing()

    def arrow(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """The answer to *sql* as an Arrow table."""
        with self._cursor() as cursor:
            return cursor.sql(sql, params=list(parameters)).to_arrow_table()

    def frame(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """The answer to *sql* as a data frame."""
        with self._cursor() as cursor:
            found: pd.DataFrame = cursor.sql(sql, params=list(parameters)).df()
            return found

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to *sql* as Python rows: for small answers."""
        with self._cursor() as cursor:
            return cursor.execute(sql, list(parameters)).fetchall()

    def each_row(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows that *sql* answers, one after the other: for large answers."""
        with self._cursor() as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(_BATCH):
                yield from rows

    def copy_to(self, sql: str, file: Path, options: str) -> None:
        """Write the answer to *sql* into *file* (`COPY … TO` with *options*)."""
        with self._cursor() as cursor:
            # Several threads now and then wait for each other forever when the disk is full.
            cursor.execute("SET threads = 1")
            try:
                cursor.execute(f"COPY ({sql}) TO {literal(str(file))} ({options})")
            finally:
                cursor.execute("RESET threads")

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with explained_reading(self.folder, self.file), self._connection.cursor() as cursor:
            yield cursor


def _connected(file: Path) -> duckdb.DuckDBPyConnection:
    """A connection with every table as *file* has it."""
    # Otherwise what does not fit into memory would go into the current folder.
    scratch = Path(tempfile.gettempdir()) / f"kokpit-{uuid4().hex}"
    connection = duckdb.connect(":memory:", config={"temp_directory": str(scratch)})
    connection.execute(f"ATTACH {literal(str(file))} AS facts (READ_ONLY)")
    _create_all(connection, columns_present(connection, "facts"))
    return connection


@cache
def _nothing() -> duckdb.DuckDBPyConnection:
    """The connection with every table, empty, that all warehouses without data share."""
    connection = duckdb.connect(":memory:")
    _create_all(connection, {})
    return connection


def _create_all(connection: duckdb.DuckDBPyConnection, present: dict[str, set[str]]) -> None:
    """Every dataset under its name: a view of its table as today's contract has it; without a table, an empty one."""
    made = (
        create_view(dataset, "facts", present[dataset.name])
        if dataset.name in present
        else create_table(dataset, "memory")
        for dataset in DATASETS.values()
    )
    # As one transaction: three times as fast as one for each.
    connection.execute("; ".join(["BEGIN", *made, "COMMIT"]))


def columns_present(connection: duckdb.DuckDBPyConnection, catalogue: str) -> dict[str, set[str]]:
    """The tables of *catalogue* with the names of their columns."""
    sql = "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'main'"
    # Asking each table is six times as fast as looking its columns up among those of the whole system.
    tables = connection.execute(sql, [catalogue]).fetchall()
    return {name: set(connection.table(f"{catalogue}.main.{quoted(name)}").columns) for (name,) in tables}


def open_snapshot(folder: Path) -> Snapshot:
    """The current generation of the warehouse in *folder*; the same object until a newer one is published."""
    folder = folder.resolve()
    for _attempt in range(_ATTEMPTS):
        generation = current_generation(folder)
        with _lock:
            try:
                return _opened(folder, generation)
            except (duckdb.Error, FileNotFoundError) as error:
                # A slow reader may find that three generations have passed since it read the pointer.
                if current_generation(folder) == generation:
                    raise unreadable(folder, generation_file(folder, generation), error) from error
    message = _("The warehouse in {folder} changes faster than it can be opened.").format(folder=folder)
    raise BrokenWarehouseError(message, _("Report this, with the file CURRENT."))


def _opened(folder: Path, generation: int) -> Snapshot:
    identity = _identity(folder, generation)
    if identity not in _open:
        _open[identity] = Snapshot(folder, generation, identity)
        _forget_old(folder)
    return _open[identity]


def _identity(folder: Path, generation: int) -> str:
    """A text that no other snapshot has: a warehouse that is deleted and built anew numbers from 1 again."""
    written = generation_file(folder, generation).stat().st_mtime_ns if generation else 0
    return f"{folder}|{generation}|{written}"


def _forget_old(folder: Path) -> None:
    """Let go of generations and homes nobody asks for any more; queries still running on them end undisturbed."""
    mine = [identity for identity, snapshot in _open.items() if snapshot.folder == folder]
    others = [identity for identity in _open if identity not in mine]
    for identity in (*mine[:-_OPEN_LIMIT], *others[:-_OTHERS_LIMIT]):
        del _open[identity]
