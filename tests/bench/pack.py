"""The pack of a review of sixty KPIs, in each of its forms."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.config import Configuration, Home
from core.period import Period
from journal.opening import close_all, open_journal
from journal.operations.reviews import ReviewPlan, close_review, open_review, plan_review
from journal.people import Actor
from journal.words import Rhythm, Role
from metrics import standing
from metrics.catalog import CATALOGUE
from metrics.compare import change
from metrics.figure import Figure, Point
from metrics.status import Goal
from pack.formats import FORMS
from pack.frozen import Seen, frozen
from pack.material import gather
from tests.bench.table import Measurement
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from metrics.model import Kpi

KPIS: Final = 60
WEEKS: Final = 26
LAST: Final = Period(date(2026, 11, 9), date(2026, 11, 15))


def measurements() -> list[Measurement]:
    """How long each form takes, from the journal to the bytes."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Home(Path(folder))
        try:
            return _measured(home)
        finally:
            close_all()


def _measured(home: Home) -> list[Measurement]:
    journal = open_journal(home, Actor("ada", Role.HEAD))
    plan = ReviewPlan("Week 46", Rhythm.WEEKLY, datetime(2026, 11, 17, 9, tzinfo=UTC), LAST)
    review = open_review(journal, plan_review(journal, plan).id)
    chance = random.Random(42)
    shown = [frozen(_seen(kpi, chance)) for kpi in list(CATALOGUE.values())[:KPIS]]
    closed = close_review(journal, review.id, shown, "1")
    snapshot = open_snapshot(home.warehouse)
    found = []
    for kind, form in FORMS.items():
        started = time.perf_counter()
        material = gather(journal, closed, snapshot, Configuration(), datetime.now(UTC))
        size = len(form.made(material))
        taken = time.perf_counter() - started
        found.append(Measurement(f"a pack as {kind}", taken, "s", 3, f"{KPIS} KPIs, {size / 1e6:.1f} MB"))
    return found


def _seen(kpi: Kpi, chance: random.Random) -> Seen:
    values = [chance.gauss(100, 8) for _week in range(WEEKS)]
    series = tuple(Point(LAST.moved(-7 * (WEEKS - 1 - n)), value, True) for n, value in enumerate(values))
    held = standing.of(kpi, series, Goal(value=105))
    figure = Figure(
        kpi=kpi,
        value=values[-1],
        complete=True,
        known_to=LAST.end,
        change=change(kpi, values[-1], values[-2]),
        base=values[-2],
        compared=None,
        series=series,
        standing=held,
    )
    return Seen(figure, LAST)
