"""Whose numbers are shown: the reader's own, or the demonstration's while there are none."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.config import Home, demo_home, user_home
from warehouse.snapshot import Snapshot, open_snapshot


@dataclass(frozen=True)
class Shown:
    """The home on screen and the snapshot of its warehouse that this run of the page reads throughout."""

    home: Home
    is_demo: bool
    snapshot: Snapshot
    answers: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What `ui.queries.remember` has given in this run already."""

    @property
    def generation(self) -> int:
        """The number of the snapshot; 0 while nothing is loaded."""
        return self.snapshot.generation


def shown() -> Shown:
    """The reader's own home, or the demonstration while the own one is empty and the demonstration is built."""
    own, demo = user_home(), demo_home()
    if own.is_empty and not demo.is_empty:
        return Shown(demo, is_demo=True, snapshot=open_snapshot(demo.warehouse))
    return Shown(own, is_demo=False, snapshot=open_snapshot(own.warehouse))
