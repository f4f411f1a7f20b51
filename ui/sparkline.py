"""A sparkline as a small SVG picture: drawn on the server, legible in print, right on light and dark ground. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ui.theme import GREY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme import Pair

WIDTH: Final = 180
HEIGHT: Final = 44
MARGIN: Final = 6

Spot = tuple[float, float]


def picture(values: Sequence[float | None], accent: Pair, *, complete: bool = True) -> str:
    """The address of a picture of *values*; its last point in *accent*, hollow and dashed unless *complete*."""
    return "data:image/svg+xml," + quote(drawing(values, accent, complete=complete), safe="/:=,;()")


def drawing(values: Sequence[float | None], accent: Pair, *, complete: bool = True) -> str:
    """The same as SVG text."""
    spots = _spots(values)
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
        f"<style>:root{{color-scheme:light dark}}path{{fill:none;stroke:{GREY.css};stroke-width:2;"
        f"stroke-linejoin:round;stroke-linecap:round}}.full{{fill:{accent.css}}}"
        f".hollow{{fill:none;stroke:{accent.css};stroke-width:2}}</style>{''.join(shapes)}</svg>"
    )


def _spots(values: Sequence[float | None]) -> list[Spot | None]:
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    step = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)
    span = (HEIGHT - 2 * MARGIN) / (high - low) if high > low else 0.0
    middle = 0.0 if span else HEIGHT / 2 - MARGIN
    return [
        None if value is None else (MARGIN + step * place, HEIGHT - MARGIN - middle - (value - low) * span)
        for place, value in enumerate(values)
    ]


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
