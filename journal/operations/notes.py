"""What people say about numbers: notes and recommendations; and what can be done to any entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from core.errors import UsageError
from core.language import N_, _
from journal.errors import ClosedReviewError, ForbiddenError
from journal.models import Action, AgendaItem, Entry, Note, Recommendation, Review, ReviewException
from journal.operations.actions import may_change
from journal.people import check_leads, check_may_write, check_owns
from journal.texts import required
from journal.words import NoteKind, ReviewState
from journal.work import Edited, Work, reads, writes

if TYPE_CHECKING:
    from core.errors import KokpitError
    from journal.people import Actor
    from journal.places import Place

NOTE: Final = N_("Note")
RECOMMENDATION: Final = N_("Recommendation")


@writes
def add_note(work: Work, place: Place, text: str, kind: NoteKind = NoteKind.REMARK) -> Note:
    """Keep what somebody says about *place*. The right of anybody who may write."""
    kept = required(text, _(NOTE))
    work.check_writer(place.review)
    return work.add(Note(kind=kind, text=kept), place)


@writes
def hand_in(work: Work, place: Place, text: str, kind: NoteKind) -> Edited[Note]:
    """Keep the one note of its *kind* on what *place* is about; where somebody was faster, theirs stands."""
    kept = required(text, _(NOTE))
    work.check_writer(place.review)
    asked = select(Note).where(Note.about_id == place.about, Note.kind == kind, Note.removed_at.is_(None))
    there = work.session.scalars(asked.order_by(Note.id.desc())).first()
    if there is None:
        return Edited(add_note(work, place, kept, kind))
    return Edited(there, None if there.text == kept else work.conflict(there, 0, {"text": kept}, {}))


@writes
def edit_note(work: Work, note: int, version: int, text: str) -> Edited[Note]:
    """Change the words of *note*, seen in its *version*: its author's, the process owner's and the head's right."""
    kept = required(text, _(NOTE))
    found = work.find(Note, note)
    check_author(work, found)
    return work.edit(found, version, text=kept)


@writes
def add_recommendation(work: Work, place: Place, text: str) -> Recommendation:
    """Keep what somebody thinks should be done. The process owner's right."""
    kept = required(text, _(RECOMMENDATION))
    work.check_owner({place.process}, place.review)
    return work.add(Recommendation(text=kept), place)


@writes
def edit_recommendation(work: Work, number: int, version: int, text: str) -> Edited[Recommendation]:
    """Change the words of a recommendation, seen in its *version*."""
    kept = required(text, _(RECOMMENDATION))
    found = work.find(Recommendation, number)
    check_author(work, found)
    return work.edit(found, version, text=kept)


def check_author(work: Work, entry: Entry) -> None:
    """Raise ForbiddenError unless *entry* is this person's, or of a process they answer for; its review is not over."""
    check_may_write(work.actor)
    chair = work.chair(entry.review_id)
    if isinstance(entry, Review | AgendaItem | ReviewException):
        check_leads(work.actor, chair)
    elif entry.created_by != work.actor.person:
        check_owns(work.actor, {entry.process}, chair, work.called)


def may_correct(actor: Actor, entry: Entry, chair: str = "") -> bool:
    """Whether *actor* may change or remove *entry*, said in a review that *chair* chairs and that is not over."""
    if isinstance(entry, Action) and may_change(actor, entry, chair):
        return True
    mine = entry.created_by == actor.person
    return actor.may_write and (mine or actor.owns({entry.process}) or actor.leads(chair))


@reads
def hindrance(work: Work, number: int) -> KokpitError | None:
    """Why this person may not change or remove the entry *number*; None where they may."""
    try:
        check_author(work, work.find(Entry, number))
    except (ForbiddenError, ClosedReviewError) as error:
        return error
    return None


@writes
def remove(work: Work, number: int) -> None:
    """Take an entry out of sight. Its words stay in the journal, and it can be restored."""
    found = work.find(Entry, number)
    check_author(work, found)
    if isinstance(found, Review) and found.state is not ReviewState.PLANNED:
        message = _("The review “{title}” has begun: what was said in it belongs to it.").format(title=found.title)
        raise UsageError(message, _("Close it; only a review that has not begun can be removed."))
    work.hide(found)


@writes
def restore(work: Work, number: int) -> None:
    """Show a removed entry again."""
    found = work.find(Entry, number)
    check_author(work, found)
    work.show(found)


@writes
def mark_worth_keeping(work: Work, number: int, *, worth: bool = True) -> None:
    """Make an entry part of the department's knowledge, or no longer. Possible also after its review."""
    check_may_write(work.actor)
    found = work.find(Entry, number)
    work.edit(found, found.version, worth_keeping=worth)
