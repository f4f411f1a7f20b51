"""Many KPIs in figures at once, in as few questions as their days allow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.period import Grain, Period
from core.presets import back
from metrics import standing
from metrics.compare import Comparison, base_period, change, like_for_like
from metrics.evaluate import evaluate, one_of
from metrics.figure import Figure, number, points
from metrics.freshness import known_to
from metrics.model import Ratio
from metrics.own import find
from metrics.query import Query
from metrics.tables import TABLES
from metrics.targets import aims, targets
from metrics.wording import as_read
from warehouse.schema import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from core.config import Configuration
    from core.period import Calendar
    from metrics.evaluate import Evaluation
    from metrics.figure import Point, Span
    from metrics.model import Kpi
    from metrics.standing import Standing
    from warehouse.snapshot import Snapshot

    Starts = Mapping[str, Sequence[date]]

SHOWN: Final = {Grain.DAY: 42, Grain.WEEK: 26, Grain.MONTH: 24, Grain.QUARTER: 12, Grain.YEAR: 10}
"""How many periods a KPI is looked at over: what its limits come from."""


@dataclass(frozen=True)
class Look:
    """KPIs as they are over *period*, a whole one of *grain*, beside the one before."""

    snapshot: Snapshot
    reporting: Configuration
    period: Period
    grain: Grain

    def ask(self, kpis: Sequence[str], period: Period, grain: Grain = Grain.TOTAL) -> Evaluation:
        """The *kpis* over *period*."""
        return evaluate(self.snapshot, self.query(kpis, period, grain), self.reporting)

    def query(self, kpis: Sequence[str], period: Period, grain: Grain = Grain.TOTAL) -> Query:
        """The question for them."""
        return Query(tuple(kpis), period, grain, calendar=self.reporting.calendar)

    def spans(self, known: Mapping[str, date | None]) -> dict[str, Span | None]:
        """The days that are compared of each KPI, *known* to a day."""
        base = base_period(self.period, self.grain, Comparison.PREVIOUS, self.reporting.calendar)
        return {kpi: like_for_like(self.period, base, day) if base else None for kpi, day in known.items()}


def figures(look: Look, kpis: Sequence[str], starts: Starts | None = None) -> tuple[Figure, ...]:
    """The figures of *kpis*, their limits anew from each of *starts*, the first days of new baselines."""
    if not kpis:
        return ()
    known = known_to(look.snapshot, look.query(kpis, look.period), look.reporting)
    spans = look.spans(known)
    series = look.ask(kpis, looked_over(look.period, look.grain, look.reporting.calendar), look.grain)
    total = one_of(series, look.snapshot, look.query(kpis, look.period), look.reporting)
    answered = told(series, total)
    now, then = (over(spans, place, answered, look.ask) for place in (0, 1))
    answers = Answers(total, series, known, spans, now, then)
    wanted, method = targets(look.snapshot), standing.Method.of(look.reporting)

    def stands(kpi: Kpi, series: Sequence[Point]) -> Standing:
        goals = aims(wanted, kpi, look.period, [point.period for point in series], {})
        return standing.of(kpi, series, goals, (starts or {}).get(kpi.id, ()), method)

    found = (find(look.snapshot, name) for name in kpis)
    return tuple(answers.figure(kpi, look.period, look.reporting.currency, stands) for kpi in found)


def looked_over(period: Period, grain: Grain, calendar: Calendar) -> Period:
    """The days that a KPI is looked at over, up to the end of *period*."""
    return back(period, grain, SHOWN[grain], calendar)


def told(*answers: Evaluation) -> dict[tuple[str, Period], float | None]:
    """What *answers* that are not split say of each KPI that did not fail, over each of their periods.

    Values are to be compared: days that are not loaded as a whole have none. Of days that several tell of, the last one
    does: the period of a series is incomplete as well where it is cut short.
    """
    found: dict[tuple[str, Period], float | None] = {}
    for answer in answers:
        table = answer.table
        columns = (table["kpi"], table["period_start"], table["period_end"], table["value"], table["complete"])
        for kpi, start, end, value, complete in zip(*columns, strict=True):
            if kpi not in answer.failed:
                found[kpi, Period(start.date(), end.date())] = number(value) if complete else None
    return found


def over(
    spans: Mapping[str, Span | None],
    place: int,
    known: Mapping[tuple[str, Period], float | None],
    ask: Callable[[Sequence[str], Period], Evaluation],
) -> dict[str, float | None]:
    """Each KPI's value over its own days: what is *known*, else one question for all KPIs with the same days."""
    found: dict[str, float | None] = {}
    together: dict[Period, list[str]] = defaultdict(list)
    for name, span in spans.items():
        if span and (name, span[place]) in known:
            found[name] = known[name, span[place]]
        elif span:
            together[span[place]].append(name)
    for period, names in together.items():
        found |= {kpi: value for (kpi, _period), value in told(ask(names, period)).items()}
    return found


def fed(snapshot: Snapshot, kpis: Sequence[Kpi]) -> tuple[Kpi, ...]:
    """Those of *kpis* that there is data for."""
    needed = {dataset for kpi in kpis for need in kpi.needs for dataset in need}
    loaded = {name for name in needed if snapshot.rows(f"SELECT 1 FROM {quoted(name)} LIMIT 1")}  # noqa: S608 - ours
    return tuple(kpi for kpi in kpis if all(need & loaded for need in kpi.needs))


@dataclass(frozen=True)
class Answers:
    """What figures are put together from: values over the period and over the series, and those that are compared."""

    total: Evaluation
    series: Evaluation
    known: Mapping[str, date | None]
    spans: Mapping[str, Span | None]
    now: Mapping[str, float | None]
    then: Mapping[str, float | None]

    def figure(
        self, kpi: Kpi, period: Period, currency: str, stands: Callable[[Kpi, Sequence[Point]], Standing]
    ) -> Figure:
        """The figure of *kpi* over *period*, money in *currency*; *stands* says where its series stands."""
        rows, series = points(self.total.series(kpi.id)), points(self.series.series(kpi.id))
        span, base = self.spans[kpi.id], self.then.get(kpi.id)
        return Figure(
            kpi=kpi,
            value=rows[0].value if rows else None,
            complete=rows[0].complete if rows else False,
            known_to=self.known[kpi.id],
            change=as_read(kpi, change(kpi, self.now.get(kpi.id), base), currency),
            base=base,
            compared=span if span and span[0] != period else None,
            series=series,
            standing=stands(kpi, series),
            error=self.total.failed.get(kpi.id),
            gap=self.series.failed.get(kpi.id),
            concerns=tuple(caution.concern for caution in self.total.warnings if kpi.id in caution.kpis),
            cases=self._cases(kpi),
        )

    def _cases(self, kpi: Kpi) -> float | None:
        """What *kpi* divides by over the period, where that is a number of things; None of any other."""
        below = kpi.expression.sides[-1].parts
        if not isinstance(kpi.expression, Ratio) or any(part.column in TABLES[part.table].money for part in below):
            return None
        divided = self.total.series(kpi.id)["denominator"]
        return None if divided.empty else number(divided.iloc[0])
