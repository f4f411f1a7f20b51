"""The department as a whole: the same bytes every time, dated, complete."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from data.demo.generate import write_department
from tests.data.demo.reading import DAYS, LAST

if TYPE_CHECKING:
    from pathlib import Path


def prints(folder: Path) -> dict[str, tuple[str, float]]:
    return {
        str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_arguments_give_the_same_bytes_and_dates(department: Path, tmp_path: Path) -> None:
    write_department(tmp_path, LAST, DAYS)
    assert prints(tmp_path) == prints(department)


def test_another_last_day_gives_other_files(department: Path, tmp_path: Path) -> None:
    write_department(tmp_path, LAST + timedelta(days=1), DAYS)
    assert prints(tmp_path).keys() != prints(department).keys()


def test_every_kind_of_export_is_there(inbox: Path) -> None:
    kinds = {
        "Ad report *.csv": 3,
        "Search terms report *.csv": 3,
        "Raport kampanii *.csv": 3,
        "Отчет о кампании *.csv": 3,
        "Brightwater-Social-Ads-*.csv": 3,
        "Brightwater-Polska-Social-Reklamy-*.csv": 2,
        "Brightwater_Алматы_Кампании_*.xlsx": 3,
        "brightwater.example-Performance-on-Search-*.zip": 17,
        "https___www.brightwater-group.example_pl_-Performance-on-Search-*.zip": 8,
        "https___www.brightwater-group.example_ru_-Performance-on-Search-*.zip": 8,
        "20260302_position_tracking_*.csv.xls": 2,
        "Leads 2026-03-02.csv": 1,
        "Deals 2026-03-02.csv": 1,
        "Customers 2026-03-02.csv": 1,
        "Orders 2026-03-02.csv": 1,
        "Requests 2026-03-02.csv": 1,
        "Tasks 2026-03-02.csv": 1,
        "Survey answers 2026-03-02.csv": 1,
        "Content 2026-03-02.csv": 1,
        "News releases 2026-03-02.csv": 1,
        "Mailings 2026-03-02.csv": 1,
        "Expenses 2026-03-02.csv": 1,
    }
    assert {kind: len(list(inbox.glob(kind))) for kind in kinds} == kinds
    assert len(list(inbox.iterdir())) == sum(kinds.values())


def test_files_are_dated_by_the_day_after_their_last_day(inbox: Path) -> None:
    dates = {path.name: datetime.fromtimestamp(path.stat().st_mtime, UTC).date() for path in inbox.glob("[AL]*.csv")}
    assert dates == {
        "Leads 2026-03-02.csv": date(2026, 3, 2),
        "Ad report 2025-01-26 - 2025-06-30.csv": date(2025, 7, 1),
        "Ad report 2025-06-24 - 2025-12-31.csv": date(2026, 1, 1),
        "Ad report 2025-12-25 - 2026-03-01.csv": date(2026, 3, 2),
    }


def test_zip_members_are_dated_like_the_file(inbox: Path) -> None:
    for path in inbox.glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            days = {date(*member.date_time[:3]) for member in archive.infolist()}
        assert days == {date.fromisoformat(path.stem[-10:])}
        assert days == {datetime.fromtimestamp(path.stat().st_mtime, UTC).date()}


@pytest.mark.parametrize("days", [1, 2, 10, 45])
def test_short_departments_can_be_written(tmp_path: Path, days: int) -> None:
    write_department(tmp_path, date(2026, 1, 4), days)
    assert len(list((tmp_path / "inbox").iterdir())) >= 10
