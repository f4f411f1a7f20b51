"""A series as an SVG picture that prints: its line, limits, target, signals and events. Pure, and quick.

Vega would take a tenth of a second for each; a pack has sixty.
"""

from __future__ import annotations

from html import escape
from itertools import chain
from math import floor, log10
from typing import TYPE_CHECKING, Final, NamedTuple

from core.colours import BLUE, GREY, ORANGE
from core.numbers import ticks
from metrics import wording
from metrics.model import Unit
from metrics.signals import within
from metrics.status import Goal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.period import Period
    from metrics.figure import Point
    from metrics.model import Kpi
    from pack.effect import Outcome
    from pack.frozen import Seen

FONT: Final = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK: Final = "#1F2937"
PAPER: Final = "#FFFFFF"
_RIGHT: Final = 10
_TOP: Final = 30
_BOTTOM: Final = 26
_TICKS: Final = 4
_GAP: Final = 9
_LETTER: Final = 6.6
"""About as wide as a digit."""
_ASIDE: Final = f"fill='{GREY.light}'"
_SPARK: Final = (120, 26, 4)
_STEPS: Final = (1, 2, 2.5, 5, 10)

Spot = tuple[float, float]


class Size(NamedTuple):
    """How large a picture is, in the units of its texts."""

    width: int
    height: int


WIDE: Final = Size(640, 228)
HALF: Final = Size(400, 178)


class _Scale(NamedTuple):
    """How values become places from *bottom* to *top* (for positions, where 1 is the best, the other way round)."""

    low: float
    high: float
    bottom: float
    top: float

    def __call__(self, value: float) -> float:
        if self.high <= self.low:
            return (self.bottom + self.top) / 2
        return self.bottom + (value - self.low) * (self.top - self.bottom) / (self.high - self.low)


def chart(seen: Seen, events: Sequence[Period] = (), size: Size = WIDE) -> str:
    """The chart of *seen*, with numbers, from 1 on, where *events* happened."""
    plot = _Plot.of(seen, size)
    lower, center, upper = seen.figure.standing.lines
    shapes = [
        *plot.grid(),
        *(plot.level(end, GREY.light, "stroke-dasharray='2 4'", limit=True) for end in (lower, upper)),
        plot.level(center, GREY.light, "opacity='.7'", limit=True),
        *plot.targets(),
        *plot.labels(),
        *plot.flags(events),
        *plot.line(),
        *plot.dots(),
    ]
    return _svg(*size, "".join(shapes))


def sparkline(seen: Seen, count: int = 13) -> str:
    """The newest *count* values as a line of the height of a text, with the usual range as a faint band."""
    figure = seen.figure
    lower, _center, upper = figure.standing.lines
    return _small(figure.series[-count:], (lower, upper), accent(figure.standing.good), figure.kpi)


def around(outcome: Outcome) -> str:
    """The values around a decision as a line of the height of a text, with the limits before it as a faint band."""
    told, kpi = outcome.effect, outcome.kpi
    if told is None or kpi is None:
        return _svg(*_SPARK[:2], "")
    band = within(told.before, kpi.lower, kpi.upper) if told.before else (None, None)
    return _small(outcome.series, band, accent(outcome.good), kpi, outcome.mark)


def _small(
    series: Sequence[Point], band: tuple[float | None, float | None], colour: str, kpi: Kpi, mark: float | None = None
) -> str:
    width, height, margin = _SPARK
    known = [point.value for point in series if point.value is not None]
    if not known:
        return _svg(width, height, "")
    all_known = [*known, *(end for end in band if end is not None)]
    ends = (margin, height - margin) if kpi.unit is Unit.POSITION else (height - margin, margin)
    scale = _Scale(min(all_known), max(all_known), *ends)
    places = _places(len(series), margin, width - margin)
    spots = _spots(series, places, scale)
    shapes = [_ground(band, scale, ends), *(_path(run, GREY.light, "stroke-width='1.6'") for run in _runs(spots))]
    if mark is not None:
        x = margin + (places[1] - places[0] if len(places) > 1 else 0) * mark
        shapes.append(f"<path d='M{x:.1f} 0V{height}' stroke='{GREY.light}' stroke-dasharray='2 3'/>")
    if last := spots[-1]:
        shapes.append(_circle(last, 3, f"fill='{colour if series[-1].complete else PAPER}' stroke='{colour}'"))
    return _svg(width, height, "".join(shapes))


def _ground(band: tuple[float | None, float | None], scale: _Scale, ends: tuple[float, float]) -> str:
    """The usual range; beyond what can be where it has no end."""
    lower, upper = band
    if lower is None and upper is None:
        return ""
    edges = sorted((ends[0] if lower is None else scale(lower), ends[1] if upper is None else scale(upper)))
    width = _SPARK[0]
    return f"<rect x='0' y='{edges[0]:.1f}' width='{width}' height='{edges[1] - edges[0]:.1f}' fill='#EEF0F3'/>"


class _Plot(NamedTuple):
    """Where everything of one chart goes."""

    seen: Seen
    size: Size
    ticks: tuple[tuple[float, str], ...]
    scale: _Scale
    left: float
    places: tuple[float, ...]

    @classmethod
    def of(cls, seen: Seen, size: Size) -> _Plot:
        """The plot of *seen*, as wide on the left as the names of its values are long."""
        kpi, series = seen.figure.kpi, seen.figure.series
        known = [point.value for point in series if point.value is not None]
        levels = [end for end in (*seen.figure.standing.lines, *chain(*_goals(seen))) if end is not None]
        ticks = tuple((value, wording.short(kpi, value, seen.currency)) for value in _ticks([*known, *levels]))
        ends = (size.height - _BOTTOM, _TOP)
        scale = _Scale(ticks[0][0], ticks[-1][0], *(ends[::-1] if kpi.unit is Unit.POSITION else ends))
        left = _GAP + _LETTER * max(len(told) for _value, told in ticks)
        return cls(seen, size, ticks, scale, left, _places(len(series), left + _GAP, size.width - _RIGHT - _GAP))

    @property
    def end(self) -> float:
        """Where lines end."""
        return self.size.width - _RIGHT

    @property
    def spots(self) -> list[Spot | None]:
        """Where the values are."""
        return _spots(self.seen.figure.series, self.places, self.scale)

    def grid(self) -> Iterable[str]:
        """A faint line at every tick, with its value."""
        for value, told in self.ticks:
            y = self.scale(value)
            yield f"<path d='M{self.left:.1f} {y:.1f}H{self.end}' stroke='#E5E7EB'/>"
            yield f"<text x='{self.left - 6:.1f}' y='{y + 4:.1f}' {_ASIDE} text-anchor='end'>{escape(told)}</text>"

    def level(self, value: float | None, colour: str, more: str, *, limit: bool = False) -> str:
        """A line at *value*; a *limit* only over the periods that it holds for."""
        if value is None:
            return ""
        place = self.seen.figure.standing.held_from
        start = self.places[place] if limit and place else self.left
        return f"<path d='M{start:.1f} {self.scale(value):.1f}H{self.end}' stroke='{colour}' fill='none' {more}/>"

    def targets(self) -> Iterable[str]:
        """The target in steps: over each period the one that held in it."""
        half = (self.places[1] - self.places[0]) / 2 if len(self.places) > 1 else _GAP
        for ends in _goals(self.seen):
            spots = [None if end is None else (x, self.scale(end)) for x, end in zip(self.places, ends, strict=True)]
            for run in _runs(spots, 1):
                steps = [(min(max(x + side, self.left), self.end), y) for x, y in run for side in (-half, half)]
                yield _path(steps, BLUE.light, "stroke-width='1.6' stroke-dasharray='10 5'")

    def labels(self) -> Iterable[str]:
        """The names of the periods, as many as there is room for; the newest always."""
        names = ticks([point.period for point in self.seen.figure.series], self.seen.grain, self.seen.calendar)
        room = (self.end - self.left) / (_GAP + _LETTER * max(map(len, names), default=1))
        every = -(-len(names) // max(1, int(room))) or 1
        for place in range(len(names) - 1, -1, -every):
            x, y = self.places[place], self.size.height - 8
            yield f"<text x='{x:.1f}' y='{y}' {_ASIDE} text-anchor='middle'>{escape(names[place])}</text>"

    def flags(self, events: Sequence[Period]) -> Iterable[str]:
        """A numbered flag over the first period of each event that the chart shows."""
        taken: dict[int, list[str]] = {}
        for number, days in enumerate(events, 1):
            at = next((n for n, p in enumerate(self.seen.figure.series) if p.period.overlap(days)), None)
            if at is not None:
                taken.setdefault(at, []).append(str(number))
        for at, numbers in taken.items():
            x, foot, told = self.places[at], self.size.height - _BOTTOM, ", ".join(numbers)
            yield f"<path d='M{x:.1f} 16V{foot}' stroke='{GREY.light}' stroke-dasharray='1 3'/>"
            yield f"<text x='{x:.1f}' y='12' text-anchor='middle' font-weight='bold'>{told}</text>"

    def line(self) -> Iterable[str]:
        """The line through the complete values, dashed where it leads to incomplete ones."""
        spots, complete = self.spots, [point.complete for point in self.seen.figure.series]
        whole = [spot if known else None for spot, known in zip(spots, complete, strict=True)]
        yield from (_path(run, INK, "stroke-width='2'") for run in _runs(whole))
        for before, after, known in zip(spots, spots[1:], complete[1:], strict=False):
            if before and after and not known:
                yield _path([before, after], INK, "stroke-width='2' stroke-dasharray='4 4'")

    def dots(self) -> Iterable[str]:
        """The values: rings around signals, hollow where they are incomplete."""
        figure = self.seen.figure
        shown = zip(self.spots, figure.series, figure.standing.flags, strict=True)
        for place, (spot, point, rules) in enumerate(shown):
            if spot is None:
                continue
            if rules:
                colour = accent(figure.standing.favours(place, point.value or 0.0))
                yield _circle(spot, 8, f"fill='none' stroke='{colour}' stroke-width='2'")
            yield _circle(spot, 3, f"fill='{INK if point.complete else PAPER}' stroke='{INK}' stroke-width='1.5'")


def _goals(seen: Seen) -> list[tuple[float | None, ...]]:
    """The targets of the periods, and the ends of their ranges: a series each."""
    goals = [goal or Goal() for goal in seen.figure.standing.goals]
    return [tuple(goal.value for goal in goals), tuple(goal.low for goal in goals), tuple(goal.high for goal in goals)]


def _places(count: int, left: float, right: float) -> tuple[float, ...]:
    step = (right - left) / max(1, count - 1)
    return tuple(left + step * place for place in range(count))


def _spots(series: Sequence[Point], places: Sequence[float], scale: _Scale) -> list[Spot | None]:
    return [None if point.value is None else (x, scale(point.value)) for x, point in zip(places, series, strict=True)]


def accent(good: bool | None) -> str:  # noqa: FBT001 - good, bad or neither
    """The colour of what is *good*: blue, of what is bad: orange, of what is neither: grey."""
    return {True: BLUE.light, False: ORANGE.light, None: GREY.light}[good]


def _svg(width: int, height: int, inner: str) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' "
        f'font-family="{FONT}" font-size="12" fill="{INK}">{inner}</svg>'
    )


def _ticks(values: Sequence[float]) -> list[float]:
    """Even numbers around *values*, at a distance that reads easily."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if high <= low:
        margin = abs(low) / 2 or 1.0
        low, high = low - margin if low else 0.0, high + margin
    rough = (high - low) / _TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), -floor(-high / step + 1e-9)
    return [place * step for place in range(first, last + 1)]


def _circle(spot: Spot, radius: float, more: str) -> str:
    return f"<circle cx='{spot[0]:.1f}' cy='{spot[1]:.1f}' r='{radius}' {more}/>"


def _runs(spots: Sequence[Spot | None], fewest: int = 2) -> list[list[Spot]]:
    """The stretches without a gap, of at least the *fewest* spots."""
    runs: list[list[Spot]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if len(run) >= fewest]


def _path(run: Sequence[Spot], colour: str, more: str) -> str:
    points = "L".join(f"{x:.1f} {y:.1f}" for x, y in run)
    return f"<path d='M{points}' fill='none' stroke='{colour}' stroke-linejoin='round' {more}/>"
