"""Exceptions: raised once, prepared, and ended in one of three ways."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from core.period import Period
from journal.errors import ForbiddenError
from journal.operations.actions import Promise, actions_about, origins
from journal.operations.baselines import NewBaseline, WheelersAnswers, baselines
from journal.operations.exceptions import (
    Raised,
    exceptions,
    explain,
    investigate,
    new_normal,
    raise_exceptions,
    readiness,
)
from journal.operations.history import conflicts
from journal.operations.notes import add_note, add_recommendation, remove
from journal.operations.reviews import ReviewPlan, plan_review
from journal.people import Actor
from journal.places import Place
from journal.words import ExceptionKind, NoteKind, Outcome, Rhythm, Role
from tests.journal.conftest import CONTRIBUTOR, OWNER, VIEWER

if TYPE_CHECKING:
    from journal.models import ReviewException
    from journal.work import Journal

WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))
SIGNAL = Raised(ExceptionKind.SIGNAL, Place("paid", "cost_per_lead", WEEK), {"rule": "outside"})
TARGET = Raised(ExceptionKind.TARGET, Place("content", "organic_clicks", WEEK))
ANSWERS = WheelersAnswers("yes", "the new landing page", "yes", "yes")


@pytest.fixture
def review(journal: Journal) -> int:
    """A planned review."""
    return plan_review(journal, ReviewPlan("Week 47", Rhythm.WEEKLY, datetime(2026, 11, 24, 9, tzinfo=UTC), WEEK)).id


def raised(journal: Journal, review: int, one: Raised = SIGNAL) -> ReviewException:
    """One exception of *review*."""
    return raise_exceptions(journal, review, [one])[0]


def test_raising_again_changes_nothing(journal: Journal, review: int) -> None:
    first = raise_exceptions(journal, review, [SIGNAL, TARGET])
    again = raise_exceptions(journal.used_by(CONTRIBUTOR), review, [TARGET, SIGNAL])
    assert [each.id for each in again] == [each.id for each in first]
    assert [(each.kind, each.kpi, each.place.period) for each in again] == [
        (ExceptionKind.SIGNAL, "cost_per_lead", WEEK),
        (ExceptionKind.TARGET, "organic_clicks", WEEK),
    ]
    assert again[0].details == {"rule": "outside"}


def test_what_is_no_exception_any_more_leaves_unless_it_has_an_outcome(journal: Journal, review: int) -> None:
    first, second = raise_exceptions(journal, review, [SIGNAL, TARGET])
    explain(journal, first.id, 1, "A holiday.")
    assert [each.id for each in raise_exceptions(journal, review, [])] == [first.id]
    assert [each.id for each in raise_exceptions(journal, review, [TARGET])] == [first.id, second.id]


def test_the_same_in_another_review_is_another_exception(journal: Journal, review: int) -> None:
    other = plan_review(journal, ReviewPlan("Week 48", Rhythm.WEEKLY, datetime(2026, 12, 1, 9, tzinfo=UTC)))
    assert raised(journal, review).id != raised(journal, other.id).id
    assert len(exceptions(journal, review)) == 1


def test_explained(journal: Journal, review: int) -> None:
    exception = raised(journal, review)
    ended = explain(journal.used_by(OWNER), exception.id, 1, " Two campaigns ended. ").entry
    assert (ended.outcome, ended.outcome_text, ended.answered_by) == (Outcome.EXPLAINED, "Two campaigns ended.", "jan")
    with pytest.raises(UsageError, match="Explanation: there is no text"):
        explain(journal, exception.id, 2, " ")


def test_investigating_makes_an_action(journal: Journal, review: int) -> None:
    exception = raised(journal, review)
    ended = investigate(journal, exception.id, 1, Promise("check the tags", "eva", date(2026, 12, 1))).entry
    assert ended.outcome is Outcome.INVESTIGATING
    made = actions_about(journal, exception.id)
    assert [(each.text, each.owner, each.due, each.kpi, each.review_id) for each in made] == [
        ("check the tags", "eva", date(2026, 12, 1), "cost_per_lead", review)
    ]
    assert origins(journal, made)[made[0].id].id == exception.id


def test_an_investigation_without_an_owner_changes_nothing(journal: Journal, review: int) -> None:
    exception = raised(journal, review)
    with pytest.raises(UsageError, match=r"The action has no owner\. Say who does it"):
        investigate(journal, exception.id, 1, Promise("check the tags", " "))
    assert exceptions(journal, review)[0].outcome is None


def test_a_new_normal_makes_a_baseline(journal: Journal, review: int) -> None:
    exception = raised(journal, review)
    new_normal(journal, exception.id, 1, NewBaseline(date(2026, 11, 2), "new landing page", ANSWERS))
    (kept,) = baselines(journal, "cost_per_lead")
    assert (kept.starts_on, kept.reason, kept.about_id) == (date(2026, 11, 2), "new landing page", exception.id)
    assert kept.answers == {
        "different": "yes",
        "reason_known": "the new landing page",
        "wanted": "yes",
        "lasting": "yes",
    }
    assert exceptions(journal, review)[0].outcome is Outcome.NEW_NORMAL


def test_another_answer_takes_back_the_limits_of_the_first(journal: Journal, review: int) -> None:
    exception = raised(journal, review)
    new_normal(journal, exception.id, 1, NewBaseline(date(2026, 11, 2), "new landing page", ANSWERS))
    new_normal(journal, exception.id, 2, NewBaseline(date(2026, 11, 9), "new landing page, a week later", ANSWERS))
    assert [each.starts_on for each in baselines(journal)] == [date(2026, 11, 9)]
    explain(journal, exception.id, 3, "It was the tracking.")
    assert not baselines(journal)
    assert len(baselines(journal, undone=True)) == 2


def test_a_new_normal_needs_all_four_answers(journal: Journal, review: int) -> None:
    exception = raised(journal, review)
    answers = WheelersAnswers("yes", "", "yes", "yes")
    with pytest.raises(UsageError, match="Is the reason for it known"):
        new_normal(journal, exception.id, 1, NewBaseline(date(2026, 11, 2), "new page", answers))
    assert baselines(journal) == []
    assert exceptions(journal, review)[0].outcome is None


def test_two_outcomes_at_once_keep_both_and_do_one(journal: Journal, review: int) -> None:
    exception = raised(journal, review)
    explain(journal, exception.id, 1, "A holiday.")
    late = investigate(journal.used_by(OWNER), exception.id, 1, Promise("check the tags", "eva"))
    assert late.entry.outcome is Outcome.EXPLAINED
    assert late.conflict is not None
    assert late.conflict.theirs == {"outcome": Outcome.EXPLAINED, "outcome_text": "A holiday."}
    assert actions_about(journal, exception.id) == []
    (kept,) = conflicts(journal, [exception.id])
    assert kept.words["outcome"] == "investigating"
    assert kept.words["action"]["text"] == "check the tags"


def test_who_may_end_an_exception(journal: Journal, review: int) -> None:
    exception = raised(journal, review)
    for actor in (CONTRIBUTOR, VIEWER, Actor("kim", Role.OWNER, frozenset({"content"}))):
        with pytest.raises(ForbiddenError):
            explain(journal.used_by(actor), exception.id, 1, "nothing")
    with pytest.raises(ForbiddenError):
        raise_exceptions(journal.used_by(VIEWER), review, [TARGET])
    with pytest.raises(ForbiddenError):
        remove(journal.used_by(OWNER), exception.id)


def test_readiness_tells_what_was_prepared(journal: Journal, review: int) -> None:
    first, second = raise_exceptions(journal, review, [SIGNAL, TARGET])
    place = Place("paid", "cost_per_lead", WEEK, review=review, about=first.id)
    add_note(journal, place, "Two campaigns ended.", NoteKind.HAPPENED)
    assert [each.ready for each in readiness(journal, review)] == [False, False]
    add_note(journal, place, "It passes.", NoteKind.MEANS)
    add_recommendation(journal, place, "Wait a week.")
    ready, waiting = readiness(journal, review)
    assert ready.ready
    assert [note.text for note in (*ready.happened, *ready.means)] == ["Two campaigns ended.", "It passes."]
    assert [one.text for one in ready.recommended] == ["Wait a week."]
    assert (waiting.exception.id, waiting.ready) == (second.id, False)
