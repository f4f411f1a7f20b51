"""The contract for every kind of file in `google_search_terms.py`."""

from __future__ import annotations

from tests.connectors.contract import ExportContract
from tests.connectors.exports.google_search_terms import CASES


class TestSearchTerms(ExportContract):
    cases = CASES
