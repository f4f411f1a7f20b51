"""Search Console downloads: a zip of seven small tables for each quarter, and for each of the last weeks or months.

Search Console shows sixteen months. Of the downloads from before, the department kept the days alone, unpacked.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.files import Period, midnight, save
from data.demo.searches import Traffic, by_page, by_query, by_share, daily_traffic
from data.demo.sites import SITES, Site
from data.demo.text import cell, day_text, short
from data.demo.timeline import WEEK, generator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from data.demo.timeline import Timeline

WEEKLY_EXPORTS: Final = 13
DOWNLOAD_DELAY: Final = 4
ROW_LIMIT: Final = 1000
SIXTEEN_MONTHS: Final = timedelta(days=487)
DEVICE_SHARES: Final = (0.66, 0.31, 0.03)
APPEARANCE_SHARE: Final = 0.12


def periods(timeline: Timeline, *, weekly: bool = True) -> list[Period]:
    """Quarters, then the last thirteen weeks by week (Monday to Sunday) or by month; ends may be shorter."""
    monday = timeline.last - timedelta(days=timeline.last.weekday() + WEEK * (WEEKLY_EXPORTS - 1))
    found, first = [], timeline.first
    while first <= timeline.last:
        last = min(_end(first, monday, weekly=weekly), timeline.last)
        found.append(Period(first, last))
        first = last + timedelta(days=1)
    return found


def _end(first: date, monday: date, *, weekly: bool) -> date:
    if first >= monday and weekly:
        return first + timedelta(days=WEEK - 1 - first.weekday())
    months = 1 if first >= monday else (3 - (first.month - 1) % 3)
    following = first.replace(day=1)
    for _ in range(months):
        following = (following + timedelta(days=32)).replace(day=1)
    return (following if first >= monday else min(following, monday)) - timedelta(days=1)


def downloads(timeline: Timeline, *, weekly: bool) -> list[tuple[Period, date]]:
    """Each period with the day it was downloaded: when its numbers were final, or at the end if that comes first."""
    found = periods(timeline, weekly=weekly)
    ends = [timeline.last + timedelta(days=1 - left) for left in reversed(range(len(found)))]
    days = [min(period.last + timedelta(days=DOWNLOAD_DELAY), end) for period, end in zip(found, ends, strict=True)]
    return list(zip(found, days, strict=True))


def _lines(keys: Sequence[str], traffic: Traffic) -> list[str]:
    rows = zip(keys, traffic.clicks.tolist(), traffic.impressions.tolist(), traffic.position.tolist(), strict=True)
    return [
        f"{cell(key)},{clicks},{shown}," + (f"{short(clicks / shown * 100)}%,{short(position)}" if shown else ",")
        for key, clicks, shown, position in rows
    ]


def _ranked(keys: Sequence[str], traffic: Traffic) -> list[str]:
    order = np.lexsort((-traffic.impressions, -traffic.clicks))
    order = order[traffic.impressions[order] > 0][:ROW_LIMIT]
    ranked = Traffic(traffic.clicks[order], traffic.impressions[order], traffic.position[order])
    return _lines([keys[place] for place in order.tolist()], ranked)


def _filters(site: Site, period: Period) -> list[str]:
    wording = site.wording
    header, search_type, label = wording.filters
    first, last = (day_text(day, wording.months, wording.year_suffix) for day in period)
    return [",".join(header), search_type, f"{label},{first}-{last}"]


def chart(site: Site, days: Sequence[str], traffic: Traffic) -> str:
    """The table of the days of one download, without a line end at its end."""
    header = ",".join([site.wording.keys[0], *site.wording.metrics])
    return "\n".join([header, *_lines(days, traffic)])


def tables(site: Site, period: Period, days: Sequence[str], traffic: Traffic) -> dict[str, str]:
    """The seven tables of one download by file name, none of them with a line end at its end."""
    wording = site.wording
    random = generator("search tables", site.name, period.first.isoformat())
    totals = traffic.totals
    countries = np.array([0.5**place for place in range(len(wording.countries))])
    part = (round(totals[0] * APPEARANCE_SHARE), round(totals[1] * APPEARANCE_SHARE), totals[2])
    appearances = by_share(part, np.ones(len(wording.appearances)), random) if wording.appearances else None
    bodies = (
        _ranked(site.queries, by_query(site, totals, random)),
        _ranked(site.pages, by_page(site, totals, random)),
        _ranked(wording.countries, by_share(totals, countries, random)),
        _ranked(wording.devices, by_share(totals, np.array(DEVICE_SHARES), random)),
        _ranked(wording.appearances, appearances) if appearances else [],
    )
    headers = [",".join([key, *wording.metrics]) for key in wording.keys[1:]]
    texts = ["\n".join([header, *body]) for header, body in zip(headers, bodies, strict=True)]
    texts = [chart(site, days, traffic), *texts, "\n".join(_filters(site, period))]
    return {f"{name}.csv": text for name, text in zip(wording.files, texts, strict=True)}


def archive(members: dict[str, str], downloaded: datetime) -> bytes:
    """The tables as one zip, every member dated *downloaded*."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            member = zipfile.ZipInfo(name, downloaded.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, text.encode())
    return content.getvalue()


def write_search_console(inbox: Path, timeline: Timeline) -> None:
    """Write every site's downloads into *inbox*."""
    for site in SITES:
        whole = daily_traffic(site, timeline)
        for period, downloaded in downloads(timeline, weekly=site.weekly):
            first, last = timeline.index(period.first), timeline.index(period.last)
            days, traffic = timeline.texts[first : last + 1], whole.between(first, last)
            place = inbox / f"{site.zip_stem}-Performance-on-Search-{downloaded}"
            if period.last < timeline.last - SIXTEEN_MONTHS:
                place.mkdir()
                file, content = place / f"{site.wording.files[0]}.csv", chart(site, days, traffic).encode()
            else:
                members = tables(site, period, days, traffic)
                file, content = inbox / f"{place.name}.zip", archive(members, midnight(downloaded))
            save(file, content, midnight(downloaded))
