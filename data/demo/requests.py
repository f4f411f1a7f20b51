"""The single window for requests to marketing: who asked for what, and how soon it was answered and solved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.changes import Lever, multiplier
from data.demo.clock import DAY, HOUR, NEVER, OPEN, Clock
from data.demo.companies import PARTNERS, SALES, loyal_customers
from data.demo.draws import about, arrivals, at_hours, chance, pick
from data.demo.sheets import write_sheet
from data.demo.timeline import Timeline, generator

if TYPE_CHECKING:
    from pathlib import Path

A_WEEK: Final = 48.0
ON_DAYS_OFF: Final = 0.3
ANSWERED_IN: Final = 2.0
SPREAD: Final = 0.5
SOLVED_IN: Final = {"urgent": 0.9, "high": 1.6, "normal": 2.8, "low": 4.5}
PROMISED_IN: Final = {"urgent": 2, "high": 3, "normal": 6, "low": 10}
"""Working days from the request to its solution as it usually is, and as it is promised."""
REOPENED: Final = 0.06
TEAMS: Final = {
    "Presentation": "Content",
    "Case study": "Content",
    "Landing page": "Web",
    "Event material": "Events",
    "Figures": "Analytics",
    "Contact list": "Web",
}
SPECIALISTS: Final = {
    "Content": ("Jan Nowak", "Nina Bergström"),
    "Web": ("Piotr Sowa", "Lena Orlova"),
    "Events": ("Oleg Baranov",),
    "Analytics": ("Piotr Sowa",),
}
GROUPS: Final = ("manager", "partner", "client")
GROUP_SHARES: Final = (0.68, 0.13, 0.19)
CLIENTS: Final = 20
PAYING: Final = 0.4
"""The share of the requests of partners and clients that these pay for."""


def _requesters(random: np.random.Generator, groups: list[str]) -> list[str]:
    """Who asked: somebody in sales, a partner or a customer."""
    sellers = [name for people in SALES.values() for name in people]
    clients = [name for _market, name in loyal_customers()][:CLIENTS]
    asking = {"manager": sellers, "partner": list(PARTNERS), "client": clients}
    return [
        asking[group][int(luck * len(asking[group]))]
        for group, luck in zip(groups, random.random(len(groups)), strict=True)
    ]


def _status(answered: int, solved: int, clock: Clock) -> str:
    if solved < clock.end - 5 * DAY:
        return "closed"
    if solved < NEVER:
        return "solved"
    return "open" if answered < NEVER else "new"


def write_requests(inbox: Path, timeline: Timeline) -> None:
    """Write the requests of the two years into *inbox*."""
    random, clock = generator("requests"), Clock(timeline)
    days = arrivals(random, timeline, A_WEEK, weekend=0.03)
    days = days[clock.is_workday(days) | chance(random, len(days), ON_DAYS_OFF)]
    created = at_hours(random, days, 8, 16.5)
    count = len(created)
    priorities = pick(random, tuple(SOLVED_IN), count, (0.07, 0.2, 0.6, 0.13))
    sooner = multiplier(Lever.FIRST_RESPONSE, "service desk", timeline)[created // DAY]
    answered = clock.later(created, about(random, ANSWERED_IN * HOUR, SPREAD, count) * sooner)
    work = about(random, OPEN, 0.6, count) * [SOLVED_IN[priority] for priority in priorities]
    solved = clock.later(answered, work)
    due = clock.later(created, np.array([PROMISED_IN[priority] for priority in priorities]) * OPEN)
    again = chance(random, count, REOPENED) & (solved < clock.end)
    kinds = pick(random, tuple(TEAMS), count, (0.28, 0.13, 0.19, 0.14, 0.15, 0.11))
    groups = pick(random, GROUPS, count, GROUP_SHARES)
    funded = [
        group if group != "manager" and luck < PAYING else "own"
        for group, luck in zip(groups, random.random(count), strict=True)
    ]
    answered, solved = clock.known(answered), clock.known(solved)
    columns = {
        "request_id": [f"R-{30_001 + place}" for place in range(count)],
        "created_at": clock.moment_texts(created),
        "requester": _requesters(random, groups),
        "requester_group": groups,
        "assignee": _assigned(random, kinds),
        "group": [TEAMS[kind] for kind in kinds],
        "kind": kinds,
        "priority": priorities,
        "status": [_status(first, last, clock) for first, last in zip(answered.tolist(), solved.tolist(), strict=True)],
        "first_response_at": clock.moment_texts(answered),
        "solved_at": clock.moment_texts(solved),
        "reopened": again.astype(int).tolist(),
        "due_at": clock.moment_texts(due),
        "funded_by": funded,
    }
    write_sheet(inbox, "Requests", columns, timeline)


def _assigned(random: np.random.Generator, kinds: list[str]) -> list[str]:
    people = [SPECIALISTS[TEAMS[kind]] for kind in kinds]
    return [names[int(luck * len(names))] for names, luck in zip(people, random.random(len(kinds)), strict=True)]
