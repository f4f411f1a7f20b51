"""What people are still typing: kept as they type, one text for each person and field."""

from __future__ import annotations

from sqlalchemy import select

from core.language import _
from journal.models import Draft
from journal.people import check_may_write
from journal.texts import limited
from journal.work import Work, hashed, reads, writes


@writes
def save_draft(work: Work, place: str, text: str) -> None:
    """Keep what this person is typing at *place* (any name for a field); nothing is kept of an empty text."""
    check_may_write(work.actor)
    kept = limited(text, _("Draft"))
    found = work.draft(place)
    if not kept.strip():
        work.forget_draft(place)
    elif found is None:
        named = {"place": limited(place, _("Draft")), "place_hash": hashed(place)}
        work.session.add(Draft(person=work.actor.person, text=kept, saved_at=work.now, **named))
    else:
        found.text, found.saved_at = kept, work.now


@reads
def draft(work: Work, place: str) -> str:
    """What this person was typing at *place*; empty when nothing."""
    found = work.draft(place)
    return found.text if found else ""


@reads
def drafts(work: Work) -> list[Draft]:
    """All that this person was typing, the latest first."""
    asked = select(Draft).where(Draft.person == work.actor.person)
    return list(work.session.scalars(asked.order_by(Draft.saved_at.desc(), Draft.id.desc())))
