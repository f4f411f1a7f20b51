"""Series of which signals are not told: a process behaviour chart would flag them for nothing.

What tells how things are today has no past; what rolls shares most of its days with its neighbour; what is decided
ahead is no process; what is rare comes and goes by chance, in steps as large as its limits. The thresholds are those of
D. J. Wheeler, *Understanding Statistical Process Control*: counts need an average of one a period, and a limit of the
ranges with room for four whole numbers, 0 among them. Chance makes nothing at all of an average of one in e⁻¹, about a
third, of the periods. Pure.
"""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Final

from metrics.model import Unit
from metrics.signals import limits
from metrics.status import FEWEST_POINTS, Variation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.model import Kpi

AVERAGE: Final = 1
ROOM: Final = 3
IDLE: Final = 1 / 3
MANY: Final = 10
"""What is counted so often is not rare, however little it moves."""


def untold(kpi: Kpi, values: Sequence[float | None]) -> Variation | None:
    """Why the *values* of *kpi* tell no signals; None where they do."""
    if kpi.of_today:
        return Variation.TODAY
    if kpi.rolling:
        return Variation.ROLLING
    if kpi.decided:
        return Variation.DECIDED
    known = [value for value in values if value is not None]
    if not is_rare(kpi, known):
        return None
    return Variation.COARSE if kpi.unit is Unit.COUNT and min(known) >= MANY else Variation.RARE


def is_rare(kpi: Kpi, known: Sequence[float]) -> bool:
    """Whether what *kpi* counts happens too seldom. What is always the same is not rare, it is steady."""
    if len(set(known)) <= 1:
        return False
    if kpi.unit is Unit.COUNT and _is_coarse(_while_it_happened(known, 0)):
        return True
    return any(_is_idle(_while_it_happened(known, bound), bound) for bound in (0, kpi.upper) if bound is not None)


def _while_it_happened(known: Sequence[float], bound: float) -> Sequence[float]:
    """*known* without the time before the first and after the last that is not on *bound*.

    What began or ended has changed; but from a handful of points nobody can tell.
    """
    places = [place for place, value in enumerate(known) if value != bound]
    lively = known[places[0] : places[-1] + 1] if places else known
    return lively if len(lively) >= FEWEST_POINTS else known


def _is_idle(known: Sequence[float], bound: float) -> bool:
    return sum(value == bound for value in known) > IDLE * len(known)


def _is_coarse(known: Sequence[float]) -> bool:
    """Whether whole numbers are too few or too close to each other."""
    if any(value % 1 for value in known):
        return False
    held = limits(known)
    return fmean(known) < AVERAGE or (held is not None and held.range_limit < ROOM and len(set(known)) > 1)
