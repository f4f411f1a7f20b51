"""Lines longer than the parts that a file is read in: the database loses them, with a word or without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from tests.connectors.exports.damaged import ROW, changed, google
from tests.connectors.exports.test_bad_input import refused
from tests.connectors.exports.test_odd_input import rejects
from warehouse.attempts import rejected
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

ABOVE, BELOW = google(changed(campaign="Above")), google(changed(campaign="Below")).partition("\n")[2]
VAST = f"{','.join(ROW)}{'x' * (5 << 20)}\n"
"""5 MB, where 2 are allowed."""


def test_one_alone_with_an_open_quotation_mark_is_no_empty_export(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(f'{google()}"{VAST}')
    result = refused(home, path)
    assert (result.rows_read, result.rows_rejected, result.lines_footer) == (1, 1, 0)
    assert "1 row was kept out: broken quotation marks (1)." in result.message
    found = open_snapshot(home.warehouse).rows(f"SELECT line, reason, raw FROM {rejected(home.warehouse)}")
    assert found == [(2, "broken quotation marks", "…")]


@pytest.mark.parametrize(
    ("text", "line"), [(f'{ABOVE}"{VAST}', 3), (f'{google()}"{VAST}{BELOW}', 2)], ids=["below", "above"]
)
def test_one_beside_rows_with_an_open_quotation_mark_is_lost_alone(
    home: Home, tmp_path: Path, text: str, line: int
) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(text)
    (result,) = load_files(home, [path])
    assert (result.rows_loaded, result.rows_rejected, result.lines_footer) == (1, 1, 0)
    assert rejects(home) == [(line, None, "broken quotation marks")]
    # Not the row above, which the database takes for it.
    assert open_snapshot(home.warehouse).rows("SELECT raw FROM rejects") == [("…",)]


@pytest.mark.parametrize(
    ("text", "line"),
    [(f"{google()}{VAST}", 2), (f"{ABOVE}{VAST}", 3), (f"{google()}{VAST}{BELOW}", 2)],
    ids=["alone", "below", "above"],
)
def test_what_is_wrong_is_the_length_and_no_quotation_mark(home: Home, tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(text)
    result = refused(home, path)
    assert result.message == f"ads.csv: line {line} has 5 MB, and no line of more than 2 MB is read."
    assert result.next_step == "Download it again; the file was probably cut off or edited."
