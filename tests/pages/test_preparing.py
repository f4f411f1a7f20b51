"""My preparation and readiness: drafts that last, words handed in, both texts where two people wrote at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.period import Period
from journal.errors import ForbiddenError
from journal.operations import drafts, exceptions, reviews
from journal.operations.actions import Promise, add_action
from journal.operations.events import Happening, add_event
from journal.operations.history import Search, search
from journal.operations.notes import edit_note
from journal.people import Actor
from journal.places import Place
from journal.words import Role
from tests.pages.conftest import seen, visit_page
from tests.pages.test_meeting import WEEK, home, journal, planned, press, raised

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home
    from journal.work import Journal

__all__ = ["home", "journal"]
OTHER = Actor("Ada Kowalczyk", Role.OWNER, frozenset({"paid_acquisition"}))


def fields(app: AppTest, number: int) -> dict[str, str]:
    prefix = f"kk_text_prepare:{number}:"
    found = {str(each.key): str(each.value) for each in app.text_area}
    return {key.removeprefix(prefix).partition("@")[0]: text for key, text in found.items() if key.startswith(prefix)}


def write(app: AppTest, number: int, kind: str, text: str) -> AppTest:
    app.text_area(key=f"kk_text_prepare:{number}:{kind}").set_value(text).run()
    assert not app.exception
    return app


def test_without_a_review_the_way_to_plan_one(home: Home) -> None:
    assert "No review is planned" in seen(visit_page("prepare"))
    assert not (home.path / "journal.sqlite").exists()


def test_the_exceptions_of_a_planned_review_are_there_to_be_prepared(journal: Journal) -> None:
    number = planned(journal)
    text = seen(visit_page("prepare"))
    assert "clicks" in raised(journal, number)
    assert "wait for your words." in text
    assert reviews.review(journal, number).state == "planned"


def test_what_happened_is_suggested_from_the_numbers_and_the_events_nearby(journal: Journal) -> None:
    number = planned(journal)
    happening = Happening("New ads", date(2026, 11, 9), kpis=("clicks",))
    add_event(journal, Place("paid_acquisition", "clicks"), happening)
    app = visit_page("prepare")
    # The flag on the chart is named below it.
    assert ">New ads</a> <" in seen(app)
    found = fields(app, raised(journal, number)["clicks"])
    assert found["happened"].startswith("Higher than the process explains since W46")
    assert found["happened"].endswith("9 Nov: New ads")
    assert found["means"] == found["recommended"] == ""
    assert "What happened · a draft from the numbers: make it yours" in [each.label for each in app.text_area]


def test_a_draft_is_kept_as_it_is_typed_and_is_nobody_elses(journal: Journal) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    app = write(visit_page("prepare"), clicks, "means", "We pay more for each click")
    assert "saved as a draft" in seen(app)
    assert fields(visit_page("prepare"), clicks)["means"] == "We pay more for each click"
    assert fields(visit_page("prepare", me="ada"), clicks)["means"] == ""


def test_two_people_who_hand_in_for_the_first_time_at_once_are_told(journal: Journal) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    first, second = visit_page("prepare"), visit_page("prepare", me="ada")
    press(write(first, clicks, "means", "First"), f"kk_hand_in_{clicks}")
    second.text_area(key=f"kk_text_prepare:{clicks}:means@ada").set_value("Second").run()
    shown = seen(press(second, f"kk_hand_in_{clicks}"))
    assert "Two people wrote “What it means” at once." in shown
    (known,) = [each for each in exceptions.readiness(journal, number) if each.exception.id == clicks]
    assert [note.text for note in known.means] == ["First"]
    assert "Second" in shown


def test_handing_in_makes_notes_that_the_meeting_and_the_chair_see(journal: Journal) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    app = write(visit_page("prepare"), clicks, "means", "The new ads work")
    app = write(app, clicks, "recommended", "Keep them")
    app = press(app, f"kk_hand_in_{clicks}")
    assert "Handed in: everybody in the meeting sees it." in seen(app)
    known = next(each for each in exceptions.readiness(journal, number) if each.exception.id == clicks)
    assert known.ready
    assert [note.text for note in known.means] == ["The new ads work"]
    assert [each.text for each in known.recommended] == ["Keep them"]
    assert drafts.drafts(journal) == []
    assert "1 of " in seen(visit_page("readiness"))
    press(visit_page("meeting"), "kk_begin")
    text = seen(visit_page("meeting", review=str(number), step=f"x{clicks}"))
    assert "<div>The new ads work</div>" in text


def test_what_is_handed_in_alone_is_seen_by_everybody_and_the_rest_is_asked_for(journal: Journal) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    app = write(visit_page("prepare"), clicks, "happened", "")
    app = press(write(app, clicks, "recommended", "Keep them"), f"kk_hand_in_{clicks}")
    assert "Handed in: everybody in the meeting sees it. Still missing: What happened, What it means." in seen(app)


def test_whoever_answers_for_no_process_is_offered_what_the_journal_takes_from_them(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    app = write(visit_page("prepare"), clicks, "happened", "")
    press(write(app, clicks, "means", "The new ads work"), f"kk_hand_in_{clicks}")
    eva = Actor("Eva Sowa", Role.CONTRIBUTOR)
    monkeypatch.setattr("ui.journaling.reader", lambda _screen: eva)
    drafts.save_draft(journal.used_by(eva), f"prepare:{clicks}:recommended", "begun as an owner")
    app = visit_page("prepare")
    # The head's words are to be read, and an owner's field is not offered: what was begun in it waits below.
    assert list(fields(app, clicks)) == ["happened"]
    text = seen(app)
    assert "<div>The new ads work</div>" in text
    assert text.index("begun as an owner") > text.index("Typed and not kept")
    press(write(app, clicks, "happened", "New ads"), f"kk_hand_in_{clicks}")
    (known,) = [each for each in exceptions.readiness(journal, number) if each.exception.id == clicks]
    assert [note.created_by for note in known.happened] == ["Eva Sowa"]


def test_words_changed_after_handing_in_are_said_to_be_a_draft_until_they_are_handed_in_again(journal: Journal) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    told = "Changed since: What it means. Until it is handed in again, everybody sees the earlier text."
    app = press(write(visit_page("prepare"), clicks, "means", "The new ads work"), f"kk_hand_in_{clicks}")
    assert told not in seen(app)
    write(app, clicks, "means", "The new ads work, and cost more")
    app = visit_page("prepare")
    assert told in seen(app)
    assert told not in seen(press(app, f"kk_hand_in_{clicks}"))


def test_handing_in_that_is_partly_refused_says_what_was_and_what_was_not(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    app = write(visit_page("prepare"), clicks, "means", "The new ads work")
    app = write(app, clicks, "recommended", "Keep them")

    def refuse(*_: object) -> None:
        message = "The process has another owner now."
        raise ForbiddenError(message, "Ask the owner.")

    monkeypatch.setattr("ui.preparing.add_recommendation", refuse)
    app = press(write(app, clicks, "happened", ""), f"kk_hand_in_{clicks}")
    text = seen(app)
    assert "The process has another owner now." in text
    assert "Handed in: everybody" not in text
    assert "Handed in, and seen by everybody in the meeting: What it means." in text
    assert "Not handed in: What I recommend. Still missing: What happened." in text


def test_after_the_last_review_nothing_is_to_be_prepared(journal: Journal) -> None:
    number = planned(journal)
    reviews.open_review(journal, number)
    reviews.close_review(journal, number, [], "1")
    assert "No review is planned" in seen(visit_page("prepare"))
    app = visit_page("readiness")
    assert "No review is planned" in seen(app)
    press(app, "kk_plan_weekly_keep")
    assert len(reviews.reviews(journal)) == 2


def test_only_the_exceptions_of_my_processes(journal: Journal) -> None:
    planned(journal)
    text = seen(visit_page("prepare", me="ada"))
    assert "<h1>Clicks " in text
    assert "Content and search" not in text


def test_whoever_only_reads_sees_what_is_prepared_and_that_it_waits_for_others(journal: Journal) -> None:
    number = planned(journal)
    visit_page("prepare")
    text = seen(visit_page("prepare", me="somebody who left"))
    left = len(raised(journal, number))
    assert f"{left} exceptions wait for their owners." in text
    assert text.count("Nothing has been handed in yet.") == left > 1


def test_what_the_reader_promised_comes_first(journal: Journal) -> None:
    late = Promise("Call the agency", "me", date(2026, 11, 1))
    add_action(journal, Place("paid_acquisition", "clicks"), late)
    planned(journal)
    text = seen(visit_page("prepare"))
    assert text.index("Call the agency") < text.index("<h1>Clicks ")


def test_two_people_edit_one_note_both_texts_are_shown_and_one_is_taken(journal: Journal) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    press(write(visit_page("prepare"), clicks, "means", "First words"), f"kk_hand_in_{clicks}")
    app = visit_page("prepare")
    known = next(each for each in exceptions.readiness(journal, number) if each.exception.id == clicks)
    edit_note(journal.used_by(OTHER), known.means[0].id, 1, "Ada was faster")
    app = press(write(app, clicks, "means", "I was slower"), f"kk_hand_in_{clicks}")
    text = seen(visit_page("prepare"))
    assert "Ada was faster" in text
    assert "I was slower" in text
    app = visit_page("prepare")
    (taking,) = [str(button.key) for button in app.button if str(button.key).endswith("_True")]
    assert 'role="alert"' not in seen(press(app, taking))
    known = next(each for each in exceptions.readiness(journal, number) if each.exception.id == clicks)
    assert known.means[0].text == "I was slower"


@pytest.mark.parametrize(
    ("today", "day", "period"),
    [
        (date(2026, 11, 23), date(2026, 11, 30), Period(date(2026, 11, 16), date(2026, 11, 22))),
        # After a pause: neither in the past nor about a week long ago.
        (date(2026, 12, 19), date(2026, 12, 21), Period(date(2026, 12, 14), date(2026, 12, 20))),
    ],
)
def test_the_next_review_is_planned_from_the_last(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, today: date, day: date, period: Period
) -> None:
    monkeypatch.setattr("ui.queries.today", lambda _reporting: today)
    number = planned(journal)
    app = visit_page("readiness")
    app.expander[0]
    app.session_state["kk_plan_open"] = True
    press(app.run(), "kk_plan_weekly_keep")
    after = next(each for each in reviews.reviews(journal) if each.id != number)
    assert (after.place.period, after.planned_for.date()) == (period, day)
    assert [(item.process, item.minutes) for item in reviews.agenda(journal, after.id)] == [
        ("paid_acquisition", 10),
        ("organic_content", 5),
    ]
    assert reviews.review(journal, number).place.period == WEEK


def test_what_was_typed_and_not_kept_is_found_again_and_kept_or_dropped(journal: Journal) -> None:
    number = planned(journal)
    visit_page("prepare")
    clicks = raised(journal, number)["clicks"]
    drafts.save_draft(journal, f"{number}:{clicks}:paid_acquisition:clicks:::note", "half a sentence")
    drafts.save_draft(journal, f"exception:{clicks}:investigating", "look into it")
    drafts.save_draft(journal, f"exception:{clicks}:investigating:owner", "me")
    drafts.save_draft(journal, f"prepare:{clicks}:means", "on the page already")
    app = visit_page("prepare")
    text = seen(app)
    assert "Typed and not kept" in text
    assert "Clicks · Weekly, 23 Nov 2026" in text
    kept, dropped = (
        next(each.id for each in drafts.drafts(journal) if each.text == words)
        for words in ("half a sentence", "look into it")
    )
    app = press(app, f"kk_left_keep_{kept}")
    press(app, f"kk_left_drop_{dropped}")
    assert [each.text for each in drafts.drafts(journal)] == ["on the page already"]
    (note,) = search(journal, Search(words="half"))
    assert note.place == Place("paid_acquisition", "clicks", None, review=number, about=clicks)
