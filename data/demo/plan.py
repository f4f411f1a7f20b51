"""The department's own tables: what it decided ahead, and its configuration."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from data.demo.budget import budget_lines
from data.demo.clock import FREE_DAYS, is_free
from data.demo.companies import RATES
from data.demo.files import midnight, save
from data.demo.leads import EARLIER
from data.demo.sheets import csv_bytes
from data.demo.timeline import HAND_OF_WEEKS, WEEK, Timeline, dealt_normal, generator

DEPARTMENT: Final = Path(__file__).parent / "department"
RELATIVE: Final = re.compile(r"(?<![^,\n])@(-?\d+)(?![^,\n])")
"""A cell such as ``@-40``: the day so many days after the last one, here before it."""
THURSDAY, FRIDAY = 3, 4
REGISTERED: Final = 64
CAME: Final = 0.47
ENQUIRIES: Final = 3.1
RATE_LUCK: Final = 0.004


def write_plan(folder: Path, timeline: Timeline) -> None:
    """Write ``kokpit.toml`` into *folder* and the department's tables into its ``plan``."""
    exported = midnight(timeline.last + timedelta(days=1))
    for template in sorted(DEPARTMENT.rglob("*.*")):
        text = template.read_text(encoding="utf-8")
        dated = RELATIVE.sub(lambda found: str(timeline.last + timedelta(days=int(found[1]))), text)
        save(folder / template.relative_to(DEPARTMENT), dated.encode(), exported)
    tables = {
        "budget_lines": budget_lines(timeline),
        "exchange_rates": _exchange_rates(timeline),
        "holidays": _holidays(timeline),
        "kpi_values": _kpi_values(timeline),
    }
    for name, rows in tables.items():
        if rows:
            columns = {column: [row[column] for row in rows] for column in rows[0]}
            save(folder / "plan" / f"{name}.csv", csv_bytes(columns), exported)


def _holidays(timeline: Timeline) -> list[dict[str, str]]:
    """The free days of every year of the timeline, and of the coming one."""
    years = range(timeline.first.year, timeline.last.year + 2)
    return [
        {"day": date(year, month, day).isoformat(), "name": name}
        for year in years
        for (month, day), name in FREE_DAYS.items()
    ]


def _exchange_rates(timeline: Timeline) -> list[dict[str, str]]:
    """What a złoty is worth, week by week, since the oldest deal of the files was opened."""
    days = [timeline.first + timedelta(days=day) for day in range(-EARLIER, timeline.count, WEEK)]
    steps = generator("exchange rates").normal(0, RATE_LUCK, len(days))
    rates = [f"{(1 + step) / RATES['pl']:.4f}" for step in steps.tolist()]
    return [{"day": day.isoformat(), "currency": "PLN", "rate": rate} for day, rate in zip(days, rates, strict=True)]


def _kpi_values(timeline: Timeline) -> list[dict[str, str]]:
    """What the team types by hand: every Friday the enquiries, every Thursday who came to the webinar."""
    random = generator("typed")
    fridays = sum(day.weekday() == FRIDAY for day in timeline.days)
    luck = iter(dealt_normal(random, fridays, HAND_OF_WEEKS).tolist())
    rows: list[dict[str, str]] = []
    for day in timeline.days:
        if day.weekday() == FRIDAY:
            rows.append(_value("press_enquiries", day, round(max(0, ENQUIRIES + next(luck) * ENQUIRIES**0.5))))
        if day.weekday() == THURSDAY and not is_free(day):
            registered = random.poisson(REGISTERED)
            rows.append(_value("webinar_attendance", day, random.binomial(registered, CAME), str(registered)))
    return rows


def _value(kpi: str, day: date, numerator: int, denominator: str = "") -> dict[str, str]:
    return {"kpi": kpi, "day": day.isoformat(), "numerator": str(numerator), "denominator": denominator}
