"""Who promised what by when; what is still open comes back by itself in every review until it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from core.errors import UsageError, suggestion
from core.language import N_, _
from journal.models import Action, AgendaItem, Entry, Review
from journal.people import check_may_write, check_owns
from journal.texts import limited, required, storable
from journal.words import ActionState
from journal.work import Edited, Work, reads, writes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from journal.people import Actor
    from journal.places import Place

ACTION: Final = N_("Action")


@dataclass(frozen=True)
class Promise:
    """What is to be done, by whom, by when; *task_id* in the team's task tracker, if it is there."""

    text: str
    owner: str
    due: date | None = None
    task_id: str = ""


@writes
def add_action(work: Work, place: Place, action: Promise) -> Action:
    """Keep an action; the decision or exception it comes from is what *place* is about. Whoever may write."""
    work.check_writer(place.review)
    return promise(work, place, action)


def promise(work: Work, place: Place, action: Promise) -> Action:
    """Keep *action* as part of other work."""
    text = required(action.text, _(ACTION))
    _check_owner(work, action.owner)
    return work.add(Action(text=text, owner=action.owner, due=action.due, task_id=storable(action.task_id)), place)


@writes
def edit_action(work: Work, number: int, version: int, action: Promise) -> Edited[Action]:
    """Change an action, seen in its *version*: its author's, its owner's, the process owner's and the head's right."""
    text = required(action.text, _(ACTION))
    found = _mine(work, number)
    if action.owner != found.owner:
        _check_owner(work, action.owner)
    return work.edit(found, version, text=text, owner=action.owner, due=action.due, task_id=storable(action.task_id))


@writes
def set_action_state(work: Work, number: int, version: int, state: ActionState, text: str = "") -> Edited[Action]:
    """Say that an action is done, dropped, or open again, and in *text* what came of it. Possible in any review."""
    found = _mine(work, number)
    edited = work.edit(found, version, state=state, done_note=limited(text.strip(), _("What came of it")))
    if not edited.conflict:
        over = state is not ActionState.OPEN
        found.done_at, found.done_by = (work.now, work.actor.person) if over else (None, None)
    return edited


def _mine(work: Work, number: int) -> Action:
    """The action, which outlives its review: it may be changed when that is closed. Raises ForbiddenError."""
    found = work.find(Action, number)
    check_may_write(work.actor)
    chair = _chairs(work, [found])[found.id]
    if not may_change(work.actor, found, chair):
        check_owns(work.actor, {found.process}, chair, work.called)
    return found


def may_change(actor: Actor, action: Action, chair: str = "") -> bool:
    """Whether *actor* may change *action*, made in a review that *chair* chairs."""
    mine = actor.person in {action.owner, action.created_by}
    return actor.may_write and (mine or actor.owns({action.process}) or actor.leads(chair))


@reads
def changeable(work: Work, actions: Sequence[Action]) -> frozenset[int]:
    """Those of *actions* that this person may change, by their ids."""
    chairs = _chairs(work, actions)
    return frozenset(each.id for each in actions if may_change(work.actor, each, chairs[each.id]))


def _chairs(work: Work, actions: Sequence[Action]) -> dict[int, str]:
    """Who chairs the review that each of *actions* was made in."""
    asked = select(Review).where(Review.id.in_({action.review_id for action in actions}))
    found = {review.id: review.chair for review in work.session.scalars(asked)}
    return {action.id: found.get(action.review_id or 0, "") for action in actions}


def _check_owner(work: Work, owner: str) -> None:
    if not owner.strip():
        raise UsageError(_("The action has no owner."), _("Say who does it: one person."))
    if work.people is not None and owner not in work.people:
        message = _("There is nobody called {person} who could do it: they left, or were never in the table of people.")
        raise UsageError(message.format(person=owner), suggestion(owner, work.people))


@reads
def open_actions(
    work: Work, today: date, owner: str | None = None, processes: Sequence[str] | None = None
) -> list[Action]:
    """What is not done yet, overdue first: of everybody or one *owner*, of all or some *processes*."""
    asked = select(Action).where(Action.state == ActionState.OPEN, Action.removed_at.is_(None))
    if owner is not None:
        asked = asked.where(Action.owner == owner)
    if processes is not None:
        asked = asked.where(Action.process.in_(processes))
    return by_urgency(work.session.scalars(asked), today)


@reads
def carried_over(work: Work, review: int, today: date) -> list[Action]:
    """The open actions that *review* begins with: all that other reviews left, of its processes, overdue first."""
    parts = select(AgendaItem.process).where(AgendaItem.review_id == review, AgendaItem.removed_at.is_(None))
    processes = {process for process in work.session.scalars(parts) if process}
    asked = select(Action).where(
        Action.state == ActionState.OPEN,
        Action.removed_at.is_(None),
        or_(Action.review_id.is_(None), Action.review_id != review),
    )
    if processes:
        asked = asked.where(Action.process.in_({*processes, ""}))
    return by_urgency(work.session.scalars(asked), today)


@reads
def actions_of(work: Work, review: int) -> list[Action]:
    """The actions that *review* made, whatever became of them."""
    asked = select(Action).where(Action.review_id == review, Action.removed_at.is_(None))
    return list(work.session.scalars(asked.order_by(Action.id)))


@reads
def actions_about(work: Work, number: int) -> list[Action]:
    """The actions that came from one decision or exception."""
    asked = select(Action).where(Action.about_id == number, Action.removed_at.is_(None))
    return list(work.session.scalars(asked.order_by(Action.id)))


@reads
def origins(work: Work, actions: Sequence[Action]) -> dict[int, Entry]:
    """The decision or exception that each of *actions* came from, by the action's id."""
    numbers = {action.about_id for action in actions if action.about_id is not None}
    found = {entry.id: entry for entry in work.session.scalars(select(Entry).where(Entry.id.in_(numbers)))}
    return {action.id: found[action.about_id] for action in actions if action.about_id in found}


def by_urgency(actions: Iterable[Action], today: date) -> list[Action]:
    """*actions*, the longest overdue first, those without a day last."""
    return sorted(actions, key=lambda action: (action.due is None, action.due or today, action.id))


def is_overdue(action: Action, today: date) -> bool:
    """Whether *action* should have been done before *today*."""
    return action.state is ActionState.OPEN and action.due is not None and action.due < today
