"""The plan of a home: what comes into force, what stays, and what is told."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from connectors.plan.source import read_plan
from core.errors import FileError
from core.language import use_language
from tests.connectors.exports.writers import rows_of, workbook
from tests.connectors.plan.folder import KNOWN, PEOPLE, bring, put
from warehouse.generations import current_generation
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

TARGETS = "kpi,valid_from,valid_to,value\nroas,2026-01-01,2026-06-30,4\nroas,2026-07-01,,4.5\n"


def targets(home: Home) -> list[tuple[object, ...]]:
    """The targets in force."""
    return rows_of(home, "targets", ["kpi", "valid_from", "value"])


def test_a_home_without_a_plan_has_nothing_to_say(home: Home) -> None:
    assert bring(home) == []
    assert current_generation(home.warehouse) == 0


def test_a_folder_of_tables_comes_into_force(home: Home) -> None:
    put(home, people=PEOPLE, targets=TARGETS)
    found = {result.dataset: (result.status, result.part, result.rows_loaded) for result in bring(home)}
    assert found == {"people": ("loaded", "people.csv", 2), "targets": ("loaded", "targets.csv", 2)}
    assert targets(home) == [("roas", date(2026, 1, 1), Decimal(4)), ("roas", date(2026, 7, 1), Decimal("4.5"))]


def test_a_workbook_comes_into_force(home: Home) -> None:
    book = workbook(
        {
            "targets": [["kpi", "valid_from", "value"], ["roas", date(2026, 1, 1), 4.5]],
            "budget_lines": [["month", "process", "amount", "currency"], [date(2026, 2, 1), "paid_ads", 1200, "EUR"]],
        }
    )
    put(home, plan=book)
    assert [(result.dataset, result.part) for result in bring(home)] == [
        ("targets", "plan.xlsx / targets"),
        ("budget_lines", "plan.xlsx / budget_lines"),
    ]
    assert rows_of(home, "budget_lines", ["month", "amount"]) == [(date(2026, 2, 1), Decimal(1200))]


def test_a_workbook_with_one_sheet_is_read_too(home: Home) -> None:
    put(home, plan=workbook({"targets": [["kpi", "valid_from", "value"], ["roas", date(2026, 1, 1), 4.5]]}))
    assert [result.dataset for result in bring(home)] == ["targets"]


def test_the_same_files_open_and_publish_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home, targets=TARGETS)
    bring(home)

    def never(*_: object) -> None:
        pytest.fail("the files were opened")

    monkeypatch.setattr("connectors.plan.source.read_files", never)
    assert [result.status for result in bring(home)] == ["unchanged"]
    assert current_generation(home.warehouse) == 1


def test_the_plan_of_before_comes_into_force_again(home: Home) -> None:
    for value in ("4", "5", "4"):
        put(home, targets=f"kpi,valid_from,value\nroas,2026-01-01,{value}\n")
        # A copy that was put back keeps its age.
        os.utime(home.plan / "targets.csv", (1_700_000_000, 1_700_000_000))
        bring(home)
        assert targets(home) == [("roas", date(2026, 1, 1), Decimal(value))]


def test_the_plan_takes_the_place_of_what_was_loaded_by_hand(home: Home, tmp_path: Path) -> None:
    """Even of a file from a computer whose clock is ahead."""
    loaded = tmp_path / "targets.csv"
    loaded.write_text("kpi,valid_from,value\nspend,2026-01-01,1\n", encoding="utf-8")
    os.utime(loaded, (4_000_000_000, 4_000_000_000))
    load_files(home, [loaded])
    put(home, targets=TARGETS)
    (result,) = bring(home)
    assert (result.rows_loaded, result.notes) == (2, ["1 row is gone."])
    assert {kpi for kpi, *_ in targets(home)} == {"roas"}


def test_rows_that_are_deleted_are_gone(home: Home) -> None:
    put(home, targets=TARGETS)
    bring(home)
    put(home, targets="kpi,valid_from,value\nroas,2026-01-01,4\n")
    (result,) = bring(home)
    assert (result.rows_replaced, result.notes) == (1, ["1 row is gone."])
    put(home, targets="kpi,valid_from,value\n")
    (result,) = bring(home)
    assert result.notes == ["1 row is gone."]
    assert targets(home) == []
    assert [result.status for result in bring(home)] == ["unchanged"]


def test_a_table_that_leaves_the_plan_stays_in_force_and_is_named(home: Home) -> None:
    put(home, people=PEOPLE, targets=TARGETS)
    bring(home)
    (home.plan / "people.csv").unlink()
    (result,) = bring(home)
    assert "People is not in the plan any more" in result.notes[0]
    assert len(rows_of(home, "people", ["person_id"])) == 2


def test_one_mistake_keeps_all_of_the_plan_out(home: Home) -> None:
    put(home, people=PEOPLE, targets=TARGETS)
    bring(home)
    put(home, people=PEOPLE + "ola,Ola Byk\n", targets=TARGETS + "rosa,2026-01-01,,soon\n")
    (result,) = bring(home)
    assert (result.status, result.error_kind) == ("refused", "configuration")
    assert result.message == "The plan has 2 mistakes, so the last good one stays in force."
    assert sorted(result.notes) == [
        "targets.csv, row 4, kpi: There is no KPI “rosa”. Did you mean roas?",
        "targets.csv, row 4, value: “soon” is no number. Write it in digits, without words.",
    ]
    assert len(rows_of(home, "people", ["person_id"])) == 2
    assert current_generation(home.warehouse) == 1


def test_two_plans_in_one_folder_are_refused(home: Home) -> None:
    put(home, targets=TARGETS, plan=workbook({"people": [["person_id"], ["anna"]]}))
    (result,) = bring(home)
    assert result.status == "refused"
    assert "two plans in one folder: this workbook, and targets.csv" in result.notes[0]


def test_other_files_and_sheets_are_named(home: Home) -> None:
    put(home, targets=TARGETS, leads="lead_id\n1\n", remarks="a,b\n1,2\n")
    (home.plan / "notes.txt").write_text("a note", encoding="utf-8")
    (home.plan / ".hidden.csv").write_text("a", encoding="utf-8")
    (result,) = bring(home)
    assert result.status == "loaded"
    assert [note.partition(":")[0] for note in result.notes] == ["notes.txt", "leads.csv", "remarks.csv"]
    assert "inbox" in result.notes[1]


@pytest.mark.parametrize("stem", ["tragets", "target", "Celee"])
def test_a_table_with_nearly_the_right_name_is_a_mistake(home: Home, stem: str) -> None:
    put(home, **{stem: TARGETS})
    (result,) = bring(home)
    assert result.status == "refused"
    assert "Did you mean" in result.notes[0]


def test_a_plan_under_another_name_is_told_where_it_belongs(home: Home) -> None:
    put(home, our_plan=workbook({"targets": [["kpi"], ["roas"]]}))
    (result,) = bring(home)
    assert (result.status, "save it as plan.xlsx" in result.notes[0]) == ("refused", True)


def test_a_text_that_is_called_a_workbook_is_refused(home: Home) -> None:
    put(home, plan=b"kpi,valid_from,value\nroas,2026-01-01,4\n")
    (result,) = bring(home)
    assert result.status == "refused"
    assert result.notes[0].startswith("plan.xlsx is no workbook, whatever its name says.")


def test_a_damaged_workbook_is_refused_and_the_last_plan_stays(home: Home) -> None:
    book = workbook({"targets": [["kpi", "valid_from", "value"], ["roas", date(2026, 1, 1), 4.5]]})
    put(home, plan=book)
    bring(home)
    put(home, plan=book[: len(book) // 2])
    (result,) = bring(home)
    assert result.status == "refused"
    assert result.notes[0].startswith("plan.xlsx is a damaged ")
    assert len(targets(home)) == 1


def test_people_in_force_are_known_where_the_plan_has_no_such_table(home: Home) -> None:
    put(home, people=PEOPLE)
    bring(home)
    (home.plan / "people.csv").unlink()
    put(home, links="category,title,owner\nReports,Monthly,anna\nReports,Weekly,annna\n")
    (result,) = bring(home)
    assert result.notes == ["links.csv, row 3, owner: “annna” is nobody's person ID. Did you mean anna / jan?"]


def test_values_of_own_kpis_come_with_the_plan(home: Home) -> None:
    put(home, custom_kpis="kpi_id,name\nmood,Mood\n", kpi_values="kpi,day,numerator\nmood,2026-03-01,7\n")
    bring(home)
    assert rows_of(home, "kpi_values", ["kpi", "day", "numerator"]) == [("mood", date(2026, 3, 1), Decimal(7))]


def test_a_value_that_is_deleted_is_gone(home: Home) -> None:
    head = "kpi,day,numerator\n"
    put(home, custom_kpis="kpi_id,name\nmood,Mood\n", kpi_values=head + "mood,2026-03-01,7\nmood,2026-03-02,8\n")
    bring(home)
    put(home, kpi_values=head + "mood,2026-03-02,9\n")
    bring(home)
    assert rows_of(home, "kpi_values", ["day", "numerator"]) == [(date(2026, 3, 2), Decimal(9))]
    put(home, kpi_values=head)
    bring(home)
    assert rows_of(home, "kpi_values", ["day"]) == []


def test_mistakes_are_told_in_the_readers_language(home: Home) -> None:
    use_language("pl")
    put(home, targets="kpi;valid_from;value\nrosa;01.02.2026;3,5\n")
    (result,) = bring(home)
    assert "targets.csv" in result.notes[0]
    assert "rosa" in result.notes[0]
    assert "There is no" not in result.notes[0]


def test_the_load_log_knows_the_plan(home: Home) -> None:
    put(home, targets=TARGETS)
    with writing(home.warehouse) as writer:
        read_plan(home, KNOWN, writer)
        writer.publish()
    (load,) = open_snapshot(home.warehouse).rows("SELECT source, name, dataset, rows_read, rows_loaded FROM loads")
    assert load == ("plan", "plan/targets.csv", "targets", 2, 2)


def test_a_file_that_may_not_be_read_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows, a workbook that is open in the spreadsheet program."""
    put(home, targets=TARGETS)

    def locked(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("connectors.plan.reading.fingerprint", locked)
    with pytest.raises(FileError, match=r"targets\.csv cannot be read: Permission denied.*not open elsewhere"):
        bring(home)
