"""The contract for every kind of file in `meta_ads.py`."""

from __future__ import annotations

from tests.connectors.contract import ExportContract
from tests.connectors.exports.meta_ads import CASES


class TestMetaAds(ExportContract):
    cases = CASES
