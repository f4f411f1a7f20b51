"""The cockpit's sentence on the period: it is calm only where the KPIs can be told apart from noise."""

from __future__ import annotations

from metrics.catalog import CATALOGUE
from tests.pack.test_raising import WEEKS, figure
from ui import cards

STEADY = figure(CATALOGUE["top_ups_due"], [0.0] * WEEKS, WEEKS)
KNOWN = figure(CATALOGUE["clicks"], [100.0, 110.0, 105.0] * 8, WEEKS)
YOUNG = figure(CATALOGUE["spend"], [5.0, 6.0], WEEKS)


def test_one_steady_kpi_does_not_make_a_young_department_calm() -> None:
    assert cards.summary([STEADY, YOUNG, YOUNG]) == "There are too few points to tell signal from noise."


def test_one_young_kpi_does_not_unsettle_the_others() -> None:
    assert cards.summary([STEADY, KNOWN, YOUNG]).startswith("Nothing out of the ordinary")
