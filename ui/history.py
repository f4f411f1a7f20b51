"""The chosen KPI over time: the chart's data and spec, and the same as a table."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

from core import numbers
from core.language import _
from core.period import Period
from core.tables import Column, Kind, Row, Table
from metrics.compare import Comparison, base_period
from metrics.figure import Point, points
from metrics.figures import looked_over
from metrics.status import FEWEST_POINTS
from ui import charts, flags, queries, tables, values, variation
from ui.figures import ask, is_whole, standing, starts
from ui.tables import kpi_column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metrics.evaluate import Evaluation
    from metrics.model import Kpi
    from metrics.status import Goal
    from pack.frozen import Seen
    from ui.flags import Flag
    from ui.screen import Screen

LINES: Final = ("lower", "center", "upper")
GOALS: Final = ("goal", "goal_low", "goal_high")
LONE_GOALS: Final = tuple(f"{charts.LONE}_{name}" for name in GOALS)
SCHEMA: Final = pa.schema(
    [pa.field("period", pa.string())]
    + [
        pa.field(name, pa.float64())
        for name in ("value", "open", "hollow", "before", "signal", *LINES, *GOALS, *LONE_GOALS)
    ]
    + [pa.field(name, pa.string()) for name in ("named", "told", "told_before", "note", "flag", "anew", "ring")]
)

Pairs = tuple[tuple[Point, Point | None], ...]


class Drawing(NamedTuple):
    """A chart: its rows, its spec, its legend as HTML, what it shows in words, and whether that is nothing."""

    rows: pa.Table
    spec: dict[str, Any]
    legend: str
    told: str
    blank: bool


def chart(screen: Screen, kpi: Kpi, anew: date | None = None) -> Drawing:
    """The chart of *kpi*; the day from which its limits will be *anew* is marked as those are from which they are."""
    happened = flags.found(screen, kpi, stretch(screen))
    question = ("chart", kpi.id, screen.key, happened, anew)
    return queries.remember(screen.shown, question, lambda: _chart(screen, kpi, happened, anew))


def html(screen: Screen, kpi: Kpi) -> str:
    """The chart's numbers as a table."""
    return queries.remember(
        screen.shown, ("chart's numbers", kpi.id, screen.key), lambda: tables.html(table(screen, kpi))
    )


def title(kpi: Kpi) -> str:
    """What the table of the chart's numbers is called."""
    return _("{kpi} over time").format(kpi=_(kpi.name))


def table(screen: Screen, kpi: Kpi) -> Table:
    """The chart's numbers."""
    before = before_name(screen)
    currency = screen.configuration.currency
    columns = [Column(_("From"), Kind.DAY), Column(_("To"), Kind.DAY), kpi_column(kpi, _(kpi.name), currency)]
    if before:
        columns.append(kpi_column(kpi, before, currency))
    columns.append(Column(_("Remark")))
    rows = []
    found = _pairs(screen, kpi)
    shown = standing(screen, kpi, [now for now, _then in found])
    for place, (now, then) in reversed(list(enumerate(found))):
        earlier = (then.value if then else None,) if before else ()
        rows.append(Row((now.period.start, now.period.end, now.value, *earlier, _note(now) or shown.note(place))))
    return Table(title(kpi), tuple(columns), tuple(rows))


def described(screen: Screen, kpi: Kpi, found: Pairs) -> str:
    """What the chart shows, for those who do not see it."""
    known = [now for now, _then in found if now.value is not None]
    if not known:
        error = _series(screen, kpi, stretch(screen)).failed.get(kpi.id)
        reason = values.why_not(error) if error else _("no data")
        return _("{kpi}: {reason}").format(kpi=_(kpi.name), reason=reason)
    currency = screen.configuration.currency
    first, last = known[0], known[-1]
    return _("{kpi}: {first} in {start}, {last} in {end}").format(
        kpi=_(kpi.name),
        first=values.short(kpi, first.value, currency),
        start=numbers.days(first.period),
        last=values.short(kpi, last.value, currency),
        end=numbers.days(last.period),
    )


def legend(screen: Screen, kpi: Kpi, before: str, shown: variation.Shown) -> str:
    """What the chart says and what its lines are: a label cannot stand at a line's end on a phone."""
    lines = f'<span><i class="kk-line"></i>{escape(_(kpi.name))}</span>'
    lines += f'<span><i class="kk-line kk-faint"></i>{escape(before)}</span>' if before else ""
    currency = screen.configuration.currency
    lines += variation.legend(shown, currency)
    told = " ".join(filter(None, (variation.sentence(shown), variation.promise(shown, currency, screen.view.grain))))
    return f'<p class="kk-say">{escape(told)}</p><p class="kk-legend">{lines}</p>'


def _has_before(found: Pairs) -> bool:
    return any(then and then.value is not None for _now, then in found)


def before_name(screen: Screen) -> str:
    """What the faint series is called; nothing without a comparison."""
    kind = _kind(screen)
    if not kind.of_periods:
        return ""
    return _("a year before") if kind is Comparison.LAST_YEAR else _("the period before")


def stretch(screen: Screen) -> Period:
    """The days of the chart: those that limits are computed from, or the screen's period where that is longer."""
    grain, calendar = screen.view.grain, screen.configuration.calendar
    usual = looked_over(screen.period, grain, calendar)
    return usual if usual.start <= screen.period.start else screen.period


def _kind(screen: Screen) -> Comparison:
    """The comparison drawn: beside a longer stretch than the period, the one before it would only repeat the line."""
    if screen.view.comparison is Comparison.PREVIOUS and stretch(screen) != screen.period:
        return Comparison.LAST_YEAR
    return screen.view.comparison


def _pairs(screen: Screen, kpi: Kpi) -> Pairs:
    happened = flags.found(screen, kpi, stretch(screen))
    question = ("chart's points", kpi.id, screen.key, happened)
    return queries.remember(screen.shown, question, lambda: _compared(screen, kpi, happened))


def _compared(screen: Screen, kpi: Kpi, happened: Sequence[Flag]) -> Pairs:
    grain, calendar = screen.view.grain, screen.configuration.calendar
    days = stretch(screen)
    now = points(_series(screen, kpi, days).series(kpi.id))
    base = base_period(days, grain, _kind(screen), calendar)
    asked = base if base and base.start >= queries.ALL_TIME.start else None
    before = points(_series(screen, kpi, asked).series(kpi.id)) if asked else ()
    # Nothing is compared with days that are loaded only in part; the first and the last period may be cut short.
    then = tuple(p if p.complete or p.value is None or is_whole(screen, kpi.id, p.period) else None for p in before)
    found = tuple((point, then[place] if place < len(then) else None) for place, point in enumerate(now))
    # What people noted of a day before the first number is on the chart, too.
    noted = min((flag.days.start for flag in happened), default=date.max)
    known = [now.value is not None or bool(then and then.value) or noted <= now.period.end for now, then in found]
    return found[beginning(screen, [now.period for now, _then in found], known) :]


def beginning(screen: Screen, periods: Sequence[Period], known: Sequence[bool]) -> int:
    """The place of the first of *periods* worth drawing: those before anything was *known* would fill the chart.

    What the reader asked for stays, and so do some periods where few follow.
    """
    asked = next((n for n, period in enumerate(periods) if period.end >= screen.period.start), 0)
    return min([*known, True].index(True), asked, max(0, len(periods) - FEWEST_POINTS))


def _series(screen: Screen, kpi: Kpi, days: Period) -> Evaluation:
    return ask(screen, [kpi.id], days, screen.view.grain)


def presented(screen: Screen, seen: Seen, review: int, anew: date | None = None) -> Drawing:
    """The chart of *seen* as a *review* that is over showed it, with the events that it knew of."""
    figure = seen.figure
    if all(point.value is None for point in figure.series):
        told = _("{kpi}: {reason}").format(kpi=_(figure.kpi.name), reason=_("no data"))
        return Drawing(SCHEMA.empty_table(), {}, "", told, blank=True)
    found: Pairs = tuple((point, None) for point in figure.series)
    days = Period(figure.series[0].period.start, figure.series[-1].period.end)
    happened = flags.found(screen, figure.kpi, days, review)
    held = figure.standing.held_from
    begun = [figure.series[held].period.start] if held else []
    marks = _Marks(happened, (*begun, anew))
    return _drawing(screen, figure.kpi, found, figure.standing, marks)


def _chart(screen: Screen, kpi: Kpi, happened: Sequence[Flag], anew: date | None) -> Drawing:
    found = _pairs(screen, kpi)
    marks = _Marks(happened, (*starts(screen, kpi), anew))
    return _drawing(screen, kpi, found, standing(screen, kpi, [now for now, _then in found]), marks)


class _Marks(NamedTuple):
    """What stands on a chart beside its lines: what *happened*, and the days from which limits are *anew*."""

    happened: Sequence[Flag]
    anew: Sequence[date | None]

    def words(self, periods: Sequence[Period]) -> list[str | None]:
        """For each of *periods* the word that limits begin anew there; the first one of all is no place to begin."""
        places = {sum(period.start < day for period in periods) for day in self.anew if day}
        return [_("limits anew") if place and place in places else None for place in range(len(periods))]


def _drawing(screen: Screen, kpi: Kpi, found: Pairs, shown: variation.Shown, beside: _Marks) -> Drawing:
    before = before_name(screen) if _has_before(found) else ""
    levels = [_lines(shown), *(goals(shown, place) for place in range(len(found)))]
    kept = {name for each in levels for name, value in each.items() if value is not None}
    periods = [now.period for now, _then in found]
    words = beside.words(periods)
    kept |= {charts.FLAGS} if beside.happened else set()
    kept |= {charts.ANEW} if any(words) else set()
    records = _records(screen, kpi, found, before, shown)
    look = charts.look(kpi, screen.configuration.currency, before, _drawn(records), kept)
    spec = queries.remember(screen.shown, ("spec", look), lambda: charts.spec(look))
    marks = flags.marks(beside.happened, periods)
    flagged = [{**record, "flag": mark, "anew": word} for record, mark, word in zip(records, marks, words, strict=True)]
    rows = pa.Table.from_pylist(flagged, schema=SCHEMA)
    blank = all(now.value is None for now, _then in found)
    # What is said of nothing is said in its place.
    below = ("" if blank else legend(screen, kpi, before, shown)) + flags.legend(screen, beside.happened)
    told = described(screen, kpi, found)
    return Drawing(rows, spec, below, told if blank else f"{told}. {variation.sentence(shown)}".strip(), blank)


def _records(screen: Screen, kpi: Kpi, found: Pairs, before: str, shown: variation.Shown) -> list[dict[str, object]]:
    lines, none = _lines(shown), dict.fromkeys(LINES)
    currency, grain = screen.configuration.currency, screen.view.grain
    labels = numbers.ticks([now.period for now, _then in found], grain, screen.configuration.calendar)
    records: list[dict[str, object]] = []
    for place, (now, then) in enumerate(found):
        following = found[place + 1][0] if place + 1 < len(found) else None
        leads = not now.complete or (following is not None and not following.complete)
        records.append(
            {
                "period": labels[place],
                "value": now.value if now.complete else None,
                "open": now.value if leads else None,
                "hollow": None if now.complete else now.value,
                "before": then.value if then and before else None,
                "named": numbers.whole(now.period, grain, screen.configuration.calendar),
                "told": values.full(kpi, now.value, currency),
                "told_before": values.full(kpi, then.value if then else None, currency),
                "note": _note(now) or shown.note(place) or numbers.NOTHING,
                "signal": now.value if shown.flags[place] else None,
                "ring": charts.RINGS[shown.favours(place, now.value or 0.0)],
                **(lines if place >= shown.held_from else none),
                **goals(shown, place),
            }
        )
    return records


def _drawn(records: Sequence[Mapping[str, object]]) -> list[float]:
    """Every number that the axis has to hold."""
    return [value for record in records for value in record.values() if isinstance(value, float)]


def _lines(shown: variation.Shown) -> dict[str, float | None]:
    """The values of the level lines: limits and centre."""
    return dict(zip(LINES, shown.lines, strict=True))


def goals(shown: variation.Shown, place: int) -> dict[str, float | None]:
    """The target of one period, and once more where the periods beside it have none."""
    ends = _ends(shown.goals[place])
    beside = [_ends(goal) for goal in (*shown.goals[max(0, place - 1) : place], *shown.goals[place + 1 : place + 2])]
    lone = (None if any(each[n] is not None for each in beside) else end for n, end in enumerate(ends))
    return dict(zip((*GOALS, *LONE_GOALS), (*ends, *lone), strict=True))


def _ends(goal: Goal | None) -> tuple[float | None, float | None, float | None]:
    return (goal.value, goal.low, goal.high) if goal else (None, None, None)


def _note(point: Point) -> str:
    return "" if point.complete or point.value is None else _("incomplete")
