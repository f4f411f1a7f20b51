"""The screens of a meeting that are about no single exception: promises, routine, decisions, the end."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.language import _, ngettext
from core.numbers import day
from journal.models import Recommendation
from journal.operations import actions, decisions
from journal.operations.history import Search, search, undecided
from journal.words import ActionState
from pack import words
from pack.effect import presented
from pack.minutes import Promised, done_during, in_force, left_open
from ui import (
    cards,
    casework,
    effect,
    entering,
    entries,
    fields,
    journaling,
    links,
    packs,
    promising,
    troubles,
    values,
    variation,
    written,
)
from ui import meeting as meetings
from ui.pages import REVISION
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.models import Decision, Entry
    from metrics.figure import Figure
    from ui.effect import Outcome
    from ui.meeting import Meeting

MOST: Final = 8


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
    with left:
        if meeting.is_closed:
            _was_open(meeting)
        else:
            _is_open(meeting)
    with right:
        st.html(_decided_before(meeting))


def _is_open(meeting: Meeting) -> None:
    """What earlier reviews left, to be done or dropped with one click."""
    found = actions.carried_over(meeting.journal, meeting.review.id, meeting.today)
    late = sum(actions.is_overdue(action, meeting.today) for action in found)
    st.html(_title(_("What was promised"), _open_sentence(len(found), late)))
    mine = actions.changeable(meeting.journal, found[:MOST]) if meeting.is_open else ()
    for action in found[:MOST]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"kk_promise_{action.id}"):
            st.html(_promised(meeting, Promised.of(action)))
            if action.id in mine:
                promising.ends(meeting.journal, action)
        promising.refused(action)
    if len(found) > MOST:
        more = len(found) - MOST
        st.caption(ngettext("{n} more action is open.", "{n} more actions are open.", more).format(n=more))


def _was_open(meeting: Meeting) -> None:
    """What the review that is over found open: what was done in it, and what it left."""
    left = left_open(meeting.journal, meeting.review)
    late = sum(each.is_overdue(meeting.today) for each in left)
    items = (_promised(meeting, each) for each in (*done_during(meeting.journal, meeting.review), *left))
    title = _title(_("What was promised"), _open_sentence(len(left), late))
    st.html(title + "".join(f'<div class="kk-was">{item}</div>' for item in items))


def _open_sentence(count: int, late: int) -> str:
    if not count:
        return _("Nothing is open from earlier reviews.")
    told = ngettext("{n} action is open", "{n} actions are open", count).format(n=count)
    return told + (ngettext(", {n} of them late.", ", {n} of them late.", late).format(n=late) if late else ".")


def _promised(meeting: Meeting, action: Promised) -> str:
    """One action: what, whose, by when, and whether it is late or over."""
    facts = [journaling.called(action.owner), day(action.due) if action.due else _("no day")]
    mark, overdue = "", _("late")
    if action.is_overdue(meeting.today):
        mark = f'<b class="kk-poor">⚠ {escape(overdue)}</b> '
    elif action.state is not ActionState.OPEN:
        facts.append(_(words.ACTIONS[action.state]))
    return (
        f'<div class="kk-promise"><p dir="auto">{escape(action.text)}</p><p class="kk-by">{mark}'
        f"{escape(' · '.join(facts))}</p></div>"
    )


def _decided_before(meeting: Meeting) -> str:
    """What earlier reviews decided, and what came of it by the numbers of this one."""
    found = in_force(meeting.journal, meeting.review)
    title = _title(_("What we said, what came of it"), "")
    if not found:
        nothing = _("No decision of an earlier review yet.")
        return title + f'<p class="kk-say">{escape(nothing)}</p>'
    seen = presented(meeting.presented.values())
    outcomes = effect.outcomes(meeting.screen, found, meeting.screen.period.end, seen)
    items = "".join(_came_of(meeting, each, outcomes[each.id]) for each in found)
    return title + f'<ul class="kk-entries">{items}</ul>'


def _came_of(meeting: Meeting, decision: Decision, outcome: Outcome) -> str:
    by = f"{words.author(decision)}, {entries.moment(meeting.screen, decision.created_at)}"
    told = effect.html(meeting.screen, outcome)
    return f'<li dir="auto">{escape(decision.text)} <span class="kk-by">{escape(by)}</span>{told}</li>'


def _routine(meeting: Meeting) -> None:
    """Every KPI that does what it usually does, one glance; above them those that were talked about before."""
    talked = {each.kpi for each in meeting.exceptions}
    rest = [figure for name, figure in meeting.figures.items() if name not in talked and figure.value is not None]
    heard = [figure for figure in rest if figure.standing.status.is_exception]
    quiet = [figure for figure in rest if not figure.standing.status.is_exception]
    told = ngettext("{n} KPI does what it usually does.", "{n} KPIs do what they usually do.", len(quiet))
    rows = "".join(
        f"<section><h2>{escape(name)}</h2>{lines}</section>"
        for process, name in _processes(meeting, quiet).items()
        if (lines := "".join(_line(meeting, figure) for figure in quiet if figure.kpi.process == process))
    )
    said = told.format(n=len(quiet)) if rest else _("There is no data in this period.")
    title = _title(_("Routine"), said)
    st.html(f'{title}{_heard(meeting, heard)}<div class="kk-still">{rows}</div>')


def _heard(meeting: Meeting, found: Sequence[Figure]) -> str:
    """What calls for attention still, and was talked about in an earlier meeting: no exception of this one."""
    if not found:
        return ""
    told = ngettext(
        "{n} more was talked about before, and goes on:", "{n} more were talked about before, and go on:", len(found)
    )
    rows = "".join(_line(meeting, figure, in_words=True) for figure in found)
    return f'<p class="kk-say">{escape(told.format(n=len(found)))}</p><div class="kk-still kk-heard">{rows}</div>'


def _processes(meeting: Meeting, shown: Sequence[Figure]) -> dict[str, str]:
    """The names of the processes in the order of the agenda; last those that only what was presented knows."""
    return {team.id: team.name for team in meeting.teams} | {
        figure.kpi.process: figure.kpi.process
        for figure in shown
        if figure.kpi.process not in {team.id for team in meeting.teams}
    }


def _line(meeting: Meeting, figure: Figure, *, in_words: bool = False) -> str:
    """One KPI in one line: its name, its value, and the signs of both axes; below them what they say *in words*."""
    screen = meeting.screen
    value = values.short(figure.kpi, figure.value, screen.configuration.currency)
    inner = (
        f'<span class="kk-name">{escape(_(figure.kpi.name))}</span><b>{escape(value)}</b>'
        f'<span class="{variation.tone(figure.standing)}" aria-hidden="true">{variation.signs(figure.standing)}</span>'
    )
    if in_words:
        inner += f'<small class="{variation.tone(figure.standing)}">{escape(variation.told(figure.standing))}</small>'
    told = ": ".join((_(figure.kpi.name), variation.told(figure.standing)))
    there = cards.address(screen, figure.kpi)
    if meeting.is_closed:
        there = links.href(REVISION, View(language=screen.view.language, review=str(meeting.review.id)))
    return links.anchor(there, inner, attributes=f'title="{escape(told)}"')


def _decisions(meeting: Meeting) -> None:
    """What was recommended and decided, and who does what."""
    left, right = st.columns(2, gap="large")
    found = decisions.decisions(meeting.journal, review=meeting.review.id)
    asked = Search(review=meeting.review.id, types=(Recommendation,))
    recommended = search(meeting.journal, asked, limit=100)
    unsaid = _("Nothing was recommended.")
    undecided, unpromised = _("Nothing was decided."), _("No action was agreed on.")
    if meeting.is_open:
        offered = entering.offered(meeting.journal.actor, "", meeting.review.chair)
        undecided = _("Nothing is decided yet: press D.") if "decision" in offered else _("Nothing is decided yet.")
        unpromised = _("No actions yet: press A.") if "action" in offered else _("No actions yet.")
    with left:
        st.html(_title(_("Recommended"), "") + _or(written.of_kpis(meeting, recommended), unsaid))
        st.html(_title(_("Decided"), "") + _or(written.of_kpis(meeting, found), undecided))
    with right:
        made = actions.actions_of(meeting.journal, meeting.review.id)
        st.html(_title(_("Who does what"), "") + _or(written.of_kpis(meeting, made), unpromised))


def _or(html: str, otherwise: str) -> str:
    return html or f'<p class="kk-say">{escape(otherwise)}</p>'


def _close(meeting: Meeting) -> None:
    """What is left to do before the review can be closed, and closing it."""
    review = meeting.review
    waiting = [each for each in meeting.exceptions if each.outcome is None]
    st.html(_title(_("Closed") if meeting.is_closed else _("Close"), "") + _summary(meeting))
    if waiting:
        told = ngettext("{n} exception has no outcome yet:", "{n} exceptions have no outcome yet:", len(waiting))
        st.html(f'<p class="kk-say">{escape(told.format(n=len(waiting)))}</p>')
        with st.container(horizontal=True, gap="small"):
            for each in waiting:
                label = troubles.plain(casework.title(meeting, each))
                st.button(label, key=f"kk_go_{each.id}", on_click=meetings.go, args=(meeting, f"x{each.id}"))
    if undecided_told := _undecided(meeting):
        st.html(undecided_told)
    fields.told(meetings.CONDUCT)
    if meeting.is_closed:
        packs.row(meeting.screen, meeting.journal, review)
        if meeting.journal.actor.leads():
            st.button(_("Open it again"), key="kk_reopen", on_click=meetings.reopen, args=(meeting,))
    elif meeting.is_open and meeting.leads:
        st.button(_("Close the review"), key="kk_close", type="primary", on_click=meetings.close, args=(meeting,))
        st.caption(_("Closing keeps every number as it is shown now, with its limits, target and definition."))


def _undecided(meeting: Meeting) -> str:
    """Where two people wrote at once and nobody has chosen: no reason not to close, as both texts are kept."""
    found = [] if meeting.is_closed else undecided(meeting.journal, meeting.review.id)
    if not found:
        return ""
    told = ngettext(
        "{n} text that two people wrote at once waits for a choice. Closing keeps both, and leaves what stands now:",
        "{n} texts that two people wrote at once wait for a choice. Closing keeps both, and leaves what stands now:",
        len(found),
    )
    ways = (links.anchor(entries.address(meeting.screen, each.id), escape(_named(meeting, each))) for each in found)
    items = "".join(f"<li>{way}</li>" for way in ways)
    return f'<p class="kk-say">{escape(told.format(n=len(found)))}</p><ul class="kk-lines">{items}</ul>'


def _named(meeting: Meeting, entry: Entry) -> str:
    """What *entry* is, and of which KPI."""
    of = entries.kpi_name(meeting.screen, entry.kpi) if entry.kpi else ""
    return " · ".join(filter(None, (entries.kind(entry), of)))


def _summary(meeting: Meeting) -> str:
    journal, review = meeting.journal, meeting.review
    raised = len(meeting.exceptions)
    ended = sum(each.outcome is not None for each in meeting.exceptions)
    decided = len(decisions.decisions(journal, review=review.id))
    agreed = len(actions.actions_of(journal, review.id))
    # The number stands above its word.
    facts = (
        (raised, ngettext("{n} exception", "{n} exceptions", raised).format(n="")),
        (ended, _("with an outcome")),
        (decided, ngettext("{n} decision", "{n} decisions", decided).format(n="")),
        (agreed, ngettext("{n} action", "{n} actions", agreed).format(n="")),
    )
    items = "".join(f"<div><b>{count}</b><span>{escape(label.strip())}</span></div>" for count, label in facts)
    return f'<div class="kk-sum">{items}</div>'


def _title(title: str, sentence: str) -> str:
    return f'<div class="kk-lead"><h1>{escape(title)}</h1><p>{escape(sentence)}</p></div>'


_SCREENS = {
    meetings.PROMISES: _promises,
    meetings.ROUTINE: _routine,
    meetings.DECISIONS: _decisions,
    meetings.CLOSE: _close,
}
