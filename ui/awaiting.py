"""The meeting page before the review begins: what will be talked about, who is ready, which numbers are late."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from core.language import _, ngettext
from core.numbers import day, whole
from journal.operations.exceptions import readiness
from journal.operations.notes import restore
from metrics import importance
from ui import cards, casework, entries, fields, journaling, others, planning, progress, readying
from ui import meeting as meetings
from ui.pages import MEETING
from ui.tables import Column, Kind, Row, Table, html, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.operations.exceptions import Prepared
    from ui.meeting import Meeting
    from ui.pages import Entry


def draw(meeting: Meeting) -> None:
    """When it is and about what, the one button that begins it, and how far everybody is."""
    if meeting.is_removed:
        removed(meeting, MEETING)
        return
    meeting = meetings.looked(meeting)
    found = readiness(meeting.journal, meeting.review.id)
    st.html(_lead(meeting) + _said(meeting, found) + others.html(meeting, MEETING))
    if told := _early(meeting):
        st.html(entries.warning(told))
    fields.told(meetings.CONDUCT)
    if meeting.leads:
        st.button(_("Begin the meeting"), key="kk_begin", type="primary", on_click=meetings.begin, args=(meeting,))
    else:
        st.caption(_("The head of marketing or the chair begins the meeting; this page then follows by itself."))
    left, right = st.columns([1.9, 1], gap="large")
    with left:
        st.html(title(_("Agenda")) + html(_agenda(meeting, found)))
    with right:
        st.html(_people(meeting, found))
        st.html(readying.sources(meeting))
    planning.change(meeting)
    progress.keep_up(meeting)


def removed(meeting: Meeting, page: Entry) -> None:
    """On any *page*, a review that somebody took out of sight: that, and for the head the way to bring it back."""
    review, journal = meeting.review, meeting.journal
    st.html(_lead(meeting) + others.html(meeting, page))
    when = entries.moment(meeting.screen, review.removed_at) if review.removed_at else ""
    told = _("{person} removed this review on {moment}. Nothing is prepared for it, and it does not begin.")
    st.html(entries.warning(told.format(person=journaling.called(review.removed_by or ""), moment=when)))
    fields.told(meetings.CONDUCT)
    if journal.actor.leads():
        st.button(_("Restore"), key="kk_restore", on_click=_restore, args=(meeting,))
    progress.keep_up(meeting)


def _restore(meeting: Meeting) -> None:
    fields.attempt(meetings.CONDUCT, lambda: restore(meeting.journal, meeting.review.id))


def _lead(meeting: Meeting) -> str:
    review, screen = meeting.review, meeting.screen
    when = review.planned_for.astimezone(screen.configuration.zone)
    period = whole(screen.period, screen.view.grain, screen.configuration.calendar)
    told = f"{day(when.date(), year=True)}, {when:%H:%M} · {period}"
    return f'<div class="kk-lead"><h1 dir="auto">{escape(review.title)}</h1><p>{escape(told)}</p></div>'


def _said(meeting: Meeting, found: Sequence[Prepared]) -> str:
    """How much there is to talk about, and for how long; or why there is nothing."""
    if found:
        minutes = sum(item.minutes for item in meeting.topics)
        facts = [ngettext("{n} exception", "{n} exceptions", len(found)).format(n=len(found))]
        if minutes:
            facts.append(ngettext("{n} minute planned", "{n} minutes planned", minutes).format(n=minutes))
        told = " · ".join(facts)
    else:
        shown = tuple(meeting.figures.values())
        heard = importance.exceptions(shown)
        told = _("Nothing calls for attention that was not talked about before.") if heard else cards.summary(shown)
    return f'<p class="kk-say">{escape(told)}</p>'


def _early(meeting: Meeting) -> str:
    """That the period is not over, or not all loaded, and what that means; nothing where it is."""
    end, newest = meeting.screen.period.end, meeting.screen.last_day
    if end >= meeting.today:
        why = _("This period is not over: its last day is {day}.").format(day=day(end, year=True))
    elif newest is not None and newest < end:
        why = _("The numbers of this period are not all loaded: the newest are of {day}.").format(day=day(newest))
    else:
        return ""
    told = _("The meeting talks about the exceptions that the numbers give when it begins; none is looked for later.")
    return f"{why} {told}"


def _agenda(meeting: Meeting, found: Sequence[Prepared]) -> Table:
    """A line for each process, with its exceptions; last those that belong to none of the agenda."""
    columns = (
        Column(_("Process")),
        Column(_("Owner"), Kind.WORD),
        Column(_("Minutes"), Kind.COUNT),
        Column(_("Exceptions"), Kind.TEXT),
        Column(_("Prepared"), Kind.WORD),
    )
    teams = {team.id: team for team in meeting.teams}
    rows = []
    listed = set()
    for item in meeting.topics:
        team = teams.get(item.process)
        mine = [each for each in found if item.process and each.exception.process == item.process]
        listed |= {each.exception.id for each in mine}
        name = team.name if team else item.title or item.process
        rows.append(_row(meeting, (name, team.owner if team else "", item.minutes), mine))
    if rest := [each for each in found if each.exception.id not in listed]:
        rows.append(_row(meeting, (_("Beside the agenda"), "", None), rest))
    return Table(_("Agenda"), columns, tuple(rows))


def _row(meeting: Meeting, of: tuple[str, str, int | None], mine: Sequence[Prepared]) -> Row:
    process, owner, minutes = of
    names = ", ".join(casework.title(meeting, each.exception) for each in mine)
    return Row((process, owner or None, minutes, names or None, _prepared(mine) if mine else None))


def _prepared(found: Sequence[Prepared]) -> str:
    ready = sum(each.ready for each in found)
    return f"{'✓' if ready == len(found) else '○'} {ready} / {len(found)}"


def _people(meeting: Meeting, found: Sequence[Prepared]) -> str:
    """Who has answered what is asked of them; whoever is asked nothing only stands in the list."""
    asked = readying.by_owner(meeting, found)
    everybody = dict.fromkeys((*meeting.review.participants, *asked))
    items = "".join(
        _person(person, asked.get(person, [])) for person in sorted(everybody, key=lambda p: p not in asked)
    )
    heading = _("Who is ready")
    return f'{title(heading)}<ul class="kk-people">{items}</ul>'


def _person(person: str, asked: Sequence[Prepared]) -> str:
    nothing = _("nothing to prepare")
    told = f'<span class="kk-by">{escape(nothing)}</span>'
    if asked:
        done = all(each.ready for each in asked)
        told = f'<span class="{"kk-good" if done else "kk-poor"}">{_prepared(asked)}</span>'
    return f"<li><span>{escape(journaling.called(person))}</span>{told}</li>"
