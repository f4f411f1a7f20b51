"""What a review has to talk about, and what it makes of it: explained, investigating, or a new normal."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.language import _
from journal.models import Entry, Note, Recommendation, ReviewException
from journal.operations.actions import Promise, promise
from journal.operations.baselines import NewBaseline, set_baseline, take_back
from journal.texts import limited, required
from journal.words import ExceptionKind, NoteKind, Outcome
from journal.work import Edited, Work, reads, storable_place, writes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.places import Place


@dataclass(frozen=True)
class Raised:
    """Something that has to be talked about: a new signal, a target missed, or the overdue action *place* is about."""

    kind: ExceptionKind
    place: Place
    details: dict[str, Any] = field(default_factory=dict)


@writes
def raise_exceptions(work: Work, review: int, found: Sequence[Raised]) -> list[ReviewException]:
    """Make *found* the exceptions of *review*; doing so again changes nothing.

    Those that are found no longer leave, unless they have an outcome already.
    """
    work.check_writer(review)
    present = {_key(each.kind, each.place): each for each in _exceptions(work, review, removed=True)}
    places = [storable_place(replace(each.place, review=review)) for each in found]
    wanted = {_key(each.kind, place): (each, place) for each, place in zip(found, places, strict=True)}
    for key, (each, place) in wanted.items():
        if key in present:
            work.show(present[key])
        else:
            work.add(ReviewException(kind=each.kind, details=each.details), place)
    for key, exception in present.items():
        if key not in wanted and exception.outcome is None:
            work.hide(exception)
    return _exceptions(work, review)


def _key(kind: ExceptionKind, place: Place) -> tuple[object, ...]:
    return (kind, place.kpi, place.period, place.dimension, place.dimension_value, place.review, place.about)


@reads
def exceptions(work: Work, review: int) -> list[ReviewException]:
    """The exceptions of *review*, in the order they were raised."""
    return _exceptions(work, review)


def _exceptions(work: Work, review: int, *, removed: bool = False) -> list[ReviewException]:
    asked = select(ReviewException).where(ReviewException.review_id == review)
    if not removed:
        asked = asked.where(ReviewException.removed_at.is_(None))
    return list(work.session.scalars(asked.order_by(ReviewException.id)))


@writes
def explain(work: Work, exception: int, version: int, text: str) -> Edited[ReviewException]:
    """End *exception*, seen in its *version*, as explained by *text*. The process owner's right."""
    answer = Outcome.EXPLAINED, required(text, _("Explanation"))
    return _answer(work, _asked(work, exception), version, answer, {})


@writes
def investigate(work: Work, exception: int, version: int, action: Promise, text: str = "") -> Edited[ReviewException]:
    """End *exception* as being investigated: by an *action* with an owner and a day."""
    found = _asked(work, exception)
    answer = Outcome.INVESTIGATING, limited(text.strip(), _("Explanation"))
    edited = _answer(work, found, version, answer, {"action": asdict(action)})
    if not edited.conflict:
        promise(work, replace(found.place, about=found.id), action)
    return edited


@writes
def new_normal(work: Work, exception: int, version: int, baseline: NewBaseline) -> Edited[ReviewException]:
    """End *exception* as the new normal: limits are computed anew, for a reason."""
    found = _asked(work, exception)
    answer = Outcome.NEW_NORMAL, limited(baseline.reason.strip(), _("Reason"))
    edited = _answer(work, found, version, answer, {"baseline": asdict(baseline)})
    if not edited.conflict:
        set_baseline(work, replace(found.place, about=found.id), baseline)
    return edited


def _asked(work: Work, number: int) -> ReviewException:
    found = work.find(ReviewException, number)
    work.check_owner({found.process}, found.review_id)
    return found


def _answer(
    work: Work, exception: ReviewException, version: int, answer: tuple[Outcome, str], beside: dict[str, Any]
) -> Edited[ReviewException]:
    outcome, text = answer
    edited = work.edit(exception, version, beside, outcome=outcome, outcome_text=text)
    if not edited.conflict:
        # Limits that an earlier answer had start anew go with that answer.
        take_back(work, exception.id)
        exception.answered_at, exception.answered_by = work.now, work.actor.person
    return edited


@dataclass(frozen=True)
class Prepared:
    """How far the preparation of one exception is: what was said of it before the meeting."""

    exception: ReviewException
    happened: tuple[Note, ...] = ()
    means: tuple[Note, ...] = ()
    recommended: tuple[Recommendation, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it is told what happened and what it means."""
        return bool(self.happened and self.means)


@reads
def readiness(work: Work, review: int) -> list[Prepared]:
    """What was prepared for each exception of *review*."""
    found = _exceptions(work, review)
    of = Entry.about_id.in_([each.id for each in found]), Entry.removed_at.is_(None)
    notes = list(work.session.scalars(select(Note).where(*of).order_by(Note.id)))
    recommendations = list(work.session.scalars(select(Recommendation).where(*of).order_by(Recommendation.id)))
    return [
        Prepared(
            each,
            tuple(note for note in notes if note.about_id == each.id and note.kind is NoteKind.HAPPENED),
            tuple(note for note in notes if note.about_id == each.id and note.kind is NoteKind.MEANS),
            tuple(one for one in recommendations if one.about_id == each.id),
        )
        for each in found
    ]
