"""Mappings: kept as formats of the home, found again by themselves, and refused where they are wrong."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from connectors.exports.guess import guess
from connectors.exports.home_formats import home_formats, keep
from connectors.exports.load import Options, load_files
from connectors.exports.mapping import Mapping, check, default_title
from connectors.exports.preview import preview
from connectors.exports.unknown import samples_of
from core.config import Configuration
from core.errors import ConfigurationError, FileError, UsageError
from tests.connectors.exports.unknown_tables import TABLES, Known
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

INVOICES = TABLES[0]
GOOD = INVOICES.text.strip() + "\n"
BROKEN = GOOD + "F/3;07.10.2026;Studio Malwa;brak;\n"


@pytest.fixture
def invoices(tmp_path: Path) -> Path:
    file = tmp_path / "faktury_2026-10.csv"
    file.write_text(BROKEN, encoding="utf-8")
    return file


def mapped(file: Path, title: str = "Faktury biura") -> Mapping:
    (sample,) = samples_of(file)
    mapping = Mapping.of(guess(sample)[0], title)
    check(mapping, sample.headers)
    return mapping


@pytest.mark.parametrize("known", TABLES, ids=str)
def test_a_kept_mapping_loads_next_months_file_by_itself(known: Known, home: Home, tmp_path: Path) -> None:
    first, second = tmp_path / f"{known.name}-10.csv", tmp_path / "another name.csv"
    first.write_text(known.text.strip(), encoding="utf-8")
    assert load_files(home, [first])[0].status == "refused"
    keep(home, mapped(first, known.name))
    second.write_text(known.text.strip().replace("-10-", "-11-").replace(".10.", ".11."), encoding="utf-8")
    (result,) = load_files(home, [second])
    assert (result.status, result.dataset, result.rows_loaded, result.rows_rejected) == ("loaded", known.dataset, 2, 0)


def test_the_preview_shows_typed_rows_and_rejects_with_reasons(invoices: Path, home: Home) -> None:
    seen = preview(invoices, mapped(invoices).as_format())
    assert seen.columns == ("expense_id", "spent_on", "supplier", "amount", "currency")
    assert seen.rows == (
        ("F/1", date(2026, 10, 2), "Studio Malwa", Decimal("1200.5"), "PLN"),
        ("F/2", date(2026, 10, 6), "Drukarnia Sowa", Decimal(300), "PLN"),
    )
    (reject,) = seen.rejected
    assert (reject.line, reject.column, reject.reason) == (4, "Kwota netto (PLN)", "not a number")
    assert (seen.result.rows_loaded, seen.result.rows_rejected) == (2, 1)
    assert not home.warehouse.exists()


def test_a_mapping_comes_back_from_its_file_as_it_was(invoices: Path, home: Home) -> None:
    mapping = Mapping('"Odd" \\ title\x7f', "expenses", {"expense_id": 'Nr "faktury"'}, {"currency": "PLN"}, "pl")
    keep(home, mapping)
    (found,) = home_formats(home)
    assert found == mapping.as_format()
    assert invoices.exists()


def test_a_file_that_lost_a_mapped_column_is_refused(invoices: Path, home: Home) -> None:
    keep(home, mapped(invoices))
    invoices.write_text(GOOD.replace("Kontrahent", "Firma X"), encoding="utf-8")
    (result,) = load_files(home, [invoices])
    assert result.status == "refused"
    assert "Faktury biura (Kontrahent)" in result.message
    assert "cli.py map" in result.next_step


def test_an_existing_mapping_is_never_overwritten_silently(invoices: Path, home: Home) -> None:
    mapping = mapped(invoices)
    keep(home, mapping)
    keep(home, mapping)
    other = Mapping(mapping.title, "orders", {"order_id": "Nr faktury"})
    with pytest.raises(UsageError, match="already"):
        keep(home, other)
    keep(home, other, replace=True)
    assert home_formats(home)[0].dataset == "orders"


def test_the_names_of_shipped_formats_are_taken(home: Home) -> None:
    with pytest.raises(UsageError, match="google_ads"):
        keep(home, Mapping("Google Ads", "orders", {"order_id": "Nr"}))


def test_a_shipped_format_counts_before_the_homes_own_and_says_so(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text(
        "Campaign,Day,Customer ID,Currency code,Impr.,Clicks,Cost\nBrand,2026-11-01,1-1,EUR,100,5,5.50\n", "utf-8"
    )
    columns = {"day": "Day", "campaign": "Campaign", "clicks": "Clicks"}
    keep(home, Mapping("Mine", "ad_performance", columns, {"platform": "x"}))
    (result,) = load_files(home, [file], Options(dry_run=True))
    assert result.format == "google_ads"
    assert "mine" in result.message
    assert "--format mine" in result.message
    (named,) = load_files(home, [file], Options(format="mine"))
    assert (named.status, named.format) == ("loaded", "mine")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "cannot be read"),
        ('title = "x"', "'name' is missing"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = "lead"', "'lead'"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = ["leads"]', "['leads']"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = "loads"', "loads"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = "leads"\n[columns]\nlead_id = "ID"', "columns.lead_id"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = "leads"\n[columns]\nnr.en = ["ID"]', "columns.nr"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = "leads"\n[columns]\nlead_id.en = "ID"', "'ID'"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = "leads"\n[constants]\ncurrency = "Euro"', "'Euro'"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = "leads"\n[constants]\nmood = "good"', "constants.mood"),
        ('name = "x"\ntitle = "x"\nsource = "x"\ndataset = "leads"\n[constants]\nvalue = 5', "constants.value"),
        ('name = "meta_ads"\ntitle = "x"\nsource = "x"\ndataset = "leads"', "'meta_ads'"),
    ],
)
def test_a_broken_file_is_named_with_the_key_and_the_value(text: str, said: str, home: Home, invoices: Path) -> None:
    home.formats.mkdir()
    (home.formats / "odd.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_files(home, [invoices])
    assert "odd.toml" in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("columns", "constants", "said"),
    [
        ({"expense_id": "Nr"}, {}, "no column “Nr”"),
        ({"expense_id": "Nr faktury", "supplier": "Nr faktury"}, {}, "two things"),
        ({"expense": "Nr faktury"}, {}, "no column expense"),
        ({"supplier": "Kontrahent"}, {}, "expense_id"),
        ({"expense_id": "Nr faktury"}, {"spent_on": "2026-10-01"}, "next month's file"),
        ({"expense_id": "Nr faktury"}, {"hours": "many"}, "'many'"),
    ],
)
def test_what_cannot_be_is_told(columns: dict[str, str], constants: dict[str, str], said: str, invoices: Path) -> None:
    (sample,) = samples_of(invoices)
    with pytest.raises(UsageError) as caught:
        check(Mapping("x", "expenses", columns, constants), sample.headers)
    assert said in str(caught.value)


def test_search_rows_say_what_they_are_by(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "pozycje.csv"
    file.write_text("Kiedy;Czego szukano;Wejścia;Odsłony;Miejsce\n2026-10-01;erp;2;10;3,5\n", "utf-8")
    columns = {
        "day": "Kiedy",
        "query": "Czego szukano",
        "clicks": "Wejścia",
        "impressions": "Odsłony",
        "position": "Miejsce",
    }
    keep(home, Mapping("Moje zapytania", "search_performance", columns, language="pl"))
    assert load_files(home, [file])[0].status == "loaded"
    assert open_snapshot(home.warehouse).rows(
        "SELECT slice, query, clicks, impressions, position_sum FROM search_performance"
    ) == [("query", "erp", 2, 10, Decimal(35))]


def test_a_table_by_query_and_day_never_feeds_a_sites_totals(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "pozycje.csv"
    file.write_text("Data;Zapytanie;Kliknięcia;Wyświetlenia;Pozycja\n2026-10-01;erp;2;10;3,5\n", "utf-8")
    (result,) = load_files(home, [file])
    assert (result.status, result.dataset, result.rows_loaded) == ("loaded", "search_performance", 1)
    assert open_snapshot(home.warehouse).rows("SELECT slice, query, day, day_end FROM search_performance") == [
        ("query", "erp", date(2026, 10, 1), date(2026, 10, 1))
    ]


def test_a_workbook_is_read_where_its_table_is(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "faktury.xlsx"
    with xlsxwriter.Workbook(file) as book:
        notes, sheet = book.add_worksheet("Notes"), book.add_worksheet("Data")
        notes.write_row(0, 0, ["Sent by", "the office"])
        sheet.write_row(0, 0, ["Invoices of October"])
        sheet.write_row(2, 0, ["Invoice number", "Vendor", "Amount", "Currency"])
        sheet.write_row(3, 0, ["F/1", "Maple Studio", 1200.5, "EUR"])
        sheet.write_row(4, 0, ["F/2", "Owl Print", 300, "EUR"])
    sample = max(samples_of(file), key=lambda each: guess(each)[0].confidence if guess(each) else 0)
    keep(home, Mapping.of(guess(sample)[0], "Office"))
    loaded = [result for result in load_files(home, [file]) if result.status == "loaded"]
    assert [(result.dataset, result.rows_loaded) for result in loaded] == [("expenses", 2)]
    rows = open_snapshot(home.warehouse).rows("SELECT expense_id, supplier, amount FROM expenses ORDER BY 1")
    assert rows == [("F/1", "Maple Studio", Decimal("1200.5")), ("F/2", "Owl Print", Decimal(300))]


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"meta": {"page": 1}, "data": rows}])
def test_json_records_are_a_table(wrap: object, home: Home, tmp_path: Path) -> None:
    records = [
        {"deal": {"id": 7}, "Created": "2026-10-01T10:00:00", "Amount": 12.5, "Tender": True, "Stage": "New"},
        {"deal": {"id": 8}, "Created": "2026-10-03", "Amount": 1000, "Tender": False, "tags": ["a", "b"]},
    ]
    file = tmp_path / "deals.json"
    file.write_text(json.dumps(wrap(records)), encoding="utf-8")  # type: ignore[operator]
    keep(home, mapped(file, "CRM"))
    (result,) = load_files(home, [file])
    assert (result.status, result.rows_loaded) == ("loaded", 2)
    rows = open_snapshot(home.warehouse).rows("SELECT deal_id, amount, is_tender, stage FROM deals ORDER BY 1")
    assert rows == [("7", Decimal("12.5"), True, "New"), ("8", Decimal(1000), False, None)]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"a": [{"x": 1}], "b": {"c": [{"y": 1}]}}, "a, b.c"),
        ({"a": 1}, "no list of records"),
        ([1, 2], "no list"),
        ([], "has a list, but no record in it"),
        ({"data": {"leads": []}}, "has a list, but no record in it"),
    ],
)
def test_json_that_is_no_single_table_says_so(document: object, said: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(FileError) as caught:
        samples_of(file)
    assert said in str(caught.value)


@pytest.mark.parametrize("end", ["\n", "\r\n\r\n"])
def test_json_with_a_record_to_a_line_is_a_table(end: str, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "deals.json"
    file.write_bytes(end.join(['{"ID": 7, "Amount": 12.5}', '{"ID": 8, "Stage": "New\u2028er"}', ""]).encode())
    keep(home, mapped(file, "CRM"))
    (result,) = load_files(home, [file])
    assert (result.status, result.rows_loaded) == ("loaded", 2)
    assert open_snapshot(home.warehouse).rows("SELECT deal_id, amount FROM deals ORDER BY 1") == [
        ("7", Decimal("12.5")),
        ("8", None),
    ]


def test_json_that_breaks_off_says_so(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "cut.json"
    file.write_text('[{"id": 1},\n {"id": ', encoding="utf-8")
    (result,) = load_files(home, [file])
    assert result.message == "cut.json is no whole JSON document: it cannot be read from line 2 on."


def test_a_file_without_a_table_says_so(tmp_path: Path) -> None:
    file = tmp_path / "letter.csv"
    file.write_text("Dear all\nplease find attached\n", encoding="utf-8")
    with pytest.raises(FileError, match="no table"):
        samples_of(file)


@pytest.mark.parametrize(
    ("name", "title"), [("faktury_2026-10", "faktury"), ("2026-10-01", "My export"), ("Moje leady (3)", "Moje leady")]
)
def test_a_mapping_is_called_like_its_file_without_the_month(name: str, title: str) -> None:
    assert default_title(name) == title


def test_the_preview_shows_moments_as_the_file_means_them(tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("Nr,Data\n1,2026-11-01\n2,2026-07-02 08:30\n", encoding="utf-8")
    declared = Mapping("leads", "leads", {"lead_id": "Nr", "created_at": "Data"}).as_format()
    shown = preview(file, declared, team=Configuration(time_zone="Europe/Warsaw"))
    assert [str(row[1]) for row in shown.rows] == ["2026-11-01 00:00:00", "2026-07-02 08:30:00"]
