"""The contract for tools that watch where a site stands in search results."""

from __future__ import annotations

from tests.connectors.contract import ExportContract
from tests.connectors.exports import rank_trackers


class TestRankTrackers(ExportContract):
    cases = rank_trackers.CASES
