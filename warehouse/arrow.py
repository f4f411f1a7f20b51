"""Rows that come as Arrow tables, on their way into a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.coverage import Incoming, Span
from warehouse.schema import listed, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import pyarrow as pa

    from warehouse.contract import Column, Dataset
    from warehouse.writer import Lane


def stage(
    lane: Lane,
    dataset: Dataset,
    tables: Iterable[pa.Table],
    fixed: Mapping[str, str | None],
    whole_days: tuple[date, ...] = (),
) -> Incoming:
    """Fill *lane*'s ``staged`` with the rows of *tables*, which have the same columns of *dataset*; one INSERT each.

    *fixed* are columns with the same text in every row; what is in neither has its usual value. Where the rows are all
    there is for *whole_days*, older rows of their scope and days give way even if no row replaces them: *fixed* then
    names the scope.
    """
    columns = _fill(lane, dataset, tables)
    own = [c for c in dataset.columns if c.name != "load_id"]
    constants = {c.name: _constant(c, fixed.get(c.name, c.default)) for c in own if c.name not in columns}
    chosen = ", ".join(
        f"{constants[c.name] or f'NULL::{c.type.value}'} AS {quoted(c.name)}" if c.name in constants else quoted(c.name)
        for c in own
    )
    lane.run("DROP VIEW IF EXISTS staged")
    lane.run(f"CREATE TEMP VIEW staged AS SELECT {chosen}, line AS file_line FROM arrived")
    spans = _spans(lane, dataset)
    if whole_days and not spans:
        scope = tuple(fixed.get(name, dataset.by_name[name].default) for name in dataset.scope)
        spans = (Span(scope, 0, min(whole_days), max(whole_days)),)
    return Incoming(spans, constants, whole_days=whole_days)


def _constant(column: Column, value: str | None) -> str | None:
    """The SQL of a column's only value; None where there is none."""
    return None if value is None else f"CAST({literal(value)} AS {column.type.value})"


def _fill(lane: Lane, dataset: Dataset, tables: Iterable[pa.Table]) -> set[str]:
    """Fill the table ``arrived`` and number its lines; the columns it has."""
    lane.run("CREATE OR REPLACE TEMP TABLE arrived (line BIGINT)")
    columns: set[str] = set()
    lines = 0
    for table in tables:
        if not columns:
            columns = set(table.column_names)
            typed = ", ".join(f"{quoted(c.name)} {c.type.value}" for c in dataset.columns if c.name in columns)
            lane.run(f"CREATE OR REPLACE TEMP TABLE arrived ({typed}, line BIGINT)")
        names = listed(c.name for c in dataset.columns if c.name in columns)
        with lane.registered("batch", table):
            lane.run(f"INSERT INTO arrived SELECT {names}, {lines} + row_number() OVER () FROM batch")
        lines += table.num_rows
    return columns


def _spans(lane: Lane, dataset: Dataset) -> tuple[Span, ...]:
    days = f"min(day), max({dataset.last_day})" if dataset.daily else "NULL, NULL"
    scope = listed(dataset.scope)
    rows = lane.run(f"SELECT count(*), {days}{scope and ', ' + scope} FROM staged {scope and 'GROUP BY ALL'}")
    return tuple(Span(tuple(scope), count, first, last) for count, first, last, *scope in rows if count)
