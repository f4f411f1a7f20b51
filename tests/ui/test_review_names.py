"""What reviews are called: by title and day, and by more only where these do not tell them apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.config import Home
from journal.opening import open_journal
from journal.operations.notes import remove
from journal.operations.reviews import ReviewPlan, plan_review, reviews
from journal.people import Actor
from journal.words import Rhythm, Role
from ui import memory, others
from ui.entries import review_name, review_names
from ui.homes import Shown
from ui.screen import Screen, open_screen
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from journal.models import Review
    from journal.work import Journal


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without numbers, whose team works in Warsaw: an hour before UTC."""
    (tmp_path / "kokpit.toml").write_text('[reporting]\ntime_zone = "Europe/Warsaw"\n')
    return Home(tmp_path)


@pytest.fixture
def screen(home: Home) -> Screen:
    return open_screen(Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse)), {}, "en")


@pytest.fixture
def journal(home: Home) -> Journal:
    return open_journal(home, Actor("Ada", Role.HEAD))


def planned(journal: Journal, day: int, hour: int, title: str = "Weekly") -> Review:
    at = datetime(2026, 11, day, hour, tzinfo=UTC)
    return plan_review(journal, ReviewPlan(title, Rhythm.WEEKLY, at))


def test_a_review_is_called_by_its_title_and_day(journal: Journal, screen: Screen) -> None:
    review, _later, _other = planned(journal, 23, 8), planned(journal, 24, 8), planned(journal, 23, 8, "Quarterly")
    assert review_name(screen, review) == "Weekly, 23 Nov 2026"
    assert "Weekly, 23 Nov 2026<" in others.ahead(screen)


def test_two_of_one_day_are_told_apart_by_their_time(journal: Journal, screen: Screen) -> None:
    # 23:30 in London is the next day in Warsaw already.
    early, late, next_day = planned(journal, 23, 8), planned(journal, 23, 22), planned(journal, 23, 23)
    assert review_name(screen, early) == "Weekly, 23 Nov 2026, 09:00"
    assert review_names(screen, reviews(journal)) == {
        early.id: "Weekly, 23 Nov 2026, 09:00",
        late.id: "Weekly, 23 Nov 2026, 23:00",
        next_day.id: "Weekly, 24 Nov 2026",
    }
    assert "Weekly, 23 Nov 2026, 09:00<" in others.ahead(screen)
    remove(journal, late.id)
    assert review_name(screen, early) == "Weekly, 23 Nov 2026"


def test_two_of_one_moment_have_their_numbers_too(journal: Journal, screen: Screen) -> None:
    first, second, _other = planned(journal, 23, 8), planned(journal, 23, 8), planned(journal, 24, 8)
    assert review_name(screen, second) == f"Weekly, 23 Nov 2026, 09:00, no. {second.id}"
    listed = [row.cells[0] for row in memory.reviews_table(screen, journal).rows]
    assert listed == ["Weekly", f"Weekly, no. {second.id}", f"Weekly, no. {first.id}"]
