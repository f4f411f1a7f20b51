"""Tells whether anybody has written into a journal's file: what it said before need not be read again."""

from __future__ import annotations

import sqlite3
import threading
from itertools import count
from pathlib import Path
from typing import Final

_numbers: Final = count(1)


class Watch:
    """A connection that only looks. Safe to share between threads."""

    def __init__(self, file: str) -> None:
        """Know the *file*; it is opened when its state is asked for."""
        self._file = Path(file)
        self._name = ""
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def state(self) -> str | None:
        """What is never the same again once anybody has written, in whichever program; None where that cannot be told.

        SQLite counts for each connection the changes that others made: https://sqlite.org/pragma.html#pragma_data_version.
        """
        with self._lock:
            try:
                (number,) = self._opened().execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                # Whoever reads now is told what is wrong, in words.
                self._close()
                return None
            return f"{self._name}: {number}"

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            # A connection counts from where it began, so that no two may share a name.
            self._name = f"journal {next(_numbers)}"
            address = f"{self._file.absolute().as_uri()}?mode=rw"
            self._connection = sqlite3.connect(address, timeout=0, uri=True, check_same_thread=False)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
