"""Kokpit's own CSV: a dataset's column names as the header, for what the tools of the department cannot export."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.demo.files import midnight, save
from data.demo.text import cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from data.demo.timeline import Timeline


def write_sheet(folder: Path, name: str, columns: Mapping[str, Sequence[object]], timeline: Timeline) -> None:
    """Write *columns* as ``name day.csv``, exported the day after the last."""
    exported = timeline.last + timedelta(days=1)
    save(folder / f"{name} {exported}.csv", csv_bytes(columns), midnight(exported))


def csv_bytes(columns: Mapping[str, Sequence[object]]) -> bytes:
    """The columns as CSV."""
    rows = zip(*([cell(str(value)) for value in values] for values in columns.values()), strict=True)
    return ("\n".join([",".join(columns), *map(",".join, rows)]) + "\n").encode()


def money(values: Sequence[float]) -> list[str]:
    """Amounts with two decimals."""
    return [f"{value:.2f}" for value in values]
