"""Contracts as SQL: how tables are made, and how older tables are read as today's contract has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warehouse.contract import Column, Dataset


def quoted(name: str) -> str:
    """*name* as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """*text* as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def listed(names: Iterable[str], prefix: str = "") -> str:
    """Column names as an SQL list, each after *prefix* (such as ``e.``)."""
    return ", ".join(prefix + quoted(name) for name in names)


def create_table(dataset: Dataset, catalogue: str) -> str:
    """The statement that makes *dataset*'s table with all columns. No primary key: it triples loading time."""
    columns = ", ".join(f"{quoted(c.name)} {c.type.value}" for c in dataset.columns)
    return f"CREATE TABLE IF NOT EXISTS {catalogue}.{quoted(dataset.name)} ({columns})"


def usual(column: Column) -> str:
    """The value of *column* where nobody says another one: its default, or NULL."""
    return f"CAST({'NULL' if column.default is None else literal(column.default)} AS {column.type.value})"


def add_columns(dataset: Dataset, catalogue: str, present: set[str], wanted: Iterable[str]) -> list[str]:
    """The statements after which *dataset*'s table has the *wanted* columns too; it has *present* ones, or is missing.

    A column is there from the first load that fills it, with its usual value in the rows before: an empty column would
    cost every load nearly as much as a full one.
    """
    table = f"{catalogue}.{quoted(dataset.name)}"
    missing = [
        f"{quoted(c.name)} {c.type.value} DEFAULT {usual(c)}" for c in dataset.columns if c.name in {*wanted} - present
    ]
    if missing and not present:
        return [f"CREATE TABLE {table} ({', '.join(missing)})"]
    new = [column for column in dataset.columns if column.name in {*wanted} - present]
    filled = [statement for column in new for statement in _filled_in(column, catalogue, table)]
    return [*(f"ALTER TABLE {table} ADD COLUMN {column}" for column in missing), *filled]


def _filled_in(column: Column, catalogue: str, table: str) -> Iterator[str]:
    """The statements that say of the rows in *table* what they would say in *column* if they were brought today."""
    if column.by_format:
        yield f"""UPDATE {table} SET {quoted(column.name)} = l.format FROM {catalogue}.loads l
            WHERE l.load_id = {table}.load_id AND l.format IN ({", ".join(map(literal, column.by_format))})"""
    if column.earlier:
        yield f"UPDATE {table} SET {quoted(column.name)} = {column.earlier}"


def every_row(dataset: Dataset, catalogue: str, present: set[str]) -> str:
    """The statement that reads *dataset* as today's contract has it, each row with its number in the table as ``rid``.

    The table has only the columns *present*, or is missing; what is not there has its usual value.
    """
    columns = ", ".join(
        quoted(c.name) if c.name in present else f"{usual(c)} AS {quoted(c.name)}" for c in dataset.columns
    )
    if not present:
        return f"SELECT {columns}, NULL::BIGINT AS rid WHERE false"
    return f"SELECT {columns}, rowid AS rid FROM {catalogue}.{quoted(dataset.name)}"


def create_view(dataset: Dataset, catalogue: str, present: set[str]) -> str:
    """The view through which readers see *dataset*."""
    rows = every_row(dataset, catalogue, present)
    return f"CREATE VIEW {quoted(dataset.name)} AS SELECT * EXCLUDE (rid) FROM ({rows})"
