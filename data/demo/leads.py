"""The department's leads: where each came from, and when it was contacted, qualified and accepted by sales."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.changes import Lever, multiplier
from data.demo.clock import DAY, HOUR, NEVER, OPEN, Clock
from data.demo.companies import CURRENCIES, LOYAL, RATES, SALES, company_names, loyal_customers
from data.demo.draws import about, chance, pick
from data.demo.origins import Origin, origins
from data.demo.sheets import money, write_sheet
from data.demo.timeline import Counts, Series, Timeline, generator

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

EARLIER: Final = 200
"""Leads of so many days before the first day are made too, so that there are deals from the first day on."""
CONTACT_HOURS: Final = 5.2
CONTACT_SPREAD: Final = 0.35
NEVER_REACHED: Final = 0.03
QUALIFIED: Final = {
    "paid_search": 0.5,
    "paid_display": 0.34,
    "paid_social": 0.33,
    "organic": 0.52,
    "email": 0.55,
    "referral": 0.72,
    "partner": 0.68,
    "direct": 0.5,
    "event": 0.45,
}
ACCEPTED: Final = 0.74
OPENED: Final = 0.3
EXISTING: Final = {"email": 0.5, "direct": 0.25, "event": 0.3}
WORTH: Final = 30_000.0
REASONS: Final = ("no budget", "too small", "looking for a job", "student", "outside our markets", "wrong contact")
WAITING: Final = 12 * DAY
"""What has not moved for so long is lost."""
REFUSED: Final = ("no project this year", "bought elsewhere", "no answer")


@dataclass(frozen=True)
class Leads:
    """Moments by lead, in the order in which they came; earlier ones than the first day are before 0."""

    origins: list[Origin]
    companies: list[str]
    existing: NDArray[np.bool_]
    referrers: list[str]
    created: Counts
    contacted: Counts
    qualified: Counts
    accepted: Counts
    opened: Counts
    """When a deal was opened for it."""
    worth: Series

    @property
    def ids(self) -> list[str]:
        """The number of each lead; empty for those from before the first day, which no export has."""
        return [
            f"L-{20_001 + place}" if place >= 0 else "" for place in range(-self.older, len(self.created) - self.older)
        ]

    @property
    def older(self) -> int:
        """How many came before the first day."""
        return int((self.created < 0).sum())


def _came(timeline: Timeline) -> tuple[list[Origin], Counts]:
    """Origin and moment of each lead: those of the timeline, and before them as many as usual."""
    random = generator("leads came")
    found = origins(timeline)
    counts = np.array([leads for _origin, leads in found], dtype=np.int64)
    places, days = (np.repeat(axis, counts[counts > 0]) for axis in np.nonzero(counts))
    usual = random.poisson(len(places) * EARLIER / timeline.count)
    older = random.choice(len(places), usual) if len(places) else np.zeros(0, dtype=np.int64)
    places = np.concatenate([places[older], places])
    moments = np.concatenate([random.integers(-EARLIER, 0, len(older)), days]) * DAY
    moments = moments + random.integers(7 * HOUR, 21 * HOUR, len(places))
    order = np.argsort(moments, kind="stable")
    return [found[place][0] for place in places[order].tolist()], moments[order].astype(np.int64)


@cache
def leads(timeline: Timeline) -> Leads:
    """All leads. What is still to come at the end has not happened."""
    random, clock = generator("leads"), Clock(timeline)
    came, created = _came(timeline)
    count = len(came)
    first_call = clock.later(created, about(random, CONTACT_HOURS * HOUR, CONTACT_SPREAD, count))
    contacted = np.where(chance(random, count, 1 - NEVER_REACHED), first_call, NEVER)
    fewer = multiplier(Lever.QUALIFICATION, "enquiry form", timeline)
    shares = np.array([QUALIFIED[origin.channel] for origin in came])
    shares *= np.where(created < 0, 1.0, fewer[np.maximum(created // DAY, 0)])
    judged = clock.later(contacted, about(random, 1.6 * OPEN, 0.5, count))
    qualified = np.where(chance(random, count, shares), judged, NEVER)
    decided = clock.later(qualified, about(random, 1.2 * OPEN, 0.5, count))
    accepted = np.where(chance(random, count, ACCEPTED), decided, NEVER)
    offered = clock.later(accepted, about(random, 3 * OPEN, 0.5, count))
    opened = np.where(chance(random, count, OPENED), offered, NEVER)
    existing = chance(random, count, np.array([EXISTING.get(origin.channel, 0.0) for origin in came]))
    companies = _companies(random, came, existing, opened < NEVER)
    recommending = pick(random, [name for _market, name in loyal_customers()][::3], count)
    referrers = [name if o.channel == "referral" else "" for name, o in zip(recommending, came, strict=True)]
    worth = np.rint(about(random, WORTH, 0.5, count) / 500) * 500
    return Leads(
        came,
        companies,
        existing,
        referrers,
        created,
        clock.known(contacted),
        clock.known(qualified),
        clock.known(accepted),
        clock.known(opened),
        worth,
    )


def _companies(
    random: np.random.Generator, came: list[Origin], existing: NDArray[np.bool_], dealt: NDArray[np.bool_]
) -> list[str]:
    """Whom each lead speaks for: a customer, a company that no other deal is about, or any other company."""
    drawn, next_of, found = random.random(len(came)), dict(LOYAL), []
    for origin, known, deal, share in zip(came, existing.tolist(), dealt.tolist(), drawn.tolist(), strict=True):
        names, loyal, market = company_names(origin.market), LOYAL[origin.market], origin.market
        if known:
            found.append(names[int(share * loyal)])
        elif deal:
            found.append(names[next_of[market] % len(names)])
            next_of[market] += 1
        else:
            found.append(names[loyal + int(share * (len(names) - loyal))])
    return found


def _statuses(found: Leads, clock: Clock) -> tuple[list[str], list[str]]:
    """The status of each lead at the end, and why it was lost."""
    random = generator("lead status")
    reasons = pick(random, REASONS, len(found.created))
    refusals = pick(random, REFUSED, len(found.created))
    waited = clock.end - WAITING
    statuses, lost = [], []
    for place, moment in enumerate(found.created.tolist()):
        status, reason = "new", ""
        if found.accepted[place] < NEVER:
            status = "accepted"
        elif found.qualified[place] < NEVER:
            status, reason = ("lost", refusals[place]) if found.qualified[place] < waited else ("qualified", "")
        elif moment < waited:
            status, reason = "lost", reasons[place] if found.contacted[place] < NEVER else "never reached"
        elif found.contacted[place] < NEVER:
            status = "contacted"
        statuses.append(status)
        lost.append(reason)
    return statuses, lost


def write_leads(inbox: Path, timeline: Timeline) -> None:
    """Write the CRM's leads of the two years into *inbox*."""
    clock, found = Clock(timeline), leads(timeline)
    statuses, lost = _statuses(found, clock)
    came = found.origins
    rates = np.array([RATES[origin.market] for origin in came])
    columns = {
        "lead_id": found.ids,
        "created_at": clock.moment_texts(found.created),
        "source": [origin.source for origin in came],
        "medium": [origin.medium for origin in came],
        "campaign": [origin.campaign for origin in came],
        "channel": [origin.channel for origin in came],
        "segment": np.where(found.existing, "existing", "potential").tolist(),
        "company": found.companies,
        "owner": [SALES[origin.market][place % len(SALES[origin.market])] for place, origin in enumerate(came)],
        "referrer": found.referrers,
        "contacted_at": clock.moment_texts(found.contacted),
        "qualified_at": clock.moment_texts(found.qualified),
        "accepted_at": clock.moment_texts(found.accepted),
        "status": statuses,
        "lost_reason": lost,
        "value": money((found.worth * rates).tolist()),
        "currency": [CURRENCIES[origin.market] for origin in came],
    }
    write_sheet(inbox, "Leads", {name: values[found.older :] for name, values in columns.items()}, timeline)
