"""A file of totals and no rows: empty where they are nothing, refused where they are made of rows that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports.results import Control
from tests.connectors.exports.test_bad_input import log, refused
from tests.connectors.exports.test_odd_input import load
from ui.outcomes import html

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

TITLE: Final = 'Campaign report\n"September 1, 2026 - September 3, 2026"\n'
HEADER: Final = f"{TITLE}Campaign,Day,Currency code,Clicks,Impr.,Cost,Conversions\n"
META: Final = "Reporting starts,Reporting ends,Campaign name,Campaign delivery,Amount spent (EUR),Impressions\n"


def test_totals_of_more_than_nothing_speak_for_rows_that_are_missing(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(f"{HEADER}Total: Campaigns, --,EUR,60,600,500.25,3\nTotal: Account, --,EUR,60,600,500.25,3\n")
    result = refused(home, path)
    assert result.message == (
        "ads.csv: its totals declare something (impressions 600, clicks 60, cost 500.25, conversions 3), "
        "but it has no rows that they are made of."
    )
    assert (result.kind, result.next_step) == ("file", "Download it again with its rows, not with its totals alone.")
    assert (result.rows_read, result.rows_total) == (2, 2)
    assert Control("cost", 500.25, 0.0) in result.control
    # What the message says is not said again.
    assert html([result]).count("500.25") == 1


def test_totals_without_a_label_are_told_as_well(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "meta.csv"
    path.write_text(f"{META}2026-09-01,2026-09-01,,,500,600\n")
    assert "(impressions 600, cost 500)" in refused(home, path).message


@pytest.mark.parametrize(
    "totals",
    [
        "",
        "Total: Campaigns, --,EUR,0,0,0.00,0\n",
        "Total: Campaigns, --,EUR, --, --, --, --\n",
        # A filter that nothing passes: what it leaves out is in the account.
        "Total: Campaigns, --,EUR,0,0,0,0\nTotal: Account, --,EUR,60,600,500.00,3\n",
    ],
)
def test_totals_of_nothing_leave_it_an_empty_load(home: Home, tmp_path: Path, totals: str) -> None:
    result = load(home, tmp_path / "ads.csv", f"{HEADER}{totals}")
    assert (result.status, result.rows_total) == ("empty", totals.count("\n"))
    assert log(home)[0][:2] == ("ads.csv", "empty")
