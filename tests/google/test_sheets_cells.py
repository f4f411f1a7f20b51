"""What stands in a tab, and what arrives: typed cells, headers found, rows kept out with their place."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from connectors.base import LOADED, REFUSED
from connectors.google_sheets import api
from core.errors import TemporaryError
from tests.google.sheets import CELLS, Cell, day

if TYPE_CHECKING:
    from tests.google.team import Team

HEADER = ["kpi", "valid_from", "value"]
EXPENSES = ["expense_id", "spent_on", "amount"]


def test_days_are_numbers_that_are_shown_as_days(team: Team) -> None:
    shown = ["%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%d", "%d %b %Y", "%B %-d, %Y", "%d-%m-%y"]
    team.tab("targets", HEADER, *([f"k{n}", day("2026-02-03", form), n] for n, form in enumerate(shown)))
    team.refresh()
    assert team.rows("SELECT DISTINCT valid_from FROM targets") == [(date(2026, 2, 3),)]
    assert team.rows("SELECT count(*) FROM targets") == [(6,)]


@pytest.mark.parametrize("cell", [45678, 2026, Cell(45678, "45,678.00"), "soon"])
def test_a_number_shown_as_a_number_is_no_day(team: Team, cell: object) -> None:
    team.tab("expenses", EXPENSES, ["E1", cell, 1], ["E2", day("2026-01-01"), 2])
    assert team.refresh()["expenses"].rows_rejected == 1
    assert team.rejects() == [(2, "spent_on", "not a day")]


def test_moments_are_of_the_sheets_time_zone_and_kept_in_utc(team: Team) -> None:
    team.sheets.zone = "America/New_York"
    form = "%d.%m.%Y %H:%M:%S"
    team.tab(
        "leads",
        ["lead_id", "created_at"],
        ["number", day("2026-01-15T10:30:15", form)],
        ["summer", day("2026-07-15T10:30:15", form)],
        ["text", "2026-01-15 10:30:15"],
        ["zoned", "2026-01-15T10:30:15+01:00"],
        ["midnight", day("2026-01-15", form)],
        ["day", day("2026-01-15")],
        ["plain", "2026-01-15"],
        ["time", Cell(0.4375, "10:30:00")],
    )
    team.refresh()
    assert team.rejects() == [(9, "created_at", "not a date with a time")]
    assert dict(team.rows("SELECT lead_id, created_at FROM leads")) == {
        "number": datetime(2026, 1, 15, 15, 30, 15),  # noqa: DTZ001 - the warehouse keeps UTC without a zone
        "summer": datetime(2026, 7, 15, 14, 30, 15),  # noqa: DTZ001 - kept without a zone
        "text": datetime(2026, 1, 15, 15, 30, 15),  # noqa: DTZ001 - kept without a zone
        "zoned": datetime(2026, 1, 15, 9, 30, 15),  # noqa: DTZ001 - kept without a zone
        "midnight": datetime(2026, 1, 15, 5),  # noqa: DTZ001 - kept without a zone
        "day": datetime(2026, 1, 14, 23),  # noqa: DTZ001 - a day without a time begins where the team works
        "plain": datetime(2026, 1, 14, 23),  # noqa: DTZ001 - kept without a zone
    }


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell(0.155, "15.5%"), "0.155"),
        (Cell(1234.5, "1 234,50 zł"), "1234.5"),
        (Cell(1234.5, "€1,234.50"), "1234.5"),
        (Cell(1234, "1.2K"), "1234"),
        (Cell(-1234.5, "(1,234.50)"), "-1234.5"),
        (Cell(5000, "PLN 5,000"), "5000"),
        (1e-05, "0.00001"),
        (Cell(0.1 + 0.2, "0.30"), "0.3"),
    ],
)
def test_numbers_are_what_cells_hold_not_what_they_show(team: Team, cell: object, value: str) -> None:
    team.tab("targets", HEADER, ["cpl", day("2026-01-01"), cell])
    team.refresh()
    assert team.rows("SELECT value FROM targets") == [(Decimal(value),)]


def test_percentages_count_in_percent_where_the_column_does(team: Team) -> None:
    row = ["ewa", "cpl", day("2026-01-01"), Cell(0.4, "40%"), 80]
    team.tab("scorecards", ["person", "kpi", "valid_from", "weight", "floor"], row)
    team.refresh()
    assert team.rows("SELECT weight, floor FROM scorecards") == [(Decimal(40), Decimal(80))]


@pytest.mark.parametrize("cell", [day("2026-10-05"), day("2026-10-05", "%d %b %Y"), Cell(0.4375, "10:30")])
def test_a_number_that_became_a_day_or_a_time_is_kept_out(team: Team, cell: object) -> None:
    team.tab("expenses", EXPENSES, ["E1", day("2026-01-01"), cell])
    team.refresh()
    assert team.rejects() == [(2, "amount", "not a number")]


def test_durations_count_as_hours_in_columns_of_hours(team: Team) -> None:
    team.tab(
        "tasks", ["task_id", "spent_hours"], ["T1", Cell(0.3125, "7:30")], ["T2", Cell(1.25, "30:00:00")], ["T3", 2]
    )
    team.refresh()
    found = team.rows("SELECT task_id, spent_hours FROM tasks ORDER BY 1")
    assert found == [("T1", Decimal("7.5")), ("T2", Decimal(30)), ("T3", Decimal(2))]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("007", "007"),
        (Cell(7, "007"), "007"),
        (7, "7"),
        (Cell(1234567, "1,234,567"), "1234567"),
        (Cell(123456789012, "1.23E+11"), "1.23E+11"),
        (Cell(0.5, "50%"), "50%"),
        (day("2026-03-01"), "01.03.2026"),
        (True, "true"),
        ("5.10", "5.10"),
        ("1.234,56", "1.234,56"),
        ("two\nlines", "two\nlines"),
        ('"quoted", and more', '"quoted", and more'),
    ],
)
def test_texts_stay_as_they_are_seen(team: Team, cell: object, text: str) -> None:
    team.tab("leads", ["lead_id", "company"], ["L1", cell])
    team.refresh()
    assert team.rows("SELECT company FROM leads") == [(text,)]


@pytest.mark.parametrize(
    ("locale", "cell", "value"),
    [
        ("pl_PL", "1 234,56", "1234.56"),
        ("pl_PL", "1,234", "1.234"),
        ("ru_RU", "12,5", "12.5"),
        ("de_DE", "1.234,56", "1234.56"),
        ("fr_FR", "1,5", "1.5"),
        ("en_US", "1,234", "1234"),
        ("en_GB", "1,234.5", "1234.5"),
        ("", "1.5", "1.5"),
    ],
)
def test_numbers_written_as_texts_follow_the_sheets_locale(team: Team, locale: str, cell: str, value: str) -> None:
    team.sheets.locale = locale
    team.tab("targets", HEADER, ["cpl", day("2026-01-01"), cell])
    team.refresh()
    assert team.rows("SELECT value FROM targets") == [(Decimal(value),)]


def test_a_decimal_point_in_a_sheet_of_commas_is_kept_out(team: Team) -> None:
    team.sheets.locale = "pl_PL"
    team.tab("expenses", EXPENSES, ["E1", day("2026-01-01"), "5.10"])
    team.refresh()
    assert team.rejects() == [(2, "amount", "not a number")]


@pytest.mark.parametrize("fault", ["#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#ERROR!", "Loading..."])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_faults_are_kept_out_with_row_column_and_reason(team: Team, fault: str, column: int) -> None:
    bad: list[Any] = ["E2", day("2026-01-01"), 2]
    bad[column] = fault
    team.tab("expenses", ["Our expenses"], [], EXPENSES, ["E1", day("2026-01-01"), 1], [], bad)
    result = team.refresh()["expenses"]
    assert (result.status, result.rows_loaded, result.rows_rejected) == (LOADED, 1, 1)
    assert team.rejects() == [(6, EXPENSES[column], "the sheet shows an error instead of a value")]


def test_notes_above_the_header_blank_and_unknown_columns(team: Team) -> None:
    team.tab(
        "targets",
        ["Targets of the department, value by value"],
        ["kept by Ewa", None, None, "line one\nline two"],
        [],
        [None, "KPI", "", "Comment", "Valid from", "VALUE"],
        [None, "cpl", "x", "as agreed", day("2026-01-01"), 12],
    )
    team.refresh()
    assert team.rows("SELECT kpi, valid_from, value FROM targets") == [("cpl", date(2026, 1, 1), Decimal(12))]


def test_a_header_too_far_down_is_not_looked_for(team: Team) -> None:
    team.tab("targets", *([["note"]] * 20), HEADER, ["cpl", day("2026-01-01"), 12])
    result = team.refresh()["targets"]
    assert result.status == REFUSED
    assert "none of its first 20 rows names the columns of targets" in result.message


def test_a_header_that_lacks_columns_says_which_and_where(team: Team) -> None:
    team.tab("targets", ["Plan"], ["kpi", "wert", "value"], ["cpl", day("2026-01-01"), 12])
    result = team.refresh()["targets"]
    assert result.status == REFUSED
    assert result.message == "The tab “targets”: its header in row 2 lacks valid_from; it has kpi, wert, value."


def test_merged_headers_name_every_row_and_column_they_cover(team: Team) -> None:
    team.tab(
        "targets",
        ["kpi", "When", None, "value"],
        [None, "valid_from", "valid_to", None],
        ["cpl", day("2026-01-01"), day("2026-06-30"), 12],
        merges=[(0, 2, 0, 1), (0, 1, 1, 3), (0, 2, 3, 4)],
    )
    team.refresh()
    found = team.rows("SELECT kpi, valid_from, valid_to, value FROM targets")
    assert found == [("cpl", date(2026, 1, 1), date(2026, 6, 30), Decimal(12))]


def test_a_name_merged_over_rows_belongs_to_each_and_a_number_to_one(team: Team) -> None:
    team.tab(
        "budget_lines",
        ["month", "process", "amount"],
        [day("2026-01-01"), "ads", 100],
        [day("2026-02-01"), None, None],
        merges=[(1, 3, 1, 2), (1, 3, 2, 3)],
    )
    team.refresh()
    assert team.rows("SELECT process, amount FROM budget_lines ORDER BY month") == [
        ("ads", Decimal(100)),
        ("ads", None),
    ]


def test_one_header_over_two_filled_columns_is_refused(team: Team) -> None:
    team.tab("expenses", [*EXPENSES, "Amount"], ["E1", day("2026-01-01"), 12, 13])
    result = team.refresh()["expenses"]
    assert result.status == REFUSED
    assert "the column “amount” appears 2 times with different values" in result.message


def test_a_second_header_over_an_empty_column_says_nothing(team: Team) -> None:
    team.tab("targets", ["value", *HEADER], [None, "cpl", day("2026-01-01"), 12])
    team.refresh()
    assert team.rows("SELECT value FROM targets") == [(Decimal(12),)]


def test_rows_that_share_a_key_count_once_and_the_second_is_named(team: Team) -> None:
    row = ["E1", day("2026-01-01"), 12]
    team.tab("expenses", EXPENSES, row, row)
    team.refresh()
    assert team.rejects() == [(3, None, "appears twice in the file")]


def test_yes_and_no_are_ticks(team: Team) -> None:
    team.tab("people", ["person_id", "active"], ["ewa", True], ["jan", False], ["ola"])
    team.refresh()
    assert team.rows("SELECT person_id, active FROM people ORDER BY 1") == [
        ("ewa", True),
        ("jan", False),
        ("ola", None),
    ]


def test_large_tabs_are_read_page_by_page(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 300)
    rows: list[list[Any]] = [[f"L{n}", f"owner {n}"] for n in range(2, 1001)]
    rows[150:450] = [[]] * 300
    team.tab("leads", ["lead_id", "owner"], *rows, grid=(1200, 3))
    team.tab("people", ["person_id"], ["ewa"], grid=(10, 3))
    results = team.refresh()
    assert results["leads"].rows_loaded == 699
    assert team.rows("SELECT count(*), min(lead_id) FROM leads WHERE lead_id LIKE 'L45_'") == [(8, "L452")]
    asked = [asked.query for asked in team.google.asked if asked.method == CELLS]
    pages = [query["ranges"] for query in asked if query["valueRenderOption"] == ["UNFORMATTED_VALUE"]]
    assert pages[:2] == [["'leads'!A1:C100"], ["'leads'!A101:C200"]]
    assert pages[-1] == ["'people'"]
    # Pages without a cell are not asked for again.
    assert len(asked) == 13 + 9
    assert team.told[0] == ("leads", 0.0)
    assert [share for _name, share in team.told] == sorted(share for _name, share in team.told)


def test_a_sheet_that_is_edited_while_it_is_read_is_read_anew(team: Team) -> None:
    tab = team.tab("leads", ["lead_id", "owner"], ["L1", "Ewa"], ["L2", "Jan"])

    def edit(question: int) -> None:
        if question == 2:
            tab.rows.insert(1, ["L0", "Ola"])

    team.sheets.writing = edit
    team.refresh()
    assert team.sheets.questions == 4
    found = team.rows("SELECT lead_id, owner FROM leads ORDER BY 1")
    assert found == [("L0", "Ola"), ("L1", "Ewa"), ("L2", "Jan")]


def test_a_sheet_that_never_rests_is_left_for_later(team: Team) -> None:
    tab = team.tab("leads", ["lead_id", "owner"])
    team.sheets.writing = lambda question: tab.rows.insert(1, [f"L{question}", "Ewa"])
    with pytest.raises(TemporaryError, match="changes faster than it can be read"):
        team.refresh()


def test_a_format_of_texts_is_no_edit(team: Team) -> None:
    team.tab("leads", ["lead_id", "company"], ["L1", Cell("Acme", "Acme Ltd.")])
    assert team.refresh()["leads"].rows_loaded == 1
    assert team.rows("SELECT company FROM leads") == [("Acme",)]


def test_an_amount_shown_with_the_sign_of_another_currency_is_rejected(team: Team) -> None:
    header = ["expense_id", "spent_on", "amount", "currency"]
    shown = [Cell(5.5, "€5.50"), Cell(1234.5, "€1,234.50"), Cell(7, "$7.00"), Cell(8, "8.00")]
    codes = ["USD", "EUR", "USD", "PLN"]
    rows = [[f"E{place}", day("2026-01-01"), *pair] for place, pair in enumerate(zip(shown, codes, strict=True))]
    team.tab("expenses", header, *rows)
    assert team.refresh()["expenses"].rows_rejected == 1
    assert team.rejects() == [(2, "amount", "has the sign of another currency")]
    found = team.rows("SELECT amount::DOUBLE FROM expenses ORDER BY expense_id")
    assert found == [(1234.5,), (7,), (8,)]
