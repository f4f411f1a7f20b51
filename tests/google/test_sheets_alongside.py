"""Another table beside the first one of a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.google.sheets import day

if TYPE_CHECKING:
    from tests.google.team import Team


def test_another_table_beside_is_not_read_and_named(team: Team) -> None:
    header = ["lead_id", "created_at", "source", "", "Owner", "Value"]
    rows = [["L1", day("2026-11-01"), "google", "", "Ann", 5], ["L2", day("2026-11-02"), "bing"]]
    team.tab("leads", header, *rows)
    result = team.refresh()["leads"]
    assert team.rows("SELECT lead_id, owner, value FROM leads ORDER BY 1") == [("L1", None, None), ("L2", None, None)]
    assert (result.rows_loaded, result.rows_rejected) == (2, 0)
    assert "From column E on there is another one, with Owner, Value" in result.message


def test_rows_of_a_longer_table_beside_are_not_missing_anything(team: Team) -> None:
    team.tab(
        "expenses", ["expense_id", "amount", "", "Month", "amount"], ["E1", 2, "", "May", 7], ["", "", "", "June", 8]
    )
    result = team.refresh()["expenses"]
    assert team.rows("SELECT expense_id, amount::INT FROM expenses") == [("E1", 2)]
    assert result.rows_rejected == 0


def test_another_table_beside_the_plan_is_not_read_and_named(team: Team) -> None:
    header = ["kpi", "valid_from", "value", "", "reason", "review_on"]
    team.tab("targets", header, ["cpl", day("2026-01-01"), 5, "", "a", ""], ["ctr", day("2026-01-01"), 0.5])
    result = team.refresh()["targets"]
    assert team.rows("SELECT kpi, reason FROM targets ORDER BY 1") == [("cpl", None), ("ctr", None)]
    assert any("From column E on there is another table, with reason, review_on" in note for note in result.notes)
