"""Taking datasets away: all of them, in three formats, complete, in order, and harmless to open."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
import python_calamine

from core.errors import TemporaryError, UsageError
from tests.tables import make_every_table
from warehouse import workbook
from warehouse.contract import Type
from warehouse.datasets import DATASETS
from warehouse.export import FORMATS, dataset_named, export, exported_columns
from warehouse.schema import literal, quoted
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from warehouse.snapshot import Snapshot

TEXTS = {
    "plain": "plain",
    '=HYPERLINK("http://example.com")': '\'=HYPERLINK("http://example.com")',
    "+1": "'+1",
    "-5 %": "'-5 %",
    "@all": "'@all",
    "\ttab": "'\ttab",
    "'=already": "''=already",
    "''+twice": "'''+twice",
    "'quoted'": "'quoted'",
    "1=1": "1=1",
    'a "b", c\nd; e': 'a "b", c\nd; e',
    "Łódź 🦊 Ёж": "Łódź 🦊 Ёж",
}
VALUES: dict[Type, Any] = {
    Type.TEXT: "text",
    Type.DAY: date(2026, 11, 19),
    Type.WHOLE: 9_007_199_254_740_993,
    Type.DECIMAL: Decimal("1234567.123400"),
    Type.MOMENT: datetime(2026, 11, 19, 8, 30, 5),  # noqa: DTZ001 - the warehouse keeps UTC without a zone
    Type.YES_NO: True,
}
WRITTEN = {
    Type.TEXT: "text",
    Type.DAY: "2026-11-19",
    Type.WHOLE: "9007199254740993",
    Type.DECIMAL: "1234567.1234",
    Type.MOMENT: "2026-11-19 08:30:05",
    Type.YES_NO: "true",
}
ALWAYS = (None, None)
ADS = DATASETS["ad_performance"]


def filled(folder: Path, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> Snapshot:
    """A snapshot in which the datasets named have these *rows*."""
    with writing(folder) as writer:
        make_every_table(writer)
        for name, mine in rows.items():
            for row in mine:
                values = ", ".join(f"{literal(str(v))} AS {quoted(n)}" for n, v in row.items())
                writer.run(f"INSERT INTO target.{quoted(name)} BY NAME SELECT {values}")
        writer.publish()
    return open_snapshot(folder)


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Every dataset has one row in which every column has a value."""
    rows = {name: [{c.name: VALUES[c.type] for c in dataset.columns}] for name, dataset in DATASETS.items()}
    return filled(tmp_path_factory.mktemp("one") / "w", rows)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The campaigns are called as in TEXTS, and like a link."""
    names = [*TEXTS, "https://example.com/", "mailto:ada@example.com"]
    rows = [{"day": "2026-11-19", "campaign": name, "clicks": number} for number, name in enumerate(names)]
    return filled(tmp_path_factory.mktemp("texts") / "w", {"ad_performance": rows})


def read_csv(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def read_sheet(file: Path) -> list[list[Any]]:
    workbook = python_calamine.CalamineWorkbook.from_path(file)
    return workbook.get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("kind", FORMATS)
class TestEveryDatasetInEveryFormat:
    def test_every_value_is_there(self, one_of_each: Snapshot, tmp_path: Path, name: str, kind: str) -> None:
        dataset = DATASETS[name]
        export(one_of_each, dataset, ALWAYS, kind, tmp_path / "out")
        columns = exported_columns(dataset)
        if kind == "csv":
            found = read_csv(tmp_path / "out")[0]
            assert found == {c.name: WRITTEN[c.type] for c in columns}
        elif kind == "parquet":
            table = pq.read_table(tmp_path / "out")
            assert table.to_pylist()[0] == {c.name: VALUES[c.type] for c in columns}
        else:
            header, row, *_ = read_sheet(tmp_path / "out")
            assert header == [c.name for c in columns]
            # A spreadsheet has only doubles.
            assert row == [
                float(VALUES[c.type]) if c.type in (Type.WHOLE, Type.DECIMAL) else VALUES[c.type] for c in columns
            ]

    def test_without_rows_there_is_a_header(self, tmp_path: Path, name: str, kind: str) -> None:
        dataset = DATASETS[name]
        export(open_snapshot(tmp_path / "nothing"), dataset, ALWAYS, kind, tmp_path / "out")
        names = [c.name for c in exported_columns(dataset)]
        if kind == "csv":
            assert (tmp_path / "out").read_text() == ",".join(names) + "\n"
        elif kind == "parquet":
            assert pq.read_table(tmp_path / "out").column_names == names
        else:
            assert read_sheet(tmp_path / "out") == [names]


def ads(folder: Path, *names: str) -> Snapshot:
    """The campaigns called *names* have a row each."""
    return filled(folder, {"ad_performance": [{"day": "2026-11-19", "campaign": name} for name in names]})


def test_what_a_spreadsheet_would_run_gets_an_apostrophe(texts: Snapshot, tmp_path: Path) -> None:
    for kind in FORMATS:
        export(texts, ADS, ALWAYS, kind, tmp_path / kind)
    in_csv = {int(row["clicks"]): row["campaign"] for row in read_csv(tmp_path / "csv")}
    header, *rows = read_sheet(tmp_path / "xlsx")
    in_workbook = {int(row[header.index("clicks")]): row[header.index("campaign")] for row in rows}
    raw = {row["clicks"]: row["campaign"] for row in pq.read_table(tmp_path / "parquet").to_pylist()}
    for number, (text, safe) in enumerate(TEXTS.items()):
        assert (in_csv[number], in_workbook[number], raw[number]) == (safe, safe, text)


def test_a_workbook_holds_no_formula_and_no_link(texts: Snapshot, tmp_path: Path) -> None:
    export(texts, ADS, ALWAYS, "xlsx", tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "HYPERLINK" in sheet
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        assert [name for name in archive.namelist() if "rels" in name and "sheet" in name] == []


def test_numbers_keep_all_their_decimals_and_no_trailing_zeros(tmp_path: Path) -> None:
    costs = ["0", "0.1", "100", "0.000001", "-12.5", "999999999999.999999"]
    rows = [{"day": "2026-11-19", "occurrence": number, "cost": cost} for number, cost in enumerate(costs)]
    snapshot = filled(tmp_path / "w", {"ad_performance": [*rows, {"day": "2026-11-20"}]})
    export(snapshot, ADS, ALWAYS, "csv", tmp_path / "out")
    assert [row["cost"] for row in read_csv(tmp_path / "out")] == [*costs, ""]


def test_the_order_does_not_depend_on_the_order_of_loading(tmp_path: Path) -> None:
    names = ["b", "=c", "a", "'=d"]
    for folder, order in (("one", names), ("two", names[::-1])):
        export(ads(tmp_path / folder, *order), ADS, ALWAYS, "csv", tmp_path / f"{folder}.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert [row["campaign"] for row in read_csv(tmp_path / "one.csv")] == ["''=d", "'=c", "a", "b"]


class TestDays:
    def test_only_these_days(self, tmp_path: Path) -> None:
        days = [{"day": f"2026-11-{day}", "clicks": day} for day in (18, 19, 20, 21)]
        snapshot = filled(tmp_path / "w", {"ad_performance": days})
        export(snapshot, ADS, (date(2026, 11, 19), date(2026, 11, 20)), "csv", tmp_path / "out")
        assert [row["clicks"] for row in read_csv(tmp_path / "out")] == ["19", "20"]
        export(snapshot, ADS, (date(2026, 11, 21), None), "csv", tmp_path / "out")
        assert [row["clicks"] for row in read_csv(tmp_path / "out")] == ["21"]

    def test_a_period_counts_where_it_lies_wholly_inside(self, tmp_path: Path) -> None:
        periods = [("2026-11-01", "2026-11-07"), ("2026-11-08", "2026-11-14"), ("2026-11-15", "2026-11-21")]
        rows = [{"day": first, "day_end": last, "clicks": 1} for first, last in periods]
        snapshot = filled(tmp_path / "w", {"search_performance": rows})
        days = (date(2026, 11, 2), date(2026, 11, 21))
        export(snapshot, DATASETS["search_performance"], days, "csv", tmp_path / "out")
        assert [row["day"] for row in read_csv(tmp_path / "out")] == ["2026-11-08", "2026-11-15"]

    def test_a_dataset_without_days_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="people has no days"):
            export(open_snapshot(tmp_path / "w"), DATASETS["people"], (date(2026, 1, 1), None), "csv", tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_days_the_wrong_way_round_are_refused(self, tmp_path: Path) -> None:
        days = (date(2026, 2, 1), date(2026, 1, 1))
        with pytest.raises(UsageError, match="ends on 2026-01-01"):
            export(open_snapshot(tmp_path / "w"), ADS, days, "csv", tmp_path / "out")


class TestRefusals:
    def test_an_unknown_dataset_names_the_nearest(self) -> None:
        with pytest.raises(UsageError, match=r"no dataset 'ad_perfomance'. Did you mean ad_performance"):
            dataset_named("ad_perfomance")

    def test_an_unknown_format_names_the_nearest(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"'xls' is not known. Did you mean xlsx"):
            export(open_snapshot(tmp_path), DATASETS["people"], ALWAYS, "xls", tmp_path / "out")

    @pytest.mark.parametrize("kind", FORMATS)
    def test_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(self, tmp_path: Path, kind: str) -> None:
        """A folder that went away stands for any disk that refuses."""
        with pytest.raises(TemporaryError, match="could not be written"):
            export(open_snapshot(tmp_path), DATASETS["people"], ALWAYS, kind, tmp_path / "gone" / "out")
        assert list(tmp_path.iterdir()) == []

    def test_an_export_that_fails_halfway_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "out").write_text("yesterday's")
        monkeypatch.setattr(workbook, "SHEET_ROWS", 1)
        snapshot = ads(tmp_path / "w", "a", "b")
        with pytest.raises(UsageError, match="ad_performance has 2 rows; a sheet holds 1"):
            export(snapshot, ADS, ALWAYS, "xlsx", tmp_path / "out")
        assert (tmp_path / "out").read_text() == "yesterday's"
        assert {entry.name for entry in tmp_path.iterdir()} == {"out", "w"}


def test_text_too_long_for_a_cell_is_cut_visibly(tmp_path: Path) -> None:
    """A cell holds 32,767 characters; a longer one would be left out without a word."""
    snapshot = filled(tmp_path / "w", {"rejects": [{"load_id": 1, "line": 2, "raw": "x" * 40_000}]})
    export(snapshot, DATASETS["rejects"], ALWAYS, "xlsx", tmp_path / "out.xlsx")
    header, row = read_sheet(tmp_path / "out.xlsx")
    raw = row[header.index("raw")]
    assert len(raw) == 32_767
    assert raw.endswith("x…")
