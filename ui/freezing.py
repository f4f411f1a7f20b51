"""What a review shows, as the journal keeps it when the review closes, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from journal.operations import reviews
from journal.words import ReviewState
from pack.frozen import Seen, frozen, thawed
from ui import moved, queries
from ui.department import described

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from journal.models import Review
    from journal.operations.reviews import Shown
    from journal.work import Journal
    from metrics.figure import Figure
    from ui.screen import Screen


def everything(screen: Screen, figures: Iterable[Figure], excepted: Collection[str]) -> list[Shown]:
    """All *figures* of *screen*, to be kept; of the KPIs *excepted* also what moved them, as the meeting told."""
    owners = {process.id: process.owner for process in described(screen)}
    seen = (_seen(screen, figure, owners.get(figure.kpi.process, "")) for figure in figures)
    return [frozen(replace(s, moved=moved.told(screen, s.figure)) if s.figure.kpi.id in excepted else s) for s in seen]


def _seen(screen: Screen, figure: Figure, owner: str) -> Seen:
    late = (source.source for source in screen.sources if source.late and source.dataset in figure.kpi.datasets)
    return Seen(
        figure=figure,
        period=screen.period,
        grain=screen.view.grain,
        currency=screen.configuration.currency,
        late=tuple(dict.fromkeys(late)),
        calendar=screen.configuration.calendar,
        owner=owner,
    )


def kept(screen: Screen, journal: Journal, review: Review) -> tuple[Seen, ...]:
    """Every figure that *review* presented, once it is closed; nothing before."""
    if review.state is not ReviewState.CLOSED:
        return ()
    # A journal that took another one's place numbers its reviews and closings from 1 again.
    question = ("presented", journal.database.name, review.id, review.closed_at)
    return queries.remember(screen.shown, question, lambda: _kept(journal, review))


def _kept(journal: Journal, review: Review) -> tuple[Seen, ...]:
    found = reviews.frozen_values(journal, review.id)
    return tuple(thawed(each.kpi, each.shown, each.dimension, each.dimension_value) for each in found)


def as_then(screen: Screen, seen: Sequence[Seen]) -> Screen:
    """*screen* for what was *seen* then: in the currency of then, and without a word on what is late now."""
    currency = seen[0].currency if seen else screen.configuration.currency
    return replace(
        screen,
        configuration=replace(screen.configuration, currency=currency),
        sources=tuple(replace(source, late=False) for source in screen.sources),
    )
