"""Where the story takes place: the journal in the hands of any person at any moment, the days, and what was kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from journal.operations.actions import Promise
from journal.people import Actor
from journal.words import Role
from journal.work import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from data.demo.story.lines import Task
    from data.demo.story.numbers import Numbers
    from journal.database import Database
    from journal.models import Action
    from journal.work import Work
    from warehouse.snapshot import Snapshot


SOONEST: Final = timedelta(days=3)
LATEST: Final = 17
"""The hour of the last day after which nothing was written: the next day may be looked at in its first minute."""


@dataclass(frozen=True)
class People:
    """The people of the plan by their ids, and the owner of each process."""

    actors: Mapping[str, Actor]
    owners: Mapping[str, str]

    def name(self, person: str) -> str:
        """What *person* is called, as the journal keeps it."""
        return self.actors[person].person


def people(snapshot: Snapshot) -> People:
    """The people and owners that the plan in *snapshot* names."""
    owners = dict(snapshot.rows("SELECT process_id, owner FROM processes"))
    actors = {
        person: Actor(name, Role(role), frozenset(process for process, owner in owners.items() if owner == person))
        for person, name, role in snapshot.rows("SELECT person_id, name, role FROM people ORDER BY person_id")
    }
    return People(actors, owners)


@dataclass(frozen=True)
class Scene:
    """The story's *people* and *numbers*, and the *last* day with data; *part* gives somebody's part of the writing.

    *kept* are the actions by their words, with the version last seen.
    """

    database: Database
    people: People
    numbers: Numbers
    snapshot: str
    part: Callable[[Journal], Work]
    last: date
    next_review: datetime
    kept: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """Where the department works."""
        return self.numbers.reporting.zone

    def day(self, place: int) -> date:
        """The day so many days after the last one, or before it."""
        return self.last + timedelta(days=place)

    def moment(self, place: int, hour: int) -> datetime:
        """An *hour* of that day."""
        return datetime.combine(self.day(place), time(hour), self.zone).astimezone(UTC)

    def held(self, weeks: int) -> datetime:
        """When the review took place, so many weeks before the next one."""
        local = self.next_review.astimezone(self.zone) - timedelta(weeks=weeks)
        return local.astimezone(UTC)

    def journal(self, person: str, moment: datetime) -> Work:
        """The journal in the hands of *person* at a *moment*; on the last day where that is yet to come."""
        names = frozenset(actor.person for actor in self.people.actors.values())
        at = min(moment, self.moment(0, LATEST))
        return self.part(Journal(self.database, self.people.actors[person], clock=lambda: at, people=names))

    def owner(self, process: str) -> str:
        """Who answers for *process*."""
        return self.people.owners[process]

    def promise(self, task: Task, at: datetime) -> Promise:
        """*task* as the journal keeps it, promised *at* a moment: by its day, but not sooner than a few days later."""
        return Promise(task.text, self.people.name(task.owner), max(self.day(task.due), at.date() + SOONEST))

    def keep(self, action: Action) -> None:
        """Remember *action*, to say later what became of it."""
        self.kept[action.text] = (action.id, action.version)

    def version(self, action: int) -> int:
        """The version in which *action* was seen last."""
        return next(version for number, version in self.kept.values() if number == action)
