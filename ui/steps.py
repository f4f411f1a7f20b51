"""The screens of a meeting that are about no single exception: promises, routine, decisions, the end."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.language import _, ngettext
from core.numbers import day, moment
from journal.models import Recommendation
from journal.operations import actions, decisions
from journal.operations.history import Search, search
from journal.words import ActionState, ReviewState
from ui import cards, casework, effect, fields, journaling, links, troubles, values, variation
from ui import meeting as meetings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.models import Action, Decision
    from metrics.figure import Figure
    from ui.effect import Outcome
    from ui.meeting import Meeting

MOST: Final = 8
FEW: Final = 4


def draw(meeting: Meeting) -> None:
    """The step that is shown."""
    step = meeting.step
    if step.exception is not None:
        casework.draw(meeting, step.exception)
    else:
        _SCREENS[step.key](meeting)


def _promises(meeting: Meeting) -> None:
    """What is still open, and what came of what was decided."""
    left, right = st.columns([1.4, 1], gap="large")
    open_ = actions.carried_over(meeting.journal, meeting.review.id, meeting.today)
    with left:
        st.html(_title(_("What was promised"), _open_sentence(meeting, open_)))
        for action in open_[:MOST]:
            _action(meeting, action)
        if len(open_) > MOST:
            more = len(open_) - MOST
            st.caption(ngettext("{n} more action is open.", "{n} more actions are open.", more).format(n=more))
    with right:
        st.html(_decided_before(meeting))


def _open_sentence(meeting: Meeting, found: Sequence[Action]) -> str:
    if not found:
        return _("Nothing is open from earlier reviews.")
    late = sum(actions.is_overdue(action, meeting.today) for action in found)
    told = ngettext("{n} action is open", "{n} actions are open", len(found)).format(n=len(found))
    return told + (ngettext(", {n} of them late.", ", {n} of them late.", late).format(n=late) if late else ".")


def _action(meeting: Meeting, action: Action) -> None:
    late = actions.is_overdue(action, meeting.today)
    when = day(action.due) if action.due else _("no day")
    overdue = _("late")
    mark = f'<b class="kk-poor">⚠ {escape(overdue)}</b> ' if late else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"kk_promise_{action.id}"):
        st.html(
            f'<div class="kk-promise"><p>{escape(action.text)}</p><p class="kk-by">{mark}'
            f"{escape(journaling.called(action.owner))} · {escape(when)}</p></div>"
        )
        if meeting.is_open and meeting.journal.actor.may_write:
            for state, label in ((ActionState.DONE, _("Done")), (ActionState.DROPPED, _("Dropped"))):
                st.button(label, key=f"kk_{state.value}_{action.id}", on_click=_set, args=(meeting, action, state))
    fields.told(f"action:{action.id}")


def _set(meeting: Meeting, action: Action, state: ActionState) -> None:
    fields.attempt(
        f"action:{action.id}",
        lambda: actions.set_action_state(meeting.journal, action.id, action.version, state, action.done_note),
    )


def _decided_before(meeting: Meeting) -> str:
    """What the last reviews decided, and what came of it."""
    found = [each for each in decisions.decisions(meeting.journal) if each.review_id != meeting.review.id][:FEW]
    title = _title(_("What we said, what came of it"), "")
    if not found:
        nothing = _("No decision of an earlier review yet.")
        return title + f'<p class="kk-say">{escape(nothing)}</p>'
    outcomes = effect.outcomes(meeting.screen, found)
    items = "".join(_came_of(meeting, each, outcomes.get(each.id)) for each in found)
    return title + f'<ul class="kk-entries">{items}</ul>'


def _came_of(meeting: Meeting, decision: Decision, outcome: Outcome | None) -> str:
    by = f"{journaling.called(decision.created_by)}, {moment(decision.created_at)}"
    came = effect.html(meeting.screen, outcome) if outcome else ""
    return f'<li>{escape(decision.text)} <span class="kk-by">{escape(by)}</span>{came}</li>'


def _routine(meeting: Meeting) -> None:
    """Every KPI that does what it usually does, one glance."""
    talked = {each.kpi for each in meeting.exceptions}
    quiet = [figure for name, figure in meeting.figures.items() if name not in talked and figure.value is not None]
    told = ngettext(
        "{n} KPI does what it usually does, or was talked about before.",
        "{n} KPIs do what they usually do, or were talked about before.",
        len(quiet),
    ).format(n=len(quiet))
    rows = "".join(
        f"<section><h2>{escape(team.name)}</h2>{lines}</section>"
        for team in meeting.teams
        if (lines := "".join(_line(meeting, figure) for figure in quiet if figure.kpi.process == team.id))
    )
    st.html(_title(_("Routine"), told) + f'<div class="kk-still">{rows}</div>')


def _line(meeting: Meeting, figure: Figure) -> str:
    """One KPI in one line: its name, its value, and the signs of both axes."""
    screen = meeting.screen
    value = values.short(figure.kpi, figure.value, screen.configuration.currency)
    inner = (
        f'<span class="kk-name">{escape(_(figure.kpi.name))}</span><b>{escape(value)}</b>'
        f'<span class="{variation.tone(figure.standing)}" aria-hidden="true">{variation.signs(figure.standing)}</span>'
    )
    told = ": ".join((_(figure.kpi.name), variation.told(figure.standing)))
    return links.anchor(cards.address(screen, figure.kpi), inner, attributes=f'title="{escape(told)}"')


def _decisions(meeting: Meeting) -> None:
    """What was recommended and decided, and who does what."""
    left, right = st.columns(2, gap="large")
    found = decisions.decisions(meeting.journal, review=meeting.review.id)
    asked = Search(review=meeting.review.id, types=(Recommendation,))
    recommended = search(meeting.journal, asked, limit=100)
    with left:
        st.html(_title(_("Recommended"), "") + _or(casework.entries(recommended), _("Nothing was recommended.")))
        st.html(_title(_("Decided"), "") + _or(casework.entries(found), _("Nothing is decided yet: press D.")))
    with right:
        made = actions.actions_of(meeting.journal, meeting.review.id)
        st.html(_title(_("Who does what"), "") + _or(casework.entries(made), _("No actions yet: press A.")))


def _or(html: str, otherwise: str) -> str:
    return html or f'<p class="kk-say">{escape(otherwise)}</p>'


def _close(meeting: Meeting) -> None:
    """What is left to do before the review can be closed, and closing it."""
    review = meeting.review
    waiting = [each for each in meeting.exceptions if each.outcome is None]
    st.html(_title(_("Close"), "") + _summary(meeting))
    if waiting:
        told = ngettext("{n} exception has no outcome yet:", "{n} exceptions have no outcome yet:", len(waiting))
        st.html(f'<p class="kk-say">{escape(told.format(n=len(waiting)))}</p>')
        with st.container(horizontal=True, gap="small"):
            for each in waiting:
                label = troubles.plain(casework.title(meeting, each))
                st.button(label, key=f"kk_go_{each.id}", on_click=meetings.go, args=(meeting, f"x{each.id}"))
    fields.told(meetings.CONDUCT)
    if review.state is ReviewState.CLOSED:
        if meeting.journal.actor.leads():
            st.button(_("Open it again"), key="kk_reopen", on_click=meetings.reopen, args=(meeting,))
    elif meeting.is_open and meeting.leads:
        st.button(_("Close the review"), key="kk_close", type="primary", on_click=meetings.close, args=(meeting,))
        st.caption(_("Closing keeps every number as it is shown now, with its limits, target and definition."))


def _summary(meeting: Meeting) -> str:
    journal, review = meeting.journal, meeting.review
    facts = [
        (len(meeting.exceptions), _("exceptions")),
        (sum(each.outcome is not None for each in meeting.exceptions), _("with an outcome")),
        (len(decisions.decisions(journal, review=review.id)), _("decisions")),
        (len(actions.actions_of(journal, review.id)), _("actions")),
    ]
    items = "".join(f"<div><b>{count}</b><span>{escape(label)}</span></div>" for count, label in facts)
    return f'<div class="kk-sum">{items}</div>'


def _title(title: str, sentence: str) -> str:
    return f'<div class="kk-lead"><h1>{escape(title)}</h1><p>{escape(sentence)}</p></div>'


_SCREENS = {
    meetings.PROMISES: _promises,
    meetings.ROUTINE: _routine,
    meetings.DECISIONS: _decisions,
    meetings.CLOSE: _close,
}
