"""How fast every KPI of every process is computed: two years by week, on the demonstration department."""

from __future__ import annotations

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.config import Home, read_configuration
from core.period import Grain, Period
from metrics.catalog import CATALOGUE
from metrics.evaluate import evaluate
from metrics.freshness import freshness
from metrics.query import Query
from tests.bench.table import Measurement
from tests.demonstration import build_demonstration
from ui import queries
from ui.homes import Shown
from warehouse.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

WEEKS: Final = 104
ATTEMPTS: Final = 5


def measurements() -> list[Measurement]:
    """All KPIs at once, from a snapshot nobody has asked yet and from one that is warm; the statements it takes."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Home(build_demonstration(Path(folder) / "demonstration"))
        query = _question(demo)
        known = open_snapshot(demo.warehouse)
        cold = _seconds(demo, query, Snapshot(known.folder, known.generation))
        warm = min(_seconds(demo, query, known) for _ in range(ATTEMPTS))
        found = evaluate(known, query, read_configuration(demo))
        shown, reporting = Shown(demo, is_demo=True, snapshot=known), read_configuration(demo)
        queries.evaluation(shown, query, reporting)
        cached = max(_timed(lambda: queries.evaluation(shown, query, reporting)) for _ in range(ATTEMPTS))
    datasets = {dataset for kpi in CATALOGUE.values() for dataset in kpi.datasets}
    name = f"all {len(CATALOGUE)} KPIs, {WEEKS} weeks"
    return [
        Measurement(f"{name}, cold", cold, "s", 1.5, "the first question to a snapshot"),
        Measurement(f"{name}, warm", warm, "s", 1.5, f"best of {ATTEMPTS}"),
        Measurement(f"{name}, cached", 1000 * cached, "ms", 150, f"worst of {ATTEMPTS}, as every page asks"),
        Measurement("statements", found.statements / len(datasets), "a dataset", 1.2, f"{len(datasets)} datasets"),
    ]


def _question(demo: Home) -> Query:
    reporting = read_configuration(demo)
    last = max(source.newest for source in freshness(open_snapshot(demo.warehouse), reporting, date(1970, 1, 1)))
    days = Period(last - timedelta(weeks=WEEKS), last)
    return Query(tuple(CATALOGUE), days, Grain.WEEK, calendar=reporting.calendar)


def _seconds(demo: Home, query: Query, snapshot: Snapshot) -> float:
    return _timed(lambda: evaluate(snapshot, query, read_configuration(demo)))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
