"""Targets that hold for the same thing on the same day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.plan.tables import PlanProblem, PlanTable

ONE_DAY = timedelta(days=1)


def overlapping_targets(table: PlanTable) -> Iterator[PlanProblem]:
    """Targets of the same KPI and part that begin while an earlier one, by its own last day, still holds.

    A target without a last day ends where the next one begins; two that begin on one day have the same key.
    """
    found: dict[tuple[Any, ...], list[tuple[date, int]]] = defaultdict(list)
    for index, start in table.values("valid_from"):
        row = table.rows[index]
        found[row.get("kpi"), row.get("dimension"), row.get("dimension_value")].append((start, index))
    ends = dict(table.values("valid_to"))
    for starts in found.values():
        longest: tuple[date, int] | None = None
        for start, together in groupby(sorted(starts), key=itemgetter(0)):
            indexes = [index for _start, index in together]
            if longest and start <= longest[0]:
                yield from (_overlap(table, index, longest[1], start) for index in indexes)
            held = [(ends[index], index) for index in indexes if index in ends]
            longest = max([*held, *([longest] if longest else [])], default=None)


def _overlap(table: PlanTable, index: int, earlier: int, start: date) -> PlanProblem:
    message = _("It begins on {start}, while row {row} holds until {end}.").format(
        start=start, row=table.lines[earlier], end=table.rows[earlier]["valid_to"]
    )
    fix = _("Let row {row} end on {day}, or this one begin later.")
    return table.problem(index, "valid_from", message, fix.format(row=table.lines[earlier], day=start - ONE_DAY))
