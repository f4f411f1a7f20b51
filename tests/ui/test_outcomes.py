"""What became of files, as the page tells it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from connectors.exports.results import Control, FileResult, control_sentence
from ui.outcomes import FEW, SHOWN, html, lacks_account, name_within

LOADED = FileResult(
    "ads.csv",
    format="google_ads_campaign",
    dataset="ad_performance",
    account="123",
    rows_loaded=1200,
    rows_replaced=30,
    rows_rejected=2,
    rows_total=1,
    first_day=date(2026, 11, 9),
    last_day=date(2026, 11, 15),
    control=(Control("cost", 100.0, 100.0, 30),),
    message="1,230 rows are in.",
)
REFUSED = FileResult("<x>.csv", "refused", message="It is not <known>.", next_step="Export it again.", kind="file")


def test_nothing_loaded_draws_nothing() -> None:
    assert html([]) == ""


def test_counts_and_days_of_a_loaded_file() -> None:
    drawn = html([LOADED])
    for fact in ("new: 1,200", "replaced: 30", "rejected: 2", "totals rows: 1", "9–15 Nov 2026", "123"):
        assert f"<span>{fact}</span>" in drawn
    assert "1 of 1 table is in." in drawn


def test_of_a_file_that_was_loaded_before_nothing_is_called_replaced_or_rejected() -> None:
    """Nothing changed: 1,200 of its rows are there already, and 2 are not."""
    again = FileResult("ads.csv", repeated=True, rows_read=1203, rows_replaced=1200, rows_rejected=2, rows_total=1)
    assert re.findall("<span>(.*?)</span>", html([again])) == ["already there: 1,200", "not there: 2"]
    whole = FileResult("ads.csv", repeated=True, rows_read=7, rows_replaced=7)
    assert re.findall("<span>(.*?)</span>", html([whole])) == ["already there: 7"]


def test_a_file_whose_rows_newer_exports_have_is_not_called_in() -> None:
    drawn = html([FileResult("older.csv", rows_read=2, rows_rejected=2, gave_way=2)])
    assert "0 of 1 table is in." in drawn
    assert "older.csv <em>kept out</em>" in drawn
    assert "kk-doubt" in drawn
    assert "<em>loaded</em>" in html([FileResult("half.csv", rows_read=2, rows_loaded=1, rows_rejected=1, gave_way=1)])


def test_what_went_wrong_comes_first_with_the_next_step() -> None:
    drawn = html([LOADED, REFUSED])
    assert drawn.index("&lt;x&gt;.csv") < drawn.index("ads.csv")
    assert "It is not &lt;known&gt;." in drawn
    assert "<b>Next step:</b> Export it again." in drawn
    assert "1 of 2 tables is in." in drawn or "1 of 2 tables are in." in drawn


def test_a_control_total_that_differs_is_a_warning() -> None:
    differing = FileResult("ads.csv", control=(Control("cost", 120.0, 100.0, 30),))
    drawn = html([differing])
    assert "The file declares 120 for cost, its rows sum to 100." in drawn
    assert "kk-warn" in drawn
    assert "kk-warn" not in html([LOADED])
    assert "The file&#x27;s totals agree with its rows: cost 100." in html([LOADED])


def test_a_difference_that_is_explained_is_no_warning() -> None:
    differing = FileResult("ads.csv", control=(Control("cost", 120.0, 100.0, 30),), load_id=7)
    assert "kk-warn" in html([differing], {6: "Because."})
    drawn = html([differing], {7: "Because <so>."})
    assert "The file declares 120 for cost, its rows sum to 100." in drawn
    assert "Because &lt;so&gt;." in drawn
    assert "kk-warn" not in drawn
    assert "kk-doubt" not in drawn


def test_a_total_that_differs_is_told_once_and_by_its_name() -> None:
    control = Control("conversion_value", 120.0, 100.0, 30)
    message = f"2 rows are in. {control_sentence(control)} Look."
    drawn = html([FileResult("ads.csv", control=(control,), message=message)])
    assert "<p>2 rows are in. Look.</p>" in drawn
    assert drawn.count("The file declares") == 1
    assert "for conversion value, its rows" in drawn


def test_of_very_many_tables_only_the_first_are_drawn() -> None:
    drawn = html([LOADED] * (SHOWN + 3))
    assert drawn.count("<article") == SHOWN
    assert "3 more tables are in the load log." in drawn


def test_many_tables_without_trouble_are_folded_but_none_with_trouble_is() -> None:
    drawn = html(
        [FileResult(f"{place}.csv") for place in range(FEW + 3)]
        + [REFUSED, LOADED, FileResult("cut.csv", notes=["It was cut off."])]
    )
    shown, _fold, folded = drawn.partition("<details")
    assert (shown.count("<article"), folded.count("<article")) == (FEW + 3, 3)
    assert "3 more tables without trouble" in folded
    assert "It is not &lt;known&gt;." in shown
    assert "It was cut off." in shown
    assert "<details" not in html([FileResult(f"{place}.csv") for place in range(FEW + 1)])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/passing/up/0/ads.csv", "ads.csv"),
        ("/passing/up/3/site.zip/Queries.csv", "site.zip/Queries.csv"),
        ("elsewhere/ads.csv", "elsewhere/ads.csv"),
    ],
)
def test_files_are_called_what_the_reader_called_them(path: str, name: str) -> None:
    assert name_within("/passing/up", path) == name


def test_rows_without_an_account_ask_for_one() -> None:
    assert not lacks_account(LOADED)
    assert lacks_account(FileResult("ads.csv", dataset="ad_performance"))
    assert not lacks_account(FileResult("people.csv", dataset="people"))
    assert not lacks_account(REFUSED)


def test_after_problems_cards_keep_the_order_of_the_files() -> None:
    files = [
        FileResult("1.csv"),
        FileResult("2.csv", "empty"),
        FileResult("3.csv", rows_rejected=1),
        FileResult("4.csv"),
        FileResult("5.csv", "refused"),
        FileResult("6.csv", "failed"),
    ]
    assert re.findall(r"(\d)\.csv", html(files)) == ["5", "6", "3", "1", "2", "4"]


def test_formats_and_datasets_are_named() -> None:
    drawn = html([FileResult("ads.csv", format="google_ads", dataset="ad_performance")])
    assert "<span>Google Ads report</span><span>Ad performance</span>" in drawn


def test_notes_are_shown_once() -> None:
    """The mistakes of a plan stand beside its message; what is in the message already is not said again."""
    notes = ["plan.xlsx / Cele, row 2: <soon> is no day.", "The file names no currency."]
    shown = html(
        [FileResult("plan.xlsx", "refused", message="It is refused. The file names no currency.", notes=notes)]
    )
    assert '<p class="kk-warn">⚠ plan.xlsx / Cele, row 2: &lt;soon&gt; is no day.</p>' in shown
    assert shown.count("The file names no currency.") == 1
