"""The processes as the plan names, orders, owns and describes them; where it is silent, as Kokpit's own list does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.language import N_, _
from metrics.processes import PROCESSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metrics.processes import Process
    from warehouse.snapshot import Snapshot

MAIN: Final = {"acquisition": N_("Winning and growing customers")}
"""What the processes are called that Kokpit's own are part of."""
_PLAN: Final = """
    SELECT process_id, processes.name, parent, coalesce(people.name, processes.owner), purpose, starts_with, ends_with,
        coalesce(nullif(procedure_url, ''), (SELECT min(title) FROM procedures WHERE process = process_id)) IS NOT NULL,
        coalesce(processes.active, true)
    FROM (SELECT *, row_number() OVER () AS place FROM processes) AS processes
    LEFT JOIN people ON people.person_id = processes.owner
    ORDER BY processes."order" NULLS LAST, place
"""


@dataclass(frozen=True)
class Planned:
    """One process; *given* by the plan, or only known to Kokpit."""

    id: str
    name: str
    parent: str = ""
    owner: str = ""
    purpose: str = ""
    starts_with: str = ""
    ends_with: str = ""
    has_procedure: bool = False
    active: bool = True
    given: bool = False


def planned(snapshot: Snapshot) -> Mapping[str, Planned]:
    """Every process by its id, in the reader's language: the plan's in their order, then those that Kokpit knows."""
    rows = snapshot.rows(_PLAN)
    nested = any(row[2] for row in rows)
    mine = [_planned(row, nested=nested) for row in rows]
    named = {each.id for each in mine}
    rest = [_known(process) for process in PROCESSES.values() if process.id not in named]
    # A parent that nobody described still has to be drawn.
    parents = {each.parent for each in (*mine, *rest)} & MAIN.keys() - named
    mains = [Planned(name, _(MAIN[name])) for name in sorted(parents)]
    return {each.id: each for each in (*mains, *mine, *rest)}


def _planned(row: tuple[Any, ...], *, nested: bool) -> Planned:
    """A process of the plan; a plan that names no parents at all leaves them to Kokpit."""
    name, title, parent, owner, purpose, starts_with, ends_with, has_procedure, active = row
    known = PROCESSES.get(name)
    return Planned(
        id=name,
        name=_(title or (known.name if known else MAIN.get(name, name))),
        parent=parent or ("" if nested or known is None else known.parent or ""),
        owner=owner or "",
        purpose=_(purpose or (known.purpose if known else "")),
        starts_with=starts_with or "",
        ends_with=ends_with or "",
        has_procedure=has_procedure,
        active=active,
        given=True,
    )


def _known(process: Process) -> Planned:
    return Planned(process.id, _(process.name), process.parent or "", purpose=_(process.purpose))
