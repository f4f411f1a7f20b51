"""Actions, decisions, events, baselines, drafts and search: what is there in the next review, and after it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from core.period import Period
from journal.errors import ClosedReviewError, ForbiddenError
from journal.models import Action, Decision, Event, Note, Review
from journal.operations.actions import (
    Promise,
    actions_of,
    add_action,
    carried_over,
    edit_action,
    is_overdue,
    open_actions,
    set_action_state,
)
from journal.operations.baselines import NewBaseline, WheelersAnswers, add_baseline, baselines, undo_baseline
from journal.operations.decisions import Resolution, decide, decisions, edit_decision
from journal.operations.drafts import draft, drafts, save_draft
from journal.operations.events import Happening, add_event, edit_event, events
from journal.operations.history import Search, entry, search
from journal.operations.notes import add_note, remove, restore
from journal.operations.reviews import ReviewPlan, Topic, close_review, open_review, plan_review
from journal.places import Place
from journal.words import ActionState, Direction, EventKind, Rhythm
from journal.work import Journal
from tests.journal.conftest import CONTRIBUTOR, OWNER, VIEWER

if TYPE_CHECKING:
    from journal.models import Entry

TODAY = date(2026, 11, 24)
WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))
PLACE = Place("paid", "cost_per_lead", WEEK)


def a_review(journal: Journal, day: int, *processes: str) -> int:
    """A review that has begun, on a *day* of November 2026, about *processes*."""
    topics = tuple(Topic(process) for process in processes)
    planned_for = datetime(2026, 11, day, 9, tzinfo=UTC)
    plan = ReviewPlan(f"Review of {day} November", Rhythm.WEEKLY, planned_for, topics=topics)
    return open_review(journal, plan_review(journal, plan).id).id


def words(entries: list[Entry]) -> list[str]:
    """What *entries* say."""
    return [str(getattr(entry, entry.searched[0])) for entry in entries]


def test_open_actions_carry_over_overdue_first(journal: Journal) -> None:
    first = a_review(journal, 17)
    place = Place("paid", review=first)
    for text, due in (("no day", None), ("later", date(2026, 12, 1)), ("overdue", date(2026, 11, 20))):
        add_action(journal, place, Promise(text, "jan", due))
    done = add_action(journal, place, Promise("done", "jan", date(2026, 11, 18)))
    set_action_state(journal, done.id, 1, ActionState.DONE)
    close_review(journal, first, [], "1")
    second = a_review(journal, 24)
    add_action(journal, Place("paid", review=second), Promise("made here", "jan"))
    found = carried_over(journal, second, TODAY)
    assert [action.text for action in found] == ["overdue", "later", "no day"]
    assert [is_overdue(action, TODAY) for action in found] == [True, False, False]
    assert [action.text for action in actions_of(journal, first)] == ["no day", "later", "overdue", "done"]


def test_a_review_of_some_processes_carries_over_theirs_and_everybodys(journal: Journal) -> None:
    for process in ("paid", "content", ""):
        add_action(journal, Place(process), Promise(f"of {process or 'all'}", "jan"))
    found = carried_over(journal, a_review(journal, 24, "paid"), TODAY)
    assert [action.text for action in found] == ["of paid", "of all"]


def test_an_action_is_done_after_its_review_was_closed(journal: Journal) -> None:
    review = a_review(journal, 17)
    action = add_action(journal, Place("paid", review=review), Promise("call them", "eva", TODAY))
    close_review(journal, review, [], "1")
    mine = journal.used_by(CONTRIBUTOR)
    done = set_action_state(mine, action.id, 1, ActionState.DONE, "They agreed.").entry
    assert (done.state, done.done_by, done.done_note) == (ActionState.DONE, "eva", "They agreed.")
    assert open_actions(journal, TODAY) == []
    again = set_action_state(mine, action.id, 2, ActionState.OPEN).entry
    assert (again.done_at, again.done_by) == (None, None)


def test_one_marks_it_done_while_another_moves_the_day(journal: Journal) -> None:
    action = add_action(journal, PLACE, Promise("call them", "eva", TODAY))
    set_action_state(journal.used_by(CONTRIBUTOR), action.id, 1, ActionState.DONE)
    moved = edit_action(journal, action.id, 1, Promise("call them", "eva", date(2026, 12, 1)))
    assert moved.conflict is None
    assert (moved.entry.state, moved.entry.due) == (ActionState.DONE, date(2026, 12, 1))


def test_whose_actions(journal: Journal) -> None:
    for owner, process in (("eva", "paid"), ("jan", "paid"), ("jan", "content")):
        add_action(journal, Place(process), Promise(f"{owner} {process}", owner))
    assert [action.text for action in open_actions(journal, TODAY, owner="jan")] == ["jan paid", "jan content"]
    assert [action.text for action in open_actions(journal, TODAY, processes=["paid"])] == ["eva paid", "jan paid"]


def test_nobody_gets_an_action_after_leaving(journal: Journal) -> None:
    known = Journal(journal.database, journal.actor, journal.clock, frozenset({"jan", "eva"}))
    with pytest.raises(UsageError, match=r"nobody called evva who could do it.*Did you mean eva"):
        add_action(known, PLACE, Promise("call them", "evva"))
    action = add_action(journal, PLACE, Promise("call them", "left"))
    assert edit_action(known, action.id, 1, Promise("call them today", "left")).entry.version == 2


def test_who_may_change_an_action(journal: Journal) -> None:
    action = add_action(journal, Place("content"), Promise("write", "kim", task_id="MKT-7"))
    assert action.task_id == "MKT-7"
    for actor in (CONTRIBUTOR, OWNER, VIEWER):
        with pytest.raises(ForbiddenError):
            set_action_state(journal.used_by(actor), action.id, 1, ActionState.DROPPED)


def test_a_decision_names_the_kpi_it_wants_to_move(journal: Journal) -> None:
    owner = journal.used_by(OWNER)
    first = decide(owner, PLACE, Resolution("Pause the campaign.", "", Direction.DOWN, date(2026, 11, 25)))
    assert (first.moves, first.direction) == ("cost_per_lead", Direction.DOWN)
    second = decide(owner, PLACE, Resolution("New form.", "leads", Direction.UP, date(2026, 12, 1)))
    assert [each.id for each in decisions(journal, kpis=["leads"])] == [second.id]
    assert [each.id for each in decisions(journal, since=date(2026, 11, 20))] == [second.id, first.id]
    edited = edit_decision(owner, first.id, 1, Resolution("Pause both campaigns.", direction=Direction.DOWN))
    assert (edited.entry.text, edited.entry.moves) == ("Pause both campaigns.", "cost_per_lead")
    with pytest.raises(ForbiddenError):
        decide(journal.used_by(CONTRIBUTOR), PLACE, Resolution("Nothing."))


def test_decisions_of_a_review(journal: Journal) -> None:
    review = a_review(journal, 24)
    kept = decide(journal, Place("paid", "leads", review=review), Resolution("Go on."))
    decide(journal, PLACE, Resolution("Outside of it."))
    assert [each.id for each in decisions(journal, review)] == [kept.id]


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        (Happening("everywhere", TODAY), True),
        (Happening("this KPI", TODAY, kpis=("cost_per_lead",)), True),
        (Happening("this process", TODAY, processes=("paid",)), True),
        (Happening("another", TODAY, kpis=("leads",), processes=("content",)), False),
        (Happening("this part", TODAY, parts=(("platform", "google_ads"),)), True),
        (Happening("another part", TODAY, parts=(("platform", "meta_ads"),)), False),
        (Happening("a part of another kind", TODAY, parts=(("country", "PL"),)), True),
        (Happening("before", date(2026, 11, 1), date(2026, 11, 22)), False),
        (Happening("still on", date(2026, 11, 1), date(2026, 11, 23)), True),
    ],
)
def test_an_event_is_shown_on_the_charts_it_concerns(journal: Journal, event: Happening, shown: bool) -> None:
    kept = add_event(journal, Place(), event)
    chart = Place("paid", "cost_per_lead", dimension="platform", dimension_value="google_ads")
    found = events(journal, Period(date(2026, 11, 23), date(2026, 11, 29)), chart)
    assert [each.id for each in found] == ([kept.id] if shown else [])


def test_the_chart_of_a_whole_shows_what_happened_to_its_parts(journal: Journal) -> None:
    kept = add_event(journal, PLACE, Happening("Relaunch", TODAY, parts=(("platform", "meta_ads"),)))
    assert [each.id for each in events(journal, of=Place("paid", "leads"))] == [kept.id]


def test_events_can_be_corrected(journal: Journal) -> None:
    owner = journal.used_by(OWNER)
    kept = add_event(owner, PLACE, Happening("Relanch", TODAY, kind=EventKind.SITE))
    edit_event(owner, kept.id, 1, Happening("Relaunch", TODAY, kind=EventKind.SITE, parts=(("country", "PL"),)))
    (found,) = events(journal)
    assert (found.name, found.parts, found.version) == ("Relaunch", [{"dimension": "country", "value": "PL"}], 2)
    with pytest.raises(UsageError, match="before it starts"):
        add_event(owner, PLACE, Happening("Sale", TODAY, date(2026, 11, 1)))
    with pytest.raises(UsageError, match="Event: there is no text"):
        add_event(owner, PLACE, Happening("", TODAY))
    with pytest.raises(ForbiddenError):
        add_event(owner, Place(), Happening("Not mine", TODAY, processes=("content",)))


def test_a_closed_review_knows_the_events_that_it_knew(journal: Journal) -> None:
    place = Place("paid", "cost_per_lead")
    relaunch = add_event(journal, place, Happening("Relanch", TODAY, kind=EventKind.SITE))
    sale, gone = (
        add_event(journal, place, Happening("Sale", TODAY)),
        add_event(journal, place, Happening("Gone", TODAY)),
    )
    remove(journal, gone.id)
    review = a_review(journal, 24)
    close_review(journal, review, [], "1")
    edit_event(journal, relaunch.id, 1, Happening("Relaunch", date(2026, 11, 10), kind=EventKind.CAMPAIGN))
    edit_event(journal, relaunch.id, 2, Happening("Relaunch of the site", date(2026, 11, 11)))
    remove(journal, sale.id)
    restore(journal, gone.id)
    add_event(journal, place, Happening("Later", TODAY))
    told = [(event.name, event.starts_on, event.kind) for event in events(journal, closed=review)]
    assert told == [("Relanch", TODAY, EventKind.SITE), ("Sale", TODAY, EventKind.OTHER)]
    assert not events(journal, Period(date(2026, 11, 10), date(2026, 11, 11)), closed=review)
    # Reading what it knew changes nothing.
    assert [event.name for event in events(journal)] == ["Relaunch of the site", "Gone", "Later"]


def test_a_baseline_can_be_undone_and_stays(journal: Journal) -> None:
    owner = journal.used_by(OWNER)
    answers = WheelersAnswers("yes", "a new form", "yes", "yes")
    kept = add_baseline(owner, PLACE, NewBaseline(date(2026, 11, 2), "new form", answers))
    with pytest.raises(ForbiddenError):
        undo_baseline(journal.used_by(CONTRIBUTOR), kept.id)
    undo_baseline(owner, kept.id, "it was the tracking")
    undo_baseline(journal, kept.id, "later")
    assert baselines(journal, "cost_per_lead") == []
    (undone,) = baselines(journal, "cost_per_lead", undone=True)
    assert (undone.undone_by, undone.undone_reason) == ("jan", "it was the tracking")


def test_a_draft_is_kept_as_typed_and_becomes_a_note(journal: Journal) -> None:
    mine, hers = journal.used_by(OWNER), journal.used_by(CONTRIBUTOR)
    field = "review 7 · cost_per_lead · " + "a very long search query " * 500
    save_draft(mine, field, "Two camp")
    save_draft(mine, field, "Two campaigns \n")
    save_draft(hers, field, "hers")
    assert (draft(mine, field), draft(hers, field), draft(mine, "elsewhere")) == ("Two campaigns \n", "hers", "")
    assert [each.place for each in drafts(mine)] == [field]
    add_note(mine.finishing(field), PLACE, "Two campaigns ended.")
    assert (draft(mine, field), draft(hers, field)) == ("", "hers")
    save_draft(mine, field, "Pause it.")
    decide(mine.finishing(field), PLACE, Resolution("Pause it."))
    assert drafts(mine) == []
    save_draft(hers, field, "  ")
    assert drafts(hers) == []
    with pytest.raises(ForbiddenError):
        save_draft(journal.used_by(VIEWER), field, "x")


def test_a_note_that_comes_too_late_leaves_the_draft(journal: Journal) -> None:
    review = a_review(journal, 24)
    save_draft(journal, "here", "Two campaigns ended.")
    close_review(journal, review, [], "1")
    with pytest.raises(ClosedReviewError, match="kept as a draft"):
        add_note(journal.finishing("here"), Place("paid", review=review), "Two campaigns ended.")
    assert draft(journal, "here") == "Two campaigns ended."


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("żółwie", ["Żółwie i ŁÓDŹ"]),
        ("ZOLWIE lodz", ["Żółwie i ŁÓDŹ"]),
        ("ёлки", ["Ёлки и ЙОД"]),
        ("елки йод", ["Ёлки и ЙОД"]),
        ("STRASSE", ["Straße"]),
        ("100%", ["up 100% today"]),
        ("under_score", []),
        ("today up", ["up 100% today"]),
        ("turtle", []),
        ("' OR 1=1 --", []),
    ],
)
def test_search_knows_no_case_and_no_accents(journal: Journal, asked: str, found: list[str]) -> None:
    for text in ("Żółwie i ŁÓDŹ", "Ёлки и ЙОД", "Straße", "up 100% today", "underxscore, up 1000"):
        add_note(journal, PLACE, text)
    assert words(search(journal, Search(asked))) == found


def test_search_by_what_it_is_about(journal: Journal) -> None:
    review = a_review(journal, 24)
    add_note(journal, Place("paid", "leads", WEEK, "platform", "meta_ads", review), "a note")
    add_action(journal, Place("content"), Promise("an action", "jan"))
    decide(journal.used_by(OWNER), PLACE, Resolution("a decision", "leads"))
    add_event(journal, Place(), Happening("an event", TODAY, text="of the market"))
    title = "Review of 24 November"
    for asked, found in (
        (Search(), ["an event", "a decision", "an action", "a note", title]),
        (Search(kpi="leads"), ["a decision", "a note"]),
        (Search(person="jan"), ["a decision", "an action"]),
        (Search(process="content"), ["an action"]),
        (Search(review=review), ["a note"]),
        (Search(dimension="platform", dimension_value="meta_ads"), ["a note"]),
        (Search(period=Period(date(2026, 11, 22), date(2026, 11, 30))), ["a decision", "a note"]),
        (Search(period=Period(date(2026, 11, 23), date(2026, 11, 30))), []),
        (Search(types=(Decision, Action)), ["a decision", "an action"]),
        (Search("MARKET"), ["an event"]),
        (Search("24", types=(Review, Note, Event)), [title]),
    ):
        assert words(search(journal, asked)) == found, asked


def test_search_goes_on_page_by_page(journal: Journal) -> None:
    for number in range(5):
        add_note(journal, PLACE, f"note {number}")
    first = search(journal, Search("note"), limit=2)
    second = search(journal, Search("note"), limit=2, before=first[-1].id)
    assert words([*first, *second]) == ["note 4", "note 3", "note 2", "note 1"]


def test_any_entry_is_found_by_its_number_also_a_removed_one(journal: Journal) -> None:
    note = add_note(journal, Place("paid"), "Said once")
    remove(journal, note.id)
    found = entry(journal, note.id)
    assert isinstance(found, Note)
    assert (found.text, found.removed_by) == ("Said once", "ada")
    with pytest.raises(UsageError, match="no such entry"):
        entry(journal, 0)
