"""`kill -9` during a refresh: the snapshot before it stays in force, and the next refresh goes on."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.crash.loader import ROWS
from tests.crash.refresher import refresh_round
from warehouse.generations import current_generation, generation_file
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from core.config import Home

ROOT: Final = Path(__file__).parents[2]
KILLS: Final = 6
ROUND: Final = 1000


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_killing_a_refresh_leaves_the_previous_snapshot(home: Home) -> None:
    chance = random.Random(7)
    home.inbox.mkdir()
    interrupted = 0
    for kill in range(1, KILLS + 1):
        seen = _refresh_until_killed(home, kill * ROUND, chance.uniform(0.0, 0.1))
        current = current_generation(home.warehouse)
        # What was published is in force, or the one after it whose word was cut off.
        assert current in (seen, seen + 1)
        assert generation_file(home.warehouse, current).exists()
        assert _numbers_at_once(home) == 1
        interrupted += any(home.warehouse.glob("*.part"))
    assert interrupted
    assert refresh_round(home, (KILLS + 1) * ROUND) == current_generation(home.warehouse)
    assert not list(home.warehouse.glob("*.part"))
    assert _numbers_at_once(home) == 1


def _refresh_until_killed(home: Home, first: int, after: float) -> int:
    """Refresh in another process, kill it a moment *after* it began its second snapshot; the last one it told of."""
    command = [sys.executable, "-m", "tests.crash.refresher", str(home.path), str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline()]
        while not any(home.warehouse.glob("*.part")) and process.poll() is None:
            time.sleep(0.001)
        time.sleep(after)
        process.kill()
        told += process.stdout.readlines()
    return max(int(line) for line in told if line.endswith("\n"))


def _numbers_at_once(home: Home) -> int:
    rows, numbers = open_snapshot(home.warehouse).rows("SELECT count(*), count(DISTINCT clicks) FROM ad_performance")[0]
    assert rows == ROWS
    return int(numbers)
