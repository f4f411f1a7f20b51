"""What a review's minutes are made of: everything that the journal knows of it, and of the review before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from core import numbers
from core.errors import UsageError
from core.language import _
from journal.models import Action, Note, Recommendation
from journal.operations.actions import actions_of, carried_over
from journal.operations.baselines import baselines
from journal.operations.decisions import decisions
from journal.operations.exceptions import exceptions, readiness
from journal.operations.history import Search, search
from journal.operations.reviews import agenda, frozen_values, reviews
from journal.words import ActionState, ReviewState
from pack.frozen import Seen, thawed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.models import AgendaItem, Baseline, Decision, Review, ReviewException
    from journal.operations.exceptions import Prepared
    from journal.work import Journal

LAST: Final = "last"
LOOKED_BACK: Final = 6
"""How many earlier decisions are told of."""
_NAMED: Final = 5
_ALL: Final = 100_000


@dataclass(frozen=True)
class Promised:
    """An action as the minutes tell it."""

    id: int
    text: str
    owner: str
    due: date | None
    process: str
    kpi: str = ""
    state: ActionState = ActionState.OPEN
    result: str = ""
    about: int | None = None

    @classmethod
    def of(cls, action: Action) -> Promised:
        """*action* as it is now."""
        what = (action.id, action.text, action.owner, action.due, action.process, action.kpi)
        return cls(*what, action.state, action.done_note, action.about_id)

    @classmethod
    def kept(cls, left: dict[str, Any]) -> Promised:
        """An action that was open when a review closed, as that kept it."""
        due = date.fromisoformat(left["due"]) if isinstance(left.get("due"), str) else left.get("due")
        return cls(left["id"], left["text"], left["owner"], due, left.get("process", ""))

    @classmethod
    def raised(cls, exception: ReviewException) -> Promised:
        """The promise that *exception* is about, as it was when that was raised."""
        told = exception.details
        due = date.fromisoformat(told["due"]) if told.get("due") else None
        number, process, kpi = exception.about_id or 0, exception.process, exception.kpi
        return cls(number, str(told.get("action", "")), str(told.get("owner", "")), due, process, kpi)

    def is_overdue(self, day: date) -> bool:
        """Whether it should have been done before *day*."""
        return self.state is ActionState.OPEN and self.due is not None and self.due < day


@dataclass(frozen=True)
class Earlier:
    """The review before: how its exceptions ended, what it decided, and what became of its actions."""

    review: Review
    exceptions: Sequence[ReviewException]
    decisions: Sequence[Decision]
    actions: Sequence[Promised]


@dataclass(frozen=True)
class Minutes:
    """What the journal knows of *review*; *seen* are the figures it froze, none while it is open."""

    review: Review
    agenda: Sequence[AgendaItem]
    exceptions: Sequence[Prepared]
    notes: Sequence[Note]
    recommendations: Sequence[Recommendation]
    decisions: Sequence[Decision]
    actions: Sequence[Promised]
    carried: Sequence[Promised]
    done: Sequence[Promised]
    earlier: Earlier | None
    in_force: Sequence[Decision]
    baselines: Sequence[Baseline]
    seen: Sequence[Seen]

    @property
    def is_closed(self) -> bool:
        """Whether its numbers are frozen."""
        return self.review.state is ReviewState.CLOSED


def find_review(journal: Journal, which: str) -> Review:
    """The review with the number *which*, or the last that was opened. Raises UsageError with the numbers there are."""
    known = reviews(journal)
    if which == LAST:
        begun = [each for each in known if each.state is not ReviewState.PLANNED]
        if found := next(iter(begun or known), None):
            return found
    elif found := next((each for each in known if str(each.id) == which.strip().lstrip("0")), None):
        return found
    if not known:
        raise UsageError(_("There are no reviews in the journal."), _("Plan one in the cockpit, under Review."))
    days = {each.id: numbers.day(each.planned_for.astimezone(journal.zone).date()) for each in known[:_NAMED]}
    named = ", ".join(f"{each.id} ({each.title}, {days[each.id]})" for each in known[:_NAMED])
    message = _("There is no review {number}.").format(number=repr(which))
    raise UsageError(message, _("Name one by its number, or “last”. The newest are: {reviews}.").format(reviews=named))


def minutes(journal: Journal, review: Review, today: date) -> Minutes:
    """All of *review*: what is still open of others as it closed, or as it is *today*."""
    made = [as_closed(review, Promised.of(action)) for action in actions_of(journal, review.id)]
    closed = review.state is ReviewState.CLOSED
    said = search(journal, Search(review=review.id, types=(Note, Recommendation)), limit=_ALL)[::-1]
    frozen = frozen_values(journal, review.id) if closed else []
    return Minutes(
        review=review,
        agenda=agenda(journal, review.id),
        exceptions=readiness(journal, review.id),
        notes=[each for each in said if isinstance(each, Note)],
        recommendations=[each for each in said if isinstance(each, Recommendation)],
        decisions=decisions(journal, review.id)[::-1],
        actions=made,
        carried=left_open(journal, review) if closed else _open(journal, review, today),
        done=done_during(journal, review),
        earlier=_earlier(journal, review),
        in_force=in_force(journal, review),
        baselines=[each for each in baselines(journal, undone=True) if _set_by(each, review)],
        seen=[thawed(each.kpi, each.shown, each.dimension, each.dimension_value) for each in frozen],
    )


def as_closed(review: Review, promised: Promised) -> Promised:
    """*promised* with the words, owner and day that a closed *review* left it with; what became of it goes on."""
    if review.state is not ReviewState.CLOSED:
        return promised
    left = next((Promised.kept(each) for each in review.open_actions if each["id"] == promised.id), promised)
    return replace(promised, text=left.text, owner=left.owner, due=left.due)


def _set_by(baseline: Baseline, review: Review) -> bool:
    """Whether *review* left *baseline* in force: one that it took back itself is no part of what it made."""
    until = review.closed_at or datetime.max.replace(tzinfo=UTC)
    return baseline.review_id == review.id and (baseline.undone_at is None or baseline.undone_at > until)


def _open(journal: Journal, review: Review, today: date) -> list[Promised]:
    return [Promised.of(action) for action in carried_over(journal, review.id, today)]


def left_open(journal: Journal, review: Review) -> list[Promised]:
    """What was open of other reviews when *review* closed, of its processes, the first due first."""
    mine = {action.id for action in actions_of(journal, review.id)}
    processes = {item.process for item in agenda(journal, review.id) if item.process}
    left = (Promised.kept(each) for each in review.open_actions if each["id"] not in mine)
    found = [action for action in left if not processes or action.process in {*processes, ""}]
    return sorted(found, key=lambda action: (action.due or date.max, action.id))


def done_during(journal: Journal, review: Review) -> list[Promised]:
    """What others had left and was done or dropped while *review* went on, or has been since it began."""
    start, end = review.opened_at, review.closed_at or datetime.max.replace(tzinfo=UTC)
    if start is None:
        return []
    made = search(journal, Search(types=(Action,)), limit=_ALL)
    over = (a for a in made if isinstance(a, Action) and a.review_id != review.id and a.done_at)
    return [Promised.of(action) for action in over if start <= (action.done_at or end) <= end]


def in_force(journal: Journal, review: Review) -> list[Decision]:
    """The newest decisions of earlier reviews that name what they want to move: what came of them is told."""
    begun = review.opened_at or datetime.max.replace(tzinfo=UTC)
    found = [each for each in decisions(journal) if each.moves and each.review_id != review.id]
    return [each for each in found if each.created_at < begun][:LOOKED_BACK]


def _earlier(journal: Journal, review: Review) -> Earlier | None:
    before = [
        each
        for each in reviews(journal, ReviewState.CLOSED)
        if each.rhythm is review.rhythm and each.planned_for < review.planned_for and each.id != review.id
    ]
    if not before:
        return None
    last = before[0]
    actions = [Promised.of(each) for each in actions_of(journal, last.id)]
    ended = [each for each in exceptions(journal, last.id) if each.outcome]
    return Earlier(last, ended, decisions(journal, last.id)[::-1], actions)
