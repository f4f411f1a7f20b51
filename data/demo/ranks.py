"""Semrush's export of tracked positions: four columns for each day, checked every Monday."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.changes import Lever, multiplier
from data.demo.files import midnight, save
from data.demo.searches import BETTER_POSITION
from data.demo.sites import SITES, Site
from data.demo.timeline import Counts, Timeline, generator

if TYPE_CHECKING:
    from pathlib import Path

DOMAINS: Final = ("brightwater.example", "brightwater-group.example")
KEYWORDS: Final = 45
DEEPEST: Final = 100
"""Positions beyond this one are not looked for."""
DASHES: Final = "-" * 40
MONDAY: Final = 0


def write_ranks(inbox: Path, timeline: Timeline) -> None:
    """Write one file per tracked domain into *inbox*."""
    days = np.nonzero(timeline.weekdays == MONDAY)[0].tolist()
    exported = timeline.last + timedelta(days=1)
    # The third site shares its domain with the second, and is tracked in no tool.
    for site, domain in zip(SITES, DOMAINS, strict=False):
        if days:
            lines = [*_above(domain, timeline, days), *_table(site, domain, timeline, days)]
            name = f"{exported:%Y%m%d}_position_tracking_{domain}.csv.xls"
            save(inbox / name, ("\n".join(lines) + "\n").encode(), midnight(exported))


def _above(domain: str, timeline: Timeline, days: list[int]) -> list[str]:
    period = f"Period: {timeline.texts[days[0]]} - {timeline.texts[days[-1]]}"
    return [DASHES, "Report: Position Tracking: Overview", f"Domain: *.{domain}/*", period, DASHES, ""]


def _table(site: Site, domain: str, timeline: Timeline, days: list[int]) -> list[str]:
    """The header and a line for each keyword."""
    found = _positions(site, timeline, days)
    volumes = np.rint(generator("volumes", site.name).lognormal(5.2, 0.9, KEYWORDS)).astype(np.int64) * 10
    dated = [
        f"*.{domain}/*_{timeline.days[day]:%Y%m%d}{part}"
        for day in days
        for part in ("", "_type", "_landing", "_difference")
    ]
    lines = [";".join(["Keyword", "Tags", "Intents", "CPC", "Search Volume", "Keyword Difficulty", *dated])]
    for place, keyword in enumerate(site.queries[len(site.brand) :][:KEYWORDS]):
        page = site.pages[1 + place % (len(site.pages) - 1)]
        difficulty = 15 + place * 37 % 60
        about = [keyword, "", "informational", "1.20", str(volumes[place]), str(difficulty)]
        lines.append(";".join([*about, *_cells(found[place], page)]))
    return lines


def _positions(site: Site, timeline: Timeline, days: list[int]) -> Counts:
    """The position of each keyword (row) on each of *days* (column): its own level, and a little luck."""
    random = generator("ranks", site.name)
    level = random.lognormal(2.35, 0.8, KEYWORDS)
    better = (multiplier(Lever.ORGANIC_CLICKS, site.name, timeline) > 1) * BETTER_POSITION
    luck = random.lognormal(0, 0.09, (KEYWORDS, len(days)))
    return np.maximum(1, np.rint(level[:, None] * luck - better[days])).astype(np.int64)


def _cells(positions: Counts, page: str) -> list[str]:
    """Position, kind of result, page, and the change since the week before, for each day."""
    steps = -np.diff(positions, prepend=positions[:1])
    return [
        cell
        for position, step in zip(positions.tolist(), steps.tolist(), strict=True)
        for cell in ((str(position), "organic", page, str(step)) if position <= DEEPEST else ("-",) * 4)
    ]
