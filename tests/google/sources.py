"""Sources of the test server, refreshed the way the program does: fetch, bring, publish, forget."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from connectors.base import UNCHANGED
from connectors.google_analytics.connector import GoogleAnalytics
from connectors.search_console.connector import SearchConsole
from core.config import Configuration, Source
from tests.google.analytics import PROPERTY
from tests.google.search_console import SITE
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from connectors.base import Connector, SourceResult
    from core.config import Home
    from tests.google.server import GoogleServer

TODAY: Final = date(2026, 3, 10)


def days(*numbers: int) -> list[date]:
    """Days of March."""
    return [date(2026, 3, number) for number in numbers]


def day_range(first: date, count: int) -> list[date]:
    """*count* days from *first* on."""
    return [first + timedelta(number) for number in range(count)]


def site_source(google: GoogleServer, **options: object) -> Source:
    """The shop's property, since the first of March."""
    usual: dict[str, Any] = {"site": SITE, "since": date(2026, 3, 1), "endpoint": google.endpoint}
    return Source("site search", "search_console", usual | options)


def search(google: GoogleServer, home: Home, today: date = TODAY, **options: object) -> SearchConsole:
    """The connector of the shop's property."""
    return SearchConsole(site_source(google, **options), home, today)


def analytics(google: GoogleServer, home: Home, today: date = TODAY, **options: object) -> GoogleAnalytics:
    """The connector of the shop's visits, since the first of March."""
    usual: dict[str, Any] = {"property": PROPERTY, "since": date(2026, 3, 1), "endpoint": google.endpoint}
    return GoogleAnalytics(Source("visits", "google_analytics", usual | options), home, Configuration(), today)


def refresh(connector: Connector, home: Home) -> list[SourceResult]:
    """What came of a whole refresh of *connector*."""
    connector.fetch(lambda _what, _share: None)
    with writing(home.warehouse) as writer:
        results = connector.bring(writer)
        assert writer.changed == any(result.status != UNCHANGED for result in results)
        if writer.changed:
            writer.publish()
            connector.published()
    return results


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """What the published snapshot answers."""
    return open_snapshot(home.warehouse).rows(sql)
