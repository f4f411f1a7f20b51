"""What readers would wait for is asked before they come: once for each snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.config import Home
from tests.department import build_department
from ui import queries
from ui.cockpit import everything
from ui.department import processes
from ui.homes import shown
from ui.screen import open_screen
from ui.warming import Warming, warmed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def _empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KOKPIT_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(tmp_path / "demonstration"))


def refuse(*_asked: object) -> None:
    raise AssertionError


def test_the_first_reader_asks_nothing_of_the_numbers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = build_department(Home(tmp_path / "team"))
    monkeypatch.setenv("KOKPIT_HOME", str(home.path))
    warming = Warming()
    warming.look()
    monkeypatch.setattr(queries, "evaluate", refuse)
    screen = open_screen(shown(), {}, None)
    assert everything(screen, processes(screen))["clicks"].value is not None
    # Nothing is newer: nothing is asked.
    monkeypatch.setattr("ui.warming.open_screen", refuse)
    warming.look()


@pytest.mark.usefixtures("_empty")
def test_it_comes_to_an_end_with_the_server() -> None:
    warming = Warming()
    with warmed(warming):
        pass
    warming.run()
