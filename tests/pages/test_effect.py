"""Did it work? Decisions about the small department, whose clicks rise for good on Monday 9 November 2026."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from journal.operations.baselines import NewBaseline, WheelersAnswers, add_baseline
from journal.operations.decisions import Resolution, decide
from journal.places import Place
from journal.words import Direction
from tests.pages.conftest import visit_page
from ui import effect
from ui.queries import evaluation
from ui.state import SCREEN

if TYPE_CHECKING:
    from core.config import Configuration
    from journal.models import Decision
    from metrics.evaluate import Evaluation
    from metrics.query import Query
    from tests.pages.story import Story
    from ui.homes import Shown
    from ui.screen import Screen

RISE = date(2026, 11, 9)
META = Place("paid_acquisition", "clicks", dimension="platform", dimension_value="meta_ads")
ALL = Place("paid_acquisition", "clicks")
ANSWERS = WheelersAnswers("yes", "yes", "yes", "yes")


def decided(story: Story, place: Place, resolution: Resolution) -> tuple[Screen, effect.Outcome]:
    """What the screen tells of a decision at *place*."""
    decision: Decision = decide(story.journal, place, resolution)
    screen: Screen = visit_page("history").session_state[SCREEN]
    return screen, effect.outcomes(screen, [decision])[decision.id]


@pytest.mark.parametrize(
    ("place", "resolution", "verdict", "sentence"),
    [
        # Four ads of 30 clicks and one of 50, seven days: 1190 instead of 910, week for week.
        (
            ALL,
            Resolution("More clicks", "clicks", Direction.UP, RISE),
            "▲ improved (above the earlier limits)",
            "On average 910 before, 1.19K since.",
        ),
        (
            ALL,
            Resolution("Fewer clicks", "clicks", Direction.DOWN, RISE),
            "▲ got worse (above the earlier limits)",
            "On average 910 before, 1.19K since.",
        ),
        # Decided on a Tuesday: that week has days of both, and the next one is not over.
        (
            ALL,
            Resolution("More clicks", "clicks", Direction.UP, date(2026, 11, 10)),
            "◌ too early: 0 of 8 points",
            "",
        ),
        (
            META,
            Resolution("More clicks on Meta", "clicks", None, RISE),
            "◌ too early: 1 of 8 points",
            "On average 350 before, 350 since.",
        ),
        (
            ALL,
            Resolution("Spend less", "spend", Direction.DOWN, date(2026, 9, 7)),
            "● no detectable change",
            "On average €455 before, €455 since.",
        ),
        (
            ALL,
            Resolution("At the very beginning", "spend", None, date(2025, 10, 13)),
            "– too few points before it",
            "On average €455 since.",
        ),
        (Place("paid_acquisition"), Resolution("Meet less"), "– unknown", "It names no KPI that it wants to move."),
    ],
)
def test_each_verdict_is_told(story: Story, place: Place, resolution: Resolution, verdict: str, sentence: str) -> None:
    screen, outcome = decided(story, place, resolution)
    assert f"{effect.symbol(outcome)} {effect.word(outcome)}" == verdict
    assert effect.sentence(outcome, screen.configuration.currency) == sentence


def test_the_picture_marks_the_day_between_before_and_after(story: Story) -> None:
    screen, outcome = decided(story, ALL, Resolution("More clicks", "clicks", Direction.UP, RISE))
    # 26 weeks before, one after and the one that is not over.
    assert (len(outcome.series), outcome.divided) == (28, (26, 26))
    shown = effect.html(screen, outcome)
    assert 'class="kk-effect kk-better"' in shown
    assert "stroke-dasharray=%272%203%27" in shown


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(1, 1, 1), "unknown"),
        (date(9999, 12, 31), "unknown"),
        (date(1990, 1, 1), "too few points before it"),
        (date(2199, 12, 31), "too few points before it"),
        (date(2026, 12, 24), "too early: 0 of 8 points"),
    ],
)
def test_days_far_away_are_told(story: Story, day: date, word: str) -> None:
    _screen, outcome = decided(story, ALL, Resolution("Some day", "clicks", Direction.UP, day))
    assert effect.word(outcome) == word


def test_a_kpi_that_is_not_known_any_more_is_told(story: Story) -> None:
    screen, outcome = decided(story, Place("paid_acquisition"), Resolution("Move it", "<b>gone</b>"))
    assert effect.word(outcome) == "unknown"
    assert "&lt;b&gt;gone&lt;/b&gt;" in effect.html(screen, outcome)
    assert "<b>gone" not in effect.html(screen, outcome)


def test_points_before_a_newer_baseline_do_not_count(story: Story) -> None:
    add_baseline(story.journal, ALL, NewBaseline(date(2026, 10, 12), "The campaigns were merged.", ANSWERS))
    _screen, outcome = decided(story, ALL, Resolution("More clicks", "clicks", Direction.UP, RISE))
    # Four weeks between the baseline and the decision.
    assert outcome.divided == (4, 4)
    assert effect.word(outcome) == "too few points before it"


def test_a_baseline_that_starts_with_the_decision_leaves_the_points_before(story: Story) -> None:
    add_baseline(story.journal, ALL, NewBaseline(RISE, "It worked.", ANSWERS))
    _screen, outcome = decided(story, ALL, Resolution("More clicks", "clicks", Direction.UP, RISE))
    assert effect.word(outcome) == "improved (above the earlier limits)"


def test_many_decisions_are_asked_for_at_once(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [decide(story.journal, ALL, Resolution("More", kpi, None, RISE)) for kpi in ("clicks", "spend", "cpc") * 10]
    screen: Screen = visit_page("actions").session_state[SCREEN]
    asked: list[Query] = []

    def counting(shown: Shown, query: Query, reporting: Configuration) -> Evaluation:
        asked.append(query)
        return evaluation(shown, query, reporting)

    monkeypatch.setattr("ui.queries.evaluation", counting)
    assert len(effect.outcomes(screen, made)) == 30
    assert len(asked) == 1
