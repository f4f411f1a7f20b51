"""A folder is loaded whole: what in it cannot be read is refused with words, never passed over."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import files_in, load_files
from connectors.exports.results import LOADED, REFUSED
from tests.cli.conftest import write_report
from tests.warehouse.shelf import clicks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.config import Home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one report in it."""
    (tmp_path / "exports").mkdir()
    write_report(tmp_path / "exports" / "report.csv")
    return tmp_path / "exports"


def loaded(home: Home, *paths: Path) -> dict[str, tuple[str, str]]:
    """What became of each file below *paths*: status and message."""
    return {os.path.basename(r.path): (r.status, r.message) for r in load_files(home, paths)}  # noqa: PTH119 - text


def bar(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let nobody look into *folder*, not even who may see everything."""
    scan = os.scandir

    def refuse(place: Path) -> Iterator[os.DirEntry[str]]:
        if str(place) == str(folder):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(place)

    monkeypatch.setattr(os, "scandir", refuse)


def test_a_folder_inside_that_cannot_be_opened(home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "locked").mkdir()
    write_report(folder / "locked" / "more.csv")
    bar(monkeypatch, folder / "locked")
    found = loaded(home, folder)
    assert found["locked"] == (REFUSED, f"The folder {folder / 'locked'} cannot be opened.")
    assert found["report.csv"][0] == LOADED
    assert clicks(home.warehouse) == 30


def test_a_folder_that_cannot_be_opened_is_not_empty(home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bar(monkeypatch, folder)
    assert loaded(home, folder) == {"exports": (REFUSED, f"The folder {folder} cannot be opened.")}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there, and there are no pipes")
class TestWhatOnlyLooksLikeAFile:
    def test_links_that_lead_to_nothing(self, home: Home, folder: Path) -> None:
        (folder / "gone.csv").symlink_to(folder / "never.csv")
        (folder / "loop.csv").symlink_to(folder / "loop.csv")
        found = loaded(home, folder)
        for name in ("gone.csv", "loop.csv"):
            assert found[name] == (REFUSED, f"{folder / name} is a link that leads to nothing.")
        assert found["report.csv"][0] == LOADED

    def test_links_to_folders_are_not_followed_unless_they_are_named(
        self, home: Home, folder: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "elsewhere").mkdir()
        write_report(tmp_path / "elsewhere" / "more.csv", clicks=11)
        (folder / "link").symlink_to(tmp_path / "elsewhere")
        (folder / "round").symlink_to(folder)
        found = loaded(home, folder)
        for name in ("link", "round"):
            assert found[name] == (REFUSED, f"{folder / name} is a link to a folder.")
        assert clicks(home.warehouse) == 30
        assert loaded(home, folder / "link")["more.csv"][0] == LOADED
        assert clicks(home.warehouse) == 31

    def test_a_link_to_a_file_is_that_file(self, home: Home, folder: Path, tmp_path: Path) -> None:
        write_report(tmp_path / "more.csv", clicks=11)
        (folder / "link.csv").symlink_to(tmp_path / "more.csv")
        assert {name: status for name, (status, _message) in loaded(home, folder).items()} == {
            "report.csv": LOADED,
            "link.csv": LOADED,
        }

    def test_a_pipe_is_not_waited_for(self, home: Home, folder: Path) -> None:
        os.mkfifo(folder / "pipe.csv")
        found = loaded(home, folder)
        assert found["pipe.csv"] == (REFUSED, "pipe.csv is not a file with an end, but a pipe or a device.")
        assert found["report.csv"][0] == LOADED

    def test_hidden_ones_are_nobodys_business(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in (".git", "__MACOSX"):
            (folder / name).mkdir()
            write_report(folder / name / "more.csv")
            bar(monkeypatch, folder / name)
        (folder / ".#lock").symlink_to(folder / "never")
        (folder / "~$open.xlsx").symlink_to(folder / "never")
        (folder / ".link").symlink_to(folder)
        assert files_in(folder) == [folder / "report.csv"]

    def test_beside_a_table_of_search_console(self, home: Home, folder: Path) -> None:
        """What lies beside it may say which days it is of."""
        (folder / "Queries.csv").write_text("Top queries,Clicks,Impressions,CTR,Position\na,1,2,50%,3.0\n")
        (folder / "Chart.csv").symlink_to(folder / "never.csv")
        os.mkfifo(folder / "Filters.csv")
        found = loaded(home, folder)
        assert found["report.csv"][0] == LOADED
        assert {found[name][0] for name in ("Queries.csv", "Chart.csv", "Filters.csv")} == {REFUSED}
