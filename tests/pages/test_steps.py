"""The steps of a meeting: who goes on for whom, what each says, and what closing keeps of a new normal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from core.period import Period
from journal.models import Note
from journal.operations import actions, decisions, exceptions, reviews
from journal.operations.actions import Promise
from journal.operations.baselines import NewBaseline, WheelersAnswers
from journal.operations.history import Search, search
from journal.operations.notes import add_note, add_recommendation, edit_note
from journal.operations.reviews import ReviewPlan
from journal.people import Actor
from journal.places import Place
from journal.words import Direction, ExceptionKind, NoteKind, Outcome, ReviewState, Rhythm, Role
from tests.department import LAST
from tests.pages.conftest import seen, visit_page
from tests.pages.test_meeting import WEEK, answer, begun, closed, home, journal, planned, press, raised

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from journal.work import Journal

__all__ = ["home", "journal"]


def clicked(app: AppTest, number: int, step: str) -> AppTest:
    """The step clicked in the line of steps: the router opens its address within the session."""
    app.session_state["kk_clicked"] = True
    app.query_params.update({"review": str(number), "step": step})
    app.run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> str:
    """The rows of the chart on the page."""
    (chart,) = app.get("vega_lite_chart")
    data = chart.proto.data.data or chart.proto.datasets[0].data.data
    return str(pa.ipc.open_stream(data).read_all().to_pylist())


def test_the_chair_clicks_a_step_and_brings_everybody_along(journal: Journal) -> None:
    number = begun(journal)
    app = clicked(visit_page("meeting"), number, "decisions")
    assert reviews.pulse(journal, number).step == "decisions"
    assert "step" not in app.query_params
    assert app.toggle(key="kk_follow").value is True
    assert ">Recommended</h1>" in seen(app)


def test_a_closed_meeting_shows_its_actions_as_they_were_agreed_on(journal: Journal) -> None:
    place = Place("paid_acquisition", review=begun(journal))
    made = actions.add_action(journal, place, actions.Promise("Write to them", "me"))
    for each in exceptions.exceptions(journal, place.review or 0):
        exceptions.explain(journal, each.id, each.version, "Known")
    press(visit_page("meeting", review=str(place.review), step="close"), "kk_close")
    actions.edit_action(journal, made.id, 1, actions.Promise("Call them", "me"))
    shown = seen(visit_page("meeting", review=str(place.review), step="decisions"))
    assert "Write to them" in shown
    assert "Call them" not in shown


def test_whoever_opens_a_review_again_leads_it(journal: Journal) -> None:
    number = closed(journal)
    app = press(visit_page("meeting", review=str(number), step="close"), "kk_reopen")
    assert reviews.review(journal, number).state is ReviewState.OPEN
    assert app.query_params["review"] in ([str(number)], str(number))
    assert "step" not in app.query_params
    assert app.toggle(key="kk_follow").value is True


def test_whoever_looks_away_or_may_not_go_on_clicks_alone(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begun(journal)
    away = visit_page("meeting", review=str(number), step="routine")
    assert clicked(away, number, "decisions").query_params["step"] == "decisions"
    monkeypatch.setattr("ui.journaling.reader", lambda _screen: Actor("lee", Role.VIEWER))
    assert clicked(visit_page("meeting"), number, "close").query_params["step"] == "close"
    assert reviews.pulse(journal, number).step == "promises"


GONE_ON = "The meeting has gone on to “Decisions”."


@pytest.mark.parametrize("button", ["kk_entry_keep", "kk_entry_away", "kk_next"])
def test_whoever_writes_stays_until_it_is_written(journal: Journal, button: str) -> None:
    number = begun(journal)
    app = press(visit_page("meeting"), "kk_entry_note")
    app.text_area[-1].set_value("Half a sent").run()
    reviews.go_to_step(journal, number, "decisions")
    assert GONE_ON in seen(app.run())
    assert ">What was promised</h1>" in seen(app)
    assert app.text_area[-1].value == "Half a sent"
    app = press(app, button)
    assert GONE_ON not in seen(app)
    assert ">Recommended</h1>" in seen(app)


def written(app: AppTest, text: str) -> AppTest:
    """The open field with *text* in it."""
    app.text_area[-1].set_value(text).run()
    assert not app.exception
    return app


def test_two_windows_of_one_person_in_one_field_lose_no_word(journal: Journal) -> None:
    begun(journal)
    one, other = (press(visit_page("meeting"), "kk_entry_note") for _ in range(2))
    written(one, "Wider ads")
    written(other, "Lower prices")
    written(one, "Wider ads, more clicks")
    written(other, "Lower prices, more buyers")
    assert visit_page("meeting").text_area[-1].value == "Lower prices, more buyers\nWider ads, more clicks"
    # Whoever keeps their own words leaves those of the other window where they are.
    press(written(one, "Wider ads, more clicks."), "kk_entry_keep")
    assert [note.text for note in search(journal, Search(types=(Note,))) if isinstance(note, Note)] == [
        "Wider ads, more clicks."
    ]
    assert "Lower prices, more buyers" in str(visit_page("meeting").text_area[-1].value)


def test_nothing_chosen_is_told_in_the_readers_language(journal: Journal) -> None:
    begun(journal)
    app = press(visit_page("meeting", lang="pl"), "kk_entry_decision")
    assert [each.placeholder for each in app.selectbox if each.label == "W którą stronę"] == ["bez kierunku"]


def test_whoever_has_stopped_writing_follows(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begun(journal)
    app = press(visit_page("meeting"), "kk_entry_note")
    reviews.go_to_step(journal, number, "decisions")
    monkeypatch.setattr("ui.fields.STILL_WRITES", 0.0)
    assert ">Recommended</h1>" in seen(app.run())


def test_whoever_began_an_answer_keeps_the_field_when_somebody_else_answers(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = visit_page("meeting", review=str(number), step=f"x{clicks}")
    # Nothing of what is typed has come yet.
    app.button_group(key=f"kk_outcome_{clicks}").set_value(Outcome.EXPLAINED).run()
    exceptions.explain(journal, clicks, 1, "Somebody was faster")
    app.run()
    assert "Somebody was faster" in seen(app)
    assert [area.label for area in app.text_area] == ["What explains it?"]
    assert not visit_page("meeting", review=str(number), step=f"x{clicks}").text_area


def test_what_ended_as_the_new_normal_is_kept_with_the_limits_it_was_raised_by(journal: Journal) -> None:
    number = begun(journal)
    for each in exceptions.exceptions(journal, number):
        answers = WheelersAnswers("yes", "yes", "yes", "yes")
        if each.kpi == "clicks":
            new = NewBaseline(WEEK.start, "Third ad in each group", answers)
            exceptions.new_normal(journal, each.id, each.version, new)
        else:
            exceptions.explain(journal, each.id, each.version, "Known")
    press(visit_page("meeting", review=str(number), step="close"), "kk_close")
    (kept,) = (each.shown for each in reviews.frozen_values(journal, number) if each.kpi == "clicks")
    assert (kept["status"]["variation"], kept["values"][-1]["flags"]) == ("improving", ["outside"])
    assert kept["facts"]["owner"] == "Ada Kowalczyk"
    # The mean of half a year: 25 weeks with four ads of 20 clicks and one of 50 a day, and one with four of 30.
    assert kept["limits"]["center"] == pytest.approx((25 * 7 * (4 * 20 + 50) + 7 * (4 * 30 + 50)) / 26)
    text = seen(visit_page("meeting", review=str(number), step=f"x{raised(journal, number)['clicks']}"))
    assert "New signal" in text
    assert "Higher than the process explains since W46 (outside the limits)." in text
    answered = seen(visit_page("meeting", review=str(number), step=f"x{raised(journal, number)['clicks']}"))
    assert "<summary>Limits anew from 9 Nov 2026</summary>" in answered
    assert answered.count('<dd dir="auto">yes</dd>') == 4


def test_the_old_limits_stay_while_the_room_still_talks(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    step = {"review": str(number), "step": f"x{clicks}"}
    assert "limits anew" not in drawn(visit_page("meeting", **step))
    new = NewBaseline(WEEK.start, "Third ad in each group", WheelersAnswers("yes", "yes", "yes", "yes"))
    exceptions.new_normal(journal, clicks, 1, new)
    app = visit_page("meeting", **step)
    text = seen(app)
    assert "usual range: 891 – 951" in text
    assert "improving" in text
    assert "too few points" not in text
    assert "Shown with the limits it was raised by; from 9 Nov 2026 on they are computed anew." in text
    assert drawn(app).count("limits anew") == 1
    # Elsewhere the new ones hold at once, and where they begin is marked.
    process = visit_page("process", process="paid_acquisition", kpi="clicks")
    assert "usual range" not in seen(process)
    assert drawn(process).count("limits anew") == 1


def test_what_moved_stays_beside_the_words_that_were_handed_in(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    place = Place("paid_acquisition", "clicks", WEEK, review=number, about=clicks)
    add_note(journal, place, "We bought more.", NoteKind.HAPPENED)
    step = {"review": str(number), "step": f"x{clicks}"}
    assert "Higher than the process explains since W46" in seen(visit_page("meeting", **step))
    # Words that begin with the draft from the numbers say it themselves.
    add_note(journal, place, "Higher than the process explains since W46 (outside the limits).", NoteKind.HAPPENED)
    assert seen(visit_page("meeting", **step)).count("Higher than the process explains since W46") == 1


def test_the_decisions_of_a_meeting_name_their_kpi_in_the_order_they_were_made(journal: Journal) -> None:
    number = begun(journal)
    place = Place("paid_acquisition", "clicks", WEEK, review=number)
    decisions.decide(journal, place, decisions.Resolution("First", "clicks", Direction.UP))
    decisions.decide(journal, place, decisions.Resolution("Second", "spend"))
    add_recommendation(journal, place, "Third")
    text = seen(visit_page("meeting", review=str(number), step="decisions"))
    assert text.index("<b>Clicks should rise:</b> First") < text.index("<b>Spend:</b> Second")
    assert "<b>Clicks:</b> Third" in text


def test_endless_words_do_not_push_the_meeting_off_the_screen(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    exceptions.explain(journal, clicks, 1, "y" * 5000)
    text = seen(visit_page("meeting", review=str(number), step=f"x{clicks}"))
    assert f'<div>{"y" * 400}<details class="kk-rest"><summary>… Show more</summary>yyy' in text


def test_a_period_that_is_not_over_is_told_before_the_meeting_begins(journal: Journal) -> None:
    planned(journal)
    assert "is not over" not in seen(visit_page("meeting"))
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    week = Period(date(2026, 11, 16), date(2026, 11, 22))
    early = reviews.plan_review(journal, ReviewPlan("Early", Rhythm.WEEKLY, at, week, ("me",))).id
    text = seen(visit_page("meeting", review=str(early)))
    assert "This period is not over: its last day is 22 Nov 2026." in text


def test_a_period_without_data_is_not_called_usual(journal: Journal) -> None:
    at, week = datetime(2026, 11, 23, 8, tzinfo=UTC), Period(date(2019, 1, 7), date(2019, 1, 13))
    number = reviews.plan_review(journal, ReviewPlan("Long ago", Rhythm.WEEKLY, at, week, ("me",))).id
    text = seen(visit_page("meeting", review=str(number)))
    assert "There is no data in this period." in text
    assert "usually does" not in text
    reviews.open_review(journal, number)
    assert "There is no data in this period." in seen(visit_page("meeting", review=str(number), step="routine"))


def test_what_was_talked_about_before_is_not_called_usual(journal: Journal) -> None:
    closed(journal)
    number = planned(journal)
    assert "Nothing calls for attention that was not talked about before." in seen(visit_page("meeting"))
    reviews.open_review(journal, number)
    text = seen(visit_page("meeting", review=str(number), step="routine"))
    assert "talked about before, and go" in text
    assert '<small class="kk-better">improving' in text


def test_a_late_promise_has_two_ends(journal: Journal) -> None:
    actions.add_action(journal, Place("paid_acquisition", "clicks"), Promise("Call", "me", date(2026, 11, 1)))
    number = begun(journal)
    (late,) = (each for each in exceptions.exceptions(journal, number) if each.kind is ExceptionKind.PROMISE)
    app = visit_page("meeting", review=str(number), step=f"x{late.id}")
    assert "Explained, or being investigated: each exception ends as one of these." in seen(app)
    assert seen(app).count("Overdue promise") == 1
    press(app, f"kk_done_{late.about_id}")
    assert actions.open_actions(journal, LAST) == []
    assert "✓ done" in seen(visit_page("meeting", review=str(number), step=f"x{late.id}"))


def test_the_steps_are_promises_routine_the_exceptions_decisions_and_the_end(journal: Journal) -> None:
    number = begun(journal)
    text = seen(visit_page("meeting"))
    assert "What was promised" in text
    assert f"1 / {len(raised(journal, number)) + 4}" in text
    assert "Nothing is open from earlier reviews." in text


def test_a_late_promise_is_an_exception_and_can_be_done_on_the_first_screen(journal: Journal) -> None:
    late = Promise("Call the agency", "me", date(2026, 11, 1))
    made = actions.add_action(journal, Place("paid_acquisition", "clicks"), late)
    number = begun(journal)
    assert made.id in {each.about_id for each in exceptions.exceptions(journal, number)}
    app = visit_page("meeting", review=str(number))
    assert "1 action is open, 1 of them late." in seen(app)
    press(app, f"kk_done_{made.id}")
    assert actions.open_actions(journal, LAST) == []


def test_numbers_that_are_gone_leave_the_exception_to_be_answered(journal: Journal) -> None:
    number = begun(journal)
    gone = exceptions.Raised(ExceptionKind.SIGNAL, Place("old", "clicks_of_old", WEEK))
    exceptions.raise_exceptions(journal, number, [gone])
    (left,) = exceptions.exceptions(journal, number)
    text = seen(visit_page("meeting", review=str(number), step=f"x{left.id}"))
    assert "The numbers of “clicks_of_old” are no longer there" in text


def test_whoever_is_there_when_it_closes_stays_where_the_minutes_are(journal: Journal) -> None:
    number = begun(journal)
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "Known")
    reviews.go_to_step(journal, number, "close")
    app = press(visit_page("meeting"), "kk_close")
    assert "Minutes and numbers to take away, as they were presented:" in seen(app)


def test_how_it_ended_last_time_is_told(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    exceptions.explain(journal, clicks, 1, "A third ad in each group")
    after = planned(journal)
    place = Place("paid_acquisition", "clicks", WEEK)
    (again,) = exceptions.raise_exceptions(journal, after, [exceptions.Raised(ExceptionKind.SIGNAL, place)])
    reviews.open_review(journal, after)
    text = seen(visit_page("meeting", review=str(after), step=f"x{again.id}"))
    assert "Explained: A third ad in each group" in text


def test_what_was_said_of_a_promise_is_told_when_it_comes_back(journal: Journal) -> None:
    action = actions.add_action(journal, Place("paid_acquisition"), Promise("Call", "me", date(2026, 11, 1)))
    late = exceptions.Raised(ExceptionKind.PROMISE, Place("paid_acquisition", about=action.id))
    first, again = planned(journal), planned(journal)
    (before,) = exceptions.raise_exceptions(journal, first, [late])
    exceptions.explain(journal, before.id, 1, "They are on holiday")
    (raised_again,) = exceptions.raise_exceptions(journal, again, [late])
    reviews.open_review(journal, again)
    text = seen(visit_page("meeting", review=str(again), step=f"x{raised_again.id}"))
    assert "Explained: They are on holiday" in text


def test_an_answer_given_differently_leaves_its_switch_off(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = visit_page("meeting", review=str(number), step=f"x{clicks}")
    app = press(answer(app, clicks, Outcome.EXPLAINED, "New ads"), f"kk_outcome_{clicks}_keep")
    app = answer(app.toggle(key=f"kk_outcome_{clicks}_again").set_value(True).run(), clicks, Outcome.EXPLAINED, "Ads")
    app = press(app, f"kk_outcome_{clicks}_keep")
    assert app.toggle(key=f"kk_outcome_{clicks}_again").value is False


def test_before_closing_the_texts_that_wait_for_a_choice_are_named_and_forbid_nothing(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    place = Place("paid_acquisition", "clicks", review=number, about=clicks)
    note = add_note(journal, place, "First words", NoteKind.MEANS)
    for each in exceptions.exceptions(journal, number):
        exceptions.explain(journal, each.id, each.version, "New ads")
    told = "1 text that two people wrote at once waits for a choice."
    assert told not in seen(visit_page("meeting", review=str(number), step="close"))
    edit_note(journal.used_by(Actor("Ada Kowalczyk", Role.HEAD)), note.id, 1, "Ada was faster")
    edit_note(journal, note.id, 1, "I was slower")
    app = visit_page("meeting", review=str(number), step="close")
    assert told in seen(app)
    assert f'entry={note.id}" class="" >What it means · Clicks</a>' in seen(app)
    assert told not in seen(press(app, "kk_close"))
    assert reviews.review(journal, number).state is ReviewState.CLOSED
