"""A refresh with nothing new: from the command being there to its end, over an inbox that was loaded before."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from connectors.refresh import refresh
from core.config import Configuration, Home
from tests.bench.loading import write_report
from tests.bench.table import Measurement

FILES: Final = 40
ROWS: Final = 25_000
RUNS: Final = 5
REFRESH: Final = """
import sys, time
from pathlib import Path
from connectors.refresh import refresh
from core.config import Configuration, Home
import metrics.catalog
started = time.perf_counter()
report = refresh(Home(Path(sys.argv[1])), Configuration())
assert report.snapshot is None and report.is_whole, report
print(time.perf_counter() - started)
"""


def measurements() -> list[Measurement]:
    """The seconds of a refresh that finds everything as it was, after its modules are imported."""
    with tempfile.TemporaryDirectory() as name:
        home = Home(Path(name))
        home.inbox.mkdir()
        for number in range(FILES):
            file = write_report(home.inbox / f"{number}.csv", ROWS)
            # Each file is of an account of its own.
            file.write_text(file.read_text(encoding="utf-8").replace("123-456-7890", f"123-456-{number:04d}"), "utf-8")
        assert refresh(home, Configuration()).snapshot == 1
        taken = median(_seconds(home) for _run in range(RUNS))
    what = "A refresh with nothing new, after start-up"
    return [Measurement(what, taken, "s", 2, f"{FILES} files of {ROWS:,} rows")]


def _seconds(home: Home) -> float:
    command = [sys.executable, "-c", REFRESH, str(home.path)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
