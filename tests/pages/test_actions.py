"""The actions page: overdue first, where each came from, what the tracker says, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from journal.models import Action
from journal.operations.actions import Promise, add_action, edit_action, open_actions
from journal.operations.drafts import drafts, save_draft
from journal.operations.history import Search, conflicts, search
from journal.people import Actor
from journal.places import Place
from journal.words import ActionState, Role
from tests.department import LAST
from tests.pages.conftest import keep, seen, visit_page
from ui.promises import table
from ui.state import SCREEN
from warehouse.writer import writing

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home
    from core.tables import Cell
    from tests.pages.story import Story

STORED = "<script>alert(1)</script> שלום 🚀 **bold** " + "x" * 100_000


def cards(app: AppTest) -> list[str]:
    """The actions that are shown, as HTML."""
    return [part for part in seen(app).split("\n") if "kk-action" in part]


def found(story: Story, number: int) -> Action:
    """The action *number* as it is now."""
    return next(e for e in search(story.journal, Search(types=(Action,))) if isinstance(e, Action) and e.id == number)


def test_overdue_actions_come_first_and_say_what_they_are(story: Story) -> None:
    app = visit_page("actions", me="ada")
    first, second = cards(app)
    assert "2 open, 1 overdue" in seen(app)
    # Friday 13 November to Friday 20 November.
    assert "Lower the Meta budget" in first
    assert "7 days overdue" in first
    assert '<b aria-hidden="true">○</b> board: In progress' in first
    assert f'href="history?entry={story.decision}"' in first
    assert "from Decision: Spend less on Meta." in first
    assert "Ask the agency" in second
    # Half past eleven at night in UTC is the next day in Warsaw.
    assert "done in board on 19 Nov 2026" in second
    assert "carried over from Review: Week 44, 3 Nov 2026" in second


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"me": "jan", "what": "mine"}, ["Lower the Meta budget"]),
        ({"me": "ada", "what": "mine"}, ["Ask the agency"]),
        ({"what": "owner"}, ["Ask the agency", "Lower the Meta budget"]),
        ({"what": "process"}, ["Lower the Meta budget", "Ask the agency"]),
        ({"what": "over"}, ["Call the fair"]),
    ],
)
def test_each_list_shows_its_own(story: Story, query: dict[str, str], shown: list[str]) -> None:
    app = visit_page("actions", **query)
    assert story.review
    texts = cards(app)
    assert len(texts) == len(shown)
    assert all(text in card for text, card in zip(shown, texts, strict=True))


def test_what_is_over_says_who_and_when_and_what_came_of_it(story: Story) -> None:
    (card,) = cards(visit_page("actions", what="over"))
    assert story.done
    assert "done · Ada Kowalczyk, 3 Nov 2026, 09:" in card
    assert "They will be back." in card


def test_one_click_closes_an_action(story: Story) -> None:
    app = visit_page("actions", me="jan")
    app.button(key=f"kk_action_{story.late}_finish@jan").click().run()
    assert not app.exception
    action = found(story, story.late)
    assert (action.state, action.done_by) == (ActionState.DONE, "Jan Nowak")
    assert len(cards(app)) == 1


def test_one_click_takes_over_what_the_tracker_says(story: Story) -> None:
    app = visit_page("actions", me="ada")
    button = app.button(key=f"kk_action_{story.tracked}_finish@ada")
    assert button.label == "Take over"
    button.click().run()
    action = found(story, story.tracked)
    assert (action.state, action.done_note) == (ActionState.DONE, "done in board on 19 Nov 2026")


def test_an_action_is_changed_and_dropped_in_place(story: Story) -> None:
    app = visit_page("actions", me="ada", entry=str(story.late))
    app.text_area[0].set_value("Halve the Meta budget")
    app.text_area[1].set_value("Not needed any more.")
    app.button(key=f"kk_action_{story.late}_dropped@ada").click().run()
    action = found(story, story.late)
    assert (action.text, action.state) == ("Halve the Meta budget", ActionState.DROPPED)
    assert (action.done_note, action.done_by) == ("Not needed any more.", "Ada Kowalczyk")
    assert "entry" not in app.query_params


def test_what_is_being_typed_outlives_the_session(story: Story) -> None:
    app = visit_page("actions", me="ada", entry=str(story.late))
    app.text_area[0].set_value("Halve the Meta budget").run()
    app.text_area[1].set_value("The agency agreed.").run()
    again = visit_page("actions", me="ada", entry=str(story.late))
    assert [area.value for area in again.text_area] == ["Halve the Meta budget", "The agency agreed."]
    again.button(key=f"kk_action_{story.late}_done@ada").click().run()
    action = found(story, story.late)
    assert (action.text, action.done_note) == ("Halve the Meta budget", "The agency agreed.")
    assert drafts(story.journal) == []


def test_what_somebody_else_changed_meanwhile_stands_and_both_are_told(story: Story) -> None:
    app = visit_page("actions", me="ada", entry=str(story.late))
    edit_action(story.journal, story.late, 1, Promise("Theirs", "Jan Nowak"))
    app.text_area[0].set_value("Mine <b>bold</b>")
    app.button(key=f"kk_action_{story.late}_open@ada").click().run()
    assert found(story, story.late).text == "Theirs"
    # Whatever else happens, and in any other window, both wait until the reader has chosen.
    again = visit_page("actions", me="ada")
    for each in (app, app.run(), again):
        assert '<p dir="auto">Theirs</p>' in seen(each)
        assert 'This came later, by Ada Kowalczyk</h3><p dir="auto">Mine &lt;b&gt;bold&lt;/b&gt;' in seen(each)
    assert "Mine &lt;" not in seen(visit_page("actions", me="jan"))
    (late,) = conflicts(story.journal)
    # An action is more than its words, which are changed in its own form.
    assert not [button for button in again.button if button.key == f"kk_settle_{late.id}_True"]
    again.button(key=f"kk_settle_{late.id}_False").click().run()
    assert "Mine &lt;" not in seen(again)
    assert not conflicts(story.journal)


def test_a_new_action_that_was_begun_is_open(story: Story) -> None:
    assert not visit_page("actions", me="ada").text_area
    save_draft(story.journal.used_by(Actor("Ada Kowalczyk", Role.OWNER)), "action:new", "Call the fair")
    app = visit_page("actions", me="ada")
    assert [area.value for area in app.text_area] == ["Call the fair"]
    # It stays open while the words go on, and its button is heard.
    app.text_area[0].set_value("Call the fair in Gdańsk").run()
    app.button(key="kk_action_new_add@ada").click().run()
    assert open_actions(story.journal, LAST)[-1].text == "Call the fair in Gdańsk"
    assert not app.run().text_area


def test_a_new_action_is_kept_and_what_is_refused_stays(story: Story) -> None:
    app = visit_page("actions", me="ada")
    app.session_state["kk_action_new_open@ada"] = True
    app.run()
    app.button(key="kk_action_new_add@ada").click().run()
    assert "there is no text" in seen(app)
    app.text_area[0].set_value(STORED)
    app.selectbox(key="kk_action_new_owner@ada").set_value("Jan Nowak")
    app.button(key="kk_action_new_add@ada").click().run()
    assert not app.exception
    added = open_actions(story.journal, LAST)[-1]
    assert (added.text, added.owner, added.created_by) == (STORED, "Jan Nowak", "Ada Kowalczyk")
    shown = "\n".join(cards(app))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; שלום 🚀 **bold** xxx" in shown
    assert "<script>" not in shown
    assert len(shown) < 10_000


def test_a_reader_only_reads(story: Story) -> None:
    app = visit_page("actions", me="tom", entry=str(story.late))
    assert len(cards(app)) == 2
    assert [button.key for button in app.button if (button.key or "").startswith("kk_action")] == []


def test_a_row_without_a_tracker_hides_none_and_a_status_of_done_is_done(story: Story, own_department: Home) -> None:
    keep(own_department)
    with writing(own_department.warehouse) as writer:
        writer.open_copy()
        writer.run(
            """INSERT INTO target.tasks BY NAME SELECT task_id, status, 10 AS load_id
               FROM (VALUES ('MKT-1', 'Open'), ('MKT-9', 'Done')) AS them(task_id, status)"""
        )
        writer.publish()
    add_action(story.journal, Place(), Promise("Write to them", "Ada Kowalczyk", None, "mkt-9"))
    text = seen(visit_page("actions"))
    assert "done in board on 19 Nov 2026" in text
    assert '<b aria-hidden="true">✓</b> done in task tracker' in text


def taken_away(story: Story, **query: str) -> dict[Cell, dict[str, Cell]]:
    """The table that the downloads hold, a row by its action."""
    made = table(visit_page("actions", me="ada", **query).session_state[SCREEN], story.journal)
    return {row.cells[0]: dict(zip((c.label for c in made.columns), row.cells, strict=True)) for row in made.rows}


def test_the_list_that_is_shown_can_be_taken_away(story: Story) -> None:
    rows = taken_away(story)
    assert list(rows) == ["Lower the Meta budget", "Ask the agency"]
    assert rows["Ask the agency"]["In the task tracker"] == "done in board on 19 Nov 2026"
    assert rows["Lower the Meta budget"]["Came from"] == "Decision: Spend less on Meta."
    over = taken_away(story, what="over")
    assert list(over) == ["Call the fair"]
    assert over["Call the fair"]["What came of it"] == "They will be back."


def test_no_action_says_what_will_be_here(own_department: Home) -> None:
    assert own_department.path.exists()
    shown = seen(visit_page("actions"))
    assert "Nothing is open." in shown
    assert "No actions here" in shown
