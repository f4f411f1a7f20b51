"""Files staged side by side: threads with a lane each, which take turns in the order of their files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition
from time import sleep
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from queue import SimpleQueue

    from warehouse.writer import Lane

PATIENCE: Final = 0.05


class Turns:
    """Lets numbered tasks pass one at a time, in the order of their numbers, whichever is ready first."""

    def __init__(self) -> None:
        """Number 0 is first."""
        self._next = 0
        self._changed = Condition()

    @contextmanager
    def reserved(self, number: int) -> Iterator[Callable[[], None]]:
        """Gives what waits until all lower numbers have passed; *number* has passed at the end, whatever happened."""

        def wait() -> None:
            with self._changed:
                self._changed.wait_for(lambda: self._next == number)

        try:
            yield wait
        finally:
            wait()
            with self._changed:
                self._next += 1
                self._changed.notify_all()


@contextmanager
def threads(free: SimpleQueue[Lane], lanes: Sequence[Lane]) -> Iterator[ThreadPoolExecutor]:
    """A thread for each of *lanes*, those at work not being *free*.

    Whoever interrupts waits neither for all files nor for a statement to end.
    """
    pool = ThreadPoolExecutor(len(lanes))
    try:
        yield pool
    except KeyboardInterrupt:
        pool.shutdown(wait=False, cancel_futures=True)
        # Between two statements nothing can be interrupted, so once is not enough.
        while free.qsize() < len(lanes):
            for lane in lanes:
                lane.interrupt()
            sleep(PATIENCE)
        raise
    finally:
        pool.shutdown(cancel_futures=True)
