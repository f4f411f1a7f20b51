"""What people are still typing: kept as they type, one text for each person and field."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.language import _
from journal.models import Draft
from journal.people import check_may_write
from journal.texts import limited
from journal.work import Work, reads, writes

if TYPE_CHECKING:
    from sqlalchemy import Select


@writes
def save_draft(work: Work, place: str, text: str) -> None:
    """Keep what this person is typing at *place* (any name for a field); nothing is kept of an empty text."""
    check_may_write(work.actor)
    kept = limited(text, _("Draft"))
    found = work.session.scalar(_draft(work, place))
    if not kept.strip():
        drop_draft(work, place)
    elif found is None:
        person, key = work.actor.person, _key(place)
        work.session.add(
            Draft(person=person, place_hash=key, place=limited(place, _("Draft")), text=kept, saved_at=work.now)
        )
    else:
        found.text, found.saved_at = kept, work.now


@reads
def draft(work: Work, place: str) -> str:
    """What this person was typing at *place*; empty when nothing."""
    found = work.session.scalar(_draft(work, place))
    return found.text if found else ""


@reads
def drafts(work: Work) -> list[Draft]:
    """All that this person was typing, the latest first."""
    asked = select(Draft).where(Draft.person == work.actor.person)
    return list(work.session.scalars(asked.order_by(Draft.saved_at.desc(), Draft.id.desc())))


def _draft(work: Work, place: str) -> Select[Draft]:
    asked = select(Draft).where(Draft.person == work.actor.person, Draft.place_hash == _key(place))
    return asked.with_for_update() if work.writing else asked


def _key(place: str) -> str:
    # A place may hold a search query of any length, more than an index can.
    return sha256(place.encode("utf-8", "replace")).hexdigest()


def drop_draft(work: Work, place: str) -> None:
    """Forget what this person was typing at *place*: it has become an entry."""
    if place and (found := work.session.scalar(_draft(work, place))):
        work.session.delete(found)
