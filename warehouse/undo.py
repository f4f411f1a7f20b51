"""Going back to an earlier snapshot: after a load that was not meant, or when the current snapshot is damaged."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import duckdb

from core.errors import BrokenWarehouseError, FileError, KokpitError, UsageError
from core.language import _
from warehouse.attempts import forget
from warehouse.datasets import LOADS
from warehouse.failures import explained, unreadable
from warehouse.generations import KEPT, current_generation, generation_file, generations, point_to
from warehouse.lock import writer_lock
from warehouse.schema import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TABLES: Final = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'facts'"
_EXPLAINS: Final = f"""SELECT 1 FROM duckdb_columns()
    WHERE database_name = 'earlier' AND table_name = {literal(LOADS.name)} AND column_name = 'explanation'"""
_LINEAGE: Final = "SELECT generation, parent FROM facts.history ORDER BY generation DESC"


def rollback(folder: Path, seen: int | None = None) -> int:
    """Make the snapshot before the current one current again; returns its number (0: nothing is loaded any more).

    From a damaged snapshot or pointer it goes to the newest sound snapshot. Raises FileError when there is nothing to
    go back to, UsageError when another snapshot than the one that was *seen* is current by now.
    """
    if not folder.is_dir():
        raise _nothing(folder)
    with explained(folder), writer_lock(folder):
        if seen is not None and seen != current_generation(folder):
            message = _("Something else was loaded or undone in the meantime, so nothing was undone now.")
            raise UsageError(message, _("Look at the load log, then undo what is to be undone."))
        target = _target(folder)
        point_to(folder, target)
        return target


def undone(folder: Path) -> list[str]:
    """The names of the files whose loads a rollback would undo, the newest first; none where that is not known."""
    return _compared(folder, _undone)


def unsaid(folder: Path) -> list[str]:
    """The names of the files on whose totals a rollback would undo the last word; none where that is not known."""
    return _compared(folder, _unsaid)


def _compared(folder: Path, statement: Callable[[duckdb.DuckDBPyConnection, int], str]) -> list[str]:
    """The names that *statement* finds in the current snapshot, ``facts``, and the one to go back to, ``earlier``."""
    with explained(folder), suppress(KokpitError, duckdb.Error), duckdb.connect(":memory:") as connection:
        current, target = current_generation(folder), _target(folder)
        connection.execute(f"ATTACH {literal(str(generation_file(folder, current)))} AS facts (READ_ONLY)")
        if target:
            connection.execute(f"ATTACH {literal(str(generation_file(folder, target)))} AS earlier (READ_ONLY)")
        names = connection.execute(f"{statement(connection, target)} ORDER BY load_id DESC").fetchall()
        return [name for (name,) in names if name]
    return []


def _undone(_connection: duckdb.DuckDBPyConnection, target: int) -> str:
    kept = "load_id NOT IN (SELECT load_id FROM earlier.loads)" if target else "true"
    return f"SELECT name FROM facts.loads WHERE {kept}"


def _unsaid(connection: duckdb.DuckDBPyConnection, target: int) -> str:
    if not target:
        return "SELECT name FROM facts.loads WHERE false"
    # A snapshot from before there were explanations has no column for them.
    said = "explanation" if connection.execute(_EXPLAINS).fetchall() else "NULL"
    return f"""SELECT name FROM facts.loads JOIN (SELECT load_id, {said} AS said FROM earlier.loads) USING (load_id)
        WHERE explanation IS DISTINCT FROM said"""


def clear(folder: Path) -> None:
    """Have nothing loaded or tried; the numbers of the snapshots, which a cockpit may have open, are not used again."""
    with explained(folder), writer_lock(folder):
        point_to(folder, 0)
        forget(folder)


def _target(folder: Path) -> int:
    try:
        current = current_generation(folder)
    except BrokenWarehouseError:
        return _newest_sound(folder, generations(folder))
    if not current:
        raise _nothing(folder)
    earlier = [generation for generation in generations(folder) if generation < current]
    lineage = _lineage(folder, current)
    if lineage is None:
        return _newest_sound(folder, earlier)
    if lineage.get(current) == 0:
        return 0
    found = _newest_sound(folder, [generation for generation in earlier if generation in lineage])
    if not found and _is_sound(folder, current):
        raise _nothing(folder)
    return found


def _nothing(folder: Path) -> FileError:
    message = _("There is no earlier snapshot in {folder} to go back to.").format(folder=folder)
    return FileError(message, _("The last {n} snapshots are kept. Load the files again instead.").format(n=KEPT))


def _newest_sound(folder: Path, candidates: list[int]) -> int:
    return next((generation for generation in reversed(candidates) if _is_sound(folder, generation)), 0)


def _lineage(folder: Path, generation: int) -> dict[int, int | None] | None:
    """The snapshots that *generation* was made from, each with its own parent; None when it is damaged."""
    with duckdb.connect(":memory:") as connection, suppress(duckdb.Error):
        connection.execute(f"ATTACH {literal(str(generation_file(folder, generation)))} AS facts (READ_ONLY)")
        kept = connection.execute(f"{_TABLES} AND table_name = 'history'").fetchall()
        return dict(connection.execute(_LINEAGE).fetchall()) if kept else {}
    return None


def _is_sound(folder: Path, generation: int) -> bool:
    with suppress(KokpitError):
        check_blocks(folder, generation)
        return True
    return False


def check_blocks(folder: Path, generation: int) -> None:
    """Read every block of every table of *generation*. Raises BrokenWarehouseError, or AccessError, where one fails."""
    file = generation_file(folder, generation)
    with duckdb.connect(":memory:") as connection:
        try:
            connection.execute(f"ATTACH {literal(str(file))} AS facts (READ_ONLY)")
            for (table,) in connection.execute(_TABLES).fetchall():
                connection.execute(f"SELECT max(COLUMNS(*)) FROM facts.{quoted(table)}").fetchall()
        except duckdb.Error as error:
            raise unreadable(folder, file, error) from error
