"""Numbers and days as few programs write them: read where only one thing can be meant, told where not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from tests.connectors.exports.damaged import ROW, changed, google
from tests.connectors.exports.writers import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home


def load(home: Home, file: Path, text: str) -> FileResult:
    """What becomes of *text* in *file*."""
    file.write_text(text, encoding="utf-8")
    (result,) = load_files(home, [file])
    return result


@pytest.mark.parametrize("mark", ["'", "’", "\u202f", "\u00a0"])
def test_thousands_however_they_are_set_apart(home: Home, tmp_path: Path, mark: str) -> None:
    result = load(home, tmp_path / "report.csv", google(changed(cost=f"1{mark}234{mark}567.50"), ROW))
    assert result.rows_loaded == 2
    assert (Decimal("1234567.5"),) in rows_of(home, "ad_performance", ["cost"])


@pytest.mark.parametrize(
    ("day", "sure"), [("25/09/26", ""), ("9/25/26", "2026-09-24"), ("25.09.26", ""), ("25-9-26", "")]
)
def test_a_year_of_two_digits_is_told(home: Home, tmp_path: Path, day: str, sure: str) -> None:
    rows = [changed(day=day), *([changed(day=sure)] if sure else [])]
    result = load(home, tmp_path / "report.csv", google(*rows))
    assert (result.rows_loaded, result.rows_rejected) == (len(rows) - 1, 1)
    assert "the year has two digits and needs four (1)" in result.message
