"""Checked tables of the plan on their way into the writer's copy: each takes the place of what it said before."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from warehouse.coverage import Incoming, Span
from warehouse.loads import Load
from warehouse.schema import listed, literal, quoted

if TYPE_CHECKING:
    from connectors.plan.tables import PlanTable
    from warehouse.contract import Dataset
    from warehouse.merge import Merge
    from warehouse.snapshot import Snapshot
    from warehouse.writer import Lane, Writer

SOURCE: Final = "plan"
_LAST: Final = """
    SELECT dataset, sha256, rows_read FROM loads WHERE source = ? AND status = 'loaded'
    QUALIFY row_number() OVER (PARTITION BY dataset ORDER BY load_id DESC) = 1 ORDER BY load_id DESC"""


@dataclass(frozen=True)
class InForce:
    """What the plan said when it last came into force: the fingerprint of its files, and the datasets with rows."""

    sha256: str
    datasets: frozenset[str]


@dataclass(frozen=True)
class Origin:
    """Where a table of the plan comes from: the source, what its load is called, the fingerprint of what was read."""

    source: str
    name: str
    sha256: str
    format: str = "kokpit"
    started: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True)
class Brought:
    """What became of one table: rows that are new, that took the place of older ones, and that are gone."""

    loaded: int = 0
    replaced: int = 0
    removed: int = 0
    load_id: int = 0


def in_force(snapshot: Snapshot, source: str = SOURCE) -> InForce:
    """What *source* has in force of the plan in *snapshot*."""
    rows = snapshot.rows(_LAST, [source])
    return InForce(rows[0][1] if rows else "", frozenset(dataset for dataset, _sha256, count in rows if count))


def held_by(snapshot: Snapshot, dataset: str) -> str:
    """The source whose rows of *dataset* were brought last; empty where there are none."""
    sql = "SELECT source FROM loads WHERE dataset = ? AND rows_read > 0 ORDER BY load_id DESC LIMIT 1"
    return str((snapshot.rows(sql, [dataset]) or [("",)])[0][0] or "")


def bring(writer: Writer, lane: Lane, table: PlanTable, origin: Origin) -> Brought:
    """Merge the rows of *table*; rows that its source had before are gone."""
    dataset = table.dataset
    load = Load(
        source=origin.source,
        name=origin.name,
        sha256=origin.sha256,
        format=origin.format,
        dataset=dataset.name,
        locale=table.conventions,
        started_at=origin.started,
        load_id=writer.next_load_id(),
    )
    if not table.rows:
        found = _empty(writer, lane, dataset, origin.source)
    else:
        _stage(lane, table)
        merged = writer.merge(lane, load, _incoming(table, _own_loads(writer, dataset, origin.source)), _nothing_more)
        found = Brought(merged.loaded, merged.replaced, merged.removed)
    writer.log(_completed(load, table, found))
    return replace(found, load_id=load.load_id)


def _own_loads(writer: Writer, dataset: Dataset, source: str) -> tuple[int, ...]:
    """The loads of *source* whose rows give way; a table that is replaced as a whole needs none."""
    if dataset.whole:
        return ()
    sql = "SELECT load_id FROM target.loads WHERE source = ? AND dataset = ?"
    return tuple(load_id for (load_id,) in writer.run(sql, [source, dataset.name]))


def _nothing_more(_merge: Merge) -> None:
    """Nothing else belongs to the transaction."""


def _empty(writer: Writer, lane: Lane, dataset: Dataset, source: str) -> Brought:
    """Take away what *source* brought earlier; rows that came another way stay."""
    writer.make_room(dataset, dataset.by_name)
    mine = "SELECT load_id FROM target.loads WHERE source = ?"
    with lane.transaction():
        gone = lane.run(f"DELETE FROM target.{quoted(dataset.name)} WHERE load_id IN ({mine})", [source])
    return Brought(removed=int(gone[0][0]))


def _stage(lane: Lane, table: PlanTable) -> None:
    """The rows as the lane's table ``staged``."""
    columns = [column for column in table.dataset.columns if column.name != "load_id"]
    shape = json.dumps([{"line": "BIGINT", **{column.name: column.type.value for column in columns}}])
    rows = json.dumps(
        [
            {"line": line, **{name: _as_text(value) for name, value in row.items()}}
            for line, row in zip(table.lines, table.rows, strict=True)
        ]
    )
    lane.run(
        f"""CREATE OR REPLACE TEMP TABLE staged AS
        SELECT {listed([column.name for column in columns])}, line AS file_line
        FROM (SELECT unnest(from_json($1::JSON, {literal(shape)}), recursive := true))""",
        [rows],
    )


def _as_text(value: object) -> Any:  # noqa: ANN401 - what JSON can hold
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def _incoming(table: PlanTable, instead_of: tuple[int, ...]) -> Incoming:
    filled = {name for row in table.rows for name in row}
    constants = {name: None for name in table.dataset.by_name if name not in filled and name != "load_id"}
    days = [row["day"] for row in table.rows] if table.dataset.daily else []
    span = Span((), len(table.rows), min(days, default=None), max(days, default=None))
    return Incoming((span,), dict(constants), instead_of)


def _completed(load: Load, table: PlanTable, found: Brought) -> Load:
    load.rows_read = load.lines_read = len(table.rows)
    load.rows_loaded, load.rows_replaced = found.loaded, found.replaced
    days = [row["day"] for row in table.rows] if table.dataset.daily else []
    load.first_day, load.last_day = min(days, default=None), max(days, default=None)
    # Set after merging: the plan says what is in force now, however old its file is, and however new any other.
    load.exported_at = load.started_at
    load.finished_at = datetime.now(UTC)
    return load
