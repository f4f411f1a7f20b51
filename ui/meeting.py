"""One review as everybody in it sees it: its numbers, its exceptions, its steps, and the step that is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from core.language import N_
from core.period import DAY, Grain
from core.presets import Preset, last_whole
from journal.models import ReviewException
from journal.operations import actions, exceptions, reviews
from journal.operations.baselines import baselines
from journal.operations.history import Search, search
from journal.operations.reviews import ReviewPlan, Topic
from journal.words import ExceptionKind, ReviewState, Rhythm
from metrics.compare import Comparison
from pack import raising
from ui import cockpit, entries, fields, freezing, journaling, links, queries, state
from ui.department import processes
from ui.figures import figures
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.period import Period
    from journal.models import AgendaItem, Review
    from journal.operations.exceptions import Raised
    from journal.operations.reviews import Pulse
    from journal.work import Journal
    from metrics.figure import Figure
    from pack.frozen import Seen
    from ui.department import Team
    from ui.screen import Screen

GRAINS: Final = {Rhythm.WEEKLY: Grain.WEEK, Rhythm.MONTHLY: Grain.MONTH, Rhythm.QUARTERLY: Grain.QUARTER}
PROMISES: Final = "promises"
ROUTINE: Final = "routine"
DECISIONS: Final = "decisions"
CLOSE: Final = "close"
TITLES: Final = {
    PROMISES: N_("What was promised"),
    ROUTINE: N_("Routine"),
    DECISIONS: N_("Decisions"),
    CLOSE: N_("Close"),
}
CONDUCT: Final = "conduct"
"""Where what was refused on the page as a whole is told."""


class Step(NamedTuple):
    """One screen of the meeting; *exception* where it is about one."""

    key: str
    exception: ReviewException | None = None


@dataclass(frozen=True)
class Meeting:
    """A review in the reader's hands.

    *pulse* is how far it was when this was read, *asked* the step of the address, *held* the one where the reader is
    still writing while everybody has gone on.
    """

    screen: Screen
    journal: Journal
    review: Review
    pulse: Pulse
    topics: tuple[AgendaItem, ...]
    exceptions: tuple[ReviewException, ...]
    asked: str = ""
    held: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is going on."""
        return self.review.state is ReviewState.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether it is over: then it shows what it presented, not what the numbers are now."""
        return self.review.state is ReviewState.CLOSED

    @property
    def is_planned(self) -> bool:
        """Whether it has not begun."""
        return self.review.state is ReviewState.PLANNED

    @property
    def is_removed(self) -> bool:
        """Whether somebody took it out of sight before it began; only its address still leads to it."""
        return self.review.removed_at is not None

    @property
    def leads(self) -> bool:
        """Whether the reader leads it."""
        return self.journal.actor.leads(self.review.chair)

    @property
    def moves(self) -> bool:
        """Whether the reader may go on for everybody."""
        actor = self.journal.actor
        return self.is_open and (self.leads or actor.owns(actor.processes))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every screen, in order."""
        talked = (Step(f"x{each.id}", each) for each in self.exceptions)
        return Step(PROMISES), Step(ROUTINE), *talked, Step(DECISIONS), Step(CLOSE)

    @property
    def follows(self) -> bool:
        """Whether the reader looks at what everybody looks at."""
        return self.is_open and not self.asked

    @property
    def left(self) -> str:
        """Where the reader was when it closed."""
        number, step = st.session_state.get(state.STEP, (0, ""))
        return str(step) if number == self.review.id else ""

    @property
    def place(self) -> int:
        """Which of the steps is shown."""
        wanted = self.asked or self.held or (self.pulse.step if self.is_open else self.left)
        return next((place for place, step in enumerate(self.steps) if step.key == wanted), 0)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.place]

    @cached_property
    def teams(self) -> tuple[Team, ...]:
        """The processes of the agenda in its order; all of them where it names none."""
        found = {team.id: team for team in processes(self.screen)}
        wanted = [found[item.process] for item in self.topics if item.process in found]
        return tuple(dict.fromkeys(wanted)) or tuple(found.values())

    @cached_property
    def presented(self) -> dict[str, Seen]:
        """Every KPI as a review that is over presented it; nothing while it is not."""
        kept = freezing.kept(self.screen, self.journal, self.review)
        return {each.figure.kpi.id: each for each in kept if not each.dimension}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every KPI of the meeting; of one that is over as it was presented."""
        if self.is_closed:
            return {kpi: each.figure for kpi, each in self.presented.items()}
        # Asked for as the cockpit does, so that what one has computed the other need not.
        found = cockpit.everything(self.screen, processes(self.screen))
        wanted = [kpi.id for team in self.teams for kpi in team.kpis]
        return {kpi: found[kpi] for kpi in wanted if kpi in found}

    @cached_property
    def anew(self) -> dict[str, date]:
        """The KPIs whose limits this very review starts anew, and from which day."""
        return {each.kpi: each.starts_on for each in baselines(self.journal) if each.review_id == self.review.id}

    @cached_property
    def as_raised(self) -> Screen:
        """The screen with the limits that the exceptions were raised by: without those that this review starts."""
        earlier = (each for each in baselines(self.journal) if each.review_id != self.review.id)
        return replace(self.screen, starts=journaling.starting(earlier))

    def screen_of(self, kpi: str) -> Screen:
        """The screen by which the meeting talks about *kpi*: old limits do not vanish while the room still talks."""
        return self.as_raised if kpi in self.anew and not self.is_closed else self.screen

    def figure(self, kpi: str) -> Figure | None:
        """One KPI of the meeting; None where there is no such KPI any more."""
        if self.is_closed:
            return self.figures.get(kpi)
        if kpi in self.anew and kpi in self.figures:
            return next(iter(figures(self.as_raised, [kpi])), None)
        # Reading one is a hundred times as fast as reading all.
        question = ("of the meeting", kpi, self.screen.key, [team.id for team in self.teams])
        return queries.remember(self.screen.shown, question, lambda: self.figures.get(kpi))

    @cached_property
    def minutes(self) -> int:
        """How many minutes the step shown is meant to take; 0 where the agenda does not say."""
        of = self.step.exception
        if of is None:
            return 0
        planned = sum(item.minutes for item in self.topics if item.process == of.process)
        return round(planned / max(1, sum(each.process == of.process for each in self.exceptions)))

    @property
    def elapsed(self) -> float | None:
        """For how many seconds the step shown has been looked at by everybody; None where the reader looks away."""
        if not self.follows or self.held or self.review.step_at is None:
            return None
        return (datetime.now(UTC) - self.review.step_at).total_seconds()

    @property
    def today(self) -> date:
        """The day it is for promises: that of the review where it is over."""
        if self.is_closed and self.review.closed_at:
            return self.review.closed_at.astimezone(self.screen.configuration.zone).date()
        return queries.today(self.screen.configuration)


def opened(screen: Screen) -> Meeting | None:
    """The review that the address names, else the one going on, the next or the latest; None where there is none."""
    if not journaling.exists(screen.shown):
        return None
    journal = journaling.journal(screen)
    review = _wanted(journal, screen.view.review)
    return _meeting(screen, journal, review) if review else None


def _meeting(screen: Screen, journal: Journal, review: Review) -> Meeting:
    within = of_review(screen, review)
    pulse = reviews.pulse(journal, review.id)
    made = Meeting(
        screen=within,
        journal=journal,
        review=review,
        pulse=pulse,
        topics=tuple(reviews.agenda(journal, review.id)),
        exceptions=_ordered(exceptions.exceptions(journal, review.id)),
        asked=screen.view.step,
        held="" if screen.view.step else held(review, pulse),
    )
    return replace(made, screen=freezing.as_then(within, tuple(made.presented.values()))) if made.is_closed else made


def held(review: Review, pulse: Pulse) -> str:
    """The step where the reader is writing while everybody has gone on: no field is taken from under the hands."""
    number, step = st.session_state.get(state.STEP, (0, ""))
    is_behind = review.state is ReviewState.OPEN and review.id == number and step != pulse.step
    return str(step) if is_behind and fields.is_writing() else ""


def _wanted(journal: Journal, asked: str) -> Review | None:
    if asked:
        return reviews.review(journal, entries.asked(asked))
    found = reviews.reviews(journal)
    order = (ReviewState.OPEN, ReviewState.PLANNED)
    for wanted in order:
        if there := [review for review in found if review.state is wanted]:
            return min(there, key=lambda review: review.planned_for)
    return found[0] if found else None


def _ordered(found: Sequence[ReviewException]) -> tuple[ReviewException, ...]:
    """As they were raised, what matters most first; promises last."""
    return tuple(sorted(found, key=lambda each: (each.kind is ExceptionKind.PROMISE, each.id)))


def of_review(screen: Screen, review: Review) -> Screen:
    """The screen whose numbers are those of *review*: its period by its rhythm, without filters."""
    period = review.place.period or first_period(screen, review.rhythm, review.planned_for)
    grain = GRAINS[review.rhythm]
    view = View(
        language=screen.view.language,
        preset=Preset.CUSTOM,
        custom=period,
        grain=grain,
        comparison=Comparison.PREVIOUS,
    )
    return replace(screen, view=view, period=period)


def first_period(screen: Screen, rhythm: Rhythm, planned_for: datetime) -> Period:
    """What a review *planned_for* a moment is about: the last whole period before it that there is data for."""
    day = planned_for.astimezone(screen.configuration.zone).date() - DAY
    return last_whole(min(day, screen.last_day or day), GRAINS[rhythm], screen.configuration.calendar)


def looked(meeting: Meeting) -> Meeting:
    """A planned review with the exceptions that the numbers give now, so that they can be prepared."""
    if not meeting.is_planned or not meeting.journal.actor.may_write:
        return meeting
    known = {(each.kind, each.kpi, each.about_id) for each in meeting.exceptions}
    found = find_exceptions(meeting)
    if known != {(each.kind, each.place.kpi, each.place.about) for each in found}:
        raised = exceptions.raise_exceptions(meeting.journal, meeting.review.id, found)
        return replace(meeting, exceptions=_ordered(raised))
    return meeting


def find_exceptions(meeting: Meeting) -> list[Raised]:
    """What the meeting has to talk about by the numbers of now."""
    journal, review = meeting.journal, meeting.review
    heard = search(journal, Search(types=(ReviewException,)), limit=10_000)
    earlier = [each for each in heard if isinstance(each, ReviewException) and each.outcome]
    others = [each for each in earlier if each.review_id != review.id]
    late = [
        action
        for action in actions.carried_over(journal, review.id, meeting.today)
        if actions.is_overdue(action, meeting.today)
    ]
    return raising.raised(meeting.screen.period, meeting.figures.values(), late, others)


def begin(meeting: Meeting) -> None:
    """Open the review with the exceptions found now, and show everybody the first step."""

    def run() -> None:
        review, journal = meeting.review, meeting.journal
        # Changing the plan of a review that was removed meanwhile would bring it back: opening it is refused first.
        version = reviews.open_review(journal, review.id).version
        if review.place.period is None:
            wanted = replace(plan_of(meeting), period=meeting.screen.period)
            reviews.change_plan(journal, review.id, version, wanted)
        exceptions.raise_exceptions(journal, review.id, find_exceptions(meeting))
        reviews.go_to_step(journal, review.id, PROMISES)

    fields.attempt(CONDUCT, run)


def plan_of(meeting: Meeting) -> ReviewPlan:
    """What is planned of the review."""
    review = meeting.review
    topics = tuple(Topic(item.process, item.minutes, item.title) for item in meeting.topics)
    people, chair = tuple(review.participants), review.chair
    return ReviewPlan(review.title, review.rhythm, review.planned_for, review.place.period, people, topics, chair)


def brought_along(meeting: Meeting) -> Meeting:
    """The meeting at the step that the reader clicked: whoever may go on for everybody, and follows, brings them along.

    An address with a step that was opened in any other way is looked at alone.
    """
    clicked = st.session_state.pop(links.CLICKED, False)
    if not (clicked and meeting.asked and meeting.moves and st.session_state.get(state.FOLLOW)):
        return meeting
    if not fields.attempt(CONDUCT, lambda: reviews.go_to_step(meeting.journal, meeting.review.id, meeting.asked)):
        return meeting
    state.look_at(str(meeting.review.id), "")
    review = reviews.review(meeting.journal, meeting.review.id)
    return replace(meeting, review=review, pulse=reviews.pulse(meeting.journal, review.id), asked="")


def go(meeting: Meeting, key: str) -> None:
    """Show the step *key*: to everybody where the reader follows and may, else to the reader alone."""
    fields.stop_writing()
    if meeting.held:
        return
    if meeting.follows and meeting.moves:
        fields.attempt(CONDUCT, lambda: reviews.go_to_step(meeting.journal, meeting.review.id, key))
    else:
        state.look_at(str(meeting.review.id), key)


def follow(meeting: Meeting) -> None:
    """Look at what everybody looks at, or stay where the reader is."""
    on = bool(st.session_state.get(state.FOLLOW, True))
    state.look_at(str(meeting.review.id), "" if on else meeting.step.key)


def close(meeting: Meeting) -> None:
    """Close the review, with every number of it as it was talked about."""
    excepted = {each.kpi for each in meeting.exceptions}
    shown = freezing.everything(meeting.screen, as_raised(meeting).values(), excepted)
    snapshot = str(meeting.screen.shown.generation)
    fields.attempt(CONDUCT, lambda: reviews.close_review(meeting.journal, meeting.review.id, shown, snapshot))


def as_raised(meeting: Meeting) -> dict[str, Figure]:
    """Every KPI as it is shown now; where its limits start anew by this very review, with those it was raised by."""
    before = figures(meeting.as_raised, sorted(meeting.anew.keys() & meeting.figures.keys()))
    return meeting.figures | {figure.kpi.id: figure for figure in before}


def reopen(meeting: Meeting) -> None:
    """Open a closed review again; whoever did leads it, as one who begins a meeting does."""
    if fields.attempt(CONDUCT, lambda: reviews.reopen_review(meeting.journal, meeting.review.id)):
        state.look_at(str(meeting.review.id), "")
