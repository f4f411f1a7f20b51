"""What people stumbled over: small files written by hand, each with the answer worked out beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from connectors.exports.load import Options, load_files
from connectors.exports.results import REFUSED
from tests.connectors.exports.test_odd_input import load
from tests.connectors.exports.writers import archive, rows_of, workbook
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

TITLE = "Campaign report\n2 November 2026 - 2 November 2026\n"


def test_totals_of_segments_that_fill_further_columns_are_totals(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "segments.csv"
    lines = (
        "Campaign,Day,Currency code,Cost,Clicks,Impr.,Campaign type",
        "S,2026-11-02,EUR,10,2,30,Search",
        "D,2026-11-02,EUR,5,1,10,Display",
        "Total: Campaigns, --,EUR,15,3,40, --",
        "Total: Search, --,EUR,10,2,30,Search",
        "Razem: Wyszukiwarka, --,EUR,10,2,30,Search",
    )
    file.write_text(TITLE + "\n".join(lines), encoding="utf-8")
    (result,) = load_files(home, [file])
    assert (result.rows_loaded, result.rows_total, result.rows_rejected) == (2, 3, 0)
    assert {control.column: control.declared for control in result.control}["cost"] == 15


def test_a_campaign_called_total_is_data_unless_the_sums_say_otherwise(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "total.csv"
    header = "Campaign,Day,Currency code,Cost,Clicks,Impr.\n"
    file.write_text(f"{header}A,2026-11-02,EUR,10,2,30\nTotal,2026-11-02,EUR,7,1,10\n", encoding="utf-8")
    (result,) = load_files(home, [file])
    assert (result.rows_loaded, result.rows_total) == (2, 0)
    file.write_text(f"{header}A,2026-11-03,EUR,10,2,30\nTotal,2026-11-03,EUR,10,2,30\n", encoding="utf-8")
    (result,) = load_files(home, [file])
    assert (result.rows_loaded, result.rows_total) == (1, 1)


def test_utf8_after_a_code_page_is_refused_like_the_other_way_round(home: Home, tmp_path: Path) -> None:
    header = b"Campaign,Day,Currency code,Cost,Clicks,Impr.\n"
    old = "Łódź,2026-11-02,EUR,1,1,1\n".encode("cp1250")
    new = "Żółw,2026-11-02,EUR,1,1,1\n".encode()
    for name, body in (("old first.csv", old + new), ("new first.csv", new + old)):
        (tmp_path / name).write_bytes(header + body)
        (result,) = load_files(home, [tmp_path / name])
        assert result.status == REFUSED
        assert "mixes encodings" in result.message


def test_another_currency_tells_another_account_where_none_is_named(home: Home, tmp_path: Path) -> None:
    for currency, cost in (("EUR", 10), ("USD", 20)):
        file = tmp_path / f"{currency}.csv"
        row = f"Brand,2026-11-02,{currency},{cost},1,1"
        file.write_text(f"Campaign,Day,Currency code,Cost,Clicks,Impr.\n{row}\n", encoding="utf-8")
        load_files(home, [file])
    rows = open_snapshot(home.warehouse).rows("SELECT currency, cost FROM ad_performance ORDER BY currency")
    assert rows == [("EUR", 10), ("USD", 20)]


def test_what_an_account_cost_by_day_is_no_chart_of_searches(home: Home, tmp_path: Path) -> None:
    text = "Отчет\n2 мар. 2026 - 3 мар. 2026\nДень,Код валюты,Показы,Kлики,CTR,Расходы\n2026-03-02,EUR,10,1,10%,5\n"
    result = load(home, tmp_path / "account.csv", text)
    assert (result.status, "Google Ads" in result.message) == ("refused", True), result.message


def test_search_terms_without_their_column_are_no_cost_of_the_account(home: Home, tmp_path: Path) -> None:
    text = (
        "Search terms report\n2 March 2026 - 3 March 2026\nMatch type,Added/Excluded,Campaign,Day,Impr.,Clicks,Cost\n"
    )
    result = load(home, tmp_path / "terms.csv", f"{text}Exact,None,Brand,2026-03-02,10,1,5\n")
    assert result.status == "refused"


def test_totals_are_told_where_the_column_of_search_terms_was_moved(home: Home, tmp_path: Path) -> None:
    head = "Clicks,Impr.,Cost,Campaign,Ad group,Keyword,Match type,Search term"
    rows = "2,20,3.00,Brand,A,shoes,Exact,red shoes\n1,10,2.00,Brand,A,shoes,Exact,blue shoes\n"
    text = f"Search terms report\n1 March 2026 - 31 March 2026\n{head}\n{rows}3,30,5.00,,,,,Total: Search terms\n"
    result = load(home, tmp_path / "terms.csv", text)
    assert (result.rows_loaded, result.rows_total) == (2, 1), result.message


def test_a_year_in_russian_ends_a_sentence_with_one_stop(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "Фильтры.csv"
    file.write_text("Фильтр,Значение\nДата,1 июн. 2026 г.-7 июн. 2026 г.", encoding="utf-8")
    (result,) = load_files(home, [file])
    assert result.message.endswith("Дата: 1 июн. 2026 г.-7 июн. 2026 г.")


def test_a_workbook_in_an_archive_tells_whose_it_is(home: Home, tmp_path: Path) -> None:
    """Its sheets are those of one report, and the same as outside the archive; each workbook has its own filters."""
    days = {"example.com": 10, "example.org": 20}
    books = {
        f"https___www.{site}_-Performance-on-Search-2026-06-05.xlsx": workbook(
            {
                "Chart": [("Date", "Clicks", "Impressions", "CTR", "Position"), ("2026-06-01", clicks, 100, 0.1, 5.5)],
                "Filters": [("Filter", "Value"), ("Search type", "Web"), ("Query", f"+{site}")],
            }
        )
        for site, clicks in days.items()
    }
    path = tmp_path / "all.zip"
    path.write_bytes(archive({f"seo/{name}": content for name, content in books.items()}))
    load_files(home, [path])
    once = rows_of(home, "search_totals", ["site", "filters", "clicks"])
    assert once == [(f"https://www.{site}/", f"Query: +{site}", clicks) for site, clicks in days.items()]
    for name, content in books.items():
        (tmp_path / name).write_bytes(content)
    load_files(home, [tmp_path / name for name in books])
    assert rows_of(home, "search_totals", ["site", "filters", "clicks"]) == once


def test_of_two_periods_compared_it_is_told_which_one_is_left_out(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "Queries.csv"
    periods = ("1 Sep 2026 - 28 Sep 2026", "4 Aug 2026 - 31 Aug 2026")
    measures = [f"{period} {name}" for name in ("Clicks", "Impressions", "CTR", "Position") for period in periods]
    file.write_text(f"Top queries,{','.join(measures)}\nshoes,3,9,30,90,10%,10%,2,8\n", encoding="utf-8")
    (result,) = load_files(home, [file], Options(account="sc-domain:shop.example"))
    (note,) = result.notes
    assert "only “1 Sep 2026 - 28 Sep 2026” is loaded. The columns of “4 Aug 2026 - 31 Aug 2026” are left out." in note
    assert open_snapshot(home.warehouse).rows("SELECT day, day_end, clicks FROM search_performance") == [
        (date(2026, 9, 1), date(2026, 9, 28), 3)
    ]
