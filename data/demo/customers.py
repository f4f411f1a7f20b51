"""The customer base, and what customers bought."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from data.demo.clock import DAY, NEVER, Clock
from data.demo.companies import CURRENCIES, RATES, SALES, industry
from data.demo.deals import Customer, Sales, sales
from data.demo.draws import about, chance, pick
from data.demo.sheets import money, write_sheet
from data.demo.timeline import Timeline, generator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KNOWN: Final = (("has_email", 0.96), ("has_phone", 0.86), ("has_industry", 0.79), ("has_role", 0.68))
KEY_ACCOUNTS: Final = 0.18
TWICE: Final = 7
"""So many companies have two cards."""
REPEAT: Final = 0.011
"""How often a customer orders something on a working day."""
LINES: Final = {
    "new": (("Integration project", 0.78), ("Support plan", 0.22)),
    "upsell": (("Additional connector", 1.0),),
    "cross_sell": (("Monitoring", 0.6), ("Training", 0.4)),
    "renewal": (("Support plan", 1.0),),
}
SETTLED: Final = 14
"""A new customer orders nothing further for so many days."""
MARGIN: Final = (0.3, 0.52)
REPEATED: Final = (
    ("Support hours", 110.0, 12.0),
    ("Training", 950.0, 1.6),
    ("Additional connector", 2400.0, 1.0),
    ("Monitoring", 380.0, 3.0),
)
"""What is ordered again: its price, and about how many at once."""


def _status(customer: Customer, timeline: Timeline) -> str:
    if customer.since == NEVER:
        return "potential"
    return "existing" if customer.is_customer(timeline.count - 1) else "former"


def write_customers(inbox: Path, timeline: Timeline) -> None:
    """Write the cards of all companies into *inbox*; some have two."""
    random, clock, found = generator("customer cards"), Clock(timeline), sales(timeline)
    cards = found.customers + [
        Customer(one.name, one.market) for one in found.customers[:: len(found.customers) // TWICE]
    ]
    count = len(cards)
    existing = np.array([_status(card, timeline) == "existing" for card in cards])
    keys = existing & chance(random, count, KEY_ACCOUNTS)
    spoken = np.where(keys, about(random, 95, 0.8, count), about(random, 260, 0.9, count))
    touched = np.minimum(spoken, about(random, 400, 0.7, count))
    columns = {
        "customer_id": [found.number(place) for place in range(count)],
        "name": [card.name for card in cards],
        "segment": [industry(card.name) for card in cards],
        "status": [_status(card, timeline) for card in cards],
        "since": clock.day_texts(np.array([card.since for card in cards], dtype=np.int64)),
        "key_account": [str(key).lower() for key in keys.tolist()],
        "owner": [SALES[card.market][place % len(SALES[card.market])] for place, card in enumerate(cards)],
        "last_marketing_contact_on": clock.day_texts(timeline.count - 1 - spoken.astype(np.int64)),
        "updated_on": clock.day_texts(timeline.count - 1 - touched.astype(np.int64)),
    }
    for column, share in KNOWN:
        columns[column] = [str(known).lower() for known in chance(random, count, share).tolist()]
    write_sheet(inbox, "Customers", columns, timeline)


class Line(NamedTuple):
    """A line of an order, in euro; the lines of a customer on one day are one order."""

    day: int
    customer: int
    product: str
    quantity: int
    amount: float


def write_orders(inbox: Path, timeline: Timeline) -> None:
    """Write what customers bought in the two years into *inbox*, line by line."""
    random, clock, found = generator("orders"), Clock(timeline), sales(timeline)
    lines = sorted(_ordered(random, found, clock) + _ordered_again(random, found, clock))
    orders = [[*group] for _key, group in groupby(lines, key=lambda line: line[:2])]
    markets = [found.customers[line.customer].market for line in lines]
    amounts = np.array([line.amount * RATES[market] for line, market in zip(lines, markets, strict=True)])
    margins = amounts * random.uniform(*MARGIN, len(lines))
    columns: dict[str, Sequence[object]] = {
        "order_id": [f"O-{8001 + place}" for place, order in enumerate(orders) for _line in order],
        "line": [number for order in orders for number, _line in enumerate(order, start=1)],
        "customer_id": [found.number(line.customer) for line in lines],
        "ordered_on": clock.day_texts(np.array([line.day for line in lines], dtype=np.int64)),
        "product": [line.product for line in lines],
        "quantity": [line.quantity for line in lines],
        "amount": money(amounts.tolist()),
        "margin": money(margins.tolist()),
        "currency": [CURRENCIES[market] for market in markets],
    }
    write_sheet(inbox, "Orders", columns, timeline)


def _ordered(random: np.random.Generator, found: Sales, clock: Clock) -> list[Line]:
    """The orders that won deals became, a few days after."""
    won = [deal for deal in found.deals if deal.won and 0 <= deal.closed < clock.end]
    closed = np.array([deal.closed // DAY for deal in won], dtype=np.int64)
    days = clock.workday(closed, random.integers(0, 4, len(won))).tolist()
    return [
        Line(day, deal.customer, product, 1, deal.amount * share)
        for deal, day in zip(won, days, strict=True)
        for product, share in LINES[deal.kind]
        if day < clock.timeline.count
    ]


def _ordered_again(random: np.random.Generator, found: Sales, clock: Clock) -> list[Line]:
    """What customers order without a deal."""
    there = [number for number, customer in enumerate(found.customers) if customer.since < NEVER]
    since = np.array([found.customers[number].since + SETTLED for number in there])
    left = np.array([found.customers[number].left for number in there])
    days = np.nonzero(clock.is_workday(np.arange(clock.timeline.count)))[0]
    buys = (random.random((len(days), len(there))) < REPEAT) & (days[:, None] >= since) & (days[:, None] < left)
    at, who = np.nonzero(buys)
    products = pick(random, REPEATED, len(at), (0.4, 0.22, 0.16, 0.22))
    lines = []
    for day, place, (product, price, usual) in zip(days[at].tolist(), who.tolist(), products, strict=True):
        quantity = 1 + int(random.poisson(usual - 1))
        lines.append(Line(day, there[place], product, quantity, price * quantity))
    return lines
