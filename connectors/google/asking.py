"""Asking one of Google's services: from any thread, not too often, and again after failures that pass."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, Self

import google_auth_httplib2
import orjson
import stamina
import stamina.instrumentation
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import build_http
from googleapiclient.model import JsonModel

from connectors.google.refusals import Refused, refusal
from connectors.google.troubles import NETWORK, explained
from core.errors import TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectors.google.credentials import Found

# Otherwise each further attempt would leave a line of its own, in nobody's words, on the terminal.
stamina.instrumentation.set_on_retry_hooks([])

TIMEOUT: Final = 60
REQUESTS_A_SECOND: Final = 5
AT_ONCE: Final = 100
"""How many requests may go out before the pace is kept: a refresh of a few days never waits."""
LONGEST_WAIT: Final = 120.0
ATTEMPTS: Final = 6


class Pace:
    """Lets requests through at a steady rate, some at once at the start; waiting is off where tests switch it off."""

    def __init__(self, rate: float = REQUESTS_A_SECOND, at_once: int = AT_ONCE) -> None:
        """*rate* requests a second."""
        self._interval, self._ahead = 1 / rate, at_once / rate
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Wait until the next request may go out."""
        with self._lock:
            now = time.monotonic()
            self._next = max(self._next, now - self._ahead) + self._interval
            pause = self._next - now
        if pause > 0 and not stamina.is_testing():
            time.sleep(pause)


class Page(JsonModel):  # type: ignore[misc] # the client's own ways, which carry no types
    """How answers are read: quickly, and never anything but JSON."""

    def deserialize(self, content: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The answer; raises NotJsonError for a web page with status 200."""
        try:
            return orjson.loads(content)
        except orjson.JSONDecodeError:
            raise NotJsonError from None


class NotJsonError(ValueError):
    """The answer is no JSON, although the server says that all is well."""


@dataclass
class Asker:
    """Asks the service *api* (name and version) for the source *name*, from any thread."""

    name: str
    api: tuple[str, str]
    found: Found
    endpoint: str | None = None
    attempts: int = ATTEMPTS
    pace: Pace = field(default_factory=Pace)
    _own: threading.local = field(default_factory=threading.local)
    _services: list[Any] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Itself; connections are closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every connection."""
        for service in self._services:
            service.close()

    def ask(self, request: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The answer to what *request* makes of the service. Raises KokpitError, or HttpError for what it alone tells.

        Waits as long as a server says, and longer with each failure.
        """
        with explained(self.name, self.found):
            try:
                for attempt in stamina.retry_context(_again, self.attempts, 600, 1, 60, 1):
                    with attempt:
                        return self._once(request)
            except HttpError as error:
                raise refusal(self.name, self.found, self.api[0], error) from error
            except NotJsonError:
                message = _("The source {name}: something between here and Google answered with a web page.")
                step = _("Sign in to your network, or ask who runs its proxy to let {address} through.")
                address = self.endpoint or f"{self.api[0]}.googleapis.com"
                raise TemporaryError(message.format(name=self.name), step.format(address=address)) from None
        raise AssertionError  # the loop answers or raises

    def _once(self, request: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever JSON holds
        self.pace.wait()
        try:
            return request(self._service()).execute()
        except NETWORK:
            # What is left of a connection that broke off would spoil the next answer.
            self._own.__dict__.clear()
            raise

    def _service(self) -> Any:  # noqa: ANN401 - the client makes its classes as it goes
        # Shared between threads, it would hand out the answers to other requests.
        if not hasattr(self._own, "service"):
            http = build_http()
            http.timeout = TIMEOUT
            self._own.service = build(
                *self.api,
                static_discovery=True,
                model=Page(),
                http=google_auth_httplib2.AuthorizedHttp(self.found.credentials, http=http),
                client_options={"api_endpoint": self.endpoint} if self.endpoint else None,
            )
            self._services.append(self._own.service)
        return self._own.service


def _again(error: Exception) -> bool | float:
    """Whether to ask again after *error*; a number is the seconds that the server asked to wait."""
    if not isinstance(error, HttpError):
        return isinstance(error, (*NETWORK, HTTPException, NotJsonError))
    wait = error.resp.get("retry-after", "")
    if not Refused.of(error).passes:
        return False
    return float(wait) if wait.isdigit() and float(wait) <= LONGEST_WAIT else not wait.isdigit()
