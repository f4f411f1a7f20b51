"""What deserves attention first: signals and missed targets before routine, money before the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from metrics.status import Assurance, Variation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metrics.figure import Figure

_VARIATION: Final = {Variation.WORSE: 3, Variation.IMPROVING: 2, Variation.CHANGED: 2}
_ASSURANCE: Final = {Assurance.MISS: 3, Assurance.HIT_OR_MISS: 1}


def weight(figure: Figure) -> int:
    """How much a KPI matters now: its signal, its target, and whether it is money; 0 and 1 are routine."""
    standing = figure.standing.status
    urgency = 2 * _VARIATION.get(standing.variation, 0) + 2 * _ASSURANCE.get(standing.assurance, 0)
    return urgency + figure.kpi.is_money


def ordered(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The *figures*, what matters most first; the others in their own order, those without a value last."""
    return tuple(sorted(figures, key=lambda figure: (not is_exception(figure), -_rank(figure))))


def is_exception(figure: Figure) -> bool:
    """Whether it calls for attention: a signal, or a target that the process as it is misses.

    Without a value it says nothing of the period that is looked at.
    """
    return figure.value is not None and figure.standing.status.is_exception


def exceptions(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Those of *figures* that call for attention, what matters most first; what says the same number, once."""
    loud = [figure for figure in figures if is_exception(figure)]
    once = {(figure.kpi.expression, figure.kpi.process): figure for figure in reversed(loud)}
    return ordered(reversed(once.values()))


def _rank(figure: Figure) -> int:
    if is_exception(figure):
        return weight(figure)
    return 0 if figure.value is not None else -1
