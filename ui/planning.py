"""Planning a review: its rhythm, day, people, and the processes in order with their minutes; the next from the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.errors import UsageError
from core.language import N_, _
from core.numbers import day, whole
from core.period import DAY
from journal.operations import reviews
from journal.operations.notes import remove
from journal.operations.reviews import ReviewPlan, Topic
from journal.words import Rhythm
from ui import fields, journaling, links, meeting, queries, state
from ui.department import processes
from ui.pages import MEETING
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    way = links.anchor(links.href(MEETING, screen.view.shared()), escape(_("Plan a review")), css="kk-button")
    title = _("No review is planned")
    return f'<div class="kk-empty"><h2>{escape(title)}</h2><p>{escape(told)}</p>{way}</div>'


def following(screen: Screen) -> None:
    """The form of one more review, filled in from the latest one of its rhythm."""
    rhythm = st.segmented_control(
        _("Rhythm"),
        list(RHYTHMS),
        default=Rhythm.WEEKLY,
        key=_key("", "rhythm"),
        format_func=lambda each: _(RHYTHMS[each]),
    )
    form(screen, template(screen, rhythm or Rhythm.WEEKLY))


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
        f"<li>{escape(names.get(item.process, item.title or item.process))} <span>{item.minutes} min</span></li>"
        for item in found.topics
    )
    people = ", ".join(journaling.called(person) for person in found.review.participants)
    return f'<ol class="kk-agenda">{items}</ol><p class="kk-say">{escape(people)}</p>'


def template(screen: Screen, rhythm: Rhythm) -> ReviewPlan:
    """The next review of *rhythm*: like the latest one, or with everybody and every process."""
    zone = screen.configuration.zone
    if journaling.exists(screen.shown):
        last = reviews.next_plan(journaling.journal(screen), rhythm, zone)
        if last is not None:
            return replace(last, period=_following(screen, rhythm))
    planned_for = datetime.combine(_working_day(queries.today(screen.configuration) + DAY), AT, zone)
    return ReviewPlan(
        title=_(TITLES[rhythm]),
        rhythm=rhythm,
        planned_for=planned_for,
        period=meeting.first_period(screen, rhythm, planned_for),
        participants=tuple(person.name for person in journaling.present(screen.shown)),
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
    place = st.expander(_("Change the plan"), key=_key(str(review.id), "open"), on_change="rerun")
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


def form(screen: Screen, plan: ReviewPlan, review: Review | None = None) -> None:
    """The plan of one more review, or of *review*, to be changed and kept."""
    zone = screen.configuration.zone
    when = plan.planned_for.astimezone(zone)
    # What others have kept meanwhile is shown as it is then.
    of = f"{review.id}.{review.version}" if review else ""
    with st.container(key=_key(of, "form"), border=True):
        left, right = st.columns(2, gap="large")
        with left:
            st.text_input(_("Title"), plan.title, key=_key(of, "title"))
            with st.container(horizontal=True):
                st.date_input(_("Day"), when.date(), key=_key(of, "day"), format="YYYY-MM-DD")
                st.time_input(_("Time"), when.time(), key=_key(of, "time"))
            _people(screen, plan, of)
        with right:
            _topics(screen, plan, of)
        fields.told(PLAN)
        if review or journaling.reader(screen).leads():
            label = _("Keep the changes") if review else _("Plan this review")
            st.button(label, key=_key(of, "keep"), type="primary", on_click=_keep, args=(screen, plan, of, review))
        else:
            st.caption(_("The head of marketing plans reviews."))


def _people(screen: Screen, plan: ReviewPlan, of: str) -> None:
    known = tuple(dict.fromkeys((*journaling.names(screen), *plan.participants)))
    label, people = _("Participants"), list(plan.participants)
    key = _key(of, "people")
    st.multiselect(label, known, people, key=key, format_func=journaling.called, placeholder=label)
    chairs = ("", *known)
    st.selectbox(
        _("Chair"),
        chairs,
        index=chairs.index(plan.chair) if plan.chair in chairs else 0,
        key=_key(of, "chair"),
        format_func=lambda person: journaling.called(person) if person else _("the head of marketing"),
    )


def _topics(screen: Screen, plan: ReviewPlan, of: str) -> None:
    """The processes in order, each with its minutes; 0 minutes leaves it out."""
    names = {team.id: team.name for team in processes(screen)}
    minutes = {topic.process: topic.minutes for topic in plan.topics}
    first = {name: minutes.get(name, 0) for name in (*(name for name in minutes if name in names), *names)}
    agenda: dict[str, int] = st.session_state.setdefault(_key(of, "agenda"), first)
    rows = [
        {"process": names.get(name, name), "minutes": minutes, "place": place}
        for place, (name, minutes) in enumerate(agenda.items(), 1)
    ]
    st.data_editor(
        rows,
        # What was moved is shown where it is now, so each order has an editor of its own.
        key=_key(of, f"topics_{list(agenda)}"),
        hide_index=True,
        column_order=("place", "process", "minutes"),
        column_config={
            "place": st.column_config.NumberColumn(_("Order"), min_value=1, step=1, width="small"),
            "process": st.column_config.TextColumn(_("Process"), disabled=True),
            "minutes": st.column_config.NumberColumn(_("Minutes"), min_value=0, max_value=240, step=1, width="small"),
        },
        on_change=_edited,
        args=(of,),
    )


def _edited(of: str) -> None:
    """Take over what was changed in the agenda."""
    key = _key(of, "agenda")
    agenda: dict[str, int] = st.session_state[key]
    edits = st.session_state[_key(of, f"topics_{list(agenda)}")]["edited_rows"]
    st.session_state[key] = ordered(agenda, {int(row): edit for row, edit in edits.items()})


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


def _keep(screen: Screen, plan: ReviewPlan, of: str, review: Review | None) -> None:
    session = st.session_state
    moment = datetime.combine(session[_key(of, "day")], session[_key(of, "time")], screen.configuration.zone)
    agenda: dict[str, int] = session[_key(of, "agenda")]
    wanted = replace(
        plan,
        title=session[_key(of, "title")],
        planned_for=moment,
        participants=tuple(session[_key(of, "people")]),
        chair=session[_key(of, "chair")],
        topics=(*(Topic(name, minutes) for name, minutes in agenda.items() if minutes), *_titled(plan)),
    )
    journal = journaling.journal(screen)
    if review is None:
        made = fields.attempt(PLAN, lambda: reviews.plan_review(journal, wanted))
    else:
        made = fields.attempt(PLAN, lambda: _changed(journal, review, wanted))
    if made is not None:
        _forget(of)
        if review:
            session[_key(str(review.id), "open")] = False
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


def _forget(of: str) -> None:
    """Begin the next plan with what is kept now."""
    if of:
        return
    for name in ("title", "day", "time", "people", "chair", "agenda"):
        st.session_state.pop(_key(of, name), None)
