"""Refreshes a home's inbox over and over until it is killed; before each refresh, every file in it is restated.

The number of the round is every click in it: who sees two numbers at once has seen half a refresh.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from connectors.refresh import refresh
from core.config import Configuration, Home
from tests.crash.loader import write_exports


def refresh_round(home: Home, number: int) -> int | None:
    """Restate every file in the inbox and refresh; the snapshot."""
    write_exports(home.inbox, number)
    return refresh(home, Configuration()).snapshot


if __name__ == "__main__":
    place = Home(Path(sys.argv[1]))
    for each in count(int(sys.argv[2])):
        snapshot = refresh_round(place, each)
        sys.stdout.write(f"{snapshot}\n")
        sys.stdout.flush()
