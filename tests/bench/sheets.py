"""Reading a tab of a million cells over HTTP, beside parsing the same answers as JSON."""

from __future__ import annotations

import gc
import json
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from connectors.google_sheets.api import COLUMNS
from connectors.plan.tables import NOBODY
from connectors.registry import KINDS
from core.config import Configuration, Home, Source
from tests.bench.table import Measurement
from tests.google.answers import Answer
from tests.google.server import GoogleServer
from tests.google.sheets import BOOK, KEY, RANGE
from tests.google.tokens import service_account
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.google.server import Asked

ROWS: Final = 100_000
RUNS: Final = 5
HEADER: Final = [
    *("lead_id", "created_at", "source", "medium", "campaign", "segment", "company", "owner", "status", "value")
]
ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - as sheets count


@dataclass
class Prepared:
    """A spreadsheet of one tab whose answers are made beforehand, so that only the reading takes time.

    *by_row* are the same cells as Google gives them unless it is asked otherwise: what reading is compared with.
    """

    document: str = "sheets.v4"
    pages: dict[tuple[str, str], bytes] = field(default_factory=dict)
    by_row: list[bytes] = field(default_factory=list)

    def answer(self, asked: Asked) -> dict[str, Any] | Answer:
        """What Google Sheets answers."""
        if asked.method == BOOK:
            grid = {"rowCount": ROWS + 1, "columnCount": len(HEADER)}
            about = {"title": "Bench", "locale": "en_GB", "timeZone": "Europe/Warsaw"}
            return {"properties": about, "sheets": [{"properties": {"title": "leads", "gridProperties": grid}}]}
        ((name,), (rendering,)) = asked.query["ranges"], asked.query["valueRenderOption"]
        if (name, rendering) not in self.pages:
            rows = _rows(name, shown=rendering == "FORMATTED_VALUE")
            self.pages[name, rendering] = _body(name, COLUMNS, list(zip(*rows, strict=True)))
            self.by_row.append(_body(name, "ROWS", rows))
        return Answer(200, self.pages[name, rendering], {"Content-Type": "application/json; charset=UTF-8"})


def _body(name: str, major: str, values: Sequence[Sequence[Any]]) -> bytes:
    return json.dumps({"valueRanges": [{"range": name, "majorDimension": major, "values": values}]}).encode()


def _rows(name: str, *, shown: bool) -> list[list[Any]]:
    match = RANGE.fullmatch(name)
    assert match, name
    first, last = int(match[2]) - 1, int(match[4])
    return [_row(number, shown=shown) if number else HEADER for number in range(first, last)]


def _row(number: int, *, shown: bool) -> list[Any]:
    created, value = 45_000 + number % 700 + number % 86_400 / 86_400, number * 37 % 100_000 / 100
    texts = ["google", "cpc", f"campaign {number % 50}", "new", f"company {number % 5_000}", f"owner {number % 7}"]
    if shown:
        moment = ZERO + timedelta(days=created)
        return [f"L{number:06d}", f"{moment:%d.%m.%Y %H:%M:%S}", *texts, "open", f"{value:,.2f} €"]
    return [f"L{number:06d}", created, *texts, "open", value]


def measurements() -> list[Measurement]:
    """How reading the tab, and reading and publishing it, compare with parsing its answers."""
    rounds = []
    with tempfile.TemporaryDirectory() as name, GoogleServer() as google:
        prepared = Prepared()
        google.services.append(prepared)
        for number in range(RUNS + 1):
            home = Home(Path(name) / str(number))
            home.path.mkdir()
            (home.path / "service_account.json").write_text(json.dumps(service_account(google.token_uri)))
            reading, publishing = read(home, google.endpoint)
            rounds.append((reading, publishing, parse(prepared)))
            # As the app does at its start: what was imported is not looked through again and again.
            gc.freeze()
    # The first round warms up: imports, and the answers made.
    what = "Reading a tab of 1M cells, against parsing its JSON row by row"
    return [
        _against(what, 3, [(reading, parsing) for reading, _publishing, parsing in rounds[1:]]),
        _against(
            f"{what}, published", 5, [(reading + publishing, parsing) for reading, publishing, parsing in rounds[1:]]
        ),
    ]


def read(home: Home, endpoint: str) -> tuple[float, float]:
    """Seconds that reading the tab takes, and then publishing it."""
    source = Source("bench", "google_sheets", {"spreadsheet": KEY, "endpoint": endpoint})
    connector = KINDS["google_sheets"].make(source, home, Configuration(), NOBODY)
    started = time.perf_counter()
    connector.fetch(lambda _name, _share: None)
    fetched = time.perf_counter()
    with writing(home.warehouse) as writer:
        (result,) = connector.bring(writer)
        writer.publish()
    connector.published()
    published = time.perf_counter()
    assert (result.rows_loaded, result.rows_rejected) == (ROWS, 0), result
    assert open_snapshot(home.warehouse).generation == 1
    return fetched - started, published - fetched


def parse(prepared: Prepared) -> float:
    """Seconds that parsing all cells, row by row, as JSON takes."""
    started = time.perf_counter()
    for body in prepared.by_row:
        json.loads(body)
    return time.perf_counter() - started


def _against(what: str, limit: float, pairs: list[tuple[float, float]]) -> Measurement:
    """The middle of the ratios of *pairs* of times."""
    mine, theirs = (median(times) for times in zip(*pairs, strict=True))
    detail = f"{mine:.2f} s, JSON alone {theirs:.2f} s"
    return Measurement(what, median(mine / theirs for mine, theirs in pairs), "×", limit, detail)
