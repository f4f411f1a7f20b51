"""One period of an answer is what would have been asked alone: its values, its reservations, what lacks a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.config import read_configuration
from core.period import Grain, Period
from core.presets import last_whole
from metrics.evaluate import evaluate, one_of
from metrics.figures import fed, looked_over
from metrics.own import catalogue
from metrics.query import Query
from tests.metrics.toy import EURO, Row, ad, load, period, toy
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home
    from metrics.evaluate import Evaluation
    from warehouse.snapshot import Snapshot

# Two weeks: Monday 1 June to Sunday 14 June 2026.
FIRST, SECOND = period("2026-06-01", "2026-06-07"), period("2026-06-08", "2026-06-14")
BOTH = Period(FIRST.start, SECOND.end)
KPIS = ("spend", "clicks", "cpc")


def weeks(folder: Path, *rows: Row, **tables: list[Row]) -> Snapshot:
    loaded = load(1, first_day=BOTH.start, last_day=BOTH.end)
    return toy(folder, [loaded], ad_performance=rows, **tables)


def taken(snapshot: Snapshot, days: Period = SECOND) -> Evaluation:
    """The week of *days*, from an answer about both."""
    longer = evaluate(snapshot, Query(KPIS, BOTH, Grain.WEEK), EURO)
    return one_of(longer, snapshot, Query(KPIS, days, Grain.TOTAL), EURO)


def test_a_week_has_its_own_values(tmp_path: Path) -> None:
    snapshot = weeks(tmp_path, ad("2026-06-03", cost=10, clicks=5), ad("2026-06-09", cost=6, clicks=4))
    assert [taken(snapshot).value(kpi) for kpi in KPIS] == [6, 4, 1.5]
    assert [taken(snapshot, FIRST).value(kpi) for kpi in KPIS] == [10, 5, 2]


def test_reservations_are_those_of_the_week(tmp_path: Path) -> None:
    unnamed = ad("2026-06-03", cost=10, clicks=5) | {"currency": None}
    snapshot = weeks(tmp_path, unnamed, ad("2026-06-09", cost=6, clicks=4))
    assert taken(snapshot).warnings == ()
    assert {caution.kpis for caution in taken(snapshot, FIRST).warnings} == {("spend", "cpc")}


def test_a_rate_that_another_week_lacks_is_not_missing(tmp_path: Path) -> None:
    snapshot = weeks(tmp_path, ad("2026-06-03", currency="XTS", cost=10, clicks=5), ad("2026-06-09", cost=6, clicks=4))
    assert taken(snapshot).failed == {}
    assert taken(snapshot).value("spend") == 6
    assert sorted(taken(snapshot, FIRST).failed) == ["cpc", "spend"]


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH])
def test_every_kpi_of_the_demonstration_is_what_is_asked_alone(demo_home: Home, grain: Grain) -> None:
    snapshot, reporting = open_snapshot(demo_home.warehouse), read_configuration(demo_home)
    ((newest,),) = snapshot.rows("SELECT max(day) FROM ad_performance")
    days = last_whole(newest, grain, reporting.calendar)
    kpis = tuple(kpi.id for kpi in fed(snapshot, tuple(catalogue(snapshot).values())))
    asked = Query(kpis, days, Grain.TOTAL)
    alone = evaluate(snapshot, asked, reporting)
    longer = evaluate(snapshot, Query(kpis, looked_over(days, grain, reporting.calendar), grain), reporting)
    found = one_of(longer, snapshot, asked, reporting)
    assert (found.warnings, found.failed, len(found.table)) == (alone.warnings, {}, len(kpis))
    assert list(found.table["kpi"]) == list(alone.table["kpi"])
    assert list(found.table["complete"]) == list(alone.table["complete"])
    for name in ("value", "numerator", "denominator"):
        assert list(found.table[name]) == pytest.approx(list(alone.table[name]), rel=1e-9, nan_ok=True)
