"""What a review shows, as the journal keeps it when the review closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pack.frozen import Seen, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journal.operations.reviews import Shown
    from metrics.figure import Figure
    from ui.screen import Screen


def everything(screen: Screen, figures: Iterable[Figure]) -> list[Shown]:
    """All *figures* of *screen*, to be kept."""
    return [frozen(_seen(screen, figure)) for figure in figures]


def _seen(screen: Screen, figure: Figure) -> Seen:
    late = (source.source for source in screen.sources if source.late and source.dataset in figure.kpi.datasets)
    return Seen(
        figure=figure,
        period=screen.period,
        grain=screen.view.grain,
        currency=screen.configuration.currency,
        late=tuple(dict.fromkeys(late)),
    )
