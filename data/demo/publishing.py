"""What the department publishes: pillars, what is derived from them, and the articles that it refreshes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.clock import NEVER, Clock
from data.demo.draws import about, pick
from data.demo.sheets import money, write_sheet
from data.demo.sites import SITES
from data.demo.timeline import WEEK, Timeline, dealt, generator

if TYPE_CHECKING:
    from pathlib import Path

PILLARS: Final = (
    ("webinar", "Webinar", 1800.0),
    ("white_paper", "White paper", 2600.0),
    ("report", "Report", 3400.0),
    ("framework", "Framework", 1500.0),
    ("e_book", "E-book", 2900.0),
    ("consultation", "Open consultation", 900.0),
)
PILLAR_EVERY: Final = 56
DERIVED: Final = (("article", "Article", 320.0), ("post", "Post", 60.0), ("landing", "Landing page", 260.0))
DERIVED_SHARES: Final = (0.4, 0.5, 0.1)
DERIVED_WITHIN: Final = 95
JOBS: Final = (
    "Stop typing orders twice",
    "Know what is in stock",
    "Close the month in two days",
    "Replace an old system",
)
EXPERTS: Final = ("Edda Falk", "Marek Olsza", "Aisulu Karim")
AUTHORS: Final = ("Jan Nowak", "Nina Bergström", "Kasia Zielińska")
REFRESH_EVERY: Final = 2 * WEEK
LAST_REFRESH: Final = 5 * WEEK
"""The last refresh is so long before the last Monday: four whole weeks follow it."""
LANGUAGES: Final = ("EN", "PL", "RU")


@dataclass
class Item:
    """One piece, published and refreshed on days counted from the first."""

    number: str
    kind: str
    title: str
    url: str
    published: int
    cost: float
    pillar: str = ""
    refreshed: int = NEVER
    query: str = ""


def _pillars(timeline: Timeline) -> list[Item]:
    """One every eight weeks, and one a while before the first day."""
    clock = Clock(timeline)
    topics = SITES[0].topics
    days = clock.workday(np.arange(PILLAR_EVERY // 2 - PILLAR_EVERY, timeline.count, PILLAR_EVERY))
    found = []
    for place, day in enumerate(days[days < timeline.count].tolist()):
        kind, label, cost = PILLARS[place % len(PILLARS)]
        topic = topics[place * 5 % len(topics)]
        url = f"{SITES[0].address}library/{kind.replace('_', '-')}-{place + 1}/"
        found.append(Item(f"P-{place + 1}", kind, f"{label}: {topic}", url, day, cost, query=topic))
    return found


def _derived(random: np.random.Generator, pillars: list[Item], timeline: Timeline) -> list[Item]:
    """Ten to twenty pieces of each pillar, in the three months after it."""
    clock, found = Clock(timeline), []
    for pillar in pillars:
        count = int(random.integers(11, 20))
        after = np.sort(dealt(random, count, count) * DERIVED_WITHIN).astype(np.int64)
        days = clock.workday(pillar.published + 2 + after).tolist()
        kinds = pick(random, DERIVED, count, DERIVED_SHARES)
        for place, (day, (kind, label, cost)) in enumerate(zip(days, kinds, strict=True), start=1):
            number = f"{pillar.number}-{place}"
            title = f"{label} {place}: {pillar.query}"
            url = f"{SITES[0].address}news/{number.lower()}/"
            found.append(Item(number, kind, title, url, day, cost, pillar=pillar.number, query=pillar.query))
    return [item for item in found if item.published < timeline.count]


def _articles(random: np.random.Generator, timeline: Timeline) -> list[Item]:
    """The guides, cases and articles that Search Console shows, all older than the first day; some were refreshed."""
    found = []
    for site, language in zip(SITES, LANGUAGES, strict=True):
        pages = [page for page in site.pages if any(f"/{kind}/" in page for kind in ("guide", "case", "blog"))]
        days = random.integers(-700, -30, len(pages)).tolist()
        costs = about(random, 300, 0.2, len(pages)).tolist()
        items = []
        for place, (page, day, cost) in enumerate(zip(pages, days, costs, strict=True)):
            title = page.removeprefix(site.address).rstrip("/").replace("/", ": ").replace("-", " ").capitalize()
            query = site.topics[place % len(site.topics)]
            items.append(Item(f"{language}-{place + 1:03d}", "article", title, page, day, cost, query=query))
        _refresh(random, items, timeline)
        found += items
    return found


def _refresh(random: np.random.Generator, items: list[Item], timeline: Timeline) -> None:
    """Refresh an article on every other Monday, since Search Console's rows of pages are by week."""
    last = timeline.count - 1 - timeline.last.weekday() - LAST_REFRESH
    mondays = Clock(timeline).workday(np.arange(last, 0, -REFRESH_EVERY)).tolist() if last > 0 else []
    for day, place in zip(mondays, random.permutation(len(items)).tolist(), strict=False):
        items[place].refreshed = day


def write_content(inbox: Path, timeline: Timeline) -> None:
    """Write the list of everything published into *inbox*."""
    random, clock = generator("content"), Clock(timeline)
    pillars = _pillars(timeline)
    items = [*_articles(random, timeline), *pillars, *_derived(random, pillars, timeline)]
    items.sort(key=lambda item: (item.published, item.number))
    count = len(items)
    columns = {
        "content_id": [item.number for item in items],
        "title": [item.title for item in items],
        "url": [item.url for item in items],
        "kind": [item.kind for item in items],
        "pillar": [item.pillar for item in items],
        "expert": pick(random, EXPERTS, count),
        "author": pick(random, AUTHORS, count),
        "published_on": clock.day_texts(np.array([item.published for item in items], dtype=np.int64)),
        "refreshed_on": clock.day_texts(np.array([item.refreshed for item in items], dtype=np.int64)),
        "target_query": [item.query for item in items],
        "customer_job": pick(random, JOBS, count),
        "cost": money([item.cost for item in items]),
        "currency": ["EUR"] * count,
    }
    write_sheet(inbox, "Content", columns, timeline)
