"""Readers without a browser: the messages that Streamlit's own front end sends, and when the server has answered."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg, ForwardMsgList
from websockets.asyncio.client import connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from websockets.asyncio.client import ClientConnection

PATIENCE: Final = 60.0


class Reader:
    """One open session."""

    def __init__(self, socket: ClientConnection) -> None:
        """Speak over *socket*."""
        self._socket = socket

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[Self]:
        """A reader of the cockpit at *url* (http://…)."""
        address = url.replace("http://", "ws://", 1) + "/_stcore/stream"
        async with connect(address, subprotocols=["streamlit"], max_size=None, compression=None) as socket:  # type: ignore[list-item]
            yield cls(socket)

    async def visit(self, page: str, query: str) -> float:
        """Run the page *page* with *query*; the seconds until the server has sent everything."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        return await self.ask(message)

    async def ask(self, message: BackMsg) -> float:
        """Send *message*; the seconds until the server has sent everything."""
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._ends(await self._socket.recv()):
                pass
        return time.perf_counter() - start

    def heard(self, message: ForwardMsg) -> None:
        """Take note of what the server says; a reader only waits for its end."""

    def _ends(self, received: str | bytes) -> bool:
        """Whether *received* tells that the script has run to its end."""
        messages = _messages(received if isinstance(received, bytes) else received.encode())
        for message in messages:
            self.heard(message)
        ends = (message.script_finished for message in messages if message.WhichOneof("type") == "script_finished")
        # What stops in order to run once more has not ended.
        return any(end != ForwardMsg.FINISHED_EARLY_FOR_RERUN for end in ends)


def _messages(content: bytes) -> list[ForwardMsg]:
    message = ForwardMsg()
    message.ParseFromString(content)
    if message.WhichOneof("type"):
        return [message]
    several = ForwardMsgList()
    several.ParseFromString(content)
    return list(several.messages)
