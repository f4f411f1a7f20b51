"""What the department spent beside its ads: invoices, hours of colleagues and experts, discounts."""

from __future__ import annotations

from datetime import timedelta
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
"""A month comes to such a share of what was planned for it."""
FRIDAY: Final = 4


def write_expenses(inbox: Path, timeline: Timeline) -> None:
    """Write what was spent in the two years into *inbox*."""
    random, clock = generator("expenses"), Clock(timeline)
    rows = [
        (day, one, amount)
        for month in months(timeline)
        for days in [_bookings(month, clock)]
        for one in ACTIVITIES
        if month.month in one.months
        for day, amount in _booked(random, one, month, days)
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


def _bookings(month: date, clock: Clock) -> list[date]:
    """The last working day of each week of a month, and of the month."""
    after = following(month)
    ends = [month + timedelta(days=day + 1) for day in range((after - month).days)]
    ends = [day for day in ends if (day - timedelta(days=1)).weekday() == FRIDAY or day == after]
    days = clock.workday_before(np.array([(day - clock.timeline.first).days for day in ends])).tolist()
    found = [clock.timeline.first + timedelta(days=day) for day in days]
    return sorted({day for day in found if day >= month})


def _booked(random: np.random.Generator, one: Activity, month: date, days: list[date]) -> list[tuple[date, float]]:
    """What is booked in a month: week by week what the days since the last booking come to, or all at its end."""
    total = one.amount * random.uniform(*USUAL)
    if not one.weekly:
        return [(days[-1], total)]
    covered = np.diff([0, *(day.day for day in days[:-1]), (following(month) - month).days])
    return list(
        zip(days, (total * covered / covered.sum() * random.lognormal(0, 0.06, len(days))).tolist(), strict=True)
    )
