"""A meeting that is over shows what it presented: spend was told 12 too low, and one KPI is gone since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from journal.operations import reviews
from tests.pages.conftest import lend, seen, visit_page
from tests.pages.story import CLICKS, SPENT, Story, presented, tell
from tests.pages.test_meeting import closed, home, journal, raised

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.config import Home
    from journal.work import Journal

__all__ = ["home", "journal"]
FACTS: Final = {"process": "paid_acquisition", "currency": "EUR", "grain": "week", "owner": "Nina Before"}
SHOWN: Final = (
    presented("spend", SPENT - 12, facts={**FACTS, "name": "Spend", "unit": "money"}),
    presented("clicks", CLICKS, facts={**FACTS, "name": "Clicks"}),
    presented("vanished", 12.0),
)


@pytest.fixture
def story(own_department: Home, monkeypatch: pytest.MonkeyPatch) -> Story:
    """The department's journal, its review closed as Kokpit closes it."""
    monkeypatch.setattr("tests.pages.story.SHOWN", SHOWN)
    return tell(own_department)


def step(story: Story, name: str) -> AppTest:
    return visit_page("meeting", review=str(story.review), step=name)


def forms(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button") if button.proto.label in {"HTML", "PDF"}]


def test_an_exception_stands_with_the_number_that_was_presented(story: Story) -> None:
    app = step(story, f"x{story.exception}")
    text = seen(app)
    # Presented 12 too low: 455 was spent.
    assert 'title="€443.00"' in text
    assert "455" not in text
    assert "Definition as presented" in text
    # The plan of now says Ada Kowalczyk.
    assert "· Nina Before</small>" in text
    # Parts of it could only be those of now.
    assert [box.label for box in app.selectbox] == []


def test_an_exception_without_any_number_says_so(own_department: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.pages.story.SHOWN", (presented("spend", None, facts=SHOWN[0].facts),))
    story = tell(own_department)
    assert "Spend: no data" in seen(step(story, f"x{story.exception}"))


def test_routine_numbers_are_those_presented_also_of_a_kpi_that_is_gone(story: Story) -> None:
    text = seen(step(story, "routine"))
    assert '<span class="kk-name">Clicks</span><b>910</b>' in text
    assert '<span class="kk-name">vanished</span><b>12</b>' in text
    assert f'href="review?review={story.review}"' in text


def test_promises_are_those_it_found_with_what_was_done_in_it(story: Story) -> None:
    text = seen(step(story, "promises"))
    assert "Nothing is open from earlier reviews." in text
    # All of these were promised in the review itself.
    assert "Lower the Meta budget" not in text


def test_what_is_left_of_the_data_does_not_matter(own_department: Home, story: Story) -> None:
    own_department.warehouse.unlink()
    assert 'title="€443.00"' in seen(step(story, f"x{story.exception}"))


def test_another_journal_over_the_same_data_presented_its_own_numbers(
    story: Story, working_department: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert 'title="€443.00"' in seen(step(story, f"x{story.exception}"))
    monkeypatch.setattr("tests.pages.story.SHOWN", (presented("spend", SPENT - 13, facts=SHOWN[0].facts),))
    other = lend(working_department, tmp_path / "other")
    monkeypatch.setenv("KOKPIT_HOME", str(other.path))
    told = tell(other)
    assert told.review == story.review
    assert 'title="€442.00"' in seen(step(told, f"x{told.exception}"))
    assert "442" in seen(visit_page("review", review=str(told.review)))


def test_what_moved_it_is_told_as_it_was_told_then(journal: Journal, home: Home) -> None:
    number = closed(journal)
    clicks = raised(journal, number)["clicks"]
    home.warehouse.unlink()
    text = seen(visit_page("meeting", review=str(number), step=f"x{clicks}")).replace("\N{WORD JOINER}", "")
    # 4 × 10 × 7 clicks more, all of them Google's
    assert "280 more than on average before that: Google Ads +280." in text
    kept = {each.kpi: each.shown["status"]["parts"] for each in reviews.frozen_values(journal, number)}
    assert kept["spend"] is None


def test_minutes_are_taken_away_where_the_review_is_found(story: Story) -> None:
    assert forms(step(story, "close")) == ["HTML", "PDF"]
    assert forms(visit_page("history", entry=str(story.review))) == ["HTML", "PDF"]
    assert forms(visit_page("review", review=str(story.review))) == ["HTML", "PDF"]
    assert forms(visit_page("history", entry=str(story.note))) == []


def test_moments_are_told_on_the_clock_of_the_team(story: Story) -> None:
    # Closed at 08:2x in UTC, which is an hour later in Warsaw.
    assert "on 3 Nov 2026, 09:" in seen(step(story, "close"))
