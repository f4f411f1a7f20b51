"""Taking a dataset away: CSV, Parquet or XLSX, in an order that is the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import xlsxwriter

from core.errors import UsageError, suggestion
from warehouse.contract import Type
from warehouse.datasets import DATASETS
from warehouse.schema import listed, quoted

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from warehouse.contract import Column, Dataset
    from warehouse.snapshot import Snapshot

FORMATS: Final = ("csv", "parquet", "xlsx")
SHEET_ROWS: Final = 1_048_575
_LOGS: Final = frozenset({"loads", "rejects"})
_FORMULA: Final = "regexp_matches({0}, '^''*[=+\\-@\\t\\r]')"


def dataset_named(name: str) -> Dataset:
    """The dataset called *name*. Raises UsageError with the nearest names."""
    if name not in DATASETS:
        message = f"There is no dataset {name!r}."
        raise UsageError(message, suggestion(name, DATASETS))
    return DATASETS[name]


def export(snapshot: Snapshot, dataset: Dataset, days: tuple[date | None, date | None], kind: str, file: Path) -> None:
    """Write *dataset* into *file*, only rows that lie wholly within *days* where given. Raises UsageError.

    Text that a spreadsheet would run as a formula gets an apostrophe before it in CSV and XLSX; loading takes it off.
    """
    if kind not in FORMATS:
        message = f"The format {kind!r} is not known."
        raise UsageError(message, suggestion(kind, FORMATS))
    where = _within(dataset, days)
    if kind == "parquet":
        snapshot.copy_to(_select(dataset, where, safe=False), file, "FORMAT PARQUET")
    elif kind == "csv":
        snapshot.copy_to(_select(dataset, where, safe=True), file, "FORMAT CSV, HEADER")
    else:
        _write_workbook(snapshot, dataset, where, file)


def exported_columns(dataset: Dataset) -> list[Column]:
    """The columns people get: all but the number of the load, which means nothing elsewhere."""
    return [c for c in dataset.columns if c.name != "load_id" or dataset.name in _LOGS]


def _within(dataset: Dataset, days: tuple[date | None, date | None]) -> str:
    if days == (None, None):
        return "true"
    if not dataset.daily:
        message = f"The dataset {dataset.name} has no days."
        raise UsageError(message, "Leave out --from and --to.")
    first, last = days
    conditions = [f"day >= DATE '{first}'"] if first else []
    conditions += [f"{dataset.last_day} <= DATE '{last}'"] if last else []
    return " AND ".join(conditions)


def _select(dataset: Dataset, where: str, *, safe: bool) -> str:
    columns = exported_columns(dataset)
    values = ", ".join(_written(c) if safe else quoted(c.name) for c in columns)
    # Qualified: a plain name in ORDER BY would mean the rewritten output column.
    order = listed(dataset.key, "t.") or "t.load_id"
    return f"SELECT {values} FROM {quoted(dataset.name)} t WHERE {where} ORDER BY {order}"


def _written(column: Column) -> str:
    name = quoted(column.name)
    if column.type is Type.TEXT:
        return f"CASE WHEN {_FORMULA.format('t.' + name)} THEN '''' || t.{name} ELSE t.{name} END AS {name}"
    if column.type is Type.DECIMAL:
        return f"rtrim(rtrim(t.{name}::VARCHAR, '0'), '.') AS {name}"
    return f"t.{name}"


def _write_workbook(snapshot: Snapshot, dataset: Dataset, where: str, file: Path) -> None:
    rows = snapshot.rows(f"SELECT count(*) FROM {quoted(dataset.name)} WHERE {where}")[0][0]
    if rows > SHEET_ROWS:
        message = f"{dataset.name} has {rows} rows; a sheet holds {SHEET_ROWS}."
        raise UsageError(message, "Choose fewer days with --from and --to, or CSV.")
    columns = exported_columns(dataset)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet(dataset.name[:31])
        bold = workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column.name, bold)
        values = ", ".join(_written(c) if c.type is Type.TEXT else _plain(c) for c in columns)
        table = snapshot.arrow(f"SELECT {values} FROM {quoted(dataset.name)} t WHERE {where} ORDER BY {listed(dataset.key, 't.') or 't.load_id'}")
        for line, row in enumerate(zip(*(column.to_pylist() for column in table.columns), strict=True), start=1):
            for index, value in enumerate(row):
                if value is not None and value != "":
                    sheet.write(line, index, value)


def _plain(column: Column) -> str:
    name = quoted(column.name)
    return f"CAST(t.{name} AS DOUBLE) AS {name}" if column.type is Type.DECIMAL else f"t.{name}"
