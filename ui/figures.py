"""KPIs in figures: value, change against the comparison (like for like), and the series behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from core.period import MONTHS_A_YEAR, Grain, Period, add_months
from core.presets import natural_grain
from metrics.compare import Comparison, base_period, like_for_like
from metrics.figure import points
from metrics.figures import Answers, looked_over, over, told
from metrics.own import find
from metrics.query import Query
from metrics.targets import aims, in_force
from ui import queries, variation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from metrics.cautions import Caution
    from metrics.evaluate import Evaluation
    from metrics.figure import Figure, Point, Span
    from metrics.model import Kpi
    from metrics.unmet import Unmet
    from ui.screen import Screen

LOOKED_BACK: Final = 10 * MONTHS_A_YEAR


def figures(screen: Screen, kpis: Sequence[str]) -> tuple[Figure, ...]:
    """The *kpis* under the screen's period, filters and comparison."""
    names = tuple(kpis)
    if not names:
        return ()
    question = ("figures", names, screen.key)
    return queries.remember(screen.shown, question, lambda: _figures(screen, names))


def ask(screen: Screen, kpis: Sequence[str], period: Period, grain: Grain, split: Sequence[str] = ()) -> Evaluation:
    """The *kpis* over *period* under the screen's filters, those they have."""
    return queries.evaluation(screen.shown, query(screen, kpis, period, grain, split), screen.configuration)


def query(screen: Screen, kpis: Sequence[str], period: Period, grain: Grain, split: Sequence[str] = ()) -> Query:
    """The question for the *kpis* over *period* under the screen's filters, those they have."""
    dimensions = {name for kpi in kpis for name in find(screen.shown.snapshot, kpi).dimensions}
    return Query(
        tuple(kpis),
        period,
        grain,
        tuple(split),
        where=screen.view.where(dimensions),
        calendar=screen.configuration.calendar,
        lenient=True,
    )


def known_to(screen: Screen, kpis: Sequence[str]) -> Mapping[str, date | None]:
    """For each of *kpis*, the newest day that is final in all its live sources."""
    asked = query(screen, kpis, screen.period, Grain.TOTAL)
    return queries.known_to(screen.shown, asked, screen.configuration)


def unmet(screen: Screen, kpi: str) -> tuple[Unmet, ...]:
    """The screen's filters that no row of *kpi*'s datasets meets."""
    return queries.unmet(screen.shown, query(screen, [kpi], screen.period, Grain.TOTAL), screen.configuration)


def is_whole(screen: Screen, kpi: str, days: Period) -> bool:
    """Whether *days* of *kpi* are loaded from the first to the last, so that they can be compared."""
    return all(point.complete for point in points(ask(screen, [kpi], days, Grain.TOTAL).series(kpi)))


def cautions(screen: Screen, kpis: Sequence[str]) -> tuple[Caution, ...]:
    """What to know before trusting the *kpis* over the screen's period."""
    return ask(screen, kpis, screen.period, Grain.TOTAL).warnings if kpis else ()


def base_of(screen: Screen, known: date | None, comparison: Comparison | None = None) -> Span | None:
    """The days that are compared of a KPI *known* to a day: the newest ones, and as many of the base period.

    The screen's comparison says which period that is, where no other is asked for.
    """
    view, calendar = screen.view, screen.configuration.calendar
    base = base_period(screen.period, natural_grain(view.preset), comparison or view.comparison, calendar)
    return like_for_like(screen.period, base, known) if base and base.start >= queries.ALL_TIME.start else None


def latest(screen: Screen, kpis: Sequence[str]) -> tuple[Period, Grain] | None:
    """The newest week with a value of any of *kpis*; the newest month, quarter or year, where data comes in such."""
    question = ("latest", tuple(kpis), screen.key)
    return queries.remember(screen.shown, question, lambda: _latest(screen, kpis)) if screen.last_day else None


def _latest(screen: Screen, kpis: Sequence[str]) -> tuple[Period, Grain] | None:
    if screen.last_day is None:
        return None
    days = Period(add_months(screen.last_day, -LOOKED_BACK), screen.last_day)
    found: tuple[Period, Grain] | None = None
    for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        series = ask(screen, kpis, days, grain)
        known = [point.period for kpi in kpis for point in points(series.series(kpi)) if point.value is not None]
        newest = max(known, default=None)
        if newest and (found is None or newest.start > found[0].end):
            found = newest, grain
    return found


def _figures(screen: Screen, names: tuple[str, ...]) -> tuple[Figure, ...]:
    known = known_to(screen, names)
    spans = {name: base_of(screen, known[name]) for name in names}
    calendar, grain = screen.configuration.calendar, screen.view.grain
    wanted = screen.view.comparison is Comparison.GOAL
    total = ask(screen, names, screen.period, Grain.TOTAL)
    series = ask(screen, names, looked_over(screen.period, grain, calendar), grain)
    answered, asking = told(series, total), partial(_asked, screen)
    now, then = (
        (_totals(screen, names, screen.period), _wanted(screen, names, known))
        if wanted
        else (over(spans, place, answered, asking) for place in (0, 1))
    )
    answers = Answers(total, series, known, spans, now, then)
    kpis = (find(screen.shown.snapshot, name) for name in names)
    stands, currency = partial(standing, screen), screen.configuration.currency
    return tuple(answers.figure(kpi, screen.period, currency, stands) for kpi in kpis)


def _target_of(screen: Screen, kpi: Kpi) -> tuple[Period, dict[str, str]]:
    """What the target in force is for: the whole last period, and the whole or the part that it is filtered by."""
    part = {name: value for name, value in screen.view.filters if name in kpi.dimensions}
    return screen.configuration.calendar.around(screen.period.end, screen.view.grain), part


def standing(screen: Screen, kpi: Kpi, series: Sequence[Point]) -> variation.Shown:
    """What *series* of *kpi* says beside its goal, from the baselines that the journal knows for it."""
    method = variation.Method.of(screen.configuration)
    now, part = _target_of(screen, kpi)
    goals = aims(queries.targets(screen.shown), kpi, now, [point.period for point in series], part)
    return variation.of(kpi, series, goals, starts(screen, kpi), method)


def starts(screen: Screen, kpi: Kpi) -> tuple[date, ...]:
    """The first days of new baselines of *kpi*: those of the whole, and of the one part that it is filtered by."""
    part = tuple(each for each in screen.view.filters if each[0] in kpi.dimensions)
    return tuple(
        start.day
        for start in screen.starts
        if start.kpi == kpi.id and (((start.dimension, start.dimension_value),) if start.dimension else ()) == part
    )


def _asked(screen: Screen, names: Sequence[str], days: Period) -> Evaluation:
    return ask(screen, names, days, Grain.TOTAL)


def _totals(screen: Screen, names: Sequence[str], days: Period) -> dict[str, float | None]:
    answer = ask(screen, names, days, Grain.TOTAL)
    return {name: answer.value(name) for name in names if name not in answer.failed}


def _wanted(screen: Screen, names: Sequence[str], known: Mapping[str, date | None]) -> dict[str, float | None]:
    """What was wanted of each KPI over the screen's period: its target, else its plan up to the day it is known to."""
    kpis = [find(screen.shown.snapshot, name) for name in names]
    targets = queries.targets(screen.shown)
    found = {kpi.id: in_force(targets, kpi, screen.period, _target_of(screen, kpi)[1]) for kpi in kpis}
    goals = {kpi: goal.value for kpi, goal in found.items() if goal}
    for kpi in kpis:
        last = known[kpi.id]
        if kpi.plan and kpi.id not in goals and last and last >= screen.period.start:
            days = Period(screen.period.start, min(last, screen.period.end))
            goals[kpi.id] = _totals(screen, [kpi.plan], days).get(kpi.plan)
    return goals


def loaded(screen: Screen) -> frozenset[str]:
    """The datasets that have rows."""
    return queries.planned(screen.shown).union(source.dataset for source in screen.sources)


def carried(datasets: frozenset[str], kpis: Iterable[Kpi]) -> tuple[Kpi, ...]:
    """Those of *kpis* that the *datasets* have numbers for."""
    return tuple(kpi for kpi in kpis if all(need & datasets for need in kpi.needs))
