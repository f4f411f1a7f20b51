"""Whose numbers are shown: one's own, or the demonstration's while there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.exports.load import load_files
from core.config import Home
from tests.department import build_department
from ui.homes import shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_an_empty_home_without_a_demonstration_is_shown_as_it_is(home: Home) -> None:
    found = shown()
    assert (found.home, found.is_demo, found.generation) == (home, False, 0)


def test_the_demonstration_stands_in_until_there_is_something_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = build_department(Home(tmp_path / "demonstration"))
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(demo.path))
    assert (shown().home, shown().is_demo) == (demo, True)
    own = build_department(Home(tmp_path / "home"))
    assert (shown().home, shown().is_demo) == (own, False)


def test_a_file_that_brought_nothing_does_not_end_the_demonstration(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = build_department(Home(tmp_path / "demonstration"))
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(demo.path))
    (tmp_path / "fruit.csv").write_text("Fruit,Colour\napple,green\n", encoding="utf-8")
    assert load_files(home, [tmp_path / "fruit.csv"])[0].status == "refused"
    assert (shown().home, shown().is_demo) == (demo, True)


def test_a_configured_home_without_data_is_ones_own(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(build_department(Home(tmp_path / "demonstration")).path))
    home.configuration.write_text("[reporting]\n", encoding="utf-8")
    assert (shown().home, shown().is_demo) == (home, False)


def test_a_load_gives_another_snapshot_to_ask(tmp_path: Path) -> None:
    home = build_department(Home(tmp_path / "home"))
    before = shown()
    build_department(home)
    assert shown().generation > before.generation
    assert shown().snapshot.identity != before.snapshot.identity
