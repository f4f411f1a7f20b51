"""One exception on a screen of its own: the number, its chart, what moved it, what was prepared, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.language import _
from core.numbers import day
from journal.models import Action, Decision, Event, Note, Recommendation, ReviewException
from journal.operations.actions import changeable
from journal.operations.exceptions import Prepared, readiness
from journal.operations.history import Search, entry, search
from journal.words import ActionState, ExceptionKind, NoteKind
from metrics.own import catalogue
from pack.words import KINDS, author
from ui import (
    answering,
    cards,
    empty,
    entries,
    exception,
    history,
    journaling,
    links,
    names,
    promising,
    queries,
    spot,
    values,
    variation,
    written,
)
from ui.answering import Answering
from ui.theme import CHART_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from journal.models import Entry
    from metrics.figure import Figure
    from metrics.model import Kpi
    from pack.frozen import Seen
    from ui.department import Team
    from ui.history import Drawing
    from ui.meeting import Meeting
    from ui.screen import Screen

LAST_TIME: Final = 5


def title(meeting: Meeting, exception: ReviewException) -> str:
    """What the exception is about, in a few words."""
    if exception.kind is ExceptionKind.PROMISE:
        return str(exception.details.get("action", "")) or _(KINDS[exception.kind])
    seen = meeting.presented.get(exception.kpi)
    kpi = seen.figure.kpi if seen else catalogue(meeting.screen.shown.snapshot).get(exception.kpi)
    return _(kpi.name) if kpi else exception.kpi


def draw(meeting: Meeting, exception: ReviewException) -> None:
    """The whole screen of *exception*."""
    figure = meeting.figure(exception.kpi)
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        if exception.kind is ExceptionKind.PROMISE:
            st.html(promise(exception))
            _kept_since(meeting, exception)
        if figure is None:
            if exception.kind is not ExceptionKind.PROMISE:
                st.html(_gone(exception))
        else:
            _number(meeting, exception, figure)
    with right:
        _words(meeting, exception, figure)


def _kept_since(meeting: Meeting, exception: ReviewException) -> None:
    """What became of the promise since it was raised; while it is open, one click ends it."""
    action = entry(meeting.journal, exception.about_id) if exception.about_id else None
    if not isinstance(action, Action):
        return
    if action.state is not ActionState.OPEN:
        st.html(f'<p class="kk-say">{escape(entries.details(meeting.screen, action))}</p>')
    elif meeting.is_open and changeable(meeting.journal, [action]):
        with st.container(horizontal=True, gap="small", key=f"kk_promise_{action.id}"):
            promising.ends(meeting.journal, action)
        promising.refused(action)


def _number(meeting: Meeting, raised: ReviewException, figure: Figure) -> None:
    """The value in large type, its chart, the sentence, and what was asked for."""
    kpi = figure.kpi
    dimension, value = spot.part(kpi)
    st.html(heading(meeting, raised, figure))
    if dimension:
        st.html(f'<p class="kk-part">{escape(f"{names.dimension(dimension)}: {names.value(dimension, value)}")}</p>')
    seen = meeting.presented.get(kpi.id)
    if seen:
        _drawn(history.presented(meeting.screen, seen, meeting.review.id, meeting.anew.get(kpi.id)))
        st.html(_defined(seen))
    else:
        anew = None if dimension else meeting.anew.get(kpi.id)
        _drawn(history.chart(_narrowed(meeting.screen_of(kpi.id), dimension, value), kpi, anew))
        _limits(anew)
        spot.show(meeting, kpi, _team(meeting, kpi.process))


def _limits(anew: date | None) -> None:
    """That the limits are still those the exception was raised by, where the meeting itself starts them *anew*."""
    if anew:
        told = _("Shown with the limits it was raised by; from {day} on they are computed anew.")
        st.html(f'<p class="kk-say">{escape(told.format(day=day(anew, year=True)))}</p>')


def _drawn(chart: Drawing) -> None:
    """A chart, with what it shows in words below."""
    if chart.blank:
        st.html(empty.sentence(chart.told))
    else:
        st.vega_lite_chart(chart.rows, chart.spec, height=CHART_HEIGHT, alt=chart.told, key="kk_meeting_chart")
    if chart.legend:
        st.html(chart.legend)


def _defined(seen: Seen) -> str:
    """What the number meant when it was presented, how it was computed, and how far its data was final."""
    kpi = seen.figure.kpi
    facts = (
        (_("Meaning"), " ".join(filter(None, (_(kpi.meaning), _(kpi.definition))))),
        (_("Formula"), _(kpi.formula)),
        (_("Final to"), day(seen.figure.known_to, year=True)),
        (_("Late then"), ", ".join(map(names.source, seen.late))),
    )
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in facts if text)
    title = _("Definition as presented")
    return f'<details class="kk-earlier"><summary>{escape(title)}</summary><dl class="kk-define">{rows}</dl></details>'


def _narrowed(screen: Screen, dimension: str, value: str) -> Screen:
    return replace(screen, view=screen.view.filtered(**{dimension: value})) if dimension else screen


def _team(meeting: Meeting, process: str) -> Team | None:
    return next((team for team in meeting.teams if team.id == process), None)


def heading(meeting: Meeting, raised: ReviewException, figure: Figure) -> str:
    """Why it is talked about, the KPI and whose it is, its value in large type, and where it stands."""
    kpi, screen = figure.kpi, meeting.screen
    currency = screen.configuration.currency
    # Above the number that a promise was about, the promise itself stands already.
    kind = "" if raised.kind is ExceptionKind.PROMISE else f'<p class="kk-kind">{escape(_(KINDS[raised.kind]))}</p>'
    team = _team(meeting, kpi.process)
    of = " · ".join(filter(None, (team.name if team else "", _owner(meeting, kpi, team))))
    doubts = cards.few(figure) + cards.state(screen, figure)
    return (
        f'<div class="kk-case {variation.tone(figure.standing)}">{kind}'
        f"<h1>{escape(_(kpi.name))} <small>{escape(of)}</small></h1>"
        f'<p class="kk-large"><span class="kk-value" title="{escape(values.full(kpi, figure.value, currency))}">'
        f"{cards.with_small_unit(values.short(kpi, figure.value, currency))}</span>"
        f"{cards.change(screen, figure)}{cards.stands(figure)}{doubts}</p></div>"
    )


def _owner(meeting: Meeting, kpi: Kpi, team: Team | None) -> str:
    """Whose *kpi* is; of a meeting that is over, whose it was."""
    seen = meeting.presented.get(kpi.id)
    if seen and seen.owner is not None:
        return seen.owner
    return team.owner if team else ""


def beside(meeting: Meeting, figure: Figure) -> str:
    """The KPI that a promise was about, in a line."""
    kpi, screen = figure.kpi, meeting.screen
    value = values.short(kpi, figure.value, screen.configuration.currency)
    name = links.anchor(cards.address(screen, kpi), escape(_(kpi.name)), css="kk-place")
    return (
        f'<p class="kk-beside">{name} <b>{escape(value)}</b>'
        f"{cards.change(screen, figure)}{cards.stands(figure)}{cards.state(screen, figure)}</p>"
    )


def promise(raised: ReviewException) -> str:
    """An overdue promise: what was promised, by whom, until when."""
    due = raised.details.get("due", "")
    told = _("{person} promised it by {day}.").format(
        person=journaling.called(str(raised.details.get("owner", ""))),
        day=day(date.fromisoformat(due), year=True) if due else "?",
    )
    return (
        f'<div class="kk-case kk-worse"><p class="kk-kind">{escape(_(KINDS[raised.kind]))}</p>'
        f"<h1>{escape(str(raised.details.get('action', '')))}</h1>"
        f'<div class="kk-told"><p>{escape(told)}</p></div></div>'
    )


def _gone(raised: ReviewException) -> str:
    """Numbers that are not there: what was raised is still to be answered."""
    told = _("The numbers of “{kpi}” are no longer there: its source may have been taken away, or its process.")
    return f'<div class="kk-empty"><p>{escape(told.format(kpi=raised.kpi))}</p></div>'


def _words(meeting: Meeting, raised: ReviewException, figure: Figure | None) -> None:
    """What was prepared, what was said last time, and the outcome."""
    known = next(
        (each for each in readiness(meeting.journal, meeting.review.id) if each.exception.id == raised.id), None
    )
    if figure and (facts := untold(said(meeting, figure), known)):
        st.html(f'<div class="kk-told">{"".join(f"<p>{escape(text)}</p>" for text in facts)}</div>')
    if known and (told := prepared(meeting, known)):
        st.html(told)
    if meeting.is_open and (meeting.leads or meeting.journal.actor.owns({raised.process})):
        answering.panel(_answering(meeting, raised, known, figure))
    else:
        st.html(answering.told(meeting.screen, raised) + answering.answers(meeting.journal, raised))
    if told := written.lines(meeting, said_about(meeting, raised)) + last_time(meeting, raised):
        st.html(told)


def untold(facts: Sequence[str], known: Prepared | None) -> list[str]:
    """Those of *facts* that the words handed in do not say already, as the draft that they began with does."""
    words = "\n".join(note.text for note in known.happened) if known else ""
    return [text for text in facts if text not in words]


def _answering(meeting: Meeting, raised: ReviewException, known: Prepared | None, figure: Figure | None) -> Answering:
    said = [note.text for note in (*known.happened, *known.means)] if known else []
    team = _team(meeting, raised.process)
    since = figure.standing.since if figure else None
    return Answering(
        screen=meeting.screen,
        journal=meeting.journal,
        exception=raised,
        today=meeting.today,
        default="\n".join(said),
        owner=str(raised.details.get("owner", "")) or (team.owner if team else ""),
        since=since.start if since else None,
    )


def prepared(meeting: Meeting, known: Prepared) -> str:
    """What was handed in before the meeting."""
    groups = (
        (_("What happened"), known.happened),
        (_("What it means"), known.means),
        (_("Recommended"), known.recommended),
    )
    told = "".join(
        f"<h3>{escape(heading)}</h3>{''.join(_quote(meeting, entry) for entry in found)}"
        for heading, found in groups
        if found
    )
    return f'<div class="kk-prepared">{told}</div>' if told else ""


def _quote(meeting: Meeting, entry: Note | Recommendation) -> str:
    who = escape(author(entry)) + written.pencil(meeting, entry)
    return f'<blockquote><div>{entries.shortened(entry.text)}</div><cite class="kk-by">{who}</cite></blockquote>'


def said_about(meeting: Meeting, raised: ReviewException) -> list[Entry]:
    """What was written in this meeting about the exception, or about its KPI."""
    what = Search(review=meeting.review.id, types=(Note, Recommendation, Decision, Action, Event))
    found = search(meeting.journal, what, limit=500)
    prepared = [entry for entry in found if isinstance(entry, Note) and entry.kind is not NoteKind.REMARK]
    mine = [
        entry
        for entry in found
        if (entry.about_id == raised.id or (raised.kpi and entry.kpi == raised.kpi)) and entry not in prepared
    ]
    return [entry for entry in mine if not (isinstance(entry, Recommendation) and entry.about_id == raised.id)]


def last_time(meeting: Meeting, raised: ReviewException) -> str:
    """What earlier reviews said about the same KPI or promise, and how its exceptions ended, the latest first."""
    asked = []
    if raised.kpi:
        asked.append(Search(kpi=raised.kpi, types=(Note, Decision, Action, ReviewException)))
    if raised.about_id:
        asked.append(Search(about=raised.about_id, types=(ReviewException,)))
    found = {entry.id: entry for what in asked for entry in search(meeting.journal, what, limit=100)}
    elsewhere = (entry for entry in found.values() if entry.review_id not in {None, meeting.review.id})
    earlier = [entry for entry in elsewhere if _tells(entry, raised)]
    items = "".join(_earlier(meeting, entry) for entry in sorted(earlier, key=_said_at, reverse=True)[:LAST_TIME])
    title = _("Said before") if raised.about_id else _("Said before about this KPI")
    return f'<details class="kk-earlier"><summary>{escape(title)}</summary><ul>{items}</ul></details>' if items else ""


def _tells(entry: Entry, raised: ReviewException) -> bool:
    """Whether *entry* says something of what was *raised*: of an exception, how it ended; of promises, of the same."""
    if not isinstance(entry, ReviewException):
        return True
    return bool(entry.outcome) and (entry.kind is not ExceptionKind.PROMISE or entry.about_id == raised.about_id)


def _said_at(entry: Entry) -> datetime:
    answered = entry.answered_at if isinstance(entry, ReviewException) else None
    return answered or entry.created_at


def _earlier(meeting: Meeting, entry: Entry) -> str:
    who = journaling.called(entry.answered_by or "") if isinstance(entry, ReviewException) else author(entry)
    by = f"{who}, {entries.moment(meeting.screen, _said_at(entry))}"
    kind = "" if isinstance(entry, ReviewException) else f"{entries.kind(entry)}: "
    text = kind + entries.said(entry)
    return f'<li dir="auto">{escape(text)} <span class="kk-by">{escape(by)}</span></li>'


def get_ready(meeting: Meeting, exception: ReviewException) -> None:
    """Ask for everything that the screen of *exception* shows, so that it is there at once when its turn comes."""
    if figure := meeting.figure(exception.kpi):
        history.chart(meeting.screen_of(figure.kpi.id), figure.kpi, meeting.anew.get(figure.kpi.id))
        said(meeting, figure)


def said(meeting: Meeting, figure: Figure) -> tuple[str, ...]:
    """What happened, what moved it, what that means for the target."""
    if seen := meeting.presented.get(figure.kpi.id):
        return exception.stood(meeting.screen, seen)
    screen = meeting.screen_of(figure.kpi.id)
    question = ("said", figure.kpi.id, screen.key)
    return queries.remember(screen.shown, question, lambda: exception.said(screen, figure))
