"""Exports of a few rows, written out in the test, merged one after the other into one private copy."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tests.tables import make_every_table
from warehouse.coverage import Incoming, Span
from warehouse.datasets import DATASETS
from warehouse.loads import Load
from warehouse.schema import literal, quoted
from warehouse.writer import writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warehouse.contract import Dataset
    from warehouse.merge import Merge
    from warehouse.writer import Writer

Row = dict[str, Any]


def ad(day: int, clicks: int, **values: object) -> Row:
    """A row of ad_performance: the campaign Brand of Google's account A on that day of November."""
    row: Row = {"platform": "google_ads", "account": "A", "campaign": "Brand", "occurrence": 1, "shape": "campaign"}
    return row | {"day": f"2026-11-{day:02d}", "clicks": clicks} | values


def searched(first: int, last: int, clicks: int, **values: object) -> Row:
    """A row of search_performance: the query erp from one day of November to another."""
    row: Row = {"site": "example.com", "search_type": "web", "filters": "", "slice": "query", "query": "erp"}
    days = {"day": f"2026-11-{first:02d}", "day_end": f"2026-11-{last:02d}"}
    return row | days | {"shape": "query", "clicks": clicks} | values


class Table:
    """One dataset of a private copy."""

    def __init__(self, writer: Writer, dataset: Dataset) -> None:
        """Nothing is in it yet."""
        self.writer = writer
        self.lane = writer.lane()
        self.dataset = dataset

    def load(self, *rows: Row, exported: int | None = None) -> Merge:
        """Merge an export of *rows*, made on that day of December."""
        columns = [c for c in self.dataset.columns if c.name != "load_id"]
        selects = [
            f"SELECT {line} AS file_line, "
            + ", ".join(f"{_sql(row.get(c.name))}::{c.type.value} AS {quoted(c.name)}" for c in columns)
            for line, row in enumerate(rows, start=1)
        ]
        self.lane.run(f"CREATE OR REPLACE TEMP TABLE staged AS {' UNION ALL '.join(selects)}")
        moment = datetime(2026, 12, exported, tzinfo=UTC) if exported else None
        load = Load(
            load_id=self.writer.next_load_id(), name="export.csv", dataset=self.dataset.name, exported_at=moment
        )
        merged = self.writer.merge(self.lane, load, Incoming(tuple(self._spans(rows)), {}), lambda _merged: None)
        self.writer.log(load)
        assert merged.loaded + merged.replaced + merged.superseded == len(rows)
        return merged

    def _spans(self, rows: Sequence[Row]) -> Iterator[Span]:
        by_scope: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in rows:
            by_scope[tuple(row.get(name) for name in self.dataset.scope)].append(row)
        for scope, mine in by_scope.items():
            first = min((_day(row, "day") for row in mine), default=None) if self.dataset.daily else None
            last = max((_day(row, self.dataset.last_day) for row in mine), default=None) if self.dataset.daily else None
            yield Span(scope, len(mine), first, last)

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        """These columns of all rows, sorted."""
        names = ", ".join(quoted(column) for column in columns)
        return self.writer.run(f"SELECT {names} FROM target.{quoted(self.dataset.name)} ORDER BY ALL")

    def by_day(self) -> dict[int, int]:
        """The clicks by day of the month."""
        table = f"target.{quoted(self.dataset.name)}"
        return dict(self.writer.run(f"SELECT day(day), sum(clicks)::INT FROM {table} GROUP BY ALL ORDER BY ALL"))


@contextmanager
def table(folder: Path, name: str) -> Iterator[Table]:
    """The dataset *name* of a fresh warehouse in *folder*; nothing is published."""
    with writing(folder) as writer:
        make_every_table(writer)
        yield Table(writer, DATASETS[name])


def _sql(value: object) -> str:
    return "NULL" if value is None else literal(str(value))


def _day(row: Row, name: str) -> date:
    return date.fromisoformat(row[name])
