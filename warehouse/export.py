"""Taking a dataset away: CSV, Parquet or XLSX, in an order that is the same every time."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import duckdb

from core.errors import TemporaryError, UsageError, suggestion
from core.language import _
from core.period import Period
from warehouse.attempts import logged, rejected
from warehouse.contract import Type
from warehouse.datasets import DATASETS, LOADS, REJECTS
from warehouse.failures import one_line
from warehouse.schema import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from warehouse.contract import Column, Dataset
    from warehouse.snapshot import Snapshot

    Days = tuple[date | None, date | None]

FORMATS: Final = ("csv", "parquet", "xlsx")
_LOGS: Final = frozenset({"loads", "rejects"})
_FORMULA: Final = "regexp_matches({0}, '^''*[=+\\-@\\t\\r]')"


def dataset_named(name: str) -> Dataset:
    """The dataset called *name*. Raises UsageError with the nearest names."""
    if name not in DATASETS:
        raise UsageError(_("There is no dataset {name}.").format(name=repr(name)), suggestion(name, DATASETS))
    return DATASETS[name]


def export(snapshot: Snapshot, dataset: Dataset, days: Days, kind: str, file: Path) -> None:
    """Write *dataset* into *file*, only rows that lie wholly within *days* where given; all of it, or nothing.

    Text that a spreadsheet would run as a formula gets an apostrophe before it in CSV and XLSX; loading takes it off.
    Raises UsageError.
    """
    if kind not in FORMATS:
        raise UsageError(_("The format {name} is not known.").format(name=repr(kind)), suggestion(kind, FORMATS))
    rows = f"{_relation(snapshot, dataset)} t WHERE {_within(dataset, days)}"
    with _whole(file) as part:
        if kind == "xlsx":
            from warehouse.workbook import write_workbook  # noqa: PLC0415 - xlsxwriter is needed by this format only

            write_workbook(snapshot, dataset, rows, part)
        elif kind == "csv":
            snapshot.copy_to(select(dataset, rows, safe=True), part, "FORMAT CSV, HEADER")
        else:
            snapshot.copy_to(select(dataset, rows, safe=False), part, "FORMAT PARQUET")


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """A file beside *file* that takes its place once it is complete."""
    part = file.with_name(f".{file.name}.part")
    try:
        yield part
        part.replace(file)
    except (OSError, duckdb.IOException) as error:
        message = _("{file} could not be written: {error}.").format(file=file, error=one_line(error))
        raise TemporaryError(message, _("Check the folder, its rights and the free space, then try again.")) from error
    finally:
        # Where nothing could be written, nothing has to go.
        with suppress(OSError):
            part.unlink(missing_ok=True)


def exported_columns(dataset: Dataset) -> list[Column]:
    """The columns people get: all but the number of the load, which means nothing elsewhere."""
    return [c for c in dataset.columns if c.name != "load_id" or dataset.name in _LOGS]


def _relation(snapshot: Snapshot, dataset: Dataset) -> str:
    """Where the rows of *dataset* are: attempts, and what they rejected, stand beside the snapshot."""
    beside = {LOADS.name: logged, REJECTS.name: rejected}
    return beside[dataset.name](snapshot.folder) if dataset.name in beside else quoted(dataset.name)


def _within(dataset: Dataset, days: Days) -> str:
    first, last = days
    if not first and not last:
        return "true"
    if "day" not in dataset.by_name:
        message = _("The dataset {name} has no days.").format(name=dataset.name)
        raise UsageError(message, _("Leave out --from and --to."))
    if first and last:
        Period(first, last)
    conditions = [f"day >= DATE '{first}'"] if first else []
    conditions += [f"{dataset.last_day} <= DATE '{last}'"] if last else []
    return " AND ".join(conditions)


def select(dataset: Dataset, rows: str, *, safe: bool, exact: bool = True) -> str:
    """The statement for *rows* of *dataset* (a relation ``t`` and what holds for it), sorted by its key.

    *safe* makes formulas harmless; *exact* writes decimals as text without trailing zeros, otherwise they are doubles.
    """
    columns = exported_columns(dataset)
    values = ", ".join(_written(c, exact=exact) if safe else quoted(c.name) for c in columns)
    # Qualified: a plain name in ORDER BY would mean the rewritten output column.
    return f"SELECT {values} FROM {rows} ORDER BY {listed(dataset.key, 't.')}"


def _written(column: Column, *, exact: bool) -> str:
    name = quoted(column.name)
    if column.type is Type.TEXT:
        return f"CASE WHEN {_FORMULA.format('t.' + name)} THEN '''' || t.{name} ELSE t.{name} END AS {name}"
    if column.type is not Type.DECIMAL:
        return f"t.{name}"
    value = f"rtrim(rtrim(t.{name}::VARCHAR, '0'), '.')" if exact else f"t.{name}::DOUBLE"
    return f"{value} AS {name}"
