"""The contract for every kind of file from trackers and help desks."""

from __future__ import annotations

from tests.connectors.contract import ExportContract
from tests.connectors.exports import crm, jira, trackers, zendesk


class TestTrackers(ExportContract):
    cases = (*jira.CASES, *zendesk.CASES, *crm.CASES, *trackers.CASES)
