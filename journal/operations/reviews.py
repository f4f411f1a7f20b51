"""The regular meeting: planned, opened, gone through step by step, closed with its numbers frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from core.errors import UsageError
from core.language import N_, _
from core.period import add_months
from journal.errors import UnansweredError
from journal.models import Action, AgendaItem, FrozenValue, Review, ReviewException
from journal.operations.history import latest_change
from journal.people import check_may_write, check_owns
from journal.places import Place
from journal.texts import limited, required
from journal.words import ActionState, ReviewState, Rhythm
from journal.work import Edited, Work, reads, writes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from core.period import Period

WEEK: Final = timedelta(days=7)
_MONTHS: Final = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}
TITLE: Final = N_("Title of the review")


@dataclass(frozen=True)
class Topic:
    """One part of an agenda: a process, or anything else that has a title, and its minutes."""

    process: str = ""
    minutes: int = 5
    title: str = ""


@dataclass(frozen=True)
class ReviewPlan:
    """What is known of a review before it takes place. *chair* leads it beside the head."""

    title: str
    rhythm: Rhythm
    planned_for: datetime
    period: Period | None = None
    participants: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    chair: str = ""


@dataclass(frozen=True)
class Shown:
    """What a review showed of one KPI: everything needed to show it again when the sources have changed."""

    kpi: str
    dimension: str = ""
    dimension_value: str = ""
    values: list[dict[str, Any]] = field(default_factory=list)
    limits: dict[str, Any] = field(default_factory=dict)
    definition: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    target: dict[str, Any] = field(default_factory=dict)
    freshness: dict[str, Any] = field(default_factory=dict)
    status: dict[str, Any] = field(default_factory=dict)


@writes
def plan_review(work: Work, plan: ReviewPlan) -> Review:
    """Plan a review with its agenda. The head's act."""
    work.check_lead()
    review = Review(
        title=required(plan.title, _(TITLE)),
        rhythm=plan.rhythm,
        planned_for=plan.planned_for,
        participants=list(plan.participants),
        chair=plan.chair,
    )
    work.add(review, Place(period=plan.period))
    _set_agenda(work, review, plan.topics)
    return review


@writes
def change_plan(work: Work, review: int, version: int, plan: ReviewPlan) -> Edited[Review]:
    """Plan *review*, seen in its *version*, differently. Its agenda is replaced as a whole."""
    found = work.find(Review, review)
    work.check_lead(found)
    _check_not_closed(work, found)
    edited = work.edit(
        found,
        version,
        title=required(plan.title, _(TITLE)),
        rhythm=plan.rhythm,
        planned_for=plan.planned_for,
        participants=list(plan.participants),
        chair=plan.chair,
        period_start=plan.period.start if plan.period else None,
        period_end=plan.period.end if plan.period else None,
    )
    if not edited.conflict:
        _set_agenda(work, found, plan.topics)
    return edited


def _set_agenda(work: Work, review: Review, topics: Sequence[Topic]) -> None:
    present = _agenda(work, review.id)
    if [Topic(item.process, item.minutes, item.title) for item in present] == list(topics):
        return
    for item in present:
        work.hide(item)
    for position, topic in enumerate(topics, 1):
        title = limited(topic.title, _("Part of the agenda"))
        item = AgendaItem(position=position, minutes=max(0, topic.minutes), title=title)
        work.add(item, Place(process=topic.process, review=review.id))


@reads
def agenda(work: Work, review: int) -> list[AgendaItem]:
    """The parts of *review*, in their order."""
    return _agenda(work, review)


def _agenda(work: Work, review: int) -> list[AgendaItem]:
    asked = select(AgendaItem).where(AgendaItem.review_id == review, AgendaItem.removed_at.is_(None))
    return list(work.session.scalars(asked.order_by(AgendaItem.position, AgendaItem.id)))


@reads
def next_plan(work: Work, rhythm: Rhythm, zone: ZoneInfo, since: date = date.min) -> ReviewPlan | None:
    """The latest review of *rhythm* as the template of the next one, not before *since*, at the same time in *zone*.

    None without one.
    """
    asked = select(Review).where(Review.rhythm == rhythm, Review.removed_at.is_(None))
    latest = work.session.scalar(asked.order_by(Review.planned_for.desc(), Review.id.desc()).limit(1))
    if latest is None:
        return None
    months = _MONTHS.get(rhythm)
    last = latest.planned_for.astimezone(zone)
    days = (add_months(last.date(), months * n) if months else last.date() + n * WEEK for n in count(1))
    planned_for = datetime.combine(next(day for day in days if day >= since), last.time(), zone)
    topics = tuple(Topic(item.process, item.minutes, item.title) for item in _agenda(work, latest.id))
    people = tuple(latest.participants)
    return ReviewPlan(latest.title, rhythm, planned_for, None, people, topics, latest.chair)


@writes
def open_review(work: Work, review: int) -> Review:
    """Begin *review*; one that is open already stays as it is. Raises UsageError for one that was removed."""
    found = work.find(Review, review)
    work.check_lead(found)
    _check_not_closed(work, found)
    if found.removed_at is not None:
        message = _("The review “{title}” was removed by {person}.")
        by = work.called(found.removed_by or "")
        raise UsageError(message.format(title=found.title, person=by), _("Restore it before it begins."))
    if found.state is ReviewState.PLANNED:
        work.edit(found, found.version, state=ReviewState.OPEN, opened_at=work.now, opened_by=work.actor.person)
    return found


@writes
def go_to_step(work: Work, review: int, step: str) -> Review:
    """Show *step* on everybody's screen."""
    found = work.find(Review, review)
    check_may_write(work.actor)
    check_owns(work.actor, work.actor.processes, found.chair, work.called)
    _check_not_closed(work, found)
    found.step, found.step_at, found.step_by = limited(step, _("Step of the review")), work.now, work.actor.person
    return found


@writes
def close_review(work: Work, review: int, shown: Sequence[Shown], snapshot: str) -> Review:
    """Close *review*, freezing what was *shown* of the warehouse's *snapshot*.

    Raises ClosedReviewError for whoever comes second, UnansweredError while an exception has no outcome.
    """
    found = work.find(Review, review)
    work.check_lead(found)
    _check_not_closed(work, found)
    if found.state is not ReviewState.OPEN:
        message = _("The review “{title}” has not been opened yet.").format(title=found.title)
        raise UsageError(message, _("Open it first."))
    _check_answered(work, found)
    closings = found.closings + 1
    who = work.actor.person
    work.edit(found, found.version, state=ReviewState.CLOSED, closed_at=work.now, closed_by=who, closings=closings)
    found.snapshot = snapshot
    found.open_actions = _open_actions(work)
    work.session.add_all(_frozen(work, found, values) for values in shown)
    return found


def _frozen(work: Work, review: Review, shown: Shown) -> FrozenValue:
    # Not copied in depth, which would take longer than everything else: it is written and gone.
    values = dict(vars(shown))
    of = {name: values.pop(name) for name in ("kpi", "dimension", "dimension_value")}
    return FrozenValue(review_id=review.id, closing=review.closings, frozen_at=work.now, shown=values, **of)


def _open_actions(work: Work) -> list[dict[str, Any]]:
    asked = select(Action).where(Action.state == ActionState.OPEN, Action.removed_at.is_(None)).order_by(Action.id)
    names = ("id", "version", "text", "owner", "due", "process")
    return [{name: getattr(action, name) for name in names} for action in work.session.scalars(asked)]


def _check_answered(work: Work, review: Review) -> None:
    asked = select(ReviewException).where(
        ReviewException.review_id == review.id,
        ReviewException.removed_at.is_(None),
        ReviewException.outcome.is_(None),
    )
    waiting = list(work.session.scalars(asked.order_by(ReviewException.id)))
    if waiting:
        message = _("The review “{title}” cannot be closed: these exceptions have no outcome: {kpis}.")
        about = ", ".join(str(each.details.get("action") or work.called(each.kpi or each.process)) for each in waiting)
        message = message.format(title=review.title, kpis=about)
        raise UnansweredError(message, _("Explain each, give it an action, or set a new baseline."), waiting)


def _check_not_closed(work: Work, review: Review) -> None:
    if review.state is ReviewState.CLOSED:
        raise work.already_closed(review, _("Nothing was changed. Only the head of marketing can open it again."))


@writes
def reopen_review(work: Work, review: int) -> Review:
    """Open a closed *review* again. The head's act; what was frozen stays beside what will be."""
    found = work.find(Review, review)
    work.check_lead()
    if found.state is ReviewState.CLOSED:
        work.edit(found, found.version, state=ReviewState.OPEN, closed_at=None, closed_by=None)
    return found


@reads
def review(work: Work, number: int) -> Review:
    """The review *number*. Raises UsageError when there is none."""
    return work.find(Review, number)


@reads
def reviews(work: Work, state: ReviewState | None = None) -> list[Review]:
    """All reviews, or those in *state*, the latest first."""
    asked = select(Review).where(Review.removed_at.is_(None))
    if state is not None:
        asked = asked.where(Review.state == state)
    return list(work.session.scalars(asked.order_by(Review.planned_for.desc(), Review.id.desc())))


@reads
def namesakes(work: Work, review: Review, zone: ZoneInfo) -> list[Review]:
    """The other reviews that are called like *review* and take place on the same day in *zone*."""
    start = datetime.combine(review.planned_for.astimezone(zone), time.min, zone)
    asked = select(Review).where(
        Review.title == review.title,
        Review.id != review.id,
        Review.removed_at.is_(None),
        Review.planned_for >= start,
        Review.planned_for < start + timedelta(days=1),
    )
    return list(work.session.scalars(asked))


@reads
def ahead(work: Work) -> list[Review]:
    """The reviews that go on, and those that are planned, the next ones first."""
    asked = select(Review).where(Review.removed_at.is_(None), Review.state != ReviewState.CLOSED)
    return list(work.session.scalars(asked.order_by(Review.state != ReviewState.OPEN, Review.planned_for)))


@reads
def frozen_values(work: Work, review: int, closing: int | None = None) -> list[FrozenValue]:
    """What *review* showed when it was closed: the last time, or at that *closing*."""
    at = work.find(Review, review).closings if closing is None else closing
    asked = select(FrozenValue).where(FrozenValue.review_id == review, FrozenValue.closing == at)
    return list(work.session.scalars(asked.order_by(FrozenValue.id)))


@dataclass(frozen=True)
class Pulse:
    """How far a review is, cheap to ask for again and again: *change* grows with whatever is written anywhere."""

    change: int
    state: ReviewState
    step: str
    step_by: str | None


@reads
def pulse(work: Work, review: int) -> Pulse:
    """What every laptop in the meeting asks for, to follow the others. Raises UsageError when there is no review."""
    found = work.find(Review, review)
    return Pulse(latest_change(work), found.state, found.step, found.step_by)
