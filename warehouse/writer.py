"""Writing: a private copy of the current generation, changed in transactions and published whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import duckdb

from warehouse import claims
from warehouse.attempts import last_number
from warehouse.coverage import Coverage
from warehouse.currencies import TABLE, Currencies
from warehouse.datasets import DATASETS, LOADS, REJECTS
from warehouse.failures import check_place, explained, unreadable
from warehouse.generations import (
    KEPT,
    current_generation,
    generation_file,
    generations,
    have_pointer,
    point_to,
    prune,
    sweep,
    sync,
)
from warehouse.lock import writer_lock
from warehouse.merge import Merge, merge
from warehouse.schema import add_columns, every_row, listed, literal
from warehouse.snapshot import columns_present, open_snapshot
from warehouse.undo import rollback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    import pyarrow as pa

    from warehouse.contract import Dataset
    from warehouse.coverage import Incoming, Span
    from warehouse.loads import Load

MEMORY_LIMIT: Final = "450MB"
_HISTORY: Final = "CREATE TABLE IF NOT EXISTS target.history (generation BIGINT, parent BIGINT, published_at TIMESTAMP)"


class Lane:
    """A connection of the writer's with staging tables of its own, so that files can be staged side by side."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Statements run on *connection*; the writer's copy is the catalogue ``target``."""
        self._connection = connection

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that *sql* answers."""
        return self._connection.execute(sql, list(parameters)).fetchall()

    def watch(self) -> None:
        """Have the database count how far each statement is, which costs it a little time."""
        self.run("SET enable_progress_bar = true")
        self.run("SET enable_progress_bar_print = false")

    @property
    def share(self) -> float:
        """How much of the statement at hand is done, as far as the database counts it; another thread may ask."""
        return max(self._connection.query_progress(), 0.0) / 100

    def interrupt(self) -> None:
        """End the statement at hand, in whichever thread it runs: nobody waits for its answer any more."""
        self._connection.interrupt()

    @contextmanager
    def registered(self, name: str, table: pa.Table) -> Iterator[None]:
        """*table* (Arrow) as a view called *name*."""
        self._connection.register(name, table)
        try:
            yield
        finally:
            self._connection.unregister(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the statements within, or none."""
        self.run("BEGIN")
        try:
            yield
        except BaseException:
            # What went wrong counts, not that a database out of room cannot even go back: it is never published.
            with suppress(duckdb.Error):
                self.run("ROLLBACK")
            raise
        self.run("COMMIT")


class Writer:
    """The one writer of a warehouse. Staging happens in its own memory; the copy is made at the first change."""

    def __init__(self, folder: Path, place: Path | None = None) -> None:
        """Start from the current generation of *folder*, with the copy in *place*. Use `writing`, or `trying`."""
        self.folder = folder
        self.base = current_generation(folder)
        self.generation = max([self.base, *generations(folder)]) + 1
        self._copy = generation_file(place or folder, self.generation).with_suffix(".duckdb.part")
        self._attached = False
        self._present: dict[str, set[str]] = {}
        self._last_load_id = 0
        self._coverage: dict[str, Coverage] = {}
        self._accounts: Currencies | None = None
        self._unwritten: list[Load] = []
        self._scratch = (place or folder) / f"scratch-{os.getpid()}"
        self._connection = duckdb.connect(":memory:", config=self._settings())

    def _settings(self) -> dict[str, str | bool | int | float | list[str]]:
        # Nobody reads the copy before it is published, and publishing writes it through to the disk itself.
        return {"memory_limit": MEMORY_LIMIT, "temp_directory": str(self._scratch), "fsync_mode": "NONE"}

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that *sql* answers, in the writer's own memory; the copy is the catalogue ``target``."""
        return self._connection.execute(sql, list(parameters)).fetchall()

    def lane(self) -> Lane:
        """A further connection to the same memory and copy."""
        return Lane(self._connection.cursor())

    def open_copy(self) -> None:
        """Copy the current generation and attach it as ``target``, with the logs as today's contract has them; once."""
        if self._attached:
            return
        self._attach()
        self._present = columns_present(self._connection, "target")
        for dataset in (LOADS, REJECTS):
            self.make_room(dataset, dataset.by_name)
        self.run(_HISTORY)
        self.run(claims.CREATE)
        if self.base and not self.run("SELECT 1 FROM target.history WHERE generation = ?", [self.base]):
            self.run("INSERT INTO target.history (generation) VALUES (?)", [self.base])

    def make_room(self, dataset: Dataset, columns: Iterable[str]) -> None:
        """Let the table of *dataset* have these *columns* too."""
        present = self._present.setdefault(dataset.name, set())
        for statement in add_columns(dataset, "target", present, columns):
            self.run(statement)
        present.update(columns)

    def held(self, dataset: Dataset) -> str:
        """The statement that reads what the copy holds of *dataset*, with each row's number in its table as ``rid``."""
        return every_row(dataset, "target", self._present.get(dataset.name, set()))

    def _attach(self) -> None:
        file = generation_file(self.folder, self.base)
        try:
            if self.base:
                shutil.copyfile(file, self._copy)
            self.run(f"ATTACH {literal(str(self._copy))} AS target")
        except (FileNotFoundError, duckdb.Error) as error:
            if not self.base:
                raise
            raise unreadable(self.folder, file, error) from error
        self._attached = True

    def next_load_id(self) -> int:
        """The number of the next load."""
        self.open_copy()
        return self.next_attempt_id()

    def next_attempt_id(self) -> int:
        """The number of an attempt at a load that brings nothing: numbers are given once."""
        self._last_load_id = self.last_load_id() + 1
        return self._last_load_id

    def last_load_id(self) -> int:
        """The highest number that a load or an attempt at one has."""
        if not self._last_load_id:
            found = open_snapshot(self.folder).rows("SELECT coalesce(max(load_id), 0) FROM loads")
            self._last_load_id = max(int(found[0][0]), last_number(self.folder))
        return self._last_load_id

    def merge(self, lane: Lane, load: Load, incoming: Incoming, afterwards: Callable[[Merge], None]) -> Merge:
        """Bring the rows of *lane*'s table ``staged`` into the dataset of *load*; see `warehouse.merge.merge`.

        What *afterwards* writes belongs to the same transaction. Where nothing speaks for the accounts and days of the
        rows yet, nothing has to be compared.
        """
        self.open_copy()
        dataset = DATASETS[str(load.dataset)]
        coverage = self._covered(dataset)
        fresh = not coverage.touches(incoming.spans)
        if not fresh:
            self._flush_log()
        self.make_room(dataset, incoming.filled(dataset))
        coming = self._currencies.coming(lane, dataset, incoming)
        for each in self._currencies.unsettled(coming):
            self.make_room(each, ["currency"])
        with lane.transaction():
            result = merge(lane, dataset, load, incoming, None if fresh else self.held(dataset))
            if coming:
                result = replace(result, settled=self._currencies.settle(lane, coming, load.load_id))
            afterwards(result)
        coverage.add(incoming.spans)
        return result

    @property
    def _currencies(self) -> Currencies:
        if self._accounts is None:
            self._accounts = Currencies(self, self.held, kept=TABLE in self._present)
        return self._accounts

    def may_be_there_already(self, dataset: Dataset, incoming: Incoming) -> bool:
        """Whether the days of *incoming* rows are there once with and once without the name of an account."""
        self.open_copy()
        if "account" not in dataset.scope:
            return False
        coverage = self._covered(dataset)
        if incoming.instead_of:
            numbers = ", ".join(map(str, incoming.instead_of))
            staying = f"SELECT * FROM ({self.held(dataset)}) WHERE load_id NOT IN ({numbers})"
            coverage = Coverage(dataset, self, staying)
        return coverage.touches_but_for(dataset.scope.index("account"), incoming.spans)

    def newest_day(self, dataset: Dataset, spans: Sequence[Span]) -> date | None:
        """The last day that there is anything of in the scopes of *spans*."""
        self.open_copy()
        return self._covered(dataset).newest_day(spans)

    def _covered(self, dataset: Dataset) -> Coverage:
        if dataset.name not in self._coverage:
            self._coverage[dataset.name] = Coverage(dataset, self, self.held(dataset))
        return self._coverage[dataset.name]

    def log(self, load: Load) -> None:
        """Write *load* into the load log."""
        self.open_copy()
        self._unwritten.append(load)

    def forget(self, load_ids: Sequence[int]) -> None:
        """Take attempts that an older Kokpit kept here out of the load log, with the rows that they rejected."""
        if not load_ids:
            return
        self.open_copy()
        self._flush_log()
        for table in (LOADS.name, REJECTS.name):
            self.run(f"DELETE FROM target.{table} WHERE list_contains(?, load_id)", [list(load_ids)])

    def _flush_log(self) -> None:
        if not self._unwritten:
            return
        rows = [load.values() for load in self._unwritten]
        # Planning the statement takes longer than adding its rows.
        marks = ", ".join(["(" + ", ".join("?" for _ in rows[0]) + ")"] * len(rows))
        values = [value for row in rows for value in row.values()]
        self.run(f"INSERT INTO target.loads ({listed(rows[0])}) VALUES {marks}", values)
        self._unwritten.clear()

    @property
    def changed(self) -> bool:
        """Whether there is a copy to publish."""
        return self._attached

    def publish(self) -> int:
        """Make the copy the current generation, durably; the pointer moves last. Returns its number."""
        self._flush_log()
        now = datetime.now(UTC).replace(tzinfo=None)
        self.run("INSERT INTO target.history VALUES (?, ?, ?)", [self.generation, self.base, now])
        lineage = [row[0] for row in self.run("SELECT generation FROM target.history ORDER BY generation DESC")]
        self.run("CHECKPOINT target")
        self.run("DETACH target")
        self._attached = False
        with ThreadPoolExecutor(1) as beside:
            # Giving back the memory of all that was staged takes longer than the disk does.
            beside.submit(self._connection.close)
            sync(self._copy)
            have_pointer(self.folder)
            self._copy.replace(generation_file(self.folder, self.generation))
            sync(self.folder)
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
def writing(folder: Path, wait_seconds: float | None = None) -> Iterator[Writer]:
    """Hold the one writer of the warehouse in *folder*. Raises TemporaryError when it is taken or the disk is full.

    Raises ConfigurationError, before anything is done, where the database cannot write.
    """
    check_place(folder)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with writer_lock(folder, wait_seconds):
            sweep(folder)
            with Writer(folder) as writer:
                yield writer


@contextmanager
def trying(folder: Path) -> Iterator[Writer]:
    """A writer that is never to publish: it works in a passing place, needs no right to write, and disturbs nobody."""
    check_place(folder)
    passing = tempfile.TemporaryDirectory(prefix="kokpit-")
    with passing as place, explained(folder), Writer(folder, Path(place)) as writer:
        yield writer


__all__ = ["Lane", "Writer", "explained", "rollback", "trying", "writing"]
