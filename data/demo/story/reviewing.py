"""One review of the story: planned, prepared, held and closed, as the pages do it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from data.demo.story import answering
from data.demo.story.meetings import CHAIR, PARTICIPANTS, TITLE, TOPICS
from journal.models import ReviewException
from journal.operations.actions import add_action, carried_over, is_overdue
from journal.operations.decisions import Resolution, decide
from journal.operations.drafts import save_draft
from journal.operations.exceptions import raise_exceptions
from journal.operations.history import Search, search
from journal.operations.notes import add_note, mark_worth_keeping
from journal.operations.reviews import ReviewPlan, close_review, open_review, plan_review
from journal.places import Place
from journal.words import ExceptionKind, Rhythm
from pack.frozen import Seen, frozen
from pack.raising import raised

if TYPE_CHECKING:
    from datetime import datetime

    from core.period import Period
    from data.demo.story.lines import Held
    from data.demo.story.scene import Scene
    from journal.models import Review
    from metrics.figure import Figure

PLANNED, PREPARED, HALF_PREPARED = timedelta(days=4), timedelta(hours=18), timedelta(hours=16)
TALKED, EACH, DECIDED, CLOSED = (timedelta(minutes=minutes) for minutes in (8, 2, 45, 57))
EVERYTHING: Final = 10_000
DRAFT: Final = "prepare:{exception}:happened"
"""What the page of preparation calls the field for what happened, among a person's drafts."""


def hold(scene: Scene, held: Held) -> None:
    """A review from its planning to its closing."""
    at, week = scene.held(held.weeks), scene.numbers.week(held.weeks)
    review, exceptions = _called(scene, at, week)
    for exception in exceptions:
        answering.prepare(scene, exception, at - PREPARED)
    open_review(scene.journal(CHAIR, at), review.id)
    for place, exception in enumerate(exceptions):
        answering.answer(scene, exception, at + TALKED + place * EACH)
    _decide(scene, held, review, at + DECIDED)
    seen = (Seen(figure, week, owner=_owner(scene, figure)) for figure in scene.numbers.figures(week))
    close_review(scene.journal(CHAIR, at + CLOSED), review.id, [frozen(each) for each in seen], scene.snapshot)


def _owner(scene: Scene, figure: Figure) -> str:
    return scene.people.name(scene.owner(figure.kpi.process))


def call(scene: Scene) -> None:
    """The review that comes next: one owner has prepared what the numbers ask, another one has begun."""
    at = scene.next_review
    _review, exceptions = _called(scene, at, scene.numbers.newest)
    owners = list(dict.fromkeys(scene.owner(exception.process) for exception in exceptions))
    for exception in exceptions:
        owner = scene.owner(exception.process)
        if owner == owners[0] and exception.kind is not ExceptionKind.PROMISE:
            answering.prepare(scene, exception, at - PREPARED)
        elif owner in owners[1:2]:
            name = DRAFT.format(exception=exception.id)
            text = answering.answer_to(scene, exception).happened
            save_draft(scene.journal(owner, at - HALF_PREPARED), name, text)


def _called(scene: Scene, at: datetime, week: Period) -> tuple[Review, list[ReviewException]]:
    """A planned review with what it has to talk about."""
    chair = scene.people.name(CHAIR)
    everybody = tuple(scene.people.name(person) for person in PARTICIPANTS)
    journal = scene.journal(CHAIR, at - PLANNED)
    review = plan_review(journal, ReviewPlan(TITLE, Rhythm.WEEKLY, at, week, everybody, TOPICS, chair))
    today = at.astimezone(scene.zone).date()
    heard = search(journal, Search(types=(ReviewException,)), EVERYTHING)
    earlier = [each for each in heard if isinstance(each, ReviewException) and each.outcome]
    late = [action for action in carried_over(journal, review.id, today) if is_overdue(action, today)]
    found = raised(week, scene.numbers.figures(week), late, earlier)
    return review, raise_exceptions(scene.journal(CHAIR, at - PREPARED), review.id, found)


def _decide(scene: Scene, held: Held, review: Review, at: datetime) -> None:
    """What is said, decided and promised beside the exceptions."""

    def place(process: str, kpi: str, about: int | None = None) -> Place:
        return Place(process, kpi, review.place.period, review=review.id, about=about)

    for said in held.said:
        journal = scene.journal(scene.owner(said.process), at)
        note = add_note(journal, place(said.process, said.kpi), said.text, said.kind)
        if said.worth:
            mark_worth_keeping(journal, note.id)
    made: dict[str, int] = {}
    for decided in held.decided:
        resolution = Resolution(decided.text, decided.kpi, decided.direction, scene.day(decided.effective))
        journal = scene.journal(scene.owner(decided.process), at)
        made[decided.text] = decide(journal, place(decided.process, decided.kpi), resolution).id
    for task in held.tasks:
        about = place(task.process, task.kpi, made.get(task.answers))
        scene.keep(add_action(scene.journal(CHAIR, at), about, scene.promise(task, at)))
