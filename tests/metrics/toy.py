"""Toy warehouses: a snapshot of rows written out in the test, and short ways of asking it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pyarrow as pa

from core.config import Configuration
from core.period import Grain, Period
from metrics.evaluate import Evaluation, evaluate
from metrics.query import Query
from warehouse.datasets import DATASETS
from warehouse.schema import create_table, listed, quoted
from warehouse.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Row = dict[str, object]
EURO = Configuration(currency="EUR", time_zone="UTC")
LONG_AFTER = datetime(2027, 12, 1)  # noqa: DTZ001 - the warehouse keeps UTC without a zone


def ad(day: str, **values: object) -> Row:
    """A row of ad_performance of Google's account A, in euros, brought by load 1."""
    row: Row = {"platform": "google_ads", "account": "A", "campaign": "Brand", "currency": "EUR", "load_id": 1}
    return row | {"day": date.fromisoformat(day)} | values


def total(day: str, until: str = "", **values: object) -> Row:
    """A row of search_totals of a site's web search, brought by load 1."""
    row: Row = {"site": "example.com", "search_type": "web", "filters": "", "load_id": 1}
    return row | {"day": date.fromisoformat(day), "day_end": date.fromisoformat(until or day)} | values


def by_query(day: str, until: str = "", **values: object) -> Row:
    """A row of search_performance by query, brought by load 1."""
    return total(day, until) | {"slice": "query", "query": "erp"} | values


def load(load_id: int, **values: object) -> Row:
    """A row of the load log; its export was made long after all the days of these tests."""
    return {"load_id": load_id, "name": f"report {load_id}.csv", "exported_at": LONG_AFTER} | values


def toy(folder: Path, loads: Sequence[Row] = (load(1),), **tables: Sequence[Row]) -> Snapshot:
    """A snapshot with the given *loads* and rows of other *tables*."""
    home = folder / f"warehouse-{len(list(folder.iterdir()))}"
    home.mkdir()
    with duckdb.connect(str(home / "000001.duckdb")) as connection:
        connection.begin()
        for name, rows in {"loads": loads, **tables}.items():
            dataset = DATASETS[name]
            connection.execute(create_table(dataset, '"000001"'))
            if rows:
                columns = dict.fromkeys(column for row in rows for column in row)
                staged = pa.table({c: pa.array([_text(row.get(c)) for row in rows], pa.string()) for c in columns})
                connection.register("staged", staged)
                casts = ", ".join(f"{quoted(c)}::{dataset.by_name[c].type.value}" for c in columns)
                connection.execute(f"INSERT INTO {quoted(name)} ({listed(columns)}) SELECT {casts} FROM staged")
        connection.commit()
    (home / "CURRENT").write_text("000001.duckdb\n", encoding="ascii")
    return open_snapshot(home)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def period(start: str, end: str) -> Period:
    """The days from *start* to *end*."""
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def ask(
    snapshot: Snapshot,
    kpis: str,
    days: Period,
    by: Grain = Grain.TOTAL,
    reporting: Configuration = EURO,
    **options: object,
) -> Evaluation:
    """The KPIs named in *kpis* (apart by spaces) over *days*, in euros unless *reporting* says otherwise."""
    return evaluate(snapshot, Query(tuple(kpis.split()), days, by, **options), reporting)  # type: ignore[arg-type]


def values(evaluation: Evaluation, kpi: str = "") -> list[float | None]:
    """The values of one KPI (of all rows without a name) in the order of the table, None where there is none."""
    rows = evaluation.series(kpi) if kpi else evaluation.table
    return [None if pd.isna(value) else value for value in rows["value"]]


def complete(evaluation: Evaluation) -> list[bool]:
    """Which rows are complete, in the order of the table."""
    return [bool(flag) for flag in evaluation.table["complete"]]
