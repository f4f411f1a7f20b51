"""Every rule finds its mistake, at its place; the catalogue has none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.errors import ConfigurationError, UsageError
from metrics import paid_acquisition as paid
from metrics.catalog import CATALOGUE, find
from metrics.dimensions import MEASURE_NAMES
from metrics.model import Better, Is, Kpi, Ratio, Sum, Unit
from metrics.organic_content import ORGANIC_CLICKS, QUERY_COVERAGE
from metrics.processes import PROCESSES
from metrics.rules import RULES, check, problems
from metrics.service_desk import BACKLOG
from metrics.tables import TABLES
from metrics.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

ALL = tuple(CATALOGUE.values())
COST = Sum("ad_performance", "cost")
BAD: dict[str, tuple[Kpi, str, str]] = {
    "unique_ids": (replace(paid.CLICKS, id="spend"), "spend", "Rename"),
    "texts_present": (replace(paid.CPC, id="x", meaning=" "), "x.meaning", "missing"),
    "known_processes": (replace(paid.CPC, id="x", process="paid_acquisitoin"), "x.process", "paid_acquisition"),
    "known_tables": (
        replace(paid.SPEND, id="x", expression=Sum("ads_performance", "cost")),
        "x.expr",
        "ad_performance",
    ),
    "additive_measures": (replace(paid.SPEND, id="x", expression=Sum("ad_performance", "costs")), "x.expr", "cost"),
    "known_conditions": (
        replace(paid.SPEND, id="x", expression=Sum("ad_performance", "cost", (Is("levle", ("ad",)),))),
        "x.expression.where",
        "level",
    ),
    "known_dimensions": (replace(paid.SPEND, id="x", dimensions=("campain",)), "x.dimensions", "campaign"),
    "named_dimensions": (
        replace(ORGANIC_CLICKS, id="x", expression=Sum("web_traffic", "sessions"), dimensions=("landing_page",)),
        "x.dimensions",
        "no name to show",
    ),
    "fitting_units": (replace(paid.SPEND, id="x", unit=Unit.COUNT), "x.unit", "money"),
    "stated_alignment": (replace(QUERY_COVERAGE, id="x", alignment=""), "x.alignment", "search_totals"),
    "known_plans": (replace(paid.SPEND, id="x", plan="planned_spends"), "x.plan", "planned_spend"),
    "different_sums": (replace(paid.ROAS, id="x", expression=Ratio(COST, COST)), "x.expression", "same"),
    "ordered_bounds": (replace(paid.CTR, id="x", lower=1, upper=0), "x.lower", "wrong way"),
}


def test_the_catalogue_has_no_problems() -> None:
    assert problems(ALL) == []
    check(ALL)


@pytest.mark.parametrize("rule", BAD)
def test_a_rule_finds_its_mistake(rule: str) -> None:
    kpi, place, hint = BAD[rule]
    found = problems((*ALL, kpi))
    assert len(found) == 1
    assert found[0].place.startswith(place)
    assert hint in str(found[0])


def test_every_rule_is_shown_above_or_below() -> None:
    assert {rule.__name__ for rule in RULES} == {*BAD, "headline_kpis", "sound_views"}


@pytest.mark.parametrize(
    ("view", "place", "message", "hint"),
    [
        (View("x", "request"), "x.base", "There is no dataset 'request'.", "requests"),
        (View("x", "requests", reads=("taskes",)), "x.base", "There is no dataset 'taskes'.", "tasks"),
        (View("x", "requests", "SELECT day FROM reqests"), "x.sql", "There is no table 'reqests'.", "requests"),
        (View("x", "requests", "SELECT day FROM requests JOIN moment ON true"), "x.sql", "'moment'", "moments"),
        (View("x", "deals", "SELECT 1 AS won FROM deals", money=("amount",)), "x.money", "no column 'amount'", ""),
        (View("x", "requests", "SELECT day FROM x"), "x.sql", "It is made of itself.", ""),
    ],
)
def test_a_view_that_does_not_hold(
    monkeypatch: pytest.MonkeyPatch, view: View, place: str, message: str, hint: str
) -> None:
    monkeypatch.setitem(TABLES, "x", view)
    (found,) = problems(ALL)
    assert found.place == place
    assert message in found.message
    assert hint in found.hint


def test_views_that_are_made_of_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TABLES, "x", View("x", "requests", "SELECT day FROM requests JOIN y ON true"))
    monkeypatch.setitem(TABLES, "y", View("y", "requests", "SELECT day FROM x"))
    assert {(problem.place, problem.message) for problem in problems(ALL)} == {
        (f"{name}.sql", "It is made of itself.") for name in "xy"
    }


def test_what_a_view_makes_for_itself_is_no_table_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "WITH mine AS (SELECT 1 AS a), yours AS MATERIALIZED (SELECT unnest([1]) AS a) SELECT a FROM mine JOIN yours"
    view = View("x", "requests", f"{sql} JOIN office ON true JOIN rates ON true CROSS JOIN unnest([1])")
    monkeypatch.setitem(TABLES, "x", view)
    assert view.named == {"office", "rates"}
    assert problems(ALL) == []


def test_the_own_company_is_told_by_a_column() -> None:
    found = problems((*ALL, replace(BACKLOG, id="x", ours=True)))
    assert [problem.message for problem in found] == ["requests_open has no column 'whose'."]


def test_a_headline_kpi_that_is_gone() -> None:
    without = [kpi for kpi in ALL if kpi.id != "roas"]
    assert [problem.place for problem in problems(without)] == ["paid_acquisition.headline"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda kpi: replace(kpi, unit=Unit.MONEY), "not money"),
        (lambda kpi: replace(kpi, expression=Ratio(kpi.expression.denominator, kpi.expression.numerator)), ""),
    ],
)
def test_money_by_money_is_a_plain_number(change: Callable[[Kpi], Kpi], message: str) -> None:
    found = [problem.message for problem in problems((*ALL, change(replace(paid.ROAS, id="x"))))]
    assert len(found) == bool(message)
    assert all(message in each for each in found)


def test_columns_of_a_matched_ratio_are_dimensions_of_both_datasets() -> None:
    numerator, denominator = QUERY_COVERAGE.expression.parts
    expression = Ratio(numerator, denominator, matched=("site", "page"))
    found = problems((*ALL, replace(QUERY_COVERAGE, id="x", expression=expression)))
    assert [problem.message for problem in found] == ["search_totals has no dimension 'page'."]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        check([*ALL, *(kpi for kpi, _, _ in BAD.values())])
    assert all(place in caught.value.message for _, place, _ in BAD.values())


def test_a_kpi_is_found_by_its_id() -> None:
    assert find("ctr") is paid.CTR
    with pytest.raises(UsageError, match=r"There is no KPI 'cost_per_clck'\. Did you mean .*cpc|cost_per"):
        find("cost_per_clck")


def test_what_a_kpi_says_of_itself() -> None:
    assert paid.SPEND.additive
    assert not paid.CPC.additive
    assert paid.CPC.is_money
    assert not paid.ROAS.is_money
    assert QUERY_COVERAGE.datasets == ("search_performance", "search_totals")
    assert (paid.CPC.better, paid.SPEND.better) == (Better.LOWER, Better.NEITHER)
    assert {kpi.process for kpi in ALL} == set(PROCESSES)


def test_every_measure_has_a_name_to_show() -> None:
    assert {part.column for kpi in ALL for part in kpi.expression.parts} <= set(MEASURE_NAMES)
