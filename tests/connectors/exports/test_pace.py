"""How far a load is, told while it goes on."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Timer
from typing import TYPE_CHECKING

from connectors.exports.load import load_files
from connectors.exports.pace import READING, Pace, follow
from connectors.exports.results import FileResult
from tests.connectors.exports.damaged import changed, google

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from core.config import Home


class Statements:
    """A lane of which one statement after the other is this far."""

    def __init__(self, *shares: float) -> None:
        """Each time it is asked, the next of *shares* is done."""
        self._shares = list(shares)

    @property
    def share(self) -> float:
        """How much of the statement at hand is done."""
        return self._shares.pop(0)


def paced(lane: Statements) -> Pace:
    """The pace of a table that is read in *lane*."""
    pace = Pace()
    pace.reading(lane)  # type: ignore[arg-type]
    return pace


def test_nothing_is_done_before_it_begins() -> None:
    assert Pace().share == 0


def test_it_never_goes_back_though_every_statement_begins_anew() -> None:
    pace = paced(Statements(0.5, 0.0, 1.0, 0.0, 0.5))
    assert [pace.share, pace.share, pace.share] == [0.5 * READING, 0.5 * READING, READING]
    pace.merging()
    assert [pace.share, pace.share] == [READING, READING + (1 - READING) / 2]


def test_a_file_that_takes_long_is_told_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.exports.pace.BEAT", 0.01)
    first, second = Future[FileResult](), Future[FileResult]()
    Timer(0.1, first.set_result, [FileResult("a.csv")]).start()
    Timer(0.2, second.set_result, [FileResult("b.csv")]).start()
    told: list[tuple[str, float]] = []
    half = paced(Statements(*[0.5] * 100))
    follow([("a.csv", first, half), ("b.csv", second, Pace())], lambda name, share: told.append((name, share)))
    assert told[0] == ("a.csv", 0.5 * READING / 2)
    assert [share for name, share in told if name == "a.csv"][-1] == 0.5
    assert told[-1] == ("b.csv", 1.0)


def test_the_database_tells_how_far_a_large_file_is(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.exports.pace.BEAT", 0.005)
    month = google(*(changed(day=f"2026-03-{day:02d}", campaign="NAME") for day in range(1, 29)))
    header, rows = month.split("\n", 1)
    lines = (rows.replace("NAME", f"Campaign {number}") for number in range(4_000))
    (tmp_path / "large.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    told: list[float] = []
    load_files(home, [tmp_path / "large.csv"], progress=lambda _name, share: told.append(share))
    assert told == sorted(told)
    assert len({round(share, 2) for share in told if 0.3 < share < 1.0}) >= 3
