"""What the owner of a process says of one exception: before the review, and when it is talked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from data.demo.story.exceptions import ANSWERS
from journal.operations.actions import Promise, actions_about, edit_action
from journal.operations.baselines import NewBaseline, WheelersAnswers
from journal.operations.exceptions import explain, investigate, new_normal
from journal.operations.notes import add_note, add_recommendation
from journal.words import ExceptionKind, NoteKind

if TYPE_CHECKING:
    from datetime import datetime

    from data.demo.story.lines import Answer
    from data.demo.story.scene import Scene
    from journal.models import ReviewException

PUT_OFF: Final = -2
"""The new day of a promise that was not kept."""
WEEK: Final = 7


def answer_to(scene: Scene, exception: ReviewException) -> Answer:
    """What the owner says of *exception*: what fits its KPI, else one of the answers that fit all."""
    fitting = [answer for answer in ANSWERS if _fits(scene, answer, exception)]
    own = [answer for answer in fitting if answer.kpis]
    return own[0] if own else fitting[exception.id % len(fitting)]


def _fits(scene: Scene, answer: Answer, exception: ReviewException) -> bool:
    """Whether *answer* is about such an exception, and what it tells of has happened by then."""
    period = exception.place.period
    happened = answer.since is None or period is None or period.end >= scene.day(answer.since)
    turned = answer.rising is None or exception.details.get("rising") is answer.rising
    named = not answer.kpis or exception.kpi in answer.kpis
    return exception.kind is answer.kind and named and turned and happened


def prepare(scene: Scene, exception: ReviewException, at: datetime) -> None:
    """Write before the review what happened, what it means, and what is recommended."""
    told, place = answer_to(scene, exception), replace(exception.place, about=exception.id)
    journal = scene.journal(scene.owner(exception.process), at)
    add_note(journal, place, told.happened, NoteKind.HAPPENED)
    add_note(journal, place, told.means, NoteKind.MEANS)
    if told.recommended:
        add_recommendation(journal, place, told.recommended)


def answer(scene: Scene, exception: ReviewException, at: datetime) -> None:
    """End *exception* in the review."""
    told, seen = answer_to(scene, exception), (exception.id, exception.version)
    journal = scene.journal(scene.owner(exception.process), at)
    if told.wheeler and told.since is not None and not scene.numbers.starts[exception.kpi]:
        starts = _monday(scene.day(told.since))
        scene.numbers.starts[exception.kpi].append(starts)
        new_normal(journal, *seen, NewBaseline(starts, told.text, WheelersAnswers(*told.wheeler)))
    elif told.task and told.task.text not in scene.kept:
        investigate(journal, *seen, scene.promise(told.task, at), told.text)
        scene.keep(actions_about(journal, exception.id)[-1])
    else:
        explain(journal, *seen, told.text)
    if exception.kind is ExceptionKind.PROMISE:
        _put_off(scene, exception, at)


def _put_off(scene: Scene, exception: ReviewException, at: datetime) -> None:
    """Give an overdue promise a new day."""
    action = exception.place.about
    if action is not None:
        promised = Promise(exception.details["action"], exception.details["owner"], scene.day(PUT_OFF))
        journal = scene.journal(scene.owner(exception.process), at)
        edit_action(journal, action, scene.version(action), promised)


def _monday(day: date) -> date:
    """The first Monday from *day* on."""
    return day + timedelta(days=-day.weekday() % WEEK)
