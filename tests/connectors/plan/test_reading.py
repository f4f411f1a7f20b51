"""Files of the plan in every language and style that spreadsheets write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from connectors.exports.conventions import Conventions
from connectors.exports.workbooks import NUMBER_MARK
from connectors.plan.cells import value_of
from connectors.plan.reading import table_of_cells
from connectors.plan.tables import TABLES, columns_of
from connectors.plan.words import CHOICES, columns_by_name, dimensions_by_name, plain, tables_by_name
from core.language import LANGUAGES, translated
from tests.connectors.exports.writers import rows_of
from tests.connectors.plan.folder import PEOPLE, bring, put
from warehouse.datasets import DATASETS, titles

if TYPE_CHECKING:
    from core.config import Home

POLISH = "Wskaźnik;Obowiązuje od;Obowiązuje do;Wartość docelowa;Kto ustalił\nroas;01.02.2026;30.06.2026;1 204,5;anna\n"
RUSSIAN = "Показатель;Действует с;Действует по;Целевое значение;Кто установил\nroas;01.02.2026;30.06.2026;1204,5;anna\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Cele.csv", POLISH.encode("cp1250")),
        ("targets.csv", POLISH.encode("utf-8-sig")),
        ("Цели.csv", RUSSIAN.encode("cp1251")),
        ("targets.csv", RUSSIAN.replace(";", "\t").encode("utf-16")),
        ("targets.csv", b"kpi,valid_from,valid_to,value,set_by\nroas,2026-02-01,2026-06-30,1204.5,anna\n"),
        ("TARGETS.CSV", b"KPI;Valid from;Valid to;Target value;Set by\r\nroas;2026-02-01;2026-06-30;1204,5;anna\r\n"),
    ],
)
def test_headers_and_numbers_of_three_languages_mean_the_same(home: Home, name: str, content: bytes) -> None:
    put(home, people=PEOPLE)
    (home.plan / name).write_bytes(content)
    assert [result.status for result in bring(home)] == ["loaded", "loaded"]
    found = rows_of(home, "targets", ["kpi", "valid_from", "valid_to", "value", "set_by"])
    assert found == [("roas", date(2026, 2, 1), date(2026, 6, 30), Decimal("1204.5"), "anna")]


def test_every_name_means_one_thing_only() -> None:
    """A header that two columns of a table shared in any language would fill the wrong one."""
    spellings = len({plain(name) for name in TABLES} | {plain(f"{name}.csv") for name in TABLES})
    assert len(tables_by_name()) >= spellings
    for name, dataset in TABLES.items():
        for column in columns_of(dataset):
            for language in LANGUAGES:
                header = translated(titles.english_column_title(name, column.name), language)
                assert columns_by_name(name)[plain(header)] == column.name, (name, header)
                assert tables_by_name()[plain(translated(titles.TABLES[name], language))] == name


@pytest.mark.parametrize("written", ["platform", "Platforma", "платформа"])
def test_a_dimension_may_be_written_in_any_language(written: str) -> None:
    column = DATASETS["targets"].by_name["dimension"]
    assert value_of("targets", column, written, Conventions(".", "%Y-%m-%d")) == "platform"


def test_every_name_of_a_dimension_means_one_dimension() -> None:
    for dataset in DATASETS.values():
        for name in dataset.dimensions:
            for language in LANGUAGES:
                title = translated(titles.english_column_title(dataset.name, name), language)
                assert dimensions_by_name()[plain(title)] == name


def test_every_column_of_the_plan_has_a_title() -> None:
    named = {column.name for dataset in TABLES.values() for column in columns_of(dataset)}
    assert named - set(titles.COLUMNS) == set()
    assert {name.partition(".")[0] for name in CHOICES} <= set(TABLES)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("targets.value", "3,5", Decimal("3.5")),
        ("targets.value", "1 204,5", Decimal("1204.5")),
        ("targets.value", "1.204,5", Decimal("1204.5")),
        ("targets.value", "3,5 %", Decimal("0.035")),
        ("targets.value", f"{NUMBER_MARK}0.035", Decimal("0.035")),
        ("targets.value", "a lot", "a lot"),
        ("targets.value", "--", None),
        ("targets.value", "9" * 13, "9" * 13),
        ("targets.value", f"{NUMBER_MARK}inf", "inf"),
        ("targets.value", f"{NUMBER_MARK}1e-07", Decimal(0)),
        ("partners.reach", f"{NUMBER_MARK}1e+16", "1e+16"),
        ("scorecards.weight", "40 %", Decimal(40)),
        ("budget_lines.amount", "12 000 €", Decimal(12000)),
        ("budget_lines.currency", "pln", "PLN"),
        ("budget_lines.month", "2026-03", date(2026, 3, 1)),
        ("budget_lines.month", "03.2026", date(2026, 3, 1)),
        ("budget_lines.month", "13.2026", "13.2026"),
        ("targets.valid_from", "01.02.2026", date(2026, 2, 1)),
        ("targets.valid_from", "2026-02-01", date(2026, 2, 1)),
        ("targets.valid_from", f"{NUMBER_MARK}46054", date(2026, 2, 1)),
        ("targets.valid_from", "31.02.2026", "31.02.2026"),
        ("targets.kpi", "roas — Return on ad spend", "roas"),
        ("targets.reason", "'=as agreed", "=as agreed"),
        ("targets.reason", f"{NUMBER_MARK}2026", "2026"),
        ("people.active", "tak", True),
        ("people.active", "Нет", False),
        ("people.active", "true", True),
        ("people.active", "maybe", "maybe"),
        ("people.role", "Process owner", "owner"),
        ("people.role", "właściciel procesu", "owner"),
        ("people.role", "boss", "boss"),
        ("onboarding.due_day", "3,5", "3,5"),
        ("onboarding.due_day", f"{NUMBER_MARK}3", 3),
        ("working_hours.starts", "9:00:00", "09:00"),
    ],
)
def test_a_cell_is_read_as_its_column_says(name: str, cell: str, value: object) -> None:
    table, _point, column = name.partition(".")
    found = value_of(table, TABLES[table].by_name[column], cell, Conventions(",", "%d.%m.%Y"))
    assert (found, type(found)) == (value, type(value))


def test_rows_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    cells = [["Targets of the department"], [], ["kpi", "valid_from"], ["roas", "2026-01-01"], ["", ""]]
    table, problems = table_of_cells("targets", "Cele", [*cells, ["# roas", "2026-02-01"], ["spend", "2026-03-01"]])
    assert problems == []
    assert table is not None
    assert table.lines == [4, 7]
    assert table.rows[1] == {"kpi": "spend", "valid_from": date(2026, 3, 1)}


def test_headers_that_are_missing_doubled_or_misspelt_are_told_together() -> None:
    _table, problems = table_of_cells(
        "targets", "Cele", [["KPI", "kpi", "Target valeu", "My remark"], ["roas", "", "", ""]]
    )
    told = {problem.column: (problem.warning, problem.fix) for problem in problems}
    assert told["kpi"] == (False, "Keep one of them.")
    assert told["Valid from"][0] is False
    assert (told["Target valeu"][0], "Target value" in told["Target valeu"][1]) == (False, True)
    assert told["My remark"] == (True, "")


def test_another_table_beside_is_told_and_not_read() -> None:
    cells = [["kpi", "valid_from", "value", "", "kpi", "Ile"], ["roas", "2026-02-01", "4", "", "cpl", "5"]]
    table, (told,) = table_of_cells("targets", "Cele", [*cells, ["", "", "", "", "ctr", "6"]])
    assert table
    assert table.lines == [2]
    assert told.warning
    assert str(told).startswith("Cele, row 1: From column E on there is another table, with kpi, Ile, ")


def test_numbers_in_two_ways_name_their_place_once() -> None:
    cells = [["kpi", "valid_from", "value"], ["roas", "2026-02-01", "4.5"], ["cpl", "2026-02-01", "4,5"]]
    _table, (problem,) = table_of_cells("targets", "plan.xlsx / Cele", cells)
    assert str(problem).startswith("plan.xlsx / Cele writes numbers in two ways: ")


def test_a_table_without_headers_is_told_which_it_needs() -> None:
    table, (problem,) = table_of_cells("holidays", "holidays.csv", [["2026-12-25", "Christmas"]])
    assert (table, problem.fix) == (None, "Give it a row of headers: Day, Name.")


@pytest.mark.parametrize(
    ("cell", "mark", "value"), [(".0121", ".", "0.0121"), ("-.5", ".", "-0.5"), (",5", ",", "0.5"), (".", ".", None)]
)
def test_a_number_may_leave_out_the_nought_before_its_mark(cell: str, mark: str, value: str | None) -> None:
    column = TABLES["targets"].by_name["value"]
    found = value_of("targets", column, cell, Conventions(mark, "%Y-%m-%d"))
    assert found == (cell if value is None else Decimal(value))


@pytest.mark.parametrize(("day", "value"), [("05/06/2026", "4"), ("2026-06-05", "1,250")])
def test_what_can_be_read_in_two_ways_is_a_mistake(day: str, value: str) -> None:
    cells = [["kpi", "valid_from", "value"], ["roas", day, value]]
    _table, problems = table_of_cells("targets", "targets.csv", cells)
    assert ["Write days like 2026-12-31" in problem.fix for problem in problems] == [True]


def test_what_kokpit_exported_itself_is_read_with_decimal_points(home: Home) -> None:
    put(home, targets="kpi,valid_from,value\nroas,2026-01-01,1.125\n")
    bring(home)
    assert rows_of(home, "targets", ["value"]) == [(Decimal("1.125"),)]
