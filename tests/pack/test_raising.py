"""What a review has to talk about: noise raises next to nothing, every planted change is raised, once."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from core.period import Period
from journal.models import Action, ReviewException
from journal.words import ExceptionKind
from metrics.catalog import CATALOGUE
from metrics.compare import change
from metrics.figure import Figure, Point
from metrics.status import Goal
from pack.raising import raised
from tests.metrics.noise import history, kpis
from ui import variation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.operations.exceptions import Raised
    from metrics.model import Kpi

WEEKS: Final = 26
MEETINGS: Final = 26
CLICKS: Final = CATALOGUE["clicks"]
MONDAY: Final = date(2026, 1, 5)


def week(number: int) -> Period:
    start = MONDAY + timedelta(days=7 * number)
    return Period(start, start + timedelta(days=6))


def figure(kpi: Kpi, known: Sequence[float | None], last: int, goal: Goal | None = None) -> Figure:
    """*kpi* with the values *known* in the weeks up to number *last*."""
    first = last + 1 - len(known)
    series = tuple(Point(week(first + place), value, complete=True) for place, value in enumerate(known))
    return Figure(
        kpi=kpi,
        value=known[-1],
        complete=True,
        known_to=None,
        change=change(kpi, known[-1], known[-2]),
        base=None,
        compared=None,
        series=series,
        standing=variation.of(kpi, series, goal),
    )


def answered(found: Raised) -> ReviewException:
    """*found* as an earlier review that talked about it left it."""
    kept = ReviewException(kind=found.kind, details=found.details)
    kept.place = found.place
    return kept


def meetings(seed: int, changes: dict[int, tuple[int, float]] | None = None) -> list[list[Raised]]:
    """Half a year of reviews over sixty KPIs of a department where nothing happens but *changes* (see `history`).

    Every review talks about what it found, so that the next one has heard of it.
    """
    known, heard, told = history(seed, WEEKS + MEETINGS, changes), list[ReviewException](), []
    for last in range(WEEKS, WEEKS + MEETINGS):
        shown = [
            figure(kpi, values[last + 1 - WEEKS : last + 1], last) for kpi, values in zip(SIXTY, known, strict=True)
        ]
        found = raised(week(last), shown, (), heard)
        heard += [answered(each) for each in found]
        told.append(found)
    return told


SIXTY: Final = kpis()
SEEDS: Final = range(3)


@cache
def noise(seed: int) -> list[list[Raised]]:
    """Half a year of reviews without any change."""
    return meetings(seed)


def names(found: Sequence[Raised]) -> set[str]:
    return {each.place.kpi for each in found}


@pytest.mark.parametrize("seed", SEEDS)
def test_half_a_year_of_noise_raises_less_than_one_exception_a_meeting(seed: int) -> None:
    assert sum(len(each) for each in noise(seed)) / MEETINGS < 1


def test_three_planted_changes_are_exactly_those_three() -> None:
    # A count half as large again, a share a third lower, a time twice as long, from the twelfth meeting on.
    planted = {23: (WEEKS + 12, 1.5), 42: (WEEKS + 12, 0.67), 56: (WEEKS + 12, 2.0)}
    found = meetings(SEEDS[0], planted)
    assert names(found[12]) - names(noise(SEEDS[0])[12]) == {SIXTY[number].id for number in planted}
    for meeting in range(MEETINGS):
        assert names(noise(SEEDS[0])[meeting]) - {SIXTY[number].id for number in planted} <= names(found[meeting])
    # Later meetings have heard of them: nothing else is raised than in a department where nothing happened.
    assert all(names(found[meeting]) <= names(noise(SEEDS[0])[meeting]) for meeting in (13, 14, 15))


STEADY: Final = [100.0, 104, 98, 101, 97, 103, 99, 102, 96, 100, 104, 98, 101, 97, 103, 99]


def test_a_signal_that_lasts_is_not_new_at_the_next_review() -> None:
    first = raised(week(16), [figure(CLICKS, [*STEADY, 150], 16)], (), ())
    assert [(each.kind, each.place.kpi) for each in first] == [(ExceptionKind.SIGNAL, "clicks")]
    following = figure(CLICKS, [*STEADY, 150, 151], 17)
    assert following.standing.is_signal
    assert raised(week(17), [following], (), [answered(first[0])]) == []


def test_a_signal_that_comes_back_after_a_break_is_new() -> None:
    first = raised(week(16), [figure(CLICKS, [*STEADY, 150], 16)], (), ())
    again = figure(CLICKS, [*STEADY, 150, 100, 101, 160], 19)
    assert len(raised(week(19), [again], (), [answered(first[0])])) == 1


def test_a_signal_to_the_other_side_is_new() -> None:
    first = raised(week(16), [figure(CLICKS, [*STEADY, 150], 16)], (), ())
    below = figure(CLICKS, [*STEADY, 150, 40], 17)
    assert len(raised(week(17), [below], (), [answered(first[0])])) == 1


def test_a_target_missed_is_told_once_until_it_changes_or_a_quarter_is_over() -> None:
    missing = figure(CLICKS, STEADY, 15, Goal(200))
    first = raised(week(15), [missing], (), ())
    assert [each.kind for each in first] == [ExceptionKind.TARGET]
    heard = [answered(first[0])]
    assert raised(week(16), [missing], (), heard) == []
    assert len(raised(week(16), [figure(CLICKS, STEADY, 16, Goal(210))], (), heard)) == 1
    assert len(raised(week(15 + 14), [figure(CLICKS, STEADY, 29, Goal(200))], (), heard)) == 1


def test_a_promise_that_is_late_comes_after_what_the_numbers_say() -> None:
    action = Action(text="Call the agency", owner="Ada", due=date(2026, 4, 1))
    action.id, action.process, action.kpi = 12, "paid_acquisition", "clicks"
    action.dimension = action.dimension_value = ""
    found = raised(week(16), [figure(CLICKS, [*STEADY, 150], 16)], [action], ())
    assert [(each.kind, each.place.about) for each in found] == [
        (ExceptionKind.SIGNAL, None),
        (ExceptionKind.PROMISE, 12),
    ]
    assert found[1].details == {"action": "Call the agency", "owner": "Ada", "due": "2026-04-01"}
