"""The sources page: files in, what became of them, the way back."""

from __future__ import annotations

from shutil import rmtree
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from core.errors import TemporaryError
from tests.connectors.exports.writers import archive
from tests.department import HOSTILE
from tests.pages.conftest import Visit, seen, visit_page
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.config import Home

EXPORT = """day,platform,account,campaign,currency,impressions,clicks,cost
2026-11-16,google_ads,1,Brand,EUR,1000,20,10.00
2026-11-17,google_ads,1,Brand,EUR,1000,20,10.00
2026-11-31,google_ads,1,Brand,EUR,1000,20,10.00
"""
QUESTION = """Day,Campaign,Clicks,Impr.,Cost,Currency code
01/02/2026,Brand,1,10,1.50,EUR
03/04/2026,Brand,1,10,1.50,EUR
"""
UNNAMED = """Campaign,Day,Currency code,Impr.,Clicks,Cost
Brand,2026-11-16,EUR,"1,234",12,"1,234.50"
"""
COMMAS = """Campaign,Day,Currency code,Impr.,Clicks,Cost
Search,05/09/2026,EUR,10,1,"2,50"
"""
SPENT = "SELECT campaign, impressions, account FROM ad_performance ORDER BY campaign"


def drop(app: AppTest, name: str, content: str) -> AppTest:
    """Drop one file and wait for what becomes of it."""
    app.file_uploader[0].upload(name, content.encode()).run()
    assert not app.exception
    return app


@pytest.fixture
def loaded(home: Home) -> AppTest:
    """The page after a file was dropped into an empty home."""
    assert home.is_empty
    return drop(visit_page("sources"), "ads.csv", EXPORT)


def test_a_dropped_file_says_what_became_of_it(loaded: AppTest) -> None:
    shown = seen(loaded)
    assert "1 of 1 table is in." in shown
    assert "ads.csv <em>loaded</em>" in shown
    assert "<span>new: 2</span>" in shown
    assert "<span>rejected: 1</span>" in shown
    assert "<span>16–17 Nov 2026</span>" in shown


def test_a_dropped_file_is_in_the_log_and_its_rejects_are_listed(loaded: AppTest) -> None:
    shown = seen(loaded)
    assert 'data-label="File"' in shown
    assert "2026-11-31" in shown
    assert "kokpit-upload" not in shown


def test_the_reason_is_told_in_the_readers_language(loaded: AppTest) -> None:
    assert "<span>not a day</span>" in seen(loaded)
    assert "<span>to nie data</span>" in seen(visit_page("sources", lang="pl"))


def test_the_numbers_are_there_at_once(loaded: AppTest) -> None:
    loaded.switch_page("pages/home/cockpit.py").run()
    assert 'title="€20.00"' in seen(visit_page("", period="week_to_date"))


def test_a_warehouse_that_is_deleted_and_built_anew_shows_its_own_numbers(loaded: AppTest, home: Home) -> None:
    assert "16–17 Nov 2026" in seen(loaded)
    rmtree(home.warehouse)
    file = home.path / "october.csv"
    file.write_text(EXPORT.replace("2026-11-1", "2026-10-1"), encoding="utf-8")
    load_files(home, [file])
    assert (home.warehouse / "CURRENT").read_text(encoding="ascii") == "000001.duckdb\n"
    shown = seen(visit_page("sources"))
    assert "17 Oct 2026" in shown
    assert "17 Nov 2026" not in shown


def test_the_first_file_takes_the_demonstrations_place(visit_demo: Visit) -> None:
    app = visit_demo("sources")
    assert "kk-demo" in seen(app)
    assert "Your files are kept apart from the demonstration." in seen(app)
    assert "kk-demo" not in seen(drop(app, "ads.csv", EXPORT))


def test_what_brought_nothing_is_listed_beside_the_demonstration(visit_demo: Visit) -> None:
    app = visit_demo("sources")
    assert "Your files so far" not in seen(app)
    app = drop(drop(app, "fruit.csv", "Fruit,Colour\napple,green\n"), "quiet.csv", UNNAMED.splitlines()[0])
    assert "0 of 1 table is in. 1 has nothing to load." in seen(app)
    shown = seen(visit_demo("sources"))
    assert "kk-demo" in shown
    own = shown.partition("Your files so far")[2]
    assert own.index(">quiet.csv<") < own.index(">fruit.csv<") < own.index("Load log")


def test_what_is_refused_says_why_and_what_to_do(home: Home) -> None:
    assert home.is_empty
    shown = seen(drop(visit_page("sources"), "notes.csv", "Dear all,\nplease find attached\n"))
    assert "0 of 1 table is in." in shown
    assert "notes.csv <em>refused</em>" in shown
    assert "<b>Next step:</b>" in shown
    assert "Nothing is loaded yet" in shown


def test_loads_and_rejects_are_listed(visit: Visit) -> None:
    shown = seen(visit("sources"))
    assert ">totals.csv<" in shown
    # 6:00 UTC is 7:00 in Warsaw.
    assert ">20 Nov 2026, 07:00<" in shown
    assert ">Search Console" not in shown
    assert " → Ad performance<" in shown
    assert "Google Search Console · example.com" in shown
    assert "The day 31/02/2026 does not exist." in shown
    assert HOSTILE not in shown
    assert "=HYPERLINK(&quot;" in shown


def test_how_far_each_source_reaches(visit_demo: Visit) -> None:
    shown = seen(visit_demo("sources"))
    assert "How far the data reaches" in shown
    assert 'data-label="Final to" class="kk-minor"><span>17 Nov 2026</span>' in shown


def test_undoing_asks_first_and_then_goes_back(loaded: AppTest, home: Home) -> None:
    drop(loaded, "more.csv", EXPORT.replace("2026-11-1", "2026-10-1"))
    before = (home.warehouse / "CURRENT").read_text(encoding="ascii")
    loaded.button(key="kk_undo").click().run()
    assert "This undoes the load of 1 file: more.csv" in seen(loaded)
    assert "Undone:" not in seen(loaded)
    assert (home.warehouse / "CURRENT").read_text(encoding="ascii") == before
    loaded.button(key="kk_undo_sure").click().run()
    assert (home.warehouse / "CURRENT").read_text(encoding="ascii") != before
    assert "Undone: the load of 1 file, more.csv." in seen(loaded)
    assert "Undone:" not in seen(drop(loaded, "more.csv", EXPORT))


def test_undoing_names_an_archive_once(home: Home, tmp_path: Path) -> None:
    zipped = tmp_path / "both.zip"
    zipped.write_bytes(archive({"a.csv": EXPORT.encode(), "b.csv": EXPORT.replace("Brand", "Other").encode()}))
    load_files(home, [zipped])
    app = visit_page("sources")
    assert "a.csv · both.zip" in seen(app)
    app.button(key="kk_undo").click().run()
    assert "This undoes the load of 1 file: both.zip" in seen(app)


def test_only_what_the_question_named_is_undone(loaded: AppTest, home: Home) -> None:
    app = next(button for button in loaded.button if button.label == "Undo the last load").click().run()
    (home.path / "other.csv").write_text(EXPORT.replace("Brand", "Other"), encoding="utf-8")
    load_files(home, [home.path / "other.csv"])
    app.button(key="kk_undo_sure").click().run()
    assert "Something else was loaded or undone in the meantime, so nothing was undone now." in seen(app)
    assert len(open_snapshot(home.warehouse).rows("SELECT 1 FROM loads")) == 2


def test_the_demonstration_cannot_be_undone(visit_demo: Visit) -> None:
    assert [button.label for button in visit_demo("sources").button if "Undo" in button.label] == []


def test_the_access_to_google_is_the_readers_own_beside_the_demonstration(visit_demo: Visit) -> None:
    assert [place.label for place in visit_demo("sources").expander] == ["Access to Google"]


def test_a_question_is_asked_and_the_answer_loads_the_file(home: Home) -> None:
    assert home.is_empty
    app = drop(visit_page("sources"), "days.csv", QUESTION)
    assert "Choose below how it writes numbers and days" in seen(app)
    assert "--locale" not in seen(app)
    app.selectbox(key="kk_locale").set_value("en-GB")
    app.text_input(key="kk_account").set_value("123")
    app.form_submit_button[0].click().run()
    assert not app.exception
    assert "days.csv <em>loaded</em>" in seen(app)
    assert "<span>1 Feb – 3 Apr 2026</span>" in seen(app)
    assert len(app.form_submit_button) == 0


def test_only_what_is_still_open_is_asked_about(home: Home) -> None:
    assert home.is_empty
    app = visit_page("sources")
    app.file_uploader[0].upload("ads.csv", EXPORT.encode())
    app.file_uploader[0].upload("days.csv", QUESTION.encode()).run()
    assert "1 of 2 tables are in." in seen(app)
    app.selectbox(key="kk_locale").set_value("en-US")
    app.form_submit_button[0].click().run()
    assert "ads.csv" not in seen(app).partition("kk-table")[0]
    assert "<span>2 Jan – 4 Mar 2026</span>" in seen(app)


def test_an_answer_concerns_only_the_files_that_asked(home: Home) -> None:
    assert home.is_empty
    app = visit_page("sources")
    app.file_uploader[0].upload("whose.csv", UNNAMED.encode())
    app.file_uploader[0].upload("days.csv", COMMAS.encode()).run()
    assert "can be read in two ways here: days.csv." in seen(app)
    assert "name no account or site: whose.csv." in seen(app)
    app.selectbox(key="kk_locale").set_value("pl")
    app.form_submit_button[0].click().run()
    assert "days.csv <em>loaded</em>" in seen(app)
    assert open_snapshot(home.warehouse).rows(SPENT) == [("Brand", 1234, None), ("Search", 10, None)]
    app.text_input(key="kk_named").set_value("123")
    app.form_submit_button[-1].click().run()
    assert open_snapshot(home.warehouse).rows(SPENT) == [("Brand", 1234, "123"), ("Search", 10, None)]


def test_a_busy_warehouse_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_arguments: object, **_options: object) -> None:
        message = "Somebody else is loading."
        raise TemporaryError(message, "Try again in a minute.")

    assert home.is_empty
    monkeypatch.setattr("ui.intake.load_files", busy)
    shown = seen(drop(visit_page("sources"), "ads.csv", EXPORT))
    assert "Somebody else is loading." in shown
    assert "Try again in a minute." in shown


def test_remarks_in_the_log_are_told_in_the_readers_language(home: Home) -> None:
    assert home.is_empty
    drop(visit_page("sources", lang="pl"), "ads.csv", EXPORT)
    assert "1 row was kept out: not a day (1)." in seen(visit_page("sources", lang="en"))
    assert "to nie data (1)" in seen(visit_page("sources", lang="pl"))


def test_remarks_of_an_older_log_are_shown_as_they_were_written(home: Home) -> None:
    drop(visit_page("sources", lang="pl"), "ads.csv", EXPORT)
    with writing(home.warehouse) as writer:
        writer.open_copy()
        writer.run("ALTER TABLE target.loads DROP COLUMN remarks")
        writer.publish()
    assert "to nie data (1)" in seen(visit_page("sources", lang="en"))


def test_a_file_of_which_no_row_can_be_loaded_is_refused(home: Home) -> None:
    assert home.is_empty
    lines = EXPORT.splitlines(keepends=True)
    shown = seen(drop(visit_page("sources"), "ads.csv", lines[0] + lines[3]))
    assert "ads.csv <em>refused</em>" in shown
    assert "ads.csv: nothing was loaded, since no row of it can be." in shown
    assert "2026-11-31" in shown


def test_a_file_that_seems_older_changes_nothing_until_somebody_says_that_it_is_the_newest(home: Home) -> None:
    lines = EXPORT.splitlines(keepends=True)
    app = drop(visit_page("sources"), "newer.csv", EXPORT)
    app = drop(app, "older.csv", "".join(lines[:2]).replace(",10.00", ",1.00"))
    shown = seen(app)
    assert "a newer export already has this row" in shown
    assert "Other exports that count as newer stand in place of some rows of these files: older.csv." in shown
    assert open_snapshot(home.warehouse).rows("SELECT DISTINCT cost::INT FROM ad_performance") == [(10,)]
    assert "older.csv <em>kept out</em>" in shown
    assert "0 of 1 table is in." in shown
    # Who was called away finds the question again when they drop the file again.
    app = drop(visit_page("sources"), "older.csv", "".join(lines[:2]).replace(",10.00", ",1.00"))
    next(button for button in app.button if button.label == "Load as the newest").click().run()
    assert open_snapshot(home.warehouse).rows("SELECT cost::INT FROM ad_performance ORDER BY day") == [(1,), (10,)]


def test_a_file_whose_rows_gave_way_is_loaded_again_when_it_is_the_right_one(home: Home) -> None:
    right, wrong = EXPORT, EXPORT.replace(",10.00", ",1.00")
    app = drop(visit_page("sources"), "right.csv", right)
    app = drop(drop(app, "wrong.csv", wrong), "right.csv", right)
    assert "Exports that count as newer stand in place of 2 of its rows." in seen(app)
    assert "--again" not in seen(app)
    (again,) = [button for button in app.button if button.label.startswith("Load ")]
    assert again.label == "Load as the newest"
    again.click().run()
    assert open_snapshot(home.warehouse).rows("SELECT DISTINCT cost::INT FROM ad_performance") == [(10,)]
    assert not [button for button in app.button if button.label.startswith("Load ")]
