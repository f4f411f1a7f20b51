"""Twelve KPIs by week and platform over ten million rows, beside hand-written SQL and pandas on a cached frame."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pandas as pd

from core.config import Configuration
from core.period import Grain, Period
from metrics.evaluate import evaluate
from metrics.query import Query
from tests.bench.table import Measurement
from warehouse.datasets import DATASETS
from warehouse.schema import create_table
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from warehouse.snapshot import Snapshot

ROWS: Final = 10_000_000
DAYS: Final = 730
RUNS: Final = 25
FILL: Final = f"""
INSERT INTO ad_performance (day, platform, account, campaign_id, campaign, ad_group, ad, device, level, currency,
    impressions, clicks, cost, conversions, conversion_value, occurrence, load_id)
SELECT DATE '2024-11-01' + number::INTEGER, ['google_ads', 'meta_ads', 'linkedin_ads', 'microsoft_ads'][ad % 4 + 1],
    'account ' || ad % 8, (ad % 200)::VARCHAR, 'Campaign ' || ad % 200, 'Group ' || ad % 1000, 'Ad ' || ad,
    ['mobile', 'desktop', 'tablet'][ad % 3 + 1], 'ad', 'EUR', (seed % 1000)::BIGINT, (seed % 53)::BIGINT,
    ((seed % 10007) / 100)::DECIMAL(18, 6), ((seed % 307) / 100)::DECIMAL(18, 6),
    ((seed % 100003) / 100)::DECIMAL(18, 6), 1, 1 + number // 7
FROM (SELECT day.range AS number, ad.range AS ad, hash(day.range * 100000 + ad.range) AS seed
      FROM range({DAYS}) day, range({ROWS // DAYS}) ad ORDER BY 1)
"""
TWELVE: Final = (
    *("spend", "impressions", "clicks", "ctr", "cpc", "cpm", "conversions", "conversion_rate", "cost_per_conversion"),
    *("conversion_value", "roas", "value_per_conversion"),
)
"""Those that one statement over ads can have: others also ask for deals, or roll over four weeks."""
BY_HAND: Final = """
SELECT date_trunc('week', day) AS week, platform, sum(cost)::DOUBLE AS spend, sum(impressions)::DOUBLE AS impressions,
    sum(clicks)::DOUBLE AS clicks, sum(clicks)::DOUBLE / sum(impressions) AS ctr,
    sum(cost)::DOUBLE / sum(clicks) AS cpc, 1000 * sum(cost)::DOUBLE / sum(impressions) AS cpm,
    sum(conversions)::DOUBLE AS conversions, sum(conversions)::DOUBLE / sum(clicks) AS conversion_rate,
    sum(cost)::DOUBLE / sum(conversions) AS cost_per_conversion,
    sum(conversion_value)::DOUBLE AS conversion_value, sum(conversion_value)::DOUBLE / sum(cost) AS roas,
    sum(conversion_value)::DOUBLE / sum(conversions) AS value_per_conversion
FROM ad_performance WHERE day BETWEEN DATE '2024-11-01' AND DATE '2026-10-31' GROUP BY 1, 2 ORDER BY 1, 2
"""
FRAME: Final = """
SELECT day, platform, impressions, clicks, cost::DOUBLE AS cost, conversions::DOUBLE AS conversions,
    conversion_value::DOUBLE AS conversion_value FROM ad_performance
"""


def measurements() -> list[Measurement]:
    """How evaluating compares with a statement written by hand, and with pandas."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = ten_million_rows(Path(folder))
        days = Period(*snapshot.rows("SELECT min(day), max(day) FROM ad_performance")[0])
        query = Query(TWELVE, days, Grain.WEEK, ("platform",))
        cached = snapshot.frame(FRAME)
        cached["platform"] = cached["platform"].astype("category")

        def ours() -> pd.DataFrame:
            return evaluate(snapshot, query, Configuration()).table

        def by_hand() -> pd.DataFrame:
            return snapshot.frame(BY_HAND)

        agree(ours(), by_hand(), in_pandas(cached))
        mine, theirs = side_by_side(ours, by_hand)
        frame = min(timed(lambda: in_pandas(cached)) for _ in range(3))
    what = f"{len(TWELVE)} KPIs by week and platform over {ROWS // 1_000_000}M rows"
    return [
        Measurement(
            f"{what}, against SQL by hand", mine / theirs, "×", 1.1, f"{mine * 1000:.0f} ms, {theirs * 1000:.0f} ms"
        ),
        Measurement(
            f"{what}, pandas against ours",
            frame / mine,
            "×",
            3,
            f"{frame * 1000:.0f} ms, {mine * 1000:.0f} ms",
            more_is_better=True,
        ),
    ]


def ten_million_rows(folder: Path) -> Snapshot:
    """A snapshot with two years of ads, sorted by day as the warehouse keeps them."""
    with duckdb.connect(str(folder / "000001.duckdb")) as connection:
        for dataset in DATASETS.values():
            connection.execute(create_table(dataset, '"000001"'))
        connection.execute(FILL)
    (folder / "CURRENT").write_text("000001.duckdb\n", encoding="ascii")
    return open_snapshot(folder)


def in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """The twelve KPIs from a cached frame."""
    week = frame["day"] - pd.to_timedelta(frame["day"].dt.dayofweek, unit="D")
    measures = ["impressions", "clicks", "cost", "conversions", "conversion_value"]
    sums = frame[measures].groupby([week, frame["platform"]], observed=True).sum()
    return sums.assign(
        ctr=sums["clicks"] / sums["impressions"],
        cpc=sums["cost"] / sums["clicks"],
        cpm=1000 * sums["cost"] / sums["impressions"],
        conversion_rate=sums["conversions"] / sums["clicks"],
        cost_per_conversion=sums["cost"] / sums["conversions"],
        value_per_conversion=sums["conversion_value"] / sums["conversions"],
        roas=sums["conversion_value"] / sums["cost"],
    )


def agree(ours: pd.DataFrame, by_hand: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Stop when the three do not give the same numbers: then there is nothing to compare."""
    for kpi in ("cpm", "roas", "conversions"):
        mine = ours[ours["kpi"] == kpi].sort_values(["period_start", "platform"])["value"].to_numpy()
        np.testing.assert_allclose(mine, by_hand[kpi].to_numpy(), rtol=1e-9)
        np.testing.assert_allclose(mine, frame.sort_index()[kpi].to_numpy(), rtol=1e-9)


def side_by_side(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The best seconds of each, run by turns so that a busy machine slows down both."""
    pairs = [(timed(one), timed(other)) for _ in range(RUNS)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def timed(work: Callable[[], object]) -> float:
    """The seconds that *work* takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
