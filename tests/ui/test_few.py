"""A ratio of few cases says so, with what it divides by; one of many, or of money, does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.config import Configuration, Home
from core.period import Grain, Period
from metrics.catalog import CATALOGUE
from metrics.figures import Look, figures
from pack.frozen import Seen, frozen, thawed
from tests.department import build_department
from ui import cards
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from metrics.figure import Figure

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figure]:
    home = build_department(Home(tmp_path_factory.mktemp("department")))
    look = Look(open_snapshot(home.warehouse), Configuration(), WEEK, Grain.WEEK)
    return {figure.kpi.id: figure for figure in figures(look, ["cost_per_conversion", "roas", "clicks", "cpc"])}


def test_what_a_ratio_divides_by_is_known_where_it_counts(found: dict[str, Figure]) -> None:
    # On each of seven days four ads with a conversion and one with half of one; 30 and 50 clicks.
    assert found["cost_per_conversion"].cases == 7 * 4.5
    assert found["cpc"].cases == 7 * (4 * 30 + 50)
    # A return is divided by money.
    assert found["roas"].cases is None
    assert found["clicks"].cases is None


def test_few_are_told_and_many_are_not(found: dict[str, Figure]) -> None:
    figure = found["cost_per_conversion"]
    assert cards.few(figure) == ""
    told = cards.few(replace(figure, cases=1.0))
    assert "small sample: " in told
    assert told.endswith(": 1</span>")
    assert cards.few(replace(figure, cases=9.99))
    assert not cards.few(replace(figure, cases=10.0))
    assert not cards.few(replace(figure, cases=1.0, value=None))


def test_a_closed_review_still_tells_it(found: dict[str, Figure]) -> None:
    figure = replace(found["cost_per_conversion"], cases=1.0)
    kept = frozen(Seen(figure, WEEK))
    again = thawed(kept.kpi, {"status": kept.status, "facts": kept.facts, "values": kept.values}).figure
    assert again.rests_on_few
    assert CATALOGUE["cost_per_conversion"].formula == again.kpi.formula


def test_a_period_of_which_little_is_known_is_not_called_a_quiet_one(found: dict[str, Figure]) -> None:
    quiet = next(figure for figure in found.values() if not figure.standing.is_signal and not figure.standing.misses)
    rest = [replace(quiet, value=None) for _ in range(2)]
    assert cards.summary([quiet, *rest]) == "1 of 3 KPIs has data in this period."
    assert cards.summary([quiet, quiet, *rest]) == cards.summary([quiet])
    assert cards.summary(rest) == "There is no data in this period."
