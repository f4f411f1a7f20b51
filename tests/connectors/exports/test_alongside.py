"""What stands beside a table, behind a blank column: another table, or a part of the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.exports.alongside import letters
from connectors.exports.guess import guess
from connectors.exports.load import Options, load_files
from connectors.exports.mapping import Mapping
from connectors.exports.preview import preview
from connectors.exports.unknown import samples_of
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

LEADS = ["lead_id,created_at,source", "1,2026-11-01 10:00:00,google", "2,2026-11-02 09:00:00,bing"]
NOT_READ = "From column E on there is another one, with "
PERHAPS = "Behind a blank column, from column E on, stand "


def load(home: Home, folder: Path, left: list[str], right: list[str]) -> FileResult:
    height = max(len(left), len(right))
    blank = [",".join([""] * len(table[0].split(","))) for table in (left, right)]
    tables = [table + [cells] * (height - len(table)) for table, cells in zip((left, right), blank, strict=True)]
    file = folder / "table.csv"
    file.write_text("\n".join(map(",,".join, zip(*tables, strict=True))) + "\n", encoding="utf-8")
    (result,) = load_files(home, [file], Options())
    return result


def leads(home: Home) -> list[tuple[object, ...]]:
    return open_snapshot(home.warehouse).rows("SELECT lead_id, source, value::INT FROM leads ORDER BY lead_id")


@pytest.mark.parametrize(
    "right",
    [
        ["owner,value", "Ann,5", "Tom,6", "Eve,7"],
        ["owner,value", "Ann,5"],
        ["lead_id,value", "7,5", "8,6"],
        ["Kto,Ile", "Ann,5"],
    ],
    ids=["longer", "shorter", "the same heading", "headings nobody knows"],
)
def test_another_table_beside_is_not_read_and_named(home: Home, tmp_path: Path, right: list[str]) -> None:
    result = load(home, tmp_path, LEADS, right)
    assert leads(home) == [("1", "google", None), ("2", "bing", None)]
    assert (result.rows_loaded, result.rows_rejected) == (2, 0)
    assert NOT_READ + right[0].replace(",", ", ") in result.message


def test_the_table_that_is_known_is_read_wherever_it_stands(home: Home, tmp_path: Path) -> None:
    ads = ["Day,Campaign,Impr.,Clicks,Cost,Currency code", "2026-11-01,Brand,100,10,5.50,EUR"]
    notes = ["Who,What", "Ann,a", "Tom,b", "Total,c"]
    result = load(home, tmp_path, notes, ads)
    assert (result.status, result.rows_loaded, result.rows_rejected) == ("loaded", 1, 0)
    assert "From column A on there is another one, with Who, What" in result.message


def test_a_blank_column_within_a_table_is_pointed_out(home: Home, tmp_path: Path) -> None:
    ads = ["Day,Campaign,Impr.", "2026-11-01,Brand,100", "2026-11-02,Brand,200"]
    result = load(home, tmp_path, ads, ["Clicks,Cost,Currency code", "10,5.50,EUR", "20,6.50,EUR"])
    found = open_snapshot(home.warehouse).rows("SELECT clicks, cost::DOUBLE FROM ad_performance ORDER BY day")
    assert found == [(10, 5.5), (20, 6.5)]
    assert PERHAPS + "Clicks, Cost, Currency code" in result.message


def test_a_remark_beside_a_table_is_nobodys_business(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path, LEADS, ["", "see Ann"])
    assert (result.rows_loaded, result.rows_rejected) == (2, 0)
    assert "column" not in result.message


def test_a_mapping_is_guessed_from_the_widest_table_only(tmp_path: Path) -> None:
    file = tmp_path / "faktury.csv"
    rows = [
        "Nr faktury;Data;Kwota;Waluta;;Kontrahent;Kategoria",
        "F/1;02.10.2026;5,50;PLN;;Malwa;druk",
        "F/2;03.10.2026;6;PLN;;;",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    (sample,) = samples_of(file)
    assert sample.headers == ("Nr faktury", "Data", "Kwota", "Waluta")
    assert len(sample.rows) == 2
    seen = preview(file, Mapping.of(guess(sample)[0], "Biuro").as_format())
    assert (seen.result.rows_loaded, seen.result.rows_rejected) == (2, 0)
    assert "From column F on there is another one, with Kontrahent, Kategoria" in seen.result.message


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_are_named_as_in_spreadsheets(number: int, name: str) -> None:
    assert letters(number) == name
