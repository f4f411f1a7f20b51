"""What the newest complete week of the demonstration has to talk about: what was planted, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from core.config import read_configuration
from core.period import Grain
from core.presets import last_whole
from metrics import importance
from metrics.figures import Look, fed, figures
from metrics.freshness import freshness
from metrics.own import catalogue
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.config import Home
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
CHANCE: Final = 1
"""So many others may be flagged, depending on the day of building."""


@pytest.fixture(scope="module")
def shown(demo_home: Home) -> Mapping[str, Figure]:
    snapshot, reporting = open_snapshot(demo_home.warehouse), read_configuration(demo_home)
    newest = max(source.newest for source in freshness(snapshot, reporting, date(1970, 1, 1)))
    week = last_whole(newest, Grain.WEEK, reporting.calendar)
    kpis = [kpi.id for kpi in fed(snapshot, tuple(catalogue(snapshot).values()))]
    return {figure.kpi.id: figure for figure in figures(Look(snapshot, reporting, week, Grain.WEEK), kpis)}


def test_what_was_planted_is_an_exception_and_next_to_nothing_else(shown: Mapping[str, Figure]) -> None:
    found = {name for name, figure in shown.items() if importance.is_exception(figure) and not _is_detail(name)}
    assert found >= PLANTED
    assert len(found - PLANTED - FOLLOWING) <= CHANCE, found - PLANTED - FOLLOWING


def test_rare_things_say_so(shown: Mapping[str, Figure]) -> None:
    for name in ("partner_revenue", "referred_customers", "win_rate", "mixed_audience_mailings", "pillars_published"):
        assert shown[name].standing.status.variation.value == "rare"


def test_every_source_is_current_on_the_day_after(demo_home: Home) -> None:
    snapshot, reporting = open_snapshot(demo_home.warehouse), read_configuration(demo_home)
    newest = max(source.newest for source in freshness(snapshot, reporting, date(1970, 1, 1)))
    assert not [source for source in freshness(snapshot, reporting, newest) if source.late]


def _is_detail(name: str) -> bool:
    return name.startswith(("query_", "page_"))
