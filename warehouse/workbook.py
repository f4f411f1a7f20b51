"""A dataset as an XLSX workbook."""

from __future__ import annotations

import errno
from io import BytesIO
from typing import TYPE_CHECKING, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from core.errors import UsageError
from core.language import _
from warehouse.contract import Type
from warehouse.export import exported_columns, select

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.contract import Dataset
    from warehouse.snapshot import Snapshot

SHEET_ROWS: Final = 1_048_575
CELL_LENGTH: Final = 32_767
_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
_PATTERNS: Final = {Type.DAY: "yyyy-mm-dd", Type.MOMENT: "yyyy-mm-dd hh:mm:ss"}


def write_workbook(snapshot: Snapshot, dataset: Dataset, rows: str, file: Path) -> None:
    """Write *rows* of *dataset* (see `warehouse.export.select`) to *file*. Raises UsageError when they do not fit."""
    count = snapshot.rows(f"SELECT count(*) FROM {rows}")[0][0]
    if count > SHEET_ROWS:
        message = _("{name} has {rows} rows; a sheet holds {most}.")
        raise UsageError(
            message.format(name=dataset.name, rows=count, most=SHEET_ROWS),
            _("Choose fewer days with --from and --to, or --format csv."),
        )
    # Opened first: a place that cannot be written is known before the work is done. Made beside it: an archive that was
    # cut off by a full disk would complain once more when it is forgotten.
    made = BytesIO()
    with file.open("wb") as out:
        try:
            with xlsxwriter.Workbook(made, _OPTIONS) as workbook:
                _fill(workbook, snapshot, dataset, rows)
        except FileCreateError as error:
            raise OSError(errno.EIO, str(error)) from error
        out.write(made.getbuffer())


def _fill(workbook: xlsxwriter.Workbook, snapshot: Snapshot, dataset: Dataset, rows: str) -> None:
    columns = exported_columns(dataset)
    sheet = workbook.add_worksheet(dataset.name[:31])
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [column.name for column in columns], bold)
    formats = [workbook.add_format({"num_format": _PATTERNS.get(column.type, "")}) for column in columns]
    for line, row in enumerate(snapshot.each_row(select(dataset, rows, safe=True, exact=False)), start=1):
        for index, value in enumerate(row):
            if value not in (None, ""):
                sheet.write(line, index, _fitting(value), formats[index])


def _fitting(value: object) -> object:
    """Text cut, visibly, to what a cell can hold; anything else as it is."""
    too_long = isinstance(value, str) and len(value) > CELL_LENGTH
    return f"{str(value)[: CELL_LENGTH - 1]}…" if too_long else value
