"""Did a decision work? The points after it, tested against the limits of the points before it. Pure.

The period that the decision falls into is neither: it has days of both. What was a signal once but has been routine
for as many points as a run has did not last, and is told as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import TYPE_CHECKING, Final

from metrics.model import Better
from metrics.signals import flags, limits
from metrics.status import FEWEST_POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.period import Period
    from metrics.signals import Limits

NEEDED: Final = 8
"""As many points as a run has: fewer without a signal prove nothing."""


class Verdict(StrEnum):
    """What became of the KPI that a decision wanted to move."""

    IMPROVED = "improved"
    WORSE = "got_worse"
    CHANGED = "changed"
    NONE = "no_detectable_change"
    TOO_EARLY = "too_early"
    NO_BASIS = "no_basis"


@dataclass(frozen=True)
class Effect:
    """What the points after a decision say.

    *before* are the limits they are tested against, *after* their mean, *points* how many there are. Where they are a
    signal: the *rule* that the newest signal completes, whether it is *rising*, and whether the process was *moving*
    that way before. *faded* tells that there was a signal once.
    """

    verdict: Verdict
    points: int
    before: Limits | None = None
    after: float | None = None
    rule: str = ""
    rising: bool | None = None
    moving: bool = False
    faded: bool = False


def divide(periods: Sequence[Period], day: date) -> tuple[int, int]:
    """How many of *periods*, in order, end before *day*; and the place of the first that starts on it or later."""
    return sum(period.end < day for period in periods), sum(period.start < day for period in periods)


def effect(before: Sequence[float | None], after: Sequence[float | None], wanted: Better) -> Effect:
    """What *after* says of a decision that *wanted* the KPI to be higher or lower; missing values are passed over."""
    known = [value for value in after if value is not None]
    held = limits(before)
    if held is None or held.points < FEWEST_POINTS:
        return Effect(Verdict.NO_BASIS, len(known), after=fmean(known) if known else None)
    if not known:
        return Effect(Verdict.TOO_EARLY, 0, held)
    told = flags(known, held)
    signals = [place for place, names in enumerate(told) if names]
    lasting = [place for place in signals if place >= len(known) - NEEDED]
    if not lasting:
        verdict = Verdict.NONE if len(known) >= NEEDED else Verdict.TOO_EARLY
        return Effect(verdict, len(known), held, fmean(known), faded=bool(signals))
    newest = lasting[-1]
    rising = known[newest] > held.center
    moving = _newest_signal(before, held) is rising
    return Effect(_verdict(wanted, rising=rising), len(known), held, fmean(known), told[newest][-1], rising, moving)


def _verdict(wanted: Better, *, rising: bool) -> Verdict:
    if wanted not in (Better.HIGHER, Better.LOWER):
        return Verdict.CHANGED
    return Verdict.IMPROVED if rising is (wanted is Better.HIGHER) else Verdict.WORSE


def _newest_signal(before: Sequence[float | None], held: Limits) -> bool | None:
    """Whether the newest point of *before* is a signal upwards (True) or downwards (False); None where it is none."""
    known = [value for value in before if value is not None]
    return known[-1] > held.center if flags(known, held)[-1] else None
