"""The contracts keep their own rules, and every table can be made from its contract."""

from __future__ import annotations

import re

import duckdb
import pytest

from warehouse.contract import Dataset, Part, Type
from warehouse.datasets import DATASETS
from warehouse.loads import Load
from warehouse.schema import create_table, literal, quoted

EACH = pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)


@EACH
def test_every_dataset_and_column_says_what_it_means(dataset: Dataset) -> None:
    assert re.match(r"[A-Z].*\.$", dataset.meaning)
    assert [c.name for c in dataset.columns if not re.match(r"\S.*\.$", c.meaning)] == []
    assert len(dataset.by_name) == len(dataset.columns)


@EACH
def test_its_columns_fit_its_rules(dataset: Dataset) -> None:
    assert dataset.key
    assert set(dataset.scope) <= set(dataset.key)
    assert {name for pair in dataset.identity for name in pair} <= set(dataset.key)
    assert not dataset.daily or {"day", dataset.last_day} <= set(dataset.key)
    assert not dataset.periods or "day_end" in dataset.key
    assert "load_id" in dataset.by_name
    assert bool(dataset.scope) == ("shape" in dataset.by_name)
    assert all(dataset.by_name[name].type is Type.DECIMAL for name in dataset.money)
    assert not dataset.money or "currency" in dataset.by_name
    assert all(dataset.by_name[name].part is Part.MEASURE for name in dataset.measures)


@EACH
def test_its_table_is_made_as_declared(dataset: Dataset) -> None:
    with duckdb.connect() as connection:
        connection.execute(create_table(dataset, "memory"))
        connection.execute(create_table(dataset, "memory"))
        described = connection.execute(f"DESCRIBE {quoted(dataset.name)}").fetchall()
    assert [(name, kind) for name, kind, *_ in described] == [(c.name, c.type.value) for c in dataset.columns]


def test_the_load_log_has_a_column_for_everything_a_load_says() -> None:
    assert set(Load().values()) == set(DATASETS["loads"].by_name)


@pytest.mark.parametrize("text", ["it's", "''", 'a"b', "\\", "zażółć", ""])
def test_names_and_texts_come_back_from_sql_unchanged(text: str) -> None:
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT {literal(text)}").fetchone() == (text,)
        if text:
            connection.execute(f"CREATE TABLE t ({quoted(text)} INTEGER)")
            assert connection.execute("SELECT * FROM t").description[0][0] == text
