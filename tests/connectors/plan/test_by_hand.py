"""A plan that is loaded like an export: under the names people know, with the plan's own checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import Options, load_files
from connectors.exports.results import EMPTY, LOADED, REFUSED
from connectors.plan.template import template
from core.language import use_language
from tests.connectors.exports.writers import rows_of, workbook
from tests.connectors.plan.folder import KNOWN, PEOPLE, bring, put

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

HEADER = ["Wskaźnik", "Obowiązuje od", "Wartość docelowa"]


def load(home: Home, file: Path, content: bytes | str) -> list[FileResult]:
    """What loading *content* as *file* comes to."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_files(home, [file], Options(known=KNOWN))


def test_a_workbook_in_another_language_comes_into_force(home: Home, tmp_path: Path) -> None:
    book = workbook(
        {
            "Przeczytaj": [["Kokpit", "a word before"]],
            "Cele": [HEADER, ["roas — Return on ad spend", date(2026, 1, 1), 4.5]],
            "Ludzie": [["ID osoby", "Rola"], ["anna", "kierownik działu"]],
            "Leads": [["lead_id", "owner"], ["L1", "Ewa"]],
        }
    )
    results = load(home, tmp_path / "plan.xlsx", book)
    assert {(result.dataset, result.status, result.rows_loaded) for result in results} == {
        ("targets", LOADED, 1),
        ("people", LOADED, 1),
        ("leads", LOADED, 1),
    }
    assert rows_of(home, "targets", ["kpi", "valid_from", "value"]) == [("roas", date(2026, 1, 1), Decimal("4.5"))]
    assert rows_of(home, "people", ["person_id", "role"]) == [("anna", "head")]
    again = load(home, tmp_path / "plan.xlsx", book)
    assert [result.message for result in again if result.status == EMPTY] == ["The plan is as it was."]


def test_mistakes_are_listed_together_and_nothing_of_the_plan_is_loaded(home: Home, tmp_path: Path) -> None:
    book = workbook(
        {
            "Cele": [HEADER, ["rosa", date(2026, 1, 1), "dużo"]],
            "Ludzie": [["ID osoby", "Rola"], ["anna", "szef wszystkich"]],
        }
    )
    (result,) = load(home, tmp_path / "plan.xlsx", book)
    assert (result.status, result.message) == (
        REFUSED,
        "The plan has 3 mistakes, so the last good one stays in force.",
    )
    assert [note.partition(": ")[0] for note in result.notes] == [
        "plan.xlsx / Cele, row 2, Wartość docelowa",
        "plan.xlsx / Cele, row 2, Wskaźnik",
        "plan.xlsx / Ludzie, row 2, Rola",
    ]
    assert result.as_dict()["notes"] == result.notes
    assert rows_of(home, "people", ["person_id"]) == []


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_an_untouched_template_is_an_empty_plan(home: Home, tmp_path: Path, language: str) -> None:
    put(home, people=PEOPLE)
    bring(home)
    use_language(language)
    book = template(KNOWN)
    use_language("en")
    (result,) = load(home, tmp_path / "plan.xlsx", book)
    assert (result.status, result.message) == (EMPTY, "The plan has no rows yet.")
    assert len(rows_of(home, "people", ["person_id"])) == 2


def test_a_table_as_csv_is_read_by_its_headers_too(home: Home, tmp_path: Path) -> None:
    text = "Wskaźnik;Obowiązuje od;Wartość docelowa\nroas;01.02.2026;4,5\n"
    (result,) = load(home, tmp_path / "cele.csv", text)
    assert (result.status, result.dataset) == (LOADED, "targets")
    assert "put it as plan.xlsx into the folder plan" in result.notes[-1]
    assert rows_of(home, "targets", ["valid_from", "value"]) == [(date(2026, 2, 1), Decimal("4.5"))]


def test_what_kokpit_wrote_itself_loads_as_it_is(home: Home, tmp_path: Path) -> None:
    """Even where a KPI is not known any more: it is a copy, not somebody's plan."""
    book = workbook({"targets": [["kpi", "valid_from", "value"], ["gone", date(2026, 1, 1), 1]]})
    (result,) = load(home, tmp_path / "targets.xlsx", book)
    assert (result.status, result.rows_loaded) == (LOADED, 1)
