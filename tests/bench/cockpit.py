"""How fast the cockpit answers from a big warehouse: sixty KPIs, three years, ten million rows of ads and of search."""

from __future__ import annotations

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Final

import duckdb

from core.config import Configuration
from core.period import Grain, Period
from metrics.evaluate import evaluate
from metrics.figures import Look, figures
from metrics.own import catalogue
from metrics.query import Query
from tests.bench.table import Measurement
from warehouse.datasets import DATASETS
from warehouse.schema import create_table
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from warehouse.snapshot import Snapshot

ROWS: Final = 10_000_000
DAYS: Final = 1095
EACH: Final = ROWS // DAYS + 1
LAST: Final = date(2026, 11, 1)
FIRST: Final = LAST - timedelta(days=DAYS - 1)
WEEKS: Final = 20
OWN: Final = 29
BIG: Final = frozenset({"ad_performance", "search_totals", "search_performance", "kpi_values"})
_DICE: Final = f"""
    FROM (SELECT DATE '{FIRST}' + day.range::INTEGER AS day, row.range AS row,
            hash(day.range * 100000 + row.range) AS seed
          FROM range({DAYS}) day, range({EACH}) row ORDER BY 1)
"""
ADS: Final = f"""
INSERT INTO ad_performance (day, platform, account, campaign_id, campaign, ad_group, ad, device, level, currency,
    impressions, clicks, cost, conversions, conversion_value, occurrence, load_id)
SELECT day, ['google_ads', 'meta_ads', 'linkedin_ads', 'microsoft_ads'][row % 4 + 1], 'account ' || row % 8,
    (row % 200)::VARCHAR, 'Campaign ' || row % 200, 'Group ' || row % 1000, 'Ad ' || row,
    ['mobile', 'desktop', 'tablet'][row % 3 + 1], 'ad', 'EUR', (seed % 1000)::BIGINT, (seed % 53)::BIGINT,
    ((seed % 10007) / 100)::DECIMAL(18, 6), ((seed % 307) / 100)::DECIMAL(18, 6),
    ((seed % 100003) / 100)::DECIMAL(18, 6), 1, 1 {_DICE}
"""
SEARCHES: Final = f"""
INSERT INTO search_performance (day, day_end, site, search_type, filters, slice, query, shape, clicks, impressions,
    position_sum, is_final, load_id)
SELECT day, day, 'site ' || row % 3, 'web', '', 'query', 'words ' || row, 'shape', (seed % 5)::BIGINT,
    (seed % 97)::BIGINT + 5, ((seed % 97) + 5) * (1 + row % 60), true, 2 {_DICE}
"""
TOTALS: Final = """
INSERT INTO search_totals (day, day_end, site, search_type, filters, shape, clicks, impressions, position_sum, is_final,
    load_id)
SELECT day, day, site, 'web', '', 'shape', sum(clicks) * 2, sum(impressions) * 2, sum(position_sum) * 2, true, 3
FROM search_performance GROUP BY day, site
"""
OWN_KPIS: Final = f"""
INSERT INTO custom_kpis (kpi_id, name, process, unit, better, numerator_label)
SELECT 'own_' || range, 'Own ' || range, 'paid_acquisition', 'number', 'higher', 'things' FROM range({OWN})
"""
OWN_VALUES: Final = f"""
INSERT INTO kpi_values (kpi, day, numerator) SELECT 'own_' || kpi.range, DATE '{FIRST}' + day.range::INTEGER,
    20 + hash(day.range * 100 + kpi.range) % 30 FROM range({OWN}) kpi, range({DAYS}) day
"""


def measurements() -> list[Measurement]:
    """A week that nobody looked at yet, again and again; beside the same with a statement for each KPI."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = big_warehouse(Path(folder))
        kpis = tuple(kpi.id for kpi in catalogue(snapshot).values() if set(kpi.datasets) <= BIG)
        weeks = [Period(end - timedelta(days=6), end) for end in (LAST - timedelta(weeks=ago) for ago in range(WEEKS))]
        figures(_look(snapshot, weeks[0]), kpis)
        shown = [_seconds(lambda week=week: figures(_look(snapshot, week), kpis)) for week in weeks[1:]]  # type: ignore[misc]
        years = Query(kpis, Period(FIRST, LAST), Grain.WEEK)
        together = [_seconds(lambda: evaluate(snapshot, years, Configuration())) for _attempt in range(5)]
        alone = _seconds(lambda: [evaluate(snapshot, _only(kpi), Configuration()) for kpi in kpis])
        asked = evaluate(snapshot, years, Configuration()).statements
    name = f"{len(kpis)} KPIs, {ROWS // 1_000_000}M rows of ads and of searches"
    detail = f"best {min(together):.2f} s, {asked} statements; a statement for each KPI {alone:.2f} s"
    return [
        Measurement(f"{name}: the cockpit of a week, p95", _p95(shown), "s", 1, f"best {min(shown):.2f} s of {WEEKS}"),
        Measurement(f"{name}: three years by week, p95", _p95(together), "s", 1, detail),
        Measurement(f"{name}: a statement each, against ours", alone / min(together), "×", 3, "", more_is_better=True),
    ]


def big_warehouse(folder: Path) -> Snapshot:
    """A snapshot of three years, its rows in the order of days."""
    with duckdb.connect(str(folder / "000001.duckdb")) as connection:
        for dataset in DATASETS.values():
            connection.execute(create_table(dataset, '"000001"'))
        for statement in (ADS, SEARCHES, TOTALS, OWN_KPIS, OWN_VALUES):
            connection.execute(statement)
    (folder / "CURRENT").write_text("000001.duckdb\n", encoding="ascii")
    return open_snapshot(folder)


def _look(snapshot: Snapshot, week: Period) -> Look:
    return Look(snapshot, Configuration(), week, Grain.WEEK)


def _only(kpi: str) -> Query:
    return Query((kpi,), Period(FIRST, LAST), Grain.WEEK)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20, method="inclusive")[-1]
