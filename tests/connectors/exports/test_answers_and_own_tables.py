"""Answers that come after the first load, spreadsheets in between, and tables of people's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from connectors.exports.batch import Options
from connectors.exports.load import load_files
from core.errors import UsageError
from tests.connectors.exports.damaged import HEADER, ROW, changed, google, joined
from tests.connectors.exports.test_odd_input import TOLD, load, rejects
from tests.connectors.exports.writers import archive, rows_of, workbook
from warehouse.datasets import DATASETS
from warehouse.export import export as take_away
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home


def test_days_with_and_without_an_account_are_told_to_be_perhaps_the_same(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "unnamed.csv", google(ROW), Options())
    named = load(home, tmp_path / "named.csv", google(changed(cost="13.00")), TOLD)
    assert "there without an account too" in named.message
    unnamed = load(home, tmp_path / "more.csv", google(changed(campaign="B")), Options())
    assert "there with an account too" in unnamed.message
    other_day = load(home, tmp_path / "other.csv", google(changed(day="2026-05-05")), Options())
    assert "same days" not in other_day.message


def test_the_account_told_later_is_counted_as_replacing(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "report.csv", google(ROW), Options())
    told = load(home, tmp_path / "report.csv", google(ROW), TOLD)
    assert (told.rows_loaded, told.rows_replaced) == (0, 1)
    # What stood without an account is this very file, and no more there.
    assert told.message == "1 row is in."


def test_another_answer_takes_the_place_of_the_first(home: Home, tmp_path: Path) -> None:
    path, text = tmp_path / "days.csv", google(changed(day="5/9/2026"))
    for locale, day in (("en-GB", date(2026, 9, 5)), ("en-US", date(2026, 5, 9)), ("en-GB", date(2026, 9, 5))):
        load(home, path, text, Options(account="shop", locale=locale))
        assert rows_of(home, "ad_performance", ["day"]) == [(day,)]


@pytest.mark.parametrize("options", [Options(locale="en-UK"), Options(format="gogle_ads")])
def test_a_wrong_answer_is_told_before_any_file_is_opened(home: Home, tmp_path: Path, options: Options) -> None:
    with pytest.raises(UsageError):
        load_files(home, [tmp_path / "gone.csv"], options)


def test_a_table_of_ones_own_needs_only_its_key(home: Home, tmp_path: Path) -> None:
    text = "process_id,name,active\nads,Paid ads,yes\nseo,,no\nweb,Web,perhaps\n,Nobody,yes\n"
    result = load(home, tmp_path / "processes.csv", text)
    assert (result.format, result.dataset, result.rows_loaded) == ("kokpit", "processes", 2)
    found = rows_of(home, "processes", ["process_id", "name", "active"])
    assert found == [("ads", "Paid ads", True), ("seo", None, False)]
    assert rejects(home) == [(4, "active", "neither yes nor no"), (5, "process_id", "a required value is missing")]


def test_a_table_of_ones_own_may_come_from_a_polish_spreadsheet(home: Home, tmp_path: Path) -> None:
    text = "day;currency;rate\n02.03.2026;USD;0,92\n03.03.2026;USD;\n"
    assert load(home, tmp_path / "exchange_rates.csv", text).rows_loaded == 1
    assert rows_of(home, "exchange_rates", ["day", "rate"]) == [(date(2026, 3, 2), Decimal("0.92"))]
    assert rejects(home) == [(3, "rate", "a required value is missing")]
    book = workbook({"A": [["day", "currency", "rate"], [date(2026, 3, 4), "USD", 0.93]]})
    assert load(home, tmp_path / "exchange_rates.xlsx", book).rows_loaded == 1
    assert rows_of(home, "exchange_rates", ["day", "rate"]) == [(date(2026, 3, 4), Decimal("0.93"))]


def test_an_english_report_saved_again_by_a_polish_spreadsheet(home: Home, tmp_path: Path) -> None:
    first = changed(day="02.03.2026", cost="1234,50", impressions="12 345")
    second = changed(day="03.03.2026", campaign="Żółw", cost="2")
    title = ["Campaign report;;;;;;", "2 March 2026 - 4 March 2026;;;;;;"]
    lines = [*title, ";".join(HEADER), ";".join(first), ";".join(second), "Total: Campaigns;;;;;60;1236,5"]
    result = load(home, tmp_path / "report.csv", joined(lines, "\r\n").encode("cp1250"))
    assert (result.rows_loaded, result.rows_total, result.rows_rejected, result.control_differs) == (2, 1, 0, False)
    assert rows_of(home, "ad_performance", ["campaign", "impressions", "cost"]) == [
        ("Cars", 12345, Decimal("1234.5")),
        ("Żółw", 1200, Decimal(2)),
    ]


def test_the_search_type_comes_from_the_list_of_filters(home: Home, tmp_path: Path) -> None:
    chart = b"Date,Clicks,Impressions,CTR,Position\n2026-03-02,1,10,10%,1\n"
    filters = b"Filter,Value\nSearch type,Image\nQuery,video\nDate,Last 3 months\n"
    path = tmp_path / "shop.example-Performance-on-Search-2026-04-01.zip"
    path.write_bytes(archive({"Chart.csv": chart, "Filters.csv": filters}))
    load_files(home, [path])
    assert rows_of(home, "search_totals", ["search_type", "filters"]) == [("image", "Query: video")]


@pytest.mark.parametrize(
    ("cell", "rate"), [(".55", "0.55"), (".0121", "0.0121"), ('",5"', "0.5"), ("$.5", "0.5"), ("-.5", "-0.5")]
)
def test_a_number_may_leave_out_the_nought_before_its_mark(home: Home, tmp_path: Path, cell: str, rate: str) -> None:
    load(home, tmp_path / "kpi_values.csv", f"kpi,day,numerator\nctr,2026-03-02,{cell}\n")
    assert rows_of(home, "kpi_values", ["numerator"]) == [(Decimal(rate),)]


def test_what_is_no_currency_is_rejected_with_its_reason(home: Home, tmp_path: Path) -> None:
    codes = ["EUR", "EURO", "XYZ", "usd", "", "--", "XXX"]
    rows = "".join(f"2026-03-02,google_ads,{number},10,{code}\n" for number, code in enumerate(codes))
    load(home, tmp_path / "ads.csv", f"day,platform,campaign,cost,currency\n{rows}")
    reason = "no code of a currency, like EUR"
    assert rejects(home) == [(line, "currency", reason) for line in (3, 4, 7, 8)]
    assert rows_of(home, "ad_performance", ["campaign", "currency"]) == [("0", "EUR"), ("3", "USD"), ("4", None)]


def test_a_platforms_currency_is_looked_at_too(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "report.csv", google(ROW, changed(campaign="B", currency="XYZ")))
    assert rejects(home) == [(3, "Currency code", "no code of a currency, like EUR")]


def test_moments_of_ones_own_table_are_told_in_utc_and_come_back_as_they_were(home: Home, tmp_path: Path) -> None:
    """New York, the zone of this home, is four hours behind UTC in summer."""
    home.configuration.write_text('[reporting]\ntime_zone = "America/New_York"\n', encoding="utf-8")
    moments = {
        "A": "2026-07-10T12:00:00+02:00",
        "B": "2026-07-10 12:00:00.25",
        "C": "2026-07-10",
        "D": "2026-07-10T12:00:00 CET",
        "E": "2026-07-10 00:00:00",
    }
    rows = "".join(f"{lead},crm,{moment}\n" for lead, moment in moments.items())
    load(home, tmp_path / "leads.csv", f"lead_id,system,created_at\n{rows}")
    assert rejects(home) == [(5, "created_at", "not a date with a time")]
    assert {lead: str(moment) for lead, moment in rows_of(home, "leads", ["lead_id", "created_at"])} == {
        "A": "2026-07-10 10:00:00",
        "B": "2026-07-10 12:00:00.250000",
        "C": "2026-07-10 04:00:00",
        "E": "2026-07-10 00:00:00",
    }
    for kind in ("csv", "xlsx"):
        first, again = tmp_path / f"first.{kind}", tmp_path / "again.csv"
        take_away(open_snapshot(home.warehouse), DATASETS["leads"], (None, None), kind, first)
        load(home, tmp_path / f"back.{kind}", first.read_bytes())
        take_away(open_snapshot(home.warehouse), DATASETS["leads"], (None, None), "csv", again)
        assert again.read_bytes() == (tmp_path / "first.csv").read_bytes()


def test_moments_that_a_spreadsheet_program_wrote_in_its_own_way_are_read(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("lead_id;created_at\nL1;21.11.2026 10:05\nL2;22.11.2026\n", encoding="utf-8")
    (result,) = load_files(home, [file], Options())
    assert (result.rows_loaded, result.rows_rejected) == (2, 0)
    found = rows_of(home, "leads", ["created_at"])
    assert min(found)[0].isoformat() == "2026-11-21T10:05:00"
