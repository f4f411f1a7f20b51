"""Files that were dropped: their own times say only when they came, so their days say which is older."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

from connectors.exports.batch import Options
from connectors.exports.load import load_files
from tests.connectors.exports.damaged import changed, google
from tests.connectors.exports.writers import rows_of

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

DROPPED: Final = Options(arrived=True)
MONTH: Final = 3


def dropped(home: Home, folder: Path, name: str, days: dict[int, str], *, preamble: str = "") -> FileResult:
    """What becomes of a report of one campaign with these costs by day of March."""
    rows = [changed(day=f"2026-03-{day:02d}", campaign="Brand", cost=cost) for day, cost in days.items()]
    (folder / name).write_text(preamble + google(*rows), encoding="utf-8")
    (result,) = load_files(home, [folder / name], DROPPED)
    return result


def costs(home: Home) -> dict[int, Decimal]:
    """The cost of each day of March that is in."""
    return {day.day: cost for day, cost in rows_of(home, "ad_performance", ["day", "cost"])}


def test_one_that_ends_before_what_is_there_is_taken_for_older_and_changes_nothing(home: Home, tmp_path: Path) -> None:
    dropped(home, tmp_path, "first.csv", {1: "10.00", 2: "20.00", 3: "30.00"})
    result = dropped(home, tmp_path, "second.csv", {1: "1.00", 2: "2.00"})
    assert costs(home) == {1: 10, 2: 20, 3: 30}
    assert (result.rows_loaded, result.rows_replaced, result.rows_rejected, result.gave_way) == (0, 0, 2, 2)
    assert "2 rows were kept out: a newer export already has this row (2)." in result.message
    assert result.next_step == "If this file is the right one, load it with --again."
    (result,) = load_files(home, [tmp_path / "second.csv"], Options(arrived=True, again=True))
    assert (result.rows_replaced, result.gave_way) == (2, 0)
    assert costs(home) == {1: 1, 2: 2, 3: 30}


def test_one_that_was_kept_out_is_told_so_each_time_and_can_still_become_the_newest(home: Home, tmp_path: Path) -> None:
    dropped(home, tmp_path, "first.csv", {1: "10.00", 2: "20.00", 3: "30.00"})
    dropped(home, tmp_path, "second.csv", {1: "1.00", 2: "2.00"})
    result = dropped(home, tmp_path, "second.csv", {1: "1.00", 2: "2.00"})
    assert (result.rows_read, result.rows_loaded, result.rows_replaced, result.rows_rejected) == (2, 0, 0, 2)
    assert result.gave_way == 2
    assert "Exports that count as newer stand in place of 2 of its rows." in result.message
    assert result.next_step == "If this file is the right one, load it with --again."
    load_files(home, [tmp_path / "second.csv"], Options(arrived=True, again=True))
    assert costs(home) == {1: 1, 2: 2, 3: 30}


def test_rows_kept_out_then_and_since_are_counted_together(home: Home, tmp_path: Path) -> None:
    dropped(home, tmp_path, "march.csv", {3: "30.00", 4: "40.00"})
    before = {1: "10.00", 2: "20.00", 3: "3.00"}
    dropped(home, tmp_path, "before.csv", before)
    dropped(home, tmp_path, "again.csv", {2: "22.00", 3: "30.00", 4: "40.00"})
    result = dropped(home, tmp_path, "before.csv", before)
    assert (result.rows_read, result.rows_replaced, result.rows_rejected, result.gave_way) == (3, 1, 2, 2)


def test_one_that_reaches_as_far_is_the_newest(home: Home, tmp_path: Path) -> None:
    dropped(home, tmp_path, "first.csv", {1: "10.00", 2: "20.00"})
    assert dropped(home, tmp_path, "second.csv", {1: "1.00", 2: "2.00"}).rows_replaced == 2
    assert dropped(home, tmp_path, "third.csv", {2: "5.00", 3: "6.00"}).rows_replaced == 1
    assert costs(home) == {1: 1, 2: 5, 3: 6}


def test_the_days_that_it_says_it_is_of_count(home: Home, tmp_path: Path) -> None:
    dropped(home, tmp_path, "first.csv", {1: "10.00", 2: "20.00", 3: "30.00"})
    title = 'Campaign report\n"March 1, 2026 - March 3, 2026"\n'
    assert dropped(home, tmp_path, "second.csv", {1: "1.00"}, preamble=title).rows_replaced == 1
    assert costs(home) == {1: 1, 2: 20, 3: 30}


def test_earlier_days_that_nothing_is_known_of_are_loaded(home: Home, tmp_path: Path) -> None:
    dropped(home, tmp_path, "march.csv", {3: "30.00", 4: "40.00"})
    result = dropped(home, tmp_path, "before.csv", {1: "10.00", 2: "20.00", 3: "3.00"})
    assert (result.rows_loaded, result.rows_rejected) == (2, 1)
    assert costs(home) == {1: 10, 2: 20, 3: 30, 4: 40}


def test_another_account_has_days_of_its_own(home: Home, tmp_path: Path) -> None:
    load_files(home, [_written(tmp_path, "one.csv", "2026-03-03")], Options(arrived=True, account="one"))
    (result,) = load_files(home, [_written(tmp_path, "two.csv", "2026-03-01")], Options(arrived=True, account="two"))
    assert (result.rows_loaded, result.rows_rejected) == (1, 0)


def test_an_archive_knows_when_it_was_made(home: Home, tmp_path: Path) -> None:
    dropped(home, tmp_path, "first.csv", {1: "10.00"})
    later = _written(tmp_path, "later.csv", "2026-03-01")
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("later.csv", (2026, MONTH, 2, 8, 0, 0)), later.read_bytes())
    (result,) = load_files(home, [tmp_path / "old.zip"], DROPPED)
    assert (result.rows_replaced, result.gave_way) == (0, 1)
    assert costs(home) == {1: 10}


def _written(folder: Path, name: str, day: str) -> Path:
    (folder / name).write_text(google(changed(day=day, campaign="Brand", cost="7.00")), encoding="utf-8")
    return folder / name
