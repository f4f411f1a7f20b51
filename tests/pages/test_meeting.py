"""The review meeting as its people go through it: planned, prepared, begun, answered, closed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from core.errors import TemporaryError
from core.period import DAY, Period
from journal.opening import open_journal
from journal.operations import actions, decisions, drafts, exceptions, reviews
from journal.operations.actions import Promise
from journal.operations.baselines import baselines
from journal.operations.notes import add_note
from journal.operations.reviews import ReviewPlan, Topic
from journal.people import Actor
from journal.places import Place
from journal.words import NoteKind, Outcome, ReviewState, Rhythm, Role
from tests.department import LAST
from tests.pages.conftest import lend, seen, visit_page

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.config import Home
    from journal.operations.reviews import Pulse
    from journal.work import Journal

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
HEAD = Actor("me", Role.HEAD)
MARKUP = "<script>alert(1)</script> *bold* `code`"


@pytest.fixture
def home(department: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The small department with a journal of the test's own, on the day after its last."""
    copy = lend(department, tmp_path / "team")
    monkeypatch.setenv("KOKPIT_HOME", str(copy.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    return copy


@pytest.fixture
def journal(home: Home) -> Journal:
    return open_journal(home, HEAD)


def planned(journal: Journal) -> int:
    """A review of the week in which clicks jumped, of the process that they belong to."""
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    topics = (Topic("paid_acquisition", 10), Topic("organic_content", 5))
    return reviews.plan_review(journal, ReviewPlan("Weekly", Rhythm.WEEKLY, at, WEEK, ("me",), topics)).id


def begun(journal: Journal) -> int:
    number = planned(journal)
    press(visit_page("meeting"), "kk_begin")
    return number


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def raised(journal: Journal, review: int) -> dict[str, int]:
    return {each.kpi: each.id for each in exceptions.exceptions(journal, review)}


def test_before_the_first_review_its_plan_is_filled_in(home: Home) -> None:
    app = visit_page("meeting")
    assert "The first review" in seen(app)
    press(app, "kk_plan_weekly_keep")
    found = reviews.reviews(open_journal(home, HEAD))
    assert [(each.title, each.state, each.place.period) for each in found] == [
        ("Weekly review", ReviewState.PLANNED, WEEK)
    ]
    assert [item.process for item in reviews.agenda(open_journal(home, HEAD), found[0].id)][:1] == ["paid_acquisition"]


def test_the_cockpit_leads_to_the_review_ahead(journal: Journal) -> None:
    assert "Next review" not in seen(visit_page())
    number = planned(journal)
    assert f'href="prepare?review={number}" class="kk-place" >Next review: Weekly, 23 Nov 2026<' in seen(visit_page())
    reviews.open_review(journal, number)
    assert f'href="meeting?review={number}" class="kk-place" >Going on now: Weekly, 23 Nov' in seen(visit_page())


def test_looking_at_the_page_makes_no_journal(home: Home) -> None:
    visit_page("meeting")
    assert not (home.path / "journal.sqlite").exists()


def test_beginning_opens_the_review_with_its_exceptions(journal: Journal) -> None:
    number = begun(journal)
    assert reviews.review(journal, number).state is ReviewState.OPEN
    assert "clicks" in raised(journal, number)
    assert "spend" not in raised(journal, number)


@pytest.mark.parametrize(("page", "name"), [("meeting", "review"), ("review", "review"), ("history", "entry")])
@pytest.mark.parametrize("asked", ["abc", "9" * 40, "٣"])
def test_an_address_that_no_entry_has_is_told_as_it_is(journal: Journal, page: str, name: str, asked: str) -> None:
    planned(journal)
    assert f"There is no such entry in the journal: {asked}." in seen(visit_page(page, **{name: asked}))


def test_next_goes_on_for_everybody_who_follows(journal: Journal) -> None:
    number = begun(journal)
    press(visit_page("meeting"), "kk_next")
    assert reviews.pulse(journal, number).step == "routine"
    assert ">Routine</h1>" in seen(visit_page("meeting"))


def test_a_reader_who_looks_away_goes_on_alone(journal: Journal) -> None:
    number = begun(journal)
    app = visit_page("meeting", review=str(number), step="routine")
    assert app.toggle(key="kk_follow").value is False
    press(app, "kk_back")
    assert reviews.pulse(journal, number).step == "promises"
    assert app.query_params["step"] == "promises"


def test_an_exception_shows_value_chart_and_why(journal: Journal) -> None:
    number = begun(journal)
    app = visit_page("meeting", review=str(number), step=f"x{raised(journal, number)['clicks']}")
    text = seen(app)
    assert "<h1>Clicks <small>Paid acquisition · Ada Kowalczyk</small></h1>" in text
    assert "New signal" in text
    assert "Higher than the process explains since W46 (outside the limits)." in text
    assert len(app.get("vega_lite_chart")) == 1


def test_a_note_is_entered_in_place_and_belongs_to_the_kpi_and_the_exception(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = press(visit_page("meeting", review=str(number), step=f"x{clicks}"), "kk_entry_note")
    app.text_area[-1].set_value(MARKUP).run()
    assert [each.text for each in drafts.drafts(journal)] == [MARKUP]
    app = press(app, "kk_entry_keep")
    text = seen(visit_page("meeting", review=str(number), step=f"x{clicks}"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *bold*" in text
    assert "<script>" not in text
    assert drafts.drafts(journal) == []


def test_an_empty_note_is_refused_and_the_field_stays(journal: Journal) -> None:
    number = begun(journal)
    app = press(visit_page("meeting", review=str(number), step="routine"), "kk_entry_note")
    app = press(app, "kk_entry_keep")
    assert "Note: there is no text." in seen(app)
    assert len(app.text_area) == 1


def test_a_button_answers_in_the_readers_language(journal: Journal) -> None:
    number = begun(journal)
    app = press(visit_page("meeting", review=str(number), step="routine", lang="pl"), "kk_entry_note")
    app = press(app, "kk_entry_keep")
    assert "nie ma tekstu" in seen(app)
    assert "there is no text" not in seen(app)


def answer(app: AppTest, number: int, outcome: Outcome, text: str) -> AppTest:
    app.button_group(key=f"kk_outcome_{number}").set_value(outcome).run()
    app.text_area[0].set_value(text).run()
    assert not app.exception
    return app


def test_explained(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = answer(visit_page("meeting", review=str(number), step=f"x{clicks}"), clicks, Outcome.EXPLAINED, "New ads")
    app = press(app, f"kk_outcome_{clicks}_keep")
    found = next(each for each in exceptions.exceptions(journal, number) if each.id == clicks)
    assert (found.outcome, found.outcome_text, found.answered_by) == (Outcome.EXPLAINED, "New ads", "me")
    assert found.answered_at
    assert f"{found.answered_at.astimezone(ZoneInfo('Europe/Warsaw')):%H:%M}</p>" in seen(app)


def test_investigating_makes_an_action_with_owner_and_day(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = visit_page("meeting", review=str(number), step=f"x{clicks}")
    app = answer(app, clicks, Outcome.INVESTIGATING, "Look at the new ads")
    press(app, f"kk_outcome_{clicks}_keep")
    (made,) = actions.actions_about(journal, clicks)
    assert (made.text, made.owner, made.due) == ("Look at the new ads", "Ada Kowalczyk", date(2026, 11, 27))


def test_a_day_that_was_typed_just_before_keeping_is_the_one_that_is_kept(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = visit_page("meeting", review=str(number), step=f"x{clicks}")
    app = answer(app, clicks, Outcome.INVESTIGATING, "Look at the new ads")
    app.date_input[-1].set_value(date(2027, 12, 25))
    press(app, f"kk_outcome_{clicks}_keep")
    assert [made.due for made in actions.actions_about(journal, clicks)] == [date(2027, 12, 25)]
    app = press(visit_page("meeting", review=str(number), step="routine"), "kk_entry_decision")
    app.text_area[-1].set_value("Double the budget").run()
    app.date_input[-1].set_value(date(2026, 9, 1))
    press(app, "kk_entry_keep")
    assert [made.effective_from for made in decisions.decisions(journal, review=number)] == [date(2026, 9, 1)]


def test_the_last_of_wheelers_answers_counts_when_keeping_follows_at_once(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = visit_page("meeting", review=str(number), step=f"x{clicks}")
    app = answer(app, clicks, Outcome.NEW_NORMAL, "New ads for good")
    for field in app.text_input:
        field.set_value("yes, as planned")
    press(app, f"kk_outcome_{clicks}_keep")
    found = next(each for each in exceptions.exceptions(journal, number) if each.id == clicks)
    assert found.outcome is Outcome.NEW_NORMAL


def test_new_normal_answers_the_four_questions_and_limits_start_anew(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = visit_page("meeting", review=str(number), step=f"x{clicks}")
    app = answer(app, clicks, Outcome.NEW_NORMAL, "Third ad in each group")
    refused = press(app, f"kk_outcome_{clicks}_keep")
    assert "Is the new behaviour different in kind from the old?: there is no text." in seen(refused)
    for field in refused.text_input:
        field.set_value("yes")
    press(refused.run(), f"kk_outcome_{clicks}_keep")
    (made,) = baselines(journal, "clicks")
    assert (made.starts_on, made.reason) == (WEEK.start, "Third ad in each group")


def test_closing_is_refused_while_exceptions_are_open_and_names_them(journal: Journal) -> None:
    number = begun(journal)
    app = visit_page("meeting", review=str(number), step="close")
    assert "exceptions have no outcome yet" in seen(app)
    app = press(app, "kk_close")
    assert "cannot be closed: these exceptions have no outcome" in seen(app)
    assert reviews.review(journal, number).state is ReviewState.OPEN


def closed(journal: Journal) -> int:
    number = begun(journal)
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    press(visit_page("meeting", review=str(number), step="close"), "kk_close")
    return number


def test_closing_keeps_every_number_as_it_was_shown(journal: Journal) -> None:
    number = closed(journal)
    assert reviews.review(journal, number).state is ReviewState.CLOSED
    kept = {each.kpi: each.shown for each in reviews.frozen_values(journal, number)}
    # Four ads of 30 clicks and one of 50, on seven days.
    assert kept["clicks"]["status"]["value"] == 7 * (4 * 30 + 50)
    assert kept["clicks"]["values"][-1]["period_start"] == "2026-11-09"
    text = seen(visit_page("meeting", review=str(number)))
    assert "Closed by me on" in text


def test_before_it_begins_the_chair_sees_who_is_ready_and_what_is_late(journal: Journal) -> None:
    number = planned(journal)
    visit_page("meeting")
    clicks = raised(journal, number)["clicks"]
    text = seen(visit_page("meeting"))
    assert "15 minutes planned" in text
    assert '<li><span>Ada Kowalczyk</span><span class="kk-poor">○ 0 / ' in text
    for kind in (NoteKind.HAPPENED, NoteKind.MEANS):
        for each in exceptions.exceptions(journal, number):
            add_note(journal, Place("paid_acquisition", each.kpi, WEEK, review=number, about=each.id), "Known", kind)
    app = visit_page("meeting")
    assert '<li><span>Ada Kowalczyk</span><span class="kk-good">✓ ' in seen(app)
    assert [button.key for button in app.button] == ["kk_begin"]
    assert clicks in {each.id for each in exceptions.exceptions(journal, number)}


def test_closing_twice_is_told(journal: Journal) -> None:
    number = begun(journal)
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    late = visit_page("meeting", review=str(number), step="close")
    reviews.close_review(journal, number, [], "1")
    assert "was closed by me on" in seen(press(late, "kk_close"))


def test_what_was_explained_is_not_raised_at_the_next_review(journal: Journal) -> None:
    closed(journal)
    number = begun(journal)
    assert raised(journal, number) == {}
    assert "1 / 4" in seen(visit_page("meeting", review=str(number)))


def test_a_viewer_reads_and_writes_nothing(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begun(journal)
    monkeypatch.setattr("ui.journaling.reader", lambda _screen: Actor("lee", Role.VIEWER))
    app = visit_page("meeting", review=str(number), step=f"x{raised(journal, number)['clicks']}")
    assert {button.key for button in app.button} == {"kk_back", "kk_next"}
    assert "No outcome yet" in seen(app)


def test_only_what_the_reader_may_do_is_offered(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    late = Promise("Call the agency", "Ada Kowalczyk", date(2026, 11, 1))
    made = actions.add_action(journal, Place("paid_acquisition", "clicks"), late)
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    monkeypatch.setattr(
        "ui.journaling.reader", lambda _screen: Actor("jan", Role.OWNER, frozenset({"organic_content"}))
    )
    app = visit_page("meeting", review=str(number), step=f"x{clicks}")
    assert {"kk_entry_note", "kk_entry_action"} == {str(each.key) for each in app.button if "entry" in str(each.key)}
    assert "No outcome yet" in seen(app)
    assert app.get("button_group") == []
    app = visit_page("meeting", review=str(number), step="promises")
    assert f"kk_done_{made.id}" not in {each.key for each in app.button}


def test_an_event_is_added_from_a_chart_and_stands_on_it(home: Home) -> None:
    app = press(visit_page("process", process="paid_acquisition", kpi="clicks"), "kk_entry_event")
    app.text_area[0].set_value("Third ad\nin each group").run()
    press(app, "kk_entry_keep")
    assert ">Third ad</a> <" in seen(visit_page("process", process="paid_acquisition", kpi="clicks"))
    assert "Third ad" not in seen(visit_page("process", process="paid_acquisition", kpi="spend"))


def handed_to(app: AppTest, me: str) -> AppTest:
    """The same window, after another name was picked."""
    if me:
        app.query_params["me"] = me
    else:
        del app.query_params["me"]
    app.run()
    assert not app.exception
    return app


def test_what_one_person_types_in_a_window_is_not_there_for_the_next(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = press(visit_page("meeting", review=str(number), step=f"x{clicks}"), "kk_entry_decision")
    app.text_area[0].set_value("Mine alone").run()
    app.date_input[0].set_value(date(2026, 12, 24)).run()
    app = press(handed_to(app, "ada"), "kk_entry_decision")
    assert [each.value for each in app.text_area] == [""]
    assert app.date_input[0].value != date(2026, 12, 24)
    assert "there is no text" in seen(press(app, "kk_entry_keep"))
    assert decisions.decisions(journal, review=number) == []
    app = handed_to(app, "")
    assert [each.value for each in app.text_area] == ["Mine alone"]
    assert app.date_input[0].value == date(2026, 12, 24)
    assert "there is no text" not in seen(app)


def test_while_the_database_is_away_the_meeting_tells_and_tries_again(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(journal)
    real, told = reviews.pulse, "The journal cannot be reached."

    def pulse(asked: Journal, review: int) -> Pulse:
        if not asked.patient:
            raise TemporaryError(told)
        return real(asked, review)

    monkeypatch.setattr(reviews, "pulse", pulse)
    text = seen(visit_page("meeting"))
    assert "The journal cannot be reached. Trying again…" in text
    assert 'class="kk-trying" role="status"' in text
