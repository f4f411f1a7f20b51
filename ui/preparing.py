"""What an owner writes before the meeting: what happened, what it means, what they recommend. Two minutes for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from core.language import N_, _, ngettext
from core.numbers import day, days, whole
from core.period import Period
from journal.operations.events import events
from journal.operations.exceptions import readiness
from journal.operations.history import conflicts as conflicts_of
from journal.operations.notes import add_recommendation, edit_note, edit_recommendation, hand_in, may_correct
from journal.places import Place
from journal.words import ExceptionKind, NoteKind
from ui import casework, conflicts, entering, fields, history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from journal.models import Event, Note, Recommendation
    from journal.operations.exceptions import Prepared
    from journal.work import Edited
    from metrics.figure import Figure
    from ui.meeting import Meeting

HAPPENED, MEANS, RECOMMENDED = "happened", "means", "recommended"
LABELS: Final = {
    HAPPENED: N_("What happened"),
    MEANS: N_("What it means"),
    RECOMMENDED: N_("What I recommend"),
}
NEARBY: Final = timedelta(days=28)
SMALL: Final = 260
TALL, LOW = 160, 88
"""The heights of fields: what happened begins with the sentences from the numbers."""


@dataclass(frozen=True)
class Field:
    """One of the three things to write about an exception, and what was handed in before, if anything."""

    meeting: Meeting
    known: Prepared
    kind: str

    @property
    def name(self) -> str:
        """What it is called among this person's drafts."""
        return f"prepare:{self.known.exception.id}:{self.kind}"

    @property
    def entry(self) -> Note | Recommendation | None:
        """What was handed in."""
        if self.kind == RECOMMENDED:
            return self.known.recommended[-1] if self.known.recommended else None
        notes = self.known.happened if self.kind == HAPPENED else self.known.means
        return notes[-1] if notes else None

    @property
    def is_offered(self) -> bool:
        """Whether the journal takes it from the reader: new, or in place of what was handed in."""
        actor, chair = self.meeting.journal.actor, self.meeting.review.chair
        if self.entry is not None:
            return may_correct(actor, self.entry, chair)
        kind = "recommendation" if self.kind == RECOMMENDED else "note"
        return kind in entering.offered(actor, self.known.exception.process, chair)

    @property
    def is_changed(self) -> bool:
        """Whether the reader has other words in it now than everybody sees."""
        return self.entry is not None and fields.text(self.name) != self.entry.text

    @property
    def waits(self) -> bool:
        """Whether nobody else sees it although it was to be handed in, or is more than was asked for."""
        written = self.kind == RECOMMENDED and bool(fields.text(self.name).strip())
        return self.entry is None and (written or fields.was_refused(self.name))


def fields_of(meeting: Meeting, known: Prepared) -> list[Field]:
    """Of the three things to write about one exception those that the reader may write."""
    every = (Field(meeting, known, kind) for kind in LABELS)
    return [field for field in every if field.is_offered]


def mine(meeting: Meeting) -> list[Prepared]:
    """The exceptions of the reader's processes and promises; then, for a head and whoever owns none, all others."""
    actor = meeting.journal.actor
    found = readiness(meeting.journal, meeting.review.id)
    order = {each.id: place for place, each in enumerate(meeting.exceptions)}
    found = sorted((each for each in found if each.exception.id in order), key=lambda each: order[each.exception.id])
    own = [each for each in found if _is_own(meeting, each)]
    if actor.processes and not actor.leads():
        return own
    return own + [each for each in found if each not in own]


def _is_own(meeting: Meeting, known: Prepared) -> bool:
    """Whether the reader answers for the process, or promised it."""
    actor, raised = meeting.journal.actor, known.exception
    return raised.process in actor.processes or raised.details.get("owner") == actor.person


def heading(meeting: Meeting, found: list[Prepared]) -> str:
    """Which review it is for, and how much is left to do."""
    screen, review = meeting.screen, meeting.review
    when = review.planned_for.astimezone(screen.configuration.zone)
    leads = meeting.journal.actor.leads()
    left = sum(not each.ready for each in found if leads or _is_own(meeting, each))
    others = sum(not each.ready for each in found)
    told = _("Nothing waits for your words.")
    if left:
        told = ngettext("{n} exception waits for your words.", "{n} exceptions wait for your words.", left)
    elif others:
        told = ngettext("{n} exception waits for its owner.", "{n} exceptions wait for their owners.", others)
    told = told.format(n=left or others)
    period = whole(screen.period, screen.view.grain, screen.configuration.calendar)
    of = f"{review.title} · {day(when.date())}, {when:%H:%M} · {period}"
    return (
        f'<div class="kk-lead"><h1>{escape(_("My preparation"))}</h1><p>{escape(told)}</p></div>'
        f'<p class="kk-say">{escape(of)}</p>'
    )


def one(meeting: Meeting, known: Prepared) -> None:
    """One exception: what is known of it, and the three fields."""
    raised = known.exception
    figure = meeting.figure(raised.kpi)
    facts = _late if raised.kind is ExceptionKind.PROMISE else _facts
    with st.container(border=True, key=f"kk_prepare_{raised.id}"):
        left, right = st.columns([1.1, 1], gap="large")
        with left:
            facts(meeting, known, figure)
        with right:
            if fields_of(meeting, known):
                _fields(meeting, known, figure)
            else:
                nothing = _("Nothing has been handed in yet.")
                st.html(casework.prepared(meeting, known) or f'<p class="kk-say">{escape(nothing)}</p>')


def _late(meeting: Meeting, known: Prepared, figure: Figure | None) -> None:
    """What was promised by whom until when; and where the KPI is that it was about."""
    st.html(casework.promise(known.exception))
    if figure:
        st.html(casework.beside(meeting, figure))
    if earlier := casework.last_time(meeting, known.exception):
        st.html(earlier)


def _facts(meeting: Meeting, known: Prepared, figure: Figure | None) -> None:
    raised = known.exception
    if figure is None:
        st.html(f'<h2 class="kk-title">{escape(casework.title(meeting, raised))}</h2>')
        return
    told = "".join(f"<p>{escape(text)}</p>" for text in casework.said(meeting, figure))
    near = "".join(f"<li>{escape(_event(event))}</li>" for event in _nearby(meeting, known))
    label = _("Events nearby")
    events_told = f"<h3>{escape(label)}</h3><ul>{near}</ul>" if near else ""
    st.html(casework.heading(meeting, raised, figure) + f'<div class="kk-facts-told">{told}{events_told}</div>')
    chart = history.chart(meeting.screen, figure.kpi)
    if not chart.blank:
        st.vega_lite_chart(
            chart.rows,
            {**chart.spec, "height": SMALL},
            height=SMALL,
            alt=chart.told,
            key=f"kk_prepare_chart_{raised.id}",
        )
        st.html(chart.legend)
    if earlier := casework.last_time(meeting, raised):
        st.html(earlier)


def _nearby(meeting: Meeting, known: Prepared) -> list[Event]:
    period = meeting.screen.period
    raised = known.exception
    around = Period(period.start - NEARBY, period.end)
    return events(meeting.journal, around, Place(raised.process, raised.kpi))


def _event(event: Event) -> str:
    return f"{days(Period(event.starts_on, event.ends_on), year=False)}: {event.name}"


@st.fragment
def _fields(meeting: Meeting, known: Prepared, figure: Figure | None) -> None:
    fields.refresh()
    found = fields_of(meeting, known)
    others: dict[str, Any] = {field.kind: () for field in found}
    if said := casework.prepared(meeting, replace(known, **others)):
        st.html(said)
    for field in found:
        _area(field, _suggested(meeting, known, figure) if field.kind == HAPPENED else "")
    _conflicts(meeting, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        hand_in = f"kk_hand_in_{known.exception.id}"
        st.button(_("Hand in"), key=hand_in, type="primary", on_click=_hand_in, args=(found,))
        st.caption(_how_far(found))


def _how_far(found: Sequence[Field]) -> str:
    """What is handed in, and so seen by everybody, what is not, and what it lacks to be ready."""
    waiting, changed = [field for field in found if field.waits], [field for field in found if field.is_changed]
    handed_in = [field for field in found if field.entry is not None and field not in changed]
    lacking = [f for f in found if f.entry is None and f.kind != RECOMMENDED and f not in waiting]
    if not handed_in and not changed and not any(fields.was_refused(field.name) for field in found):
        return _("Until then only you see it.")
    alone = _("Handed in: everybody in the meeting sees it.")
    beside = _("Handed in, and seen by everybody in the meeting: {what}.")
    told = (
        (beside if waiting or changed else alone, handed_in),
        (_("Changed since: {what}. Until it is handed in again, everybody sees the earlier text."), changed),
        (_("Not handed in: {what}."), waiting),
        (_("Still missing: {what}."), lacking),
    )
    named = ((text, ", ".join(_(LABELS[field.kind]) for field in which)) for text, which in told)
    return " ".join(text.format(what=what) for text, what in named if what)


def _suggested(meeting: Meeting, known: Prepared, figure: Figure | None) -> str:
    """A draft from the numbers and the events nearby; they do not say why something was not done."""
    if known.exception.kind is ExceptionKind.PROMISE:
        return ""
    told = list(casework.said(meeting, figure)) if figure else []
    return "\n".join([*told, *(_event(event) for event in _nearby(meeting, known))])


def _area(field: Field, suggested: str) -> None:
    entry = field.entry
    fields.begun_on(field.meeting.journal, field.name, entry.version if entry else 0)
    label = _(LABELS[field.kind])
    if entry is None and suggested:
        label += " · " + _("a draft from the numbers: make it yours")
    drafted = field.kind == HAPPENED and field.known.exception.kind is not ExceptionKind.PROMISE
    height = TALL if drafted else LOW
    fields.area(field.meeting.journal, field.name, label, entry.text if entry else suggested, height=height)


def _hand_in(found: Iterable[Field]) -> None:
    for field in found:
        words = fields.text(field.name)
        if not words.strip() or (field.entry is not None and words == field.entry.text):
            continue
        if fields.attempt(field.name, partial(_kept, field, words)) is not None:
            fields.kept(field.meeting.journal, field.name)


def _kept(field: Field, words: str) -> object:
    """The words as a note or a recommendation about the exception: a new one, or the present one changed."""
    journal = fields.finishing(field.meeting.journal, field.name)
    entry, raised = field.entry, field.known.exception
    place = Place(raised.process, raised.kpi, raised.place.period, review=raised.review_id, about=raised.id)
    seen = fields.begun_on(field.meeting.journal, field.name, entry.version if entry else 0)
    # What was begun while there was nothing is nobody else's words changed.
    if entry is None or not seen:
        if field.kind == RECOMMENDED:
            return add_recommendation(journal, place, words)
        return hand_in(journal, place, words, NoteKind(field.kind))
    edit: Callable[..., Edited[Note] | Edited[Recommendation]]
    edit = edit_recommendation if field.kind == RECOMMENDED else edit_note
    return edit(journal, entry.id, seen, words)


def _conflicts(meeting: Meeting, found: Iterable[Field]) -> None:
    """Where two people wrote at once: both texts, and the choice; the field then shows what stands."""
    for field in found:
        if field.entry is not None:
            late = conflicts_of(meeting.journal, [field.entry.id])
            conflicts.draw(meeting.journal, late, _(LABELS[field.kind]), partial(fields.empty, field.name))
