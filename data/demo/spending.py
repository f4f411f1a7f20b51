"""What the department spent beside its ads: invoices, hours of colleagues and experts, discounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.budget import ACTIVITIES, Activity, following, months
from data.demo.clock import Clock
from data.demo.sheets import write_sheet
from data.demo.timeline import Timeline, generator

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

USUAL: Final = (0.86, 1.0)
"""Invoices together come to such a share of what was planned for the month."""
LATEST: Final = 26
"""Nothing is booked after this day of a month."""


def write_expenses(inbox: Path, timeline: Timeline) -> None:
    """Write what was spent in the two years into *inbox*."""
    random, clock = generator("expenses"), Clock(timeline)
    rows = [
        (day, one, amount)
        for month in months(timeline)
        for one in ACTIVITIES
        if month.month in one.months
        for day, amount in _invoices(random, one, month, clock)
        if timeline.first <= day <= timeline.last
    ]
    rows.sort(key=lambda row: row[0])
    columns = {
        "expense_id": [f"E-{9001 + place}" for place in range(len(rows))],
        "spent_on": [day.isoformat() for day, *_rest in rows],
        "process": [one.process for _day, one, _amount in rows],
        "activity": [one.name for _day, one, _amount in rows],
        "channel": [one.channel for _day, one, _amount in rows],
        "supplier": [one.supplier for _day, one, _amount in rows],
        "supplier_kind": [one.supplier_kind for _day, one, _amount in rows],
        "hours": [f"{amount / one.hourly:.1f}" if one.hourly else "" for _day, one, amount in rows],
        "amount": [f"{amount:.2f}" for _day, _one, amount in rows],
        "currency": ["EUR"] * len(rows),
        "funded_by": [one.funded_by for _day, one, _amount in rows],
        "kind": [one.kind for _day, one, _amount in rows],
    }
    write_sheet(inbox, "Expenses", columns, timeline)


def _invoices(random: np.random.Generator, one: Activity, month: date, clock: Clock) -> list[tuple[date, float]]:
    """The invoices of a month, on working days of it."""
    total = one.amount * random.uniform(*USUAL)
    parts = random.dirichlet(np.full(one.invoices, 12.0)) * total
    start = (month - clock.timeline.first).days
    length = min(LATEST, (following(month) - month).days)
    days = clock.workday(start + np.sort(random.integers(0, length, one.invoices))) - start
    return [(month.replace(day=int(day) + 1), float(part)) for day, part in zip(days, parts, strict=True)]
