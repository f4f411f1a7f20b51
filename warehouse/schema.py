"""Contracts as SQL: how tables are made, and how older tables are read as today's contract has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.contract import Dataset


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
    """The statement that makes *dataset*'s table when it is missing. No primary key: it triples loading time."""
    columns = ", ".join(f"{quoted(c.name)} {c.type.value}" for c in dataset.columns)
    return f"CREATE TABLE IF NOT EXISTS {catalogue}.{quoted(dataset.name)} ({columns})"


def add_missing_columns(dataset: Dataset, catalogue: str, present: set[str]) -> list[str]:
    """The statements that bring an older table up to today's contract."""
    table = f"{catalogue}.{quoted(dataset.name)}"
    return [
        f"ALTER TABLE {table} ADD COLUMN {quoted(c.name)} {c.type.value}"
        for c in dataset.columns
        if c.name not in present
    ]


def create_view(dataset: Dataset, catalogue: str, present: set[str]) -> str:
    """The view through which readers see *dataset*: columns (or the whole table) an older snapshot lacks are NULL."""
    columns = ", ".join(
        quoted(c.name) if c.name in present else f"NULL::{c.type.value} AS {quoted(c.name)}" for c in dataset.columns
    )
    source = f"FROM {catalogue}.{quoted(dataset.name)}" if present else "WHERE false"
    return f"CREATE VIEW {quoted(dataset.name)} AS SELECT {columns} {source}"
