"""What is asked of Google Analytics over the network, and what its refusals mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from googleapiclient.errors import HttpError

from connectors.google.asking import Asker
from connectors.google.refusals import Refused
from core.errors import AccessError, TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.google.credentials import Found
    from core.period import Period

API: Final = ("analyticsdata", "v1beta")
PAGE: Final = 250_000
METRICS: Final = ("sessions", "engagedSessions", "totalUsers", "keyEvents", "totalRevenue")
ATTEMPTS: Final = 3
"""Few: ten errors of its servers within an hour, and Analytics answers a project no more."""


class Property:
    """One property of Analytics (its number), asked for the source *name*."""

    def __init__(self, name: str, number: str, found: Found, endpoint: str | None) -> None:
        """Nothing is asked yet."""
        self._name, self._number, self._found = name, number, found
        self._asker = Asker(name, API, found, endpoint, ATTEMPTS)

    def __enter__(self) -> Self:
        """Itself; connections are closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every connection."""
        self._asker.__exit__()

    def report(self, dimensions: Sequence[str], days: Period) -> list[dict[str, Any]]:
        """The pages of the report by date and *dimensions*; together they are all of its rows."""
        for _attempt in range(ATTEMPTS):
            pages = self._pages(dimensions, days)
            counts = {page.get("rowCount", 0) for page in pages}
            if counts == {sum(len(page.get("rows", [])) for page in pages)}:
                return pages
        message = _("The source {name}: the numbers of Analytics changed while they were being read.")
        raise TemporaryError(
            message.format(name=self._name), _("Try again in a few minutes; what was fetched so far is kept.")
        )

    def page(self, dimensions: Sequence[str], days: Period, limit: int, offset: int = 0) -> dict[str, Any]:
        """At most *limit* rows of that report, from *offset* on."""
        names = ["date", *dimensions]
        body = {
            "dateRanges": [{"startDate": days.start.isoformat(), "endDate": days.end.isoformat()}],
            "dimensions": [{"name": name} for name in names],
            "metrics": [{"name": name} for name in METRICS],
            # Without an order of their own, pages could overlap.
            "orderBys": [{"dimension": {"dimensionName": name}} for name in names],
            "limit": str(limit),
            "offset": str(offset),
        }
        return self._ask(body)

    def _pages(self, dimensions: Sequence[str], days: Period) -> list[dict[str, Any]]:
        pages: list[dict[str, Any]] = []
        read = 0
        while True:
            answer = self.page(dimensions, days, PAGE, read)
            pages.append(answer)
            read += len(answer.get("rows", []))
            if not answer.get("rows") or read >= answer.get("rowCount", 0):
                return pages

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        place = f"properties/{self._number}"
        try:
            return dict(self._asker.ask(lambda service: service.properties().runReport(property=place, body=body)))
        except HttpError as error:
            message = _("The source {name}: {who} may not read the Analytics property {number}: {message}")
            said = Refused.of(error)
            text = message.format(
                name=self._name, who=self._found.who, number=self._number, message=said.message or said.status
            )
            step = _(
                "Add {who} as a viewer: Analytics → Admin → Property access management. Check the number there too."
            )
            raise AccessError(text, step.format(who=self._found.who)) from error
