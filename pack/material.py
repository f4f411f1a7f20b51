"""All that goes into the pack of a review: what people said, the numbers as presented or as they are, names, events."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from core.language import _
from core.period import DAY, Grain, Period
from core.presets import last_whole
from journal.operations.baselines import baselines
from journal.operations.events import concerns, events
from journal.places import Place
from journal.words import Rhythm
from metrics.evaluate import evaluate
from metrics.figures import Look, fed, figures
from metrics.freshness import freshness
from metrics.own import catalogue, find
from metrics.planned import planned
from pack import effect
from pack.effect import Asked, Whose
from pack.frozen import Seen
from pack.minutes import Minutes, minutes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from core.config import Configuration
    from journal.models import Decision, Event, Review
    from journal.work import Journal
    from metrics.planned import Planned
    from pack.effect import Outcome
    from warehouse.snapshot import Snapshot

GRAINS: Final = {Rhythm.WEEKLY: Grain.WEEK, Rhythm.MONTHLY: Grain.MONTH, Rhythm.QUARTERLY: Grain.QUARTER}


@dataclass(frozen=True)
class Material:
    """What a pack is made from. *events* are those of all its charts."""

    minutes: Minutes
    seen: Sequence[Seen]
    events: Sequence[Event]
    period: Period | None
    plan: Mapping[str, Planned]
    names: Mapping[str, str]
    reporting: Configuration
    now: datetime
    outcomes: Mapping[int, Outcome] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day the minutes are of, where the team works: that of closing, or today."""
        return (self.minutes.review.closed_at or self.now).astimezone(self.reporting.zone).date()

    @property
    def currency(self) -> str:
        """What money is told in: as it was presented, else as it is now."""
        return next((each.currency for each in self.seen), self.reporting.currency)

    @property
    def told_outcomes(self) -> list[tuple[Decision, Outcome]]:
        """The decisions in force, each with what came of it."""
        return [(each, self.outcomes[each.id]) for each in self.minutes.in_force]

    @property
    def lack(self) -> str:
        """That there is not one number, and what to do; "" where there is."""
        return "" if self.seen else _("There are none: no KPI of this review has data. Load its files, then try again.")

    def process(self, process: str) -> str:
        """What *process* is called."""
        return self.plan[process].name if process in self.plan else process

    def owner(self, process: str) -> str:
        """Who owned *process* when it was presented, else who owns it now; nothing where the plan does not say."""
        for each in self.seen:
            if each.figure.kpi.process == process and each.owner is not None:
                return each.owner
        return self.plan[process].owner if process in self.plan else ""

    def kpi(self, kpi: str) -> str:
        """What the KPI *kpi* is called."""
        return _(self.names.get(kpi, kpi)) if kpi else ""

    def concerning(self, seen: Seen) -> list[Event]:
        """The events that belong on the chart of *seen*, in their order."""
        kpi, series = seen.figure.kpi, seen.figure.series
        place = Place(kpi.process, kpi.id, dimension=seen.dimension, dimension_value=seen.dimension_value)
        if not series:
            return []
        near = [e for e in self.events if series[0].period.start <= e.ends_on and e.starts_on <= series[-1].period.end]
        return [event for event in near if concerns(event, place)]


def gather(journal: Journal, review: Review, snapshot: Snapshot, reporting: Configuration, now: datetime) -> Material:
    """Everything about *review*: its numbers as presented when it is closed, else as they are *now*."""
    told = minutes(journal, review, now.astimezone(reporting.zone).date())
    plan = planned(snapshot)
    seen = told.seen if told.is_closed else _computed(journal, told, snapshot, reporting, plan)
    stretch = [point.period for each in seen for point in each.figure.series]
    days = Period(min(each.start for each in stretch), max(each.end for each in stretch)) if stretch else None
    period = review.place.period or next((each.period for each in seen), None)
    known = review.id if told.is_closed else None
    return Material(
        minutes=told,
        seen=seen,
        events=events(journal, days or period, closed=known) if days or period else [],
        period=period,
        plan=plan,
        names={**{kpi.id: kpi.name for kpi in catalogue(snapshot).values()}, **_names(seen)},
        reporting=reporting,
        now=now,
        outcomes=_outcomes(told, snapshot, reporting, period, starts(journal)),
    )


def _outcomes(
    told: Minutes,
    snapshot: Snapshot,
    reporting: Configuration,
    period: Period | None,
    since: Mapping[Whose, Sequence[date]],
) -> Mapping[int, Outcome]:
    """What came of the decisions in force, and of those of the review before, by the numbers of the review."""
    asked = Asked(
        find=partial(find, snapshot) if snapshot.generation else None,
        ask=lambda query: evaluate(snapshot, query, reporting),
        reporting=reporting,
        grain=GRAINS[told.review.rhythm],
        newest=period.end if period else None,
        starts=since,
        presented=effect.presented(told.seen),
    )
    before = [each for each in told.earlier.decisions if each.moves] if told.earlier else []
    wanted = {each.id: each for each in (*told.in_force, *before)}
    return effect.outcomes(asked, wanted.values())


def starts(journal: Journal) -> dict[Whose, list[date]]:
    """The first days of the new baselines, by what they are of."""
    found: dict[Whose, list[date]] = defaultdict(list)
    for baseline in baselines(journal):
        found[Whose(baseline.kpi, baseline.dimension, baseline.dimension_value)].append(baseline.starts_on)
    return found


def _names(seen: Sequence[Seen]) -> dict[str, str]:
    return {each.figure.kpi.id: each.figure.kpi.name for each in seen}


def _computed(
    journal: Journal, told: Minutes, snapshot: Snapshot, reporting: Configuration, plan: Mapping[str, Planned]
) -> list[Seen]:
    """The KPIs of the processes on the agenda (of all, where it names none) that have numbers."""
    grain = GRAINS[told.review.rhythm]
    before = told.review.planned_for.astimezone(reporting.zone).date() - DAY
    period = told.review.place.period or _newest(snapshot, reporting, grain, before)
    if period is None:
        return []
    listed = [item.process for item in told.agenda if item.process]
    processes = listed or [name for name, process in plan.items() if process.active]
    excepted = {each.exception.kpi for each in told.exceptions}
    kpis = fed(snapshot, tuple(catalogue(snapshot).values()))
    wanted = [k for k in kpis if k.process in processes or k.id in excepted]
    order = {name: place for place, name in enumerate([*processes, *plan])}
    wanted.sort(key=lambda kpi: order.get(kpi.process, len(order)))
    whole = {whose.kpi: days for whose, days in starts(journal).items() if not whose.dimension}
    found = figures(Look(snapshot, reporting, period, grain), [kpi.id for kpi in wanted], whole)
    known = [figure for figure in found if any(point.value is not None for point in figure.series)]
    return [Seen(figure, period, grain, reporting.currency, calendar=reporting.calendar) for figure in known]


def _newest(snapshot: Snapshot, reporting: Configuration, grain: Grain, day: date) -> Period | None:
    """The newest whole period up to *day* that there is data for; None where nothing is loaded."""
    newest = max((source.newest for source in freshness(snapshot, reporting, day)), default=None)
    return last_whole(min(newest, day), grain, reporting.calendar) if newest else None
