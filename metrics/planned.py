"""The processes as the plan names, orders and owns them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.language import _
from metrics.processes import PROCESSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.snapshot import Snapshot

_PLAN: Final = """
    SELECT process_id, processes.name, coalesce(people.name, processes.owner), coalesce(processes.active, true),
        processes.purpose
    FROM processes LEFT JOIN people ON people.person_id = processes.owner
    ORDER BY processes."order" NULLS LAST, process_id
"""


class Planned(NamedTuple):
    """What the plan says of a process."""

    name: str | None = None
    owner: str | None = None
    active: bool = True
    purpose: str | None = None


def planned(snapshot: Snapshot) -> Mapping[str, Planned]:
    """What the plan says of each process, in its order; of those it does not know nothing, after them."""
    plan = {row[0]: Planned(*row[1:]) for row in snapshot.rows(_PLAN)}
    return {**plan, **{name: Planned() for name in PROCESSES if name not in plan}}


def process_name(plan: Mapping[str, Planned], process: str) -> str:
    """What *process* is called: as the *plan* says, else in the reader's language."""
    known = PROCESSES.get(process)
    return _(plan.get(process, Planned()).name or (known.name if known else process))
