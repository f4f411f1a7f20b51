"""Loading a daily Google Ads report, up to the published snapshot, beside DuckDB reading that file as plain text."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import duckdb

from connectors.exports.load import load_files
from connectors.exports.results import LOADED
from core.config import Home
from tests.bench.table import Measurement
from warehouse.generations import current_generation

if TYPE_CHECKING:
    from collections.abc import Callable

MILLION: Final = 1_000_000
MANY: Final = 5_000_000
DAYS: Final = 365
RUNS: Final = 7
PREAMBLE: Final = "Ad report\nNovember 1, 2025 - October 31, 2026\n"
REPORT: Final = """
SELECT 'Campaign ' || ad % 200 AS "Campaign", 'Group ' || ad % 1000 AS "Ad group", (7000000 + ad)::VARCHAR AS "Ad ID",
    strftime(DATE '2025-11-01' + day::INTEGER, '%Y-%m-%d') AS "Day", '123-456-7890' AS "Customer ID",
    'EUR' AS "Currency code", format('{{:,}}', seed % 5003) AS "Impr.", (seed % 53)::VARCHAR AS "Clicks",
    ((seed % 10007) / 100)::DECIMAL(18, 2)::VARCHAR AS "Cost", ((seed % 307) / 100)::DECIMAL(18, 2) AS "Conversions",
    ((seed % 99991) / 100)::DECIMAL(18, 2) AS "Conv. value"
FROM (SELECT number // {ads} AS day, number % {ads} AS ad, hash(number) AS seed
      FROM range({rows}) AS rows(number))
"""
SUMS: Final = """format('{:,}', sum(replace("Impr.", ',', '')::BIGINT)), sum("Clicks"::BIGINT),
    sum("Cost"::DECIMAL(18, 2)), sum("Conversions"), sum("Conv. value")"""
IN_A_PROCESS: Final = """
import sys
from pathlib import Path
from connectors.exports.load import load_files
from core.config import Home
result, = load_files(Home(Path(sys.argv[1])), [Path(sys.argv[2])])
assert result.rows_loaded == int(sys.argv[3]), result
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(line)
"""


def measurements() -> list[Measurement]:
    """How loading compares with reading, in both of Google's encodings, and the memory that five million rows take."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = write_report(folder / "plain.csv", MILLION)
        wide = write_report(folder / "wide.csv", MILLION, excel=True)
        rounds = _in_turns(lambda: read_as_text(plain, folder), lambda: load(plain, folder), lambda: load(wide, folder))
        plain.unlink()
        wide.unlink()
        memory = peak_memory(write_report(folder / "many.csv", MANY), folder, MANY)
    what = "Loading 1M daily rows, against reading them as text"
    return [
        _against(what, 1.25, [(loading, reading) for reading, loading, _wide in rounds]),
        _against(f"{what}, UTF-16", 1.6, [(loading, reading) for reading, _plain, loading in rounds]),
        Measurement("Peak memory of loading 5M daily rows", memory, "MB", 800),
    ]


def _against(what: str, limit: float, pairs: list[tuple[float, float]]) -> Measurement:
    """The middle of the ratios of *pairs* of times."""
    mine, theirs = (median(times) for times in zip(*pairs, strict=True))
    detail = f"{mine:.2f} s, DuckDB alone {theirs:.2f} s"
    return Measurement(what, median(mine / theirs for mine, theirs in pairs), "×", limit, detail)


def write_report(file: Path, rows: int, *, excel: bool = False) -> Path:
    """Write a report of *rows* rows to *file*, as Google's CSV or its "Excel CSV": tabs, UTF-16."""
    table, mark = file.with_suffix(".table"), "\t" if excel else ","
    statement = REPORT.format(rows=rows, ads=rows // DAYS)
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({statement}) TO '{table}' (FORMAT CSV, HEADER, DELIMITER '{mark}')")
        sums = connection.execute(f"SELECT {SUMS} FROM ({statement})").fetchone()
    assert sums is not None
    impressions = str(sums[0]) if excel else f'"{sums[0]}"'
    totals = mark.join(["Total: Ads", *[" --"] * 4, "EUR", impressions, *map(str, sums[1:])])
    encoding = "utf-16" if excel else "utf-8"
    with file.open("w", encoding=encoding, newline="") as out, table.open(encoding="utf-8", newline="") as part:
        out.write(PREAMBLE)
        shutil.copyfileobj(part, out, 1 << 24)
        out.write(f"{totals}\n")
    table.unlink()
    return file


def read_as_text(file: Path, folder: Path) -> None:
    """What DuckDB alone does with *file*: a table of text in a database on disk."""
    database = folder / "text.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            f"CREATE TABLE report AS SELECT * FROM read_csv('{file}', all_varchar = true, skip = 2, header = true)"
        )
    database.unlink()


def load(file: Path, folder: Path) -> None:
    """Load *file* into a home of its own, and look at what came of it."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        home = Home(Path(name))
        (result,) = load_files(home, [file])
        assert (result.status, result.rows_loaded, result.rows_total) == (LOADED, MILLION, 1), result
        assert not result.control_differs
        assert current_generation(home.warehouse) == 1


def peak_memory(file: Path, folder: Path, rows: int) -> float:
    """Megabytes that a process which loads *file* takes at most; not a number where nobody counts them."""
    command = [sys.executable, "-c", IN_A_PROCESS, str(folder / "many"), str(file), str(rows)]
    if not Path("/proc/self/status").exists():
        return float("nan")
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    match = re.search(r"(\d+) kB", said)
    assert match, said
    return int(match[1]) / 1024


def _in_turns(*tasks: Callable[[], None]) -> list[list[float]]:
    """Seconds that each of *tasks* takes, round by round: what else the machine does then weighs on all of them."""
    taken: list[list[float]] = []
    for _run in range(RUNS + 1):
        taken.append([])
        for task in tasks:
            started = time.perf_counter()
            task()
            taken[-1].append(time.perf_counter() - started)
    # The first round warms up: imports, and the file in memory.
    return taken[1:]
