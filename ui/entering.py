"""Notes, recommendations, decisions, actions and events, entered in place: one keystroke, and the field is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import streamlit as st

from core.language import N_, _
from journal.operations.actions import Promise, add_action
from journal.operations.decisions import Resolution, decide
from journal.operations.drafts import drafts
from journal.operations.events import Happening, add_event
from journal.operations.notes import add_note, add_recommendation
from journal.texts import storable
from journal.words import EventKind
from ui import deciding, fields, flags, journaling, queries, state, troubles
from ui.deciding import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from journal.people import Actor
    from journal.places import Place
    from journal.work import Journal
    from metrics.model import Kpi
    from ui.screen import Screen

Begin = Callable[[str, Any, Callable[[str], Any]], tuple[str, Callable[[], None]]]
"""What gives a field beside the words its key in the session and what to do on a change, by its name and beginning."""
Value = TypeVar("Value")
KINDS: Final = {
    "note": N_("Note"),
    "recommendation": N_("Recommendation"),
    "decision": N_("Decision"),
    "action": N_("Action"),
    "event": N_("Event"),
}
HINTS: Final = {
    "note": N_("What should be remembered?"),
    "recommendation": N_("What should be done?"),
    "decision": N_("What was decided?"),
    "action": N_("What is to be done?"),
    "event": N_("What happened?"),
}
EVENT_KINDS: Final = {
    EventKind.CAMPAIGN: N_("campaign"),
    EventKind.SITE: N_("site"),
    EventKind.PRICE: N_("price"),
    EventKind.MARKET: N_("market"),
    EventKind.TEAM: N_("team"),
    EventKind.DATA: N_("data"),
    EventKind.OTHER: N_("something else"),
}
BESIDE: Final = {
    "decision": deciding.BESIDE,
    "action": ("owner", "due"),
    "event": ("days", "kind", "reach"),
}
"""What is chosen beside the words of each kind."""
EVERYBODYS: Final = {"note", "action"}
"""What whoever writes may write; the rest is for whoever answers for the process."""
OPENED: Final = "opened"
"""Where a field is that was opened just now: wherever it is drawn next."""
HERE, PROCESS, EVERYTHING = "kpi", "process", "everything"
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Entering:
    """Whose journal, what the words belong to, what that is called, and the day it is."""

    screen: Screen
    journal: Journal
    place: Place
    about: str
    today: date

    @property
    def at(self) -> str:
        """What all that is written here is called among this person's drafts."""
        return self.name("")

    def name(self, kind: str) -> str:
        """What the field for *kind* is called among this person's drafts."""
        of = self.place
        parts = (of.review or "", of.about or "", of.process, of.kpi, of.dimension, of.dimension_value, kind)
        return ":".join(map(str, parts))


def open_field(kind: str) -> None:
    """Open the field for *kind*. Heard twice, a click does the same."""
    st.session_state[state.own(state.ENTRY)] = kind
    st.session_state[state.own(state.ENTRY_AT)] = OPENED
    fields.write()


def look_again() -> None:
    """Open what was begun here and not kept, if nothing is open: a draft has come from elsewhere, or has gone."""
    if not st.session_state.get(state.own(state.ENTRY)):
        st.session_state.pop(state.own(state.ENTRY_AT), None)


def offered(actor: Actor, process: str, chair: str = "") -> tuple[str, ...]:
    """What *actor* may write about *process* in a review that *chair* chairs."""
    answers = actor.owns({process}) or actor.leads(chair)
    return tuple(kind for kind in KINDS if actor.may_write and (answers or kind in EVERYBODYS))


def buttons(kinds: Iterable[str]) -> None:
    """A button for each of *kinds*; the letter before it is its key."""
    for kind in kinds:
        is_open = st.session_state.get(state.own(state.ENTRY)) == kind
        st.button(
            f":gray[{kind[0].upper()}] {_(KINDS[kind])}",
            key=f"kk_entry_{kind}",
            on_click=open_field,
            args=(kind,),
            type="secondary" if is_open else "tertiary",
        )


def beside(screen: Screen, kpi: Kpi) -> None:
    """A note or an event from the chart of *kpi* itself, for whoever may write."""
    kinds = offered(journaling.reader(screen), kpi.process)
    if not kinds:
        return
    with st.container(horizontal=True, key="kk_beside"):
        buttons(kind for kind in ("note", "event") if kind in kinds)
    if journaling.exists(screen.shown) or st.session_state.get(state.own(state.ENTRY)) in KINDS:
        today = queries.today(screen.configuration)
        form(Entering(screen, journaling.journal(screen), flags.place(screen, kpi), _(kpi.name), today))


def form(asked: Entering) -> None:
    """The field that is open, if one is: that of words which were begun here and not kept opens by itself."""
    if not asked.journal.actor.may_write:
        return
    entry, at = state.own(state.ENTRY), state.own(state.ENTRY_AT)
    known = st.session_state.get(at)
    if known != asked.at:
        # What is open elsewhere stays there: its words are about something else.
        st.session_state[at] = asked.at
        st.session_state[entry] = st.session_state[entry] if known == OPENED else _begun(asked)
    kind = st.session_state[entry]
    if kind in KINDS:
        with st.container(key="kk_entry_form", border=True):
            _fields(asked, kind)


def _begun(asked: Entering) -> str:
    """What this person was writing here last; empty where nothing is left to finish."""
    kinds = {storable(asked.name(kind)): kind for kind in KINDS}
    journal = asked.journal
    question = ("drafts", journal.actor.person)
    places = queries.noted(journal, question, lambda: tuple(draft.place for draft in drafts(journal)))
    return next((kind for place in places if (kind := kinds.get(place.removesuffix(fields.ASIDE)))), "")


@st.fragment
def _fields(asked: Entering, kind: str) -> None:
    fields.refresh()
    label = f"{_(KINDS[kind])} · {asked.about}" if asked.about else _(KINDS[kind])
    fields.area(asked.journal, asked.name(kind), f"**{troubles.plain(label)}** – {_(HINTS[kind])}", height=76)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        make = _MORE[kind](asked)
        st.button(_("Keep"), key="kk_entry_keep", type="primary", on_click=_keep, args=(asked, kind, make))
        st.button(_("Put away"), key="kk_entry_away", type="tertiary", on_click=_away)


def _away() -> None:
    fields.stop_writing()
    st.session_state[state.own(state.ENTRY)] = ""
    st.session_state[state.CHANGED] = True


def _keep(asked: Entering, kind: str, make: Callable[[Journal, str], object]) -> None:
    name = asked.name(kind)
    words = fields.text(name)
    beside = [beside_name(name, each) for each in BESIDE.get(kind, ())]
    if (
        fields.attempt(name, lambda: make(fields.finishing(journaling.renewed(asked.journal), name, *beside), words))
        is not None
    ):
        fields.kept(asked.journal, name, *beside)
        st.session_state[state.own(state.ENTRY)] = ""


def beside_name(name: str, field: str) -> str:
    """What *field* beside the words *name* is called among this person's drafts, and in the session."""
    return f"{name}:{field}"


def _note(asked: Entering) -> Callable[[Journal, str], object]:
    return lambda journal, words: add_note(journal, asked.place, words)


def _recommendation(asked: Entering) -> Callable[[Journal, str], object]:
    return lambda journal, words: add_recommendation(journal, asked.place, words)


def _decision(asked: Entering) -> Callable[[Journal, str], object]:
    began = Wanted(asked.place.kpi, None, asked.today)
    return partial(_decided, asked, deciding.wanted(asked.screen, partial(_begin, asked, "decision"), began))


def _begin(
    asked: Entering, kind: str, field: str, default: Value, read: Callable[[str], Value]
) -> tuple[str, Callable[[], None]]:
    """The session's key of a *field* beside the words, which begins as it was left; and what to do on a change."""
    name = asked.name(f"{kind}:{field}")
    key = state.own(state.ENTRY_FIELD.format(name=name))
    return key, fields.begin(asked.journal, name, key, default, read)


def _decided(
    asked: Entering,
    chosen: Callable[[], Wanted],
    journal: Journal,
    words: str,
) -> object:
    return decide(journal, asked.place, Resolution(words, *chosen()))


def _action(asked: Entering) -> Callable[[Journal, str], object]:
    chosen = owner_and_day(asked.screen, asked.journal, asked.today, asked.name("action"))
    return lambda journal, words: add_action(journal, asked.place, Promise(words, *chosen()))


def owner_and_day(
    screen: Screen, journal: Journal, today: date, name: str, who: str = ""
) -> Callable[[], tuple[str, date | None]]:
    """Fields for who does it and by when, beside the words called *name*; what they say when it is asked."""
    people = journaling.names(screen)
    wanted = who or journaling.reader(screen).person
    first = wanted if wanted in people else people[0]
    of, by = (beside_name(name, field) for field in BESIDE["action"])
    owner = state.own(state.ENTRY_FIELD.format(name=of))
    # Whoever left meanwhile cannot be given anything.
    if st.session_state.get(owner, first) not in people:
        del st.session_state[owner]
    chosen = fields.begin(journal, of, owner, first, fields.one_of(people))
    place = fields.place(people, owner)
    st.selectbox(_("Who"), people, place, key=owner, format_func=journaling.called, width=220, on_change=chosen)
    due = state.own(state.ENTRY_FIELD.format(name=by))
    chosen = fields.begin(journal, by, due, today + WEEK, date.fromisoformat)
    begins = st.session_state.get(due, today + WEEK)
    st.date_input(_("By"), begins, key=due, format="YYYY-MM-DD", width=160, on_change=chosen)
    return lambda: (str(st.session_state[owner]), st.session_state[due])


def _event(asked: Entering) -> Callable[[Journal, str], object]:
    first = asked.place.period.start if asked.place.period else asked.today
    reaches = [reach for reach in REACH if reach == EVERYTHING or getattr(asked.place, reach)]
    began = Chosen((first, first), next(iter(EVENT_KINDS)), reaches[0])
    return partial(_happened, asked, days_kind_and_reach(partial(_begin, asked, "event"), began, reaches))


class Chosen(NamedTuple):
    """What is chosen beside an event's words."""

    days: tuple[date, ...]
    kind: EventKind
    reach: str


def days_kind_and_reach(begin: Begin, began: Chosen, reaches: Sequence[str]) -> Callable[[], Chosen]:
    """Fields for when something happened, of which sort it is, and on which charts; what they say when it is asked."""
    days, chosen = begin("days", began.days, _days)
    begins = st.session_state.get(days, began.days)
    st.date_input(_("From – to"), begins, key=days, format="YYYY-MM-DD", width=220, on_change=chosen)
    kinds = list(EVENT_KINDS)
    kind, chosen = begin("kind", began.kind, fields.one_of(kinds))
    st.selectbox(
        _("What sort"),
        kinds,
        fields.place(kinds, kind),
        key=kind,
        format_func=lambda each: _(EVENT_KINDS[each]),
        filter_mode=None,
        width=170,
        on_change=chosen,
    )
    reach, chosen = begin("reach", began.reach, fields.one_of(reaches))
    st.selectbox(
        _("On which charts"),
        reaches,
        fields.place(reaches, reach),
        key=reach,
        format_func=lambda each: _(REACH[each]),
        filter_mode=None,
        width=200,
        on_change=chosen,
    )
    session = st.session_state
    return lambda: Chosen(session[days] or began.days, session[kind], session[reach])


def _days(text: str) -> tuple[date, ...]:
    """One day or two, as they were chosen. Raises ValueError."""
    return tuple(map(date.fromisoformat, text.split()))


REACH: Final = {
    HERE: N_("this KPI"),
    PROCESS: N_("the whole process"),
    EVERYTHING: N_("every chart"),
}


def happening(place: Place, chosen: Chosen, words: str) -> Happening:
    """The event at *place* that *words* tell of: its name on their first line."""
    name, _line, text = words.strip().partition("\n")
    return Happening(
        name=name,
        starts_on=chosen.days[0],
        ends_on=chosen.days[-1],
        kind=chosen.kind,
        text=text,
        kpis=(place.kpi,) if chosen.reach == HERE else (),
        processes=(place.process,) if chosen.reach == PROCESS else (),
        parts=((place.dimension, place.dimension_value),) if place.dimension and chosen.reach == HERE else (),
    )


def _happened(asked: Entering, chosen: Callable[[], Chosen], journal: Journal, words: str) -> object:
    return add_event(journal, asked.place, happening(asked.place, chosen(), words))


_MORE: Final[dict[str, Callable[[Entering], Callable[[Journal, str], object]]]] = {
    "note": _note,
    "recommendation": _recommendation,
    "decision": _decision,
    "action": _action,
    "event": _event,
}
