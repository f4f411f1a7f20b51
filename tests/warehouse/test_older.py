"""A warehouse of an older version is read as today's contracts have it, and brought up to them by the next load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from core.errors import FileError
from tests.warehouse.shelf import clicks, publish
from warehouse.coverage import Incoming, Span
from warehouse.datasets import DATASETS
from warehouse.loads import Load
from warehouse.schema import quoted
from warehouse.snapshot import open_snapshot
from warehouse.undo import rollback
from warehouse.writer import writing

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
    with pytest.raises(FileError, match="no earlier snapshot"):
        rollback(older)
    assert clicks(older) == 5


def test_deals_say_which_system_they_come_from_once_that_is_asked(tmp_path: Path) -> None:
    """Rows of a CRM's own format do; those of a team's own file do not, as before."""
    with duckdb.connect(str(tmp_path / "000007.duckdb")) as connection:
        connection.execute("CREATE TABLE loads AS SELECT 1::BIGINT AS load_id, 'hubspot' AS format")
        connection.execute("INSERT INTO loads VALUES (2, 'our_list')")
        connection.execute(
            """CREATE TABLE deals AS SELECT * FROM (VALUES ('7', 'open', 1::BIGINT), ('8', 'open', 1), ('9', 'won', 2))
            AS t (deal_id, stage, load_id)"""
        )
    (tmp_path / "CURRENT").write_text("000007.duckdb\n")
    assert open_snapshot(tmp_path).rows("SELECT count(*), count(system) FROM deals") == [(3, 0)]
    with writing(tmp_path) as writer:
        lane = writer.lane()
        lane.run(
            "CREATE TEMP TABLE staged AS SELECT '7' AS deal_id, 'zoho' AS system, 'open' AS stage, 1 AS file_line "
            "UNION ALL SELECT '8', 'hubspot', 'won', 2"
        )
        constants: dict[str, str | None] = {
            c.name: None for c in DATASETS["deals"].columns if c.name not in ("deal_id", "system", "stage")
        }
        del constants["load_id"]
        load = Load(name="deals.csv", dataset="deals", load_id=writer.next_load_id())
        writer.merge(lane, load, Incoming((Span((), 2, None, None),), constants), lambda _merged: None)
        writer.log(load)
        writer.publish()
    assert open_snapshot(tmp_path).rows("SELECT deal_id, system, stage FROM deals ORDER BY ALL") == [
        ("7", "hubspot", "open"),
        ("7", "zoho", "open"),
        ("8", "hubspot", "won"),
        ("9", None, "won"),
    ]


def test_visits_say_what_they_are_by_once_that_is_asked(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "000007.duckdb")) as connection:
        connection.execute("CREATE TABLE loads AS SELECT 1::BIGINT AS load_id")
        connection.execute(
            """CREATE TABLE web_traffic AS SELECT DATE '2026-03-01' AS day, DATE '2026-03-01' AS day_end, shape,
            1::BIGINT AS sessions, 1::BIGINT AS load_id
            FROM (VALUES ('channel_group'), ('landing_page'), ('source,medium,landing_page'), ('total')) AS t (shape)"""
        )
    (tmp_path / "CURRENT").write_text("000007.duckdb\n")
    with writing(tmp_path) as writer:
        writer.open_copy()
        writer.make_room(DATASETS["web_traffic"], ["slice"])
        writer.publish()
    assert open_snapshot(tmp_path).rows("SELECT shape, slice FROM web_traffic ORDER BY shape") == [
        ("channel_group", "source"),
        ("landing_page", "landing_page"),
        ("source,medium,landing_page", "source"),
        ("total", "total"),
    ]
