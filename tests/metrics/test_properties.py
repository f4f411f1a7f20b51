"""What holds for any question: sums of parts are the whole, ratios are ratios of sums, periods tile the range."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.period import Calendar, Grain, Period
from tests.metrics.toy import ad, ask, toy

if TYPE_CHECKING:
    from metrics.evaluate import Evaluation
    from tests.metrics.toy import Row
    from warehouse.snapshot import Snapshot

FIRST: Final = date(2025, 12, 1)
DAYS: Final = 100
MEASURES: Final = ("cost", "clicks", "impressions")
RATIOS: Final = ("ctr", "cpc", "cpm")
KPIS: Final = "spend clicks impressions ctr cpc cpm"
CAMPAIGNS: Final = ("Brand", "Generic", "", None, "Ł'ódź")
PLATFORMS: Final = ("google_ads", "meta_ads")


def _rows() -> list[Row]:
    """Half of the days have no rows, a fifth of the measures no value. Whole numbers, so that sums are exact."""
    random = Random(7)

    def row() -> Row:
        day = str(FIRST + timedelta(days=random.randrange(0, DAYS, 2)))
        numbers = {measure: random.choice([None, 0, 1, 7, random.randrange(1000)]) for measure in MEASURES}
        return ad(day, platform=random.choice(PLATFORMS), campaign=random.choice(CAMPAIGNS), **numbers)

    return [row() for _ in range(300)]


ROWS: Final = _rows()
RANGES = st.tuples(st.integers(-5, DAYS + 5), st.integers(-5, DAYS + 5)).map(
    lambda pair: Period(FIRST + timedelta(days=min(pair)), FIRST + timedelta(days=max(pair)))
)
GRAINS = st.sampled_from(list(Grain))
CALENDARS = st.builds(Calendar, st.sampled_from(["monday", "sunday"]), st.integers(1, 12))
SPLITS = st.sampled_from([("platform",), ("campaign",), ("platform", "campaign"), ("campaign", "device")])
FILTERS = st.dictionaries(
    st.sampled_from(["campaign", "platform"]),
    st.lists(st.sampled_from([*CAMPAIGNS, *PLATFORMS]), max_size=4, unique=True).map(tuple),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return toy(tmp_path_factory.mktemp("toy"), ad_performance=ROWS)


def added(evaluation: Evaluation) -> dict[str, list[float]]:
    """Numerator and denominator of each KPI, added over all rows of the table; unknown counts for nothing."""
    sums = evaluation.table.groupby("kpi")[["numerator", "denominator"]].sum()
    return {str(kpi): row.tolist() for kpi, row in sums.iterrows()}


def expected(days: Period, where: dict[str, tuple[str | None, ...]]) -> dict[str, list[float]]:
    """The same, added up in Python straight from the rows."""
    mine = [row for row in ROWS if date.fromisoformat(str(row["day"])) in days]
    mine = [row for row in mine if all(row[name] in allowed for name, allowed in where.items())]
    cost, clicks, impressions = (sum(int(str(row[m] or 0)) for row in mine) for m in MEASURES)
    return {
        "spend": [cost, 0],
        "clicks": [clicks, 0],
        "impressions": [impressions, 0],
        "ctr": [clicks, impressions],
        "cpc": [cost, clicks],
        "cpm": [1000 * cost, impressions],
    }


@settings(max_examples=40, deadline=None)
@given(days=RANGES, by=GRAINS, calendar=CALENDARS, where=FILTERS)
def test_periods_add_up_to_the_rows(
    snapshot: Snapshot, days: Period, by: Grain, calendar: Calendar, where: dict[str, tuple[str | None, ...]]
) -> None:
    assert added(ask(snapshot, KPIS, days, by, calendar=calendar, where=where)) == expected(days, where)


@settings(max_examples=40, deadline=None)
@given(days=RANGES, by=GRAINS, split=SPLITS, where=FILTERS)
def test_segments_add_up_to_the_rows(
    snapshot: Snapshot, days: Period, by: Grain, split: tuple[str, ...], where: dict[str, tuple[str | None, ...]]
) -> None:
    found, wanted = added(ask(snapshot, KPIS, days, by, split=split, where=where)), expected(days, where)
    # Without rows there is no segment, and so no row to add.
    assert found == wanted or (not found and not any(any(sums) for sums in wanted.values()))


@settings(max_examples=40, deadline=None)
@given(days=RANGES, by=GRAINS, calendar=CALENDARS)
def test_a_value_is_its_numerator_over_its_denominator(
    snapshot: Snapshot, days: Period, by: Grain, calendar: Calendar
) -> None:
    table = ask(snapshot, KPIS, days, by, calendar=calendar, split=("platform",)).table
    ratios, plain = table[table["kpi"].isin(RATIOS)], table[~table["kpi"].isin(RATIOS)]
    divided = ratios["numerator"] / ratios["denominator"].where(ratios["denominator"] != 0)
    np.testing.assert_array_equal(ratios["value"].to_numpy(), divided.to_numpy())
    np.testing.assert_array_equal(plain["value"].to_numpy(), plain["numerator"].to_numpy())
    assert plain["denominator"].isna().all()
    assert not np.isinf(table["value"]).any()


@settings(max_examples=40, deadline=None)
@given(days=RANGES, by=GRAINS, calendar=CALENDARS)
def test_periods_tile_the_range(snapshot: Snapshot, days: Period, by: Grain, calendar: Calendar) -> None:
    table = ask(snapshot, "spend", days, by, calendar=calendar).table
    starts = [day.date() for day in table["period_start"]]
    ends = [day.date() for day in table["period_end"]]
    assert (starts[0], ends[-1]) == (days.start, days.end)
    assert starts[1:] == [end + timedelta(days=1) for end in ends[:-1]]


@settings(max_examples=40, deadline=None)
@given(days=RANGES, by=GRAINS, split=SPLITS)
def test_every_segment_has_every_period(snapshot: Snapshot, days: Period, by: Grain, split: tuple[str, ...]) -> None:
    table = ask(snapshot, "clicks", days, by, split=split).table
    sizes = table.groupby(list(split), dropna=False).size()
    assert set(sizes) <= {len(Calendar().split(days, by))}
