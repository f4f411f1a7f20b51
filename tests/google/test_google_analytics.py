"""Analytics end to end: what is asked, what is published, what is warned of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from connectors.base import LOADED, UNCHANGED
from connectors.google.credentials import ANALYTICS
from core.errors import AccessError, ConfigurationError, TemporaryError
from tests.google import answers
from tests.google.analytics import PROPERTY, visited
from tests.google.sources import analytics, day_range, days, refresh, rows
from tests.google.tokens import ACCOUNT

if TYPE_CHECKING:
    from core.config import Home
    from tests.google.server import GoogleServer

pytestmark = pytest.mark.usefixtures("key")


def asked_days(google: GoogleServer) -> list[tuple[str, str]]:
    return [
        (asked.body["dateRanges"][0]["startDate"], asked.body["dateRanges"][0]["endDate"]) for asked in google.asked
    ]


def test_visits_by_day(google: GoogleServer, home: Home) -> None:
    google.services.append(visited(days(4, 8)))
    (result,) = refresh(analytics(google, home), home)
    assert (result.status, result.dataset, result.rows_loaded, result.notes) == (LOADED, "web_traffic", 4, [])
    held = """SELECT day(day), day(day_end), property, channel_group, source, medium, campaign, landing_page, sessions,
        engaged_sessions, users, key_events, revenue, currency, is_final, occurrence FROM web_traffic
        WHERE medium = 'organic' ORDER BY ALL"""
    visit = (PROPERTY, "Organic Search", "google", "organic", "(not set)", None, 10, 6, 9, Decimal("1.5"))
    revenue = Decimal("12.25")
    assert rows(home, held) == [(4, 4, *visit, revenue, "EUR", True, 1), (8, 8, *visit, revenue, "EUR", False, 1)]
    assert asked_days(google) == [("2026-03-01", "2026-03-09")]
    assert google.tokens.scopes == {ANALYTICS}


def test_only_the_last_days_are_asked_for_again(google: GoogleServer, home: Home) -> None:
    service = visited(day_range(date(2026, 3, 1), 9))
    google.services.append(service)
    refresh(analytics(google, home), home)
    google.asked.clear()
    (result,) = refresh(analytics(google, home), home)
    assert result.status == UNCHANGED
    assert asked_days(google) == [("2026-03-07", "2026-03-09")]
    service.visits[date(2026, 3, 9)] = {("Direct", "(direct)", "(none)", "(not set)"): (3, 1, 3, 0.0, 0.0)}
    (result,) = refresh(analytics(google, home), home)
    assert (result.first_day, result.rows_loaded, result.rows_replaced) == (date(2026, 3, 9), 0, 1)
    assert rows(home, "SELECT sum(sessions) FROM web_traffic WHERE day = '2026-03-09'") == [(3,)]
    assert rows(home, "SELECT count(*) FROM web_traffic") == [(17,)]


def test_landing_pages_lie_beside_the_visits_by_origin(google: GoogleServer, home: Home) -> None:
    service = visited(days(4))
    service.pages[date(2026, 3, 4)] = {("/",): (14, 8, 12, 1.5, 12.25)}
    google.services.append(service)
    refresh(analytics(google, home), home)
    refresh(analytics(google, home, dimensions=["landing_page"]), home)
    held = "SELECT slice, count(*), sum(sessions) FROM web_traffic GROUP BY slice ORDER BY slice"
    assert rows(home, held) == [("landing_page", 1, 14), ("source", 2, 14)]
    (result,) = refresh(analytics(google, home), home)
    assert result.status == UNCHANGED


def test_pages_are_joined(google: GoogleServer, home: Home) -> None:
    service = visited(days(4, 5, 6))
    service.page = 4
    google.services.append(service)
    refresh(analytics(google, home), home)
    assert [asked.body["offset"] for asked in google.asked] == ["0", "4"]
    assert rows(home, "SELECT count(*) FROM web_traffic") == [(6,)]


@pytest.mark.parametrize(
    ("metadata", "note"),
    [
        (
            {"dataLossFromOtherRow": True},
            'Analytics has put rare values together as "(other)": fewer dimensions would show more.',
        ),
        ({"subjectToThresholding": True}, "Analytics has left out rows with few users, to protect them."),
        (
            {"samplingMetadatas": [{"samplesReadCount": "250", "samplingSpaceSize": "1000"}]},
            "The numbers are estimated from a sample of the visits: 25%.",
        ),
    ],
    ids=["other", "threshold", "sample"],
)
def test_what_analytics_warns_of_is_told(google: GoogleServer, home: Home, metadata: dict[str, Any], note: str) -> None:
    service = visited(days(4))
    service.metadata |= metadata
    google.services.append(service)
    (result,) = refresh(analytics(google, home), home)
    assert result.notes == [note]
    assert rows(home, "SELECT message FROM loads") == [(f"New rows: 2, replaced: 0. {note}",)]


def test_a_property_that_may_not_be_read(google: GoogleServer, home: Home) -> None:
    google.services.append(visited(days(4)))
    with pytest.raises(AccessError) as error:
        refresh(analytics(google, home, property=77), home)
    assert f"The source visits: {ACCOUNT} may not read the Analytics property 77" in error.value.message
    assert f"Add {ACCOUNT} as a viewer" in error.value.next_step


def test_servers_in_trouble_are_asked_three_times_only(google: GoogleServer, home: Home) -> None:
    google.services.append(visited(days(4)))
    google.script(*[answers.BROKEN] * 20)
    with pytest.raises(TemporaryError, match="status 500"):
        refresh(analytics(google, home), home)
    assert len(google.asked) == 3


def test_months_that_were_fetched_are_not_fetched_again(google: GoogleServer, home: Home) -> None:
    google.services.append(visited(day_range(date(2026, 1, 1), 60)))
    google.script(*[answers.UNAUTHORIZED] * 9, fits=lambda asked: "2026-03" in asked.body["dateRanges"][0]["startDate"])
    with pytest.raises(AccessError):
        refresh(analytics(google, home, since=date(2026, 1, 1)), home)
    google.scripts.clear()
    google.asked.clear()
    (result,) = refresh(analytics(google, home, since=date(2026, 1, 1)), home)
    assert asked_days(google) == [("2026-03-01", "2026-03-09")]
    assert result.rows_loaded == 120


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"property": "G-ABC"}, "property is 'G-ABC'. Write the property's number"),
        ({"dimensions": ["sourse"]}, "dimensions is 'sourse'. Did you mean source?"),
    ],
)
def test_mistakes_in_the_configuration(google: GoogleServer, home: Home, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        analytics(google, home, **options)
    assert message in str(error.value)
