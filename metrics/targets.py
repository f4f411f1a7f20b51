"""What each KPI is meant to reach: the plan's targets, and which of them is in force on a day.

A target of a KPI that adds up over time (spend, leads) is for a week, the rhythm of reviews; over other periods it
grows with their days, each day by the target that held on it. A target of anything else (a rate, a backlog) holds as it
is: the one of the period's last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.period import DAY, Period
from metrics.own import PERCENT, is_typed_as_percent, own_kpis
from metrics.status import Aims, Goal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

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
    """Every target of the plan, the oldest of each KPI first. Where values are typed as 40 for 40 %, so are targets."""
    hundredths = {kpi.id for kpi in own_kpis(snapshot).kpis.values() if is_typed_as_percent(kpi)}
    return tuple(_target(row, in_percent=row[0] in hundredths) for row in snapshot.rows(_TARGETS))


def _target(row: tuple[Any, ...], *, in_percent: bool) -> Target:
    kpi, valid_from, valid_to, dimension, value, *ends, set_by, reason, review_on = row
    goal = Goal(*(end * PERCENT if in_percent and end is not None and end > 1 else end for end in ends))
    return Target(kpi, valid_from, valid_to, dimension, value, goal, set_by, reason, review_on)


def in_force(known: Sequence[Target], kpi: Kpi, days: Period, part: Mapping[str, str]) -> Goal | None:
    """The goal of *kpi* for *part* over *days*: the newest that holds on their last day; None where there is none."""
    return _in_force(_of(known, kpi, part), kpi, days)


def aims(known: Sequence[Target], kpi: Kpi, now: Period, periods: Sequence[Period], part: Mapping[str, str]) -> Aims:
    """The goal of *kpi* for *part* over *now*, and over each of *periods* by the target that held in it."""
    own = _of(known, kpi, part)
    each = tuple(_in_force(own, kpi, days) for days in periods)
    newest = {_newest(own, days.end) for days in periods} - {None}
    return Aims(_in_force(own, kpi, now), each, moved=len({target.goal for target in newest if target}) > 1)


def _of(known: Sequence[Target], kpi: Kpi, part: Mapping[str, str]) -> list[Target]:
    return [target for target in known if target.kpi == kpi.id and target.is_for(part)]


def _newest(own: Sequence[Target], day: date) -> Target | None:
    return max((t for t in own if t.holds(day)), key=lambda target: target.valid_from, default=None)


def _in_force(own: Sequence[Target], kpi: Kpi, days: Period) -> Goal | None:
    newest = _newest(own, days.end)
    if newest is None or not kpi.accumulates:
        return newest.goal if newest else None
    held = [(_newest(own, piece.start), piece.days) for piece in _cut(own, days)]
    return _added([(target.goal if target and _is_like(target, newest) else newest.goal, n) for target, n in held])


def _is_like(one: Target, other: Target) -> bool:
    """Whether both have the same ends, so that they can be added up."""
    ends = ((target.goal.value is None, target.goal.low is None, target.goal.high is None) for target in (one, other))
    return next(ends) == next(ends)


def _cut(own: Sequence[Target], days: Period) -> list[Period]:
    """*days* where one of the targets *own* starts or ends."""
    after = {target.valid_from for target in own} | {t.valid_to + DAY for t in own if t.valid_to}
    starts = [days.start, *sorted(day for day in after if days.start < day <= days.end)]
    ends = [*(day - DAY for day in starts[1:]), days.end]
    return [Period(start, end) for start, end in zip(starts, ends, strict=True)]


def _added(pieces: Sequence[tuple[Goal, int]]) -> Goal:
    """The goals of a week, each over so many days, added up."""
    each = [goal.over(days / WEEK) for goal, days in pieces]
    ends = zip(*((goal.value, goal.low, goal.high) for goal in each), strict=True)
    return Goal(*(None if None in parts else sum(part for part in parts if part is not None) for parts in ends))
