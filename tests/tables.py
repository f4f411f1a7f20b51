"""Tables as tests that write into them directly want them: all, with all columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from warehouse.writer import Writer


def make_every_table(writer: Writer) -> None:
    """Open the writer's copy, with every column of every dataset."""
    writer.open_copy()
    for dataset in DATASETS.values():
        writer.make_room(dataset, dataset.by_name)
