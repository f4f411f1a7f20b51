"""Planning a review: its rhythm, day, people, and the processes in order with their minutes; the next from the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.language import N_, _
from core.numbers import day, whole
from core.period import DAY
from journal.operations import reviews
from journal.operations.reviews import ReviewPlan, Topic
from journal.words import Rhythm
from ui import fields, journaling, links, meeting, queries, state
from ui.department import processes
from ui.pages import MEETING
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.period import Period
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
        key=_key("rhythm"),
        format_func=lambda each: _(RHYTHMS[each]),
    )
    form(screen, template(screen, rhythm or Rhythm.WEEKLY))


def planned(found: Meeting) -> str:
    """When the review is, what it is about, its agenda, and the way to it."""
    review, screen = found.review, found.screen
    when = review.planned_for.astimezone(screen.configuration.zone)
    told = f"{day(when.date(), year=True)}, {when:%H:%M} · {whole(screen.period, screen.view.grain)}"
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


def form(screen: Screen, plan: ReviewPlan) -> None:
    """The plan of a review, to be changed and kept."""
    zone = screen.configuration.zone
    when = plan.planned_for.astimezone(zone)
    with st.container(key="kk_plan", border=True):
        left, right = st.columns(2, gap="large")
        with left:
            st.text_input(_("Title"), plan.title, key=_key("title"))
            with st.container(horizontal=True):
                st.date_input(_("Day"), when.date(), key=_key("day"), format="YYYY-MM-DD")
                st.time_input(_("Time"), when.time(), key=_key("time"))
            _people(screen, plan)
        with right:
            _topics(screen, plan)
        fields.told(PLAN)
        if journaling.reader(screen).leads():
            st.button(_("Plan this review"), key="kk_plan_keep", type="primary", on_click=_keep, args=(screen, plan))
        else:
            st.caption(_("The head of marketing plans reviews."))


def _people(screen: Screen, plan: ReviewPlan) -> None:
    known = tuple(dict.fromkeys((*journaling.names(screen), *plan.participants)))
    st.multiselect(_("Participants"), known, list(plan.participants), key=_key("people"), format_func=journaling.called)
    chairs = ("", *known)
    st.selectbox(
        _("Chair"),
        chairs,
        index=chairs.index(plan.chair) if plan.chair in chairs else 0,
        key=_key("chair"),
        format_func=lambda person: journaling.called(person) if person else _("the head of marketing"),
    )


def _topics(screen: Screen, plan: ReviewPlan) -> None:
    """The processes in order, each with its minutes; 0 minutes leaves it out."""
    names = {team.id: team.name for team in processes(screen)}
    minutes = {topic.process: topic.minutes for topic in plan.topics}
    order = [*(name for name in minutes if name in names), *(name for name in names if name not in minutes)]
    rows = [
        {"process": names[name], "minutes": minutes.get(name, 0), "place": place} for place, name in enumerate(order, 1)
    ]
    st.data_editor(
        rows,
        key=_key("topics"),
        hide_index=True,
        column_order=("place", "process", "minutes"),
        column_config={
            "place": st.column_config.NumberColumn(_("Order"), min_value=1, step=1, width="small"),
            "process": st.column_config.TextColumn(_("Process"), disabled=True),
            "minutes": st.column_config.NumberColumn(_("Minutes"), min_value=0, max_value=240, step=1, width="small"),
        },
    )
    st.session_state[_key("order")] = (order, rows)


def _key(name: str) -> str:
    return state.own(state.PLAN.format(name=name))


def _keep(screen: Screen, plan: ReviewPlan) -> None:
    session = st.session_state
    moment = datetime.combine(session[_key("day")], session[_key("time")], screen.configuration.zone)
    wanted = replace(
        plan,
        title=session[_key("title")],
        planned_for=moment,
        participants=tuple(session[_key("people")]),
        chair=session[_key("chair")],
        topics=_chosen_topics(),
    )
    made = fields.attempt(PLAN, lambda: reviews.plan_review(journaling.journal(screen), wanted))
    if made is not None:
        state.look_at(str(made.id), "")


def _chosen_topics() -> tuple[Topic, ...]:
    """The agenda as it was edited: in the order of the places given."""
    order, rows = st.session_state[_key("order")]
    edits = st.session_state[_key("topics")]["edited_rows"]
    told = [{**row, **edits.get(place, {})} for place, row in enumerate(rows)]
    found: Sequence[tuple[str, dict[str, int]]] = list(zip(order, told, strict=True))
    ordered = sorted(found, key=lambda pair: pair[1].get("place") or 0)
    return tuple(Topic(name, row["minutes"]) for name, row in ordered if row.get("minutes"))
