"""A total's label may stand in any of the first cells, also in the one that holds the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.connectors.exports.test_odd_input import TOLD, load
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

HEADER = "Day,Campaign,Campaign status,Currency code,Impr.,Clicks,Cost\n"
ROWS = "2026-03-02,Brand,Enabled,EUR,10,1,5.00\n2026-03-03,Brand,Enabled,EUR,20,1,5.00\n"


@pytest.mark.parametrize("label", ["Total: Account,,,", "Total: Account, --,,", "Total: Campaigns,,,"])
@pytest.mark.parametrize(("cost", "differs"), [("10.00", False), ("99.00", True)])
def test_a_label_in_the_column_of_the_day(home: Home, tmp_path: Path, label: str, cost: str, differs: bool) -> None:
    title = "Ad report\n2 March 2026 - 3 March 2026\n"
    result = load(home, tmp_path / "report.csv", f"{title}{HEADER}{ROWS}{label}EUR,30,2,{cost}\n", TOLD)
    assert (result.rows_loaded, result.rows_total, result.rows_rejected) == (2, 1, 0)
    assert result.control_differs is differs


def test_a_rejected_row_is_kept_as_it_stood(home: Home, tmp_path: Path) -> None:
    """Quotation marks belong to it: without them “1,234” would be two cells."""
    title = "Ad report\n2 March 2026 - 3 March 2026\n"
    wrong = '2026-03-04,"Brand, ""new""",Enabled,EUR,"1,234",1,x\n'
    load(home, tmp_path / "report.csv", f"{title}{HEADER}{ROWS}{wrong}", TOLD)
    assert open_snapshot(home.warehouse).rows("SELECT line, raw FROM rejects") == [(6, wrong.rstrip())]
