"""The contract for every kind of file in `search_console.py`."""

from __future__ import annotations

from tests.connectors.contract import ExportContract
from tests.connectors.exports.search_console import CASES


class TestSearchConsole(ExportContract):
    cases = CASES
