"""The contract for every kind of file from trackers and help desks."""

from __future__ import annotations

from tests.connectors.contract import ExportContract
from tests.connectors.exports import jira


class TestTrackers(ExportContract):
    cases = (*jira.CASES,)
