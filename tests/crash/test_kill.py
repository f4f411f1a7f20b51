"""`kill -9` at thirty random instants of loading, while two other processes read all the time."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.crash.loader import ACCOUNTS, ROWS, load
from warehouse.generations import current_generation, generations
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.config import Home

ROOT: Final = Path(__file__).parents[2]
KILLS: Final = 30
ROUND: Final = 1000
LAST: Final = (KILLS + 1) * ROUND


class State(NamedTuple):
    """What a reader saw, after how many reads."""

    reads: int
    rows: int
    least: int
    most: int
    accounts: int
    cost: int
    loads: int


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_killing_a_loader_never_shows_half_a_load(home: Home, tmp_path: Path) -> None:
    chance = random.Random(42)
    interrupted = 0
    with ExitStack() as stack:
        nursery = stack.enter_context(_running("tests.crash.loader", home.path, tmp_path / "exports"))
        readers = [stack.enter_context(_running("tests.crash.reader", home.warehouse)) for _ in range(2)]
        for reader in readers:
            _line(reader)
        span = 2 * min(_seconds_of_a_load(home, tmp_path / "exports", number) for number in (1, 2))
        for kill in range(1, KILLS + 1):
            before = current_generation(home.warehouse)
            _kill_one(nursery, first=kill * ROUND, after=chance.uniform(0, span))
            was_writing = any(home.warehouse.glob("*.part"))
            has_begun = was_writing or current_generation(home.warehouse) > before
            interrupted += was_writing
            # On a machine that has become busy a loader is killed before it begins: it gets more time.
            span *= 1 if has_begun else 1.15
            if kill % 2 == 0:
                # The next load works, so readers see new numbers however slow the machine is.
                load(home, tmp_path / "exports", kill * ROUND + ROUND // 2)
        load(home, tmp_path / "exports", LAST)
        for reader in readers:
            _judge(_what_it_saw(reader))
    assert interrupted >= KILLS // 10
    assert _left(home) == {"CURRENT", "writer.lock", *(f"{n:06d}.duckdb" for n in generations(home.warehouse))}
    assert len(generations(home.warehouse)) <= 3
    found = open_snapshot(home.warehouse).rows("SELECT count(*), min(clicks), max(clicks) FROM ad_performance")
    assert found == [(ROWS, LAST, LAST)]


def _seconds_of_a_load(home: Home, exports: Path, number: int) -> float:
    started = time.monotonic()
    load(home, exports, number)
    return time.monotonic() - started


def _kill_one(nursery: subprocess.Popen[str], first: int, after: float) -> None:
    """Have a loader start at load number *first*, and kill it *after* so many seconds."""
    assert nursery.stdin is not None
    nursery.stdin.write(f"{first}\n")
    nursery.stdin.flush()
    loader = int(_line(nursery))
    time.sleep(after)
    os.kill(loader, signal.SIGKILL)
    assert _line(nursery) == "gone"


def _judge(seen: list[State]) -> None:
    """Every state is one whole load of both accounts, or the empty start; numbers never go back."""
    assert seen[-1].reads > 100
    assert len(seen) > KILLS // 3
    for state in seen:
        if not state.rows:
            assert state[1:] == (0, 0, 0, 0, 0, 0)
            continue
        assert (state.rows, state.accounts) == (ROWS, len(ACCOUNTS))
        assert state.least == state.most
        assert state.cost == ROWS * state.most
        assert state.loads % len(ACCOUNTS) == 0
    numbers = [state.most for state in seen]
    assert numbers == sorted(numbers)
    assert numbers[-1] == LAST


def _what_it_saw(reader: subprocess.Popen[str]) -> list[State]:
    out, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors
    return [State(*state) for state in json.loads(out)]


def _left(home: Home) -> set[str]:
    assert current_generation(home.warehouse)
    return {entry.name for entry in home.warehouse.iterdir()}


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()[1]
    return line.strip()


@contextmanager
def _running(module: str, *arguments: Path) -> Iterator[subprocess.Popen[str]]:
    """The program *module* in a process of its own, which is killed at the end."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()
