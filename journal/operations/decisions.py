"""What was decided, and which KPI it is meant to move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from core.language import N_, _
from journal.models import Decision
from journal.operations.notes import check_author
from journal.texts import required
from journal.work import Edited, Work, reads, writes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from journal.places import Place
    from journal.words import Direction

DECISION: Final = N_("Decision")


@dataclass(frozen=True)
class Resolution:
    """What is decided; the KPI it wants to move, where to, and from which day on that should be seen."""

    text: str
    moves: str = ""
    direction: Direction | None = None
    effective_from: date | None = None


@writes
def decide(work: Work, place: Place, decision: Resolution) -> Decision:
    """Keep a decision; it moves the KPI of *place* unless it names another. The process owner's right."""
    text = required(decision.text, _(DECISION))
    work.check_owner({place.process}, place.review)
    moves = decision.moves or place.kpi
    kept = Decision(text=text, moves=moves, direction=decision.direction, effective_from=decision.effective_from)
    return work.add(kept, place)


@writes
def edit_decision(work: Work, number: int, version: int, decision: Resolution) -> Edited[Decision]:
    """Change a decision, seen in its *version*."""
    text = required(decision.text, _(DECISION))
    found = work.find(Decision, number)
    check_author(work, found)
    return work.edit(
        found,
        version,
        text=text,
        moves=decision.moves or found.kpi,
        direction=decision.direction,
        effective_from=decision.effective_from,
    )


@reads
def decisions(
    work: Work, review: int | None = None, kpis: Sequence[str] | None = None, since: date | None = None
) -> list[Decision]:
    """All decisions, those of one *review*, about or meant to move *kpis*, in effect *since* a day; latest first."""
    asked = select(Decision).where(Decision.removed_at.is_(None))
    if review is not None:
        asked = asked.where(Decision.review_id == review)
    if kpis is not None:
        asked = asked.where(or_(Decision.moves.in_(kpis), Decision.kpi.in_(kpis)))
    if since is not None:
        asked = asked.where(Decision.effective_from >= since)
    return list(work.session.scalars(asked.order_by(Decision.id.desc())))
