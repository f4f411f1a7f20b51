"""Reading again: what changed since, what stays, and that nothing new publishes nothing."""

from __future__ import annotations

import shutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from connectors.base import LOADED, REFUSED, UNCHANGED
from tests.google.sheets import Cell, day
from warehouse.snapshot import open_snapshot
from warehouse.undo import rollback

if TYPE_CHECKING:
    from tests.google.sheets import Sheet
    from tests.google.team import Team

HEADER = ["kpi", "valid_from", "value"]


@pytest.fixture
def targets(team: Team) -> Sheet:
    """Three targets, read once."""
    rows = [[kpi, day("2026-01-01"), value] for kpi, value in (("cpl", 12), ("ctr", 0.1), ("roas", 4))]
    tab = team.tab("targets", HEADER, *rows)
    team.refresh()
    return tab


def values(team: Team) -> dict[str, Decimal]:
    return dict(team.rows("SELECT kpi, value FROM targets ORDER BY kpi"))


def test_nothing_new_publishes_nothing(team: Team, targets: Sheet) -> None:
    targets.rows.append([])
    result = team.refresh()["targets"]
    assert (result.status, result.rows_loaded, result.rows_replaced) == (UNCHANGED, 0, 0)
    assert result.message == "Nothing changed since the last reading."
    assert team.generation == 1


def test_the_look_of_a_number_is_no_change(team: Team, targets: Sheet) -> None:
    targets.rows[1][2] = Cell(12, "12.00 €")
    assert team.refresh()["targets"].status == UNCHANGED


def test_rows_of_a_plan_that_are_added_changed_and_gone(team: Team, targets: Sheet) -> None:
    targets.rows[1][2] = 13
    targets.rows[3] = ["nps", day("2026-01-01"), 50]
    targets.rows.append(["ces", day("2026-01-01"), 2])
    result = team.refresh()["targets"]
    assert result.status == LOADED
    assert result.notes[0] == "Since the last reading: 2 rows added, 1 row changed, 1 row gone."
    assert values(team) == {"ces": Decimal(2), "cpl": Decimal(13), "ctr": Decimal("0.1"), "nps": Decimal(50)}


def test_rows_of_facts_that_are_gone_stay_and_that_is_said(team: Team) -> None:
    tab = team.tab("leads", ["lead_id", "owner"], ["L1", "Ewa"], ["L2", "Jan"], ["L3", "Ola"])
    team.refresh()
    tab.rows[1:] = [["L2", "Iga"], ["L4", "Ola"]]
    result = team.refresh()["leads"]
    assert result.notes[:2] == [
        "Since the last reading: 1 row added, 1 row changed, 2 rows gone.",
        "Rows that are gone from the tab stay in Kokpit.",
    ]
    found = team.rows("SELECT lead_id, owner FROM leads ORDER BY 1")
    assert found == [("L1", "Ewa"), ("L2", "Iga"), ("L3", "Ola"), ("L4", "Ola")]


def test_a_sum_below_the_rows_is_no_row_that_changes(team: Team) -> None:
    tab = team.tab("expenses", ["expense_id", "spent_on", "amount"], ["E1", day("2026-01-01"), 5], ["Razem", "", 5])
    team.refresh()
    tab.rows[1:] = [["E1", day("2026-01-01"), 5], ["E2", day("2026-01-02"), 2], ["Razem", "", 7]]
    assert team.refresh()["expenses"].notes[0] == "Since the last reading: 1 row added."
    tab.rows[3] = ["Razem", "", 8]
    (note, *_more) = team.refresh()["expenses"].notes
    assert note == "Since the last reading only the order, the header or its sums changed."


def test_another_order_changes_no_row(team: Team, targets: Sheet) -> None:
    targets.rows[1:] = targets.rows[:0:-1]
    assert team.refresh()["targets"].notes == ["Since the last reading only the order, the header or its sums changed."]


def test_a_value_that_is_changed_back_is_loaded_again(team: Team, targets: Sheet) -> None:
    for value in (13, 12):
        targets.rows[1][2] = value
        assert team.refresh()["targets"].status == LOADED
        assert values(team)["cpl"] == value


def test_what_was_undone_is_read_anew(team: Team, targets: Sheet) -> None:
    targets.rows[1][2] = 13
    team.refresh()
    rollback(team.home.warehouse)
    assert values(team)["cpl"] == 12
    assert team.refresh()["targets"].status == LOADED
    assert values(team)["cpl"] == 13


def test_a_warehouse_built_anew_gets_everything_again(team: Team, targets: Sheet) -> None:
    shutil.rmtree(team.home.warehouse)
    assert team.refresh()["targets"].rows_loaded == 3


def test_what_was_kept_of_readings_may_be_thrown_away(team: Team, targets: Sheet) -> None:
    shutil.rmtree(team.home.path / "fetched")
    assert team.refresh()["targets"].status == UNCHANGED
    shutil.rmtree(team.home.path / "fetched")
    targets.rows[1][2] = 13
    result = team.refresh()["targets"]
    assert (result.status, result.notes) == (LOADED, [])


def test_only_the_last_reading_of_each_tab_is_kept(team: Team, targets: Sheet) -> None:
    for value in (13, 14, 15):
        targets.rows[1][2] = value
        team.refresh()
    (kept,) = (team.home.path / "fetched").rglob("*.csv")
    assert "15" in kept.read_text(encoding="utf-8")


def test_a_tab_that_lost_a_column_is_refused_and_the_others_load(team: Team, targets: Sheet) -> None:
    people = team.tab("people", ["person_id", "name"], ["ewa", "Ewa"])
    targets.rows[0] = ["kpi", "valid_from", "wert"]
    result = team.refresh()["targets"]
    assert result.status == REFUSED
    assert result.message == "The tab “targets” lost columns that it had before: value. Its last good data stays."
    assert "above an empty column" in result.next_step
    assert values(team)["cpl"] == 12
    assert team.rows("SELECT name FROM people") == [("Ewa",)]
    people.rows.append(["jan", "Jan"])
    assert [result.status for result in team.refresh().values()] == [REFUSED, LOADED]


def test_a_column_may_be_emptied(team: Team) -> None:
    tab = team.tab("Dane", ["lead_id", "created_at", "source"], ["L1", day("2026-01-01"), "google"])
    team.refresh({"Dane": "leads"})
    tab.rows[1:] = [row[:2] for row in tab.rows[1:]]
    assert team.refresh({"Dane": "leads"})["Dane"].status == LOADED
    assert team.rows("SELECT source FROM leads") == [(None,)]


def test_targets_without_values_are_refused_and_the_last_ones_stay(team: Team, targets: Sheet) -> None:
    before = values(team)
    targets.rows[1:] = [row[:2] for row in targets.rows[1:]]
    assert team.refresh()["targets"].status == REFUSED
    assert values(team) == before


def test_a_tab_bound_to_another_dataset_starts_anew(team: Team) -> None:
    team.tab("Dane", ["kpi", "valid_from", "lead_id", "value"], ["cpl", day("2026-01-01"), "L1", 3])
    team.refresh({"Dane": "targets"})
    result = team.refresh({"Dane": "leads"})["Dane"]
    assert (result.status, result.rows_loaded) == (LOADED, 1)
    assert result.notes == [
        "The file names no currency; its money is taken as the reporting currency.",
        "Columns that are not read: “kpi”, “valid_from”.",
    ]


def test_the_load_log_names_source_tab_and_time_of_reading(team: Team, targets: Sheet) -> None:
    ((source, name, kind, exported, started),) = open_snapshot(team.home.warehouse).rows(
        "SELECT source, name, format, exported_at, started_at FROM loads"
    )
    assert (source, name, kind) == ("team sheet", "team sheet/targets", "google_sheets")
    assert exported <= started
