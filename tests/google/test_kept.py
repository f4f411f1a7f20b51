"""What is kept of a refresh that was cut off, what is not trusted, and how fast questions go out."""

from __future__ import annotations

import shutil
import time
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
import stamina

from connectors.base import LOADED
from connectors.google.asking import Pace
from connectors.google.kept import Kept
from connectors.google.progress import remaining
from core.errors import TemporaryError
from tests.google import answers
from tests.google.search_console import filled
from tests.google.sources import days, refresh, rows, search

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home
    from tests.google.server import Asked, GoogleServer


def test_a_table_comes_back_as_it_was(home: Home) -> None:
    kept = Kept(home, "site search")
    table = pa.table({"query": ["мойка", None], "clicks": [1, 2]})
    kept.write("a", table)
    assert "a" in kept
    assert kept.read("a").equals(table)
    kept.forget()
    assert "a" not in kept


def test_sources_that_look_alike_share_nothing(home: Home) -> None:
    assert Kept(home, "a/b").folder != Kept(home, "a b").folder
    assert Kept(home, "../../x").folder.parent == home.path / "fetched"


@pytest.mark.parametrize("left", [0, 10, 200])
def test_a_torn_table_is_not_there(home: Home, left: int) -> None:
    kept = Kept(home, "site search")
    kept.write("a", pa.table({"clicks": list(range(100))}))
    (file,) = kept.folder.iterdir()
    file.write_bytes(file.read_bytes()[:left])
    assert "a" not in kept


def test_a_full_disk_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_part: Path, _file: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(TemporaryError, match="No space left on device"):
        Kept(home, "site search").write("a", pa.table({"clicks": [1]}))
    assert list(Kept(home, "site search").folder.iterdir()) == []


@pytest.mark.usefixtures("key")
def test_what_belongs_to_other_totals_is_not_used(google: GoogleServer, home: Home) -> None:
    def fails(asked: Asked) -> bool:
        return (asked.body["dimensions"], asked.body["startDate"]) == (["date", "query"], "2026-03-02")

    service = filled(days(1, 2))
    google.services.append(service)
    google.script(*[answers.AWAY] * 3, fits=fails)
    with pytest.raises(TemporaryError):
        refresh(search(google, home, detail=["query"]), home)
    service.totals["web", days(1)[0]] = (20, 200, 1.0)
    service.details["web", "query", days(1)[0]] = {"query one": (20, 200, 1.0)}
    refresh(search(google, home, detail=["query"]), home)
    assert rows(home, "SELECT query, clicks FROM search_performance WHERE day = '2026-03-01'") == [("query one", 20)]


@pytest.mark.usefixtures("key")
def test_a_warehouse_that_was_deleted_is_filled_again(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(1, 2)))
    refresh(search(google, home, detail=["query"]), home)
    shutil.rmtree(home.warehouse)
    results = refresh(search(google, home, detail=["query"]), home)
    assert [(result.status, result.rows_loaded) for result in results] == [(LOADED, 2), (LOADED, 4)]


def test_the_pace_holds_once_the_first_are_through() -> None:
    pace = Pace(rate=100, at_once=5)
    with stamina.set_testing(testing=False):
        started = time.monotonic()
        for _request in range(5):
            pace.wait()
        assert time.monotonic() - started < 0.05
        for _request in range(20):
            pace.wait()
        assert time.monotonic() - started >= 0.19


@pytest.mark.parametrize(
    ("share", "seconds", "words"),
    [
        (0.5, 4, "query"),
        (0.25, 10, "query; about 30 seconds left"),
        (0.1, 10, "query; about 2 minutes left"),
        (0.5, 3000, "query; about 50 minutes left"),
    ],
)
def test_how_long_it_still_takes(share: float, seconds: float, words: str) -> None:
    assert remaining("query", share, seconds) == words


@pytest.mark.usefixtures("key")
def test_progress_rises_to_the_end(google: GoogleServer, home: Home) -> None:
    google.services.append(filled(days(1, 2, 3)))
    told: list[tuple[str, float]] = []
    search(google, home, date(2026, 3, 10), detail=["query"]).fetch(lambda what, share: told.append((what, share)))
    shares = [share for _what, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert any("query 2026-03-02" in what for what, _share in told)
