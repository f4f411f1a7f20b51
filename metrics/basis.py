"""What the value of a sum rests on: the sources that feed it, the days they have loaded, how far they are final."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlglot import exp

from metrics.coverage import BRIDGED, DIALECT, SILENT, live, merged, spans
from metrics.model import Known
from metrics.statement import Bound, column, condition
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from core.period import Period
    from metrics.buckets import Buckets
    from metrics.coverage import Span
    from metrics.model import Condition, Is, Sum
    from metrics.session import Session

    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Basis:
    """The spans that feed a sum under its filters; *live* are those of them that still report."""

    spans: tuple[Span, ...]
    live: tuple[Span, ...]

    def of_segment(self, values: dict[str, str | None]) -> Basis:
        """The part of it that a segment rests on, as far as the segment's values tell."""

        def fits(span: Span) -> bool:
            return all(span.scope.get(name, value) == value for name, value in values.items())

        return Basis(tuple(filter(fits, self.spans)), tuple(filter(fits, self.live)))

    def inside(self, buckets: Buckets) -> Flags:
        """Which buckets are loaded from their first to their last day, so that no rows mean nothing happened."""
        flags = np.zeros(len(buckets.periods), bool)
        for days in merged([days for span in self.spans for days in span.loaded], BRIDGED):
            flags |= (np.datetime64(days.start) <= buckets.starts) & (buckets.ends <= np.datetime64(days.end))
        return flags & ~self._torn(buckets)

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
        for period in (period for span in self.spans for period in torn(span, buckets)):
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


def basis(session: Session, part: Sum, filters: tuple[Is, ...], period: Period, lag_days: int) -> Basis:
    """What *part* under *filters* rests on in *period*, where a day is final *lag_days* after it."""
    known = spans(session.snapshot, part.dataset, lag_days, session.zone)
    feeding = [span for span in known if all(_meets(span, c) for c in part.where)]
    found = [span for span in feeding if all(_meets(span, c) for c in filters)]
    if any(c.column not in DATASETS[part.dataset].scope for c in filters):
        present = _scopes_with_rows(session, part.dataset, (*part.where, *filters), period)
        found = [span for span in found if tuple(span.scope.values()) in present]
    alive = set(live(feeding))
    return Basis(tuple(found), tuple(span for span in found if span in alive))


def _meets(span: Span, wanted: Condition) -> bool:
    if isinstance(wanted, Known):
        return wanted.column in span.known
    return wanted.column not in span.scope or span.scope[wanted.column] in wanted.values


def _scopes_with_rows(
    session: Session, name: str, conditions: Sequence[Condition], period: Period
) -> set[tuple[str | None, ...]]:
    """The scopes with rows that meet *conditions* in *period* or shortly before it."""
    dataset, bind = DATASETS[name], Bound()
    where = [
        *(condition(c, bind) for c in conditions),
        column(dataset.last_day) >= bind(period.start - SILENT),
        column("day") <= bind(period.end),
    ]
    select = exp.select(*(column(c) for c in dataset.scope)).distinct().from_(name).where(*where)
    return set(session.rows(select.sql(DIALECT), bind.values))
