"""What was presented once and is another number now, and why, as far as that can be known. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from core.period import Period


class Reason(StrEnum):
    """Why a number is not what it was."""

    LATE = "late_data"
    CORRECTED = "corrected_file"
    PLAN = "plan_changed"
    DEFINITION = "definition_changed"
    CURRENCY = "currency_changed"
    KPI_GONE = "kpi_gone"
    NO_DATA = "no_data"
    UNKNOWN = "unknown"


PRECISION: Final = 1e-9
"""What only the computer's arithmetic tells apart is equal."""


@dataclass(frozen=True)
class Presented:
    """A value as it was shown. *final* tells whether the period was over and all its sources were final then."""

    kpi: str
    dimension: str
    dimension_value: str
    period: Period
    value: float | None
    final: bool = True


@dataclass(frozen=True)
class LaterLoad:
    """A load of *dataset* since then: its file, its days, and whether it took the place of rows that were there.

    *held* are the days of the rows that it has now, by the dimension and value asked of; a missing one is not known.
    *before* are the days that were loaded earlier of the same source and account; None where that is not known.
    *first* tells that the log knows nothing older of the dataset: it may be what was presented.
    """

    dataset: str
    name: str
    days: Period | None
    replaced: bool
    held: Mapping[tuple[str, str], Collection[Period]] = field(default_factory=dict)
    before: Collection[Period] | None = None
    first: bool = False

    def concerns(self, presented: Presented) -> bool:
        """Whether it has rows that *presented* is made of, as far as that is known."""
        held = self.held.get((presented.dimension, presented.dimension_value))
        if held is not None:
            return _meet(held, presented.period)
        return self.days is None or self.days.overlap(presented.period) is not None

    def corrects(self, period: Period) -> bool:
        """Whether there were rows of *period* whose place it took."""
        return self.replaced and (self.before is None or _meet(self.before, period))


def _meet(days: Iterable[Period], period: Period) -> bool:
    return any(each.overlap(period) for each in days)


@dataclass(frozen=True)
class Circumstances:
    """What else may explain a difference of one KPI: what it is made of, and what of that is another now."""

    datasets: Collection[str] = ()
    plans: Collection[str] = ()
    redefined: bool = False
    other_currency: bool = False
    gone: bool = False


@dataclass(frozen=True)
class Restated:
    """A value as presented and as it is *now*; where they differ, the *reasons* and the *files* that may be why."""

    presented: Presented
    now: float | None
    reasons: tuple[Reason, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether it is another number now."""
        return bool(self.reasons)

    @property
    def difference(self) -> float | None:
        """By how much; None where one of the two is no number."""
        then = self.presented.value
        return None if then is None or self.now is None else self.now - then


def restated(presented: Presented, now: float | None, known: Circumstances, loads: Iterable[LaterLoad]) -> Restated:
    """*presented* beside what it is *now*, with every reason that the *loads* since then and what is *known* give.

    The loads come in their order; the files of the newest are named first.
    """
    if _same(presented.value, now) and not known.gone:
        return Restated(presented, now)
    later = list(loads)
    rows = [load for load in later if load.dataset in known.datasets and load.concerns(presented)]
    corrected = [load for load in rows if presented.final and load.corrects(presented.period)]
    late = [load for load in rows if load not in corrected and not (corrected and load.first)]
    found = {
        Reason.KPI_GONE: known.gone,
        Reason.CURRENCY: known.other_currency,
        Reason.DEFINITION: known.redefined,
        Reason.CORRECTED: bool(corrected),
        Reason.LATE: not presented.final or bool(late),
        # A plan is read again and again; it is only suspected where the numbers themselves were not loaded again.
        Reason.PLAN: not rows and any(load.dataset in known.plans for load in later),
        Reason.NO_DATA: now is None and not known.gone,
    }
    reasons = tuple(reason for reason, holds in found.items() if holds) or (Reason.UNKNOWN,)
    files = [load.name for load in reversed(later) if load in corrected or load in late]
    return Restated(presented, now, reasons, tuple(dict.fromkeys(files)))


def ordered(found: Iterable[Restated]) -> list[Restated]:
    """What is another number now first, then the newest periods; else in the order in which it was presented."""
    return sorted(found, key=lambda each: (not each.changed, -each.presented.period.start.toordinal()))


def touched(found: Iterable[Restated], kpis: Collection[str], period: Period | None) -> list[Restated]:
    """Those of *found* that changed and that something about *kpis* in *period* rests on."""
    return [
        each
        for each in found
        if each.changed
        and each.presented.kpi in kpis
        and (period is None or each.presented.period.overlap(period) is not None)
    ]


def _same(then: float | None, now: float | None) -> bool:
    if then is None or now is None:
        return then is now
    return math.isclose(then, now, rel_tol=PRECISION, abs_tol=PRECISION)
