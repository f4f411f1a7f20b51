"""A million Search Console rows over HTTP into a published snapshot, beside parsing and inserting the same JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import duckdb
import orjson
import pyarrow as pa

from tests.bench.table import Measurement
from tests.google.tokens import service_account

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: Final = 1_000_000
PAGE: Final = 25_000
DAYS: Final = 40
FIRST: Final = date(2026, 1, 1)
TODAY: Final = FIRST + timedelta(DAYS + 5)
RUNS: Final = 3
SERVE: Final = """
from tests.bench.google import serve
serve()
"""
IN_A_PROCESS: Final = """
import sys, time
from datetime import date
from pathlib import Path
from connectors.search_console.connector import SearchConsole
from core.config import Home, Source
from warehouse.writer import writing
home = Home(Path(sys.argv[1]))
options = {"site": "sc-domain:shop.example", "detail": ["query"], "since": date(2026, 1, 1), "endpoint": sys.argv[2]}
started = time.perf_counter()
connector = SearchConsole(Source("bench", "search_console", options), home, date.fromisoformat(sys.argv[3]))
connector.fetch(lambda what, share: None)
with writing(home.warehouse) as writer:
    results = connector.bring(writer)
    assert writer.changed == (sys.argv[4] == "new"), results
    if writer.changed:
        writer.publish()
        connector.published()
print("seconds", time.perf_counter() - started)
assert sys.argv[4] != "new" or results[-1].rows_loaded == 1_000_000, results
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(line)
"""


def measurements() -> list[Measurement]:
    """How long a first refresh takes beside the least that it could do, its memory, and a refresh with nothing new."""
    pages = [page(FIRST + timedelta(day)) for day in range(DAYS)]
    with tempfile.TemporaryDirectory() as name, serving() as served:
        folder = Path(name)
        # The same machine weighs on both: they take turns.
        rounds = [(least(pages, folder), *refresh(folder / f"home{run}", served, "new")) for run in range(RUNS)]
        again = refresh(folder / "home0", served, "old")[0]
    ratio = median(mine / theirs for theirs, mine, _memory in rounds)
    theirs, mine = (median(times) for times in list(zip(*rounds, strict=True))[:2])
    what = "1M Search Console rows over HTTP into a snapshot"
    return [
        Measurement(what, ratio, "×", 2, f"{mine:.2f} s, parsing and inserting {theirs:.2f} s"),
        Measurement("Peak memory of that", max(memory for *_times, memory in rounds), "MB", 600),
        Measurement("A refresh with nothing new", again, "s", 2),
    ]


def page(day: date) -> bytes:
    """One day's answer: `PAGE` queries."""
    number = day.toordinal()
    rows = [
        {
            "keys": [day.isoformat(), f"how to wash car number {n} in {n * number % 9973}"],
            "clicks": n * number % 7,
            "impressions": 20 + n * number % 613,
            "ctr": 0.0123456789,
            "position": 1 + n * number % 9871 / 97,
        }
        for n in range(PAGE)
    ]
    return json.dumps({"rows": rows, "responseAggregationType": "byProperty"}).encode()


def least(pages: list[bytes], folder: Path) -> float:
    """Seconds to parse *pages* and insert them as Arrow, and no more."""
    file = folder / "least.duckdb"
    started = time.perf_counter()
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "CREATE TABLE facts (day DATE, query VARCHAR, clicks BIGINT, impressions BIGINT, position DOUBLE)"
        )
        for body in pages:
            rows = orjson.loads(body)["rows"]
            connection.register("page", _arrow(rows))
            connection.execute("INSERT INTO facts SELECT * FROM page")
            connection.unregister("page")
    taken = time.perf_counter() - started
    file.unlink()
    return taken


def _arrow(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.table(
        {
            "day": [row["keys"][0] for row in rows],
            "query": [row["keys"][1] for row in rows],
            "clicks": [row["clicks"] for row in rows],
            "impressions": [row["impressions"] for row in rows],
            "position": [row["position"] for row in rows],
        }
    )


def refresh(home: Path, served: tuple[str, str], state: str) -> tuple[float, float]:
    """Seconds and megabytes of a refresh in a process of its own."""
    home.mkdir(exist_ok=True)
    endpoint, key = served
    (home / "service_account.json").write_text(key, encoding="utf-8")
    command = [sys.executable, "-c", IN_A_PROCESS, str(home), endpoint, TODAY.isoformat(), state]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    taken, memory = re.search(r"seconds ([\d.]+)", said), re.search(r"(\d+) kB", said)
    assert taken, said
    return float(taken[1]), int(memory[1]) / 1024 if memory else float("nan")


@contextmanager
def serving() -> Iterator[tuple[str, str]]:
    """The address of a server in a process of its own, which gives each day's page, and a key for it."""
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield server.stdout.readline().strip(), server.stdout.readline()
        finally:
            server.terminate()


def serve() -> None:
    """Serve until standard input ends: totals and, for each day, one full page of queries."""
    from tests.google.answers import Answer  # noqa: PLC0415 - only the serving process needs them
    from tests.google.search_console import SearchConsole  # noqa: PLC0415 - the same
    from tests.google.server import GoogleServer  # noqa: PLC0415 - the same

    days = [FIRST + timedelta(day) for day in range(DAYS)]
    bodies = {day.isoformat(): page(day) for day in days}

    class Prepared(SearchConsole):
        def answer(self, asked: Any) -> Any:  # noqa: ANN401 - as the service's own
            if asked.body.get("dimensions") == ["date", "query"]:
                empty = b'{"responseAggregationType": "byProperty"}'
                return Answer(200, empty if asked.body["startRow"] else bodies[asked.body["startDate"]])
            return super().answer(asked)

    with GoogleServer([Prepared(totals={("web", day): (9, 99, 2.5) for day in days})]) as server:
        sys.stdout.write(f"{server.endpoint}\n{json.dumps(service_account(server.token_uri))}\n")
        sys.stdout.flush()
        sys.stdin.read()
