"""Moments as trackers write them, in UTC; where no time zone is named, the reporting one is meant."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from connectors.exports import moments
from connectors.exports.conventions import ISO, NAMED, Conventions
from warehouse.writer import trying

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.writer import Writer

DOTS = "%d.%m.%Y"
MONTH_FIRST = "%m/%d/%Y"


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    """Something that runs statements."""
    folder: Path = tmp_path_factory.mktemp("warehouse")
    with trying(folder) as writer:
        yield writer


def at(text: str) -> datetime:
    """A moment as the warehouse holds it."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("cell", "pattern", "moment"),
    [
        ("27/Feb/23 6:53 PM", NAMED, at("2023-02-27 17:53")),
        ("12/lut/21 10:19 PM", NAMED, at("2021-02-12 21:19")),
        ("19/lip/23 11:43 AM", NAMED, at("2023-07-19 09:43")),
        ("05/ноя/25 12:00 AM", NAMED, at("2025-11-04 23:00")),
        ("1/Jan/26 12:05 PM", NAMED, at("2026-01-01 11:05")),
        ("Jan 1, 2026 12:05 AM", NAMED, at("2025-12-31 23:05")),
        ("02.01.2006 15:04:05", DOTS, at("2006-01-02 14:04:05")),
        ("02.07.2026", DOTS, at("2026-07-01 22:00")),
        ("7/2/2026, 3:04 p.m.", MONTH_FIRST, at("2026-07-02 13:04")),
        ("2026-07-02 15:04", ISO, at("2026-07-02 13:04")),
        ("2026-07-02T15:04:05.123Z", ISO, at("2026-07-02 15:04:05")),
        ("2026-07-02T15:04:05+0300", ISO, at("2026-07-02 12:04:05")),
        ("2026-07-02 15:04:05 -05:30", ISO, at("2026-07-02 20:34:05")),
        ("2026-07-02 15:04 UTC", ISO, at("2026-07-02 15:04")),
        # The clock springs from 2 to 3 in the night of 29 March, and back from 3 to 2 on 25 October.
        ("2026-03-29 01:59", ISO, at("2026-03-29 00:59")),
        ("2026-03-29 03:00", ISO, at("2026-03-29 01:00")),
        ("2026-10-25 03:00", ISO, at("2026-10-25 02:00")),
        ("2026-07-02 24:04", ISO, None),
        ("2026-07-02 15:64", ISO, None),
        ("2026-02-30 15:04", ISO, None),
        ("2026-07-02 15:04 or so", ISO, None),
        ("13.13.2026 10:00", DOTS, None),
        ("tomorrow", ISO, None),
        ("", ISO, None),
        (None, ISO, None),
    ],
)
def test_a_moment_is_read_as_it_was_meant(
    runner: Writer, cell: str | None, pattern: str, moment: datetime | None
) -> None:
    statement = moments.moment("c0", Conventions(".", pattern), "Europe/Warsaw", typed=False)
    assert runner.run(f"SELECT {statement} FROM (SELECT ?::VARCHAR AS c0)", [cell]) == [(moment,)]


@pytest.mark.parametrize(
    ("cell", "pattern", "day"),
    [
        ("2026-07-02", ISO, date(2026, 7, 2)),
        ("2026-07-02T22:30:00.000Z", ISO, date(2026, 7, 3)),
        ("2026-07-02 23:59", ISO, date(2026, 7, 2)),
        ("03/Jul/26 12:00 AM", NAMED, date(2026, 7, 3)),
        ("02.07.2026", DOTS, date(2026, 7, 2)),
        ("02.07.2026 00:00:00", DOTS, date(2026, 7, 2)),
        ("some day", DOTS, None),
    ],
)
def test_a_day_is_that_of_the_reporting_time_zone(runner: Writer, cell: str, pattern: str, day: date | None) -> None:
    statement = moments.local_day("c0", Conventions(".", pattern), "Europe/Warsaw", typed=False)
    assert runner.run(f"SELECT {statement} FROM (SELECT ?::VARCHAR AS c0)", [cell]) == [(day,)]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-10 12:00:00", at("2026-03-10 12:00")),
        ("2026-03-10 12:00:00.123456", at("2026-03-10 12:00:00.123456")),
        ("2026-03-10T12:00", at("2026-03-10 12:00")),
        ("2026-03-10T12:00:00+01:00", at("2026-03-10 11:00")),
        ("2026-03-10 23:30:00+05", at("2026-03-10 18:30")),
        ("2026-03-10 23:30:00-0530", at("2026-03-11 05:00")),
        ("2026-03-10T12:00:00.5Z", at("2026-03-10 12:00")),
        ("2026-03-10T12:00:00 CET", None),
        ("2026-03-10 12:00:00 Europe/Warsaw", None),
        # A day alone starts when the reporting zone's does: in Warsaw an hour before that of UTC.
        ("2026-03-10", at("2026-03-09 23:00")),
        ("perhaps", None),
        ("", None),
        (None, None),
    ],
)
def test_a_moment_of_kokpits_own_export_is_in_utc(runner: Writer, cell: str | None, moment: datetime | None) -> None:
    statement = moments.exported("c0", Conventions(".", ISO), "Europe/Warsaw", typed=False)
    assert runner.run(f"SELECT {statement} FROM (SELECT ?::VARCHAR AS c0)", [cell]) == [(moment,)]


def test_a_day_in_a_workbook_is_the_midnight_that_was_exported(runner: Writer) -> None:
    statement = moments.exported("c0", Conventions(".", ISO), "Europe/Warsaw", typed=True)
    assert runner.run(f"SELECT {statement} FROM (SELECT '2026-03-10' AS c0)") == [(at("2026-03-10"),)]


def test_a_workbooks_serial_number_is_a_moment(runner: Writer) -> None:
    statement = moments.moment("c0", Conventions(".", ISO), "Europe/Warsaw", typed=True)
    (found,) = runner.run(f"SELECT {statement} FROM (SELECT '\ue00046205.75' AS c0)")
    assert found == (at("2026-07-02 16:00"),)


def test_an_id_that_is_no_hexadecimal_number_was_born_at_no_moment(runner: Writer) -> None:
    assert runner.run(f"SELECT {moments.born('c0')} FROM (SELECT 'MKT-1' AS c0)") == [(None,)]
