"""The contract for every kind of file in `google_ads_cases.py`."""

from __future__ import annotations

from tests.connectors.contract import ExportContract
from tests.connectors.exports.google_ads_cases import CASES


class TestGoogleAds(ExportContract):
    cases = CASES
