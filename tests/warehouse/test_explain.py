"""Saying why a load's totals differ: a snapshot like any other, that can be undone like any other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from tests.warehouse.shelf import clicks, files, publish
from warehouse.explain import LONGEST, explain
from warehouse.generations import current_generation, generations
from warehouse.loads import Load
from warehouse.snapshot import open_snapshot
from warehouse.undo import rollback, undone, unsaid
from warehouse.writer import writing

if TYPE_CHECKING:
    from pathlib import Path

SAID = "SELECT load_id, explanation, explained_by FROM loads ORDER BY load_id"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A warehouse whose second load has totals that differ."""
    publish(tmp_path, 1)
    with writing(tmp_path) as writer:
        writer.log(Load(load_id=2, name="odd.csv", control_differs=True))
        writer.next_load_id()
        writer.publish()
    return tmp_path


def test_what_is_said_is_kept_with_who_and_when(odd: Path) -> None:
    before = datetime.now(UTC).replace(tzinfo=None)
    assert explain(odd, 2, " Two campaigns\nwere removed. ", "Anna") == 3
    assert open_snapshot(odd).rows(SAID) == [(1, None, None), (2, "Two campaigns\nwere removed.", "Anna")]
    ((when,),) = open_snapshot(odd).rows("SELECT explained_at FROM loads WHERE load_id = 2")
    assert timedelta() <= when - before < timedelta(minutes=1)
    assert clicks(odd) == 1


def test_going_back_takes_it_back(odd: Path) -> None:
    explain(odd, 2, "Removed campaigns")
    assert (undone(odd), unsaid(odd)) == ([], ["odd.csv"])
    assert rollback(odd) == 2
    assert open_snapshot(odd).rows(SAID)[1] == (2, None, None)
    assert (undone(odd), unsaid(odd)) == (["odd.csv"], [])


def test_nothing_said_takes_it_back_and_saying_it_again_changes_nothing(odd: Path) -> None:
    explain(odd, 2, "Removed campaigns", "Anna")
    assert explain(odd, 2, "Removed campaigns ", "Piotr") == 3
    assert explain(odd, 2, " \n\u200b", "Piotr") == 4
    assert open_snapshot(odd).rows(SAID)[1] == (2, None, None)
    assert unsaid(odd) == ["odd.csv"]
    assert explain(odd, 2, "") == current_generation(odd) == 4
    assert generations(odd) == [2, 3, 4]


def test_what_no_database_holds_as_text(odd: Path) -> None:
    explain(odd, 2, "a\0b\ud800")
    assert open_snapshot(odd).rows(SAID)[1][1] == "ab?"


@pytest.mark.parametrize(
    ("load", "text", "told"),
    [
        (7, "Why", "There is no load 7 in the load log."),
        (1, "Why", r"The totals of load 1 \(load 1.csv\) agree with its rows"),
        (2, "x" * (LONGEST + 1), "has 2001 characters; 2000 is the most"),
    ],
)
def test_what_cannot_be_said_changes_nothing(odd: Path, load: int, text: str, told: str) -> None:
    before = files(odd)
    with pytest.raises(UsageError, match=told):
        explain(odd, load, text)
    assert (files(odd), current_generation(odd)) == (before, 2)


def test_where_nothing_is_loaded_there_is_no_load(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no load 1"):
        explain(tmp_path / "missing", 1, "Why")
    assert list(tmp_path.iterdir()) == []


def test_a_warehouse_from_before_there_were_explanations(odd: Path) -> None:
    with writing(odd) as writer:
        writer.open_copy()
        for column in ("explanation", "explained_by", "explained_at"):
            writer.run(f"ALTER TABLE target.loads DROP COLUMN {column}")
        writer.publish()
    assert open_snapshot(odd).rows(SAID)[1] == (2, None, None)
    assert unsaid(odd) == []
    explain(odd, 2, "Removed campaigns")
    assert open_snapshot(odd).rows(SAID)[1] == (2, "Removed campaigns", None)
    assert unsaid(odd) == ["odd.csv"]
