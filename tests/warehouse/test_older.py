"""A warehouse of an older version is read as today's contracts have it, and brought up to them by the next load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from core.errors import UsageError
from tests.warehouse.shelf import clicks, publish
from warehouse.datasets import DATASETS
from warehouse.schema import quoted
from warehouse.snapshot import open_snapshot
from warehouse.undo import rollback

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A warehouse that knows neither devices nor search terms, but something that was given up since."""
    with duckdb.connect(str(tmp_path / "000007.duckdb")) as connection:
        connection.execute(
            """CREATE TABLE ad_performance AS SELECT 'old' AS given_up, 5::BIGINT AS clicks, DATE '2024-02-29' AS day,
            'google_ads' AS platform, 1::BIGINT AS load_id"""
        )
        connection.execute("CREATE TABLE loads AS SELECT 1::BIGINT AS load_id, 'old.csv' AS name")
    (tmp_path / "CURRENT").write_text("000007.duckdb\n")
    return tmp_path


def test_columns_it_lacks_are_unknown_and_datasets_it_lacks_are_empty(older: Path) -> None:
    snapshot = open_snapshot(older)
    assert snapshot.rows("SELECT day, clicks, device, cost FROM ad_performance")[0][1:] == (5, None, None)
    assert snapshot.rows("SELECT count(*) FROM search_terms") == [(0,)]
    for name, dataset in DATASETS.items():
        table = snapshot.arrow(f"SELECT * FROM {quoted(name)}")
        assert table.column_names == [column.name for column in dataset.columns]


def test_the_next_load_brings_it_up_to_today(older: Path) -> None:
    assert publish(older, 3) == 8
    assert clicks(older) == 5 + 3
    with duckdb.connect(str(older / "000008.duckdb"), read_only=True) as connection:
        for name, dataset in DATASETS.items():
            described = connection.execute(f"DESCRIBE {quoted(name)}").fetchall()
            present = {column: kind for column, kind, *_ in described}
            assert {column.name: column.type.value for column in dataset.columns}.items() <= present.items()
        assert connection.execute("SELECT given_up FROM ad_performance ORDER BY clicks").fetchall() == [
            (None,),
            ("old",),
        ]


def test_the_old_snapshot_is_left_as_it_was(older: Path) -> None:
    before = (older / "000007.duckdb").read_bytes()
    publish(older, 3)
    assert (older / "000007.duckdb").read_bytes() == before
    assert (rollback(older), clicks(older)) == (7, 5)


def test_there_is_nothing_before_it(older: Path) -> None:
    with pytest.raises(UsageError, match="no earlier snapshot"):
        rollback(older)
    assert clicks(older) == 5
