"""A reader that never stops asking: it ends with what it saw once its standard input is closed."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Final

from warehouse.snapshot import open_snapshot

ASKED: Final = """SELECT count(*), coalesce(min(clicks), 0), coalesce(max(clicks), 0), count(DISTINCT account),
    coalesce(sum(cost), 0)::BIGINT, (SELECT count(*) FROM loads) FROM ad_performance"""


def watch(folder: Path, ended: threading.Event) -> list[tuple[int, ...]]:
    """Each state that differs from the one before, in order, after the number of reads until then; the last one too."""
    seen: list[tuple[int, ...]] = []
    reads = 0
    while True:
        # Asked before the read: the last one begins after the end, so what it sees is no older than that.
        is_last = ended.is_set()
        (state,) = open_snapshot(folder).rows(ASKED)
        reads += 1
        if is_last or not seen or seen[-1][1:] != state:
            seen.append((reads, *state))
        if is_last:
            return seen


def _main() -> None:
    ended = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=[ended]).start()
    _say("watching")
    _say(json.dumps(watch(Path(sys.argv[1]), ended)))


def _wait_for_the_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main()
