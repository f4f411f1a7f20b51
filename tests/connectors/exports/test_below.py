"""What stands below a table: another table, its headings once more, its sum; and what only looks like one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import Options, load_files
from connectors.exports.mapping import Mapping
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

LEADS = "lead_id,created_at,source,value,currency\n1,2026-11-01 10:00:00,google,10,EUR\n2,2026-11-02,bing,20,EUR\n"
TASKS = "task_id,title,status,assignee\nA-1,Landing page,open,Ann\nA-2,Leaflet,done,Tom\n"
ADS = "Day,Campaign,Impr.,Clicks,Cost,Currency code\n2026-11-01,Brand,100,10,5.50,EUR\n"


def load(home: Home, folder: Path, text: str, *, options: Options | None = None) -> FileResult:
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    (result,) = load_files(home, [file], options or Options())
    return result


def rejects(home: Home) -> list[tuple[object, ...]]:
    return open_snapshot(home.warehouse).rows("SELECT line, reason FROM rejects ORDER BY line")


BELOW = "another table below the first one"


@pytest.mark.parametrize(
    ("text", "rows", "lines"),
    [
        (f"{LEADS}\ndeal_id,created_at,stage,amount,currency\n7,2026-11-02,won,20,EUR\n", 2, [5, 6]),
        (f"{LEADS}deal_id,created_at,stage,amount,currency\n7,2026-11-02,won,20,EUR\n", 2, [4, 5]),
        (f"{LEADS},,,,\nPerson,Phone,Role,Salary,Note\nJan,600,owner,5000,EUR\n8,2026-11-02,,1,EUR\n", 2, [5, 6, 7]),
        (f"{ADS}\nDay,Campaign,Conversions\n2026-11-01,Brand,3\n", 1, [4, 5]),
        (f"{ADS},,,,,\nКампания,Показы,Клики,,,\n2026-11-01,Brand,3,1,1,EUR\n", 1, [4, 5]),
        (f"{TASKS}\ndeal_id,stage,outcome,owner\nD-1,won,won,Ann\n", 2, [5, 6]),
        (f"{TASKS}deal_id,stage,outcome,owner\nD-1,won,won,Ann\n", 2, [4, 5]),
        (f"{TASKS}\nOsoba,Rola,Pokój,Piętro\nJan,szef,lewy,górne\n", 2, [5, 6]),
    ],
    ids=[
        *("own", "without a gap", "headings nobody knows", "narrower", "another language"),
        *("every row fits", "every row fits without a gap", "every row fits, headings nobody knows"),
    ],
)
def test_another_table_below_is_kept_out_and_named(
    home: Home, tmp_path: Path, text: str, rows: int, lines: list[int]
) -> None:
    result = load(home, tmp_path, text)
    assert (result.rows_loaded, result.rows_rejected) == (rows, len(lines))
    assert rejects(home) == [(line, BELOW) for line in lines]
    assert f"From line {lines[0]} on there is another one, with " in result.message


def test_headings_that_are_repeated_are_no_other_table(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path, f"{ADS}\n{ADS.replace('2026-11-01', '2026-11-02')}")
    assert (result.rows_loaded, result.rows_rejected) == (2, 0)


@pytest.mark.parametrize("title", ["Last 7 days", "Account: B"])
@pytest.mark.parametrize("total", ["", "Total: Account,,100,10,5.50,EUR\n"])
def test_the_same_headings_under_a_title_begin_another_table(
    home: Home, tmp_path: Path, title: str, total: str
) -> None:
    result = load(home, tmp_path, f"{ADS}{total}\n{title}\n{ADS}")
    assert (result.rows_loaded, result.rows_total) == (1, 1 if total else 0)
    assert [reason for _line, reason in rejects(home)][-2:] == [BELOW, BELOW]
    assert open_snapshot(home.warehouse).rows("SELECT sum(cost)::DOUBLE FROM ad_performance") == [(5.5,)]


def test_repeated_headings_that_fit_are_no_row(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path, f"{TASKS}{TASKS.replace('A-', 'B-')}")
    assert (result.rows_loaded, result.rows_rejected) == (4, 0)


def test_a_row_with_a_word_of_headings_is_a_row(home: Home, tmp_path: Path) -> None:
    rows = "Banner,Source,open,Ann\nSource,Status,open,Tom Brown\nA-3,Poster,open,Ann\n"
    result = load(home, tmp_path, f"{TASKS}\n{rows}")
    assert (result.rows_loaded, result.rows_rejected) == (5, 0)


def test_a_title_between_rows_of_texts_ends_nothing(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path, f"{TASKS}\nNovember,second half,,\nA-3,Banner,open,Ann\n")
    assert (result.rows_loaded, result.rows_rejected) == (4, 0)


def test_a_title_between_rows_is_no_other_table(home: Home, tmp_path: Path) -> None:
    text = f"{LEADS},,,,\nNovember,second half,,,\n3,2026-11-20,google,5,EUR\n4,2026-11-21,google,5,EUR\n"
    result = load(home, tmp_path, text)
    assert (result.rows_loaded, result.rows_rejected) == (4, 1)


def test_a_rejected_row_with_words_of_headings_is_no_other_table(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path, f"{LEADS}Acme,soon,Source,,Currency\n3,2026-11-20,google,5,EUR\n")
    assert (result.rows_loaded, result.rows_rejected) == (3, 1)


@pytest.mark.parametrize("row", ["Total,,,30,EUR", "Razem:,,,30,", "Итого 2,,,30,EUR", "Suma,,,30"])
def test_a_sum_below_is_a_total(home: Home, tmp_path: Path, row: str) -> None:
    result = load(home, tmp_path, f"{LEADS}{row}\n")
    assert (result.rows_loaded, result.rows_total, result.rows_rejected) == (2, 1, 0)


@pytest.mark.parametrize("row", ["Total,2026-11-01,,30,EUR", "Total,,google,30,EUR", "5,,Total,30,EUR"])
def test_what_says_more_than_a_sum_is_data(home: Home, tmp_path: Path, row: str) -> None:
    result = load(home, tmp_path, f"{LEADS}{row}\n")
    assert (result.rows_loaded, result.rows_total) == (3, 0)


def test_a_short_row_that_says_more_than_a_sum_stays_out(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path, f"{LEADS}Total,,google\n")
    assert (result.rows_loaded, result.rows_total, result.rows_rejected) == (2, 0, 1)


def test_the_sum_of_a_mapped_file_is_compared_with_its_rows(home: Home, tmp_path: Path) -> None:
    columns = {"day": "Data", "campaign": "Kampania", "clicks": "Kliknięcia"}
    own = Mapping("shop", "ad_performance", columns, {"platform": "shop"}, "pl").as_format()
    text = "Data;Kampania;Kliknięcia\n01.11.2026;A;10\n13.11.2026;A;11\nRazem;;22\n"
    result = load(home, tmp_path, text, options=Options(own=(own,)))
    assert (result.rows_loaded, result.rows_total, result.rows_rejected) == (2, 1, 0)
    assert [(control.declared, control.summed) for control in result.control] == [(22, 21)]
