"""A planned review is changed or removed by whoever leads; its agenda is ordered by giving places."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from core.period import Period
from journal.opening import open_journal
from journal.operations import drafts, exceptions, history, reviews
from journal.operations.notes import remove
from journal.operations.reviews import ReviewPlan, Topic
from journal.words import ReviewState, Rhythm
from tests.pages.conftest import seen, visit_page
from tests.pages.test_meeting import HEAD, WEEK, begun, home, journal, planned, press
from ui.homes import shown
from ui.planning import ordered, template
from ui.screen import open_screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.testing.v1 import AppTest

    from core.config import Home
    from journal.work import Journal

__all__ = ["home", "journal"]
AGENDA = {"ads": 10, "search": 5, "leads": 0, "desk": 3}


def opened(number: int, **query: str) -> AppTest:
    app = visit_page("meeting", **query)
    app.session_state[f"kk_plan_{number}_open"] = True
    app.run()
    assert not app.exception
    return app


def test_a_wrong_day_and_a_forgotten_participant_are_mended(journal: Journal) -> None:
    number = planned(journal)
    app = opened(number)
    app.date_input(key=f"kk_plan_{number}.1_day").set_value(date(2026, 11, 24))
    app.multiselect(key=f"kk_plan_{number}.1_people").set_value(["me", "Ada Kowalczyk"])
    app = press(app.run(), f"kk_plan_{number}.1_keep")
    found = reviews.review(journal, number)
    assert (found.planned_for.date(), found.participants) == (date(2026, 11, 24), ["me", "Ada Kowalczyk"])
    assert found.place.period == WEEK
    topics = [Topic(item.process, item.minutes) for item in reviews.agenda(journal, number)]
    assert topics == [Topic("paid_acquisition", 10), Topic("organic_content", 5)]
    assert "24 Nov 2026" in seen(app)


def test_a_review_planned_twice_is_removed_and_can_be_brought_back(journal: Journal) -> None:
    number, twice = planned(journal), planned(journal)
    press(opened(twice, review=str(twice)), f"kk_plan_{twice}_remove")
    assert [each.id for each in reviews.reviews(journal)] == [number]
    press(visit_page("history", entry=str(twice)), f"kk_correct_{twice}_restore")
    assert history.entry(journal, twice).removed_at is None


def test_one_that_has_begun_is_not_planned_any_more(journal: Journal) -> None:
    number = begun(journal)
    assert "Change the plan" not in [each.label for each in visit_page("meeting", review=str(number)).expander]


@pytest.mark.parametrize(
    ("edits", "order"),
    [
        ({3: {"place": 1}}, ["desk", "ads", "search", "leads"]),
        ({0: {"place": 4}}, ["search", "leads", "desk", "ads"]),
        # Two at one place: neither is lost, and the others move up.
        ({2: {"place": 1}, 3: {"place": 1}}, ["leads", "desk", "ads", "search"]),
        ({1: {"place": 99}}, ["ads", "leads", "desk", "search"]),
        ({1: {"place": None}}, ["ads", "search", "leads", "desk"]),
    ],
)
def test_what_is_given_a_place_stands_there(edits: Mapping[int, Mapping[str, int | None]], order: list[str]) -> None:
    assert list(ordered(AGENDA, edits)) == order


def test_minutes_stay_with_their_process() -> None:
    assert ordered(AGENDA, {3: {"place": 1, "minutes": 8}, 0: {"minutes": None}}) == {
        "desk": 8,
        "ads": 0,
        "search": 5,
        "leads": 0,
    }


def test_what_is_typed_into_a_plan_outlives_the_page(journal: Journal) -> None:
    number = planned(journal)
    app = opened(number)
    app.text_input(key=f"kk_text_plan:{number}:title").set_value("Before Christmas").run()
    app.multiselect(key=f"kk_plan_{number}.1_people").set_value(["Ada Kowalczyk"]).run()
    app.date_input(key=f"kk_plan_{number}.1_day").set_value(date(2026, 12, 1)).run()
    assert reviews.review(journal, number).title != "Before Christmas"
    # A reload is another session; the form is open by itself.
    again = visit_page("meeting")
    assert again.text_input(key=f"kk_text_plan:{number}:title").value == "Before Christmas"
    assert again.multiselect(key=f"kk_plan_{number}.1_people").value == ["Ada Kowalczyk"]
    press(again, f"kk_plan_{number}.1_keep")
    found = reviews.review(journal, number)
    assert (found.title, found.participants) == ("Before Christmas", ["Ada Kowalczyk"])
    assert found.planned_for.date() == date(2026, 12, 1)
    assert not drafts.drafts(journal)
    assert not [each.label for each in visit_page("meeting").text_input]


def test_the_first_plan_is_a_draft_as_soon_as_it_is_changed(home: Home) -> None:
    app = visit_page("meeting")
    app.text_input(key="kk_plan_weekly_title").set_value("Monday round").run()
    again = visit_page("meeting")
    assert again.text_input(key="kk_text_plan:weekly:title").value == "Monday round"
    press(again, "kk_plan_weekly_keep")
    assert [each.title for each in reviews.reviews(open_journal(home, HEAD))] == ["Monday round"]


def test_a_new_review_on_another_day_is_about_the_last_whole_week_before_it(journal: Journal) -> None:
    number = planned(journal)
    app = visit_page("readiness")
    app.session_state["kk_plan_open"] = True
    app.run()
    app.date_input(key="kk_plan_weekly_day").set_value(date(2026, 12, 15)).run()
    assert "Period: Week 50, 7–13 Dec 2026" in seen(app)
    press(app, "kk_plan_weekly_keep")
    after = next(each for each in reviews.reviews(journal) if each.id != number)
    assert after.place.period == Period(date(2026, 12, 7), date(2026, 12, 13))


@pytest.mark.parametrize(("before", "offered"), [((), ("Ada Kowalczyk",)), (("me",), ("me",))])
def test_the_next_review_is_for_those_of_the_last_or_else_for_everybody(
    journal: Journal, before: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    reviews.plan_review(journal, ReviewPlan("Weekly", Rhythm.WEEKLY, at, WEEK, before))
    assert template(open_screen(shown(), {}, None), Rhythm.WEEKLY).participants == offered


def test_each_rhythm_has_a_plan_of_its_own(journal: Journal) -> None:
    planned(journal)
    app = visit_page("readiness")
    app.session_state["kk_plan_open"] = True
    app.run()
    app.session_state["kk_plan_rhythm"] = Rhythm.MONTHLY
    app.run()
    assert app.text_input(key="kk_text_plan:monthly:title").value == "Monthly review"


def monthly(journal: Journal) -> int:
    at = datetime(2026, 11, 2, 8, tzinfo=UTC)
    return reviews.plan_review(journal, ReviewPlan("Monthly", Rhythm.MONTHLY, at)).id


@pytest.mark.parametrize("page", ["meeting", "prepare", "readiness"])
def test_a_review_that_is_open_does_not_hide_one_that_is_planned(journal: Journal, page: str) -> None:
    forgotten, weekly = reviews.open_review(journal, monthly(journal)).id, planned(journal)
    text = seen(visit_page(page))
    assert "Monthly" in text
    assert f'href="{page}?review={weekly}"' in text
    assert "Weekly, 23 Nov 2026, 09:00 · planned</a>" in text
    there = seen(visit_page(page, review=str(weekly)))
    assert f'href="{page}?review={forgotten}"' in there
    assert "Monthly, 2 Nov 2026, 09:00 · open</a>" in there


@pytest.mark.parametrize("page", ["meeting", "prepare", "readiness"])
def test_a_review_that_was_removed_says_so_and_is_restored_before_it_begins(journal: Journal, page: str) -> None:
    number = planned(journal)
    remove(journal, number)
    app = visit_page(page, review=str(number))
    assert "me removed this review on" in seen(app)
    assert [str(button.key) for button in app.button] == ["kk_restore"]
    assert exceptions.exceptions(journal, number) == []
    press(app, "kk_restore")
    assert reviews.review(journal, number).removed_at is None


@pytest.mark.parametrize("period", [WEEK, None])
def test_a_laptop_that_still_shows_a_removed_review_does_not_begin_it(journal: Journal, period: Period | None) -> None:
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    number = reviews.plan_review(journal, ReviewPlan("Weekly", Rhythm.WEEKLY, at, period)).id
    late = visit_page("meeting", review=str(number))
    remove(journal, number)
    assert "The review “Weekly” was removed by me." in seen(press(late, "kk_begin"))
    found = reviews.review(journal, number)
    assert (found.state, found.removed_at is None) == (ReviewState.PLANNED, False)
