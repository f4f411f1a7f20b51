"""The numbers that the reviews talked about: every KPI of the agenda by week, asked for once for all of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.period import Grain, Period
from core.presets import last_whole
from metrics import standing
from metrics.compare import change
from metrics.evaluate import evaluate
from metrics.figure import Figure, points
from metrics.figures import SHOWN, fed
from metrics.own import catalogue
from metrics.query import Query
from metrics.targets import aims, targets
from metrics.wording import as_read

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from core.config import Configuration
    from metrics.figure import Point
    from metrics.model import Kpi
    from metrics.targets import Target
    from warehouse.snapshot import Snapshot

_DETAILS: Final = {
    f"{part}_{name}" for part in ("query", "page") for name in ("clicks", "impressions", "ctr", "position")
}


@dataclass(frozen=True)
class Numbers:
    """The *kpis* week by week up to *newest*; *starts* are the first days of new baselines, *known* are computed."""

    reporting: Configuration
    newest: Period
    kpis: tuple[Kpi, ...]
    weeks: Mapping[str, Sequence[Point]]
    goals: Sequence[Target]
    starts: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    known: dict[object, Figure] = field(default_factory=dict)

    def week(self, ago: int) -> Period:
        """The week so many weeks before the newest."""
        days = timedelta(weeks=ago)
        return Period(self.newest.start - days, self.newest.end - days)

    def figures(self, week: Period) -> list[Figure]:
        """The KPIs that had numbers, as they stood at the end of *week*."""
        found = (self._figure(kpi, week) for kpi in self.kpis)
        return [figure for figure in found if any(point.value is not None for point in figure.series)]

    def _figure(self, kpi: Kpi, week: Period) -> Figure:
        asked = (kpi.id, week, *self.starts[kpi.id])
        if asked not in self.known:
            self.known[asked] = self._computed(kpi, week)
        return self.known[asked]

    def _computed(self, kpi: Kpi, week: Period) -> Figure:
        series = tuple(point for point in self.weeks[kpi.id] if point.period.end <= week.end)[-SHOWN[Grain.WEEK] :]
        now, then = series[-1], series[-2]
        moved = change(kpi, now.value, then.value)
        goals = aims(self.goals, kpi, week, [point.period for point in series], {})
        return Figure(
            kpi=kpi,
            value=now.value,
            complete=now.complete,
            known_to=week.end,
            change=as_read(kpi, moved, self.reporting.currency),
            base=then.value,
            compared=None,
            series=series,
            standing=standing.of(kpi, series, goals, self.starts[kpi.id]),
        )


def numbers(
    snapshot: Snapshot, reporting: Configuration, last: date, processes: Sequence[str], ago: Collection[int]
) -> Numbers:
    """The KPIs of *processes* for reviews of the last whole week up to *last*, and of weeks *ago*."""
    newest = last_whole(last, Grain.WEEK, reporting.calendar)
    kpis = [kpi for kpi in fed(snapshot, tuple(catalogue(snapshot).values())) if kpi.process in processes]
    kpis = sorted((kpi for kpi in kpis if kpi.id not in _DETAILS), key=lambda kpi: processes.index(kpi.process))
    days = Period(newest.start - timedelta(weeks=max(ago) + SHOWN[Grain.WEEK] - 1), newest.end)
    answer = evaluate(
        snapshot, Query(tuple(kpi.id for kpi in kpis), days, Grain.WEEK, calendar=reporting.calendar), reporting
    )
    weeks = {kpi.id: points(answer.series(kpi.id)) for kpi in kpis}
    return Numbers(reporting, newest, tuple(kpi for kpi in kpis if weeks[kpi.id]), weeks, targets(snapshot))
