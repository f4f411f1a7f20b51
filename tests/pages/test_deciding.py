"""Each decision names the KPI that it is to move, wherever in the meeting it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal.operations import decisions
from journal.places import Place
from journal.words import Direction
from tests.pages.conftest import seen, visit_page
from tests.pages.test_meeting import WEEK, begun, home, journal, press, raised

if TYPE_CHECKING:
    from journal.work import Journal

__all__ = ["home", "journal"]


def test_a_decision_names_the_kpi_it_is_to_move(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = press(visit_page("meeting", review=str(number), step=f"x{clicks}"), "kk_entry_decision")
    app.text_area[-1].set_value("Double the budget").run()
    press(app, "kk_entry_keep")
    assert "<b>1</b><span>decision</span>" in seen(visit_page("meeting", review=str(number), step="close"))
    (made,) = decisions.decisions(journal, review=number)
    assert (made.text, made.moves, made.place) == (
        "Double the budget",
        "clicks",
        Place("paid_acquisition", "clicks", WEEK, review=number, about=clicks),
    )


def test_a_decision_of_the_whole_meeting_is_given_the_kpi_it_is_to_move(journal: Journal) -> None:
    number = begun(journal)
    app = press(visit_page("meeting", review=str(number), step="decisions"), "kk_entry_decision")
    app.text_area[-1].set_value("Double the budget").run()
    (which,) = [box for box in app.selectbox if box.label == "KPI it is to move"]
    assert which.value == ""
    which.set_value("cpc").run()
    (way,) = [box for box in app.selectbox if box.label == "Which way"]
    way.set_value(Direction.DOWN).run()
    press(app, "kk_entry_keep")
    (made,) = decisions.decisions(journal, review=number)
    assert (made.moves, made.direction, made.place) == ("cpc", Direction.DOWN, Place(period=WEEK, review=number))


def test_a_decision_about_one_kpi_may_be_to_move_another(journal: Journal) -> None:
    number = begun(journal)
    clicks = raised(journal, number)["clicks"]
    app = press(visit_page("meeting", review=str(number), step=f"x{clicks}"), "kk_entry_decision")
    app.text_area[-1].set_value("Double the budget").run()
    (which,) = [box for box in app.selectbox if box.label == "KPI it is to move"]
    assert (which.value, "no KPI" in which.options) == ("clicks", False)
    which.set_value("cpc").run()
    press(app, "kk_entry_keep")
    (made,) = decisions.decisions(journal, review=number)
    assert (made.moves, made.place.kpi) == ("cpc", "clicks")
