"""Asking Google Sheets: three requests for any number of tabs; large tabs are read page by page."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from http.client import IncompleteRead
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import orjson
from google.auth.transport.requests import AuthorizedSession
from gspread.http_client import HTTPClient
from requests import Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError, ContentDecodingError
from urllib3 import Retry

from connectors.exports.alongside import letters
from connectors.google.options import endpoint
from connectors.google.refusals import QUOTAS
from connectors.google.troubles import explained, unreachable
from connectors.google_sheets.book import book_of
from core.errors import AccessError, ConfigurationError, KokpitError, TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from requests import PreparedRequest
    from urllib3 import HTTPResponse

    from connectors.google.credentials import Found
    from connectors.google_sheets.book import Book, Tab
    from core.config import Source

ADDRESS: Final = "https://sheets.googleapis.com"
TIMEOUT: Final = (10, 180)
PAGE: Final = 120_000
"""Cells of a page: about two megabytes, the size Google asks to keep to."""
TOGETHER: Final = 1_000_000
"""Cells of the grids that one request asks for together; nearly all of them are empty as a rule."""
ATTEMPTS: Final = 3
SAMPLE_ROWS: Final = 6
SAMPLE_COLUMNS: Final = 10
"""Of a sample: a header and five rows, as wide as a page shows them."""
LONGEST_WAIT: Final = 120
BACKOFF: Final = 1.0
FIELDS: Final = "properties(title,locale,timeZone),sheets(properties,merges)"
COLUMNS: Final = "COLUMNS"
VALUES: Final = {
    "valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER", "majorDimension": COLUMNS,
}  # fmt: skip
SHOWN: Final = {
    "valueRenderOption": "FORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING", "majorDimension": COLUMNS,
}  # fmt: skip
"""What cells hold, and what they show; column by column, since a list for each row would keep the interpreter busy."""


@dataclass
class Cells:
    """The cells of a tab column by column, all equally long: what they hold, and as what they show it."""

    values: list[list[Any]]
    shown: list[list[Any]]

    @property
    def agree(self) -> bool:
        """Whether every text is shown as it is: otherwise somebody wrote between the two questions."""
        return all(
            column == shown
            or not [1 for value, text in zip(column, shown, strict=True) if value.__class__ is str and value != text]
            for column, shown in zip(self.values, self.shown, strict=True)
        )


@dataclass(frozen=True)
class Page:
    """Rows of a tab from *first* (0-based) on, and their name in Google's notation."""

    tab: Tab
    name: str
    first: int = 0


class _Answer(Response):
    """An answer that is taken at once, and whose JSON is read by a faster reader than the usual one."""

    def iter_content(self, *_place: Any, **_options: Any) -> Any:  # noqa: ANN401 - as it is declared there
        return super().iter_content(None)

    def json(self, **_options: Any) -> Any:  # noqa: ANN401 - as it is declared there
        return orjson.loads(self.content)


class _Adapter(HTTPAdapter):
    def build_response(self, req: PreparedRequest, resp: HTTPResponse) -> Response:
        response = super().build_response(req, resp)
        response.__class__ = _Answer
        return response


class Client(HTTPClient):
    """One spreadsheet at Google, or at the ``endpoint`` of *source*."""

    def __init__(self, source: Source, key: str, found: Found) -> None:
        """Ask as *found* for the spreadsheet with *key*."""
        session = AuthorizedSession(found.credentials)
        retry = Retry(
            total=5, connect=2, read=1, backoff_factor=BACKOFF, backoff_jitter=BACKOFF, allowed_methods=None,
            status_forcelist=[429, 500, 502, 503, 504], raise_on_status=False, retry_after_max=LONGEST_WAIT,
        )  # fmt: skip
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Adapter(max_retries=retry))
        super().__init__(found.credentials, session)
        self.set_timeout(TIMEOUT)
        self.source, self.key, self.found = source, key, found
        self.address = endpoint(source) or ADDRESS

    def request(self, method: str, endpoint: str, *_rest: object, **options: Any) -> Response:  # noqa: ANN401 - as gspread declares it
        """The answer to one request. Raises KokpitError for everything that is none."""
        with explained(self.source.name, self.found):
            response = self._whole_answer(method, endpoint.replace(ADDRESS, self.address, 1), options)
        if not response.ok:
            raise refusal(self, response)
        return response

    def _whole_answer(self, method: str, address: str, options: dict[str, Any]) -> Response:
        for attempt in range(ATTEMPTS):
            try:
                return self.session.request(method, address, timeout=self.timeout, **options)
            except (ChunkedEncodingError, ContentDecodingError) as error:
                if attempt == ATTEMPTS - 1:
                    raise unreachable(self.source.name, IncompleteRead(b"")) from error
        raise AssertionError

    def book(self) -> Book:
        """What the spreadsheet consists of."""
        try:
            return book_of(self.fetch_sheet_metadata(self.key, {"fields": FIELDS}))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._no_answer() from error

    def cells(self, tabs: list[Tab], tell: Callable[[str, float], None]) -> dict[str, Cells]:
        """The cells of *tabs*, by title; read anew when somebody was writing meanwhile."""
        before = None
        for _attempt in range(ATTEMPTS):
            found = self._read(tabs, tell)
            # Texts that are shown otherwise than they are, twice in the same way, have a number format of their own.
            if found == before or all(cells.agree for cells in found.values()):
                return found
            before = found
        message = _("The source {name}: the spreadsheet changes faster than it can be read.")
        raise TemporaryError(message.format(name=self.source.name), _("Try again when nobody is writing in it."))

    def first_rows(self, tab: Tab) -> tuple[tuple[str, ...], ...]:
        """The first cells of *tab* as they are shown, every row equally wide."""
        # A range that leaves the grid is refused.
        corner = f"{letters(min(max(tab.columns, 1), SAMPLE_COLUMNS))}{min(max(tab.rows, 1), SAMPLE_ROWS)}"
        (columns,) = self._columns([Page(tab, f"{_quoted(tab)}!A1:{corner}")], SHOWN)
        height = max(map(len, columns), default=0)
        filled = ([*map(str, column), *[""] * (height - len(column))] for column in columns)
        return tuple(zip(*filled, strict=True))

    def _read(self, tabs: list[Tab], tell: Callable[[str, float], None]) -> dict[str, Cells]:
        values: dict[str, list[list[Any]]] = {tab.title: [] for tab in tabs}
        shown: dict[str, list[list[Any]]] = {tab.title: [] for tab in tabs}
        asked = list(_pages(tabs))
        filled = []
        for number, pages in enumerate(asked):
            tell(pages[0].tab.title, number / len(asked) / 2)
            if self._take(pages, VALUES, values):
                filled.append(pages)
        for number, pages in enumerate(filled):
            tell(pages[0].tab.title, 0.5 + number / len(filled) / 2)
            self._take(pages, SHOWN, shown)
        return {title: _cells(columns, shown.pop(title)) for title, columns in values.items()}

    def _take(self, pages: list[Page], rendering: Mapping[str, str], into: dict[str, list[list[Any]]]) -> bool:
        """Put the cells of *pages* below those that are there; whether any is filled."""
        found = self._columns(pages, rendering)
        for page, more in zip(pages, found, strict=True):
            _append(into[page.tab.title], page.first, more)
        return any(found)

    def _columns(self, pages: list[Page], rendering: Mapping[str, str]) -> list[list[list[Any]]]:
        try:
            answer = self.values_batch_get(self.key, [page.name for page in pages], dict(rendering))
            ranges = [_by_column(entry) for entry in answer["valueRanges"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._no_answer() from error
        if len(ranges) != len(pages):
            raise self._no_answer()
        return ranges

    def _no_answer(self) -> TemporaryError:
        message = _("The source {name}: what came back from {address} is no answer of Google Sheets.")
        step = _("Check that no proxy or sign-in page of the network stands in between, then try again.")
        return TemporaryError(message.format(name=self.source.name, address=self.address), step)


def _pages(tabs: list[Tab]) -> Iterator[list[Page]]:
    """What to ask for in one request each: small tabs together, large ones page by page."""
    together: list[Page] = []
    room = TOGETHER
    for tab in tabs:
        name = _quoted(tab)
        size = tab.rows * tab.columns
        if size > PAGE:
            step = max(PAGE // tab.columns, 1)
            last = letters(tab.columns)
            for first in range(0, tab.rows, step):
                end = min(first + step, tab.rows)
                yield [Page(tab, f"{name}!A{first + 1}:{last}{end}", first)]
            continue
        if size > room:
            yield together
            together, room = [], TOGETHER
        together.append(Page(tab, name))
        room -= size
    if together:
        yield together


def _quoted(tab: Tab) -> str:
    """The name of *tab* in Google's notation."""
    return "'" + tab.title.replace("'", "''") + "'"


def _by_column(entry: Mapping[str, Any]) -> list[list[Any]]:
    """The cells of one range by column, whichever way they came; an empty one has a column or row without cells."""
    found: list[list[Any]] = entry.get("values", [])
    if not any(found):
        return []
    if entry.get("majorDimension") == COLUMNS:
        return found
    return list(map(list, zip_longest(*found, fillvalue="")))


def _append(columns: list[list[Any]], first: int, more: list[list[Any]]) -> None:
    """Put *more* below what *columns* hold, from row *first* on: Google leaves out empty cells at the end of a page."""
    columns.extend([] for _number in range(len(more) - len(columns)))
    for column, cells in zip(columns, more, strict=False):
        column.extend([""] * (first - len(column)) if cells else [])
        column.extend(cells)


def _cells(values: list[list[Any]], shown: list[list[Any]]) -> Cells:
    """Both sides of a tab, all columns as high as the highest of what cells hold."""
    height = max(map(len, values), default=0)
    shown = [*shown, *([] for _number in range(len(values) - len(shown)))][: len(values)]
    for column in (*values, *shown):
        column.extend([""] * (height - len(column)))
    return Cells(values, [column[:height] if len(column) > height else column for column in shown])


def refusal(client: Client, response: Response) -> KokpitError:
    """What a refusal of Google's means, and what to do about it."""
    name, who = client.source.name, client.found.who
    status, said, reasons = response.status_code, *_said(response)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.FORBIDDEN and any(q in reasons for q in QUOTAS)):
        message = _("The source {name}: Google Sheets allows no more requests at the moment.").format(name=name)
        return TemporaryError(message, _("Try again in a minute or two."))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        message = _("The source {name}: Google Sheets has a fault of its own (status {status}).")
        return TemporaryError(message.format(name=name, status=status), _("Try again in a few minutes."))
    if status == HTTPStatus.FORBIDDEN:
        return _forbidden(name, who, said, reasons)
    if status == HTTPStatus.UNAUTHORIZED:
        message = _("The source {name}: Google does not accept the permission of {who} ({reason}).")
        step = _("Sign in again, or replace the key file.")
        return AccessError(message.format(name=name, who=who, reason=said), step)
    return _not_to_be_found(client, status, said)


def _not_to_be_found(client: Client, status: int, said: str) -> KokpitError:
    name, key = client.source.name, client.key
    if status == HTTPStatus.NOT_FOUND:
        message = _("The source {name}: there is no spreadsheet with the key {key}.").format(name=name, key=key)
        return ConfigurationError(message, _("Copy its address from the browser into kokpit.toml again."))
    if "not supported for this document" in said:
        message = _("The source {name}: the document with the key {key} is no Google spreadsheet but an uploaded file.")
        step = _("Open it in Google Sheets, choose File → Save as Google Sheets, and use the address of the copy.")
        return ConfigurationError(message.format(name=name, key=key), step)
    message = _("The source {name}: Google Sheets refused the request (status {status}: {reason}).")
    step = _("Try again; a tab may have been renamed meanwhile.")
    return TemporaryError(message.format(name=name, status=status, reason=said), step)


def _forbidden(name: str, who: str, said: str, reasons: str) -> KokpitError:
    if "SERVICE_DISABLED" in reasons or "has not been used in project" in said:
        message = _("The source {name}: the Google Sheets API is switched off in the project of {who}.")
        step = _("Switch it on in the Google Cloud console (APIs and services → Google Sheets API → Enable).")
    elif "SCOPE_INSUFFICIENT" in reasons:
        message = _("The source {name}: the permission of {who} does not include spreadsheets.")
        step = _("Sign in again, and allow reading spreadsheets.")
    else:
        message = _("The source {name}: {who} may not read the spreadsheet.")
        step = _("Share the spreadsheet with {who} (Share → Viewer), then try again.").format(who=who)
    return AccessError(message.format(name=name, who=who), step)


def _said(response: Response) -> tuple[str, str]:
    """Google's own words, shortened, and everything it says about the reasons as one text."""
    try:
        error = response.json()["error"]
        return str(error["message"])[:200], f"{error.get('status', '')} {error.get('details')} {error.get('errors')}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return response.reason or "", ""
