"""What stands around every screen of a meeting: the line of steps above it, the bar of keys below."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import KokpitError
from core.language import _
from core.numbers import whole
from journal.operations import reviews
from journal.places import Place
from journal.words import ReviewState
from ui import casework, correcting, entering, entries, fields, journaling, leftover, links, spot, state
from ui import meeting as meetings
from ui.conduct import conduct
from ui.entering import Entering
from ui.pages import MEETING, REVISION
from ui.speaking import speak
from ui.view import View

if TYPE_CHECKING:
    from metrics.figure import Figure
    from ui.meeting import Meeting, Step


def heading(meeting: Meeting) -> str:
    """The review, its period, and the line of steps; each is a link, which whoever goes on for all clicks for all."""
    review, screen = meeting.review, meeting.screen
    period = whole(screen.period, screen.view.grain, screen.configuration.calendar)
    items = "".join(_dot(meeting, place, step) for place, step in enumerate(meeting.steps))
    label = _("Steps of the meeting")
    closed = ""
    if review.state is ReviewState.CLOSED and review.closed_at:
        told = _("Closed by {person} on {moment}. The numbers are kept as they were shown then.")
        who = journaling.called(review.closed_by or "")
        there = links.href(REVISION, View(language=screen.view.language, review=str(review.id)))
        way = links.anchor(there, escape(_(REVISION.title)), css="kk-button")
        told = told.format(person=who, moment=entries.moment(screen, review.closed_at))
        closed = f'<p class="kk-closed">{escape(told)} {way}</p>'
    return (
        f'<div class="kk-review"><b>{escape(review.title)}</b><span>{escape(period)}</span>'
        f"<span>{meeting.place + 1} / {len(meeting.steps)}</span></div>"
        f'<nav class="kk-steps" aria-label="{escape(label)}">{items}</nav>{closed}'
    )


def _dot(meeting: Meeting, place: int, step: Step) -> str:
    title = _title(meeting, step)
    done = step.exception is not None and step.exception.outcome is not None
    css = " ".join(filter(None, ("kk-case-dot" if step.exception else "", "kk-done" if done else "")))
    current = 'aria-current="step"' if place == meeting.place else ""
    language = meeting.screen.view.language
    there = links.href(MEETING, View(language=language, review=str(meeting.review.id), step=step.key))
    told = f"<span>{'✓ ' if done else ''}{escape(title)}</span>"
    return links.anchor(there, told, css=css, attributes=f'title="{escape(title)}" {current}')


def _title(meeting: Meeting, step: Step) -> str:
    return _(meetings.TITLES[step.key]) if step.exception is None else casework.title(meeting, step.exception)


def bar(meeting: Meeting) -> None:
    """Back, next, what can be written, what can be asked for, whether the reader follows, and the time."""
    st.session_state[state.DRAWN] = True
    st.session_state[state.STEP] = (meeting.review.id, meeting.step.key)
    with st.container(key="kk_foot", gap="small"):
        _tell_held(meeting)
        if meeting.step.key != meetings.CLOSE:
            fields.told(meetings.CONDUCT)
        if meeting.is_open:
            entering.form(_entering(meeting))
            correcting.within(state.screen(), meeting.journal, meeting.review.id)
        else:
            leftover.show(meeting.journal, meeting.review.id, meeting.exceptions, meeting.screen.period)
        _bar(meeting)


def _tell_held(meeting: Meeting) -> None:
    """Where everybody else is, while the reader goes on writing."""
    there = next((step for step in meeting.steps if step.key == meeting.pulse.step), None)
    if meeting.held and there:
        told = _("The meeting has gone on to “{step}”. This page follows when your words are kept or put away.")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f'<p class="kk-warn" role="status">{escape(told.format(step=_title(meeting, there)))}</p>')
            st.button(_("Go there"), key="kk_go_there", on_click=meetings.go, args=(meeting, there.key))


def _bar(meeting: Meeting) -> None:
    place, steps = meeting.place, meeting.steps
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="kk_conduct"):
        back, following = steps[max(0, place - 1)].key, steps[min(len(steps) - 1, place + 1)].key
        st.button(_("← Back"), key="kk_back", disabled=place == 0, on_click=meetings.go, args=(meeting, back))
        st.button(
            _("Next →"),
            key="kk_next",
            type="primary",
            disabled=place == len(steps) - 1,
            on_click=meetings.go,
            args=(meeting, following),
        )
        if meeting.is_open:
            about = meeting.step.exception.process if meeting.step.exception else ""
            entering.buttons(entering.offered(meeting.journal.actor, about, meeting.review.chair))
        figure = _figure(meeting)
        # What was presented has no parts to ask for: they would be those of now.
        if figure and not meeting.is_closed:
            spot.ask(meeting, figure.kpi)
        if meeting.is_open:
            st.session_state[state.FOLLOW] = meeting.follows
            st.toggle(_("Follow"), key=state.FOLLOW, on_change=meetings.follow, args=(meeting,))
        asked = str(st.session_state.get(state.MEETING_SPLIT) or "")
        conduct(meeting.elapsed, meeting.minutes, keys=True, asked=asked)
    # Only shown while an answer lets everybody wait, for instance because the database is away.
    told = _("This takes longer than usual; Kokpit goes on trying.")
    st.html(f'<p class="kk-trying" role="status"><i class="kk-spin"></i> {escape(told)}</p>')


def _figure(meeting: Meeting) -> Figure | None:
    raised = meeting.step.exception
    return meeting.figure(raised.kpi) if raised else None


def _entering(meeting: Meeting) -> Entering:
    """What is written now belongs to the KPI of the step, its part, the period, the review and the exception."""
    raised = meeting.step.exception
    figure = _figure(meeting)
    dimension, value = spot.part(figure.kpi if figure else None)
    place = Place(
        process=raised.process if raised else "",
        kpi=raised.kpi if raised else "",
        period=meeting.screen.period,
        dimension=dimension,
        dimension_value=value,
        review=meeting.review.id,
        about=raised.id if raised else None,
    )
    about = casework.title(meeting, raised) if raised else meeting.review.title
    return Entering(meeting.screen, meeting.journal, place, about, meeting.today)


@st.fragment(run_every=2)
def keep_up(meeting: Meeting) -> None:
    """Draw the page anew as soon as somebody wrote something or went on; a journal out of reach is told meanwhile."""
    speak(meeting.screen)
    if not st.session_state.pop(state.DRAWN, False):
        _get_ready(meeting)
    try:
        now = reviews.pulse(meeting.journal.asking_once(), meeting.review.id)
    except KokpitError as error:
        again = _("Trying again…")
        st.html(f'<p class="kk-warn" role="alert"><i class="kk-spin"></i> {escape(f"{error.message} {again}")}</p>')
        return
    if now != meeting.pulse or (meeting.held and not meetings.held(meeting.review, now)):
        st.rerun()


def _get_ready(meeting: Meeting) -> None:
    """While everybody looks at one step, make the next one ready."""
    # What was presented is read from the journal; there is nothing to compute.
    for step in () if meeting.is_closed else meeting.steps[meeting.place : meeting.place + 2]:
        if step.exception is not None:
            casework.get_ready(meeting, step.exception)
