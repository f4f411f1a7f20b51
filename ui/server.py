"""What happens once, when the server starts: everything heavy is imported, so that the first reader does not wait."""

from __future__ import annotations

import gc
import importlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui import frame, homes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import streamlit as st
    from starlette.requests import Request

_HEAVY: Final = ("altair", "pandas", "pyarrow", "duckdb", "babel.numbers", "ui.cockpit", "ui.detail", "ui.intake")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Get ready before the first reader comes."""
    prepare()
    yield
    # Frozen objects would be reported as leaked when the process ends.
    gc.unfreeze()


def prepare() -> None:
    """Import what pages need, name the pages to Streamlit, open the warehouse, and keep all of it out of collections.

    Naming the pages before anyone comes is what lets the very first reader arrive at any page: without it Streamlit
    takes the folder ``pages`` for its older kind of application and says that the page was not found.
    """
    for name in _HEAVY:
        importlib.import_module(name)
    frame.navigation()
    homes.shown()
    gc.collect()
    gc.freeze()


def routes() -> list[Route]:
    """Addresses beside the pages."""
    return [Route("/healthz", _health)]


async def _health(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")
