"""The forms of the actions page: a new action, a changed one, what came of it, and what the tracker knows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import streamlit as st

from core.errors import KokpitError
from core.language import _, ngettext
from journal.operations import actions as promised
from journal.operations.actions import Promise
from journal.operations.drafts import draft
from journal.places import Place
from journal.words import ActionState
from ui import entries, fields, journaling, promises, state, tracker, troubles
from ui.view import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journal.models import Action
    from journal.work import Edited, Journal
    from ui.screen import Screen

Value = TypeVar("Value")
CHOSEN: Final = ("owner", "due", "task", "process")
NOTE: Final = "note"
LOW: Final = 76
"""The height of a field for a line or two."""


def add(screen: Screen, journal: Journal) -> None:
    """The fields of a new action, closed until they are opened, or where one was begun."""
    if not journal.actor.may_write:
        return
    session, key, begun = st.session_state, _key(None, "open"), _key(None, "begun")
    if key not in session:
        # Asked again, it would be another one, and shut.
        session[begun] = bool(draft(journal, _name(None)))
    place = st.expander(_("New action"), expanded=session[begun], key=key, on_change="rerun")
    if not place.open:
        return
    with place:
        name, promise = _fields(screen, journal, None)
        labels = {"": _("No process"), **entries.process_names(screen)}
        key, chosen = _begin(journal, None, "process", "", fields.one_of(labels))
        process = st.selectbox(
            _("Process"),
            list(labels),
            fields.place(labels, key),
            key=key,
            format_func=lambda each: labels.get(each, each),
            width=320,
            on_change=chosen,
        )
        if st.button(_("Add the action"), key=_key(None, "add"), type="primary"):
            with troubles.told():
                promised.add_action(
                    fields.finishing(journal, name, *_beside(name)), Place(process=process or ""), promise
                )
                fields.kept(journal, name, *_beside(name))
                _forget("new")
                st.rerun()


def edit(screen: Screen, journal: Journal, promise: promises.Promise) -> None:
    """The fields of one action: its words, owner and day, and what came of it."""
    if not _may_change(journal, promise):
        return
    # What the reader has seen is what they change, whatever others do meanwhile.
    action: Action = st.session_state.setdefault(_key(promise.action, "seen"), promise.action)
    with st.container(border=True, key=_key(action, "form")):
        version = fields.begun_on(journal, _name(action), action.version)
        name, wanted = _fields(screen, journal, action)
        note = fields.area(journal, f"{name}:{NOTE}", _("What came of it"), action.done_note, LOW)
        with st.container(horizontal=True, gap="small"):
            clicked = [now for now in _offered(action) if _clicked(action, now)]
            away = st.button(_("Put away"), key=_key(action, "away"), type="tertiary")
    if away:
        _forget(str(action.id))
        leave()
    for now in clicked:
        with troubles.told():
            edited = _saved(fields.finishing(journal, name, *_beside(name)), (action, version), wanted, (now, note))
            fields.kept(journal, name, *_beside(name))
            _forget(str(action.id))
            if edited.conflict is None:
                leave()
            st.rerun()


def _beside(name: str) -> tuple[str, ...]:
    """What belongs to the words *name*, each a draft of its own: what came of it last."""
    return tuple(f"{name}:{field}" for field in (*CHOSEN, NOTE))


def _key(action: Action | None, field: str) -> str:
    return state.own(state.ACTION.format(action=action.id if action else "new", field=field))


def _offered(action: Action) -> dict[ActionState, str]:
    """What an action can become, and what the button is called: first what it is."""
    if action.state is ActionState.OPEN:
        return {
            ActionState.OPEN: _("Save"),
            ActionState.DONE: "✓ " + _("Done"),
            ActionState.DROPPED: "✕ " + _("Dropped"),
        }
    return {action.state: _("Save"), ActionState.OPEN: _("Open again")}


def _clicked(action: Action, now: ActionState) -> bool:
    kind: Literal["primary", "secondary"] = "primary" if now is action.state else "secondary"
    return st.button(_offered(action)[now], key=_key(action, now.value), type=kind)


def _saved(
    journal: Journal, seen: tuple[Action, int], wanted: Promise, became: tuple[ActionState, str]
) -> Edited[Action]:
    """The action as it was changed, *seen* in its version; where somebody else changed the same, theirs stands."""
    action, version = seen
    edited = promised.edit_action(journal, action.id, version, wanted)
    if edited.conflict is None and became != (action.state, action.done_note):
        edited = promised.set_action_state(journal, action.id, edited.entry.version, *became)
    return edited


def buttons(journal: Journal, promise: promises.Promise) -> None:
    """One click: done; or taken over from the tracker, where it is done there."""
    action, task = promise.action, promise.task
    if action.state is not ActionState.OPEN or not _may_change(journal, promise):
        return
    key = _key(action, "finish")
    if task and task.done:
        if st.button(_("Take over"), key=key, help=task.words, type="primary"):
            _finish(journal, [promise])
    elif st.button("✓ " + _("Done"), key=key):
        _finish(journal, [promise])


def _may_change(journal: Journal, promise: promises.Promise) -> bool:
    if promise.review is None:
        return promise.action.id in promised.changeable(journal, [promise.action])
    return promised.may_change(journal.actor, promise.action, promise.review.chair)


def ends(journal: Journal, action: Action) -> None:
    """One click in a meeting: done, or dropped."""
    for now, label in ((ActionState.DONE, _("Done")), (ActionState.DROPPED, _("Dropped"))):
        st.button(label, key=f"kk_{now.value}_{action.id}", on_click=_end, args=(journal, action, now))


def refused(action: Action) -> None:
    """Why the last click was refused."""
    fields.told(f"action:{action.id}")


def _end(journal: Journal, action: Action, now: ActionState) -> None:
    act = partial(promised.set_action_state, journal, action.id, action.version, now, action.done_note)
    fields.attempt(f"action:{action.id}", act)


def take_over_all(journal: Journal, found: Sequence[promises.Promise]) -> None:
    """One click for all open actions that the tracker says are done."""
    ready = [each for each in found if tracker.can_be_taken_over(each.action, each.task) and _may_change(journal, each)]
    if len(ready) < 2:  # noqa: PLR2004 - one has a button of its own
        return
    text = ngettext("Take over {n} from the task tracker", "Take over all {n} from the task tracker", len(ready))
    if st.button(text.format(n=len(ready)), key=state.ACTION.format(action="all", field="finish")):
        _finish(journal, ready)


def _finish(journal: Journal, found: Sequence[promises.Promise]) -> None:
    """Close what was done, with what the tracker knows of it; whatever is refused is told, the rest goes on."""
    failed = []
    for promise in found:
        action, task = promise.action, promise.task
        note = "\n".join(filter(None, (action.done_note, task.words if task and task.done else "")))
        try:
            promised.set_action_state(journal, action.id, action.version, ActionState.DONE, note)
        except KokpitError as error:
            failed.append(error)
    if not failed:
        st.rerun()
    for each in failed:
        troubles.box(each)


def _fields(screen: Screen, journal: Journal, action: Action | None) -> tuple[str, Promise]:
    """What is to be done, by whom, by when, the number of its task; and what the words are called as a draft."""
    name = _name(action)
    text = fields.area(journal, name, _("What is to be done?"), action.text if action else "")
    known = journaling.names(screen)
    people = known if action is None or action.owner in known else (action.owner, *known)
    who = action.owner if action else journal.actor.person
    with st.container(horizontal=True, gap="small"):
        first = who if who in people else people[0]
        key, chosen = _begin(journal, action, "owner", first, fields.one_of(people))
        place = fields.place(people, key)
        owner = st.selectbox(
            _("Who"), people, place, key=key, format_func=journaling.called, width=220, on_change=chosen
        )
        key, chosen = _begin(journal, action, "due", action.due if action else None, fields.day)
        due = st.date_input(_("By"), None, key=key, format="YYYY-MM-DD", width=160, on_change=chosen)
        of = f"{name}:task"
        task = fields.line(journal, of, _("Number in the task tracker"), action.task_id if action else "", width=220)
    return name, Promise(text, owner or "", due, task)


def _name(action: Action | None) -> str:
    return f"action:{action.id if action else 'new'}"


def _begin(
    journal: Journal, action: Action | None, field: str, default: Value, read: Callable[[str], Value]
) -> tuple[str, Callable[[], None]]:
    """The session's key of a *field* beside the words, which begins as it was left; and what to do on a change."""
    key = _key(action, field)
    return key, fields.begin(journal, f"{_name(action)}:{field}", key, default, read)


def _forget(key: str) -> None:
    """Empty the fields with *key* for the next action."""
    prefix = state.ACTION.format(action=key, field="")
    for name in [name for name in st.session_state if str(name).startswith(prefix)]:
        del st.session_state[name]


def leave() -> None:
    """Close the form: the address names no action any more."""
    view, _notes = read(st.query_params.to_dict())
    state.go(view.having(entry=""))
    st.rerun()
