"""Reading several sources side by side, while the caller hears in its own thread how far each has come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, get_ident
from typing import TYPE_CHECKING, Final

from core.errors import TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from connectors.base import Connector

    Tell = Callable[[str, str, float], None]

AT_ONCE: Final = 4
PATIENCE: Final = 0.2


class Fetching:
    """Connectors reading side by side. *tell* hears source, what is being read, and the share done.

    Whoever shows progress may not be called from other threads, so the threads only leave word. An error of *tell*
    itself, such as that of somebody who gave up waiting, ends the reading.
    """

    def __init__(self, tell: Tell) -> None:
        """Nothing is read yet."""
        self._tell = tell
        self._owner = get_ident()
        self._word: SimpleQueue[tuple[str, str, float] | None] = SimpleQueue()
        self._stopped = Event()

    def read(self, connectors: Sequence[Connector]) -> list[BaseException | None]:
        """Fetch with each of *connectors*; what each ended in."""
        with self._pool() as pool:
            # Each task sees the language that messages are to be in.
            tasks = [pool.submit(copy_context().run, self._fetch, connector) for connector in connectors]
            running = len(tasks)
            while running:
                # A wait without end could not be interrupted from the keyboard of every system.
                with suppress(Empty):
                    word = self._word.get(timeout=PATIENCE)
                    running -= word is None
                    if word:
                        self._tell(*word)
        return [task.exception() for task in tasks]

    @contextmanager
    def _pool(self) -> Iterator[ThreadPoolExecutor]:
        """Threads to read in; whoever interrupts from the keyboard does not wait for those that wait for an answer."""
        pool = ThreadPoolExecutor(AT_ONCE)
        waits = True
        try:
            yield pool
        except BaseException as error:
            self._stopped.set()
            waits = not isinstance(error, KeyboardInterrupt)
            raise
        finally:
            pool.shutdown(wait=waits, cancel_futures=True)

    def _fetch(self, connector: Connector) -> None:
        try:
            connector.fetch(partial(self._told, connector.source.name))
        finally:
            self._word.put(None)

    def _told(self, source: str, label: str, share: float) -> None:
        if get_ident() == self._owner:
            self._tell(source, label, share)
        elif self._stopped.is_set():
            raise TemporaryError(_("The refresh was stopped."), _("Start it again."))
        else:
            self._word.put((source, label, share))
