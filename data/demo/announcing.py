"""News releases of the department's company and its competitors, and the mailings to its contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.changes import MIXED_MAILING
from data.demo.clock import Clock
from data.demo.companies import COMPETITORS
from data.demo.draws import arrivals, pick
from data.demo.sheets import write_sheet
from data.demo.timeline import WEEK, Counts, Series, Timeline, generator

if TYPE_CHECKING:
    from pathlib import Path

OWN: Final = "Brightwater Integration"
TELLS: Final = {
    "project_closed": "Project finished for a {}",
    "product": "New connector for {}",
    "analytics": "Study on {}",
    "special_project": "Open day about {}",
    "year_results": "The year in figures: {}",
    "event": "Meet us: {}",
    "partnership": "New partner for {}",
    "appointment": "New head of {}",
    "new_direction": "New service: {}",
    "project_start": "Project begun for a {}",
    "tender_win": "Tender won: {}",
    "rating": "Among the best in {}",
}
SUBJECTS: Final = (
    "wholesaler",
    "furniture maker",
    "pharmacy chain",
    "logistics company",
    "food producer",
    "shop chain",
)
THEMES: Final = ("warehouses", "web shops", "customer data", "invoicing", "spare parts", "supply chains")
OF_COMPANIES: Final = frozenset({"project_closed", "project_start"})
WEEKLY: Final = (2.4, 1.9, 1.5, 1.3)
SHARES: Final = (
    (16, 9, 6, 4, 1, 24, 16, 4, 5, 6, 4, 5),
    (8, 6, 1, 0, 1, 34, 20, 6, 6, 8, 5, 5),
    (30, 8, 6, 14, 2, 10, 8, 2, 3, 8, 4, 5),
    (14, 14, 2, 4, 1, 22, 18, 5, 4, 6, 4, 6),
)
CHANNELS: Final = ("own site", "trade press", "social media")

CONTACTS: Final = {"existing": 640.0, "potential": 4200.0}
TOPICS: Final = {
    "existing": ("What is new in your system", "Tips for support", "Customer webinar"),
    "potential": ("From our library", "Case of the month", "Webinar invitation"),
}
MESSENGER: Final = 6
"""Every so many mailings one goes to a messenger."""


def write_news(inbox: Path, timeline: Timeline) -> None:
    """Write the releases of all four companies into *inbox*, as the department notes them."""
    random, clock = generator("news"), Clock(timeline)
    rows: list[tuple[str, str, str, str, str, int]] = []
    for company, weekly, shares in zip((OWN, *COMPETITORS), WEEKLY, SHARES, strict=True):
        days = clock.workday(arrivals(random, timeline, weekly))
        days = days[days < timeline.count]
        kinds = pick(random, tuple(TELLS), len(days), shares)
        luck, pickups = random.random(len(days)), random.poisson(2.6, len(days)).tolist()
        channels = pick(random, CHANNELS, len(days), (0.4, 0.35, 0.25))
        for place, (day, kind) in enumerate(zip(clock.day_texts(days), kinds, strict=True)):
            about_what = SUBJECTS if kind in OF_COMPANIES else THEMES
            title = f"{TELLS[kind].format(about_what[int(luck[place] * len(about_what))])} ({place + 1})"
            rows.append((company, day, title, kind, channels[place], pickups[place]))
    names = ("company", "published_on", "title", "kind", "channel", "pickups")
    columns: dict[str, list[object]] = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    write_sheet(inbox, "News releases", columns, timeline)


def _sendings(timeline: Timeline) -> list[tuple[int, str, str, str]]:
    """Day, segment, subject and channel of every mailing."""
    clock = Clock(timeline)
    found = []
    for start, segment in zip((2, 5), CONTACTS, strict=True):
        days = clock.workday(np.arange(start, timeline.count, WEEK)).tolist()
        for place, day in enumerate(days):
            topic = TOPICS[segment][place % len(TOPICS[segment])]
            found.append((day, segment, f"{topic} {place + 1}", "email" if (place + 1) % MESSENGER else "messenger"))
    mixed = int(clock.workday(np.array([timeline.days_from_end(MIXED_MAILING)]))[0])
    found.append((mixed, "mixed", "Our offer to everybody", "email"))
    return sorted(one for one in found if one[0] < timeline.count)


def write_mailings(inbox: Path, timeline: Timeline) -> None:
    """Write what each mailing was sent to and what came back into *inbox*."""
    random, clock = generator("mailings"), Clock(timeline)
    sent = _sendings(timeline)
    sizes = np.array([CONTACTS.get(segment, sum(CONTACTS.values())) for _day, segment, *_rest in sent])
    warm = np.array([1.0 if segment == "existing" else 0.72 for _day, segment, *_rest in sent])
    recipients = np.rint(sizes * random.lognormal(0, 0.02, len(sent))).astype(np.int64)
    delivered = _of(random, recipients, 0.972)
    opened = _of(random, delivered, 0.36 * warm)
    clicked = _of(random, opened, 0.14 * warm)
    columns = {
        "mailing_id": [f"M-{601 + place}" for place in range(len(sent))],
        "segment": [segment for _day, segment, *_rest in sent],
        "sent_on": clock.day_texts(np.array([day for day, *_rest in sent], dtype=np.int64)),
        "title": [title for *_rest, title, _channel in sent],
        "channel": [channel for *_rest, channel in sent],
        "recipients": recipients.tolist(),
        "delivered": delivered.tolist(),
        "opened": opened.tolist(),
        "clicked": clicked.tolist(),
        "unsubscribed": _of(random, delivered, 0.003).tolist(),
        "complained": _of(random, delivered, 0.0003).tolist(),
    }
    write_sheet(inbox, "Mailings", columns, timeline)


def _of(random: np.random.Generator, counts: Counts, share: float | Series) -> Counts:
    luck = random.lognormal(0, 0.05, len(counts))
    return random.binomial(counts, np.clip(share * luck, 0, 1)).astype(np.int64)
