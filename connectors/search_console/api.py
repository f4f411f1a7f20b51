"""What is asked of Search Console over the network, and what its refusals mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from googleapiclient.errors import HttpError

from connectors.google.asking import Asker
from connectors.google.refusals import FORBIDDEN, MISSING, Refused
from core.errors import AccessError, KokpitError, suggestion
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from connectors.google.credentials import Found

API: Final = ("searchconsole", "v1")
PAGE: Final = 25_000
CAP: Final = 50_000
"""The most rows that Search Console has for one day, property and search type; the rest it leaves out silently."""

Rows = list[dict[str, Any]]


class Site:
    """One property of Search Console, asked for the source *name*."""

    def __init__(self, name: str, site: str, found: Found, endpoint: str | None) -> None:
        """Nothing is asked yet."""
        self._name, self._site, self._found = name, site, found
        self._asker = Asker(name, API, found, endpoint)

    def __enter__(self) -> Self:
        """Itself; connections are closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every connection."""
        self._asker.__exit__()

    def totals(self, kind: str, first: date, last: date) -> tuple[Rows, str]:
        """The site's numbers by day, fresh ones too, and its first day that is not final ("": not said)."""
        rows: Rows = []
        metadata: dict[str, Any] = {}
        for answer in self._pages(kind, ["date"], first, last):
            rows += answer.get("rows", [])
            metadata |= answer.get("metadata", {})
        return rows, str(metadata.get("firstIncompleteDate") or metadata.get("first_incomplete_date") or "")

    def details(self, kind: str, dimension: str, day: date) -> Iterator[Rows]:
        """The numbers of one *day* by query, page, country or device, page by page; at most `CAP` rows."""
        for answer in self._pages(kind, ["date", dimension], day, day):
            yield answer.get("rows", [])

    def _pages(self, kind: str, dimensions: list[str], first: date, last: date) -> Iterator[dict[str, Any]]:
        """Every page up to the first without rows, or to the most that there are."""
        start = 0
        while start < CAP:
            answer = self._ask(
                {
                    "startDate": first.isoformat(),
                    "endDate": last.isoformat(),
                    "dimensions": dimensions,
                    "type": kind,
                    "dataState": "all",
                    "rowLimit": PAGE,
                    "startRow": start,
                }
            )
            yield answer
            if not answer.get("rows"):
                return
            start += len(answer["rows"])

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._asker.ask(lambda service: service.searchanalytics().query(siteUrl=self._site, body=body))
        except HttpError as error:
            raise self._no_access(Refused.of(error)) from error
        return dict(answer)

    def _no_access(self, refused: Refused) -> KokpitError:
        if refused.status not in {FORBIDDEN, MISSING}:
            message = _("The source {name}: Google answers with the status {status}: {message}")
            text = message.format(name=self._name, status=refused.status, message=refused.message or "?")
            return AccessError(text, _("Check the source in kokpit.toml."))
        message = _("The source {name}: {who} may not read {site} in Search Console.")
        text = message.format(name=self._name, who=self._found.who, site=self._site)
        step = _(
            "Add {who} there: Search Console → Settings → Users and permissions → Add user (Restricted is enough). "
            "The property has to be written exactly as Search Console writes it."
        )
        readable = [site for site, level in self._known() if level != UNVERIFIED and site != self._site]
        hint = suggestion(self._site, readable) if readable else ""
        return AccessError(text, f"{step.format(who=self._found.who)} {hint}".strip())

    def _known(self) -> list[tuple[str, str]]:
        try:
            return self.properties()
        except KokpitError:
            return []

    def properties(self) -> list[tuple[str, str]]:
        """Every property that the account knows, with its level of permission."""
        try:
            answer = self._asker.ask(lambda service: service.sites().list())
        except HttpError as error:
            refused = Refused.of(error)
            message = _("The source {name}: {who} may not list the properties of Search Console: {message}")
            text = message.format(name=self._name, who=self._found.who, message=refused.message or refused.status)
            raise AccessError(text, _("Replace the key file, or sign in again.")) from error
        return sorted((entry["siteUrl"], entry["permissionLevel"]) for entry in answer.get("siteEntry", []))


UNVERIFIED: Final = "siteUnverifiedUser"


def properties(name: str, found: Found, endpoint: str | None = None) -> list[str]:
    """The properties that may be read, for a picker."""
    with Site(name, "", found, endpoint) as nowhere:
        return [site for site, level in nowhere.properties() if level != UNVERIFIED]
