"""What happens once, when the server starts: everything heavy is imported, so that the first reader does not wait."""

from __future__ import annotations

import gc
import importlib
import logging
import socket
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from core.config import user_home
from core.errors import KokpitError
from ui.document import Styled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    import streamlit as st
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

_HEAVY: Final = (
    "altair",
    "pandas",
    "pyarrow",
    "duckdb",
    "babel.numbers",
    "ui.cockpit",
    "ui.detail",
    "ui.intake",
    "ui.meeting",
    "ui.progress",
    "ui.refreshing",
    "ui.steps",
    "pack.formats",
)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Get ready before the first reader comes."""
    prepare()
    from ui.schedule import Schedule, scheduled  # noqa: PLC0415 - imported only now, as everything heavy is
    from ui.warming import Warming, warmed  # noqa: PLC0415 - likewise

    try:
        with scheduled(Schedule(user_home())), warmed(Warming()):
            yield
    finally:
        # Frozen objects would be reported as leaked when the process ends.
        gc.unfreeze()


def prepare() -> None:
    """Import what pages need, name the pages to Streamlit, open the warehouse, and keep all of it out of collections.

    Naming the pages before anyone comes is what lets the very first reader arrive at any page: without it Streamlit
    takes the folder ``pages`` for its older kind of application and says that the page was not found.
    """
    from ui import frame, homes  # noqa: PLC0415 - Streamlit's caches want the server to be running

    for name in _HEAVY:
        importlib.import_module(name)
    with _without_complaints():
        frame.navigation()
    with suppress(KokpitError):  # the page tells it, with the next step
        homes.shown()
    gc.collect()
    gc.freeze()


@contextmanager
def _without_complaints() -> Iterator[None]:
    """Keep Streamlit from saying in the log that there is no reader yet."""
    log = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


class PromptReplies:
    """Sends what a page draws at once.

    Streamlit binds its socket without naming the protocol, so asyncio leaves the delay for small packets on, and every
    click waits some 40 ms for the browser's acknowledgement.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before *app*."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; a reader's connection without the delay."""
        if scope["type"] == "websocket":
            without_delay(getattr(receive, "__self__", None))
        await self.app(scope, receive, send)


def without_delay(protocol: object) -> None:
    """Have the connection of the server's *protocol* send small packets at once, where it can be reached."""
    transport = getattr(protocol, "transport", None)
    connection = transport.get_extra_info("socket") if transport is not None else None
    if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def middleware() -> list[Middleware]:
    """What every request passes through."""
    return [Middleware(PromptReplies), Middleware(Styled)]


def routes() -> list[Route]:
    """Addresses beside the pages."""
    return [Route("/healthz", _health)]


async def _health(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")
