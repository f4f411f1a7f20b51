"""What a review showed, as the journal keeps it when the review closes: values, limits, target, freshness, status."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from journal.operations.reviews import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.period import Period
    from ui.figures import Figure
    from ui.screen import Screen


def everything(screen: Screen, figures: Iterable[Figure]) -> list[Shown]:
    """All *figures* of *screen*, to be kept."""
    return [_shown(screen, figure) for figure in figures]


def _shown(screen: Screen, figure: Figure) -> Shown:
    kpi, standing = figure.kpi, figure.standing
    late = [source for source in screen.sources if source.late and source.dataset in kpi.datasets]
    return Shown(
        kpi=kpi.id,
        values=[
            {**_days(point.period), "value": point.value, "complete": point.complete, "flags": list(flags)}
            for point, flags in zip(figure.series, standing.flags, strict=True)
        ],
        limits=asdict(standing.limits) if standing.limits else {},
        definition=kpi.definition,
        target=asdict(standing.goal) if standing.goal else {},
        freshness={
            "known_to": figure.known_to.isoformat() if figure.known_to else None,
            "late": [source.source for source in late],
            "concerns": [concern.value for concern in figure.concerns],
        },
        status={**_status(figure), **_days(screen.period)},
    )


def _status(figure: Figure) -> dict[str, Any]:
    standing = figure.standing
    return {
        "variation": standing.status.variation.value,
        "assurance": standing.status.assurance.value,
        "met": standing.status.met,
        "periods": standing.status.periods,
        "rising": standing.rising,
        "since": _days(standing.since) if standing.since else None,
        "value": figure.value,
        "complete": figure.complete,
        "base": figure.base,
        "compared": [_days(each) for each in figure.compared] if figure.compared else None,
        "error": figure.error.message if figure.error else "",
    }


def _days(period: Period) -> dict[str, str]:
    return {"period_start": period.start.isoformat(), "period_end": period.end.isoformat()}
