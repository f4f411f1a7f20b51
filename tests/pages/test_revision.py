"""A closed review: presented beside now, the reason, and the decisions that rested on what changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from journal.models import FrozenValue
from journal.operations.reviews import ReviewPlan, open_review, plan_review
from journal.words import Rhythm
from metrics.restated import Presented, Reason, Restated
from tests.pages.conftest import keep, seen, visit_page
from tests.pages.story import WEEK, presented
from tests.pages.story import tell as tell_story
from ui.journaling import journal
from ui.revision import read, table, why
from ui.state import SCREEN
from warehouse.loads import Load
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home
    from core.tables import Row
    from tests.pages.story import Story


@pytest.fixture(autouse=True)
def _own_data(own_department: Home) -> None:
    """What these tests change is not to be there for all others."""
    keep(own_department)


def rows(review: int) -> dict[object, Row]:
    """The table of *review*, by KPI."""
    app = visit_page("review", review=str(review))
    screen = app.session_state[SCREEN]
    _review, page, _error = read(screen, journal(screen))
    assert page is not None
    return {row.cells[0]: row for row in table(screen, page, plain=False).rows}


def test_presented_and_now_stand_side_by_side_with_the_reason(story: Story) -> None:
    found = rows(story.review)
    # The department's loads ended on 20 November, after the closing: none of their rows took the place of others.
    assert found["Spend"].cells == (
        "Spend",
        "Week 44, 26 Oct – 1 Nov 2026",
        "€443.00",
        "€455.00",
        "+€12.00",
        "late data: meta.xlsx, google.csv",
    )
    assert found["Clicks"].cells[2:] == ("910", "910", None, "")
    assert found["vanished"].cells[2:] == ("12", "–", None, "this KPI is not there any more")
    assert list(found) == ["Spend", "vanished", "Clicks"]


def test_a_file_that_was_kept_out_is_no_reason(own_department: Home, story: Story) -> None:
    moment = datetime(2026, 11, 20, 7, tzinfo=UTC)
    kept_out = Load(load_id=20, name="older.csv", dataset="ad_performance", rows_read=9, rows_rejected=9)
    with writing(own_department.warehouse) as writer:
        writer.log(replace(kept_out, first_day=WEEK.start, last_day=WEEK.end, started_at=moment, finished_at=moment))
        writer.publish()
    assert rows(story.review)["Spend"].cells[5] == "late data: meta.xlsx, google.csv"


def test_a_table_under_kokpits_own_headings_corrects_rows_of_any_source(
    own_department: Home, story: Story, tmp_path: Path
) -> None:
    with writing(own_department.warehouse) as writer:
        writer.open_copy()
        writer.run("UPDATE target.loads SET finished_at = TIMESTAMP '2026-11-02 06:00:00'")
        writer.publish()
    file = tmp_path / "corrected.csv"
    rows_of_google = "SELECT * REPLACE (cost * 2 AS cost) FROM ad_performance WHERE platform = 'google_ads'"
    open_snapshot(own_department.warehouse).copy_to(rows_of_google, file, "HEADER")
    (result,) = load_files(own_department, [file])
    assert (result.rows_loaded, result.rows_replaced > 0) == (0, True)
    assert rows(story.review)["Spend"].cells[5] == "corrected file: corrected.csv"


def test_a_file_without_rows_of_the_days_is_no_reason(own_department: Home, story: Story) -> None:
    moment = datetime(2026, 11, 20, 7, tzinfo=UTC)
    beside = Load(load_id=20, name="beside.csv", dataset="ad_performance", rows_read=9, rows_replaced=9)
    with writing(own_department.warehouse) as writer:
        writer.log(replace(beside, first_day=WEEK.start, last_day=WEEK.end, started_at=moment, finished_at=moment))
        writer.publish()
    assert rows(story.review)["Spend"].cells[5] == "late data: meta.xlsx, google.csv"


def test_of_many_files_two_are_named() -> None:
    presented_once = Presented("spend", "", "", WEEK, 443.0)
    found = Restated(presented_once, 455.0, (Reason.CORRECTED,), ("4.csv", "3.csv", "2.csv", "1.csv"))
    assert why(found) == "corrected file: 4.csv, 3.csv and 2 more"


def test_the_difference_of_shares_is_in_points(own_department: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.pages.story.SHOWN", (presented("ctr", 0.011),))
    story = tell_story(own_department)
    (row,) = rows(story.review).values()
    assert str(row.cells[2]) == "1.1%"
    assert str(row.cells[4]).endswith(" pp")


def test_the_page_says_how_much_differs_and_what_rested_on_it(story: Story) -> None:
    shown = seen(visit_page("review", review=str(story.review)))
    assert "Closed by Ada Kowalczyk, 3 Nov 2026, 09:" in shown
    assert "2 of 3 numbers differ from what was presented." in shown
    assert "Decisions that rested on numbers which have changed" in shown
    assert "Spend, Week 44, 26 Oct – 1 Nov 2026: presented €443.00, now €455.00" in shown


def test_without_a_number_the_latest_closed_review_is_shown(story: Story) -> None:
    assert f'href="review?review={story.review}" class="kk-pill" aria-current="true"' in seen(visit_page("review"))


def test_the_table_to_take_away_has_plain_numbers(story: Story) -> None:
    app = visit_page("review", review=str(story.review))
    screen = app.session_state[SCREEN]
    _review, page, _error = read(screen, journal(screen))
    assert page is not None
    assert table(screen, page).rows[0].cells[2:5] == (443.0, 455.0, 12.0)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"definition": "Another <b>one</b>"}, "definition changed, late data: meta.xlsx, google.csv"),
        ({"facts": {"currency": "PLN", "grain": "week"}}, "other currency, late data: meta.xlsx, google.csv"),
        ({"freshness": {"known_to": "2026-10-31"}}, "late data: meta.xlsx, google.csv"),
    ],
)
def test_what_was_kept_beside_the_value_explains_it(
    own_department: Home, monkeypatch: pytest.MonkeyPatch, more: dict[str, object], reason: str
) -> None:
    shown = presented("spend", 1.0)
    # Reviews that were closed by an older Kokpit kept fewer facts.
    values = {"values": shown.values, **more}
    monkeypatch.setattr("tests.pages.story.SHOWN", (shown,))
    story = tell_story(own_department)
    monkeypatch.setattr("ui.restating.reviews.frozen_values", lambda *_: [_frozen(story.review, values)])
    assert rows(story.review)["Spend"].cells[5] == reason


def _frozen(review: int, shown: dict[str, object]) -> object:
    at: datetime = datetime(2026, 11, 3, 9, tzinfo=UTC)
    return FrozenValue(
        review_id=review, closing=1, frozen_at=at, kpi="spend", dimension="", dimension_value="", shown=shown
    )


def test_a_target_that_changed_is_told(own_department: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.pages.story.SHOWN", (presented("spend", 455.0, target={"value": 400.0}),))
    story = tell_story(own_department)
    shown = seen(visit_page("review", review=str(story.review)))
    assert "Every number is what was presented." in shown
    assert "Spend: the target was €400, now it is none." in shown


def test_numbers_whose_warehouse_vanished_say_so(own_department: Home) -> None:
    story = tell_story(own_department)
    shutil.rmtree(own_department.warehouse)
    shown = seen(visit_page("review", review=str(story.review)))
    assert "its data is not there any more" in shown
    assert "3 of 3 numbers differ from what was presented." in shown


def test_a_review_that_is_not_closed_has_nothing_frozen(story: Story) -> None:
    plan = ReviewPlan("Week <b>45</b>", Rhythm.WEEKLY, story.journal.clock(), WEEK)
    review = open_review(story.journal, plan_review(story.journal, plan).id)
    shown = seen(visit_page("review", review=str(review.id)))
    assert "Nothing is frozen of “Week &lt;b&gt;45&lt;/b&gt;”" in shown


@pytest.mark.parametrize("number", ["999", "-1", "one", "9" * 400])
def test_a_review_that_is_not_there_is_told(story: Story, number: str) -> None:
    assert story.review
    assert "There is no such entry in the journal" in seen(visit_page("review", review=number))


def test_before_the_first_closing_the_page_says_what_will_be_here(own_department: Home) -> None:
    assert "No review was closed yet" in seen(visit_page("review"))
    assert not (own_department.path / "journal.sqlite").exists()
