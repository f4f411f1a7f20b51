"""What an aggregate rests on: the sources that feed it, the days they have loaded, how far they are final."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from sqlglot import exp

from core.period import DAY, Period
from metrics.coverage import BRIDGED, DIALECT, SILENT, Span, live, merged, spans
from metrics.model import Known
from metrics.statement import Bound, column, condition
from metrics.tables import TABLES
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from metrics.buckets import Buckets
    from metrics.model import Aggregate, Condition, Is
    from metrics.session import Session
    from metrics.view import View

    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Basis:
    """The spans that feed an aggregate under its filters; *live* are those, and those it also reads, that still report.

    *at_end* tells that a row holds for the last day of a bucket, and looks *reach* days back. What nobody ever *told*
    is unknown, whatever the rows say.
    """

    spans: tuple[Span, ...]
    live: tuple[Span, ...]
    at_end: bool = False
    reach: int = 0
    told: bool = True

    def of_segment(self, values: dict[str, str | None]) -> Basis:
        """The part of it that a segment rests on, as far as the segment's values tell."""

        def fits(span: Span) -> bool:
            return all(span.scope.get(name, value) == value for name, value in values.items())

        return replace(self, spans=tuple(filter(fits, self.spans)), live=tuple(filter(fits, self.live)))

    def inside(self, buckets: Buckets) -> Flags:
        """Which buckets are loaded from their first to their last day, so that no rows mean nothing happened."""
        flags = np.zeros(len(buckets.periods), bool)
        for days in merged([days for span in self.spans for days in span.loaded], BRIDGED):
            first, last = np.datetime64(days.start + self.reach * DAY), np.datetime64(days.end)
            if self.at_end:
                flags |= (first <= buckets.ends) & (buckets.starts <= last)
            else:
                flags |= (first <= buckets.starts) & (buckets.ends <= last)
        # What holds at the end of a bucket looks back over rows as they are, and cuts none.
        return flags if self.at_end else flags & ~self._torn(buckets)

    def begun(self, buckets: Buckets) -> Flags:
        """Which buckets have any loaded day."""
        flags = np.zeros(len(buckets.periods), bool)
        for days in (days for span in self.spans for days in span.loaded):
            flags |= (np.datetime64(days.start) <= buckets.ends) & (buckets.starts <= np.datetime64(days.end))
        return flags

    def complete(self, buckets: Buckets) -> Flags:
        """Which buckets are whole, loaded, and final in every live source that had begun by then."""
        flags = buckets.whole & self.inside(buckets)
        for span in self.live:
            begun = np.datetime64(span.first) <= buckets.ends
            final = np.datetime64(span.final or span.first.min)
            flags &= ~begun | (buckets.ends <= final)
        return flags

    def _torn(self, buckets: Buckets) -> Flags:
        flags = np.zeros(len(buckets.periods), bool)
        for period in (period for span in self.spans for period in (*torn(span, buckets), *span.lost)):
            flags |= (np.datetime64(period.start) <= buckets.ends) & (buckets.starts <= np.datetime64(period.end))
        return flags


def torn(span: Span, buckets: Buckets) -> list[Period]:
    """Rows of *span* longer than a day that lie across a border of *buckets*, and are left out for that."""
    return [period for period in span.periods if _is_torn(period, buckets)]


def _is_torn(period: Period, buckets: Buckets) -> bool:
    if not period.overlap(buckets.period):
        return False
    number = int(np.searchsorted(buckets.ends, np.datetime64(period.start)))
    bucket = buckets.periods[number]
    return not (bucket.start <= period.start and period.end <= bucket.end)


def basis(session: Session, part: Aggregate, filters: tuple[Is, ...], period: Period, lag_days: int) -> Basis:
    """What *part* under *filters* rests on in *period*, where a day is final *lag_days* after it."""
    table = TABLES[part.table]
    known = spans(session.snapshot, table.base, lag_days, session.zone)
    if table.now:
        known = [_lately(span) for span in known]
    feeding = [span for span in known if all(_meets(span, c, table) for c in part.where)]
    found = [span for span in feeding if all(_meets(span, c, table) for c in filters)]
    if table.scope and any(c.column not in table.scope for c in filters):
        present = _scopes_with_rows(session, table.base, (*part.where, *filters), period)
        found = [span for span in found if tuple(span.scope.values()) in present]
    alive = set(live(feeding))
    read = [span for name in table.reads for span in live(spans(session.snapshot, name, lag_days, session.zone))]
    reporting = (*(span for span in found if span in alive), *read)
    at_end = table.at_end or table.silent
    return Basis(tuple(found), reporting, at_end, table.reach if table.at_end else 0)


def _lately(span: Span) -> Span:
    """*span* as far as it is known: a table that tells only how things are now told it five weeks ago much the same."""
    first = span.last - SILENT
    return Span(span.scope, [Period(first, span.last)], last=span.last, final=span.last, known=span.known)


def _meets(span: Span, wanted: Condition, table: View) -> bool:
    if isinstance(wanted, Known):
        return bool(table.sql) or wanted.column in span.known
    return wanted.column not in span.scope or span.scope[wanted.column] in wanted.values


def _scopes_with_rows(
    session: Session, name: str, conditions: Sequence[Condition], period: Period
) -> set[tuple[str | None, ...]]:
    """The scopes with rows that meet *conditions* in *period* or shortly before it."""
    dataset, bind = DATASETS[name], Bound()
    where = [
        *(condition(c, bind) for c in conditions if c.column in dataset.by_name),
        column(dataset.last_day) >= bind(period.start - SILENT),
        column("day") <= bind(period.end),
    ]
    select = exp.select(*(column(c) for c in dataset.scope)).distinct().from_(name).where(*where)
    return set(session.rows(select.sql(DIALECT), bind.values))
