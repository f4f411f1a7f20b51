"""What every export format must do, whatever it is: inherit, name the cases, and all of this is tested for each."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from connectors.exports.formats import formats, own_formats
from connectors.exports.load import load_files
from connectors.exports.members import members_of
from connectors.exports.recognise import recognise
from core.errors import FileError
from tests.connectors.exports.case import Export, date_file
from tests.connectors.exports.writers import plain, rows_of
from warehouse.datasets import DATASETS
from warehouse.export import export as take_away
from warehouse.generations import current_generation
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home
    from tests.connectors.exports.case import Data
    from tests.connectors.exports.writers import Row

MOVED = {"clicks": 5, "impressions": 100, "amount": 100, "sessions": 100, "search_volume": 10}
"""By how much a later export of the same days has more."""
OLD, NEW, NEWEST = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
"""Days of export."""
FACTS = (
    *("ad_performance", "search_terms", "search_totals", "search_performance", "keyword_ranks", "web_traffic"),
    *("tasks", "requests", "deals", "leads"),
)


class ExportContract:
    """Inherit and set *cases*."""

    cases: ClassVar[Sequence[Export]]

    def test_each_table_is_recognised_as_itself_and_nothing_else(self, case: Export, tmp_path: Path) -> None:
        found = tables_of(case, tmp_path)
        described = case.describe(case.data)
        assert [name for name, _ in found] == [(table.format, table.language) for table in described]
        for table, (_, others) in zip(described, found, strict=True):
            assert others == {table.format}

    def test_its_conventions_are_found(self, case: Export, loaded: Loaded) -> None:
        found = open_snapshot(loaded.home.warehouse).rows("SELECT format, locale FROM loads ORDER BY load_id")
        described = [t for t in case.describe(case.data) if t.status == "loaded"]
        assert found == [(table.format, table.conventions) for table in described]

    def test_every_line_is_counted_once(self, case: Export, loaded: Loaded) -> None:
        for result, table in zip(loaded.results, case.describe(case.data), strict=True):
            assert result.status == table.status, result.message
            assert (result.rows_loaded, result.rows_total, result.rows_rejected) == (table.rows, table.totals, 0)
            assert result.rows_read == table.rows + table.totals
            assert (result.lines_preamble, result.lines_footer) == (table.preamble, table.footer)

    def test_what_it_declares_is_what_was_summed(self, case: Export, loaded: Loaded) -> None:
        for result, table in zip(loaded.results, case.describe(case.data), strict=True):
            declared = {control.column: control.declared for control in result.control}
            assert declared == pytest.approx(table.declared)
            assert {control.column: control.summed for control in result.control} == pytest.approx(table.declared)
            assert not result.control_differs

    def test_the_values_are_those_of_the_file(self, case: Export, loaded: Loaded) -> None:
        for dataset, rows in case.data.items():
            columns = columns_of(case, dataset)
            expected = sorted((plain([row.get(column) for column in columns]) for row in rows), key=repr)
            assert rows_of(loaded.home, dataset, columns) == expected

    def test_the_same_file_twice_changes_nothing(self, case: Export, loaded: Loaded, copied: Home) -> None:
        before, generation = contents(copied), current_generation(copied.warehouse)
        again = load_files(copied, [loaded.path], case.options)
        assert contents(copied) == before
        assert current_generation(copied.warehouse) == generation
        assert [(r.status, r.rows_loaded) for r in again] == [(r.status, 0) for r in loaded.results]
        assert [r.rows_read for r in again] == [r.rows_read for r in loaded.results]

    def test_the_same_bytes_under_another_name_change_nothing(
        self, case: Export, loaded: Loaded, copied: Home, tmp_path: Path
    ) -> None:
        before, generation = contents(copied), current_generation(copied.warehouse)
        other = tmp_path / loaded.path.name.replace(".", " (1).", 1 if loaded.path.name.count(".") == 1 else 0)
        if other.name == loaded.path.name:
            other = other.with_name(f"{loaded.path.stem} (1){loaded.path.suffix}")
        shutil.copyfile(loaded.path, other)
        load_files(copied, [date_file(other, NEWEST)], case.options)
        assert contents(copied) == before
        assert current_generation(copied.warehouse) == generation

    def test_a_newer_export_counts_and_keeps_what_only_the_older_had(
        self, case: Export, loaded: Loaded, copied: Home, tmp_path: Path
    ) -> None:
        newer = restated(case.data)
        results = load_files(copied, [case.save(tmp_path, newer, NEW)], case.options)
        assert all(result.status == table.status for result, table in zip(results, case.describe(newer), strict=True))
        assert sum(r.rows_replaced for r in results) == sum(map(len, newer.values()))
        for dataset, rows in case.data.items():
            columns = columns_of(case, dataset)
            merged = newer[dataset] + only_in(rows, newer[dataset], dataset)
            expected = sorted((plain([row.get(column) for column in columns]) for row in merged), key=repr)
            assert rows_of(copied, dataset, columns) == expected

    def test_an_older_export_after_a_newer_one_changes_no_value(self, case: Export, home: Home, tmp_path: Path) -> None:
        count_in_dollars(home)
        newer = restated(case.data)
        load_files(home, [case.save(tmp_path / "new", newer, NEW)], case.options)
        results = load_files(home, [case.save(tmp_path / "old", case.data, OLD)], case.options)
        assert sum(r.rows_replaced for r in results) == 0
        kept_out = (len(rows) - len(only_in(rows, newer[dataset], dataset)) for dataset, rows in case.data.items())
        assert sum(r.rows_rejected for r in results) == sum(kept_out)
        for dataset, rows in case.data.items():
            columns = columns_of(case, dataset)
            merged = newer[dataset] + only_in(rows, newer[dataset], dataset)
            expected = sorted((plain([row.get(column) for column in columns]) for row in merged), key=repr)
            assert rows_of(home, dataset, columns) == expected

    def test_taken_away_and_loaded_back_it_is_the_same(
        self, case: Export, loaded: Loaded, home: Home, tmp_path: Path
    ) -> None:
        snapshot = open_snapshot(loaded.home.warehouse)
        for dataset in FACTS:
            first, second = tmp_path / "first.csv", tmp_path / "second.csv"
            take_away(snapshot, DATASETS[dataset], (None, None), "csv", first)
            if first.read_text(encoding="utf-8").count("\n") == 1:
                continue
            (result,) = load_files(home, [first])
            assert (result.status, result.format, result.rows_rejected) == ("loaded", "kokpit", 0), result.message
            take_away(open_snapshot(home.warehouse), DATASETS[dataset], (None, None), "csv", second)
            assert second.read_bytes() == first.read_bytes()


def count_in_dollars(home: Home) -> None:
    """Let the team of *home* count in dollars, as some files do that only have the sign."""
    home.configuration.write_text('[reporting]\ncurrency = "USD"\n', encoding="utf-8")


class Loaded:
    """A case after it was loaded into a home of its own."""

    def __init__(self, home: Home, path: Path, results: list[FileResult]) -> None:
        """Keep all three."""
        self.home = home
        self.path = path
        self.results = results


def columns_of(case: Export, dataset: str) -> list[str]:
    """The columns that the case's rows say something about."""
    names = {name for row in case.data[dataset] for name in row if not name.startswith("_")}
    return [column.name for column in DATASETS[dataset].columns if column.name in names]


def restated(data: Data) -> Data:
    """The same days exported later: something moved in every row; the last table's last row is gone."""
    kept = {dataset: len(rows) for dataset, rows in data.items()}
    kept[list(data)[-1]] -= 1
    return {
        dataset: [{**row, **moved(row), **restated_position(row)} for row in rows[: max(kept[dataset], 0)]]
        for dataset, rows in data.items()
    }


def only_in(rows: list[Row], newer: list[Row], dataset: str) -> list[Row]:
    """Those of *rows* that the *newer* export does not have; of equal names its rows count alone."""
    names = [name for name in DATASETS[dataset].key if name != "occurrence"]
    told = [[row.get(name) for name in names] for row in newer]
    return [row for row in rows[len(newer) :] if [row.get(name) for name in names] not in told]


def moved(row: dict[str, Any]) -> dict[str, object]:
    """What a later export says otherwise: more clicks, a larger amount, another priority or title."""
    later: dict[str, object] = {}
    for name, step in MOVED.items():
        if row.get(name) is not None:
            later[name] = row[name] + step
    for name in ("title", "priority"):
        if name in row:
            later[name] = f"{row[name]} again"
    return later


def restated_position(row: dict[str, object]) -> dict[str, object]:
    """The weighted position after a hundred more impressions at position 2."""
    if "_position" not in row:
        return {}
    impressions = int(str(row["impressions"])) + 100
    return {"_position": Decimal(2), "position_sum": None if row.get("_unplaced") else 2 * impressions}


def tables_of(case: Export, folder: Path) -> list[tuple[tuple[str, str], set[str]]]:
    """Format and language of each table of the case, and the formats that explain it when asked for by name."""
    work = folder / "work"
    work.mkdir()
    found = []
    for member in members_of(case.save(folder), work):
        table = recognise(member)
        names = {*formats(), *(declared.name for declared in own_formats())}
        found.append(((table.declared.name, table.language), {name for name in names if explains(name, member)}))
    return found


def explains(name: str, member: object) -> bool:
    """Whether the format called *name* can read *member* when asked for."""
    try:
        recognise(member, name)  # type: ignore[arg-type]
    except FileError:
        return False
    return True


def contents(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is in the warehouse, log included."""
    return {name: sorted(open_snapshot(home.warehouse).rows(f"SELECT * FROM {name}"), key=repr) for name in DATASETS}
