"""A sparkline as a small SVG picture: drawn on the server, legible in print, right on light and dark ground. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from ui.theme import GREY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme import Pair

WIDTH: Final = 180
HEIGHT: Final = 44
MARGIN: Final = 6

Spot = tuple[float, float]
Band = tuple[float | None, float | None]


def picture(
    values: Sequence[float | None],
    accent: Pair,
    *,
    complete: bool = True,
    band: Band | None = None,
    mark: float | None = None,
) -> str:
    """The address of a picture of *values*; its last point in *accent*, hollow and dashed unless *complete*.

    *band* are the limits, drawn as a faint ground; None for an end that lies beyond what can be. *mark* is the place
    of an upright line; between two points for a fraction.
    """
    drawn = drawing(values, accent, complete=complete, band=band, mark=mark)
    return "data:image/svg+xml," + quote(drawn, safe="/:=,;()")


def drawing(
    values: Sequence[float | None],
    accent: Pair,
    *,
    complete: bool = True,
    band: Band | None = None,
    mark: float | None = None,
) -> str:
    """The same as SVG text."""
    scale = _Scale.over([*values, *(band or ())])
    spots = _spots(values, scale)
    runs = _runs(spots)
    shapes = [_path(run) for run in runs]
    last = spots[-1] if spots else None
    if last and not complete:
        shapes = [_path(run) for run in _runs([*spots[:-1], None])]
        before = spots[-2] if len(spots) > 1 else None
        shapes.append(_path([before, last], "stroke-dasharray='3 3'") if before else "")
    if last:
        kind = "full" if complete else "hollow"
        shapes.append(f"<circle class='{kind}' cx='{last[0]:.1f}' cy='{last[1]:.1f}' r='4'/>")
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}'>"
        f"<style>:root{{color-scheme:light dark}}rect{{fill:{GREY.css};opacity:.16}}"
        f"path{{fill:none;stroke:{GREY.css};stroke-width:2;stroke-linejoin:round;stroke-linecap:round}}.full{{fill:{accent.css}}}"
        f".hollow{{fill:none;stroke:{accent.css};stroke-width:2}}</style>"
        f"{_ground(band, scale)}{_upright(mark, len(values))}{''.join(shapes)}</svg>"
    )


class _Scale(NamedTuple):
    """How values become heights."""

    low: float
    high: float

    @classmethod
    def over(cls, values: Sequence[float | None]) -> _Scale:
        """The scale on which all *values* have room."""
        known = [value for value in values if value is not None]
        return cls(min(known, default=0.0), max(known, default=0.0))

    def __call__(self, value: float) -> float:
        if self.high <= self.low:
            return HEIGHT / 2
        return HEIGHT - MARGIN - (value - self.low) * (HEIGHT - 2 * MARGIN) / (self.high - self.low)


def _ground(band: Band | None, scale: _Scale) -> str:
    if band is None:
        return ""
    bottom, top = (HEIGHT if band[0] is None else scale(band[0])), (0.0 if band[1] is None else scale(band[1]))
    return f"<rect x='0' y='{top:.1f}' width='{WIDTH}' height='{max(bottom - top, 1):.1f}'/>"


def _upright(mark: float | None, count: int) -> str:
    if mark is None:
        return ""
    x = MARGIN + _step(count) * mark
    return f"<path style='stroke-width:1' stroke-dasharray='2 3' d='M{x:.1f} 0L{x:.1f} {HEIGHT}'/>"


def _step(count: int) -> float:
    return (WIDTH - 2 * MARGIN) / max(1, count - 1)


def _spots(values: Sequence[float | None], scale: _Scale) -> list[Spot | None]:
    step = _step(len(values))
    return [None if value is None else (MARGIN + step * place, scale(value)) for place, value in enumerate(values)]


def _runs(spots: Sequence[Spot | None]) -> list[list[Spot]]:
    """The stretches without a gap."""
    runs: list[list[Spot]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if run]


def _path(run: Sequence[Spot], more: str = "") -> str:
    # A stretch of one point is drawn as a dot: the line's round end.
    points = [*run, run[-1]] if len(run) == 1 else run
    return f"<path {more} d='M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "'/>"
