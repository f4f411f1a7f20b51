"""Which spreadsheet, which of its tabs, and into which datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from connectors.base import FAILED, LOADED, REFUSED
from core.errors import ConfigurationError
from tests.google.sheets import CELLS, KEY, Sheet, day

if TYPE_CHECKING:
    from tests.google.team import Team

TARGETS: Final[list[list[Any]]] = [["kpi", "valid_from", "value"], ["cpl", day("2026-01-01"), 12.5]]
LEADS: Final[list[list[Any]]] = [["lead_id", "owner"], ["L1", "Ewa"]]


@pytest.mark.parametrize(
    "said",
    [
        KEY,
        f" {KEY} ",
        f"https://docs.google.com/spreadsheets/d/{KEY}/edit?gid=3#gid=3",
        f"docs.google.com/spreadsheets/d/{KEY}",
    ],
)
def test_a_spreadsheet_is_named_by_address_or_key(team: Team, said: str) -> None:
    team.tab("targets", *TARGETS)
    assert team.refresh(spreadsheet=said)["targets"].status == LOADED
    assert {asked.arguments["spreadsheetId"] for asked in team.google.asked} == {KEY}


@pytest.mark.parametrize("said", ["our plan", "https://example.com/plan", "", None, 7])
def test_anything_else_is_refused_before_anyone_is_asked(team: Team, said: object) -> None:
    with pytest.raises(ConfigurationError) as caught:
        team.refresh(spreadsheet=said)
    assert "team sheet" in caught.value.message
    assert repr(said) in caught.value.message or not isinstance(said, str) or not said
    assert "address of the spreadsheet" in caught.value.next_step
    assert team.google.asked == []


@pytest.mark.parametrize("title", ["budget_lines", "Budget lines", "BUDGET-LINES", " budget  lines"])
def test_tabs_are_bound_by_the_obvious_spelling_of_a_dataset(team: Team, title: str) -> None:
    team.tab(title, ["Month", "PROCESS", "Amount"], [day("2026-01-01"), "ads", 100])
    team.tab("Thoughts", ["anything"])
    (result,) = team.refresh().values()
    assert (result.part, result.dataset, result.rows_loaded) == (title, "budget_lines", 1)


def test_tabs_are_bound_by_hand_and_then_only_those(team: Team) -> None:
    team.tab("Cele", *TARGETS)
    team.tab("Leady", *LEADS)
    team.tab("people", ["person_id"], ["ewa"])
    results = team.refresh({"Cele": "targets", "Leady": "leads"})
    assert {part: result.dataset for part, result in results.items()} == {"Cele": "targets", "Leady": "leads"}
    assert team.rows("SELECT kpi FROM targets") == [("cpl",)]
    assert team.rows("SELECT count(*) FROM people") == [(0,)]


def test_any_number_of_tabs_takes_three_requests(team: Team) -> None:
    names = ["targets", "leads", "deals", "people", "processes", "projects", "customers", "tasks", "links", "partners"]
    for name in names:
        team.tab(name, *(TARGETS if name == "targets" else LEADS))
    team.refresh()
    assert [asked.method.rpartition(".")[2] for asked in team.google.asked] == ["get", "batchGet", "batchGet"]
    shapes = [asked.query["valueRenderOption"] for asked in team.google.asked if asked.method == CELLS]
    assert shapes == [["UNFORMATTED_VALUE"], ["FORMATTED_VALUE"]]
    assert team.google.asked[1].query["dateTimeRenderOption"] == ["SERIAL_NUMBER"]
    assert team.google.tokens.scopes == {"https://www.googleapis.com/auth/spreadsheets.readonly"}


def test_an_unknown_dataset_is_named_with_the_nearest_and_the_others_load(team: Team) -> None:
    team.tab("Cele", *TARGETS)
    team.tab("Leady", *LEADS)
    results = team.refresh({"Cele": "target", "Leady": "leads"})
    assert results["Cele"].status == FAILED
    assert "“Cele”" in results["Cele"].message
    assert "'target'" in results["Cele"].message
    assert "targets" in results["Cele"].next_step
    assert results["Leady"].status == LOADED


def test_a_tab_that_is_not_there_is_answered_with_those_that_are(team: Team) -> None:
    team.tab("Cele 2026", *TARGETS)
    team.tab("Leady", *LEADS)
    results = team.refresh({"Cele": "targets", "Leady": "leads"})
    assert (results["Cele"].status, results["Cele"].error_kind) == (FAILED, "configuration")
    assert results["Cele"].message == "“Marketing” has no tab “Cele”; its tabs are “Cele 2026”, “Leady”."
    assert results["Leady"].status == LOADED


def test_nothing_to_bind_says_what_is_there(team: Team) -> None:
    team.tab("Arkusz1", *TARGETS)
    with pytest.raises(ConfigurationError, match=r"no tab of “Marketing” is named like a dataset.*“Arkusz1”"):
        team.refresh()


@pytest.mark.parametrize("tabs", [["Cele"], "targets", {"Cele": 3}])
def test_a_binding_of_another_kind_is_refused(team: Team, tabs: object) -> None:
    team.tab("Cele", *TARGETS)
    with pytest.raises(ConfigurationError, match="team sheet: tabs is"):
        team.refresh(tabs)


def test_hidden_tabs_count_only_when_bound_by_hand(team: Team) -> None:
    team.tab("targets", *TARGETS, hidden=True)
    team.tab("leads", *LEADS)
    assert list(team.refresh()) == ["leads"]
    assert team.refresh({"targets": "targets"})["targets"].rows_loaded == 1


def test_charts_are_no_tables(team: Team) -> None:
    team.tab("leads", *LEADS)
    team.tab("targets", chart=True)
    assert list(team.refresh()) == ["leads"]
    result = team.refresh({"targets": "targets"})["targets"]
    assert result.status == FAILED
    assert "is a chart" in result.message


def test_two_tabs_never_take_turns_in_one_whole_table(team: Team) -> None:
    team.tab("A", *TARGETS)
    team.tab("B", *TARGETS)
    results = team.refresh({"A": "targets", "B": "targets"})
    assert (results["A"].status, results["B"].status) == (LOADED, FAILED)
    assert "both bound to targets" in results["B"].message


def test_two_tabs_may_feed_one_table_of_facts(team: Team) -> None:
    team.tab("North", *LEADS)
    team.tab("South", ["lead_id", "owner"], ["L2", "Jan"])
    team.refresh({"North": "leads", "South": "leads"})
    assert team.rows("SELECT lead_id, owner FROM leads ORDER BY 1") == [("L1", "Ewa"), ("L2", "Jan")]


def test_a_title_with_quotes_is_asked_for_as_it_is(team: Team) -> None:
    team.sheets.tabs.append(Sheet("Ewa's leads", LEADS))
    assert team.refresh({"Ewa's leads": "leads"})["Ewa's leads"].rows_loaded == 1


def test_an_empty_tab_is_refused_with_the_columns_it_needs(team: Team) -> None:
    team.tab("targets")
    team.tab("leads", *LEADS)
    results = team.refresh()
    assert results["targets"].status == REFUSED
    assert "kpi, valid_from" in results["targets"].next_step
    assert results["leads"].status == LOADED


@pytest.mark.parametrize(
    ("header", "value", "currency"), [("Value (EUR)", 5, "EUR"), ("value, zł", 5, "PLN"), ("Value (NET)", None, None)]
)
def test_a_header_of_money_may_name_its_currency(
    team: Team, header: str, value: int | None, currency: str | None
) -> None:
    team.tab("leads", ["lead_id", header], ["L1", 5])
    result = team.refresh()["leads"]
    assert team.rows("SELECT value, currency FROM leads") == [(value, currency)]
    assert ("Columns that are not read: “Value (NET)”." in result.notes) is (value is None)


def test_columns_that_are_not_read_are_named(team: Team) -> None:
    team.tab("leads", ["lead_id", "", *(f"Remark {number}" for number in range(7))], ["L1", "x", *range(7)])
    notes = team.refresh()["leads"].notes
    assert notes == [
        "Columns that are not read: “Remark 0”, “Remark 1”, “Remark 2”, “Remark 3”, “Remark 4”, ….",
    ]
