"""What the server does beside pages: it is ready, and it answers at once."""

from __future__ import annotations

import socket
from dataclasses import dataclass

import pytest

from ui.server import routes, without_delay


@dataclass
class Transport:
    """A connection as asyncio hands it out."""

    connection: socket.socket | None

    def get_extra_info(self, name: str) -> socket.socket | None:
        """The socket."""
        assert name == "socket"
        return self.connection


@dataclass
class Protocol:
    """The server's side of a connection."""

    transport: Transport


def test_small_packets_are_not_held_back() -> None:
    with socket.socket() as connection:
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
        without_delay(Protocol(Transport(connection)))
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


@pytest.mark.parametrize("protocol", [None, object(), Protocol(Transport(None))])
def test_servers_of_another_make_are_left_alone(protocol: object) -> None:
    without_delay(protocol)


def test_the_server_says_that_it_is_there() -> None:
    (health,) = routes()
    # It waits for nothing, so one step is all; an event loop may be running already, for the browser's tests.
    with pytest.raises(StopIteration) as ended:
        health.endpoint(None).send(None)
    answer = ended.value.value
    assert (health.path, answer.status_code, answer.body) == ("/healthz", 200, b"ok")
