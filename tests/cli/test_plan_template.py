"""`plan-template`: the workbook that people fill in, and what of it is read back."""

from __future__ import annotations

import re
import resource
import signal
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from python_calamine import CalamineWorkbook

from connectors.plan.source import PlanFolder
from connectors.plan.tables import TABLES, Known, columns_of
from core.language import LANGUAGES, use_language
from metrics.names import kpi_names, never_negative, process_names, shares
from tests.connectors.exports.writers import rows_of, workbook
from warehouse.datasets import titles
from warehouse.writer import writing

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.base import SourceResult
    from core.config import Home
    from tests.cli.conftest import Kokpit

Sheets = dict[str, list[list[Any]]]


def sheets_of(file: Path) -> Sheets:
    """The cells of every sheet, with nothing of the program under test."""
    book = CalamineWorkbook.from_path(file)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def bring(home: Home) -> list[SourceResult]:
    """What a refresh makes of the plan of *home*."""
    folder = PlanFolder(home, Known(kpi_names(), process_names(), never_negative(), shares()))
    with writing(home.warehouse) as writer:
        folder.fetch(lambda _label, _share: None)
        results = folder.bring(writer)
        if writer.changed:
            writer.publish()
    return results


@pytest.fixture(params=list(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture
def template(kokpit: Kokpit, home: Home, tmp_path: Path, language: str) -> Path:
    """The template in a language."""
    file = tmp_path / "template.xlsx"
    answer = kokpit("plan-template", "--out", file, "--language", language, "--home", home.path)
    assert (answer.code, answer.errors) == (0, "")
    assert str(file) in answer.out
    use_language(language)
    return file


def test_it_has_a_sheet_for_each_table_with_every_column(template: Path) -> None:
    sheets = sheets_of(template)
    assert len(sheets) == len(TABLES) + 2
    for name, dataset in TABLES.items():
        header = [titles.column_title(name, column.name) for column in columns_of(dataset)]
        assert sheets[titles.table_title(name)][0] == header


def test_nothing_of_it_is_english_elsewhere(template: Path, language: str) -> None:
    if language == "en":
        return
    heads = {head for rows in sheets_of(template).values() for head in map(str, rows[0])}
    assert heads & {"Valid from", "Owner", "Process", "KPI", "Month"} == set()


def test_an_untouched_template_is_an_empty_plan(template: Path, home: Home) -> None:
    home.plan.mkdir()
    (home.plan / "plan.xlsx").write_bytes(template.read_bytes())
    (result,) = bring(home)
    assert (result.status, result.notes) == ("unchanged", [])
    assert not (home.warehouse / "CURRENT").exists()


def test_a_filled_template_is_read_back(template: Path, home: Home) -> None:
    """Filled in as a person would: below the examples, with what the drop-downs offer."""
    sheets = sheets_of(template)
    lists = sheets[list(sheets)[-1]]
    kpi, process = next(row[0] for row in lists if row[0].startswith("roas")), lists[1][1]
    fill(sheets, "people", person_id="anna", name="Anna Lis", active=True)
    fill(sheets, "processes", process_id=process, owner="anna")
    fill(sheets, "targets", kpi=kpi, valid_from=date(2026, 1, 1), value=4.5, set_by="anna")
    home.plan.mkdir()
    (home.plan / "plan.xlsx").write_bytes(workbook(sheets))
    results = bring(home)
    assert {result.dataset: result.rows_loaded for result in results} == {"people": 1, "processes": 1, "targets": 1}
    assert [result.notes for result in results] == [[], [], []]
    assert rows_of(home, "people", ["person_id", "name", "active"]) == [("anna", "Anna Lis", True)]
    assert rows_of(home, "processes", ["process_id", "owner"]) == [("paid_acquisition", "anna")]
    found = rows_of(home, "targets", ["kpi", "valid_from", "value", "set_by"])
    assert found == [("roas", date(2026, 1, 1), Decimal("4.5"), "anna")]


def test_every_example_is_a_row_that_would_load(template: Path, home: Home) -> None:
    """People copy examples: without its mark, each has to be right."""
    sheets = sheets_of(template)
    for name in TABLES:
        row = sheets[titles.table_title(name)][1]
        row[0] = str(row[0]).removeprefix("# ")
    home.plan.mkdir()
    (home.plan / "plan.xlsx").write_bytes(workbook(sheets))
    results = bring(home)
    assert {result.dataset for result in results} == set(TABLES)
    assert [note for result in results for note in result.notes if "100" not in note] == []


def test_cells_offer_choices_and_headers_explain_themselves(template: Path) -> None:
    with zipfile.ZipFile(template) as book:
        names = book.namelist()
        rules = "".join(book.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet"))
        comments = [name for name in names if re.fullmatch(r"xl/comments\d+\.xml", name)]
        explained = sum(book.read(name).decode().count("<comment ") for name in comments)
    assert explained == sum(len(columns_of(dataset)) for dataset in TABLES.values())
    assert rules.count('type="list"') > 20
    assert f"'{titles.table_title('people')}'!$A$3" in rules
    assert rules.count("<pane ") == len(TABLES) + 1


def test_a_file_that_is_there_is_never_overwritten(kokpit: Kokpit, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(b"somebody's plan")
    answer = kokpit("plan-template", "--out", file)
    assert (answer.code, "is there already" in answer.errors) == (2, True)
    assert file.read_bytes() == b"somebody's plan"


def test_a_folder_that_is_not_there_is_told(kokpit: Kokpit, tmp_path: Path) -> None:
    answer = kokpit("plan-template", "--out", tmp_path / "nowhere" / "plan.xlsx")
    assert (answer.code, "cannot be written" in answer.errors) == (1, True)


def test_an_unknown_language_is_told(kokpit: Kokpit, tmp_path: Path) -> None:
    answer = kokpit("plan-template", "--out", tmp_path / "plan.xlsx", "--language", "de")
    assert (answer.code, "'de'" in answer.errors) == (2, True)


def fill(sheets: Sheets, table: str, /, **values: object) -> None:
    """Add a row with *values*, by column, to *table*."""
    columns = [column.name for column in columns_of(TABLES[table])]
    sheets[titles.table_title(table)].append([values.get(column, "") for column in columns])


def test_a_full_disk_leaves_nothing_that_passes_for_a_plan(kokpit: Kokpit, tmp_path: Path) -> None:
    limits, ended = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        answer = kokpit("plan-template", "--out", tmp_path / "plan.xlsx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ended)
    assert answer.code == 1
    assert "plan.xlsx cannot be written" in answer.errors
    assert not (tmp_path / "plan.xlsx").exists()
    assert kokpit("plan-template", "--out", tmp_path / "plan.xlsx").code == 0
