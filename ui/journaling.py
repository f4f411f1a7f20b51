"""The journal in the reader's hands: who reads, what they may do, and where the journal starts limits anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import KokpitError
from core.language import _
from journal.address import journal_url
from journal.opening import open_journal
from journal.operations.baselines import baselines
from journal.people import Actor
from journal.words import Role
from metrics.names import value_name
from metrics.own import catalogue
from ui import homes, queries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from journal.models import Baseline
    from journal.work import Journal
    from ui.homes import Shown
    from ui.screen import Screen

ME: Final = "me"
"""Whoever did not say who they are: with nobody to ask them for a password, they may do everything."""
_PEOPLE: Final = """
    SELECT person_id, coalesce(nullif(trim(name), ''), person_id), lower(trim(role)), coalesce(active, true)
    FROM people ORDER BY 2, 1
"""
_OWNERS: Final = "SELECT process_id, owner FROM processes WHERE owner IS NOT NULL"


@dataclass(frozen=True)
class Person:
    """A person of the plan. *name* is what the journal keeps; it tells apart those who are called the same."""

    id: str
    name: str
    role: Role
    active: bool
    processes: frozenset[str] = frozenset()

    @property
    def actor(self) -> Actor:
        """Who they are to the journal."""
        return Actor(self.name, self.role, self.processes)


@dataclass(frozen=True)
class Start:
    """The first day of a new baseline of a KPI, or of its part with one value of a dimension."""

    kpi: str
    dimension: str
    dimension_value: str
    day: date


def people(shown: Shown) -> tuple[Person, ...]:
    """Everybody in the plan's table of people, also those who left."""
    return queries.remember(shown, "people", lambda: _people(shown)) if shown.generation else ()


def present(shown: Shown) -> tuple[Person, ...]:
    """Those of the people who are still here."""
    return tuple(person for person in people(shown) if person.active)


def reader(screen: Screen) -> Actor:
    """The person that the address names; whoever does not say who they are is the head, whoever is not here reads."""
    if not screen.me:
        return Actor(ME, Role.HEAD)
    found = next((person for person in people(screen.shown) if person.id == screen.me), None)
    if found and found.active:
        return found.actor
    return Actor(found.name if found else screen.me, Role.VIEWER)


def unknown(screen: Screen) -> str:
    """A sentence where the address names a reader who is not, or no longer, among the people of the plan."""
    # Without data nobody is known, which is told anyway.
    if not screen.me or not screen.shown.generation or any(person.id == screen.me for person in present(screen.shown)):
        return ""
    gone = any(person.id == screen.me for person in people(screen.shown))
    told = (
        _("{person} is no longer here by the plan's table of people, so that this page can only be read.")
        if gone
        else _("There is nobody called “{person}” in the plan's table of people, so that this page can only be read.")
    )
    return told.format(person=reader(screen).person)


def called(person: str) -> str:
    """What *person* of the journal is called on screen."""
    return _("me") if person == ME else person


def names(screen: Screen) -> tuple[str, ...]:
    """Who can be given something to do: the people who are here, or the reader where the plan names nobody."""
    known = tuple(person.name for person in present(screen.shown))
    me = reader(screen).person
    return (me, *known) if me == ME else known


def journal(screen: Screen) -> Journal:
    """The journal of the home on screen in the reader's hands. Raises KokpitError."""
    known = frozenset(names(screen)) if people(screen.shown) else None
    opened = open_journal(screen.shown.home, reader(screen), known)
    return replace(opened, called=partial(_told, screen), zone=screen.configuration.zone)


def _told(screen: Screen, name: str) -> str:
    """What the reader calls the process, KPI or person that the journal knows as *name*."""
    if not screen.shown.generation:
        return called(name)
    kpi = catalogue(screen.shown.snapshot).get(name)
    return _(kpi.name) if kpi else value_name("process", called(name))


def renewed(journal: Journal) -> Journal:
    """The same journal, which knows who is here now: the plan may have changed since the page was drawn."""
    shown = homes.shown()
    here = frozenset(person.name for person in present(shown)) | {journal.actor.person}
    return replace(journal, people=here) if people(shown) else journal


def exists(shown: Shown) -> bool:
    """Whether there is a journal yet: looking at numbers does not make one. Raises ConfigurationError."""
    url = journal_url(shown.home)
    return not url.drivername.startswith("sqlite") or bool(url.database and Path(url.database).exists())


def starts(shown: Shown) -> tuple[tuple[Start, ...], tuple[str, ...]]:
    """The new baselines in force, and a sentence where the journal cannot be read."""
    try:
        if not exists(shown):
            return (), ()
        opened = open_journal(shown.home, Actor(ME, Role.VIEWER))
        return queries.noted(opened, "starts", lambda: starting(baselines(opened))), ()
    except KokpitError as error:
        return (), (f"{error.message} {error.next_step}".strip(),)


def starting(found: Iterable[Baseline]) -> tuple[Start, ...]:
    """Where the baselines *found* start limits anew."""
    return tuple(Start(each.kpi, each.dimension, each.dimension_value, each.starts_on) for each in found)


def _people(shown: Shown) -> tuple[Person, ...]:
    owned: dict[str, set[str]] = {}
    for process, owner in shown.snapshot.rows(_OWNERS):
        owned.setdefault(owner, set()).add(process)
    rows = shown.snapshot.rows(_PEOPLE)
    common = [name for _id, name, _role, _active in rows]
    return tuple(
        Person(
            id=number,
            name=name if common.count(name) == 1 else f"{name} ({number})",
            role=_role(role, owns=number in owned),
            active=active,
            processes=frozenset(owned.get(number, ())),
        )
        for number, name, role, active in rows
    )


def _role(text: str | None, *, owns: bool) -> Role:
    """The role that the plan gives, else the one that fits what they own."""
    if text in set(Role):
        return Role(text)
    return Role.OWNER if owns else Role.CONTRIBUTOR
