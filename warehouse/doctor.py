"""A check of the home: configuration, disk, versions, and whether the snapshots keep their contract."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from core.config import read_configuration
from core.errors import KokpitError
from warehouse.datasets import DATASETS
from warehouse.generations import current_generation, generations
from warehouse.schema import quoted
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.config import Home

OK: Final = "ok"
WARNING: Final = "warning"
PROBLEM: Final = "problem"
LOW_SPACE: Final = 1 << 30
OLDEST_PYTHON: Final = (3, 11)
PACKAGES: Final = ("streamlit", "duckdb", "pandas", "altair", "sqlglot", "babel", "pyarrow")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: its state, what was found, and what to do about it."""

    check: str
    state: str
    finding: str
    next_step: str = ""

    def as_dict(self) -> dict[str, str]:
        """As the command line's ``--json`` writes it."""
        return asdict(self)


def examine(home: Home) -> list[Finding]:
    """Everything about *home* that can be checked without changing it."""
    return [*_versions(), *_configuration(home), *_folder(home), *_snapshot(home)]


def _versions() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        yield Finding("python", PROBLEM, f"Python {python}", "Install Python 3.11 or newer.")
    else:
        yield Finding("python", OK, f"Python {python}")
    found = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    yield Finding("packages", OK, found)


def _configuration(home: Home) -> Iterator[Finding]:
    if not home.configuration.exists():
        yield Finding("configuration", OK, f"{home.configuration} does not exist; the defaults hold.")
        return
    try:
        configuration = read_configuration(home)
    except KokpitError as error:
        yield Finding("configuration", PROBLEM, error.message, error.next_step)
        return
    yield Finding("configuration", OK, f"{home.configuration}: {configuration.currency}, {configuration.time_zone}.")


def _folder(home: Home) -> Iterator[Finding]:
    place = home.path
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        yield Finding("rights", PROBLEM, f"{place} cannot be written.", "Give yourself the right to write there, or choose --home.")
    else:
        yield Finding("rights", OK, f"{place} can be written.")
    free = shutil.disk_usage(place).free
    text = f"{free / 2**30:.1f} GB free."
    low = free < LOW_SPACE
    yield Finding("disk", WARNING if low else OK, text, "Free some space: each load needs room for a second copy." if low else "")


def _snapshot(home: Home) -> Iterator[Finding]:
    try:
        generation = current_generation(home.warehouse)
        if not generation:
            yield Finding("warehouse", WARNING, "Nothing is loaded yet.", "Run: python cli.py load FILE, or: python cli.py demo.")
            return
        snapshot = open_snapshot(home.warehouse)
        rows = {name: snapshot.rows(f"SELECT count(*) FROM {quoted(name)}")[0][0] for name in DATASETS}
    except KokpitError as error:
        yield Finding("warehouse", PROBLEM, error.message, error.next_step)
        return
    filled = ", ".join(f"{name} {count}" for name, count in rows.items() if count)
    yield Finding("warehouse", OK, f"Snapshot {generation} of {len(generations(home.warehouse))} kept: {filled}.")
    if rows["rejects"]:
        step = "Look at them: python cli.py export rejects."
        yield Finding("rejects", WARNING, f"{rows['rejects']} rows were rejected.", step)
    differing = snapshot.rows("SELECT name FROM loads WHERE control_differs ORDER BY load_id DESC LIMIT 5")
    if differing:
        names = ", ".join(row[0] for row in differing)
        yield Finding("totals", WARNING, f"Declared totals differ from the rows in: {names}.", "Download these again.")
