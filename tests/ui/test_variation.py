"""What a chart says of signal and noise, in words and lines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.period import Grain, Period
from metrics.catalog import find
from metrics.figure import Point
from metrics.signals import Center, Rules
from metrics.status import Aims, Assurance, Goal
from ui import history, variation

MONDAY = date(2026, 6, 1)
STEADY = [10.0, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12]


def series(values: list[float], *, incomplete: int = 0) -> list[Point]:
    periods = [Period(MONDAY + timedelta(7 * n), MONDAY + timedelta(7 * n + 6)) for n in range(len(values))]
    known = len(values) - incomplete
    return [Point(period, value, n < known) for n, (period, value) in enumerate(zip(periods, values, strict=True))]


def test_a_steady_process_is_routine() -> None:
    shown = variation.of(find("clicks"), series(STEADY))
    assert variation.sentence(shown) == "Routine: the newest value lies within what the process usually does."
    assert not any(shown.flags)
    # Mean 11, ranges of 2: 11 ± 2.66 · 2.
    lower, center, upper = shown.lines
    assert (lower, upper) == pytest.approx((5.68, 16.32))
    assert center == 11
    assert "usual range: 5.68 – 16.3" in variation.legend(shown, "EUR")


@pytest.mark.parametrize(("kpi", "word"), [("clicks", "better"), ("cpc", "worse")])
def test_a_signal_says_whether_it_is_good(kpi: str, word: str) -> None:
    shown = variation.of(find(kpi), series([*STEADY, 40]))
    told = variation.sentence(shown)
    assert told.startswith(f"A signal for the {word}:")
    assert "outside the limits" in told
    assert shown.note(12) == "outside the limits"
    assert "signal for the better</span>" in variation.legend(shown, "EUR")
    assert shown.favours(12, 40) is (word == "better")


def test_a_limit_below_what_can_be_is_not_drawn() -> None:
    # Mean 6, ranges of 10: 6 − 26.6 lies below 0 clicks.
    shown = variation.of(find("clicks"), series([1.0, 11] * 6))
    assert shown.lines[0] is None
    assert "usual limit:" in variation.legend(shown, "EUR")


def test_a_target_that_held_for_one_period_is_drawn_and_named() -> None:
    goals = (None,) * 4 + (Goal(12),) + (None,) * 7
    shown = variation.of(find("clicks"), series(STEADY), Aims(None, goals))
    drawn = [history.goals(shown, place) for place in range(12)]
    assert [each["lone_goal"] for each in drawn] == [goal and 12 for goal in goals]
    assert "earlier target" in variation.legend(shown, "EUR")
    shown = variation.of(find("clicks"), series(STEADY), Aims(Goal(9), (None,) * 10 + (Goal(9, high=3), Goal(9))))
    assert [each["lone_goal"] for each in (history.goals(shown, place) for place in range(12))] == [None] * 12
    assert [history.goals(shown, place)["lone_goal_high"] for place in (9, 10, 11)] == [None, 3, None]
    assert "earlier" not in variation.legend(shown, "EUR")


def test_an_incomplete_period_is_never_a_signal() -> None:
    shown = variation.of(find("clicks"), series([*STEADY, 40], incomplete=1))
    assert not any(shown.flags)
    assert shown.status.periods == 12


def test_a_handful_of_points_says_nothing() -> None:
    shown = variation.of(find("clicks"), series([1.0, 2, 50]))
    assert variation.sentence(shown) == "Too few points to tell signal from noise: 3 of 6."
    assert shown.lines == (None, None, None)
    assert variation.legend(shown, "EUR") == ""


def test_few_points_make_provisional_limits() -> None:
    shown = variation.of(find("clicks"), series(STEADY[:8]))
    assert variation.sentence(shown).endswith("The limits are provisional: they rest on 8 points.")


def test_a_target_is_missed_by_the_process_as_it_is() -> None:
    # 11 ± 5.32: 17 is beyond the upper limit, so it is never reached.
    shown = variation.of(find("clicks"), series(STEADY), Goal(17.0))
    assert shown.misses
    told = variation.promise(shown, "EUR", Grain.WEEK)
    assert told == "With the process as it is, the target of 17 will be missed: it was met in 0 of 12 weeks."
    assert "✕" in variation.words(shown)
    assert "will miss the target" in variation.words(shown)


def test_hit_or_miss_is_told_out_of_ten() -> None:
    # Six of the twelve reach 12: five of ten.
    told = variation.promise(variation.of(find("clicks"), series(STEADY), Goal(12.0)), "EUR", Grain.WEEK)
    assert told == "With the process as it is, the target of 12 is missed in about 5 of 10 weeks."


def test_a_target_that_is_seldom_missed_is_not_told_as_never() -> None:
    shown = variation.of(find("clicks"), series([*STEADY, 8, *STEADY[1:]]), Goal(9.0))
    assert shown.status.judged - shown.status.met == 1
    told = variation.promise(shown, "EUR", Grain.WEEK)
    assert told == "With the process as it is, the target of 9 is missed in about 1 of 24 weeks."


def test_the_past_is_judged_by_the_targets_of_its_time() -> None:
    # Up to the eighth week 9 is enough, then 17 is wanted: eight of twelve met theirs.
    shown = variation.of(find("clicks"), series(STEADY), Aims(Goal(17.0), (*[Goal(9.0)] * 8, *[Goal(17.0)] * 4), True))
    assert variation.promise(shown, "EUR", Grain.WEEK) == (
        "With the process as it is, the target of 17 will be missed: it was met in 8 of 12 weeks, each judged by the "
        "target of its time."
    )


def test_of_a_process_that_changed_only_the_past_is_told() -> None:
    shown = variation.of(find("clicks"), series([*STEADY, 40]), Goal(60.0))
    assert shown.misses
    told = variation.promise(shown, "EUR", Grain.WEEK)
    assert told == "The process has changed. So far, the target was met in 0 of 13 weeks."


@pytest.mark.parametrize(
    ("kpi", "newest", "expected"),
    [("cpc", 20.0, Assurance.HIT_OR_MISS), ("cpc", 9.0, Assurance.HIT), ("clicks", 2.0, Assurance.HIT)],
)
def test_an_incomplete_value_may_miss_for_sure(kpi: str, newest: float, expected: Assurance) -> None:
    # Between 5.68 and 16.3 a click may cost 19 and there are always 5 clicks; clicks still to come may reach it.
    goal = Goal(19.0) if kpi == "cpc" else Goal(5.0)
    assert variation.of(find(kpi), series([*STEADY, newest], incomplete=1), goal).status.assurance is expected


def test_without_a_target_nothing_is_promised() -> None:
    shown = variation.of(find("clicks"), series(STEADY))
    assert variation.promise(shown, "EUR", Grain.WEEK) == ""
    assert "target" not in variation.words(shown)


def test_a_single_value_for_what_has_no_better_direction_is_said_not_to_be_judged() -> None:
    shown = variation.of(find("spend"), series(STEADY), Goal(12.0))
    assert variation.promise(shown, "EUR", Grain.WEEK).startswith("The target of €12.0 is drawn, but not judged")
    ranged = variation.of(find("spend"), series(STEADY), Goal(low=5.0, high=20.0))
    assert variation.promise(ranged, "EUR", Grain.WEEK).endswith("is met every time.")


def test_a_signal_lasts_from_its_first_period_on_this_side() -> None:
    # Every point before lies below the new mean, which makes no signal above it begin earlier.
    shown = variation.of(find("clicks"), series([10.0] * 12 + [40.0]))
    assert shown.since == Period(MONDAY + timedelta(84), MONDAY + timedelta(90))
    assert shown.rising


@pytest.mark.parametrize(
    ("rules", "told"),
    [(Rules.WHEELER, "eight"), (Rules.WESTERN_ELECTRIC, "eight"), (Rules.NELSON, "nine"), (Rules.NHS, "seven")],
)
def test_a_run_is_as_long_as_the_set_of_rules_says(rules: Rules, told: str) -> None:
    shown = variation.of(find("clicks"), series([*STEADY, *[12.0] * 9]), method=variation.Method(rules))
    assert shown.newest[0] == "run"
    assert f"({told} in a row on one side" in variation.sentence(shown)


def test_a_new_baseline_starts_limits_of_its_own() -> None:
    shown = variation.of(
        find("clicks"), series([*STEADY, *(value + 20 for value in STEADY)]), starts=[MONDAY + timedelta(84)]
    )
    assert shown.lines[1] == 31
    assert not shown.is_signal


def test_a_rolling_value_tells_no_signals() -> None:
    shown = variation.of(find("customer_value"), series([*STEADY, 40]))
    assert not shown.is_signal
    assert variation.sentence(shown).startswith("A rolling value:")


def test_the_median_holds_where_one_value_is_far_off() -> None:
    # Median 11 of ten and twelve in turn; ranges of 2: 11 ± 3.145 · 2.
    lines = variation.of(find("clicks"), series(STEADY), method=variation.Method(center=Center.MEDIAN)).lines
    assert lines == pytest.approx((4.71, 11, 17.29))
