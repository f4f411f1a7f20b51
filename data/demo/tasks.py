"""What the department works on: tasks with what was estimated, promised and spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.clock import DAY, NEVER, OPEN, Clock
from data.demo.draws import about, arrivals, at_hours, chance, pick
from data.demo.sheets import write_sheet
from data.demo.timeline import Timeline, generator

if TYPE_CHECKING:
    from pathlib import Path

A_WEEK: Final = 25.0
WORK: Final = {
    "paid_acquisition": ("Ada Kowalczyk", ("New ads", "Search terms reviewed", "Landing page tested"), 0.17),
    "organic_content": ("Jan Nowak", ("Article written", "Guide refreshed", "Webinar cut into posts"), 0.2),
    "lead_generation": ("Ada Kowalczyk", ("Form shortened", "Follow-up letter"), 0.08),
    "referrals": ("Tomasz Wilk", ("Thank-you letters",), 0.03),
    "customer_growth": ("Tomasz Wilk", ("Offer for customers", "Account review prepared"), 0.06),
    "partners": ("Oleg Baranov", ("Joint webinar prepared", "Partner kit updated"), 0.06),
    "bids": ("Oleg Baranov", ("Bid written", "References collected"), 0.07),
    "public_relations": ("Nina Bergström", ("News release written", "Press list updated"), 0.07),
    "customer_voice": ("Nina Bergström", ("Audit interviews", "Survey sent"), 0.06),
    "service_desk": ("Lena Orlova", ("Answers collected in the handbook",), 0.05),
    "delivery": ("Lena Orlova", ("Plan of the week",), 0.03),
    "budget": ("Marta Lindqvist", ("Invoices checked", "Forecast updated"), 0.04),
    "customer_base": ("Lena Orlova", ("Contacts completed", "Newsletter sent"), 0.05),
    "enablement": ("Piotr Sowa", ("Procedure written down", "Access set up"), 0.03),
}
"""Who does most of a process's tasks, what they are, and their share of all tasks."""
HELPERS: Final = ("Piotr Sowa", "Kasia Zielińska", "Timur Abenov")
HELPED: Final = 0.35
PROJECTS: Final = {"organic_content": "New website", "customer_base": "One customer card", "partners": "Partner portal"}
IN_PROJECT: Final = 0.4
WAITS: Final = 1.8
TAKES: Final = 4.2
PROMISED: Final = 8.5
UNDERRATED: Final = 1.08


def write_tasks(inbox: Path, timeline: Timeline) -> None:
    """Write the tasks of the two years into *inbox*."""
    random, clock = generator("tasks"), Clock(timeline)
    created = at_hours(random, clock.workday(arrivals(random, timeline, A_WEEK)), 9.1, 16.9)
    created = created[created < clock.end]
    count = len(created)
    processes = pick(random, tuple(WORK), count, [share for *_rest, share in WORK.values()])
    started = clock.later(created, about(random, WAITS * OPEN, 0.4, count))
    done = clock.later(started, about(random, TAKES * OPEN, 0.4, count))
    due = clock.workday(created // DAY, np.rint(about(random, PROMISED, 0.25, count)).astype(np.int64))
    estimate = np.maximum(1, np.rint(about(random, 6, 0.35, count) * 2) / 2)
    spent = estimate * about(random, UNDERRATED, 0.15, count)
    helped, placed = chance(random, count, HELPED), chance(random, count, IN_PROJECT)
    helpers = pick(random, HELPERS, count)
    titles = [WORK[process][1] for process in processes]
    luck = random.random(count).tolist()
    started, done = clock.known(started), clock.known(done)
    columns = {
        "task_id": [f"MKT-{4001 + place}" for place in range(count)],
        "system": ["board"] * count,
        "title": [options[int(one * len(options))] for options, one in zip(titles, luck, strict=True)],
        "process": processes,
        "project": [PROJECTS.get(one, "") if inside else "" for one, inside in zip(processes, placed, strict=True)],
        "assignee": [
            helper if by_helper else WORK[process][0]
            for process, helper, by_helper in zip(processes, helpers, helped, strict=True)
        ],
        "created_at": clock.moment_texts(created),
        "started_at": clock.moment_texts(started),
        "due_on": clock.day_texts(due),
        "done_at": clock.moment_texts(done),
        "status": np.where(done < NEVER, "Done", np.where(started < NEVER, "In progress", "To do")).tolist(),
        "estimate_hours": [f"{hours:.1f}" for hours in estimate.tolist()],
        "spent_hours": [
            f"{hours:.1f}" if end < NEVER else "" for hours, end in zip(spent.tolist(), done.tolist(), strict=True)
        ],
    }
    write_sheet(inbox, "Tasks", columns, timeline)
