"""Fetched tables into the warehouse, with a line in the load log."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from connectors.base import SourceResult
from core.remarks import _, joined, ngettext, written
from warehouse.arrow import stage
from warehouse.datasets import DATASETS
from warehouse.loads import Load

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pyarrow as pa

    from core.config import Source
    from core.period import Period
    from warehouse.merge import Merge
    from warehouse.writer import Writer


@dataclass(frozen=True)
class Part:
    """What one load brings: its tables, the text that is the same in every row, and the days it speaks for.

    *name* is what people call it, *asked* what tells it from the source's other loads.
    """

    name: str
    dataset: str
    format: str
    account: str
    asked: str
    fixed: dict[str, str | None]
    tables: Iterable[pa.Table]
    whole_days: tuple[date, ...]
    days: Period
    asked_at: datetime
    notes: list[str] = field(default_factory=list)


def bring(writer: Writer, source: Source, part: Part) -> SourceResult:
    """Merge *part* as one load; the whole of it, or an error."""
    load = Load(
        source=source.name,
        name=f"{source.name}: {part.name}",
        format=part.format,
        dataset=part.dataset,
        account=part.account,
        asked=part.asked,
        exported_at=part.asked_at,
        first_day=part.days.start,
        last_day=part.days.end,
        started_at=datetime.now(UTC),
    )
    lane = writer.lane()
    incoming = stage(lane, DATASETS[part.dataset], part.tables, part.fixed, part.whole_days)
    load.load_id = writer.next_load_id()
    load.sha256 = hashlib.sha256(f"{source.name} {part.asked} {part.asked_at}".encode()).hexdigest()
    merged = writer.merge(lane, load, incoming, lambda _merged: None)
    result = _result(source, part, merged)
    load.rows_read = load.lines_read = incoming.rows
    load.rows_loaded, load.rows_replaced, load.rows_rejected = merged.loaded, merged.replaced, merged.superseded
    load.message, load.remarks, load.finished_at = result.message, written(result.notes), datetime.now(UTC)
    writer.log(load)
    lane.run("DROP VIEW staged")
    lane.run("DROP TABLE arrived")
    return result


def _result(source: Source, part: Part, merged: Merge) -> SourceResult:
    result = SourceResult(source.name, source.kind, part=part.name, dataset=part.dataset)
    result.rows_loaded, result.rows_replaced, result.rows_rejected = merged.loaded, merged.replaced, merged.superseded
    result.first_day, result.last_day = min(part.whole_days), max(part.whole_days)
    result.notes = list(part.notes)
    result.notes += _gave_way(merged)
    said = _("New rows: {new}, replaced: {replaced}.").format(new=merged.loaded, replaced=merged.replaced)
    result.message = joined([said, *result.notes])
    return result


def _gave_way(merged: Merge) -> list[str]:
    """What kept rows out, or took older ones away."""
    notes = []
    if merged.superseded:
        count = merged.superseded
        text = ngettext(
            "{n} row stayed out: a newer export has it.", "{n} rows stayed out: a newer export has them.", count
        )
        notes.append(text.format(n=count))
    if merged.removed:
        text = ngettext(
            "{n} older row at another level or over other days gave way to this export.",
            "{n} older rows at another level or over other days gave way to this export.",
            merged.removed,
        )
        notes.append(text.format(n=merged.removed))
    return notes
