"""A plan kept in a spreadsheet: its tabs in any language, checked together, in force together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest

from connectors.base import LOADED, REFUSED, UNCHANGED
from connectors.refresh import refresh
from core.config import Configuration, Source
from tests.google.sheets import KEY, Cell, day

if TYPE_CHECKING:
    from tests.google.sheets import Sheet
    from tests.google.team import Team

HEADER: Final = ["kpi", "valid_from", "value", "set_by"]
PEOPLE: Final[list[list[Any]]] = [["person_id", "name"], ["anna", "Anna Lis"], ["jan", "Jan Kos"]]


@pytest.fixture
def targets(team: Team) -> Sheet:
    """A plan of two tabs that is in force."""
    team.tab("people", *PEOPLE)
    tab = team.tab("targets", HEADER, ["cpl", day("2026-01-01"), 12, "anna"], ["roas", day("2026-01-01"), 4, "jan"])
    team.refresh()
    return tab


def in_force(team: Team) -> dict[str, Decimal]:
    return dict(team.rows("SELECT kpi, value FROM targets ORDER BY kpi"))


def test_mistakes_of_all_tabs_are_listed_together_and_the_last_good_plan_stays(team: Team, targets: Sheet) -> None:
    targets.rows[1] = ["cpll", day("2026-01-01"), 11, "anna"]
    targets.rows.append(["roas", day("2026-01-01"), "#REF!", "ola"])
    team.tab("Budget", ["Month", "Process", "Amount"], [day("2026-01-01"), "ads", -5])
    (result,) = (each for each in team.refresh().values() if each.status != UNCHANGED)
    same = "Row 3 has the same KPI, Valid from already. Delete one of the two rows, or make them differ."
    assert (result.status, result.part, result.error_kind) == (REFUSED, "targets, Budget", "configuration")
    assert result.message == "The plan has 5 mistakes, so the last good one stays in force."
    assert [note for note in result.notes if not note.startswith("Only a warning: Budget, row 2, Process")] == [
        "targets, row 2, kpi: There is no KPI “cpll”. Did you mean cpl?",
        "targets, row 4, value: The spreadsheet shows the error #REF!. Correct the formula, or write the value itself.",
        f"targets, row 4, kpi: {same}",
        "targets, row 4, set_by: “ola” is nobody's person ID. Known: anna, jan.",
        "Budget, row 2, Amount: −5 is less than it can be. Write a positive number.",
    ]
    assert in_force(team) == {"cpl": Decimal(12), "roas": Decimal(4)}
    assert team.generation == 1


def test_a_plan_that_is_refused_keeps_no_facts_out(team: Team, targets: Sheet) -> None:
    targets.rows[1][0] = "cpll"
    team.tab("leads", ["lead_id"], ["L1"])
    results = team.refresh()
    assert [(result.part, result.status) for result in results.values()] == [
        ("people", UNCHANGED),
        ("leads", LOADED),
        ("targets", REFUSED),
    ]
    assert team.rows("SELECT lead_id FROM leads") == [("L1",)]


def test_a_refused_plan_is_told_again_until_it_is_corrected(team: Team, targets: Sheet) -> None:
    targets.rows[1][0] = "cpll"
    assert [team.refresh()["targets"].status for _time in range(2)] == [REFUSED, REFUSED]
    targets.rows[1][0] = "ctr"
    assert team.refresh()["targets"].status == LOADED
    assert in_force(team).keys() == {"ctr", "roas"}


def test_an_emptied_tab_empties_the_table(team: Team, targets: Sheet) -> None:
    targets.rows[1:] = []
    result = team.refresh()["targets"]
    assert (result.status, result.notes) == (LOADED, ["Since the last reading: 2 rows gone."])
    assert result.message == "Since the last reading: 2 rows gone. Targets: 0 rows are in force."
    assert in_force(team) == {}
    assert team.refresh()["targets"].status == UNCHANGED
    assert team.rows("SELECT count(*) FROM people") == [(2,)]


def test_a_tab_that_is_gone_stays_in_force_and_is_named(team: Team, targets: Sheet) -> None:
    team.sheets.tabs.remove(targets)
    team.sheets.tabs[0].rows.append(["ola", "Ola Byk"])
    (result,) = team.refresh().values()
    assert [note for note in result.notes if "Targets" in note] == [
        "Targets is not in the plan any more; what it said last stays in force. To empty it, keep its headers."
    ]
    assert len(in_force(team)) == 2


@pytest.mark.parametrize(
    ("tab", "header"),
    [
        ("Cele", ["Wskaźnik", "Obowiązuje od", "Wartość docelowa"]),
        ("Цели", ["Показатель", "Действует с", "Целевое значение"]),
        ("Targets", ["KPI", "Valid from", "Target value"]),
    ],
)
def test_tabs_and_headers_may_be_in_any_language(team: Team, tab: str, header: list[Any]) -> None:
    team.tab(tab, header, ["cpl — Cost per lead", day("2026-01-01"), 12])
    result = team.refresh()[tab]
    assert (result.status, result.dataset) == (LOADED, "targets")
    assert in_force(team) == {"cpl": Decimal(12)}


def test_choices_and_ticks_are_read_in_any_language(team: Team) -> None:
    team.tab(
        "Ludzie", ["ID osoby", "Rola", "Aktywny"], ["anna", "Head of the department", "tak"], ["jan", "viewer", False]
    )
    team.refresh()
    assert team.rows("SELECT person_id, role, active FROM people ORDER BY 1") == [
        ("anna", "head", True),
        ("jan", "viewer", False),
    ]


def test_facts_are_bound_by_their_names_in_any_language(team: Team) -> None:
    team.tab("Leady", ["ID leada", "Źródło", "Kampania"], ["L1", "google", "Wiosna"])
    result = team.refresh()["Leady"]
    assert (result.status, result.dataset) == (LOADED, "leads")
    assert team.rows("SELECT lead_id, source, campaign FROM leads") == [("L1", "google", "Wiosna")]


def test_examples_and_rows_without_anything_are_passed_over(team: Team) -> None:
    team.tab("targets", HEADER, ["# roas", day("2026-01-01"), 4], [], ["cpl", day("2026-01-01"), Cell(0.125, "12.5%")])
    team.refresh()
    assert in_force(team) == {"cpl": Decimal("0.125")}


def test_a_refresh_knows_the_kpis_that_a_plan_may_name(team: Team) -> None:
    team.tab("targets", HEADER, ["roass", day("2026-01-01"), 4])
    options = {"spreadsheet": KEY, "endpoint": team.google.endpoint}
    configured = Configuration(sources=(Source("team sheet", "google_sheets", options),))
    report = refresh(team.home, configured, known=team.known)
    assert [note for result in report.sources for note in result.notes if "KPI" in note] == [
        "targets, row 2, kpi: There is no KPI “roass”. Did you mean roas?"
    ]


def test_a_plan_without_rows_says_so_each_time(team: Team) -> None:
    team.tab("targets", HEADER, ["# cpl", day("2026-01-01"), 5])
    for _time in range(2):
        result = team.refresh()["targets"]
        assert (result.status, result.message) == (UNCHANGED, "The plan has no rows yet.")
    assert team.generation == 0


def test_values_that_are_gone_from_the_tab_are_gone(team: Team) -> None:
    tab = team.tab(
        "kpi_values", ["kpi", "day", "numerator"], ["cpl", day("2026-01-01"), 5], ["cpl", day("2026-01-02"), 6]
    )
    team.refresh()
    tab.rows.pop()
    assert team.refresh()["kpi_values"].notes == ["Since the last reading: 1 row gone."]
    assert team.rows("SELECT numerator FROM kpi_values") == [(Decimal(5),)]


def test_a_table_in_two_places_is_pointed_out(team: Team, targets: Sheet) -> None:
    team.home.plan.mkdir()
    (team.home.plan / "targets.csv").write_text("kpi,valid_from,value\nroas,2026-01-01,3\n", encoding="utf-8")
    report = refresh(team.home, Configuration(), known=team.known)
    both = "Targets came from “{}” so far. Keep it in one place: what was changed last is in force."
    assert both.format("team sheet") in report.sources[0].notes
    targets.rows[1][2] = 13
    assert both.format("plan") in team.refresh()["targets"].notes
    assert in_force(team)["cpl"] == Decimal(13)
