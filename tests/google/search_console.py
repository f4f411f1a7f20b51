"""Search Console on this machine: a site's invented searches, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from tests.google.answers import Refusal, refusal

if TYPE_CHECKING:
    from tests.google.server import Asked

SITE: Final = "sc-domain:shop.example"
QUERY: Final = "webmasters.searchanalytics.query"
PAGE: Final = 25_000
CAP: Final = 50_000

Numbers = tuple[int, int, float | None]
"""Clicks, impressions, average position."""


@dataclass
class SearchConsole:
    """The properties of one account. *totals* by search type and day; *details* by search type, slice and day."""

    document: str = "searchconsole.v1"
    sites: dict[str, str] = field(default_factory=lambda: {SITE: "siteFullUser"})
    totals: dict[tuple[str, date], Numbers] = field(default_factory=dict)
    details: dict[tuple[str, str, date], dict[str, Numbers]] = field(default_factory=dict)
    first_incomplete: date | None = None

    def answer(self, asked: Asked) -> dict[str, Any]:
        """What Search Console answers."""
        if asked.method == "webmasters.sites.list":
            entries = [{"siteUrl": site, "permissionLevel": level} for site, level in self.sites.items()]
            return {"siteEntry": entries} if entries else {}
        if asked.method == QUERY:
            return self._rows(asked)
        raise NotImplementedError(asked.method)

    def _rows(self, asked: Asked) -> dict[str, Any]:
        site, body = asked.arguments["siteUrl"], asked.body
        if site not in self.sites:
            message = f"'{site}' is not a verified Search Console site in this account."
            raise Refusal(refusal(404, "notFound", message))
        if self.sites[site] == "siteUnverifiedUser":
            message = f"User does not have sufficient permission for site '{site}'. See also: https://support.example."
            raise Refusal(refusal(403, "forbidden", message))
        limit, start = body.get("rowLimit", 1000), body.get("startRow", 0)
        if limit > PAGE:
            message = f"Invalid value at 'row_limit': {limit}."
            raise Refusal(refusal(400, "badRequest", message))
        rows = self._found(body)[start:CAP][:limit]
        answer: dict[str, Any] = {"responseAggregationType": "byProperty"}
        if rows:
            answer["rows"] = rows
        if self.first_incomplete and body.get("dataState") == "all":
            answer["metadata"] = {"firstIncompleteDate": self.first_incomplete.isoformat()}
        return answer

    def _found(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        first, last = date.fromisoformat(body["startDate"]), date.fromisoformat(body["endDate"])
        kind, dimensions = body.get("type", "web"), body["dimensions"]
        found = []
        for day in (first + timedelta(n) for n in range((last - first).days + 1)):
            if body.get("dataState") != "all" and self.first_incomplete and day >= self.first_incomplete:
                continue
            if dimensions == ["date"]:
                rows = {"": self.totals[kind, day]} if (kind, day) in self.totals else {}
            else:
                (slice_,) = set(dimensions) - {"date"}
                rows = self.details.get((kind, slice_, day), {})
            found += [_row([day.isoformat() if d == "date" else k for d in dimensions], n) for k, n in rows.items()]
        return found


def _row(keys: list[str], numbers: Numbers) -> dict[str, Any]:
    clicks, impressions, position = numbers
    row = {"keys": keys, "clicks": clicks, "impressions": impressions, "ctr": clicks / impressions}
    return row if position is None else {**row, "position": position}


def filled(days: list[date], slices: tuple[str, ...] = ("query", "page"), kind: str = "web") -> SearchConsole:
    """A site with the same searches every day but for the clicks, which rise by one a day."""
    service = SearchConsole()
    for number, day in enumerate(days):
        service.totals[kind, day] = (10 + number, 100, 2.5)
        for slice_ in slices:
            service.details[kind, slice_, day] = {
                f"{slice_} one": (6 + number, 40, 1.5),
                f"{slice_} two": (2, 20, 4.25),
            }
    return service
