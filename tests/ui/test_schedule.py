"""Refreshing by the clock, with a clock of the test's own."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from connectors.refresh import refresh
from core.config import read_configuration
from core.errors import ConfigurationError, TemporaryError
from tests.connectors.sources import MADE, configure, register
from tests.warehouse.shelf import clicks
from ui import schedule
from ui.schedule import Schedule, next_run, scheduled
from warehouse.lock import writer_lock

if TYPE_CHECKING:
    from core.config import Home

EVERY = '[refresh]\nevery = "6h"\n'


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)
    MADE.clear()


def add(home: Home, *numbers: int) -> None:
    """Let the source hold these clicks."""
    configure(home, ("a", "rows", f"clicks = {list(numbers)}"), more=EVERY)


def test_what_was_never_refreshed_is_due_at_once_and_then_every_six_hours(home: Home) -> None:
    clock = Clock()
    watch = Schedule(home, clock)
    add(home, 1)
    watch.look()
    assert clicks(home.warehouse) == 1
    add(home, 1, 2)
    clock.move(hours=5.9)
    watch.look()
    assert clicks(home.warehouse) == 1
    clock.move(hours=0.2)
    watch.look()
    assert clicks(home.warehouse) == 3
    assert watch.trouble is None


@pytest.mark.parametrize("more", ["", "[refresh]\n"])
def test_nothing_happens_unless_it_is_asked_for(home: Home, more: str) -> None:
    configure(home, ("a", "rows", "clicks = [1]"), more=more)
    Schedule(home).look()
    assert MADE == {}
    assert next_run(home, read_configuration(home)) is None


def test_a_home_with_nothing_to_refresh_is_never_due(home: Home) -> None:
    configure(home, more=EVERY)
    assert next_run(home, read_configuration(home)) is None


def test_a_mistake_in_the_configuration_is_kept_until_it_is_corrected(home: Home) -> None:
    watch = Schedule(home)
    configure(home, more="[refresh]\nevery = 'often'\n")
    watch.look()
    assert isinstance(watch.trouble, ConfigurationError)
    add(home, 1)
    watch.look()
    assert watch.trouble is None
    assert clicks(home.warehouse) == 1


def test_while_somebody_else_refreshes_it_waits_five_minutes(home: Home) -> None:
    clock = Clock()
    watch = Schedule(home, clock)
    add(home, 1)
    home.fetched.mkdir()
    with writer_lock(home.fetched):
        watch.look()
    assert isinstance(watch.trouble, TemporaryError)
    clock.move(minutes=4)
    watch.look()
    assert not home.warehouse.exists()
    clock.move(minutes=2)
    watch.look()
    assert clicks(home.warehouse) == 1
    assert watch.trouble is None


def test_when_somebody_else_has_refreshed_the_trouble_is_over(home: Home) -> None:
    clock = Clock()
    watch = Schedule(home, clock)
    add(home, 1)
    home.fetched.mkdir()
    with writer_lock(home.fetched):
        watch.look()
    refresh(home, read_configuration(home))
    clock.move(minutes=1)
    watch.look()
    assert watch.trouble is None


def test_one_that_is_stopped_publishes_nothing(home: Home) -> None:
    add(home, 1)
    watch = Schedule(home)
    watch.stop()
    watch.look()
    assert isinstance(watch.trouble, TemporaryError)
    assert not home.warehouse.exists()


def test_the_clock_is_looked_at_in_the_background(home: Home) -> None:
    add(home, 1)
    watch = Schedule(home)
    with scheduled(watch, timedelta(seconds=0.05)):
        deadline = time.monotonic() + 30
        while not clicks(home.warehouse) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert clicks(home.warehouse) == 1
    assert schedule.trouble() is None


def test_what_the_running_one_ended_in_is_told(home: Home) -> None:
    watch = Schedule(home)
    with scheduled(watch):
        watch.trouble = TemporaryError("told")
        assert schedule.trouble() is watch.trouble
    assert schedule.trouble() is None
