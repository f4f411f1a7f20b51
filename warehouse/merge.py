"""Bringing staged rows into a table: what is new, what replaces, what a newer export already has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from core.errors import BrokenWarehouseError
from warehouse.claims import claim, find_clashes, give_up, naive
from warehouse.schema import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from warehouse.contract import Dataset
    from warehouse.coverage import Incoming
    from warehouse.currencies import Settled
    from warehouse.loads import Load

PLACE: Final = "occurrence"
"""The column that numbers rows which share all names."""
BLOCK: Final = 122_880
"""Rows that DuckDB keeps together, with the least and greatest value of each column beside them."""


class Runner(Protocol):
    """Runs statements on the writer's private copy."""

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that *sql* answers."""


@dataclass(frozen=True)
class Merge:
    """What became of staged rows. ``superseded`` rows stay in the table ``superseded`` (line) for the reject log.

    *lost* are measures that rows had and those in their place have not, since their export has no such column;
    *settled* is what rows without a currency were given.
    """

    loaded: int
    replaced: int
    superseded: int
    removed: int
    lost: tuple[tuple[str, int], ...] = ()
    settled: Settled | None = None


def merge(runner: Runner, dataset: Dataset, load: Load, incoming: Incoming, held: str | None) -> Merge:
    """Bring the *incoming* rows of the table ``staged`` (the dataset's columns and ``file_line``) into *dataset*.

    Within a scope and day, rows at another shape or over another period give way to the newer export; of equal keys the
    newer export's row counts; all other rows stay. The result does not depend on the order of loading. The statement
    *held* answers what is there; None says that the rows are known to meet nothing.
    """
    staged = incoming.rows
    withdrawn = _withdraw(runner, dataset, incoming.instead_of)
    if held is not None:
        withdrawn += _withdraw_days(runner, dataset, incoming)
    if dataset.has_shapes:
        claim(runner, dataset, load)
    if held is None:
        _insert(runner, dataset, load.load_id, incoming, 0)
        return Merge(max(staged - withdrawn, 0), min(withdrawn, staged), 0, 0)
    runner.run("CREATE OR REPLACE TEMP TABLE superseded (line BIGINT)")
    _find_existing(runner, dataset, held, load.exported_at)
    if dataset.has_shapes:
        find_clashes(runner, dataset, load)
    elif dataset.whole:
        _find_whole(runner)
    else:
        runner.run("CREATE OR REPLACE TEMP TABLE gone (rid BIGINT, replaced BOOLEAN)")
    _find_equal_keys(runner, dataset)
    superseded, replaced = _count(runner, "superseded"), _count(runner, "replaced")
    removed = _count(runner, "gone WHERE NOT replaced")
    lost = _lost(runner, dataset, incoming, held) if replaced else ()
    _delete(runner, dataset)
    _insert(runner, dataset, load.load_id, incoming, superseded)
    replaced = min(replaced + withdrawn, staged - superseded)
    return Merge(staged - superseded - replaced, replaced, superseded, removed, lost)


def _lost(runner: Runner, dataset: Dataset, incoming: Incoming, held: str) -> tuple[tuple[str, int], ...]:
    """The measures that replaced rows had, and that no incoming row can have; of how many rows."""
    filled = incoming.filled(dataset)
    missing = [name for name in dataset.measures if name not in filled]
    if not missing:
        return ()
    counts = ", ".join(f"count({quoted(name)})" for name in missing)
    found = runner.run(f"SELECT {counts} FROM ({held}) WHERE rid IN (SELECT rid FROM gone WHERE replaced)")[0]
    return tuple((name, int(count)) for name, count in zip(missing, found, strict=True) if count)


def _withdraw(runner: Runner, dataset: Dataset, loads: tuple[int, ...]) -> int:
    """Take the rows of *loads* away; how many there were."""
    if not loads:
        return 0
    numbers = ", ".join(map(str, loads))
    give_up(runner, dataset, numbers)
    return int(runner.run(f"DELETE FROM target.{quoted(dataset.name)} WHERE load_id IN ({numbers})")[0][0])


def _withdraw_days(runner: Runner, dataset: Dataset, incoming: Incoming) -> int:
    """Take away what the scopes of *incoming* have on its whole days; how many rows there were."""
    if not incoming.whole_days:
        return 0
    days = [*incoming.whole_days]
    return sum(
        int(
            runner.run(
                f"""DELETE FROM target.{quoted(dataset.name)}
                WHERE day BETWEEN $1 AND $2 AND day IN (SELECT unnest($3)) AND {dataset.last_day} = day
                AND {" AND ".join(f"{quoted(n)} IS NOT DISTINCT FROM ${i}" for i, n in enumerate(dataset.scope, 4))}""",
                [min(days), max(days), days, *span.scope],
            )[0][0]
        )
        for span in incoming.spans
    )


def _count(runner: Runner, relation: str) -> int:
    return int(runner.run(f"SELECT count(*) FROM {relation}")[0][0])


def _delete(runner: Runner, dataset: Dataset) -> None:
    expected = _count(runner, "gone")
    done = runner.run(f"DELETE FROM target.{quoted(dataset.name)} WHERE rowid IN (SELECT rid FROM gone)")[0][0]
    _require(dataset, "removed", int(done), expected)


def _require(dataset: Dataset, what: str, done: int, expected: int) -> None:
    if done != expected:
        message = f"{done} rows of {dataset.name} were {what} instead of {expected}."
        raise BrokenWarehouseError(message, "Nothing was changed. Please report this with the file.")


def _same(names: tuple[str, ...], left: str, right: str) -> str:
    """The condition that *names* are equal on both sides, where unknown equals unknown."""
    pairs = [f"{left}.{quoted(n)} IS NOT DISTINCT FROM {right}.{quoted(n)}" for n in names]
    return " AND ".join(pairs) or "true"


def identity_columns(dataset: Dataset, prefix: str = "") -> str:
    """The key of *dataset* as SQL expressions: an id stands for the name beside it."""
    ids = dict(dataset.identity)
    named = set(ids.values())
    return ", ".join(
        f"coalesce({prefix}{quoted(n)}, {prefix}{quoted(ids[n])}) AS {quoted(n)}" if n in ids else prefix + quoted(n)
        for n in dataset.key
        if n not in named
    )


def _identity_names(dataset: Dataset) -> tuple[str, ...]:
    named = {name for _, name in dataset.identity}
    return tuple(n for n in dataset.key if n not in named)


def _same_owner(dataset: Dataset) -> str:
    """Whether a row may be of the staged rows' account: where none is named, another currency tells another account."""
    if not {"account", "currency"} <= dataset.by_name.keys():
        return "true"
    return """(e.account IS NOT NULL OR e.currency IS NULL OR e.currency IN (SELECT currency FROM staged)
        OR NOT EXISTS (SELECT 1 FROM staged WHERE currency IS NOT NULL))"""


def _find_existing(runner: Runner, dataset: Dataset, held: str, exported_at: datetime | None) -> None:
    """Fill ``existing``: rows of the same scope and days, each with whether a newer export brought it."""
    days = "true"
    if dataset.daily:
        days = f'e."day" <= (SELECT max({dataset.last_day}) FROM staged) AND '
        days += f"e.{dataset.last_day} >= (SELECT min(day) FROM staged)"
    runner.run(f"CREATE OR REPLACE TEMP TABLE scopes AS SELECT DISTINCT {listed(dataset.scope) or '1'} FROM staged")
    scope = f"EXISTS (SELECT 1 FROM scopes s WHERE {_same(dataset.scope, 's', 'e')})"
    shape = 'e."shape"' if "shape" in dataset.by_name else "NULL::VARCHAR"
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE existing AS
        SELECT e.rid, {identity_columns(dataset, "e.")}, {shape} AS old_shape,
            coalesce(l.exported_at > $1, false) AS newer
        FROM ({held}) e
        LEFT JOIN target.loads l ON l.load_id = e.load_id
        WHERE {days} AND {scope} AND {_same_owner(dataset)}""",
        [naive(exported_at)],
    )


def _find_whole(runner: Runner) -> None:
    """Fill ``superseded`` and ``gone`` for a table that every newer file replaces."""
    newer = "(SELECT coalesce(bool_or(newer), false) FROM existing)"
    runner.run(f"CREATE OR REPLACE TEMP TABLE superseded AS SELECT file_line AS line FROM staged WHERE {newer}")
    runner.run(f"CREATE OR REPLACE TEMP TABLE gone AS SELECT rid, false AS replaced FROM existing WHERE NOT {newer}")


def _find_equal_keys(runner: Runner, dataset: Dataset) -> None:
    """Add rows with equal keys to ``superseded`` or ``gone``, and list the lines that replace one in ``replaced``.

    Rows without ids that share all names are told apart by their place alone, so an export speaks for all of them:
    where the newer one has fewer, nobody knows which of the older ones these are.
    """
    names = _identity_names(dataset)
    shared = tuple(name for name in names if name != PLACE)
    staged = f"(SELECT {identity_columns(dataset)}, file_line FROM staged)"
    kept = "s.file_line NOT IN (SELECT line FROM superseded)"
    runner.run(
        f"""INSERT INTO superseded SELECT file_line FROM {staged} s
        WHERE EXISTS (SELECT 1 FROM existing e WHERE e.newer AND {_same(shared, "s", "e")}) AND {kept}"""
    )
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE replaced AS SELECT DISTINCT s.file_line AS line FROM {staged} s
        JOIN existing e ON {_same(names, "s", "e")} WHERE NOT e.newer AND {kept}"""
    )
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE equal AS SELECT e.rid FROM existing e
        WHERE NOT e.newer AND EXISTS (SELECT 1 FROM {staged} s WHERE {_same(shared, "s", "e")} AND {kept})"""
    )
    runner.run("DELETE FROM gone WHERE rid IN (SELECT rid FROM equal)")
    runner.run("INSERT INTO gone SELECT rid, true FROM equal")


def _insert(runner: Runner, dataset: Dataset, load_id: int, incoming: Incoming, superseded: int) -> None:
    """Add the rows, those of earlier days first: recent periods are then read from few places."""
    values = {**incoming.constants, "load_id": str(load_id)}
    rows = "staged"
    if superseded:
        rows = "(SELECT * FROM staged WHERE file_line NOT IN (SELECT line FROM superseded))"
    dated = "day" in dataset.by_name and "day" not in values
    if dated and incoming.rows > BLOCK and not _in_order(runner):
        # The same value in every row needs no sorting.
        varying = listed([c.name for c in dataset.columns if c.name not in values] + ["file_line"])
        rows = f"(SELECT {varying} FROM {rows} ORDER BY day, file_line)"
    filled = incoming.filled(dataset)
    columns, chosen = listed(filled), ", ".join(values.get(name) or quoted(name) for name in filled)
    done = runner.run(f"INSERT INTO target.{quoted(dataset.name)} ({columns}) SELECT {chosen} FROM {rows}")[0][0]
    _require(dataset, "added", int(done), incoming.rows - superseded)


def _in_order(runner: Runner) -> bool:
    """Whether days rise from one block of staged rows to the next; within a block their order does not matter."""
    return not runner.run(
        f"""SELECT count(*) FROM (
            SELECT min(day) < lag(max(day)) OVER (ORDER BY file_line // {BLOCK}) AS back
            FROM staged GROUP BY file_line // {BLOCK})
        WHERE back"""
    )[0][0]
