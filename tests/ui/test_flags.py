"""Events as numbered flags: on the charts they concern, in the period they began in."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.config import Home
from core.period import Period
from journal.opening import open_journal
from journal.operations.events import Happening, add_event
from journal.people import Actor
from journal.places import Place
from journal.words import Role
from metrics.catalog import CATALOGUE
from tests.department import build_department
from ui import flags, history
from ui.flags import Flag
from ui.homes import Shown
from ui.screen import Screen, open_screen
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from journal.work import Journal

CLICKS = CATALOGUE["clicks"]
WEEKS = [Period(date(2026, 11, 2), date(2026, 11, 8)), Period(date(2026, 11, 9), date(2026, 11, 15))]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return build_department(Home(tmp_path_factory.mktemp("department")))


@pytest.fixture
def journal(home: Home) -> Journal:
    """An empty journal of the department."""
    for file in home.path.glob("journal.sqlite*"):
        file.unlink()
    return open_journal(home, Actor("Ada", Role.HEAD))


def screen(home: Home, **query: str) -> Screen:
    return open_screen(Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse)), query, "en")


def names(home: Home, kpi: str = "clicks", **query: str) -> list[str]:
    shown = screen(home, **query)
    return [flag.name for flag in flags.found(shown, CATALOGUE[kpi], history.stretch(shown))]


def test_an_event_stands_on_the_charts_it_concerns(home: Home, journal: Journal) -> None:
    day = date(2026, 11, 9)
    add_event(journal, Place(), Happening("Everywhere", day))
    add_event(journal, Place(), Happening("Clicks", day, kpis=("clicks",)))
    add_event(journal, Place(), Happening("Search", day, processes=("organic_content",)))
    add_event(journal, Place(), Happening("Meta", day, kpis=("clicks",), parts=(("platform", "meta_ads"),)))
    assert names(home) == ["Everywhere", "Clicks", "Meta"]
    assert names(home, "organic_clicks") == ["Everywhere", "Search"]
    assert names(home, platform="google_ads") == ["Everywhere", "Clicks"]


def test_each_chart_counts_its_own_events(home: Home, journal: Journal) -> None:
    for name, process in (("Search", "organic_content"), ("Ads", "paid_acquisition"), ("Page", "organic_content")):
        add_event(journal, Place(), Happening(name, date(2026, 11, 9), processes=(process,)))
    add_event(journal, Place(), Happening("Clicks", date(2026, 11, 11), kpis=("clicks",)))
    chart = history.chart(screen(home), CLICKS)
    assert chart.rows["flag"].to_pylist()[-1] == "1, 2"
    assert re.findall(r"<b>(\d)</b> <a[^>]*>(\w+)<", chart.legend) == [("1", "Ads"), ("2", "Clicks")]


def test_flags_stand_where_events_began_and_older_ones_at_the_start() -> None:
    found = [
        Flag(1, "Long ago", Period(date(2026, 1, 1), date(2026, 12, 31))),
        Flag(2, "Sunday", Period(date(2026, 11, 8), date(2026, 11, 20))),
        Flag(3, "Monday", Period(date(2026, 11, 9), date(2026, 11, 9))),
    ]
    assert flags.marks(found, WEEKS) == ["1, 2", "3"]


def test_a_chart_is_drawn_anew_when_an_event_is_added(home: Home, journal: Journal) -> None:
    before = history.chart(screen(home), CLICKS)
    assert "kk-flags" not in before.legend
    add_event(journal, Place(), Happening("New <b>ads</b>", date(2026, 11, 9), date(2026, 11, 10)))
    after = history.chart(screen(home), CLICKS)
    assert after.rows["flag"].to_pylist()[-1] == "1"
    assert after.rows["flag"].null_count == len(after.rows) - 1
    assert 'href="history?entry=1" class="kk-place" >New &lt;b&gt;ads&lt;/b&gt;</a>' in after.legend
    assert len(after.spec["layer"]) == len(before.spec["layer"]) + 2


def test_looking_at_charts_makes_no_journal(tmp_path: Path) -> None:
    home = build_department(Home(tmp_path / "new"))
    assert names(home) == []
    assert not (home.path / "journal.sqlite").exists()
