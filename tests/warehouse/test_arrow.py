"""Arrow tables on their way in: staged page by page, and whole days replaced."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from warehouse.arrow import stage
from warehouse.datasets import DATASETS
from warehouse.loads import Load
from warehouse.writer import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.merge import Merge
    from warehouse.writer import Writer

QUERIES = DATASETS["search_performance"]
FIXED = {"site": "shop", "search_type": "web", "slice": "query", "shape": "query"}


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with writing(tmp_path) as writer:
        yield writer


def bring(writer: Writer, *pages: list[tuple[int, str, int]], days: tuple[int, ...] = (), minute: int = 0) -> Merge:
    tables = [
        pa.table(
            {
                "day": [date(2026, 3, day) for day, _query, _clicks in page],
                "day_end": [date(2026, 3, day) for day, _query, _clicks in page],
                "query": [query for _day, query, _clicks in page],
                "clicks": [clicks for _day, _query, clicks in page],
                "position_sum": [1.2345678 for _row in page],
            }
        )
        for page in pages
    ]
    lane = writer.lane()
    incoming = stage(lane, QUERIES, tables, FIXED, tuple(date(2026, 3, day) for day in days))
    moment = datetime(2026, 4, 1, 0, minute, tzinfo=UTC)
    load = Load(load_id=writer.next_load_id(), name="site", dataset=QUERIES.name, exported_at=moment)
    merged = writer.merge(lane, load, incoming, lambda _merged: None)
    writer.log(load)
    return merged


def rows(writer: Writer) -> list[tuple[object, ...]]:
    return writer.run("SELECT day(day), query, clicks FROM target.search_performance ORDER BY ALL")


def test_pages_become_rows_of_the_dataset(writer: Writer) -> None:
    merged = bring(writer, [(1, "wash", 3), (1, "car", 2)], [(2, "wash", 5)])
    assert (merged.loaded, merged.replaced) == (3, 0)
    assert rows(writer) == [(1, "car", 2), (1, "wash", 3), (2, "wash", 5)]
    held = writer.run(
        "SELECT DISTINCT site, slice, filters, position_sum::VARCHAR, load_id FROM target.search_performance"
    )
    assert held == [("shop", "query", "", "1.234568", 1)]


def test_a_whole_day_loses_the_rows_that_are_gone(writer: Writer) -> None:
    bring(writer, [(1, "wash", 3), (1, "car", 2), (2, "wash", 5)])
    merged = bring(writer, [(1, "wash", 4)], days=(1,), minute=1)
    assert rows(writer) == [(1, "wash", 4), (2, "wash", 5)]
    assert (merged.loaded, merged.replaced) == (0, 1)


def test_a_whole_day_without_any_row_is_empty_afterwards(writer: Writer) -> None:
    bring(writer, [(1, "wash", 3), (2, "wash", 5)])
    bring(writer, days=(1,), minute=1)
    assert rows(writer) == [(2, "wash", 5)]


def test_days_that_are_not_whole_keep_their_other_rows(writer: Writer) -> None:
    bring(writer, [(1, "wash", 3), (1, "car", 2)])
    bring(writer, [(1, "wash", 4)], minute=1)
    assert rows(writer) == [(1, "car", 2), (1, "wash", 4)]
