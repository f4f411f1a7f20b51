"""Patterns of points on a process behaviour chart: each gives the places of the points that complete it.

Points are told as distances from the centre in sigmas; a point on the centre (0) is on neither side, and one exactly on
a line is not beyond it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

Pattern = Callable[[Sequence[float]], Iterator[int]]


def beyond(sigmas: float) -> Pattern:
    """A point further than *sigmas* from the centre, on either side."""
    return lambda points: (place for place, point in enumerate(points) if abs(point) > sigmas)


def several_beyond(least: int, among: int, sigmas: float) -> Pattern:
    """At least *least* of *among* consecutive points further than *sigmas* away on one side, the last of them too."""

    def found(points: Sequence[float]) -> Iterator[int]:
        for place, point in enumerate(points):
            window = points[max(0, place - among + 1) : place + 1]
            same = [other for other in window if _side(other) == _side(point) and abs(other) > sigmas]
            if abs(point) > sigmas and len(same) >= least:
                yield place

    return found


def run(length: int) -> Pattern:
    """*length* points in a row on one side of the centre."""
    return _in_a_row(
        length, lambda before, point: _side(point) != 0 and (before is None or _side(before) == _side(point))
    )


def trend(length: int) -> Pattern:
    """*length* points in a row, each higher than the one before, or each lower."""
    return _steps(length, lambda earlier, later: earlier == later)


def alternating(length: int) -> Pattern:
    """*length* points in a row that go up and down in turns."""
    return _steps(length, lambda earlier, later: earlier == -later)


def hugging(length: int) -> Pattern:
    """*length* points in a row within one sigma of the centre, on either side."""
    return _in_a_row(length, lambda _before, point: abs(point) < 1)


def mixture(length: int) -> Pattern:
    """*length* points in a row further than one sigma from the centre, on both sides."""

    def found(points: Sequence[float]) -> Iterator[int]:
        for place in _in_a_row(length, lambda _before, point: abs(point) > 1)(points):
            if len({_side(point) for point in points[place - length + 1 : place + 1]}) > 1:
                yield place

    return found


def _side(point: float) -> int:
    return (point > 0) - (point < 0)


def _in_a_row(length: int, continues: Callable[[float | None, float], bool]) -> Pattern:
    """Places at which at least *length* points in a row meet *continues* (the point before, or None; the point)."""

    def found(points: Sequence[float]) -> Iterator[int]:
        count = 0
        for place, point in enumerate(points):
            if count and continues(points[place - 1], point):
                count += 1
            else:
                count = int(continues(None, point))
            if count >= length:
                yield place

    return found


def _steps(length: int, goes_on: Callable[[int, int], bool]) -> Pattern:
    """Places at which the steps between *length* points in a row go on as *goes_on* says of two neighbouring ones."""

    def found(points: Sequence[float]) -> Iterator[int]:
        steps = [_side(after - before) for before, after in pairwise(points)]
        count = 0
        for place, step in enumerate(steps):
            goes = count > 0 and goes_on(steps[place - 1], step)
            count = 0 if step == 0 else count + 1 if goes else 1
            if count >= length - 1:
                yield place + 1

    return found
