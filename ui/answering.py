"""How an exception ends: explained, investigating, or a new normal; each with what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.language import N_, _
from core.numbers import day
from journal.models import Baseline
from journal.operations.actions import Promise
from journal.operations.baselines import QUESTIONS, NewBaseline, WheelersAnswers
from journal.operations.drafts import drafts
from journal.operations.exceptions import explain, investigate, new_normal
from journal.operations.history import Search, search
from journal.words import ExceptionKind, Outcome
from pack.words import OUTCOMES
from ui import entering, entries, fields, journaling, state

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journal.models import ReviewException
    from journal.work import Edited, Journal
    from ui.screen import Screen

    Make = Callable[[Journal, str], Edited[ReviewException]]

HINTS: Final = {
    Outcome.EXPLAINED: N_("What explains it?"),
    Outcome.INVESTIGATING: N_("What will be looked into, or done?"),
    Outcome.NEW_NORMAL: N_("Why is this the new normal?"),
}


@dataclass(frozen=True)
class Answering:
    """One exception to be ended; *default* is what was prepared for it, *since* when its signal began."""

    screen: Screen
    journal: Journal
    exception: ReviewException
    today: date
    default: str = ""
    owner: str = ""
    since: date | None = None

    def name(self, outcome: Outcome) -> str:
        """What the field for *outcome* is called among this person's drafts."""
        return f"exception:{self.exception.id}:{outcome.value}"

    def key(self, name: str) -> str:
        """The session's key of a field."""
        return state.own(state.OUTCOME_FIELD.format(number=self.exception.id, name=name))


def panel(asked: Answering) -> None:
    """The outcome, and the way to give one."""
    if asked.exception.outcome:
        st.html(told(asked.screen, asked.exception) + answers(asked.journal, asked.exception))
        _keep_open(asked)
        if not st.toggle(_("Answer differently"), key=asked.key("again")):
            return
    _form(asked)


def _begun(asked: Answering, possible: Sequence[Outcome]) -> Outcome | None:
    """The outcome that the reader was giving last, and has not kept."""
    names = {asked.name(outcome): outcome for outcome in possible}
    begun = (":".join(draft.place.removesuffix(fields.ASIDE).split(":")[:3]) for draft in drafts(asked.journal))
    return next((names[name] for name in begun if name in names), None)


def look_again(name: str) -> None:
    """Open the answer that the words called *name* belong to, if none is open: they have come since."""
    kind, number = [*name.split(":"), ""][:2]
    key = state.own(state.OUTCOME.format(number=number))
    if kind == "exception" and st.session_state.get(key) is None:
        st.session_state.pop(key, None)


def _keep_open(asked: Answering) -> None:
    """Take no field from under the hands of whoever is still typing an answer when somebody else has given one."""
    chosen = st.session_state.get(_chosen(asked))
    st.session_state.setdefault(asked.key("again"), fields.is_writing() and chosen is not None)


def _chosen(asked: Answering) -> str:
    """The session's key of the outcome that is being given."""
    return state.own(state.OUTCOME.format(number=asked.exception.id))


def told(screen: Screen, exception: ReviewException) -> str:
    """The outcome in words."""
    if exception.outcome is None:
        waiting = _("No outcome yet")
        return f'<p class="kk-open"><b aria-hidden="true">○</b> {escape(waiting)}</p>'
    who = journaling.called(exception.answered_by or "")
    when = entries.moment(screen, exception.answered_at) if exception.answered_at else ""
    text = f"<div>{entries.shortened(exception.outcome_text)}</div>" if exception.outcome_text else ""
    return (
        f'<div class="kk-outcome"><h3><b aria-hidden="true">✓</b> {escape(_(OUTCOMES[exception.outcome]))}</h3>{text}'
        f'<p class="kk-by">{escape(who)}, {escape(when)}</p></div>'
    )


def answers(journal: Journal, exception: ReviewException) -> str:
    """Why it is the new normal: the answers to Wheeler's four questions; nothing for other outcomes."""
    if exception.outcome is not Outcome.NEW_NORMAL:
        return ""
    about = Search(about=exception.id, types=(Baseline,))
    baseline = next((each for each in search(journal, about) if isinstance(each, Baseline)), None)
    if baseline is None:
        return ""
    rows = "".join(
        f'<dt>{escape(_(question))}</dt><dd dir="auto">{escape(str(baseline.answers.get(name, "")))}</dd>'
        for name, question in QUESTIONS.items()
    )
    since = f"{_('Limits anew from')} {day(baseline.starts_on, year=True)}"
    return f'<details class="kk-earlier"><summary>{escape(since)}</summary><dl class="kk-define">{rows}</dl></details>'


@st.fragment
def _form(asked: Answering) -> None:
    fields.refresh()
    possible = [each for each in OUTCOMES if each is not Outcome.NEW_NORMAL or _may_be_normal(asked.exception)]
    key = _chosen(asked)
    if key not in st.session_state:
        st.session_state[key] = _begun(asked, possible)
    with st.container(key="kk_answer"):
        chosen = st.segmented_control(
            _("How does it end?"),
            possible,
            default=st.session_state[key],
            key=key,
            # Whoever chooses is about to write.
            on_change=fields.write,
            # The digit is its key.
            format_func=lambda each: f":gray[{possible.index(each) + 1}] {_(OUTCOMES[each])}",
            label_visibility="collapsed",
            width="stretch",
        )
        if chosen is None:
            st.caption(
                _("Explained, being investigated, or the new normal: each exception ends as one of these.")
                if Outcome.NEW_NORMAL in possible
                else _("Explained, or being investigated: each exception ends as one of these.")
            )
            return
        name = asked.name(chosen)
        default = asked.default if chosen is Outcome.EXPLAINED else ""
        fields.area(asked.journal, name, _(HINTS[chosen]), default, height=96)
        make = _MAKERS[chosen](asked, name)
        st.button(_("Keep"), key=asked.key("keep"), type="primary", on_click=_keep, args=(asked, chosen, make))


def _may_be_normal(exception: ReviewException) -> bool:
    return exception.kind is ExceptionKind.SIGNAL


def _keep(asked: Answering, chosen: Outcome, make: Make) -> None:
    name = asked.name(chosen)
    beside = [entering.beside_name(name, each) for each in _BESIDE[chosen]]
    words = fields.text(name)
    journal = journaling.renewed(asked.journal)
    edited = fields.attempt(name, lambda: make(fields.finishing(journal, name, *beside), words))
    if edited is None:
        return
    fields.kept(asked.journal, name, *beside)
    st.session_state[asked.key("again")] = False
    if edited.conflict:
        by = journaling.called(edited.conflict.by)
        text = _("{person} answered at the same time; both answers are kept, theirs stands.").format(person=by)
        st.toast(text.replace("*", ""))


def _explained(asked: Answering, _name: str) -> Make:
    number, version = asked.exception.id, asked.exception.version
    return lambda journal, words: explain(journal, number, version, words)


def _investigating(asked: Answering, name: str) -> Make:
    number, version = asked.exception.id, asked.exception.version
    with st.container(horizontal=True):
        chosen = entering.owner_and_day(asked.screen, asked.journal, asked.today, name, asked.owner)
    return lambda journal, words: investigate(journal, number, version, Promise(words, *chosen()))


def _normal(asked: Answering, name: str) -> Make:
    first, key = asked.since or asked.screen.period.start, asked.key("since")
    chosen = fields.begin(asked.journal, entering.beside_name(name, "since"), key, first, date.fromisoformat)
    begins = st.session_state.get(key, first)
    st.date_input(_("Limits anew from"), begins, key=key, format="YYYY-MM-DD", on_change=chosen)
    for each, question in QUESTIONS.items():
        fields.line(asked.journal, entering.beside_name(name, each), _(question))
    return partial(_made_normal, asked.exception, name, key)


def _made_normal(
    exception: ReviewException, name: str, since: str, journal: Journal, words: str
) -> Edited[ReviewException]:
    answers = WheelersAnswers(**{each: fields.text(entering.beside_name(name, each)) for each in QUESTIONS})
    return new_normal(journal, exception.id, exception.version, NewBaseline(st.session_state[since], words, answers))


_BESIDE: Final[dict[Outcome, tuple[str, ...]]] = {
    Outcome.EXPLAINED: (),
    Outcome.INVESTIGATING: entering.BESIDE["action"],
    Outcome.NEW_NORMAL: ("since", *QUESTIONS),
}
"""What each outcome has beside its words."""
_MAKERS: Final[dict[Outcome, Callable[[Answering, str], Make]]] = {
    Outcome.EXPLAINED: _explained,
    Outcome.INVESTIGATING: _investigating,
    Outcome.NEW_NORMAL: _normal,
}
