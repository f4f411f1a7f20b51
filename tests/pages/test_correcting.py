"""What was kept is corrected where it is read, by those who may; removed, and brought back; its wordings stay."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from core.period import Period
from journal.operations import actions, decisions, drafts, history, reviews
from journal.operations.actions import Promise
from journal.operations.baselines import NewBaseline, WheelersAnswers, add_baseline, baselines
from journal.operations.decisions import Resolution, decide
from journal.operations.events import Happening, add_event, events
from journal.operations.notes import add_note, add_recommendation, edit_note, hindrance, remove
from journal.people import Actor
from journal.places import Place
from journal.words import Direction, Role
from tests.pages.conftest import seen, visit_page
from tests.pages.test_meeting import WEEK, begun, home, journal, press, raised
from ui import entries

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from journal.work import Journal
    from tests.pages.story import Story

__all__ = ["home", "journal"]
CLICKS = Place("paid_acquisition", "clicks", WEEK)


def on_its_own(number: int, **query: str) -> AppTest:
    return visit_page("history", entry=str(number), **query)


def test_a_note_is_corrected_and_says_how_it_read(journal: Journal) -> None:
    note = add_note(journal, CLICKS, "The fair was in Gdnask")
    app = on_its_own(note.id)
    app.text_area[0].set_value("The fair was in Gdańsk")
    app = press(app.run(), f"kk_correct_{note.id}_save")
    assert history.entry(journal, note.id).version == 2
    text = seen(app)
    assert 'dir="auto">The fair was in Gdańsk</p>' in text
    assert "Earlier versions" in text
    assert "The fair was in Gdnask" in text


def test_a_decision_keeps_its_kpi_and_gets_the_right_day(journal: Journal) -> None:
    made = decide(journal, CLICKS, Resolution("More ads", "clicks", Direction.UP, date(2027, 11, 2)))
    app = on_its_own(made.id)
    app.date_input(key=f"kk_correct_{made.id}_from").set_value(date(2026, 11, 2))
    press(app.run(), f"kk_correct_{made.id}_save")
    (found,) = decisions.decisions(journal)
    assert (found.text, found.moves, found.direction, found.effective_from) == (
        "More ads",
        "clicks",
        Direction.UP,
        date(2026, 11, 2),
    )


def test_a_decision_that_named_no_kpi_is_given_one(journal: Journal) -> None:
    made = decide(journal, Place("paid_acquisition"), Resolution("More ads"))
    app = on_its_own(made.id)
    app.selectbox(key=f"kk_correct_{made.id}_moves").set_value("cpc")
    press(app.run(), f"kk_correct_{made.id}_save")
    assert [found.moves for found in decisions.decisions(journal)] == ["cpc"]


def test_an_event_is_found_from_its_chart_corrected_and_removed(journal: Journal) -> None:
    happened = Happening("Site relch", date(2026, 11, 9), kpis=("clicks", "ctr"))
    event = add_event(journal, CLICKS, happened)
    legend = seen(visit_page("process", process="paid_acquisition", kpi="clicks"))
    assert f'href="history?entry={event.id}"' in legend
    app = on_its_own(event.id)
    app.text_area[0].set_value("Site relaunch\nwith new forms")
    app = press(app.run(), f"kk_correct_{event.id}_save")
    (found,) = events(journal)
    assert (found.name, found.text, found.kpis, found.starts_on) == (
        "Site relaunch",
        "with new forms",
        ["clicks", "ctr"],
        date(2026, 11, 9),
    )
    press(app, f"kk_correct_{event.id}_remove")
    assert events(journal, Period(date(2026, 1, 1), date(2026, 12, 31))) == []


def test_what_was_removed_is_listed_and_brought_back(journal: Journal) -> None:
    said = add_recommendation(journal, CLICKS, "Stop it")
    press(on_its_own(said.id), f"kk_correct_{said.id}_remove")
    assert "Stop it" not in seen(visit_page("history"))
    assert "Stop it" in seen(visit_page("history", what="removed"))
    app = on_its_own(said.id)
    assert "Removed by me." in seen(app)
    press(app, f"kk_correct_{said.id}_restore")
    assert "Stop it" in seen(visit_page("history"))


def test_an_action_leads_to_its_form_and_can_be_removed(journal: Journal) -> None:
    made = actions.add_action(journal, CLICKS, Promise("Call them", "me"))
    app = on_its_own(made.id)
    assert f'href="actions?entry={made.id}"' in seen(app)
    press(app, f"kk_correct_{made.id}_remove")
    assert actions.open_actions(journal, date(2026, 11, 20)) == []


def test_an_action_of_the_meeting_is_corrected_in_place(journal: Journal) -> None:
    number = begun(journal)
    made = actions.add_action(journal, Place(period=WEEK, review=number), Promise("Call tehm", "me"))
    app = visit_page("meeting", review=str(number), step="decisions", entry=str(made.id))
    app.text_area(key=f"kk_text_action:{made.id}").set_value("Call them")
    app = press(app.run(), f"kk_action_{made.id}_open")
    assert [each.text for each in actions.actions_of(journal, number)] == ["Call them"]
    assert app.query_params == {"review": str(number), "step": "decisions"}


def test_the_slower_of_two_is_told_and_both_texts_stay(journal: Journal) -> None:
    note = add_note(journal, CLICKS, "First")
    app = on_its_own(note.id)
    edit_note(journal, note.id, 1, "Somebody was faster")
    app.text_area[0].set_value("I was slower")
    text = seen(press(app.run(), f"kk_correct_{note.id}_save"))
    assert "Somebody was faster</p>" in text
    assert 'This came later, by me</h3><p dir="auto">I was slower</p>' in text
    (late,) = history.conflicts(journal)
    press(app, f"kk_settle_{late.id}_True")
    taken = history.entry(journal, note.id)
    assert (entries.said(taken), taken.version) == ("I was slower", 3)
    assert history.conflicts(journal) == []


def test_whoever_loads_the_page_anew_is_told_too(journal: Journal) -> None:
    note = add_note(journal, CLICKS, "First")
    app = on_its_own(note.id)
    app.text_area[0].set_value("I was slower").run()
    edit_note(journal, note.id, 1, "Somebody was faster")
    again = on_its_own(note.id)
    assert again.text_area[0].value == "I was slower"
    text = seen(press(again, f"kk_correct_{note.id}_save"))
    assert entries.said(history.entry(journal, note.id)) == "Somebody was faster"
    assert 'This came later, by me</h3><p dir="auto">I was slower</p>' in text
    # Nothing is left of the draft that the next correction could begin with.
    assert drafts.drafts(journal) == []


def test_an_action_changed_after_a_reload_does_not_undo_what_somebody_else_changed(journal: Journal) -> None:
    number = begun(journal)
    made = actions.add_action(journal, Place(period=WEEK, review=number), Promise("Call tehm", "me"))
    app = visit_page("meeting", review=str(number), step="decisions", entry=str(made.id))
    app.text_area(key=f"kk_text_action:{made.id}").set_value("Call them").run()
    actions.edit_action(journal, made.id, 1, Promise("Write to them", "me"))
    again = visit_page("meeting", review=str(number), step="decisions", entry=str(made.id))
    press(again, f"kk_action_{made.id}_open")
    assert [each.text for each in actions.actions_of(journal, number)] == ["Write to them"]
    assert len(history.conflicts(journal)) == 1


def test_in_the_meeting_words_that_came_too_late_wait_for_their_author(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    note = add_note(journal, Place("paid_acquisition", "clicks", WEEK, review=number, about=clicks), "First")
    ada = journal.used_by(Actor("Ada Kowalczyk", Role.HEAD))
    edit_note(ada, note.id, 1, "Somebody was faster")
    edit_note(journal, note.id, 1, "I was slower")
    for step in (f"x{clicks}", "decisions", f"x{clicks}"):
        assert "I was slower" in seen(visit_page("meeting", review=str(number), step=step))
    # Ada, whose words stand, is told as well.
    assert "I was slower" in seen(visit_page("meeting", review=str(number), step="close", me="ada"))
    # What Ada made of it is not said to be the words of its first author alone.
    assert "me · changed by Ada Kowalczyk" in seen(visit_page("meeting", review=str(number), step=f"x{clicks}"))


def test_in_the_meeting_a_line_is_corrected_in_place(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    place = Place("paid_acquisition", "clicks", WEEK, review=number, about=clicks)
    note = add_note(journal, place, "note of e chair")
    step = {"review": str(number), "step": f"x{clicks}"}
    assert f'href="meeting?review={number}&amp;step=x{clicks}&amp;entry={note.id}"' in seen(
        visit_page("meeting", **step)
    )
    app = visit_page("meeting", **step, entry=str(note.id))
    app.text_area(key=f"kk_text_correct:{note.id}").set_value("note of the chair")
    app = press(app.run(), f"kk_correct_{note.id}_save")
    assert app.query_params == step
    assert "note of the chair" in seen(app)
    assert f"kk_correct_{note.id}_save" not in {button.key for button in app.button}


def test_in_the_meeting_what_was_removed_can_be_brought_back_at_once(journal: Journal) -> None:
    number = begun(journal)
    note = add_note(journal, Place(period=WEEK, review=number), "Said in haste")
    app = visit_page("meeting", review=str(number), step="decisions", entry=str(note.id))
    app = press(app, f"kk_correct_{note.id}_remove")
    assert "Removed by me." in seen(app)
    app = press(app, f"kk_correct_{note.id}_restore")
    assert history.entry(journal, note.id).removed_at is None
    assert "entry" not in app.query_params


def test_whoever_may_not_is_offered_nothing(story: Story) -> None:
    note = add_note(story.journal, Place("organic_content"), "Of Ada's")
    keys = {str(button.key) for button in on_its_own(note.id, me="jan").button}
    assert not any(key.startswith("kk_correct") for key in keys)


def test_what_a_closed_review_said_stands_until_it_is_opened_again(story: Story) -> None:
    app = on_its_own(story.decision)
    assert "Its review is closed." in seen(app)
    assert f"kk_correct_{story.decision}_save" not in {button.key for button in app.button}
    reviews.reopen_review(story.journal, story.review)
    assert hindrance(story.journal, story.decision) is None
    assert f"kk_correct_{story.decision}_save" in {button.key for button in on_its_own(story.decision).button}


def test_a_new_baseline_is_undone(journal: Journal) -> None:
    made = add_baseline(journal, CLICKS, NewBaseline(WEEK.start, "New ads", WheelersAnswers("a", "b", "c", "d")))
    app = press(on_its_own(made.id), f"kk_correct_{made.id}_undo")
    assert baselines(journal) == []
    assert "undone" in seen(app)
    assert not any("undo" in str(button.key) for button in app.button)


def test_a_review_that_has_begun_cannot_be_removed(journal: Journal) -> None:
    with pytest.raises(UsageError, match="has begun"):
        remove(journal, begun(journal))
