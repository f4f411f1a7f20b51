"""A review from plan to closing: agenda, steps, frozen numbers, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from core.errors import UsageError
from core.period import Period
from journal.errors import ClosedReviewError, ForbiddenError, UnansweredError
from journal.operations.actions import Promise, add_action, changeable
from journal.operations.exceptions import Raised, explain, raise_exceptions
from journal.operations.history import revisions
from journal.operations.notes import add_note, edit_note, remove
from journal.operations.reviews import (
    ReviewPlan,
    Shown,
    Topic,
    agenda,
    change_plan,
    close_review,
    frozen_values,
    go_to_step,
    next_plan,
    open_review,
    plan_review,
    pulse,
    reopen_review,
    review,
    reviews,
)
from journal.people import Actor
from journal.places import Place
from journal.words import ExceptionKind, ReviewState, Rhythm, Role
from tests.journal.conftest import CONTRIBUTOR, OWNER, VIEWER

if TYPE_CHECKING:
    from journal.models import Review
    from journal.work import Journal
    from tests.journal.conftest import Clock

WARSAW = ZoneInfo("Europe/Warsaw")
WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))
PLAN = ReviewPlan(
    "Week 47",
    Rhythm.WEEKLY,
    datetime(2026, 11, 24, 9, tzinfo=WARSAW),
    WEEK,
    ("ada", "jan", "eva"),
    (Topic("paid", 10), Topic("content", 5), Topic(title="Any other business", minutes=5)),
    chair="jan",
)
SHOWN = Shown(
    "cost_per_lead",
    values=[{"period_start": "2026-11-16", "value": 48.25}],
    limits={"center": 39.0, "upper": 47.5, "lower": None},
    definition="Cost of advertising for each lead.",
    target={"value": 40},
    freshness={"newest": "2026-11-22"},
    status={"variation": "worse"},
)


def running(journal: Journal) -> Review:
    """A review that has begun."""
    return open_review(journal, plan_review(journal, PLAN).id)


def with_exception(journal: Journal) -> tuple[Review, int]:
    """A review that has begun, and its one exception."""
    found = running(journal)
    raised = Raised(ExceptionKind.SIGNAL, Place("paid", "cost_per_lead", WEEK))
    return found, raise_exceptions(journal, found.id, [raised])[0].id


def test_a_planned_review_has_its_agenda(journal: Journal) -> None:
    planned = review(journal, plan_review(journal, PLAN).id)
    assert (planned.title, planned.rhythm, planned.state) == ("Week 47", Rhythm.WEEKLY, ReviewState.PLANNED)
    assert planned.planned_for == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert (planned.participants, planned.chair, planned.place.period) == (["ada", "jan", "eva"], "jan", WEEK)
    parts = [(item.process, item.minutes, item.title) for item in agenda(journal, planned.id)]
    assert parts == [("paid", 10, ""), ("content", 5, ""), ("", 5, "Any other business")]


def test_changing_a_plan_replaces_the_agenda(journal: Journal) -> None:
    planned = plan_review(journal, PLAN)
    other = ReviewPlan(
        "Week 47, late", Rhythm.WEEKLY, PLAN.planned_for + timedelta(days=1), topics=(Topic("content", 20),)
    )
    edited = change_plan(journal, planned.id, 1, other)
    assert (edited.conflict, edited.entry.title, edited.entry.place.period) == (None, "Week 47, late", None)
    assert [(item.process, item.minutes) for item in agenda(journal, planned.id)] == [("content", 20)]
    assert revisions(journal, planned.id)[-1].words["title"] == "Week 47"


def test_two_people_planning_are_told(journal: Journal) -> None:
    planned = plan_review(journal, PLAN)
    change_plan(journal, planned.id, 1, ReviewPlan("A", Rhythm.WEEKLY, PLAN.planned_for, topics=PLAN.topics))
    late = change_plan(journal, planned.id, 1, ReviewPlan("B", Rhythm.WEEKLY, PLAN.planned_for))
    assert late.conflict is not None
    assert late.conflict.theirs["title"] == "A"
    assert late.conflict.mine["title"] == "B"
    assert len(agenda(journal, planned.id)) == 3


@pytest.mark.parametrize(
    ("rhythm", "last", "following"),
    [
        # Clocks change on 25 October 2026: the meeting stays at nine.
        (Rhythm.WEEKLY, datetime(2026, 10, 20, 9, tzinfo=WARSAW), datetime(2026, 10, 27, 9, tzinfo=WARSAW)),
        (Rhythm.MONTHLY, datetime(2026, 1, 31, 9, tzinfo=WARSAW), datetime(2026, 2, 28, 9, tzinfo=WARSAW)),
        (Rhythm.QUARTERLY, datetime(2026, 11, 3, 9, tzinfo=WARSAW), datetime(2027, 2, 3, 9, tzinfo=WARSAW)),
    ],
)
def test_the_last_review_is_the_template_of_the_next(
    journal: Journal, rhythm: Rhythm, last: datetime, following: datetime
) -> None:
    assert next_plan(journal, rhythm, WARSAW) is None
    plan_review(journal, ReviewPlan("Review", rhythm, last, WEEK, ("ada",), PLAN.topics, "jan"))
    expected = ReviewPlan("Review", rhythm, following, None, ("ada",), PLAN.topics, "jan")
    assert next_plan(journal, rhythm, WARSAW) == expected


def test_after_a_pause_the_next_review_is_not_in_the_past(journal: Journal) -> None:
    plan_review(journal, ReviewPlan("Review", Rhythm.MONTHLY, datetime(2026, 1, 31, 9, tzinfo=WARSAW)))
    found = next_plan(journal, Rhythm.MONTHLY, WARSAW, date(2026, 3, 20))
    assert found is not None
    assert found.planned_for == datetime(2026, 3, 31, 9, tzinfo=WARSAW)


def test_reviews_are_listed_latest_first(journal: Journal) -> None:
    late, early = (plan_review(journal, ReviewPlan(day, Rhythm.WEEKLY, datetime.fromisoformat(day))) for day in DAYS)
    open_review(journal, early.id)
    assert [each.id for each in reviews(journal)] == [late.id, early.id]
    assert [each.id for each in reviews(journal, ReviewState.OPEN)] == [early.id]


DAYS = ("2026-11-24T09:00+01:00", "2026-11-17T09:00+01:00")


def test_every_laptop_follows_the_step(journal: Journal) -> None:
    found = running(journal)
    go_to_step(journal.used_by(OWNER), found.id, "exception-7")
    seen = pulse(journal.used_by(VIEWER), found.id)
    assert (seen.state, seen.step, seen.step_by) == (ReviewState.OPEN, "exception-7", "jan")
    add_note(journal, Place(review=found.id), "something new")
    assert pulse(journal, found.id).change > seen.change
    with pytest.raises(ForbiddenError):
        go_to_step(journal.used_by(CONTRIBUTOR), found.id, "end")


def test_closing_freezes_what_was_shown(journal: Journal, clock: Clock) -> None:
    found = running(journal)
    add_action(journal, Place("paid"), Promise("look into it", "jan", date(2026, 12, 1)))
    closed = close_review(journal, found.id, [SHOWN, Shown("spend", "platform", "meta_ads")], "42")
    assert (closed.state, closed.closed_by, closed.snapshot) == (ReviewState.CLOSED, "ada", "42")
    first, second = frozen_values(journal, found.id)
    assert (first.kpi, second.dimension_value, first.closing) == ("cost_per_lead", "meta_ads", 1)
    assert first.shown["values"] == [{"period_start": "2026-11-16", "value": 48.25}]
    assert first.shown["limits"] == {"center": 39.0, "upper": 47.5, "lower": None}
    assert first.shown["definition"] == "Cost of advertising for each lead."
    kept = review(journal, found.id).open_actions
    assert [(each["text"], each["owner"], each["due"]) for each in kept] == [("look into it", "jan", "2026-12-01")]


def test_a_review_closes_only_when_each_exception_has_its_outcome(journal: Journal) -> None:
    found, exception = with_exception(journal)
    with pytest.raises(
        UnansweredError, match="“Week 47” cannot be closed: these exceptions have no outcome: cost_per"
    ) as told:
        close_review(journal, found.id, [SHOWN], "42")
    assert [each.id for each in told.value.exceptions] == [exception]
    assert frozen_values(journal, found.id) == []
    explain(journal, exception, 1, "Two campaigns ended early.")
    assert close_review(journal, found.id, [SHOWN], "42").state is ReviewState.CLOSED


def test_whoever_closes_second_is_told_who_was_first(journal: Journal) -> None:
    found = running(journal)
    first = close_review(journal.used_by(OWNER), found.id, [SHOWN], "42")
    with pytest.raises(ClosedReviewError, match="“Week 47” was closed by jan on 23 Nov 2026, 09:00") as told:
        close_review(journal, found.id, [SHOWN], "43")
    assert (told.value.closed_by, told.value.closed_at) == ("jan", first.closed_at)
    assert len(frozen_values(journal, found.id)) == 1
    assert review(journal, found.id).snapshot == "42"


def test_a_review_that_has_not_begun_cannot_be_closed(journal: Journal) -> None:
    planned = plan_review(journal, PLAN)
    with pytest.raises(UsageError, match=r"has not been opened yet\. Open it first"):
        close_review(journal, planned.id, [], "42")


def test_a_closed_review_takes_nothing_more(journal: Journal) -> None:
    found = running(journal)
    place = Place("paid", review=found.id)
    note = add_note(journal, place, "in time")
    close_review(journal, found.id, [], "42")
    late = (
        lambda: add_note(journal, place, "late"),
        lambda: edit_note(journal, note.id, 1, "late"),
        lambda: remove(journal, note.id),
        lambda: raise_exceptions(journal, found.id, []),
        lambda: go_to_step(journal, found.id, "x"),
        lambda: open_review(journal, found.id),
        lambda: change_plan(journal, found.id, 1, PLAN),
    )
    for act in late:
        with pytest.raises(ClosedReviewError, match="was closed by ada"):
            act()


def test_the_head_reopens_and_closing_again_freezes_anew(journal: Journal) -> None:
    found = running(journal)
    close_review(journal, found.id, [SHOWN], "42")
    with pytest.raises(ForbiddenError, match="Only the head of marketing or the chair"):
        reopen_review(journal.used_by(OWNER), found.id)
    assert reopen_review(journal, found.id).state is ReviewState.OPEN
    close_review(journal, found.id, [SHOWN, SHOWN], "43")
    assert (len(frozen_values(journal, found.id)), len(frozen_values(journal, found.id, closing=1))) == (2, 1)
    states = [each.words["state"] for each in revisions(journal, found.id) if "state" in each.words]
    assert states == ["planned", "open", "closed", "open"]


def test_who_may_plan_open_and_close(journal: Journal) -> None:
    with pytest.raises(
        ForbiddenError, match="Only the head of marketing or the chair of the review may do this, not jan"
    ):
        plan_review(journal.used_by(OWNER), PLAN)
    planned = plan_review(journal, PLAN)
    with pytest.raises(ForbiddenError):
        open_review(journal.used_by(Actor("kim", Role.OWNER)), planned.id)
    assert open_review(journal.used_by(OWNER), planned.id).opened_by == "jan"
    with pytest.raises(ForbiddenError):
        close_review(journal.used_by(CONTRIBUTOR), planned.id, [], "42")


def test_a_chair_who_may_only_read_does_not_lead(journal: Journal) -> None:
    planned = plan_review(journal, PLAN)
    with pytest.raises(ForbiddenError):
        open_review(journal.used_by(Actor("jan", Role.VIEWER)), planned.id)


def test_a_clock_that_goes_back_changes_no_order(journal: Journal, clock: Clock) -> None:
    found = running(journal)
    clock.time -= timedelta(days=400)
    note = add_note(journal, Place("paid", review=found.id), "written later, with an earlier date")
    edit_note(journal, note.id, 1, "edited")
    closed = close_review(journal, found.id, [SHOWN], "42")
    assert closed.opened_at is not None
    assert closed.closed_at is not None
    assert closed.closed_at < closed.opened_at
    assert note.id > found.id
    acts = [each.act.value for each in revisions(journal, note.id)]
    assert acts == ["added", "edited"]
    with pytest.raises(ClosedReviewError):
        close_review(journal, found.id, [], "43")


def test_what_is_refused_is_told_in_the_readers_words(journal: Journal) -> None:
    names = {"cost_per_lead": "Cost per lead", "paid": "Paid acquisition", "ada": "Ada"}
    known = replace(journal, called=lambda name: names.get(name, name), zone=ZoneInfo("Europe/Warsaw"))
    found, exception = with_exception(known)
    with pytest.raises(UnansweredError, match="these exceptions have no outcome: Cost per lead"):
        close_review(known, found.id, [], "42")
    with pytest.raises(ForbiddenError, match=r"owner of the process “Paid acquisition” .* not eva"):
        explain(known.used_by(CONTRIBUTOR), exception, 1, "Mine")
    explain(known, exception, 1, "Two campaigns ended early.")
    close_review(known, found.id, [], "42")
    with pytest.raises(ClosedReviewError, match="was closed by Ada on 23 Nov 2026, 10:00") as told:
        close_review(known, found.id, [], "42")
    assert "draft" not in str(told.value)
    with pytest.raises(ClosedReviewError, match="What you typed is kept as a draft"):
        add_note(known, Place("paid", review=found.id), "late")


def test_whose_actions_may_be_changed_by_whom(journal: Journal) -> None:
    place = Place("paid", review=running(journal).id)
    action = add_action(journal, place, Promise("look into it", "eva", date(2026, 12, 1)))
    chair = Actor("jan", Role.CONTRIBUTOR)
    for actor, may in ((CONTRIBUTOR, True), (OWNER, True), (chair, True), (VIEWER, False)):
        assert changeable(journal.used_by(actor), [action]) == (frozenset({action.id}) if may else frozenset())
    stranger = Actor("kim", Role.OWNER, frozenset({"content"}))
    assert changeable(journal.used_by(stranger), [action]) == frozenset()
