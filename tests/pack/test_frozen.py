"""What closing a review keeps of a figure, and that it can be shown again from that alone."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from core.errors import KokpitError
from core.period import Grain, Period
from metrics import standing
from metrics.catalog import find
from metrics.cautions import Concern
from metrics.compare import change
from metrics.drivers import Driver
from metrics.figure import Figure, Point
from metrics.status import Aims, Goal
from pack.frozen import Seen, frozen, thawed
from pack.moved import Moved

MONDAY = date(2026, 6, 1)
WEEK = Period(MONDAY + timedelta(84), MONDAY + timedelta(90))
STEADY = [10.0, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12]


def seen(values: list[float | None], goal: Goal | Aims | None = None) -> Seen:
    kpi = find("cost_per_lead")
    days = [Period(MONDAY + timedelta(7 * n), MONDAY + timedelta(7 * n + 6)) for n in range(len(values))]
    series = tuple(Point(period, value, True) for period, value in zip(days, values, strict=True))
    figure = Figure(
        kpi=kpi,
        value=values[-1] if values else None,
        complete=True,
        known_to=WEEK.end,
        change=change(kpi, values[-1] if values else None, 10),
        base=10,
        compared=(WEEK, WEEK.moved(-7)),
        series=series,
        standing=standing.of(kpi, series, goal),
        concerns=(Concern.CURRENCY_UNKNOWN,),
    )
    return Seen(figure, WEEK, Grain.WEEK, "PLN", "platform", "google_ads", ("Google Ads",), owner="Ada")


def again(kept: Seen) -> Seen:
    shown = json.loads(json.dumps(asdict(frozen(kept))))
    return thawed(shown.pop("kpi"), shown, shown.pop("dimension"), shown.pop("dimension_value"))


def test_the_change_is_that_of_the_days_that_were_compared() -> None:
    # Of a week of 7,812 five days were final, 6,997, beside 6,521 of as many days: +7 %, not +20 %.
    kept = seen([*STEADY, 7812])
    like_for_like = change(kept.figure.kpi, 6997, 6521)
    shown = again(replace(kept, figure=replace(kept.figure, base=6521, change=like_for_like))).figure
    assert shown.change == like_for_like
    assert shown.change.relative == pytest.approx(0.073, abs=0.0005)


@pytest.mark.parametrize(("compared", "known"), [(None, True), ([{}, {}], False)])
def test_an_older_review_tells_a_change_only_of_the_whole_period(compared: list[object] | None, *, known: bool) -> None:
    shown = asdict(frozen(seen([*STEADY, 40])))
    days = shown["status"]["compared"] if compared else None
    shown["status"] = {**shown["status"], "change": None, "compared": days}
    told = thawed(shown.pop("kpi"), shown, shown.pop("dimension"), shown.pop("dimension_value")).figure.change
    assert (told.absolute == 30) is known


def test_a_signal_is_shown_again_as_it_was() -> None:
    goals = Aims(Goal(value=9), (None, *[Goal(low=5, high=8)] * len(STEADY)), moved=True)
    kept = seen([*STEADY, 40], goals)
    shown = again(kept)
    assert replace(shown.figure, kpi=kept.figure.kpi, standing=kept.figure.standing) == kept.figure
    assert replace(shown.figure.standing, kpi=kept.figure.kpi) == kept.figure.standing
    assert replace(shown, figure=kept.figure) == kept
    # Mean (132 + 40) / 13, ranges of 11 · 2 and 28: 13.23 ± 2.66 · 50 / 12.
    assert shown.figure.standing.lines == pytest.approx((2.147, 13.231, 24.314), abs=0.001)


@pytest.mark.parametrize(
    "moved",
    [
        None,
        Moved("platform", 1.5, (Driver("meta_ads", 1.5),)),
        Moved("campaign", -2.0, (Driver("a", -1.5, -1.0, -0.5), Driver("b", -0.75)), Driver("", 0.25, 0.25, 0.0)),
    ],
)
def test_what_moved_it_is_kept(moved: Moved | None) -> None:
    assert again(replace(seen([*STEADY, 40]), moved=moved)).moved == moved


def test_the_kpi_is_told_as_it_was_whatever_the_catalogue_says_now() -> None:
    shown = asdict(frozen(seen(list(STEADY))))
    shown["facts"] |= {"name": "Cost of a lead", "unit": "count"}
    kpi = thawed("cost_per_lead", shown).figure.kpi
    assert (kpi.name, kpi.unit, kpi.process) == ("Cost of a lead", "count", "lead_generation")
    assert kpi.definition == find("cost_per_lead").definition


def test_why_there_is_no_value_is_kept() -> None:
    kept = seen([])
    kept = replace(kept, figure=replace(kept.figure, error=KokpitError("No rate for SEK.")))
    shown = again(kept).figure
    assert (shown.value, shown.series, str(shown.error)) == (None, (), "No rate for SEK.")


def test_what_was_frozen_without_facts_is_still_shown() -> None:
    shown = thawed("leads", {"values": [{"period_start": "2026-11-16", "period_end": "2026-11-22", "value": 5.0}]})
    assert shown.figure.kpi.name == "leads"
    assert shown.period == Period(date(2026, 11, 16), date(2026, 11, 22))
    assert shown.figure.standing.flags == ((),)
