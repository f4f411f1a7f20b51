"""How far the tables of a batch are, told while they are read and merged."""

from __future__ import annotations

from concurrent.futures import wait
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from connectors.exports.results import FileResult
    from warehouse.writer import Lane

BEAT: Final = 0.1
READING: Final = 0.7
"""The share of the work on a table that reading it is; the rest is merging."""


class Pace:
    """How far one table is."""

    def __init__(self) -> None:
        """Nothing is done yet."""
        self._lane: Lane | None = None
        self._from, self._to = 0.0, READING
        self._share = 0.0

    def reading(self, lane: Lane) -> None:
        """It is being read in *lane* from now on."""
        self._lane = lane

    def merging(self) -> None:
        """It is read, and being merged."""
        self._from, self._to = READING, 1.0

    @property
    def share(self) -> float:
        """The share that is done; never less than before, though each statement begins anew."""
        if self._lane:
            self._share = max(self._share, self._from + (self._to - self._from) * self._lane.share)
        return self._share


def follow(tasks: Sequence[tuple[str, Future[FileResult], Pace]], tell: Callable[[str, float], None]) -> None:
    """Wait for *tasks*, each with a name, and *tell* which one is at hand and the share done of all."""
    paces = [pace for _name, _task, pace in tasks]
    for place, (name, task, _pace) in enumerate(tasks):
        while not wait([task], BEAT).done:
            tell(name, (place + sum(pace.share for pace in paces[place:])) / len(tasks))
        task.result()
        tell(name, (place + 1) / len(tasks))
