"""`map`: what it answers, what it keeps, and its exit codes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home
    from tests.cli.conftest import Kokpit

TEXT = """Nr faktury;Data wystawienia;Kontrahent;Kwota netto
F/1;02.10.2026;Studio Malwa;1 200,50
F/2;06.10.2026;Drukarnia Sowa;brak
"""


@pytest.fixture
def invoices(tmp_path: Path) -> Path:
    file = tmp_path / "faktury_2026-10.csv"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_without_save_the_guess_is_shown_and_nothing_is_kept(kokpit: Kokpit, home: Home, invoices: Path) -> None:
    answer = kokpit("map", invoices)
    assert answer.code == 0
    assert "faktury_2026-10.csv is read as Expenses (expenses)." in answer.out
    assert "1 row would be loaded, 1 rejected." in answer.out
    assert "line 3: Kwota netto not a number" in answer.errors
    assert not home.formats.exists()
    assert not home.warehouse.exists()


def test_columns_that_nothing_reads_are_named(kokpit: Kokpit, tmp_path: Path) -> None:
    file = tmp_path / "faktury.csv"
    file.write_text(TEXT.replace("Kwota netto", "Kwota netto;Uwagi wewn.").replace("50\n", "50;x\n"), encoding="utf-8")
    assert "Not read: Uwagi wewn.." in kokpit("map", file).out


def test_with_save_it_is_kept_and_loads_by_itself_from_then_on(kokpit: Kokpit, home: Home, invoices: Path) -> None:
    asked = ("--set", "supplier=", "--set", "activity=Kontrahent", "--constant", "currency=PLN", "--name", "Biuro")
    answer = kokpit("map", invoices, *asked, "--save", "--json")
    assert (answer.code, answer.errors) == (0, "")
    assert answer.json["saved"] is True
    assert answer.json["mapping"] == {
        "name": "biuro",
        "title": "Biuro",
        "dataset": "expenses",
        "columns": {
            "expense_id": "Nr faktury",
            "spent_on": "Data wystawienia",
            "activity": "Kontrahent",
            "amount": "Kwota netto",
        },
        "constants": {"currency": "PLN"},
    }
    assert answer.json["preview"]["rows"] == [["F/1", "2026-10-02", "Studio Malwa", 1200.5, "PLN"]]
    assert [reject["line"] for reject in answer.json["preview"]["rejected"]] == [3]
    assert (home.formats / "biuro.toml").exists()
    invoices.write_text(TEXT.replace(".10.", ".11.").replace("F/", "G/"), encoding="utf-8")
    (file,) = kokpit("load", invoices, "--json").json["files"]
    assert (file["status"], file["format"], file["rows_loaded"]) == ("loaded", "biuro", 1)
    assert kokpit("load", invoices, "--format", "biuro").code == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--dataset", "expense"), "Did you mean expenses"),
        (("--set", "supplier"), "COLUMN=VALUE"),
        (("--set", "supplier=Kontrahentt"), "Did you mean Kontrahent"),
        (("--constant", "currency=euro"), "'euro'"),
        (("--dataset", "ad_performance"), "Platform (platform)"),
        (("--dataset", "leads", "--set", "leadid=Nr faktury"), "Did you mean lead_id"),
    ],
)
def test_wrong_usage_leaves_2_and_names_the_nearest(
    kokpit: Kokpit, invoices: Path, asked: tuple[str, ...], said: str
) -> None:
    answer = kokpit("map", invoices, *asked)
    assert answer.code == 2
    assert said in answer.errors


def test_the_guess_is_shown_also_where_something_is_missing(kokpit: Kokpit, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text(
        "Day,Campaign name,Clicks,Cost\n2026-10-02,Brand,5,1.50\n2026-10-03,Brand,6,2.50\n", encoding="utf-8"
    )
    answer = kokpit("map", file, "--dataset", "ad_performance")
    assert answer.code == 2
    assert "report.csv is read as Ad performance (ad_performance)." in answer.out
    told = [" ".join(line.replace("│", " ").split()) for line in answer.out.splitlines()]
    assert {"day Day Day", "campaign Campaign Campaign name", "platform Platform not said yet"} <= set(told)
    assert "ad_performance needs what the mapping does not say yet: Platform (platform)." in answer.errors


def test_a_file_that_cannot_be_mapped_leaves_1(kokpit: Kokpit, tmp_path: Path) -> None:
    file = tmp_path / "letter.csv"
    file.write_text("Zorp;Blimfex\n1;2\n", encoding="utf-8")
    answer = kokpit("map", file)
    assert answer.code == 1
    assert "Zorp, Blimfex" in answer.errors
    assert kokpit("map", tmp_path / "none.csv").code == 2


def test_a_refused_file_keeps_nothing(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("Invoice number,Date,Amount\nF1,01/02/2026,5\nF2,03/04/2026,6\n", encoding="utf-8")
    answer = kokpit("map", file, "--save", "--name", "Days")
    assert answer.code == 1
    assert not home.formats.exists()
    assert kokpit("map", file, "--save", "--name", "Days", "--locale", "en-GB").code == 0


def test_the_order_of_day_and_month_is_kept_with_the_mapping(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    file, later = tmp_path / "days.csv", tmp_path / "days_next.csv"
    file.write_text("Invoice number,Date,Amount\nF1,01/02/2026,5\n", encoding="utf-8")
    later.write_text("Invoice number,Date,Amount\nF2,03/04/2026,6\n", encoding="utf-8")
    answer = kokpit("map", file, "--save", "--name", "Days", "--locale", "en-US", "--json")
    assert answer.json["mapping"]["locale"] == "en-US"
    assert kokpit("load", later).code == 0
    rows = open_snapshot(home.warehouse).rows("SELECT expense_id, spent_on FROM expenses ORDER BY 1")
    assert rows == [("F1", date(2026, 1, 2)), ("F2", date(2026, 3, 4))]


def test_a_kept_order_that_is_not_known_names_file_and_value(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("Invoice number,Date,Amount\nF1,01/02/2026,5\n", encoding="utf-8")
    kokpit("map", file, "--save", "--name", "Days", "--locale", "en-US")
    kept = home.formats / "days.toml"
    kept.write_text(kept.read_text(encoding="utf-8").replace("en-US", "en-UK"), encoding="utf-8")
    answer = kokpit("load", file)
    assert answer.code == 1
    assert f"{kept}: The number format en-UK is not known." in answer.errors
