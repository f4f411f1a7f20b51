"""A warehouse of numbers small enough to add up in one's head."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.tables import make_every_table
from warehouse.loads import Load
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]


def publish(folder: Path, *clicks: int, wait_seconds: float | None = None) -> int:
    """Add one row for each of *clicks*, with an entry in the load log, and publish; the new generation."""
    with writing(folder, wait_seconds) as writer:
        make_every_table(writer)
        load_id = writer.next_load_id()
        writer.run(
            """INSERT INTO target.ad_performance BY NAME SELECT DATE '2026-11-01' AS day, 'google_ads' AS platform,
            'A' AS account, $1 AS campaign, position AS occurrence, clicks, $2 AS load_id
            FROM unnest($3::BIGINT[]) WITH ORDINALITY AS t(clicks, position)""",
            [f"load {load_id}", load_id, list(clicks)],
        )
        writer.log(Load(load_id=load_id, name=f"load {load_id}.csv", dataset="ad_performance", status="loaded"))
        return writer.publish()


def clicks(folder: Path) -> int:
    """The clicks that a reader who comes now sees."""
    return int(open_snapshot(folder).rows("SELECT coalesce(sum(clicks), 0) FROM ad_performance")[0][0])


def files(folder: Path) -> set[str]:
    """The names in a warehouse folder, without the lock file, which stays."""
    return {entry.name for entry in folder.iterdir()} - {"writer.lock"}


@contextmanager
def another_process(program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process that runs *program* and has printed a line; it is killed at the end."""
    # A program without a file is taken for a person's session: the database would draw how far it is.
    command = [sys.executable, "-c", f"__file__ = 'test'\n{program}", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline(), process.communicate()[1]
            yield process
        finally:
            process.kill()


def run_python(program: str, *arguments: str) -> str:
    """What a Python process that runs *program* prints. Fails with its errors."""
    # A program without a file is taken for a person's session: the database would draw how far it is.
    command = [sys.executable, "-c", f"__file__ = 'test'\n{program}", *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 0, result.stderr
    return result.stdout
