"""A plan that is loaded like an export: under the names people know, with the plan's own checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import Options, load_files
from connectors.exports.mapping import Mapping
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


ACCESSES = "system,vault_url\nAds,hunter2\n"
TARGETS = "kpi,valid_from,valid_to,value\nroas,2026-01-01,2026-12-31,4\nroas,2026-02-01,,5\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("accesses", ACCESSES, "any.csv, row 2, vault_url: It is no link; perhaps it is the secret itself."),
        (
            "targets",
            TARGETS,
            "any.csv, row 3, valid_from: It begins on 2026-02-01, while row 2 holds until 2026-12-31.",
        ),
        ("processes", "process_id,parent\na,b\nb,a\n", "The processes are part of each other in a circle"),
        ("budget_lines", "month,process,amount,currency\n2026-01-01,ads,-5,EUR\n", "−5 is less than it can be."),
    ],
)
def test_the_datasets_own_headings_are_checked_too(home: Home, tmp_path: Path, name: str, text: str, told: str) -> None:
    (result,) = load(home, tmp_path / "any.csv", text)
    assert (result.status, result.dataset) == (REFUSED, name)
    assert told in result.notes[0]
    assert "hunter2" not in str(result.as_dict())
    assert rows_of(home, name, ["load_id"]) == []


def test_own_headings_may_name_what_comes_in_the_next_file(home: Home, tmp_path: Path) -> None:
    (result,) = load(home, tmp_path / "any.csv", "kpi,valid_from,value\nnext,2026-01-01,5\n")
    assert (result.status, result.rows_loaded) == (LOADED, 1)
    assert result.notes[-1].startswith("Only a warning: any.csv, row 2, kpi: There is no KPI “next”.")


def test_a_mapped_file_may_not_bring_a_secret_either(home: Home, tmp_path: Path) -> None:
    own = Mapping("vault", "accesses", {"system": "Tool", "vault_url": "Pass"}, {}, "en").as_format()
    file = tmp_path / "vault.csv"
    file.write_text("Our tools\nTool,Pass\nAds,hunter2\n", encoding="utf-8")
    (result,) = load_files(home, [file], Options(known=KNOWN, own=(own,)))
    assert (result.status, result.notes[0].partition(": ")[0]) == (REFUSED, "vault.csv, row 3, Pass")
