"""The list of pages: where each script is, its address, its title and its place in the menu."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from core.language import N_

ROOT: Final = Path(__file__).parent.parent


class Entry(NamedTuple):
    """One page. An empty *url_path* is the page that opens first; *group* and *title* are English msgids."""

    path: str
    url_path: str
    title: str
    icon: str
    group: str

    @property
    def script(self) -> Path:
        """The page's script."""
        return ROOT / self.path


COCKPIT: Final = Entry("pages/home/cockpit.py", "", N_("Cockpit"), "🧭", N_("Home"))
CHANNELS: Final = Entry("pages/home/channels.py", "channels", N_("Channels"), "📡", N_("Home"))
PROCESS: Final = Entry("pages/process/process.py", "process", N_("Process"), "📈", N_("Process"))
MAP: Final = Entry("pages/process/map.py", "map", N_("Process map"), "🗺️", N_("Process"))
MEETING: Final = Entry("pages/review/meeting.py", "meeting", N_("Meeting"), "🗣️", N_("Review"))
SOURCES: Final = Entry("pages/trust/sources.py", "sources", N_("Sources"), "📥", N_("Trust"))
DEFINITIONS: Final = Entry("pages/trust/definitions.py", "definitions", N_("Definitions"), "📖", N_("Trust"))

PAGES: Final = (COCKPIT, CHANNELS, PROCESS, MAP, MEETING, SOURCES, DEFINITIONS)
BY_ADDRESS: Final = {entry.url_path: entry for entry in PAGES}


def groups() -> dict[str, list[Entry]]:
    """The pages by the group they belong to, in the menu's order."""
    found: dict[str, list[Entry]] = {}
    for entry in PAGES:
        found.setdefault(entry.group, []).append(entry)
    return found
