"""What every operation does its work with: one transaction, one moment, one person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import select

from core.errors import UsageError
from core.language import _
from core.numbers import moment
from journal.errors import ClosedReviewError
from journal.models import Draft, Entry, Review, Revision
from journal.people import check_leads, check_may_write, check_owns
from journal.texts import folded, storable
from journal.words import Act, ReviewState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import tzinfo

    from sqlalchemy.orm import Session

    from journal.database import Database
    from journal.people import Actor
    from journal.places import Place

P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=Entry)


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Journal:
    """A journal in the hands of one person; as cheap as a name.

    What it refuses it tells as they would: *called* says what processes, KPIs and people are, *zone* where they are.
    """

    database: Database
    actor: Actor
    clock: Callable[[], datetime] = utc_now
    people: frozenset[str] | None = None
    drafts: tuple[str, ...] = ()
    called: Callable[[str], str] = str
    zone: tzinfo = UTC
    patient: bool = True

    def used_by(self, actor: Actor) -> Journal:
        """The same journal in the hands of *actor*."""
        return replace(self, actor=actor)

    def finishing(self, *drafts: str) -> Journal:
        """The same journal for saving what was typed as *drafts*: whatever is written through it replaces them."""
        return replace(self, drafts=drafts)

    def asking_once(self) -> Journal:
        """The same journal for whoever asks again anyway: that the database is away is told at once."""
        return replace(self, patient=False)


@dataclass(frozen=True)
class Conflict:
    """Two edits of the same words: *theirs* stand, *mine* are kept beside them until somebody settles it."""

    revision: int
    theirs: dict[str, Any]
    mine: dict[str, Any]
    by: str
    at: datetime


@dataclass(frozen=True)
class Edited(Generic[E]):
    """An entry after an edit, and the conflict when somebody else was faster."""

    entry: E
    conflict: Conflict | None = None


class Work:
    """One transaction of one person; nobody else writes while it lasts, if it is one that writes."""

    def __init__(self, session: Session, journal: Journal) -> None:
        """Start now."""
        self.session = session
        self.actor = journal.actor
        self.people = journal.people
        self.called, self.zone = journal.called, journal.zone
        self.now = journal.clock()

    def find(self, kind: type[E], number: int) -> E:
        """The entry *number*. Raises UsageError when there is none."""
        found = self.session.scalar(select(kind).where(kind.id == number))
        if found is None:
            message = _("There is no such entry in the journal: {number}.").format(number=number)
            raise UsageError(message, _("Reload the page: it may have been taken back."))
        return found

    def add(self, entry: E, place: Place) -> E:
        """Keep *entry*, written here and now, belonging to *place*."""
        entry.place = storable_place(place)
        entry.created_at = entry.changed_at = self.now
        entry.created_by = entry.changed_by = self.actor.person
        entry.version = 1
        entry.removed_at = entry.removed_by = None
        entry.worth_keeping = False
        entry.folded = _searchable(entry)
        self.session.add(entry)
        self.session.flush()
        self.log(entry, Act.ADDED)
        return entry

    def edit(
        self,
        entry: E,
        version: int,
        beside: dict[str, Any] | None = None,
        **wanted: Any,  # noqa: ANN401 - each column has its own type
    ) -> Edited[E]:
        """Change columns of *entry*, as whoever saw its *version* wants them.

        Earlier words are kept. Where somebody changed the same columns since, theirs stand; these, and what else would
        have been done *beside*, are kept as a conflict. An entry that was removed meanwhile comes back.
        """
        changed = {name: value for name, value in wanted.items() if getattr(entry, name) != value}
        if not changed:
            return Edited(entry)
        if changed.keys() & self._changed_since(entry, version):
            return Edited(entry, self.conflict(entry, version, changed, beside or {}))
        self.show(entry)
        self.log(entry, Act.EDITED, {name: getattr(entry, name) for name in changed})
        for name, value in changed.items():
            setattr(entry, name, value)
        self.touch(entry)
        return Edited(entry)

    def touch(self, entry: Entry) -> None:
        """Note that *entry* was changed, here and now."""
        entry.version += 1
        entry.changed_at, entry.changed_by = self.now, self.actor.person
        entry.folded = _searchable(entry)

    def draft(self, place: str) -> Draft | None:
        """What this person is typing at *place*."""
        asked = select(Draft).where(Draft.person == self.actor.person, Draft.place_hash == hashed(place))
        return self.session.scalar(asked)

    def forget_draft(self, place: str) -> None:
        """Drop what this person was typing at *place*: it was saved, or taken back."""
        if found := self.draft(place):
            self.session.delete(found)

    def hide(self, entry: Entry) -> None:
        """Take *entry* out of sight; its words stay."""
        if entry.removed_at is None:
            entry.removed_at, entry.removed_by = self.now, self.actor.person
            self.log(entry, Act.REMOVED)

    def show(self, entry: Entry) -> None:
        """Bring *entry* back, if it was out of sight."""
        if entry.removed_at is not None:
            entry.removed_at = entry.removed_by = None
            self.log(entry, Act.RESTORED)

    def log(self, entry: Entry, act: Act, words: dict[str, Any] | None = None, version: int | None = None) -> Revision:
        """Keep that *act* was done to *entry*, with *words* that would be lost otherwise."""
        seen = entry.version if version is None else version
        by = self.actor.person
        revision = Revision(entry_id=entry.id, version=seen, act=act, at=self.now, by=by, words=words or {})
        self.session.add(revision)
        self.session.flush()
        return revision

    def _changed_since(self, entry: Entry, version: int) -> set[str]:
        asked = select(Revision.words).where(
            Revision.entry_id == entry.id, Revision.version >= version, Revision.act == Act.EDITED
        )
        return {name for words in self.session.scalars(asked) for name in words}

    def conflict(self, entry: Entry, version: int, mine: dict[str, Any], beside: dict[str, Any]) -> Conflict:
        """Keep what this person, who saw *version*, would have had of *entry*: *mine*, and more *beside* it."""
        self.show(entry)
        revision = self.log(entry, Act.CONFLICTING, mine | beside, version)
        theirs = {name: getattr(entry, name) for name in mine}
        return Conflict(revision.id, theirs, mine | beside, entry.changed_by, entry.changed_at)

    def chair(self, review: int | None) -> str:
        """Who chairs *review*, which must not be closed. Raises ClosedReviewError."""
        if review is None:
            return ""
        found = self.find(Review, review)
        if found.state is ReviewState.CLOSED:
            step = _("What you typed is kept as a draft: add it to the next review, or have the head reopen this one.")
            raise self.already_closed(found, step)
        return found.chair

    def check_writer(self, review: int | None = None) -> None:
        """Raise ForbiddenError when this person may not write, ClosedReviewError when *review* is over."""
        check_may_write(self.actor)
        self.chair(review)

    def check_owner(self, processes: Collection[str], review: int | None = None) -> None:
        """Raise ForbiddenError unless this person answers for one of *processes* or leads the open *review*."""
        check_may_write(self.actor)
        check_owns(self.actor, processes, self.chair(review), self.called)

    def check_lead(self, review: Review | None = None) -> None:
        """Raise ForbiddenError unless this person leads *review*."""
        check_leads(self.actor, review.chair if review else "")

    def already_closed(self, review: Review, step: str) -> ClosedReviewError:
        """The error for whoever comes after *review* was closed; *step* is what they can do."""
        by, at = review.closed_by or "?", review.closed_at or review.changed_at
        message = _("The review “{title}” was closed by {person} on {moment}.")
        told = message.format(title=review.title, person=self.called(by), moment=moment(at.astimezone(self.zone)))
        return ClosedReviewError(told, step, by, at)


def writes(act: Callable[Concatenate[Work, P], T]) -> Callable[Concatenate[Journal | Work, P], T]:
    """Make *act* an operation on a journal: a transaction of its own, durable on return, or part of another's work."""

    @wraps(act)
    def run(journal: Journal | Work, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return _run(journal, lambda work: act(work, *args, **kwargs), writing=True)

    return run


def reads(act: Callable[Concatenate[Work, P], T]) -> Callable[Concatenate[Journal | Work, P], T]:
    """Make *act* a question to a journal: all of its answer is of one moment."""

    @wraps(act)
    def run(journal: Journal | Work, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return _run(journal, lambda work: act(work, *args, **kwargs), writing=False)

    return run


def together(database: Database, act: Callable[[Callable[[Journal], Work]], T]) -> T:
    """What several people do at several moments, as one transaction; *act* is given the way to the part of each."""
    return database.transact(lambda session: act(lambda journal: Work(session, journal)), writing=True)


def _run(journal: Journal | Work, act: Callable[[Work], T], *, writing: bool) -> T:
    if isinstance(journal, Work):
        return act(journal)

    def whole(session: Session) -> T:
        work = Work(session, journal)
        result = act(work)
        if writing:
            for each in journal.drafts:
                work.forget_draft(each)
        return result

    return journal.database.transact(whole, writing=writing, again=journal.patient)


def hashed(place: str) -> str:
    """*place* short enough for an index: it may hold a search query of any length."""
    return sha256(place.encode("utf-8", "replace")).hexdigest()


def storable_place(place: Place) -> Place:
    """*place*, whose part may be a search query of any characters, as it can be stored and compared."""
    return replace(place, dimension=storable(place.dimension), dimension_value=storable(place.dimension_value))


def _searchable(entry: Entry) -> str:
    return folded("\n".join(str(getattr(entry, name) or "") for name in entry.searched))
