"""A journal with a story to tell, written through the operations, beside the small department.

Week 44 was closed on Tuesday 3 November 2026: spend was presented 12 too low, clicks as they are, one KPI is gone now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from core.period import Period
from journal.opening import open_journal
from journal.operations.actions import Promise, add_action, set_action_state
from journal.operations.decisions import Resolution, decide
from journal.operations.exceptions import Raised, explain, raise_exceptions
from journal.operations.notes import add_note, edit_note, mark_worth_keeping
from journal.operations.reviews import ReviewPlan, Shown, close_review, open_review, plan_review
from journal.people import Actor
from journal.places import Place
from journal.words import ActionState, Direction, ExceptionKind, NoteKind, Rhythm, Role

if TYPE_CHECKING:
    from core.config import Home
    from journal.work import Journal

WEEK: Final = Period(date(2026, 10, 26), date(2026, 11, 1))
HEAD: Final = Actor("Ada Kowalczyk", Role.HEAD)
OWNER: Final = Actor("Jan Nowak", Role.OWNER, frozenset({"paid_acquisition"}))
SPENT: Final = 455.0
"""A week of four Google ads for 10 euros a day and a Meta ad for 25."""
CLICKS: Final = 910.0
"""A week of four ads with 20 clicks and one with 50 a day."""
PEOPLE: Final = (
    """INSERT INTO target.people BY NAME SELECT person_id, name, role, true AS active
       FROM (VALUES ('jan', 'Jan Nowak', 'owner'), ('tom', 'Tom Reader', 'viewer')) AS them(person_id, name, role)""",
    """INSERT INTO target.tasks BY NAME SELECT task_id, 'board' AS system, status, done_at, 9 AS load_id
       FROM (VALUES ('MKT-1', 'Done', TIMESTAMP '2026-11-18 23:30:00'), ('MKT-2', 'In progress', NULL))
           AS them(task_id, status, done_at)""",
)
"""What the department needs beside its numbers: people to give things to, and the task tracker's export."""


class Clock:
    """A clock that goes on by a minute each time it is looked at."""

    def __init__(self, start: datetime) -> None:
        """Start at *start*."""
        self.time = start

    def __call__(self) -> datetime:
        """What it shows."""
        self.time += timedelta(minutes=1)
        return self.time


@dataclass(frozen=True)
class Story:
    """The journal, and the numbers of its entries."""

    journal: Journal
    review: int
    note: int
    decision: int
    exception: int
    late: int
    tracked: int
    done: int


def presented(kpi: str, value: float | None, **more: Any) -> Shown:  # noqa: ANN401 - further parts of what was shown
    """One value of the week, as a closed review keeps it."""
    days = {"period_start": WEEK.start.isoformat(), "period_end": WEEK.end.isoformat()}
    return Shown(kpi, values=[{**days, "value": value, "complete": True, "flags": []}], **more)


SHOWN: Final = (presented("spend", SPENT - 12), presented("clicks", CLICKS), presented("vanished", 12.0))


def tell(home: Home) -> Story:
    """Write the story into the journal of *home*."""
    opened = open_journal(home, HEAD, frozenset({"Ada Kowalczyk", "Jan Nowak"}))
    journal = replace(opened, clock=Clock(datetime(2026, 11, 3, 8, tzinfo=UTC)))
    planned_for = datetime(2026, 11, 3, 8, tzinfo=UTC)
    plan = ReviewPlan("Week 44", Rhythm.WEEKLY, planned_for, WEEK, ("Ada Kowalczyk", "Jan Nowak"))
    review = open_review(journal, plan_review(journal, plan).id)
    place = Place("paid_acquisition", "spend", WEEK, review=review.id)
    note = add_note(journal.used_by(OWNER), place, "The budget was raised on Monday.", NoteKind.HAPPENED)
    edit_note(journal.used_by(OWNER), note.id, 1, "The budget was raised on Wednesday.")
    mark_worth_keeping(journal, note.id)
    resolution = Resolution("Spend less on Meta.", "spend", Direction.DOWN, date(2026, 11, 2))
    decision = decide(journal, place, resolution)
    exception = raise_exceptions(journal, review.id, [Raised(ExceptionKind.SIGNAL, place)])[0]
    explain(journal, exception.id, 1, "A fair in Poznań.")
    from_decision = replace(place, about=decision.id)
    late = add_action(
        journal, from_decision, Promise("Lower the Meta budget", "Jan Nowak", date(2026, 11, 13), "MKT-2")
    )
    tracked = add_action(journal, place, Promise("Ask the agency", "Ada Kowalczyk", date(2026, 11, 27), " mkt-1 "))
    done = add_action(journal, place, Promise("Call the fair", "Ada Kowalczyk", date(2026, 11, 6)))
    set_action_state(journal, done.id, 1, ActionState.DONE, "They will be back.")
    close_review(journal, review.id, SHOWN, "1")
    return Story(journal, review.id, note.id, decision.id, exception.id, late.id, tracked.id, done.id)
