"""What each KPI is meant to reach: the plan's targets, and which of them is in force on a day.

A target of a KPI that adds up over time (spend, leads) is for a week, the rhythm of reviews; over other periods it
grows with their days. A target of anything else (a rate, a backlog) holds as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from metrics.status import Goal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.period import Period
    from metrics.model import Kpi
    from warehouse.snapshot import Snapshot

WEEK: Final = 7
_TARGETS: Final = """
    SELECT kpi, valid_from, valid_to, dimension, dimension_value,
        CAST(value AS DOUBLE), CAST(low AS DOUBLE), CAST(high AS DOUBLE), set_by, reason, review_on
    FROM targets ORDER BY kpi, valid_from
"""


@dataclass(frozen=True)
class Target:
    """One line of the plan's targets: *goal* for a KPI, or for its rows with one value of a dimension."""

    kpi: str
    valid_from: date
    valid_to: date | None
    dimension: str | None
    dimension_value: str | None
    goal: Goal
    set_by: str | None
    reason: str | None
    review_on: date | None

    def holds(self, day: date) -> bool:
        """Whether it may be in force on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def is_for(self, part: Mapping[str, str]) -> bool:
        """Whether it is for *part*: a dimension with its value, or nothing for the whole."""
        return part == ({self.dimension: self.dimension_value} if self.dimension else {})


def targets(snapshot: Snapshot) -> tuple[Target, ...]:
    """Every target of the plan, the oldest of each KPI first."""
    return tuple(_target(row) for row in snapshot.rows(_TARGETS))


def _target(row: tuple[Any, ...]) -> Target:
    kpi, valid_from, valid_to, dimension, value, *goal, set_by, reason, review_on = row
    return Target(kpi, valid_from, valid_to, dimension, value, Goal(*goal), set_by, reason, review_on)


def in_force(known: Sequence[Target], kpi: Kpi, days: Period, part: Mapping[str, str]) -> Goal | None:
    """The goal of *kpi* for *part* over *days*: the newest that holds on their last day; None where there is none."""
    holding = [t for t in known if t.kpi == kpi.id and t.is_for(part) and t.holds(days.end)]
    if not holding:
        return None
    goal = max(holding, key=lambda target: target.valid_from).goal
    return goal.over(days.days / WEEK) if kpi.accumulates else goal
