"""Totals that differ: asked about where the load is shown, told with who said what, and no warning after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from journal.opening import open_journal
from journal.operations.drafts import drafts
from journal.people import Actor
from journal.words import Role
from tests.pages.conftest import seen, visit_page
from tests.pages.test_sources import drop
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home

ODD = """Day,Campaign,Clicks,Impr.,Cost,Currency code,Account name
2026-11-16,Brand,1,10,1.00,EUR,Shop
2026-11-17,Brand,1,10,1.00,EUR,Shop
Total: Account,,2,20,5.00,EUR,
"""
SENTENCE = "The file declares 5 for cost, its rows sum to 2."
WARNING = "do not add up to the totals that the file declares"
FIELD = "Why do they differ?"
KEEP = "kk_explain_keep_1"


def say(app: AppTest, words: str) -> AppTest:
    """Type *words* into the field, then keep them."""
    app.text_area[0].set_value(words).run()
    app.button(key=KEEP).click().run()
    assert not app.exception
    return app


def explanation(home: Home) -> list[tuple[object, ...]]:
    return open_snapshot(home.warehouse).rows("SELECT explanation, explained_by FROM loads")


@pytest.fixture
def odd(home: Home) -> Home:
    """A home with a file whose totals differ."""
    file = home.path / "odd.csv"
    file.write_text(ODD, encoding="utf-8")
    load_files(home, [file])
    return home


def test_right_after_loading_the_question_is_asked_once_and_the_answer_is_shown(home: Home) -> None:
    assert home.is_empty
    app = drop(visit_page("sources"), "odd.csv", ODD)
    assert [area.label for area in app.text_area] == [FIELD]
    assert SENTENCE in seen(app)
    assert "compare the file with the platform" in seen(app)
    app = say(app, "Two campaigns\nwere removed & deleted.")
    assert explanation(home) == [("Two campaigns\nwere removed & deleted.", "me")]
    text = seen(app)
    assert "compare the file with the platform" not in text
    assert 'kk-result kk-fine"' in text
    assert text.count("The totals in the file differ: “Two campaigns\nwere removed &amp; deleted.” (me, ") == 2
    assert SENTENCE in text


def test_of_an_earlier_load_it_is_asked_at_the_load_log(odd: Home) -> None:
    app = visit_page("sources")
    assert WARNING in seen(visit_page("process", process="paid_acquisition", period="week_to_date"))
    say(app, "Removed campaigns")
    assert explanation(odd) == [("Removed campaigns", "me")]
    assert WARNING not in seen(visit_page("process", process="paid_acquisition", period="week_to_date"))
    assert [area.label for area in visit_page("sources").text_area] == []


def test_words_survive_a_reload_until_they_are_kept(odd: Home) -> None:
    journal = open_journal(odd, Actor("me", Role.HEAD))
    app = visit_page("sources")
    app.text_area[0].set_value("Removed camp").run()
    (words,) = drafts(journal)
    assert words.text == "Removed camp"
    app = visit_page("sources")
    assert app.text_area[0].value == "Removed camp"
    say(app, "Removed campaigns")
    assert (explanation(odd), drafts(journal)) == ([("Removed campaigns", "me")], [])


def test_it_is_corrected_and_taken_back(odd: Home) -> None:
    app = say(visit_page("sources"), "Removed campaigns")
    app.session_state["kk_explained"] = True
    app.run()
    assert app.text_area[0].value == "Removed campaigns"
    say(app, "")
    assert explanation(odd) == [(None, None)]
    assert [area.label for area in app.text_area] == [FIELD]


def test_nothing_is_no_explanation(odd: Home) -> None:
    app = say(visit_page("sources"), " ")
    assert "there is no text" in seen(app)
    assert explanation(odd) == [(None, None)]


def test_undoing_says_what_it_takes_back(odd: Home) -> None:
    app = say(visit_page("sources"), "Removed campaigns")
    app.button(key="kk_undo").click().run()
    assert "This undoes what was last said about why the totals differ in odd.csv." in seen(app)
    assert "The files themselves are not touched" not in seen(app)
    app.button(key="kk_undo_sure").click().run()
    assert explanation(odd) == [(None, None)]


def test_of_many_the_newest_are_asked_about_first(home: Home) -> None:
    files = [home.path / f"{name}.csv" for name in "abcd"]
    for file in files:
        file.write_text(ODD.replace("Shop", file.stem), encoding="utf-8")
    load_files(home, files)
    app = visit_page("sources")
    assert [button.key for button in app.button if "explain" in str(button.key)] == [
        "kk_explain_keep_4",
        "kk_explain_keep_3",
        "kk_explain_keep_2",
    ]
    assert "The totals of 1 more file differ, and nobody has said why." in seen(app)


def test_who_may_only_read_is_not_asked(odd: Home) -> None:
    assert not odd.is_empty
    app = visit_page("sources", me="stranger")
    assert SENTENCE in seen(app)
    assert [area.label for area in app.text_area] == []
