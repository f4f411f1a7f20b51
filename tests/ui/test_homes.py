"""Whose numbers are shown: one's own, or the demonstration's while there are none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from connectors.exports.load import load_files
from core.config import Home
from core.period import Period
from core.presets import Preset
from tests.department import build_department
from ui import loadlog
from ui.homes import shown
from ui.screen import open_screen

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
    (tmp_path / "old.csv").write_text("Campaign,Day,Impr.,Clicks,Cost\nA,1899-12-31,10,1,2.00\n", encoding="utf-8")
    for name in ("fruit.csv", "old.csv"):
        assert load_files(home, [tmp_path / name])[0].status == "refused"
    assert (shown().home, shown().is_demo) == (demo, True)
    screen = open_screen(shown(), {}, "en")
    assert [row.cells[0] for row in loadlog.own(screen).rows] == ["old.csv", "fruit.csv"]
    assert loadlog.has_own_rejects(screen)
    assert [row.cells[:2] for row in loadlog.own_rejects(screen).rows] == [("old.csv", 2)]


def test_whoever_has_no_whole_week_yet_sees_the_one_that_goes_on(home: Home, tmp_path: Path) -> None:
    top, rows = "Campaign,Day,Impr.,Clicks,Cost\n", ("A,2026-09-01,10,1,2.00\n", "A,2026-09-02,10,1,2.00\n")
    (tmp_path / "two days.csv").write_text(top + "".join(rows), encoding="utf-8")
    load_files(home, [tmp_path / "two days.csv"])
    screen = open_screen(shown(), {}, "en")
    assert (screen.view.preset, screen.period) == (Preset.WEEK_TO_DATE, Period(date(2026, 8, 31), date(2026, 9, 2)))
    assert "nothing yet of a week that is over" in screen.notes[0]
    # Whoever asks for another period gets it.
    assert open_screen(shown(), {"period": "last_month"}, "en").view.preset is Preset.LAST_MONTH
    (tmp_path / "sunday.csv").write_text(top + "A,2026-08-30,10,1,2.00\n", encoding="utf-8")
    load_files(home, [tmp_path / "sunday.csv"])
    assert open_screen(shown(), {}, "en").view.preset is Preset.LAST_WEEK


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
