"""What goes wrong in a meeting, as its people see it: a clear message, and nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from journal.models import Note
from journal.operations import actions, drafts, exceptions, reviews
from journal.operations.exceptions import Raised
from journal.operations.history import Search, search
from journal.operations.notes import add_note
from journal.places import Place
from journal.words import ExceptionKind, Outcome, ReviewState
from tests.pages.conftest import keep, seen, visit_page
from tests.pages.test_meeting import WEEK, answer, home, journal, planned, press, raised
from warehouse.writer import writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from core.config import Home
    from journal.work import Journal

__all__ = ["home", "journal"]
CLICKS = Place("paid_acquisition", "clicks", WEEK)
LONG = "Long \N{WAVING HAND SIGN} " * 14_286
RIGHT_TO_LEFT = "مرحبا \N{RIGHT-TO-LEFT OVERRIDE}abc שלום \N{FAMILY}\N{ZERO WIDTH JOINER}\N{GIRL}"


def begun(journal: Journal) -> int:
    """A review that is going on, in which clicks are an exception."""
    number = planned(journal)
    reviews.open_review(journal, number)
    exceptions.raise_exceptions(journal, number, [Raised(ExceptionKind.SIGNAL, CLICKS)])
    return number


def writing_note(review: int, step: str = "routine") -> AppTest:
    return press(visit_page("meeting", review=str(review), step=step), "kk_entry_note")


def said(app: AppTest, text: str) -> AppTest:
    app.text_area[-1].set_value(text).run()
    assert not app.exception
    return app


def notes(journal: Journal) -> list[str]:
    found = search(journal, Search(types=(Note,)), limit=100)
    return [note.text for note in found if isinstance(note, Note)]


def troubled(journal: Journal, statement: str) -> Callable[[], None]:
    """Have every connection to the journal run *statement* first; what mends it."""

    def run(raw: object, _record: object) -> None:
        raw.execute(statement)  # type: ignore[attr-defined]

    journal.database.close()
    event.listen(journal.database.engine, "connect", run)

    def mend() -> None:
        event.remove(journal.database.engine, "connect", run)
        journal.database.close()

    return mend


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("PRAGMA query_only = ON", "may not be written or opened"),
        ("PRAGMA max_page_count = 1", "Free some space on that disk"),
    ],
    ids=["read-only", "full disk"],
)
def test_words_that_cannot_be_saved_stay_until_they_can(
    journal: Journal, statement: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.fields.AGAIN_SECONDS", 0)
    app = writing_note(begun(journal))
    mend = troubled(journal, statement)
    app = said(app, LONG)
    assert told in seen(app)
    assert "not saved" in seen(app)
    app = press(app, "kk_entry_keep")
    assert told in seen(app)
    assert app.text_area[-1].value == LONG
    mend()
    assert notes(journal) == []
    # The next time the page is drawn, for whatever reason, the words become a draft by themselves.
    app.run()
    assert [draft.text for draft in drafts.drafts(journal)] == [LONG]
    assert "saved as a draft" in seen(app)
    assert told not in seen(app)
    press(app, "kk_entry_keep")
    assert notes(journal) == [LONG.strip()]
    assert drafts.drafts(journal) == []


def test_whoever_cannot_go_on_is_told_why(journal: Journal) -> None:
    app = visit_page("meeting", review=str(begun(journal)))
    mend = troubled(journal, "PRAGMA query_only = ON")
    assert "may not be written or opened" in seen(press(app, "kk_next"))
    mend()
    assert "may not be written or opened" not in seen(press(app, "kk_next"))


def test_an_unreadable_journal_leaves_the_numbers_and_what_was_typed(journal: Journal, home: Home) -> None:
    app = said(writing_note(begun(journal)), "Typed before")
    journal.database.close()
    aside = home.journal.with_suffix(".aside")
    home.journal.rename(aside)
    home.journal.mkdir()
    assert "journal.sqlite may not be written or opened" in seen(app.run())
    assert not app.exception
    assert "Spend" in seen(visit_page("process", process="paid_acquisition"))
    home.journal.rmdir()
    aside.rename(home.journal)
    assert app.run().text_area[-1].value == "Typed before"


def test_every_choice_beside_the_words_outlives_the_session(journal: Journal) -> None:
    number = begun(journal)
    step = f"x{raised(journal, number)['clicks']}"
    app = press(visit_page("meeting", review=str(number), step=step), "kk_entry_decision")
    app = said(app, "Double the budget")
    app.selectbox(key=next(str(each.key) for each in app.selectbox if "direction" in str(each.key))).set_value("up")
    app.date_input[0].set_value(date(2026, 12, 1)).run()
    again = visit_page("meeting", review=str(number), step=step)
    assert again.text_area[-1].value == "Double the budget"
    assert [each.value for each in again.selectbox if "direction" in str(each.key)] == ["up"]
    assert again.date_input[0].value == date(2026, 12, 1)
    press(again, "kk_entry_keep")
    assert drafts.drafts(journal) == []


def test_owner_day_and_wheelers_answers_outlive_the_session(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    there = {"review": str(number), "step": f"x{clicks}"}
    app = answer(visit_page("meeting", **there), clicks, Outcome.INVESTIGATING, "Look at the ads")
    app.selectbox[0].set_value("me")
    app.date_input[0].set_value(date(2026, 12, 24)).run()
    app = answer(visit_page("meeting", **there), clicks, Outcome.NEW_NORMAL, "Third ad")
    app.text_input[2].set_value("We made it").run()
    again = visit_page("meeting", **there)
    # What was being answered last is open again.
    assert again.button_group(key=f"kk_outcome_{clicks}").value == Outcome.NEW_NORMAL
    assert [field.value for field in again.text_input] == ["", "", "We made it", ""]
    again.button_group(key=f"kk_outcome_{clicks}").set_value(Outcome.INVESTIGATING).run()
    press(again, f"kk_outcome_{clicks}_keep")
    (made,) = actions.actions_about(journal, clicks)
    assert (made.text, made.owner, str(made.due)) == ("Look at the ads", "me", "2026-12-24")


def test_an_action_cannot_be_given_to_whoever_left_meanwhile(journal: Journal, home: Home) -> None:
    number = begun(journal)
    app = press(visit_page("meeting", review=str(number), step="routine"), "kk_entry_action")
    app = said(app, "Call the agency")
    app.selectbox[0].set_value("Ada Kowalczyk").run()
    keep(home)
    with writing(home.warehouse) as writer:
        writer.open_copy()
        writer.run("UPDATE target.people SET active = false")
        writer.publish()
    app = press(app, "kk_entry_keep")
    assert actions.open_actions(journal, date(2026, 11, 23)) == []
    assert "Ada Kowalczyk" in seen(app)
    assert app.text_area[-1].value == "Call the agency"
    # Drawn anew, the form offers those who are here.
    again = visit_page("meeting", review=str(number), step="routine")
    assert again.text_area[-1].value == "Call the agency"
    assert again.selectbox[0].options == ["me"]
    press(again, "kk_entry_keep")
    (made,) = actions.open_actions(journal, date(2026, 11, 23))
    assert made.owner == "me"


def test_a_review_whose_data_vanished_keeps_what_was_said(journal: Journal, home: Home) -> None:
    number = begun(journal)
    app = said(writing_note(number), "Said before the data vanished")
    press(app, "kk_entry_keep")
    home.warehouse.unlink()
    for me in ("", "ada"):
        told = seen(visit_page("meeting", review=str(number), me=me))
        assert "The data of this review is gone" in told
        assert "nobody called" not in told
    assert "Said before the data vanished" in seen(visit_page("history"))
    assert reviews.review(journal, number).state is ReviewState.OPEN


def test_a_clock_that_goes_backwards_changes_no_order(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begun(journal)
    press(said(writing_note(number), "First"), "kk_entry_keep")

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) - timedelta(days=400)

    monkeypatch.setattr("journal.work.datetime", Earlier)
    app = press(said(writing_note(number), "Second"), "kk_entry_keep")
    assert notes(journal) == ["Second", "First"]
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    app = press(visit_page("meeting", review=str(number), step="close"), "kk_close")
    assert reviews.review(journal, number).state is ReviewState.CLOSED
    assert "Closed by me on" in seen(app)
    text = seen(visit_page("history"))
    assert text.index("Second") < text.index("First")


def test_two_laptops_close_one_review_once(journal: Journal) -> None:
    number = begun(journal)
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    one, two = (visit_page("meeting", review=str(number), step="close") for _laptop in range(2))
    press(one, "kk_close")
    late = seen(press(two, "kk_close"))
    assert "was closed by me on" in late
    assert reviews.review(journal, number).closings == 1


def test_words_typed_into_a_review_that_was_closed_meanwhile_are_kept(journal: Journal) -> None:
    number = begun(journal)
    app = said(writing_note(number, f"x{raised(journal, number)['clicks']}"), "A moment too late")
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    reviews.close_review(journal, number, [], "1")
    app = press(app, "kk_entry_keep")
    assert "You were still typing this when the review was closed." in seen(app)
    (draft,) = drafts.drafts(journal)
    assert draft.text == "A moment too late"
    assert draft.text not in seen(visit_page("meeting", review=str(number), me="ada"))
    assert draft.text not in seen(press(app, f"kk_left_keep_{draft.id}"))
    (note,) = search(journal, Search(types=(Note,)))
    assert (notes(journal), note.kpi, note.review_id) == (["A moment too late"], "clicks", None)
    assert drafts.drafts(journal) == []


def test_a_correction_that_was_being_typed_when_the_review_was_closed_is_shown(journal: Journal) -> None:
    number = begun(journal)
    note = add_note(journal, replace(CLICKS, review=number), "The fair was in Gdnask")
    drafts.save_draft(journal, f"correct:{note.id}", "The fair was in Gdańsk")
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    reviews.close_review(journal, number, [], "1")
    assert "The fair was in Gdańsk" in seen(visit_page("meeting", review=str(number)))


@pytest.mark.parametrize(("now", "kept"), [("All of the sentence", ["All of the sentence"]), ("", [])])
def test_words_left_are_kept_as_they_are_now(journal: Journal, now: str, kept: list[str]) -> None:
    number = begun(journal)
    name = f"{number}:{raised(journal, number)['clicks']}:paid_acquisition:clicks:::note"
    drafts.save_draft(journal, name, "Half of the")
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    reviews.close_review(journal, number, [], "1")
    app = visit_page("meeting", review=str(number))
    (draft,) = drafts.drafts(journal)
    drafts.save_draft(journal, name, now)
    press(app, f"kk_left_keep_{draft.id}")
    assert notes(journal) == kept


def test_words_left_in_a_closed_review_can_be_discarded(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    answer(visit_page("meeting", review=str(number), step=f"x{clicks}"), clicks, Outcome.EXPLAINED, "Not needed")
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    reviews.close_review(journal, number, [], "1")
    app = visit_page("meeting", review=str(number))
    (draft,) = drafts.drafts(journal)
    assert "Not needed" in seen(app)
    assert "Not needed" not in seen(press(app, f"kk_left_drop_{draft.id}"))
    assert drafts.drafts(journal) == []
    assert notes(journal) == []


@pytest.mark.parametrize("text", [LONG, RIGHT_TO_LEFT], ids=["long", "right to left"])
def test_strange_texts_are_kept_whole_and_shown(journal: Journal, text: str) -> None:
    number = begun(journal)
    step = f"x{raised(journal, number)['clicks']}"
    press(said(writing_note(number, step), text), "kk_entry_keep")
    assert notes(journal) == [text.strip()]
    app = visit_page("meeting", review=str(number), step=step)
    assert text[:20] in seen(app)
    shown = seen(visit_page("history"))
    assert f'dir="auto">{text[:20]}' in shown


@pytest.mark.parametrize("text", ["", "  \n\t ", "\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT MARK}"])
def test_nothing_is_no_note(journal: Journal, text: str) -> None:
    app = press(said(writing_note(begun(journal)), text), "kk_entry_keep")
    assert "Note: there is no text." in seen(app)
    assert notes(journal) == []


def test_a_note_of_an_earlier_version_of_the_journal_is_no_place(journal: Journal) -> None:
    add_note(journal, Place("gone", "gone_too"), "About what is no longer there")
    assert "About what is no longer there" in seen(visit_page("history"))
