"""A file that changes while it is loaded is refused whole; a full temporary folder is named."""

from __future__ import annotations

import errno
import os
import zipfile
from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports import batch, members
from connectors.exports.load import load_files
from core.errors import FileError, TemporaryError
from tests.connectors.exports.damaged import ROW, changed, google
from tests.connectors.exports.writers import rows_of
from warehouse.generations import current_generation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.config import Home

DAYS: Final = google(ROW, changed(day="2026-03-03"), changed(day="2026-03-04"))
SAYS: Final = "costs.csv changed while it was read; nothing of it was loaded."


def cut(path: Path) -> None:
    """Take the end of the file away."""
    os.truncate(path, len(google(ROW)))


def grow(path: Path) -> None:
    """Write another row behind the last."""
    with path.open("a", encoding="utf-8") as file:
        file.write(google(changed(day="2026-03-05")).splitlines()[1] + "\n")


def rewrite(path: Path) -> None:
    """Write other bytes, as many as before."""
    path.write_text(DAYS.replace("12.50", "99.99"), encoding="utf-8")
    os.utime(path, (1, 1))


def meddle(monkeypatch: pytest.MonkeyPatch, when: str, change: Callable[[], object]) -> None:
    """Have somebody *change* something once, just before a batch does what is called *when*."""
    does = getattr(batch, when)

    def first(*given: object, **named: object) -> object:
        monkeypatch.setattr(batch, when, does)
        change()
        return does(*given, **named)

    monkeypatch.setattr(batch, when, first)


@pytest.mark.parametrize("change", [cut, grow, rewrite])
@pytest.mark.parametrize("when", ["members_of", "recognise", "prepare", "read", "stage"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], when: str
) -> None:
    path = tmp_path / "costs.csv"
    path.write_text(DAYS, encoding="utf-8")
    meddle(monkeypatch, when, lambda: change(path))
    (result,) = load_files(home, [path])
    assert (result.status, result.kind, result.message) == ("refused", FileError.kind, SAYS)
    assert result.next_step.startswith("Load it again")
    assert not current_generation(home.warehouse)
    (again,) = load_files(home, [path])
    assert again.status == "loaded"


def test_that_reading_failed_is_told_by_its_cause(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone cannot be read, which says nothing about the disk of the warehouse."""
    path = tmp_path / "costs.csv"
    path.write_text(DAYS, encoding="utf-8")
    meddle(monkeypatch, "read", path.unlink)
    (result,) = load_files(home, [path])
    assert (result.status, result.message) == ("refused", SAYS)


def test_its_neighbours_are_loaded(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "costs.csv", tmp_path / "other.csv"]
    for day, path in enumerate(paths, 2):
        path.write_text(google(changed(day=f"2026-03-0{day}")), encoding="utf-8")
    meddle(monkeypatch, "members_of", lambda: grow(paths[0]))
    assert [result.status for result in load_files(home, paths)] == ["refused", "loaded"]
    assert [str(day) for (day,) in rows_of(home, "ad_performance", ["day"])] == ["2026-03-03"]


def test_an_archive_counts_as_it_was_unpacked(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "costs.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("costs.csv", DAYS)
    meddle(monkeypatch, "read", lambda: cut(path))
    (result,) = load_files(home, [path])
    assert (result.status, result.rows_loaded) == ("loaded", 3)


@pytest.mark.parametrize("codec", ["utf-16", "zip"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_temporary_folder_is_named(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codec: str, number: int
) -> None:
    path, place = tmp_path / "costs.csv", tmp_path / "place"
    place.mkdir()
    path.write_text(DAYS, encoding="utf-16")
    if codec == "zip":
        path = tmp_path / "costs.zip"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("costs.csv", DAYS)

    def full(*_given: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.tempdir", str(place))
    monkeypatch.setattr(members, "_members" if codec == "zip" else "write_utf8", full)
    (result,) = load_files(home, [path])
    assert (result.status, result.kind) == ("failed", TemporaryError.kind)
    assert f"The temporary folder {place} is full, so {path.name} could not" in result.message
    assert "TMPDIR" in result.next_step
    assert not current_generation(home.warehouse)
