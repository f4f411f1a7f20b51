"""A series as an SVG picture that prints: its line, limits, target, signals and events. Pure, and quick.

Vega would take a tenth of a second for each; a pack has sixty.
"""

from __future__ import annotations

from html import escape
from math import floor, log10
from typing import TYPE_CHECKING, Final, NamedTuple

from core.colours import BLUE, GREY, ORANGE
from core.numbers import ticks
from metrics import wording
from metrics.model import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.period import Grain, Period
    from metrics.figure import Figure
    from pack.frozen import Seen

WIDTH: Final = 640
HEIGHT: Final = 220
FONT: Final = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK: Final = "#1F2937"
_LEFT: Final = 62
_RIGHT: Final = 10
_TOP: Final = 22
_BOTTOM: Final = 26
_TICKS: Final = 4
_LABELS: Final = 9
_SPARK: Final = (120, 26, 4)
_STEPS: Final = (1, 2, 2.5, 5, 10)

Spot = tuple[float, float]


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


def chart(seen: Seen, events: Sequence[tuple[int, Period]] = ()) -> str:
    """The chart of *seen*, with the numbers of *events* where they happened."""
    figure, standing = seen.figure, seen.figure.standing
    lower, center, upper = standing.lines
    goal = standing.goal
    goals = [end for end in ((goal.value, goal.low, goal.high) if goal else ()) if end is not None]
    levels = [value for value in (lower, center, upper, *goals) if value is not None]
    ticks = _ticks([*(point.value for point in figure.series if point.value is not None), *levels])
    ends = (_TOP, HEIGHT - _BOTTOM) if figure.kpi.unit is Unit.POSITION else (HEIGHT - _BOTTOM, _TOP)
    scale = _Scale(ticks[0], ticks[-1], *ends)
    places = _places(len(figure.series), _LEFT + 8, WIDTH - _RIGHT - 8)
    spots = _spots(figure, places, scale)
    start = places[standing.held_from] if standing.held_from and places else _LEFT
    shapes = [
        *(_grid(tick, scale, wording.short(figure.kpi, tick, seen.currency)) for tick in ticks),
        *(_level(scale(end), start, GREY.light, "stroke-dasharray='2 4'") for end in (lower, upper) if end is not None),
        *(_level(scale(center), start, GREY.light, "opacity='.7'") for center in (center,) if center is not None),
        *(_level(scale(end), _LEFT, BLUE.light, "stroke-width='1.6' stroke-dasharray='10 5'") for end in goals),
        *_labels(figure, places, seen.grain),
        *_flags(figure, places, events),
        *_line(figure, spots),
        *_dots(figure, spots),
    ]
    return _svg(WIDTH, HEIGHT, "".join(shapes))


def sparkline(seen: Seen, count: int = 13) -> str:
    """The newest *count* values as a line of the height of a text, with the usual range as a faint band."""
    width, height, margin = _SPARK
    series = seen.figure.series[-count:]
    lower, _center, upper = seen.figure.standing.lines
    known = [point.value for point in series if point.value is not None]
    all_known = [*known, *(end for end in (lower, upper) if end is not None)]
    if not known:
        return _svg(width, height, "")
    ends = (margin, height - margin) if seen.figure.kpi.unit is Unit.POSITION else (height - margin, margin)
    scale = _Scale(min(all_known), max(all_known), *ends)
    places = _places(len(series), margin, width - margin)
    spots = [None if point.value is None else (x, scale(point.value)) for x, point in zip(places, series, strict=True)]
    band = ""
    if lower is not None or upper is not None:
        edges = sorted((ends[0] if lower is None else scale(lower), ends[1] if upper is None else scale(upper)))
        band = f"<rect x='0' y='{edges[0]:.1f}' width='{width}' height='{edges[1] - edges[0]:.1f}' fill='#EEF0F3'/>"
    shapes = [_path(run, GREY.light, "stroke-width='1.6'") for run in _runs(spots)]
    last = spots[-1]
    if last:
        fill = accent(seen.figure) if series[-1].complete else "#FFFFFF"
        shapes.append(_circle(last, 3, f"fill='{fill}' stroke='{accent(seen.figure)}'"))
    return _svg(width, height, band + "".join(shapes))


def accent(figure: Figure) -> str:
    """The colour of where *figure* stands: blue for better, orange for worse, grey for neither."""
    return {True: BLUE.light, False: ORANGE.light, None: GREY.light}[figure.standing.good]


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


def _places(count: int, left: float, right: float) -> list[float]:
    step = (right - left) / max(1, count - 1)
    return [left + step * place for place in range(count)]


def _spots(figure: Figure, places: Sequence[float], scale: _Scale) -> list[Spot | None]:
    values = (point.value for point in figure.series)
    return [None if value is None else (x, scale(value)) for x, value in zip(places, values, strict=True)]


def _grid(value: float, scale: _Scale, told: str) -> str:
    y = scale(value)
    return (
        f"<path d='M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}' stroke='#E5E7EB'/>"
        f"<text x='{_LEFT - 6}' y='{y + 4:.1f}' text-anchor='end' fill='{GREY.light}'>{escape(told)}</text>"
    )


def _level(y: float, start: float, colour: str, more: str) -> str:
    return f"<path d='M{start:.1f} {y:.1f}H{WIDTH - _RIGHT}' stroke='{colour}' fill='none' {more}/>"


def _labels(figure: Figure, places: Sequence[float], grain: Grain) -> Iterable[str]:
    """The names of the periods, as many as there is room for; the newest always."""
    every = -(-len(places) // _LABELS) or 1
    names = ticks([point.period for point in figure.series], grain)
    for place in range(len(places) - 1, -1, -every):
        name = escape(names[place])
        yield (f"<text x='{places[place]:.1f}' y='{HEIGHT - 8}' text-anchor='middle' fill='{GREY.light}'>{name}</text>")


def _flags(figure: Figure, places: Sequence[float], events: Sequence[tuple[int, Period]]) -> Iterable[str]:
    """A numbered flag over the first period of each event that the chart shows."""
    taken: dict[int, list[int]] = {}
    for number, days in events:
        at = next((n for n, point in enumerate(figure.series) if point.period.overlap(days)), None)
        if at is not None:
            taken.setdefault(at, []).append(number)
    for at, numbers in taken.items():
        told = ", ".join(map(str, numbers))
        x = places[at]
        yield f"<path d='M{x:.1f} {_TOP - 6}V{HEIGHT - _BOTTOM}' stroke='{GREY.light}' stroke-dasharray='1 3'/>"
        yield f"<text x='{x:.1f}' y='{_TOP - 9}' text-anchor='middle' font-weight='bold'>{told}</text>"


def _line(figure: Figure, spots: Sequence[Spot | None]) -> Iterable[str]:
    """The line through the complete values, dashed where it leads to incomplete ones."""
    complete = [point.complete for point in figure.series]
    whole = [spot if known else None for spot, known in zip(spots, complete, strict=True)]
    yield from (_path(run, INK, "stroke-width='2'") for run in _runs(whole))
    for before, after, known in zip(spots, spots[1:], complete[1:], strict=False):
        if before and after and not known:
            yield _path([before, after], INK, "stroke-width='2' stroke-dasharray='4 4'")


def _dots(figure: Figure, spots: Sequence[Spot | None]) -> Iterable[str]:
    for spot, point, rules in zip(spots, figure.series, figure.standing.flags, strict=True):
        if spot is None:
            continue
        if rules:
            yield _circle(spot, 8, f"fill='none' stroke='{ORANGE.light}' stroke-width='2'")
        yield _circle(spot, 3, f"fill='{INK if point.complete else '#FFFFFF'}' stroke='{INK}' stroke-width='1.5'")


def _circle(spot: Spot, radius: float, more: str) -> str:
    return f"<circle cx='{spot[0]:.1f}' cy='{spot[1]:.1f}' r='{radius}' {more}/>"


def _runs(spots: Sequence[Spot | None]) -> list[list[Spot]]:
    """The stretches without a gap."""
    runs: list[list[Spot]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if len(run) > 1]


def _path(run: Sequence[Spot], colour: str, more: str) -> str:
    points = "L".join(f"{x:.1f} {y:.1f}" for x, y in run)
    return f"<path d='M{points}' fill='none' stroke='{colour}' stroke-linejoin='round' {more}/>"
