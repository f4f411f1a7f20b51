"""Reviews ahead; the meeting page before one begins: what will be talked about, who is ready, what is late."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import KokpitError
from core.language import _, ngettext
from core.numbers import day, whole
from journal.operations import reviews
from journal.operations.exceptions import readiness
from journal.words import ReviewState
from ui import cards, casework, entries, fields, journaling, links, planning, progress, readying
from ui import meeting as meetings
from ui.pages import MEETING, PREPARE
from ui.tables import Column, Kind, Row, Table, html, title
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.operations.exceptions import Prepared
    from ui.meeting import Meeting
    from ui.pages import Entry
    from ui.screen import Screen


def draw(meeting: Meeting) -> None:
    """When it is and about what, the one button that begins it, and how far everybody is."""
    if meeting.review.removed_at:
        _removed(meeting)
        return
    meeting = meetings.looked(meeting)
    found = readiness(meeting.journal, meeting.review.id)
    st.html(_heading(meeting, found) + others(meeting, MEETING))
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


def ahead(screen: Screen) -> str:
    """The review that goes on, or the next one, with the way to it; nothing where none is planned."""
    try:
        journal = journaling.journal(screen).asking_once() if journaling.exists(screen.shown) else None
        found = [each for each in reviews.reviews(journal) if each.state is not ReviewState.CLOSED] if journal else []
    except KokpitError:
        # The frame says that the journal cannot be read; the numbers are there all the same.
        return ""
    if not found:
        return ""
    first = min(found, key=lambda each: (each.state is not ReviewState.OPEN, each.planned_for))
    told, page = _("Next review: {review}"), PREPARE
    if first.state is ReviewState.OPEN:
        told, page = _("Going on now: {review}"), MEETING
    address = links.href(page, View(language=screen.view.language, review=str(first.id)))
    inner = escape(told.format(review=entries.review_name(screen, first)))
    return f'<p class="kk-say">{links.anchor(address, inner, css="kk-place")}</p>'


def others(meeting: Meeting, page: Entry) -> str:
    """The other reviews that are planned or going on, each with the way to it on *page*; nothing without any."""
    screen = meeting.screen
    view = screen.view.shared().having(preset=View().preset, custom=None)
    left = [each for each in reviews.reviews(meeting.journal) if each.state is not ReviewState.CLOSED]
    items = "".join(
        links.anchor(
            links.href(page, view.having(review=str(each.id))),
            escape(entries.review_name(screen, each)),
            css="kk-pill",
            attributes='aria-current="true"' if each.id == meeting.review.id else "",
        )
        for each in sorted(left, key=lambda each: each.planned_for)
    )
    label = _("Which review")
    return f'<nav class="kk-others" aria-label="{escape(label)}">{items}</nav>' if len(left) > 1 else ""


def _removed(meeting: Meeting) -> None:
    """That it will not take place, and where it can be brought back."""
    review = meeting.review
    told = _("Removed by {who}.").format(who=journaling.called(review.removed_by or ""))
    way = links.anchor(entries.address(meeting.screen, review.id), escape(_("Open it in the history")))
    heading = f'<div class="kk-lead"><h1 dir="auto">{escape(review.title)}</h1></div>'
    st.html(f'{heading}{entries.warning(told)}<p class="kk-way">{way}</p>')


def _heading(meeting: Meeting, found: Sequence[Prepared]) -> str:
    review, screen = meeting.review, meeting.screen
    when = review.planned_for.astimezone(screen.configuration.zone)
    period = whole(screen.period, screen.view.grain, screen.configuration.calendar)
    told = f"{day(when.date(), year=True)}, {when:%H:%M} · {period}"
    minutes = sum(item.minutes for item in meeting.topics)
    facts = [ngettext("{n} exception", "{n} exceptions", len(found)).format(n=len(found))]
    if minutes:
        facts.append(ngettext("{n} minute planned", "{n} minutes planned", minutes).format(n=minutes))
    said = " · ".join(facts)
    if not found:
        said = _("Nothing calls for attention: every KPI does what it usually does.")
        if cards.is_empty(tuple(meeting.figures.values())):
            said = _("There is no data in this period.")
    return (
        f'<div class="kk-lead"><h1 dir="auto">{escape(review.title)}</h1><p>{escape(told)}</p></div>'
        f'<p class="kk-say">{escape(said)}</p>'
    )


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
