"""Sums laid out by segment and bucket, with unknown told apart from nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from core.errors import UsageError
from core.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    import pyarrow as pa

    from metrics.basis import Basis
    from metrics.buckets import Buckets
    from metrics.statement import Part, Selection

    Values = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]
    Answers = Sequence[tuple[Selection, pa.Table]]

Segment = tuple[str | None, ...]
LARGEST: Final = 5_000_000


@dataclass(frozen=True)
class Grid:
    """The sums of parts as arrays of segments × buckets: NaN where the rows do not say, or where there are none.

    Each of *segments* has a value for each dimension of *split*; *has_rows* tells the two kinds of NaN apart. In
    *lost* segments some row's money could not be converted.
    """

    split: tuple[str, ...]
    segments: list[Segment]
    buckets: Buckets
    sums: dict[Part, Values] = field(default_factory=dict)
    has_rows: dict[Part, Flags] = field(default_factory=dict)
    lost: dict[Part, frozenset[Segment]] = field(default_factory=dict)
    _kept: dict[tuple[str, Basis], Flags] = field(default_factory=dict)
    _groups: dict[tuple[str, ...], dict[Segment, list[int]]] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, int]:
        """How many segments and buckets there are."""
        return len(self.segments), len(self.buckets.periods)

    def inside(self, base: Basis, scope: Sequence[str]) -> Flags:
        """Where *base* is loaded from the first to the last day of the bucket."""
        if ("inside", base) not in self._kept:
            self._kept["inside", base] = self.flags(base, scope, lambda mine: mine.inside(self.buckets))
        return self._kept["inside", base]

    def complete(self, base: Basis, scope: Sequence[str]) -> Flags:
        """Where *base* is final for a whole bucket."""
        if ("complete", base) not in self._kept:
            self._kept["complete", base] = self.flags(base, scope, lambda mine: mine.complete(self.buckets))
        return self._kept["complete", base]

    def flags(self, base: Basis, scope: Sequence[str], ask: Callable[[Basis], Flags]) -> Flags:
        """What *ask* says of *base*, for each segment of the part of it that the segment rests on."""
        telling = tuple(name for name in self.split if name in scope)
        if not telling:
            return np.broadcast_to(ask(base), self.shape)
        flags = np.zeros(self.shape, bool)
        for values, rows in self._alike(telling).items():
            flags[rows] = ask(base.of_segment(dict(zip(telling, values, strict=True))))
        return flags

    def _alike(self, names: tuple[str, ...]) -> dict[Segment, list[int]]:
        """The numbers of the segments with the same values of *names*."""
        if names not in self._groups:
            places = [self.split.index(name) for name in names]
            groups: dict[Segment, list[int]] = defaultdict(list)
            for number, segment in enumerate(self.segments):
                groups[tuple(segment[place] for place in places)].append(number)
            self._groups[names] = dict(groups)
        return self._groups[names]


def lay_out(answers: Answers, split: tuple[str, ...], buckets: Buckets) -> Grid:
    """The *answers* to the selections, on one grid with the segments of all of them.

    Raises UsageError when it would not fit into memory.
    """
    rows = [_rows(answer, split) for _, answer in answers]
    segments: list[Segment] = sorted({segment for each in rows for segment in each}, key=_none_last) if split else [()]
    cells = len(segments) * len(buckets.periods)
    if cells > LARGEST:
        message = _("The answer would have {segments} segments in each of {periods} periods.")
        step = _("Ask for longer periods, or filter.")
        raise UsageError(message.format(segments=len(segments), periods=len(buckets.periods)), step)
    number = {segment: place for place, segment in enumerate(segments)}
    grid = Grid(split, segments, buckets)
    for (selection, answer), each in zip(answers, rows, strict=True):
        place = np.fromiter((number[segment] for segment in each), np.intp, answer.num_rows)
        _fill(grid, selection, answer, place)
    return grid


def _rows(answer: pa.Table, split: tuple[str, ...]) -> list[Segment]:
    """The segment of each row of *answer*."""
    if not split:
        return [()] * answer.num_rows
    return list(zip(*(answer[name].to_pylist() for name in split), strict=True))


def _none_last(segment: Segment) -> list[tuple[bool, str]]:
    return [(value is None, value or "") for value in segment]


def _fill(grid: Grid, selection: Selection, answer: pa.Table, rows: npt.NDArray[np.intp]) -> None:
    columns = answer["bucket"].to_numpy()
    for number, (part, counted) in enumerate(zip(selection.parts, selection.counted, strict=True)):
        grid.sums[part] = np.full(grid.shape, np.nan)
        sums = answer[f"sum_{number}"]
        grid.sums[part][rows, columns] = sums.to_numpy()
        # A sum that nobody reports is null; one over an unknown rate is not a number.
        unknown = np.isnan(sums.to_numpy()) & sums.is_valid().to_numpy()
        grid.lost[part] = frozenset(grid.segments[place] for place in rows[unknown])
        grid.has_rows[part] = np.zeros(grid.shape, bool)
        grid.has_rows[part][rows, columns] = answer[f"rows_{counted}"].to_numpy() > 0
