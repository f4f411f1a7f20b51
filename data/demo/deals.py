"""The department's deals: those that leads became, and those that grew from the customers it had."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.clock import DAY, NEVER, OPEN, Clock
from data.demo.companies import COMPETITORS, CURRENCIES, RATES, SALES, loyal_customers
from data.demo.draws import about, at_hours, chance, pick
from data.demo.leads import EARLIER, leads
from data.demo.origins import Origin
from data.demo.sheets import money, write_sheet
from data.demo.timeline import Timeline, generator

if TYPE_CHECKING:
    from pathlib import Path

GROWTH: Final = 1.7
"""Deals a week with customers of old."""
LEAVING: Final = 0.14
"""The share of the first customers that leaves within the two years."""
WORKDAYS: Final = {"new": 26.0, "upsell": 14.0, "cross_sell": 17.0, "renewal": 10.0}
CHANCES: Final = {"new": 0.21, "upsell": 0.55, "cross_sell": 0.45, "renewal": 0.84}
KNOWN: Final = 0.09
WARM: Final = 0.1
AMOUNTS: Final = {"upsell": 9_500.0, "cross_sell": 12_000.0, "renewal": 7_500.0}
TENDER: Final = 0.24
DECISION_MAKERS: Final = 0.58
STAGES: Final = ("Discovery", "Proposal", "Negotiation")
REASONS: Final = ("price", "competitor", "missing feature", "project stopped", "no decision")
WITH_RIVAL: Final = frozenset(REASONS[:3])
RIVALS: Final = (*COMPETITORS, "in-house team")


@dataclass
class Customer:
    """A company the department has a card of: its market, and the days between which it is a customer."""

    name: str
    market: str
    since: int = NEVER
    left: int = NEVER

    def is_customer(self, day: int) -> bool:
        """Whether it is one on *day*."""
        return self.since <= day < self.left


@dataclass(frozen=True)
class Deal:
    """A deal as it is known at the end."""

    lead: str
    customer: int
    origin: Origin
    referrer: str
    kind: str
    created: int
    closed: int
    won: bool
    progress: float
    amount: float
    tender: bool
    known: bool
    lost_reason: str
    competitor: str

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost yet."""
        return self.closed == NEVER


@dataclass
class Sales:
    """The customers by number, and the deals in the order in which they were opened."""

    customers: list[Customer]
    deals: list[Deal] = field(default_factory=list)

    def number(self, customer: int) -> str:
        """The number on the card of a customer."""
        return f"C-{1001 + customer}"


@dataclass(frozen=True)
class _Opened:
    """A deal that is about to be played out."""

    moment: int
    origin: Origin
    lead: str = ""
    company: str = ""
    referrer: str = ""
    worth: float = 0.0
    kind: str = "new"


def _openings(timeline: Timeline) -> list[_Opened]:
    """All deals by the moment they are opened: of leads, and of the account managers."""
    found = leads(timeline)
    ids = found.ids
    opened = [
        _Opened(
            int(found.opened[place]),
            found.origins[place],
            ids[place],
            found.companies[place],
            found.referrers[place],
            float(found.worth[place]),
            "upsell" if found.existing[place] else "new",
        )
        for place in np.nonzero(found.opened < NEVER)[0].tolist()
    ]
    random = generator("growth")
    count = random.poisson(GROWTH * (timeline.count + EARLIER) / 7)
    days = Clock(timeline).workday(random.integers(-EARLIER, timeline.count, count))
    moments = at_hours(random, days[days < timeline.count], 9.2, 16.8)
    kinds = pick(random, tuple(AMOUNTS), len(moments), (0.36, 0.3, 0.34))
    managers = Origin("account manager", "none", "account_management", "", "")
    grown = [_Opened(moment, managers, kind=kind) for moment, kind in zip(moments.tolist(), kinds, strict=True)]
    return sorted(opened + grown, key=lambda one: one.moment)


@cache
def sales(timeline: Timeline) -> Sales:
    """All deals and customers. What is still to come at the end has not happened."""
    random, clock = generator("deals"), Clock(timeline)
    openings = _openings(timeline)
    loyal = loyal_customers()
    since = random.integers(-2400, -EARLIER - 30, len(loyal)).tolist()
    leaves = np.where(chance(random, len(loyal), LEAVING), random.integers(0, timeline.count, len(loyal)), NEVER)
    cards = zip(loyal, since, leaves.tolist(), strict=True)
    found = Sales([Customer(name, market, start, left) for (market, name), start, left in cards])
    numbers = {customer.name: number for number, customer in enumerate(found.customers)}
    workdays = about(random, 1.0, 0.45, len(openings)) * [WORKDAYS[one.kind] for one in openings]
    starts = np.array([one.moment for one in openings], dtype=np.int64)
    ends = clock.later(starts, workdays * OPEN).tolist()
    for opened, end in zip(openings, ends, strict=True):
        number = _customer(random, found, numbers, opened)
        deal = _played(random, opened, number, end, clock)
        found.deals.append(deal)
        if deal.won and not deal.is_open:
            customer = found.customers[number]
            customer.since = min(customer.since, deal.closed // DAY)
            if customer.left <= deal.closed // DAY:
                customer.left = NEVER
    return found


def _customer(random: np.random.Generator, found: Sales, numbers: dict[str, int], opened: _Opened) -> int:
    """The number of the customer a deal is with; a new company gets a card."""
    if opened.company:
        if opened.company not in numbers:
            numbers[opened.company] = len(found.customers)
            found.customers.append(Customer(opened.company, opened.origin.market))
        return numbers[opened.company]
    there = [number for number, one in enumerate(found.customers) if one.is_customer(opened.moment // DAY)]
    return there[int(random.random() * len(there))]


def _played(random: np.random.Generator, opened: _Opened, customer: int, end: int, clock: Clock) -> Deal:
    luck = random.random(5)
    is_new = opened.kind == "new"
    tender, known = is_new and luck[0] < TENDER, bool(not is_new or luck[1] < DECISION_MAKERS)
    warm = opened.origin.channel in {"referral", "partner"}
    won = bool(luck[2] < CHANCES[opened.kind] + is_new * (KNOWN * known + WARM * warm))
    closed = end if end < clock.end else NEVER
    lost = closed < NEVER and not won
    reason = pick(random, REASONS, 1, (0.3, 0.24, 0.12, 0.14, 0.2))[0] if lost else ""
    rival = RIVALS[int(luck[3] * len(RIVALS))] if reason in WITH_RIVAL else ""
    worth = opened.worth or AMOUNTS[opened.kind] * random.lognormal(0, 0.45)
    return Deal(
        lead=opened.lead,
        customer=customer,
        origin=opened.origin,
        referrer=opened.referrer,
        kind=opened.kind,
        created=opened.moment,
        closed=closed,
        won=won,
        progress=(clock.end - opened.moment) / (end - opened.moment),
        amount=round(worth * (0.8 + 0.4 * luck[4]) / 100) * 100,
        tender=bool(tender),
        known=known,
        lost_reason=reason,
        competitor=rival,
    )


def _state(deal: Deal) -> tuple[str, str]:
    """Stage and outcome."""
    if deal.is_open:
        return STAGES[min(2, int(3 * deal.progress))], "open"
    return ("Won", "won") if deal.won else ("Lost", "lost")


def market_money(found: Sales, deals: list[Deal]) -> tuple[list[str], list[str]]:
    """The amount and currency of each deal, in its market's money."""
    markets = [found.customers[deal.customer].market for deal in deals]
    amounts = money([deal.amount * RATES[market] for deal, market in zip(deals, markets, strict=True)])
    return amounts, [CURRENCIES[market] for market in markets]


def write_deals(inbox: Path, timeline: Timeline) -> None:
    """Write the deals that were open at any time of the two years into *inbox*."""
    clock, found = Clock(timeline), sales(timeline)
    deals = [deal for deal in found.deals if deal.closed >= 0 and deal.created < clock.end]
    states = [_state(deal) for deal in deals]
    amounts, currencies = market_money(found, deals)
    columns = {
        "deal_id": [f"D-{5001 + place}" for place in range(len(deals))],
        "lead_id": [deal.lead for deal in deals],
        "customer_id": [found.number(deal.customer) for deal in deals],
        "created_at": clock.moment_texts(np.array([deal.created for deal in deals], dtype=np.int64)),
        "closed_at": clock.moment_texts(np.array([deal.closed for deal in deals], dtype=np.int64)),
        "pipeline": ["New business" if deal.kind == "new" else "Customers" for deal in deals],
        "stage": [stage for stage, _outcome in states],
        "outcome": [outcome for _stage, outcome in states],
        "amount": amounts,
        "currency": currencies,
        "kind": [deal.kind for deal in deals],
        "source": [deal.origin.source for deal in deals],
        "channel": [deal.origin.channel for deal in deals],
        "campaign": [deal.origin.campaign for deal in deals],
        "partner": [deal.origin.source if deal.origin.channel == "partner" else "" for deal in deals],
        "referrer": [deal.referrer for deal in deals],
        "lost_reason": [deal.lost_reason for deal in deals],
        "competitor": [deal.competitor for deal in deals],
        "is_tender": [str(deal.tender).lower() for deal in deals],
        "decision_makers_known": [str(deal.known).lower() for deal in deals],
        "owner": [_owner(found, deal) for deal in deals],
    }
    write_sheet(inbox, "Deals", columns, timeline)


def _owner(found: Sales, deal: Deal) -> str:
    people = SALES[found.customers[deal.customer].market]
    return people[deal.customer % len(people)]
