"""Planning a review: its rhythm, day, people, and the processes in order with their minutes; the next from the last."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from core.errors import UsageError
from core.language import N_, _
from core.numbers import day, duration, whole
from core.period import DAY
from core.presets import last_whole
from journal.operations import reviews
from journal.operations.drafts import drafts
from journal.operations.notes import remove
from journal.operations.reviews import ReviewPlan, Topic
from journal.words import Rhythm
from ui import fields, journaling, links, meeting, queries, state
from ui.department import processes
from ui.pages import MEETING, READY
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from core.period import Period
    from journal.models import Review
    from journal.work import Journal
    from ui.meeting import Meeting
    from ui.screen import Screen

RHYTHMS: Final = {
    Rhythm.WEEKLY: N_("every week"),
    Rhythm.MONTHLY: N_("every month"),
    Rhythm.QUARTERLY: N_("every quarter"),
}
TITLES: Final = {
    Rhythm.WEEKLY: N_("Weekly review"),
    Rhythm.MONTHLY: N_("Monthly review"),
    Rhythm.QUARTERLY: N_("Quarterly review"),
}
MINUTES: Final = 5
AT: Final = time(9)
SATURDAY: Final = 5
PLAN: Final = "plan"
PLANNERS: Final = N_("The head of marketing plans reviews.")
FIELDS: Final = ("title", "day", "time", "people", "chair", "agenda")
Value = TypeVar("Value")


def first(screen: Screen) -> None:
    """Before there is any review: what a review is, and the form of the first one, filled in."""
    told = _(
        "The owners meet, show what changed, say what it means, and decide. Kokpit brings the numbers and keeps what "
        "was said."
    )
    heading = _("The first review")
    st.html(f'<div class="kk-lead"><h1>{escape(heading)}</h1><p>{escape(told)}</p></div>')
    form(screen, template(screen, Rhythm.WEEKLY))


def none_yet(screen: Screen) -> str:
    """Nothing to prepare for: no review is planned; the way to plan one."""
    told = _("Exceptions of your processes will be here as soon as a review is planned.")
    way = links.anchor(links.href(READY, screen.view.shared()), escape(_("Plan a review")), css="kk-button")
    title = _("No review is planned")
    return f'<div class="kk-empty"><h2>{escape(title)}</h2><p>{escape(told)}</p>{way}</div>'


def following(screen: Screen) -> None:
    """The form of one more review, filled in from the latest one of its rhythm."""
    if not journaling.reader(screen).leads():
        st.caption(_(PLANNERS))
        return
    begun = (each for each in RHYTHMS if is_begun(screen, each.value))
    rhythm = st.segmented_control(
        _("Rhythm"),
        list(RHYTHMS),
        default=next(begun, Rhythm.WEEKLY),
        key=_key("", "rhythm"),
        format_func=lambda each: _(RHYTHMS[each]),
    )
    form(screen, template(screen, rhythm or Rhythm.WEEKLY))


def is_begun(screen: Screen, of: str = "") -> bool:
    """Whether the reader has begun to plan the review *of* a rhythm or number, or any new one, and not kept it."""
    if not journaling.exists(screen.shown):
        return False
    wanted = [of] if of else [rhythm.value for rhythm in RHYTHMS]
    starts = tuple(f"{PLAN}:{each}:" for each in wanted)
    return any(draft.place.startswith(starts) for draft in drafts(journaling.journal(screen)))


def planned(found: Meeting) -> str:
    """When the review is, what it is about, its agenda, and the way to it."""
    review, screen = found.review, found.screen
    when = review.planned_for.astimezone(screen.configuration.zone)
    period = whole(screen.period, screen.view.grain, screen.configuration.calendar)
    told = f"{day(when.date(), year=True)}, {when:%H:%M} · {period}"
    there = links.href(MEETING, screen.view.shared().having(preset=View().preset, custom=None, review=str(review.id)))
    way = links.anchor(there, escape(_("To the meeting")), css="kk-button")
    title = f'<p class="kk-say"><b>{escape(review.title)}</b> · {escape(told)}</p>'
    return f'{title}{_agenda(found)}<p class="kk-way">{way}</p>'


def _agenda(found: Meeting) -> str:
    names = {team.id: team.name for team in found.teams}
    items = "".join(
        f"<li>{escape(names.get(item.process, item.title or item.process))} "
        f"<span>{escape(duration(item.minutes, 'minute'))}</span></li>"
        for item in found.topics
    )
    people = ", ".join(journaling.called(person) for person in found.review.participants)
    return f'<ol class="kk-agenda">{items}</ol><p class="kk-say">{escape(people)}</p>'


def template(screen: Screen, rhythm: Rhythm) -> ReviewPlan:
    """The next review of *rhythm*: like the latest one, or with everybody and every process."""
    zone = screen.configuration.zone
    everybody = tuple(person.name for person in journaling.present(screen.shown))
    if journaling.exists(screen.shown):
        today = queries.today(screen.configuration)
        last = reviews.next_plan(journaling.journal(screen), rhythm, zone, today)
        if last is not None:
            # After a pause it is about the period before the meeting, not the one after that of the last meeting.
            before = last_whole(last.planned_for.date() - DAY, meeting.GRAINS[rhythm], screen.configuration.calendar)
            following = _following(screen, rhythm) or before
            period = following if following.end >= before.start - DAY else before
            return replace(last, period=period, participants=last.participants or everybody)
    planned_for = datetime.combine(_working_day(queries.today(screen.configuration) + DAY), AT, zone)
    return ReviewPlan(
        title=_(TITLES[rhythm]),
        rhythm=rhythm,
        planned_for=planned_for,
        period=meeting.first_period(screen, rhythm, planned_for),
        participants=everybody,
        topics=tuple(Topic(team.id, MINUTES) for team in processes(screen)),
        chair=journaling.reader(screen).person,
    )


def _working_day(start: date) -> date:
    return start if start.weekday() < SATURDAY else start + timedelta(days=7 - start.weekday())


def _following(screen: Screen, rhythm: Rhythm) -> Period | None:
    """The period after the one that the latest review of *rhythm* was about."""
    found = reviews.reviews(journaling.journal(screen))
    latest = next((each for each in found if each.rhythm is rhythm and each.place.period), None)
    if latest is None or latest.place.period is None:
        return None
    return screen.configuration.calendar.around(latest.place.period.end + DAY, meeting.GRAINS[rhythm])


def change(found: Meeting) -> None:
    """The plan of a review that has not begun, to be changed by whoever leads it; the head may remove it."""
    if not found.is_planned or not found.leads:
        return
    review = found.review
    begun = is_begun(found.screen, str(review.id))
    place = st.expander(_("Change the plan"), begun, key=_key(str(review.id), "open"), on_change="rerun")
    if not place.open:
        return
    with place:
        form(found.screen, meeting.plan_of(found), review)
        if found.journal.actor.leads():
            label, key = _("Remove this review"), _key(str(review.id), "remove")
            st.button(label, key=key, type="tertiary", on_click=_remove, args=(found.journal, review))


def _remove(journal: Journal, review: Review) -> None:
    if fields.attempt(PLAN, lambda: removed(journal, review)):
        state.look_at("", "")


def removed(journal: Journal, review: Review) -> bool:
    """Take *review* out of sight; the history can bring it back."""
    remove(journal, review.id)
    return True


@dataclass(frozen=True)
class Form:
    """The plan of one more review, or of *review*, in the hands of whoever changes it; each field is a draft."""

    screen: Screen
    plan: ReviewPlan
    review: Review | None = None

    @property
    def fields(self) -> list[str]:
        """What all fields are called among this person's drafts."""
        return [self.name(field) for field in FIELDS]

    def name(self, field: str) -> str:
        """What a *field* is called among this person's drafts."""
        return f"{PLAN}:{self.review.id if self.review else self.plan.rhythm.value}:{field}"

    def key(self, field: str) -> str:
        """The session's key of a *field*: what others have kept meanwhile is shown as it is then."""
        return _key(f"{self.review.id}.{self.review.version}" if self.review else self.plan.rhythm.value, field)

    def begin(self, field: str, default: Value, read: Callable[[str], Value]) -> Callable[[], None]:
        """Have a *field* begin as it was left, else with *default*; what to do on a change."""
        if journaling.exists(self.screen.shown):
            journal = journaling.journal(self.screen)
            return fields.begin(journal, self.name(field), self.key(field), default, read)
        st.session_state.setdefault(self.key(field), default)
        # Looking at the first plan makes no journal; whoever changes it does.
        return lambda: fields.choose(journaling.journal(self.screen), self.name(field), self.key(field))


def form(screen: Screen, plan: ReviewPlan, review: Review | None = None) -> None:
    """The plan of one more review, or of *review*, to be changed and kept."""
    if review is None and not journaling.reader(screen).leads():
        st.caption(_(PLANNERS))
        return
    asked = Form(screen, plan, review)
    when = plan.planned_for.astimezone(screen.configuration.zone)
    with st.container(key=asked.key("form"), border=True):
        left, right = st.columns(2, gap="large")
        with left:
            _title(asked)
            with st.container(horizontal=True):
                day_key, time_key = asked.key("day"), asked.key("time")
                chosen = asked.begin("day", when.date(), date.fromisoformat)
                begins = st.session_state.get(day_key, when.date())
                st.date_input(_("Day"), begins, key=day_key, format="YYYY-MM-DD", on_change=chosen)
                chosen = asked.begin("time", when.time(), time.fromisoformat)
                at = st.session_state.get(time_key, when.time())
                st.time_input(_("Time"), at, key=time_key, on_change=chosen)
            label, about = _("Period"), period(asked)
            st.caption(f"{label}: {whole(about, meeting.GRAINS[plan.rhythm], screen.configuration.calendar)}")
            _people(asked)
        with right:
            _topics(asked)
        fields.told(PLAN)
        label = _("Keep the changes") if review else _("Plan this review")
        st.button(label, key=asked.key("keep"), type="primary", on_click=_keep, args=(asked,))


def period(asked: Form) -> Period:
    """What the review is about: what its plan says; a new one on another day, the last whole period before that."""
    plan, screen = asked.plan, asked.screen
    chosen = st.session_state[asked.key("day")]
    is_moved = chosen != plan.planned_for.astimezone(screen.configuration.zone).date()
    # What was planned is prepared already: moving the meeting does not make it one about other numbers.
    if plan.period and (asked.review or not is_moved):
        return plan.period
    return last_whole(chosen - DAY, meeting.GRAINS[plan.rhythm], screen.configuration.calendar)


def _title(asked: Form) -> None:
    name, seen = asked.name("title"), asked.key("seen")
    if journaling.exists(asked.screen.shown):
        if not st.session_state.get(seen):
            fields.empty(name)
            st.session_state[seen] = True
        fields.line(journaling.journal(asked.screen), name, _("Title"), asked.plan.title)
    else:
        chosen = asked.begin("title", asked.plan.title, str)
        key = asked.key("title")
        st.text_input(_("Title"), st.session_state.get(key, asked.plan.title), key=key, on_change=chosen)


def _people(asked: Form) -> None:
    plan = asked.plan
    known = tuple(dict.fromkeys((*journaling.names(asked.screen), *plan.participants)))
    label, key = _("Participants"), asked.key("people")
    chosen = asked.begin("people", list(plan.participants), partial(_several, known))
    there = [name for name in st.session_state.get(key, plan.participants) if name in known]
    st.multiselect(label, known, there, key=key, format_func=journaling.called, placeholder=label, on_change=chosen)
    chairs = (None, *known)
    first = plan.chair if plan.chair in chairs else None
    chosen = asked.begin("chair", first, fields.one_of(chairs))
    head = _("the head of marketing")
    st.selectbox(
        _("Chair"),
        chairs,
        fields.place(chairs, asked.key("chair")),
        key=asked.key("chair"),
        format_func=lambda person: journaling.called(person) if person else head,
        # Nothing chosen is told by the placeholder, which would be English.
        placeholder=head,
        on_change=chosen,
    )


def _several(known: Collection[str], text: str) -> list[str]:
    """Those of the people *known* that *text* names. Raises ValueError."""
    return [name for name in json.loads(text) if name in known]


def _topics(asked: Form) -> None:
    """The processes in order, each with its minutes; 0 minutes leaves it out."""
    names = {team.id: team.name for team in processes(asked.screen)}
    minutes = {topic.process: topic.minutes for topic in asked.plan.topics}
    first = {name: minutes.get(name, 0) for name in (*(name for name in minutes if name in names), *names)}
    key = asked.key("agenda")
    left = asked.begin("agenda", first, lambda text: {**json.loads(text)})
    agenda: dict[str, int] = st.session_state[key]
    rows = [
        {"process": names.get(name, name), "minutes": minutes, "place": place}
        for place, (name, minutes) in enumerate(agenda.items(), 1)
    ]
    # What was moved is shown where it is now, so each order has an editor of its own.
    editor = asked.key(f"topics_{list(agenda)}")
    st.data_editor(
        rows,
        key=editor,
        hide_index=True,
        column_order=("place", "process", "minutes"),
        column_config={
            "place": st.column_config.NumberColumn(_("Order"), min_value=1, step=1, width="small"),
            "process": st.column_config.TextColumn(_("Process"), disabled=True),
            "minutes": st.column_config.NumberColumn(_("Minutes"), min_value=0, max_value=240, step=1, width="small"),
        },
        on_change=_edited,
        args=(key, editor, left),
    )


def _edited(key: str, editor: str, keep: Callable[[], None]) -> None:
    """Take over what was changed in the agenda *key* by its *editor*, and *keep* it as a draft."""
    edits = st.session_state[editor]["edited_rows"]
    st.session_state[key] = ordered(st.session_state[key], {int(row): edit for row, edit in edits.items()})
    keep()


def ordered(agenda: Mapping[str, int], edits: Mapping[int, Mapping[str, int | None]]) -> dict[str, int]:
    """*agenda*, minutes by process, as *edits* by row change it: what is given a place stands there, others move up."""
    minutes = {name: edits.get(row, {}).get("minutes", kept) or 0 for row, (name, kept) in enumerate(agenda.items())}
    names = list(agenda)
    placed = [(place, names[row]) for row, edit in edits.items() if (place := edit.get("place"))]
    for place, name in sorted(placed):
        names.remove(name)
        names.insert(place - 1, name)
    return {name: minutes[name] for name in names}


def _key(of: str, name: str) -> str:
    """The session's key of *name* in the form of the review *of*; of a new one without it."""
    return state.own(state.PLAN.format(name=f"{of}_{name}" if of else name))


def _keep(asked: Form) -> None:
    session, review = st.session_state, asked.review
    moment = datetime.combine(session[asked.key("day")], session[asked.key("time")], asked.screen.configuration.zone)
    agenda: dict[str, int] = session[asked.key("agenda")]
    title = session[asked.key("title")] if asked.key("title") in session else fields.text(asked.name("title"))
    wanted = replace(
        asked.plan,
        title=title,
        planned_for=moment,
        period=period(asked),
        participants=tuple(session[asked.key("people")]),
        chair=session[asked.key("chair")] or "",
        topics=(*(Topic(name, minutes) for name, minutes in agenda.items() if minutes), *_titled(asked.plan)),
    )
    journal = journaling.journal(asked.screen).finishing(*asked.fields)
    if review is None:
        made = fields.attempt(PLAN, lambda: reviews.plan_review(journal, wanted))
    else:
        made = fields.attempt(PLAN, lambda: _changed(journal, review, wanted))
    if made is not None:
        _forget(asked, journal)
        state.look_at(str(made.id), "")


def _titled(plan: ReviewPlan) -> tuple[Topic, ...]:
    """The parts of the agenda that are no processes."""
    return tuple(topic for topic in plan.topics if not topic.process)


def _changed(journal: Journal, review: Review, wanted: ReviewPlan) -> Review:
    edited = reviews.change_plan(journal, review.id, review.version, wanted)
    if edited.conflict:
        message = _("{who} changed this plan at the same time.").format(who=journaling.called(edited.conflict.by))
        raise UsageError(message, _("Their plan stands, and is shown now: change it again where it should differ."))
    return edited.entry


def _forget(asked: Form, journal: Journal) -> None:
    """Begin the next plan with what is kept now, and the form closed."""
    fields.kept(journal, asked.name("title"))
    for field in (*FIELDS, "seen"):
        st.session_state.pop(asked.key(field), None)
    st.session_state[_key(str(asked.review.id) if asked.review else "", "open")] = False
