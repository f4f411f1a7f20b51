"""The story written down: through the journal's operations, each line at its moment and by its person."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from core.config import read_configuration
from data.demo.clock import SATURDAY, is_free
from data.demo.story.events import EVENTS
from data.demo.story.exceptions import ANSWERS
from data.demo.story.meetings import HELD, TOPICS
from data.demo.story.numbers import numbers
from data.demo.story.reviewing import call, hold
from data.demo.story.scene import Scene, people
from journal.address import file_url
from journal.opening import open_database
from journal.operations.actions import set_action_state
from journal.operations.events import Happening, add_event
from journal.places import Place
from journal.work import together
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

    from core.config import Home
    from data.demo.story.lines import Noticed, Task

    Act = tuple[datetime, Callable[[], object]]

MEETS_AT: Final = time(9)


def tell(home: Home, last: date) -> None:
    """Write what the people of the demonstration in *home* said in the months before its *last* day.

    Always into the home's own file: a team's database is no place for invented people.
    """
    reporting, snapshot = read_configuration(home), open_snapshot(home.warehouse)
    agenda = [topic.process for topic in TOPICS]
    known = numbers(snapshot, reporting, last, agenda, [held.weeks for held in HELD])
    everybody, at = people(snapshot), _next_review(last, reporting.zone)
    database = open_database(file_url(home.journal.absolute()))
    together(database, lambda part: _tell(Scene(database, everybody, known, str(snapshot.generation), part, last, at)))


def _tell(scene: Scene) -> None:
    for _moment, act in sorted(_acts(scene), key=lambda act: act[0]):
        act()
    call(scene)


def _next_review(last: date, zone: ZoneInfo) -> datetime:
    """The first working morning after the day on which the demonstration is looked at first."""
    day = last + timedelta(days=2)
    while day.weekday() >= SATURDAY or is_free(day):
        day += timedelta(days=1)
    return datetime.combine(day, MEETS_AT, zone).astimezone(UTC)


def _acts(scene: Scene) -> Iterator[Act]:
    for event in EVENTS:
        yield scene.moment(event.day, 10), partial(_note, scene, event)
    for held in HELD:
        yield scene.held(held.weeks), partial(hold, scene, held)
    answered = (answer.task for answer in ANSWERS)
    for task in (*(task for held in HELD for task in held.tasks), *answered):
        if task and task.fate:
            yield scene.moment(task.fate.day, 16), partial(_finish, scene, task)


def _note(scene: Scene, event: Noticed) -> None:
    journal = scene.journal(event.person, scene.moment(event.day, 10))
    happening = Happening(
        name=event.name,
        starts_on=scene.day(event.day),
        kind=event.kind,
        text=event.text,
        kpis=event.kpis,
        processes=event.processes,
        parts=event.parts,
    )
    add_event(journal, Place(process=event.processes[0]), happening)


def _finish(scene: Scene, task: Task) -> None:
    """Say what became of *task*, if anybody was ever given it."""
    if task.fate and task.text in scene.kept:
        journal = scene.journal(task.owner, scene.moment(task.fate.day, 16))
        set_action_state(journal, *scene.kept[task.text], task.fate.state, task.fate.text)
