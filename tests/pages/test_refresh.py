"""The button on the sources page: what it brings in, what it says, and what is shown of the schedule."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.errors import TemporaryError
from tests.cli.conftest import write_report
from tests.connectors.sources import configure, register
from tests.pages.conftest import Visit, seen, visit_page
from tests.warehouse.shelf import clicks
from ui.schedule import Schedule, scheduled
from warehouse.lock import writer_lock

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)


def press(app: AppTest) -> AppTest:
    """Press the button and wait."""
    app.button(key="kk_refresh").click().run()
    assert not app.exception
    return app


def test_what_is_new_comes_in(home: Home) -> None:
    configure(home, ("site search", "rows", "clicks = [1]"))
    home.inbox.mkdir()
    write_report(home.inbox / "report.csv")
    app = visit_page("sources")
    assert "not yet refreshed" in seen(app)
    shown = seen(press(app))
    assert "New numbers are in." in shown
    assert "inbox · report.csv <em>loaded</em>" in shown
    assert "<span>new: 2</span><span>replaced: 0</span><span>rejected: 1</span>" in shown
    assert "✓ loaded" in shown
    assert "not yet refreshed" not in shown
    assert clicks(home.warehouse) == 31
    assert "Nothing is new." in seen(press(app))


def test_what_failed_says_why_and_what_to_do(home: Home) -> None:
    configure(home, ("site search", "barred", "clicks = []"))
    shown = seen(press(visit_page("sources")))
    assert "site search <em>failed</em>" in shown
    assert "<b>Next step:</b> Share it with robot@example.com.</p>" in shown
    assert "1 part could not be read." in shown
    later = seen(visit_page("sources"))
    assert "✕ failed" in later
    assert "site search refused the key of robot@example.com (403). Share it with robot@example.com." in later


def test_the_second_one_is_told_who_is_refreshing(home: Home) -> None:
    configure(home, ("site search", "rows", "clicks = [1]"))
    home.fetched.mkdir()
    app = visit_page("sources")
    with writer_lock(home.fetched):
        shown = seen(press(app))
    assert "Another load is running" in shown
    assert "Wait until it has ended, then try again." in shown


def test_a_home_without_sources_has_no_button(visit: Visit) -> None:
    assert "kk_refresh" not in [button.key for button in visit("sources").button]


def test_the_demonstration_is_never_refreshed(visit_demo: Visit) -> None:
    assert "kk_refresh" not in [button.key for button in visit_demo("sources").button]


def test_when_the_next_refresh_is(home: Home) -> None:
    configure(home, ("site search", "rows", "clicks = [1]"), more='[refresh]\nevery = "1d"\n')
    app = press(visit_page("sources"))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert re.search(rf"Next refresh by itself: \d+ \w+ {tomorrow:%Y}, \d\d:\d\d\.", seen(app))


def test_what_keeps_the_schedule_from_refreshing(home: Home) -> None:
    configure(home, ("site search", "rows", "clicks = [1]"))
    schedule = Schedule(home)
    schedule.trouble = TemporaryError("The disk is full.", "Free some space.")
    with scheduled(schedule):
        assert "The disk is full." in seen(visit_page("sources"))
    assert "The disk is full." not in seen(visit_page("sources"))
