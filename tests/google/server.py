"""Google on this machine: real HTTP, the routes and schemas of Google's own descriptions, and answers as told.

A service is a module or object with a *document* (the description it follows) and an `answer`; more can be added to a
server at any time. Whatever contradicts the description is kept in `mismatches`, which a test's end asks for.
"""

from __future__ import annotations

import json
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import parse_qs, urlsplit

from tests.google.answers import UNAUTHORIZED, Answer, Refusal
from tests.google.documents import Method, Mismatch, methods
from tests.google.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Asked:
    """One request as a service sees it: the method, the route's variables and query parameters, the body."""

    method: str
    arguments: dict[str, str]
    query: dict[str, list[str]]
    body: dict[str, Any]
    account: str = ""


class Service(Protocol):
    """One of Google's services: the name of its description, and what it answers."""

    document: str

    def answer(self, asked: Asked) -> dict[str, Any] | Answer:
        """The answer, as JSON or prepared. Raises Refusal."""


@dataclass
class Script:
    """Answers to give, one after the other, to the requests that *fits* is true of; afterwards the truth."""

    fits: Callable[[Asked], bool]
    answers: list[Answer]


@dataclass
class GoogleServer:
    """The server: started with ``with``, reached at `endpoint`."""

    services: list[Service] = field(default_factory=list)
    tokens: Tokens = field(default_factory=Tokens)
    asked: list[Asked] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    ended: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def script(self, *answers: Answer, fits: Callable[[Asked], bool] = lambda _asked: True) -> None:
        """Give these *answers* to the next requests that *fits* is true of."""
        self.scripts.append(Script(fits, list(answers)))

    @property
    def endpoint(self) -> str:
        """The address of every service."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def token_uri(self) -> str:
        """The address that gives tokens."""
        return f"{self.endpoint}/token"

    def __enter__(self) -> Self:
        """Listen on a free port of the loopback address."""
        self._server = _Listener(("127.0.0.1", 0), _Handler)
        self._server.google = self
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening, and let go of whoever still waits."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def find(self, verb: str, path: str) -> tuple[Service, Method, dict[str, str]] | None:
        """The service, method and variables of a route."""
        for service in self.services:
            for method in methods(service.document):
                arguments = method.arguments(verb, path)
                if arguments is not None:
                    return service, method, arguments
        return None

    def answer(self, service: Service, method: Method, asked: Asked) -> Answer:
        """The answer to *asked*: the next one told, else the service's own, checked against the description."""
        method.check_query(asked.query)
        method.check_request(asked.body)
        with self.lock:
            self.asked.append(asked)
            told = next((script for script in self.scripts if script.answers and script.fits(asked)), None)
            if told:
                return told.answers.pop(0)
        try:
            said = service.answer(asked)
        except Refusal as refusal:
            return refusal.answer
        if isinstance(said, Answer):
            return said
        method.check_response(said)
        return Answer(200, json.dumps(said).encode(), {"Content-Type": "application/json; charset=UTF-8"})


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    google: GoogleServer

    def handle_error(self, *_: object) -> None:
        """Whoever breaks off a connection does so on purpose here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer a GET."""
        self._take()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._take()

    def _take(self) -> None:
        google = self.server.google
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        if parts.path == "/token":
            self._give(google.tokens.answer(body.decode()))
            return
        found = google.find(self.command, parts.path)
        if not found:
            google.mismatches.append(f"{self.command} {self.path} is no route")
            self._give(Answer(404, b"Not Found", {"Content-Type": "text/plain"}))
            return
        service, method, arguments = found
        account = google.tokens.account(self.headers.get("Authorization", ""))
        if account is None:
            self._give(UNAUTHORIZED)
            return
        try:
            asked = Asked(method.name, arguments, parse_qs(parts.query), json.loads(body or b"{}"), account)
            self._give(google.answer(service, method, asked))
        except Mismatch as mismatch:
            google.mismatches.append(str(mismatch))
            self._give(Answer(400, str(mismatch).encode(), {"Content-Type": "text/plain"}))

    def _give(self, answer: Answer) -> None:
        if answer.how == "hang":
            self.server.google.ended.wait(30)
        if answer.how in {"hang", "reset"}:
            # To close with unsent data and no linger is a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        with suppress(ConnectionError):
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            missing = 1000 if answer.how == "truncated" else 0
            self.send_header("Content-Length", str(len(answer.body) + missing))
            self.end_headers()
            self.wfile.write(answer.body)
        self.close_connection = self.close_connection or bool(answer.how == "truncated")
