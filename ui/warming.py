"""What the first reader after a start or a refresh would wait for, computed ahead in the background of the server."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from core.errors import KokpitError
from ui import casework, cockpit, homes, meeting
from ui.department import processes
from ui.screen import open_screen
from ui.speaking import speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.homes import Shown

LOOKS_EVERY: Final = 10.0
"""Seconds between two looks for newer data."""
LEAVES_WITHIN: Final = 5.0
_LOG: Final = "streamlit.runtime.scriptrunner_utils.script_run_context"


class Warming:
    """Asks what the cockpit and the meeting ask, once for each snapshot; readers find the answers in the cache."""

    def __init__(self) -> None:
        """Nothing happens before the first `look`."""
        self._stopped = Event()
        self._known = ""

    def look(self) -> None:
        """Compute what is not computed yet."""
        try:
            shown = homes.shown()
            newest = shown.snapshot.identity
            if newest != self._known:
                self._known = newest
                self._ask(shown)
        except KokpitError:
            # Whoever opens a page is told, with the next step.
            return

    def _ask(self, shown: Shown) -> None:
        if not shown.generation:
            return
        screen = open_screen(shown, {}, None)
        speak(screen)
        teams = processes(screen)
        cockpit.exceptions(screen, teams)
        cockpit.rows(screen, teams)
        cockpit.warnings(screen, teams)
        found = meeting.opened(screen)
        if found is None or found.is_closed or self._stopped.is_set():
            return
        for exception in found.exceptions if found.figures else ():
            if not self._stopped.is_set():
                casework.get_ready(found, exception)

    def run(self) -> None:
        """Look again and again until stopped."""
        while not self._stopped.is_set():
            self.look()
            self._stopped.wait(LOOKS_EVERY)

    def stop(self) -> None:
        """Come to an end after the question that is being asked."""
        self._stopped.set()


@contextmanager
def warmed(warming: Warming) -> Iterator[None]:
    """Have *warming* look for newer data in the background while the block runs."""
    # Without a reader there is nobody to draw for, which Streamlit would complain about at every question.
    logging.getLogger(_LOG).addFilter(_has_reader)
    thread = Thread(target=warming.run, name="kokpit-warming", daemon=True)
    thread.start()
    try:
        yield
    finally:
        warming.stop()
        # What is being asked now may take a while; nobody waits for the answer any more.
        thread.join(timeout=LEAVES_WITHIN)


def _has_reader(record: logging.LogRecord) -> bool:
    return record.threadName != "kokpit-warming"
