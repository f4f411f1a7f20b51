"""The memory: what was said about anything, every earlier wording, and search in all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, or_, select

from journal.models import Action, AgendaItem, Decision, Entry, Revision
from journal.operations.notes import check_author
from journal.people import check_may_write
from journal.texts import folded
from journal.words import Act
from journal.work import Work, reads, writes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

    from core.period import Period

# Longer patterns are refused by SQLite.
LONGEST_SEARCH: Final = 1000


@dataclass(frozen=True)
class Search:
    """What to look for: all *words* in one entry, whatever their case and accents; the rest narrows it down.

    What was *removed* is found only where it is asked for.
    """

    words: str = ""
    kpi: str | None = None
    process: str | None = None
    dimension: str | None = None
    dimension_value: str | None = None
    period: Period | None = None
    person: str | None = None
    review: int | None = None
    about: int | None = None
    types: tuple[type[Entry], ...] = ()
    worth_keeping: bool = False
    removed: bool = False


@reads
def search(work: Work, what: Search, limit: int = 100, before: int | None = None) -> list[Entry]:
    """The entries that fit, latest first, at most *limit*; for the next page, those *before* the last one's id."""
    asked = _narrowed(select(Entry), what)
    for word in folded(what.words[:LONGEST_SEARCH]).split():
        asked = asked.where(Entry.folded.contains(word, autoescape=True))
    if before is not None:
        asked = asked.where(Entry.id < before)
    return list(work.session.scalars(asked.order_by(Entry.id.desc()).limit(limit)))


@reads
def entry(work: Work, number: int) -> Entry:
    """The entry *number*, also one that was removed. Raises UsageError when there is none."""
    return work.find(Entry, number)


def _narrowed(asked: Select[Entry], what: Search) -> Select[Entry]:
    gone = Entry.removed_at.is_not(None) if what.removed else Entry.removed_at.is_(None)
    asked = asked.where(gone, Entry.type != AgendaItem.__mapper__.polymorphic_identity)
    same = {
        Entry.process: what.process,
        Entry.dimension: what.dimension,
        Entry.dimension_value: what.dimension_value,
        Entry.review_id: what.review,
        Entry.about_id: what.about,
        Entry.worth_keeping: what.worth_keeping or None,
    }
    asked = asked.where(*(column == value for column, value in same.items() if value is not None))
    if what.kpi is not None:
        moved = select(Decision.id).where(Decision.moves == what.kpi)
        asked = asked.where(or_(Entry.kpi == what.kpi, Entry.id.in_(moved)))
    if what.person is not None:
        promised = select(Action.id).where(Action.owner == what.person)
        asked = asked.where(or_(Entry.created_by == what.person, Entry.id.in_(promised)))
    if what.period is not None:
        asked = asked.where(Entry.period_start <= what.period.end, Entry.period_end >= what.period.start)
    if what.types:
        asked = asked.where(Entry.type.in_([kind.__mapper__.polymorphic_identity for kind in what.types]))
    return asked


@reads
def latest_change(work: Work) -> int:
    """A number that grows with whatever is written: cheap to ask for, and to key what was read by."""
    return work.session.scalar(select(func.max(Revision.id))) or 0


@reads
def revisions(work: Work, number: int) -> list[Revision]:
    """Everything that was done to one entry, with earlier words and those that came too late, in order."""
    return list(work.session.scalars(select(Revision).where(Revision.entry_id == number).order_by(Revision.id)))


@reads
def conflicts(work: Work, entries: Sequence[int] | None = None) -> list[Revision]:
    """The words that came too late and that nobody has settled yet: of all *entries*, or of some."""
    asked = select(Revision).where(Revision.act == Act.CONFLICTING, Revision.settled_at.is_(None))
    if entries is not None:
        asked = asked.where(Revision.entry_id.in_(entries))
    return list(work.session.scalars(asked.order_by(Revision.id)))


@reads
def undecided(work: Work, review: int) -> list[Entry]:
    """What was said in *review* and waits for a choice between the words of two people."""
    waiting = select(Revision.entry_id).where(Revision.act == Act.CONFLICTING, Revision.settled_at.is_(None))
    asked = select(Entry).where(Entry.review_id == review, Entry.removed_at.is_(None), Entry.id.in_(waiting))
    return list(work.session.scalars(asked.order_by(Entry.id)))


@writes
def settle(work: Work, revision: int) -> None:
    """Note that a conflict was looked at: what is right stands in the entry now. Its words stay in the journal."""
    check_may_write(work.actor)
    found = work.session.get(Revision, revision)
    if found is not None and found.settled_at is None:
        found.settled_at, found.settled_by = work.now, work.actor.person


@writes
def take(work: Work, revision: int) -> None:
    """Let the words of a conflict stand after all: the right of whoever may correct the entry."""
    found = work.session.get(Revision, revision)
    if found is None or found.settled_at is not None:
        return
    entry = work.find(Entry, found.entry_id)
    check_author(work, entry)
    work.edit(entry, entry.version, **found.words)
    settle(work, revision)
