"""The list of pages: where each script is, its address, its title and its place in the menu."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from core.language import N_

ROOT: Final = Path(__file__).parent.parent


class Entry(NamedTuple):
    """One page. An empty *url_path* is the page that opens first; *group* and *title* are English msgids.

    One that is not *listed* in the menu is reached from another page; *bar* tells whether the shared period and filters
    stand above it.
    """

    path: str
    url_path: str
    title: str
    icon: str
    group: str
    listed: bool = True
    bar: bool = True

    @property
    def script(self) -> Path:
        """The page's script."""
        return ROOT / self.path


COCKPIT: Final = Entry("pages/home/cockpit.py", "", N_("Cockpit"), "🧭", N_("Home"))
CHANNELS: Final = Entry("pages/home/channels.py", "channels", N_("Channels"), "📡", N_("Home"))
PROCESS: Final = Entry("pages/process/process.py", "process", N_("Process"), "📈", N_("Process"))
MAP: Final = Entry("pages/process/map.py", "map", N_("Process map"), "🗺️", N_("Process"))
MEETING: Final = Entry("pages/review/meeting.py", "meeting", N_("Meeting"), "🗣️", N_("Review"), bar=False)
PREPARE: Final = Entry("pages/review/prepare.py", "prepare", N_("My preparation"), "✍️", N_("Review"), bar=False)
READY: Final = Entry("pages/review/readiness.py", "readiness", N_("Readiness"), "🗓️", N_("Review"), bar=False)
ACTIONS: Final = Entry("pages/review/actions.py", "actions", N_("Actions"), "✅", N_("Review"), bar=False)
HISTORY: Final = Entry("pages/review/history.py", "history", N_("History"), "🗂️", N_("Review"), bar=False)
REVISION: Final = Entry(
    "pages/review/revision.py", "review", N_("Presented and now"), "🔁", N_("Review"), listed=False, bar=False
)
SOURCES: Final = Entry("pages/trust/sources.py", "sources", N_("Sources"), "📥", N_("Trust"))
DEFINITIONS: Final = Entry("pages/trust/definitions.py", "definitions", N_("Definitions"), "📖", N_("Trust"))

PAGES: Final = (
    COCKPIT,
    CHANNELS,
    PROCESS,
    MAP,
    MEETING,
    PREPARE,
    READY,
    ACTIONS,
    HISTORY,
    REVISION,
    SOURCES,
    DEFINITIONS,
)
BY_ADDRESS: Final = {entry.url_path: entry for entry in PAGES}


def groups() -> dict[str, list[Entry]]:
    """The pages by the group they belong to, in the menu's order."""
    found: dict[str, list[Entry]] = {}
    for entry in PAGES:
        found.setdefault(entry.group, []).append(entry)
    return found
