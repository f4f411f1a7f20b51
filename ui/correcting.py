"""Correcting what was kept: its words and what belongs to them, taking it back, bringing it back. Nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from core.language import _
from journal.errors import ClosedReviewError
from journal.models import Action, Baseline, Decision, Event, Note, Recommendation, Review
from journal.operations import history, reviews
from journal.operations.baselines import undo_baseline
from journal.operations.decisions import Resolution, edit_decision
from journal.operations.events import edit_event
from journal.operations.notes import edit_note, edit_recommendation, hindrance, remove, restore
from journal.words import ReviewState
from ui import conflicts, deciding, entering, entries, fields, journaling, links, promising, state, troubles
from ui.pages import ACTIONS, MEETING
from ui.promises import Promise
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from journal.models import Entry
    from journal.work import Edited, Journal
    from ui.screen import Screen

    Save = Callable[[Journal], Edited[Note] | Edited[Recommendation] | Edited[Decision] | Edited[Event]]

Value = TypeVar("Value")
WORDED: Final = (Note, Recommendation, Decision, Event)
KINDS: Final = (*WORDED, Action)
"""What can be corrected; an action with the form that actions have."""
BESIDE: Final = {Decision: deciding.BESIDE, Event: ("days", "kind", "reach")}
HEIGHT: Final = 96


@dataclass(frozen=True)
class Correcting:
    """One entry in the hands of whoever corrects it, as they saw it first; in *passing*, within a meeting."""

    screen: Screen
    journal: Journal
    entry: Entry
    passing: bool = False

    @property
    def name(self) -> str:
        """What its words are called among this person's drafts."""
        return f"correct:{self.entry.id}"

    @property
    def beside(self) -> tuple[str, ...]:
        """What is chosen beside the words, each a draft of its own."""
        return tuple(f"{self.name}:{field}" for field in BESIDE.get(type(self.entry), ()))

    @property
    def drafts(self) -> tuple[str, ...]:
        """All that is kept of it while it is being corrected."""
        return (self.name, self.name + fields.VERSION, *self.beside)

    def key(self, field: str) -> str:
        """The session's key of a field or button."""
        return state.own(state.CORRECT.format(entry=self.entry.id, field=field))

    def begin(self, field: str, default: Value, read: Callable[[str], Value]) -> tuple[str, Callable[[], None]]:
        """The session's key of a *field* beside the words, which begins as it was left; and what to do on a change."""
        key = self.key(field)
        return key, fields.begin(self.journal, f"{self.name}:{field}", key, default, read)


def way(screen: Screen, review: int, step: str, entry: Entry) -> str:
    """The pencil after a line of the meeting: the way to correct it there."""
    told = _("Correct or remove")
    view = View(language=screen.view.language, review=str(review), step=step, entry=str(entry.id))
    there = links.href(MEETING, view)
    return links.anchor(there, "✎", css="kk-pencil", attributes=f'title="{escape(told)}" aria-label="{escape(told)}"')


def within(screen: Screen, journal: Journal, review: int) -> None:
    """In a meeting: the entry of *review* that the address names, to be corrected."""
    conflicts.mine(journal)
    number = entries.number(screen.view.entry)
    if not number or not journal.actor.may_write:
        return
    with troubles.told():
        entry = history.entry(journal, number)
        if entry.review_id == review:
            draw(Correcting(screen, journal, entry, passing=True))


def draw(asked: Correcting) -> None:
    """The fields of an entry with what can be done to it, for whoever may; why not, where its review is over."""
    entry, journal = asked.entry, asked.journal
    if isinstance(entry, Baseline) and entry.undone_at is None and journal.actor.owns({entry.process}):
        _buttons(asked, {"undo": _("Back to the limits before it")})
    planned = isinstance(entry, Review) and entry.state is ReviewState.PLANNED
    if not journal.actor.may_write or not (planned or isinstance(entry, KINDS)):
        return
    why = hindrance(journal, entry.id)
    if isinstance(why, ClosedReviewError) and not isinstance(entry, Action):
        closed = _("Its review is closed. When the head of marketing opens that again, this can be corrected.")
        st.caption(f"{troubles.plain(why.message)} {closed}")
    if entry.removed_at:
        told = _("Removed by {who}.").format(who=journaling.called(entry.removed_by or ""))
        if asked.passing:
            st.caption(troubles.plain(told))
        _buttons(asked, {} if why else {"restore": _("Restore")})
        return
    if isinstance(entry, Action):
        _action(asked)
    if why is None:
        with st.container(border=True, key=asked.key("form")):
            save = _fields(asked) if isinstance(entry, WORDED) else None
            offered = {"save": _("Save")} if save else {}
            _buttons(asked, offered | {"remove": _("Remove")}, save)


def _action(asked: Correcting) -> None:
    """An action has a form of its own, with what became of it."""
    if asked.passing and isinstance(asked.entry, Action):
        held = reviews.review(asked.journal, asked.entry.review_id) if asked.entry.review_id else None
        promising.edit(asked.screen, asked.journal, Promise(asked.entry, None, held, None))
    elif not asked.passing:
        there = links.href(ACTIONS, asked.screen.view.shared().having(entry=str(asked.entry.id)))
        told = _("Change this action")
        st.html(f'<p class="kk-way">{links.anchor(there, escape(told), css="kk-button")}</p>')


def _fields(asked: Correcting) -> Save | None:
    # What the reader has seen is what they change, whatever others do meanwhile.
    seen: Entry = st.session_state.setdefault(asked.key("seen"), asked.entry)
    version = fields.begun_on(asked.journal, asked.name, seen.version)
    words = fields.area(asked.journal, asked.name, f"**{entries.kind(seen)}**", entries.said(seen), HEIGHT)
    with st.container(horizontal=True, gap="small"):
        match seen:
            case Note():
                return lambda journal: edit_note(journal, seen.id, version, words)
            case Recommendation():
                return lambda journal: edit_recommendation(journal, seen.id, version, words)
            case Decision():
                return _decision(asked, seen, version, words)
            case Event():
                return _event(asked, seen, version, words)
    return None


def _buttons(asked: Correcting, offered: dict[str, str], save: Save | None = None) -> None:
    acts: dict[str, Callable[[], object]] = {
        "save": lambda: _save(asked, save),
        "remove": lambda: remove(asked.journal.finishing(*asked.drafts), asked.entry.id),
        "restore": lambda: restore(asked.journal, asked.entry.id),
        "undo": lambda: undo_baseline(asked.journal, asked.entry.id),
    }
    with st.container(horizontal=True, gap="small"):
        clicked = [
            name
            for name, label in offered.items()
            if st.button(label, key=asked.key(name), type="primary" if name == "save" else "secondary")
        ]
        away = asked.passing and st.button(_("Put away"), key=asked.key("away"), type="tertiary")
    for name in clicked:
        with troubles.told():
            acts[name]()
            _over(asked, stay=name == "remove")
    if away:
        _over(asked)


def _save(asked: Correcting, save: Save | None) -> None:
    if save is not None:
        save(fields.finishing(asked.journal, asked.name, *asked.beside))
        fields.kept(asked.journal, asked.name, *asked.beside)


def _over(asked: Correcting, *, stay: bool = False) -> None:
    """Begin anew with what stands now; in a meeting the form closes, but where there is something to bring back."""
    prefix = state.CORRECT.format(entry=asked.entry.id, field="")
    for key in [key for key in st.session_state if str(key).startswith(prefix)]:
        del st.session_state[key]
    if asked.passing and not stay:
        promising.leave()
    st.rerun()


def _decision(asked: Correcting, seen: Decision, version: int, words: str) -> Save:
    began = deciding.Wanted(seen.moves, seen.direction, seen.effective_from)
    wanted = Resolution(words, *deciding.wanted(asked.screen, asked.begin, began)())
    return lambda journal: edit_decision(journal, seen.id, version, wanted)


def _event(asked: Correcting, seen: Event, version: int, words: str) -> Save:
    now = entering.HERE if seen.kpis else entering.PROCESS if seen.processes else entering.EVERYTHING
    reaches = [each for each in entering.REACH if each in {now, entering.EVERYTHING} or getattr(seen.place, each)]
    began = entering.Chosen((seen.starts_on, seen.ends_on), seen.kind, now)
    chosen = entering.days_kind_and_reach(asked.begin, began, reaches)()
    wanted = entering.happening(seen.place, chosen, words)
    if chosen.reach == now:
        parts = tuple((part["dimension"], part["value"]) for part in seen.parts)
        wanted = replace(wanted, kpis=tuple(seen.kpis), processes=tuple(seen.processes), parts=parts)
    return lambda journal: edit_event(journal, seen.id, version, wanted)
