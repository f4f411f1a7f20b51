"""A source that is fetched is late by its own lag: for the doctor, and on the Sources page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from commands.checkup import findings
from connectors.refresh import refresh
from core.config import read_configuration
from tests.google.search_console import SITE, filled
from tests.google.sources import day_range
from tests.pages.conftest import seen, visit_page

if TYPE_CHECKING:
    from core.config import Home
    from tests.google.server import GoogleServer

pytestmark = pytest.mark.usefixtures("key")


@pytest.mark.parametrize(("lag", "late"), [(30, False), (2, True)])
def test_the_lag_that_the_team_allows_decides(google: GoogleServer, home: Home, lag: int, late: bool) -> None:
    last = datetime.now(UTC).date() - timedelta(6)
    google.services.append(filled(day_range(last - timedelta(9), 10), ()))
    home.configuration.write_text(
        f'[[source]]\nname = "site search"\nkind = "search_console"\nsite = "{SITE}"\n'
        f'endpoint = "{google.endpoint}"\nexpected_lag = {lag}\n',
        encoding="utf-8",
    )
    refresh(home, read_configuration(home))
    told = [finding.finding for finding in findings(home) if finding.check == "freshness"]
    behind = f"{SITE} · web: search_totals ends on {last}; it may be {lag} days behind."
    assert told == ([behind] if late else [])
    shown = seen(visit_page("sources"))
    assert ("⚠ late" in shown) is late
    assert re.search(rf'data-label="Expected lag, days"[^>]*><span>{lag}</span>', shown)
