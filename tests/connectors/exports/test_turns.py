"""Whoever interrupts a load does not wait until the statement at hand has ended."""

from __future__ import annotations

import time
from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

import duckdb
import pytest

from connectors.exports.turns import threads
from warehouse.writer import Lane, trying

if TYPE_CHECKING:
    from core.config import Home

ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"


def test_a_statement_that_takes_long_is_interrupted(home: Home) -> None:
    free: SimpleQueue[Lane] = SimpleQueue()
    started = Event()
    said: list[str] = []

    def work(lane: Lane) -> None:
        started.set()
        try:
            lane.run(ENDLESS)
        except duckdb.InterruptException as error:
            said.append(str(error))
        finally:
            free.put(lane)

    def interrupted(lane: Lane) -> None:
        with threads(free, [lane]) as pool:
            pool.submit(work, lane)
            started.wait()
            raise KeyboardInterrupt

    began = time.monotonic()
    with trying(home.warehouse) as writer, pytest.raises(KeyboardInterrupt):
        interrupted(writer.lane())
    assert len(said) == 1
    assert time.monotonic() - began < 20
