"""The demonstration's people speak in their own voice, of what is in the numbers, and the same every time."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.config import Home, read_configuration
from core.period import Grain, Period
from data.demo.changes import PLANTED, UNANSWERED_PROMISE
from data.demo.story.events import EVENTS
from data.demo.story.exceptions import ANSWERS, RELAUNCHED
from data.demo.story.meetings import HELD, TOPICS
from data.demo.story.telling import tell
from journal.address import file_url
from journal.database import Database
from journal.models import Action, Entry, Event, Note
from journal.operations.actions import is_overdue, open_actions
from journal.operations.baselines import QUESTIONS, baselines
from journal.operations.decisions import decisions
from journal.operations.drafts import drafts
from journal.operations.events import events
from journal.operations.exceptions import exceptions, readiness
from journal.operations.history import Search, search
from journal.operations.reviews import agenda, frozen_values, reviews
from journal.people import Actor
from journal.words import ActionState, ExceptionKind, Outcome, ReviewState, Role
from journal.work import Journal
from metrics.effect import Verdict, divide, effect
from metrics.evaluate import evaluate
from metrics.figure import points
from metrics.model import Better
from metrics.names import kpi_names, process_names
from metrics.query import Query
from pack.frozen import thawed
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.snapshot import Snapshot

READER = Actor("reader", Role.VIEWER)
MOST = 10_000
LONG = re.compile(r"\d+\.\d{9,}(e-?\d+)?")


@pytest.fixture(scope="module")
def copy(demo_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demonstration, for this module alone."""
    folder = tmp_path_factory.mktemp("story") / "home"
    shutil.copytree(demo_home.path, folder, ignore=shutil.ignore_patterns("inbox"))
    return Home(folder)


@pytest.fixture(scope="module")
def journal(copy: Home) -> Iterator[Journal]:
    """Its journal."""
    database = Database(file_url(copy.journal))
    yield Journal(database, READER)
    database.close()


@pytest.fixture(scope="module")
def snapshot(copy: Home) -> Snapshot:
    """Its numbers."""
    return open_snapshot(copy.warehouse)


@pytest.fixture(scope="module")
def last(journal: Journal) -> date:
    """The last day with data: the relaunch tells it."""
    found = next(event for event in events(journal) if event.name == "Website relaunched")
    return found.starts_on - timedelta(days=RELAUNCHED)


def entries(journal: Journal) -> list[Entry]:
    """Everything that anybody wrote, in the order it was written."""
    return search(journal, Search(), MOST)[::-1]


def words(home: Home) -> list[str]:
    """The whole journal, as the statements that would make it again; sums of fractions differ in their last digits."""
    with closing(sqlite3.connect(f"file:{home.journal}?mode=ro", uri=True)) as connection:
        return [LONG.sub(lambda found: f"{float(found[0]):.9g}", line) for line in connection.iterdump()]


def test_the_same_numbers_bring_the_same_words(copy: Home, last: date, tmp_path: Path) -> None:
    again = Home(tmp_path / "again")
    shutil.copytree(copy.path, again.path, ignore=shutil.ignore_patterns("journal*"))
    tell(again, last)
    assert words(again) == words(copy)


def test_everybody_named_is_in_the_plan(journal: Journal, snapshot: Snapshot) -> None:
    people = {name for (name,) in snapshot.rows("SELECT name FROM people")}
    told = entries(journal)
    assert {each.created_by for each in told} <= people
    assert {each.owner for each in told if isinstance(each, Action)} <= people
    assert {person for review in reviews(journal) for person in (*review.participants, review.chair)} <= people


def test_every_process_and_kpi_named_exists(journal: Journal, snapshot: Snapshot) -> None:
    own = {name for (name,) in snapshot.rows("SELECT kpi_id FROM custom_kpis")}
    kpis, processes = {*kpi_names(), *own, ""}, {*process_names(), ""}
    assert {each.process for each in entries(journal)} <= processes
    assert {each.kpi for each in entries(journal)} | {each.moves for each in decisions(journal)} <= kpis
    assert {kpi for event in events(journal) for kpi in event.kpis} <= kpis
    assert {kpi for answer in ANSWERS for kpi in answer.kpis} <= kpis


def test_reviews_were_closed_in_order_and_one_comes_next(journal: Journal, last: date) -> None:
    *closed, planned = reviews(journal)[::-1]
    assert [review.state for review in closed] == [ReviewState.CLOSED] * len(HELD)
    assert planned.state is ReviewState.PLANNED
    ends = [review.closed_at for review in closed]
    assert ends == sorted(ends, key=str)
    weeks = [(planned.planned_for.date() - review.planned_for.date()).days / 7 for review in closed]
    assert weeks == [held.weeks for held in HELD]
    assert last < closed[-1].planned_for.date() + timedelta(days=8) <= planned.planned_for.date() + timedelta(days=1)
    for review in (*closed, planned):
        period = review.place.period
        assert period is not None
        assert period.end < review.planned_for.date()
        assert [item.process for item in agenda(journal, review.id)] == [topic.process for topic in TOPICS]


def test_nothing_was_written_before_it_was_known(journal: Journal) -> None:
    moments = [each.created_at for each in entries(journal) if not isinstance(each, Event)]
    assert moments == sorted(moments)


@pytest.mark.parametrize(
    "moment", ["entries.created_at", "entries.changed_at", "revisions.at", "drafts.saved_at", "frozen_values.frozen_at"]
)
def test_nothing_was_written_after_the_last_day_was_over(copy: Home, last: date, moment: str) -> None:
    table, _dot, column = moment.partition(".")
    with closing(sqlite3.connect(f"file:{copy.journal}?mode=ro", uri=True)) as connection:
        ((latest,),) = connection.execute(f"SELECT max({column}) FROM {table}")
    zone = read_configuration(copy).zone
    assert datetime.fromisoformat(latest).replace(tzinfo=UTC).astimezone(zone).date() <= last


def test_every_exception_of_a_closed_review_has_its_outcome(journal: Journal) -> None:
    found = [each for review in reviews(journal, ReviewState.CLOSED) for each in exceptions(journal, review.id)]
    assert {each.outcome for each in found} == set(Outcome)
    assert all(each.outcome_text for each in found)
    prepared = [each for review in reviews(journal, ReviewState.CLOSED) for each in readiness(journal, review.id)]
    assert all(each.ready for each in prepared)


def test_the_relaunch_is_the_new_normal_of_search(journal: Journal, last: date) -> None:
    found = {baseline.kpi: baseline for baseline in baselines(journal)}
    assert {"organic_ctr"} <= found.keys() <= {"organic_ctr", "organic_clicks"}
    for baseline in found.values():
        assert baseline.starts_on.weekday() == 0
        assert 0 <= (baseline.starts_on - last).days - RELAUNCHED < 7
        assert all(baseline.answers[question] for question in QUESTIONS)


def test_closing_kept_the_numbers_of_that_week(journal: Journal, copy: Home, snapshot: Snapshot) -> None:
    reporting = read_configuration(copy)
    for review in reviews(journal, ReviewState.CLOSED):
        week = review.place.period
        kept = {value.kpi: thawed(value.kpi, value.shown) for value in frozen_values(journal, review.id)}
        assert week is not None
        assert len(kept) > 60
        assert all(seen.figure.series[-1].period == week for seen in kept.values())
        answer = evaluate(snapshot, Query(("spend", "organic_clicks"), week), reporting)
        for kpi in ("spend", "organic_clicks"):
            assert kept[kpi].figure.value == pytest.approx(answer.value(kpi))


def test_what_became_of_actions(journal: Journal, last: date) -> None:
    today = last + timedelta(days=1)
    told = [each for each in entries(journal) if isinstance(each, Action)]
    assert {each.state for each in told} == set(ActionState)
    assert all(each.done_note for each in told if each.state is not ActionState.OPEN)
    late = [action for action in open_actions(journal, today) if is_overdue(action, today)]
    assert {action.process for action in late} == {"customer_voice", "paid_acquisition"}
    assert len(open_actions(journal, today)) > len(late)


def test_the_decision_to_sort_requests_worked(journal: Journal, copy: Home, snapshot: Snapshot, last: date) -> None:
    found = {decision.moves: decision for decision in decisions(journal)}
    assert found.keys() == {
        "first_response_hours",
        "hours_to_first_contact",
        "qualification_rate",
        "webinar_attendance",
    }
    since = found["first_response_hours"].effective_from
    assert since == last - timedelta(days=PLANTED[3].days_before_end - 1)
    days = Period(since - timedelta(weeks=26), last)
    series = points(
        evaluate(snapshot, Query(("first_response_hours",), days, Grain.WEEK), read_configuration(copy)).series(
            "first_response_hours"
        )
    )
    values = [point.value if point.complete else None for point in series]
    stop, start = divide([point.period for point in series], since)
    assert effect(values[:stop], values[start:], Better.LOWER).verdict is Verdict.IMPROVED
    webinar = found["webinar_attendance"].effective_from
    assert webinar is not None
    assert (last - webinar).days < 8 * 7


def test_each_planted_change_is_an_event(last: date) -> None:
    days = {(last + timedelta(days=event.day)) for event in EVENTS}
    assert {last - timedelta(days=change.days_before_end - 1) for change in PLANTED} < days


def test_the_promise_nobody_answered_was_talked_about(journal: Journal, last: date) -> None:
    first = reviews(journal)[-1]
    told = last - timedelta(days=UNANSWERED_PROMISE - 1)
    assert timedelta() <= first.planned_for.date() - told < timedelta(days=7)
    promises = [each for each in exceptions(journal, reviews(journal)[0].id) if each.kind is ExceptionKind.PROMISE]
    assert any(each.process == "customer_voice" for each in promises)


def test_one_owner_is_ready_and_one_has_begun(journal: Journal, snapshot: Snapshot) -> None:
    planned = reviews(journal)[0]
    found = readiness(journal, planned.id)
    assert 0 < sum(each.ready for each in found) < len(found)
    people = [name for (name,) in snapshot.rows("SELECT name FROM people")]
    typing = [draft for name in people for draft in drafts(journal.used_by(Actor(name, Role.OWNER)))]
    assert len({draft.person for draft in typing}) == 1
    waiting = {f"prepare:{each.exception.id}:happened" for each in found if not each.ready}
    assert {draft.place for draft in typing} <= waiting


def test_some_of_it_is_worth_keeping(journal: Journal) -> None:
    kept = [each for each in entries(journal) if each.worth_keeping]
    assert len(kept) == sum(said.worth for held in HELD for said in held.said)
    assert all(isinstance(each, Note) for each in kept)
