"""Text fields whose words are saved while they are typed: a reload, a restart or a lost connection loses nothing.

What a widget begins with is its default as well as its value in the session: Streamlit sends that value once, and where
the page is drawn a second time before the browser has put the widget in place, it is lost.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import date
from datetime import time as clock
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from core.errors import KokpitError
from core.language import _
from journal.operations.drafts import draft, save_draft
from journal.texts import storable
from journal.work import together
from ui import state, troubles, typed
from ui.reconnected import still_shows
from ui.speaking import speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Literal

    from journal.work import Journal, Work

    Width = int | Literal["stretch"]

Result = TypeVar("Result")
Value = TypeVar("Value")
HEIGHT: Final = 110
AGAIN_SECONDS: Final = 4.0
"""How long after a failure to save the same words are tried again."""
STILL_WRITES: Final = 300.0
"""How long somebody who opened a field, or emptied it, is taken to be writing, in seconds."""
NOTHING: Final = "–"
ASIDE: Final = "~"
"""Behind a field's name: the draft of what another window of the same person says in it."""
VERSION: Final = ":version"
"""Behind a field's name: the draft of the version of an entry that its words were begun on."""


def area(journal: Journal, name: str, label: str, default: str = "", height: int = HEIGHT) -> str:
    """A field for the words called *name*, as this person left them; *default* where they left none."""
    _fill(journal, name, default)
    key, kept = of(state.FIELD, name), partial(commit, journal, name)
    with st.container(gap=None, key=of(state.TYPED, name)):
        words: str = st.text_area(label, text(name), height, key=key, on_change=kept)
        _mark(journal, name, words)
    told(name)
    return words


def line(journal: Journal, name: str, label: str, default: str = "", width: Width = "stretch") -> str:
    """A field for a few words called *name*, as this person left them; *default* where they left none."""
    _fill(journal, name, default)
    key, kept = of(state.FIELD, name), partial(commit, journal, name)
    with st.container(gap=None, key=of(state.TYPED, name), width=width):
        words = str(st.text_input(label, text(name), key=key, on_change=kept))
        _mark(journal, name, words)
    told(name)
    return words


def of(key: str, name: str) -> str:
    """The session's *key* of the field *name* of whoever reads."""
    return state.own(key.format(name=name))


def _fill(journal: Journal, name: str, default: str) -> None:
    """Begin with what this person was typing."""
    session = st.session_state
    key, kept = of(state.FIELD, name), of(state.KEPT, name)
    if key not in session or kept not in session:
        words, aside = draft(journal, name), draft(journal, name + ASIDE)
        session[kept] = typed.signature(words or default)
        both = words if aside in words else f"{words}\n{aside}".strip()
        # What a browser still shows after a restart is no older; `_mark` saves it. What could not be saved outlives
        # the field, which is not drawn while the journal cannot be read.
        if not still_shows(key):
            session.setdefault(key, session.get(of(state.UNSAVED, name)) or both or default)
        session[of(state.SAVED, name)] = _("saved as a draft") if words else ""


def begun_on(journal: Journal, name: str, version: int) -> int:
    """The version of an entry that the words of the field *name* were begun on: *version*, or that of their draft.

    To be asked before the field is drawn.
    """
    session, key = st.session_state, of(state.BEGUN_ON, name)
    if key not in session or of(state.FIELD, name) not in session:
        left = draft(journal, name + VERSION)
        session[key] = int(left) if left.isdecimal() else version
    return int(session[key])


def _mark(journal: Journal, name: str, words: str) -> None:
    """Say below the field what became of its *words*; those of a page that outlived its session are saved now."""
    kept = of(state.KEPT, name)
    if typed.signature(words) != st.session_state[kept] and _may_try(name):
        _keep(journal, name)
    st.html(typed.mark(journal, name, st.session_state[kept], st.session_state.get(of(state.SAVED, name), "")))


def _may_try(name: str) -> bool:
    """Whether the last failure to save is long enough ago."""
    failed: float | None = st.session_state.get(of(state.FAILED, name))
    return failed is None or time.monotonic() - failed > AGAIN_SECONDS


def begin(journal: Journal, name: str, key: str, default: Value, read: Callable[[str], Value]) -> Callable[[], None]:
    """Have the widget *key* begin with what this person chose, which *read* understands; what to do on a change."""
    session, told = st.session_state, of(state.TOLD, key)
    if key in session:
        if session.pop(told, False):
            choose(journal, name, key)
    elif still_shows(key):
        # What was chosen while the server was away is no draft yet.
        session[told] = True
    else:
        left = draft(journal, name)
        session[key] = default
        with suppress(ValueError):
            session[key] = read(left) if left else default
    return partial(choose, journal, name, key)


def choose(journal: Journal, name: str, key: str) -> None:
    """Keep what was chosen as this person's draft."""
    _at, writes = st.session_state.get(state.WRITING, (0.0, ""))
    write(writes)
    attempt(name, lambda: save_draft(journal, name, written(st.session_state[key])), changed=False)


def place(options: Iterable[Value], key: str) -> int:
    """Where among *options* the widget *key* stands: its default too, or it would lose a choice set only once."""
    known, chosen = list(options), st.session_state.get(key)
    return known.index(chosen) if chosen in known else 0


def written(value: object) -> str:
    """What was chosen, as a text: days and times as ISO writes them, nothing as a dash, several things as JSON does."""
    if isinstance(value, tuple):
        return " ".join(map(written, value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date | clock) else NOTHING if value is None else str(value)


def day(text: str) -> date | None:
    """The day that *text* says. Raises ValueError."""
    return None if text == NOTHING else date.fromisoformat(text)


def one_of(options: Iterable[Value]) -> Callable[[str], Value]:
    """What understands the name of one of *options*."""
    known = {written(option): option for option in options}

    def read(text: str) -> Value:
        if text not in known:
            raise ValueError(text)
        return known[text]

    return read


def finishing(journal: Journal, name: str, *beside: str) -> Journal:
    """*journal* for saving what the field *name* says in place of its draft, unless that is of another window."""
    mine, aside = _is_mine(draft(journal, name), name), draft(journal, name + ASIDE)
    theirs = aside and aside not in storable(text(name))
    drafts = [name, name + VERSION] * mine + ([] if theirs else [name + ASIDE])
    return journal.finishing(*drafts, *beside)


def _is_mine(there: str, name: str) -> bool:
    """Whether this window wrote *there*, the draft of the field *name*, or says it too."""
    known = st.session_state.get(of(state.KEPT, name))
    return known in {None, typed.signature(there)} or there in storable(text(name))


def _saved(work: Work, name: str, words: str) -> None:
    """Keep *words* as the draft of the field *name*, in one go with what another window says there."""
    _set_aside(work, name)
    begun = st.session_state.get(of(state.BEGUN_ON, name))
    if begun is not None and bool(words.strip()) != bool(draft(work, name)):
        save_draft(work, name + VERSION, str(begun) if words.strip() else "")
    save_draft(work, name, words)


def _set_aside(work: Work, name: str) -> None:
    """Two windows of one person, or two people without a name, type in one field: neither loses what it says."""
    there, aside, mine = draft(work, name), draft(work, name + ASIDE), storable(text(name))
    theirs = ["" if _is_mine(there, name) else there, "" if aside in mine or aside in there else aside]
    kept = "\n".join(filter(None, theirs))
    if kept != aside:
        save_draft(work, name + ASIDE, kept)


def kept(journal: Journal, *names: str) -> None:
    """Empty the fields *names*: what they say was saved as what it is."""
    stop_writing()
    for name in names:
        typed.now_safe(journal, name, text(name))
        empty(name)


def empty(name: str) -> None:
    """Forget what the field *name* says."""
    for key in (state.FIELD, state.KEPT, state.SAVED, state.SAID, state.FAILED, state.UNSAVED, state.BEGUN_ON):
        st.session_state.pop(of(key, name), None)


def show_again(name: str) -> None:
    """Have the browser show what the field *name* says: it was drawn without it."""
    key = of(state.FIELD, name)
    if key in st.session_state:
        st.session_state[key] = st.session_state[key]


def write(name: str = "") -> None:
    """Somebody writes now, in the field *name* if it is there already."""
    st.session_state[state.WRITING] = (time.monotonic(), name)


def stop_writing() -> None:
    """What was written is kept or put away."""
    st.session_state.pop(state.WRITING, None)


def is_writing() -> bool:
    """Whether the reader was writing a moment ago, or has words in the field that are neither kept nor put away."""
    at, name = st.session_state.get(state.WRITING, (-STILL_WRITES, ""))
    return time.monotonic() - at < STILL_WRITES or bool(name and text(name).strip())


def text(name: str) -> str:
    """What the field *name* says now."""
    return str(st.session_state.get(of(state.FIELD, name), ""))


def attempt(name: str, act: Callable[[], Result], *, changed: bool = True) -> Result | None:
    """What *act* gives; None where it was refused, which `told` tells at the place called *name*.

    Where it *changed* what the whole page shows, `refresh` draws it anew.
    """
    st.session_state.pop(of(state.SAID, name), None)
    try:
        result = act()
    except KokpitError as error:
        st.session_state[of(state.SAID, name)] = error
        return None
    if changed:
        st.session_state[state.CHANGED] = True
    return result


def told(name: str) -> None:
    """Say why the last attempt at the place called *name* was refused."""
    if error := st.session_state.get(of(state.SAID, name)):
        troubles.box(error)


def was_refused(name: str) -> bool:
    """Whether the last attempt at the place called *name* was refused."""
    return of(state.SAID, name) in st.session_state


def refresh() -> None:
    """Draw the whole page anew after something was done within a part of it. At the start of that part."""
    speak(state.screen())
    if st.session_state.pop(state.CHANGED, False):
        st.rerun()


def commit(journal: Journal, name: str) -> None:
    """Keep what the field *name* says now: somebody typed in it."""
    # The last letters of what was kept may come after it.
    if of(state.KEPT, name) in st.session_state:
        write(name)
    _keep(journal, name)


def _keep(journal: Journal, name: str) -> None:
    """Keep the words as this person's draft."""
    session, words = st.session_state, text(name)
    session.pop(of(state.SAID, name), None)
    session.pop(of(state.FAILED, name), None)
    session.pop(of(state.UNSAVED, name), None)
    try:
        together(journal.database, lambda part: _saved(part(journal), name, words))
    except KokpitError as error:
        session[of(state.SAID, name)] = error
        session[of(state.FAILED, name)] = time.monotonic()
        session[of(state.UNSAVED, name)] = words
        session[of(state.SAVED, name)] = _("not saved")
    else:
        session[of(state.KEPT, name)] = typed.signature(words)
        session[of(state.SAVED, name)] = _("saved as a draft")
