"""What a review has to talk about: signals it has not heard of, targets the process as it is misses, late promises.

A signal that was talked about before is the same one as long as it lasts; it is new again after a break, or when it
goes beyond the limits for the first time. A missed target is told once, and again a quarter later or when it changes;
what was promised about it comes back by itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from journal.operations.exceptions import Raised
from journal.places import Place
from journal.words import ExceptionKind
from metrics import importance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.period import Period
    from journal.models import Action, ReviewException
    from metrics.figure import Figure
    from metrics.status import Goal

AGAIN: Final = timedelta(days=91)
"""After so long a target that is still missed is talked about again."""
OUTSIDE: Final = "outside"


def raised(
    period: Period, figures: Iterable[Figure], overdue: Iterable[Action], earlier: Sequence[ReviewException]
) -> list[Raised]:
    """The exceptions of a review of *period*, what matters most first; *earlier* are those that others answered."""
    found = [_of_figure(period, figure, earlier) for figure in importance.ordered(figures)]
    return [*filter(None, found), *(_of_promise(action) for action in overdue)]


def _of_figure(period: Period, figure: Figure, earlier: Sequence[ReviewException]) -> Raised | None:
    heard = [each for each in earlier if each.kpi == figure.kpi.id and not each.dimension]
    if figure.standing.is_signal and not any(_same_signal(figure, each) for each in heard):
        kind = ExceptionKind.SIGNAL
    elif figure.standing.misses and not any(_same_target(period, figure, each) for each in heard):
        kind = ExceptionKind.TARGET
    else:
        return None
    return Raised(kind, Place(figure.kpi.process, figure.kpi.id, period), details(figure))


def _of_promise(action: Action) -> Raised:
    told = {"action": action.text, "owner": action.owner, "due": action.due.isoformat() if action.due else ""}
    place = Place(action.process, action.kpi, None, action.dimension, action.dimension_value, None, action.id)
    return Raised(ExceptionKind.PROMISE, place, told)


def details(figure: Figure) -> dict[str, Any]:
    """What *figure* shows, as the journal keeps it."""
    standing = figure.standing
    known = [point for point in figure.series if point.complete and point.value is not None]
    return {
        "value": figure.value,
        "variation": standing.status.variation.value,
        "assurance": standing.status.assurance.value,
        "rules": list(standing.newest) if standing.is_signal else [],
        "rising": standing.rising,
        "since": standing.since.start.isoformat() if standing.since else "",
        "newest": known[-1].period.end.isoformat() if known else "",
        "goal": _goal(standing.goal) if standing.misses else None,
    }


def _same_signal(figure: Figure, heard: ReviewException) -> bool:
    """Whether the signal of *figure* is the one that was *heard* of, still going on."""
    told, standing = heard.details, figure.standing
    if heard.kind is not ExceptionKind.SIGNAL or told.get("rising") != standing.rising or standing.since is None:
        return False
    lasts = standing.since.start.isoformat() <= told.get("newest", "")
    return lasts and (OUTSIDE in told.get("rules", ()) or OUTSIDE not in standing.newest)


def _same_target(period: Period, figure: Figure, heard: ReviewException) -> bool:
    """Whether it was *heard* of lately that the process misses this very target."""
    place = heard.place.period
    lately = place is None or place.end + AGAIN >= period.end
    return heard.details.get("goal") == _goal(figure.standing.goal) and lately


def _goal(goal: Goal | None) -> list[float | None] | None:
    return [goal.value, goal.low, goal.high] if goal else None
