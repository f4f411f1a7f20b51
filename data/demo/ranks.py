"""SE Ranking's weekly export of keyword positions: two columns for each day, a line above them naming the engine."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.changes import Lever, multiplier
from data.demo.files import midnight, save
from data.demo.searches import BETTER_POSITION
from data.demo.sites import SITES, Site
from data.demo.text import cell
from data.demo.timeline import Counts, Timeline, generator

if TYPE_CHECKING:
    from pathlib import Path

ENGINES: Final = ("Google United Kingdom", "Google Poland")
KEYWORDS: Final = 45
DEEPEST: Final = 100
"""Positions beyond this one are not looked for."""


def _positions(site: Site, timeline: Timeline, days: list[int]) -> Counts:
    """The position of each keyword (row) on each of *days* (column): its own level, and a little luck."""
    random = generator("ranks", site.name)
    level = np.minimum(random.lognormal(2.35, 0.8, KEYWORDS), 1.3 * DEEPEST)
    better = (multiplier(Lever.ORGANIC_CLICKS, site.name, timeline) > 1) * BETTER_POSITION
    luck = random.lognormal(0, 0.09, (KEYWORDS, len(days)))
    return np.maximum(1, np.rint(level[:, None] * luck - better[days])).astype(np.int64)


def write_ranks(inbox: Path, timeline: Timeline) -> None:
    """Write one file per tracked site into *inbox*, checked on Mondays."""
    days = [index for index, weekday in enumerate(timeline.weekdays.tolist()) if weekday == 0]
    exported = timeline.last + timedelta(days=1)
    for site, engine in zip(SITES, ENGINES, strict=False):
        if not days:
            continue
        found = _positions(site, timeline, days)
        volumes = np.rint(generator("volumes", site.name).lognormal(5.2, 0.9, KEYWORDS) / 10).astype(np.int64) * 10
        heads = [head for day in days for head in (timeline.texts[day], "Dynamics")]
        lines = [f'"{engine}, interface language: English"', ",".join(["Keyword", "Search volume", "URL", *heads])]
        for place, keyword in enumerate(site.queries[len(site.brand) :][:KEYWORDS]):
            page = site.pages[1 + place % (len(site.pages) - 1)]
            lines.append(",".join([cell(keyword), str(volumes[place]), page, *_cells(found[place])]))
        stem = site.name.replace("https://", "").strip("/").replace("/", "_")
        name = f"{stem}-rankings-{exported}.csv"
        save(inbox / name, b"\xef\xbb\xbf" + ("\n".join(lines) + "\n").encode(), midnight(exported))


def _cells(positions: Counts) -> list[str]:
    """Position and change since the week before, for each day."""
    steps = -np.diff(positions, prepend=positions[:1])
    return [
        text
        for position, step in zip(positions.tolist(), steps.tolist(), strict=True)
        for text in (str(position) if position <= DEEPEST else "-", str(step))
    ]
