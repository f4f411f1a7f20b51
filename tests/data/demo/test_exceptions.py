"""What the newest complete week of the demonstration has to talk about: what was planted, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports.load import load_files
from connectors.plan.merging import SOURCE as PLAN
from connectors.plan.tables import Known
from connectors.refresh import refresh
from core.config import Home, read_configuration
from core.period import Grain
from core.presets import last_whole
from data.demo.generate import write_department
from metrics import importance
from metrics.figures import Look, fed, figures
from metrics.freshness import freshness
from metrics.names import kpi_names, never_negative, process_names, shares
from metrics.own import catalogue
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from metrics.figure import Figure

PLANTED: Final = {
    "cpc",
    "cost_per_conversion",
    "organic_ctr",
    "average_position",
    "first_response_hours",
    "qualification_rate",
    "hours_to_first_contact",
}
FOLLOWING: Final = {
    "spend",
    "cpm",
    "roas",
    "closed_loop_roas",
    "conversions",
    "conversion_rate",
    "value_per_conversion",
    "customer_acquisition_cost",
    "organic_clicks",
    "top3_queries",
    "top10_queries",
    "striking_distance_queries",
    "ranked_keywords_top10",
    "qualified_leads",
    "accepted_leads",
    "cost_per_lead",
    "cost_per_qualified_lead",
    "first_response_calendar_hours",
    "resolution_hours",
}
"""What moves because something planted did, enough to show on most days."""
QUIET: Final = frozenset(
    {
        "clicks",
        "impressions",
        "conversion_value",
        "organic_impressions",
        "requests_received",
        "requests_solved",
        "resolution_hours_p90",
        "tasks_done",
        "cycle_time_days",
        "cycle_time_days_p85",
        "oldest_open_days",
    }
)
"""What the days off between two years move, in the weeks that have some of them and in those that catch up."""
CHANCE: Final = 1
"""So many others are flagged at most on most days."""
UNLUCKY: Final = 5
"""So many on any day: of 70 days of a year the one with most had four, all others three or fewer."""


def _shown(home: Home) -> Mapping[str, Figure]:
    """All KPIs of the newest complete week."""
    snapshot, reporting = open_snapshot(home.warehouse), read_configuration(home)
    newest = max(source.newest for source in freshness(snapshot, reporting, date(1970, 1, 1)))
    week = last_whole(newest, Grain.WEEK, reporting.calendar)
    kpis = [kpi.id for kpi in fed(snapshot, tuple(catalogue(snapshot).values()))]
    return {figure.kpi.id: figure for figure in figures(Look(snapshot, reporting, week, Grain.WEEK), kpis)}


def _found(shown: Mapping[str, Figure]) -> set[str]:
    return {name for name, figure in shown.items() if importance.is_exception(figure) and not _is_detail(name)}


@pytest.fixture(scope="module")
def shown(demo_home: Home) -> Mapping[str, Figure]:
    """What the demonstration of today shows."""
    return _shown(demo_home)


@pytest.mark.parametrize("last", [date(2026, 2, 12), date(2026, 8, 31)], ids=str)
def test_what_was_planted_is_an_exception_and_next_to_nothing_else(tmp_path: Path, last: date) -> None:
    write_department(tmp_path, last)
    home = Home(tmp_path)
    known = Known(kpi_names(), process_names(), never_negative(), shares())
    refresh(home, read_configuration(home), [PLAN], known=known)
    load_files(home, [home.inbox])
    found = _found(_shown(home))
    assert found >= PLANTED
    assert len(found - PLANTED - FOLLOWING) <= CHANCE, found - PLANTED - FOLLOWING


def test_what_was_planted_is_an_exception_whichever_day_it_is(shown: Mapping[str, Figure]) -> None:
    found = _found(shown)
    assert found >= PLANTED
    chance = found - PLANTED - FOLLOWING - (QUIET if _around_new_year(shown) else set())
    assert len(chance) <= UNLUCKY, chance


def test_rare_things_say_so(shown: Mapping[str, Figure]) -> None:
    for name in ("partner_revenue", "referred_customers", "win_rate", "mixed_audience_mailings", "pillars_published"):
        assert shown[name].standing.status.variation.value == "rare"


def test_every_source_is_current_on_the_day_after(demo_home: Home) -> None:
    snapshot, reporting = open_snapshot(demo_home.warehouse), read_configuration(demo_home)
    newest = max(source.newest for source in freshness(snapshot, reporting, date(1970, 1, 1)))
    assert not [source for source in freshness(snapshot, reporting, newest) if source.late]


def _is_detail(name: str) -> bool:
    return name.startswith(("query_", "page_"))


def _around_new_year(shown: Mapping[str, Figure]) -> bool:
    """Whether the newest week is one between the middle of December and the end of January."""
    newest = shown["spend"].series[-1].period.end
    return newest.month == 1 or (newest.month == 12 and newest.day > 15)
