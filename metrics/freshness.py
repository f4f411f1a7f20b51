"""How far the data of each source reaches, how far it is final, and which source is late.

A source is late when the newest week that could be final today is not: whoever loads once a week is in time all week.
One that is fetched by itself, and of which it is known how many days it may be behind, is late beyond them.
A source silent for over five weeks, while others of its dataset go on, has ended and is not late.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from core.period import DAY, Grain
from metrics.asked import as_asked
from metrics.buckets import Buckets
from metrics.coverage import live, spans
from metrics.own import catalogue
from metrics.query import checked
from metrics.session import Session
from warehouse.datasets import FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.config import Configuration
    from core.period import Calendar
    from metrics.coverage import Span
    from metrics.query import Query
    from warehouse.snapshot import Snapshot

UNASKED_LAG: Final = 2
"""Days until numbers are final that no KPI says anything about."""


@dataclass(frozen=True)
class Freshness:
    """How far one source of a dataset reaches. *newest_final* is None when no day of it is final yet.

    A dataset whose rows are of no source is its own.
    *fetched_as* is the configured source that it comes from by itself; that may be *lag_days* behind. *oldest* is the
    first day that there is anything of.
    """

    dataset: str
    source: str
    newest: date
    newest_final: date | None
    lag_days: int
    ended: bool
    late: bool
    fetched_as: str = ""
    oldest: date | None = field(default=None, compare=False)


def freshness(
    snapshot: Snapshot, reporting: Configuration, today: date, expected: Mapping[str, int] | None = None
) -> tuple[Freshness, ...]:
    """How fresh every source is of every dataset that KPIs are made of, or that comes day by day.

    *expected* says of sources that are fetched, by name, how many days they may be behind.
    """
    lags: dict[str, int] = {}
    facts = {contract.name for contract in FACTS}
    for kpi in catalogue(snapshot).values():
        for dataset in filter(facts.__contains__, kpi.datasets):
            lags[dataset] = min(kpi.lag_days, lags.get(dataset, kpi.lag_days))
    for contract in FACTS:
        if contract.daily and contract.scope:
            lags.setdefault(contract.name, UNASKED_LAG)
    found: list[Freshness] = []
    for dataset, lag in lags.items():
        due = last_whole_week(today - max(lag, 1) * DAY, reporting.calendar)
        unfiltered = [span for span in spans(snapshot, dataset, lag, reporting.zone) if not span.scope.get("filters")]
        found += (_as_expected(each, expected or {}, today) for each in _of_dataset(dataset, unfiltered, lag, due))
    return tuple(found)


def _as_expected(found: Freshness, expected: Mapping[str, int], today: date) -> Freshness:
    """What is *found* of a source that is fetched, judged by how far it may be behind; any other as it is."""
    lag = expected.get(found.fetched_as)
    if lag is None:
        return replace(found, fetched_as="")
    return replace(found, lag_days=lag, ended=False, late=found.newest < today - lag * DAY)


def last_whole_week(day: date, calendar: Calendar) -> date:
    """The last day of the newest week that is over when *day* is."""
    week = calendar.around(day, Grain.WEEK)
    return week.end if week.end == day else week.start - DAY


def _of_dataset(dataset: str, found: list[Span], lag_days: int, due: date) -> list[Freshness]:
    alive = {span.source for span in live(found)}
    by_source: dict[tuple[str | None, ...], list[Span]] = defaultdict(list)
    for span in found:
        by_source[span.source].append(span)
    return [
        Freshness(
            dataset=dataset,
            source=mine[0].label if source else dataset,
            newest=max(span.last for span in mine),
            newest_final=(final := max((span.final for span in mine if span.final), default=None)),
            lag_days=lag_days,
            ended=source not in alive,
            late=source in alive and (final is None or final < due),
            fetched_as=max(mine, key=lambda span: span.newest_load).fed_by or "",
            oldest=min((each.start for span in mine for each in (*span.loaded, *span.periods)), default=None),
        )
        for source, mine in sorted(by_source.items(), key=lambda item: item[1][0].label)
    ]


def known_to(snapshot: Snapshot, query: Query, reporting: Configuration) -> dict[str, date | None]:
    """For each KPI of *query*, the newest day that is final in every live source of it; None when there is none."""
    session = Session(snapshot, reporting.zone)
    buckets = Buckets(query.period, Grain.TOTAL, query.calendar)
    known: dict[str, date | None] = {}
    for kpi in checked(snapshot, query):
        bases = as_asked(session, kpi, query, buckets).bases
        finals = [span.final for base in bases for span in base.live]
        complete = all(base.live for base in bases) and all(finals)
        known[kpi.id] = min(final for final in finals if final) if complete else None
    return known
