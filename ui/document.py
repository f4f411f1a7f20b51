"""The document that every browser begins with: Streamlit's own, with Kokpit's style sheet and name.

Drawn by the page, the style sheet can reach the browser a moment later than what it styles.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE: Final = "Kokpit"
STYLE: Final = (Path(__file__).parent / "style.css").read_bytes()
# At the end of the body, behind what Streamlit adds to the head: of equals, the last rule wins.
_REPLACED: Final = {
    b"<title>Streamlit</title>": f"<title>{TITLE}</title>".encode(),
    b"</body>": b"<style>\n" + STYLE + b"</style>\n</body>",
}
_HTML: Final = "text/html"
# With these the server could answer with what nothing can be added to: no document, a part of it, compressed bytes.
_LEFT_OUT: Final = {b"if-none-match", b"if-modified-since", b"if-range", b"range", b"accept-encoding"}
# What these say of the file is not true of what is sent.
_OF_THE_FILE: Final = ("content-length", "etag", "last-modified", "accept-ranges")


class Styled:
    """Adds the style sheet to the document, whichever page its address names."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before *app*."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; documents with the style sheet."""
        if scope["type"] != "http" or _HTML not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        asked = [pair for pair in scope["headers"] if pair[0] not in _LEFT_OUT]
        await self.app({**scope, "headers": asked}, receive, _styling(send))


def _styling(send: Send) -> Send:
    is_document = False

    async def styled(message: Message) -> None:
        nonlocal is_document
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            is_document = headers.get("content-type", "").startswith(_HTML)
            for name in _OF_THE_FILE if is_document else ():
                del headers[name]
        elif is_document:
            message["body"] = _with_style(message.get("body", b""))
        await send(message)

    return styled


def _with_style(part: bytes) -> bytes:
    for found, instead in _REPLACED.items():
        part = part.replace(found, instead)
    return part
