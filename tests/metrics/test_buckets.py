"""The database puts a day into the same bucket as the calendar does."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from core.period import Calendar, Grain, Period
from metrics.buckets import Buckets
from metrics.coverage import DIALECT
from metrics.statement import Bound, column
from tests.metrics.toy import period

GRAINS = st.sampled_from(list(Grain))
CALENDARS = st.builds(Calendar, st.sampled_from(["monday", "sunday"]), st.integers(1, 12))
RANGES = st.builds(
    lambda day, more: Period(day, day + timedelta(days=more)),
    st.dates(date(1999, 1, 1), date(2099, 12, 31)),
    st.integers(0, 900),
)


def numbers(buckets: Buckets) -> list[int]:
    """The bucket of each day of the period, as the database counts."""
    bind = Bound()
    start, end = bind(buckets.period.start), bind(buckets.period.end)
    index = exp.alias_(buckets.index(column("day"), bind), "bucket")
    series = f"generate_series({start.sql(DIALECT)}::DATE, {end.sql(DIALECT)}::DATE, INTERVAL 1 DAY)"
    days = f"(SELECT unnest({series})::DATE AS day)"
    text = f"{exp.select(index).sql(DIALECT)} FROM {days} ORDER BY day"
    with duckdb.connect() as connection:
        return [number for (number,) in connection.execute(text, bind.values).fetchall()]


@settings(max_examples=60, deadline=None)
@given(RANGES, GRAINS, CALENDARS)
def test_every_day_of_every_calendar(days: Period, grain: Grain, calendar: Calendar) -> None:
    buckets = Buckets(days, grain, calendar)
    expected = [number for number, bucket in enumerate(buckets.periods) for _ in range(bucket.days)]
    assert numbers(buckets) == expected


def test_which_buckets_are_whole() -> None:
    buckets = Buckets(period("2026-06-03", "2026-06-16"), Grain.WEEK, Calendar())
    assert buckets.whole.tolist() == [False, True, False]
    assert [str(day) for day in buckets.starts] == ["2026-06-03", "2026-06-08", "2026-06-15"]
    assert [str(day) for day in buckets.ends] == ["2026-06-07", "2026-06-14", "2026-06-16"]
    assert Buckets(buckets.period, Grain.TOTAL, Calendar()).whole.tolist() == [True]
