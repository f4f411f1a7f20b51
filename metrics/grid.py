"""Sums laid out by segment and bucket, with unknown told apart from nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    import pyarrow as pa

    from metrics.basis import Basis
    from metrics.buckets import Buckets
    from metrics.statement import Part, Statement

    Values = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]
    Answers = Sequence[tuple[Statement, pa.Table]]


@dataclass(frozen=True)
class Grid:
    """The sums of *parts* as arrays of segments × buckets: NaN where the rows do not say, or where there are none.

    *segments* has a column for each dimension and a row for each segment; *has_rows* tells the two kinds of NaN apart.
    """

    segments: pd.DataFrame
    buckets: Buckets
    sums: dict[Part, Values] = field(default_factory=dict)
    has_rows: dict[Part, Flags] = field(default_factory=dict)
    _kept: dict[tuple[str, Basis], Flags] = field(default_factory=dict)
    _groups: dict[tuple[str, ...], dict[tuple[str | None, ...], list[int]]] = field(default_factory=dict)

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
        """What *ask* says of *base*, for each segment the part of it that the segment rests on."""
        telling = [name for name in self.segments.columns if name in scope]
        if not telling:
            return np.broadcast_to(ask(base), self.shape)
        flags = np.zeros(self.shape, bool)
        for values, rows in self._alike(tuple(telling)).items():
            flags[rows] = ask(base.of_segment(dict(zip(telling, values, strict=True))))
        return flags

    def _alike(self, names: tuple[str, ...]) -> dict[tuple[str | None, ...], list[int]]:
        """The numbers of the segments with the same values of *names*."""
        if names not in self._groups:
            groups: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
            for number, values in enumerate(zip(*(self.segments[name] for name in names), strict=True)):
                groups[values].append(number)
            self._groups[names] = dict(groups)
        return self._groups[names]

    @property
    def shape(self) -> tuple[int, int]:
        """How many segments and buckets there are."""
        return len(self.segments), len(self.buckets.periods)


def lay_out(answers: Answers, split: Sequence[str], buckets: Buckets) -> Grid:
    """The *answers* of one statement for each dataset, on one grid with the segments of all of them."""
    segments, places = _segments([answer for _, answer in answers], list(split))
    grid = Grid(segments, buckets)
    for (statement, answer), rows in zip(answers, places, strict=True):
        columns = answer["bucket"].to_numpy()
        for number, (part, counted) in enumerate(zip(statement.parts, statement.counted, strict=True)):
            grid.sums[part] = np.full(grid.shape, np.nan)
            grid.sums[part][rows, columns] = answer[f"sum_{number}"].to_numpy()
            grid.has_rows[part] = np.zeros(grid.shape, bool)
            grid.has_rows[part][rows, columns] = answer[f"rows_{counted}"].to_numpy() > 0
    return grid


def _segments(answers: list[pa.Table], split: list[str]) -> tuple[pd.DataFrame, list[npt.NDArray[np.int64]]]:
    """All segments in order, those without a value last; and for each answer the segment of each of its rows."""
    if not split:
        return pd.DataFrame(index=[0]), [np.zeros(answer.num_rows, np.int64) for answer in answers]
    if not answers:
        return pd.DataFrame(columns=split), []
    rows = pd.concat([answer.select(split).to_pandas() for answer in answers], ignore_index=True)
    numbers = rows.groupby(split, dropna=False, sort=True).ngroup().to_numpy()
    first = np.unique(numbers, return_index=True)[1]
    segments = rows.iloc[first].reset_index(drop=True).astype(object)
    ends = np.cumsum([answer.num_rows for answer in answers])[:-1]
    return segments.where(segments.notna(), None), np.split(numbers, ends)
