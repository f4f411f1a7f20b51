"""Weeks of which a newer export by day has only a part: what they said of the other days is not known any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from connectors.exports.results import REFUSED
from core.config import Home
from core.period import Grain
from metrics.cautions import Concern
from tests.connectors.exports.case import date_file
from tests.connectors.exports.writers import delimited
from tests.metrics.toy import ask, complete, period, values
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TWO_WEEKS = period("2025-12-08", "2025-12-21")
WEEKS = [("2025-12-08 - 2025-12-14", "700"), ("2025-12-15 - 2025-12-21", "1400")]
FROM_WEDNESDAY = [(f"2025-12-{day}", "200") for day in range(17, 22)]


def chart(folder: Path, exported: int, heading: str, rows: Sequence[tuple[str, str]]) -> Path:
    """The chart of a site as it was downloaded on a day in January."""
    path = folder / f"example.com-Performance-on-Search-2026-01-{exported:02d}.csv"
    measures = ("Clicks", "Impressions", "CTR", "Position")
    table = [(heading, *measures), *((day, clicks, "9000", "10%", "5") for day, clicks in rows)]
    path.write_text(delimited(table), encoding="utf-8")
    return date_file(path, date(2026, 1, exported))


@pytest.mark.parametrize("newest_first", [False, True])
def test_days_that_only_the_week_spoke_for_are_unknown(tmp_path: Path, *, newest_first: bool) -> None:
    home = Home(tmp_path / "home")
    by_week, by_day = chart(tmp_path, 5, "Date Range", WEEKS), chart(tmp_path, 6, "Date", FROM_WEDNESDAY)
    for path in (by_day, by_week) if newest_first else (by_week, by_day):
        load_files(home, [path])
    snapshot = open_snapshot(home.warehouse)
    weeks = ask(snapshot, "organic_clicks", TWO_WEEKS, Grain.WEEK)
    assert (values(weeks), complete(weeks)) == ([700, 1000], [True, False])
    (caution,) = weeks.warnings
    assert (caution.concern, caution.days) == (Concern.DAYS_LOST, (period("2025-12-15", "2025-12-16"),))
    assert caution.text.startswith("sc-domain:example.com · web has no numbers for 15–16 Dec 2025 any more: ")
    assert ask(snapshot, "organic_clicks", period("2025-12-08", "2025-12-14"), Grain.WEEK).warnings == ()
    days = ask(snapshot, "organic_clicks", period("2025-12-14", "2025-12-18"), Grain.DAY)
    assert (values(days)[1:], complete(days)[1:]) == ([None, None, 200, 200], [False, False, True, True])
    load_files(home, [chart(tmp_path, 7, "Date", [("2025-12-15", "150"), ("2025-12-16", "0")])])
    weeks = ask(open_snapshot(home.warehouse), "organic_clicks", TWO_WEEKS, Grain.WEEK)
    assert (values(weeks), complete(weeks)) == ([700, 1150], [True, True])
    assert weeks.warnings == ()


@pytest.mark.parametrize("heading", ["Week", "Month"])
def test_a_week_called_by_its_first_day_is_no_day(tmp_path: Path, heading: str) -> None:
    """No export is known that writes weeks so: read as days, the week's clicks would all be of its Monday."""
    home = Home(tmp_path / "home")
    (result,) = load_files(home, [chart(tmp_path, 5, heading, [("2025-12-08", "700"), ("2025-12-15", "1400")])])
    assert result.status == REFUSED
    assert home.is_empty


def test_a_week_that_stands_is_whole(tmp_path: Path) -> None:
    """An older export of its days has none that it does not speak for."""
    home = Home(tmp_path / "home")
    load_files(home, [chart(tmp_path, 5, "Date", FROM_WEDNESDAY), chart(tmp_path, 6, "Date Range", WEEKS)])
    weeks = ask(open_snapshot(home.warehouse), "organic_clicks", TWO_WEEKS, Grain.WEEK)
    assert (values(weeks), complete(weeks)) == ([700, 1400], [True, True])
