"""Google Analytics on this machine: a property's invented visits, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tests.google.answers import Refusal, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.google.server import Asked

PROPERTY: Final = "123456789"
MOST: Final = 250_000

Visit = tuple[str, str, str, str]
"""Channel group, source, medium, campaign."""
Figures = tuple[int, int, int, float, float]
"""Sessions, engaged sessions, users, key events, revenue."""
NAMES: Final = ("sessionDefaultChannelGroup", "sessionSource", "sessionMedium", "sessionCampaignName")


@dataclass
class Analytics:
    """One property's visits by day, and what its metadata says."""

    document: str = "analyticsdata.v1beta"
    visits: dict[date, dict[Visit, Figures]] = field(default_factory=dict)
    pages: dict[date, dict[tuple[str], Figures]] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=lambda: {"currencyCode": "EUR", "timeZone": "Europe/Warsaw"})
    page: int = MOST

    def answer(self, asked: Asked) -> dict[str, Any]:
        """What Analytics answers."""
        if asked.arguments["property"] != f"properties/{PROPERTY}":
            message = "User does not have sufficient permissions for this property."
            raise Refusal(refusal(403, "forbidden", message))
        (days,) = asked.body["dateRanges"]
        first, last = date.fromisoformat(days["startDate"]), date.fromisoformat(days["endDate"])
        headers = [{"name": dimension["name"]} for dimension in asked.body["dimensions"]]
        names = tuple(header["name"] for header in headers)
        assert names in {("date", *NAMES), ("date", "landingPage")}
        table: Mapping[date, Mapping[Any, Figures]] = self.visits if "sessionSource" in names else self.pages
        rows = [
            {
                "dimensionValues": [{"value": value} for value in (day.strftime("%Y%m%d"), *visit)],
                "metricValues": [{"value": str(figure)} for figure in figures],
            }
            for day, visits in table.items()
            for visit, figures in visits.items()
            if first <= day <= last
        ]
        offset, limit = int(asked.body.get("offset", "0")), min(int(asked.body["limit"]), self.page)
        answer = {"rowCount": len(rows), "metadata": self.metadata, "kind": "analyticsData#runReport"}
        return {**answer, "dimensionHeaders": headers, "rows": rows[offset:][:limit]}


def visited(days: list[date]) -> Analytics:
    """Two kinds of visit on every day."""
    return Analytics(
        visits={
            day: {
                ("Organic Search", "google", "organic", "(not set)"): (10, 6, 9, 1.5, 12.25),
                ("Paid Search", "google", "cpc", "Brand"): (4, 2, 4, 0.0, 0.0),
            }
            for day in days
        }
    )
