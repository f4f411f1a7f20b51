"""The forms of the actions page: a new action, a changed one, what came of it, and what the tracker knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.errors import KokpitError
from core.language import _, ngettext
from journal.operations import actions as promised
from journal.operations.actions import Promise
from journal.places import Place
from journal.words import ActionState
from ui import entries, journaling, promises, state, tracker, troubles
from ui.view import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.models import Action
    from journal.work import Edited, Journal
    from ui.screen import Screen


def told() -> None:
    """What became of the last click, once."""
    if message := st.session_state.pop(state.TOLD, ""):
        st.html(message)


def add(screen: Screen, journal: Journal) -> None:
    """The form of a new action, closed until it is opened."""
    if not journal.actor.may_write:
        return
    place = st.expander(_("New action"), key=state.ACTION.format(action="new", field="open"), on_change="rerun")
    if not place.open:
        return
    with place, st.form(state.ACTION.format(action="new", field="form"), border=False):
        promise = _fields(screen, journal, None)
        labels = {"": _("No process"), **{team.id: team.name for team in entries.teams(screen)}}
        process = st.selectbox(
            _("Process"),
            list(labels),
            key=state.ACTION.format(action="new", field="process"),
            format_func=lambda name: labels.get(name, name),
        )
        if st.form_submit_button(_("Add the action"), type="primary"):
            with troubles.told():
                promised.add_action(journal, Place(process=process), promise)
                _forget("new")
                st.rerun()


def edit(screen: Screen, journal: Journal, promise: promises.Promise) -> None:
    """The form of one action: its words, owner and day, and what came of it."""
    action = promise.action
    key = f"{action.id}_{action.version}"
    with st.form(state.ACTION.format(action=key, field="form")):
        wanted = _fields(screen, journal, action)
        note = st.text_input(
            _("What came of it"), value=action.done_note, key=state.ACTION.format(action=key, field="note")
        )
        with st.container(horizontal=True, gap="small"):
            is_open = action.state is ActionState.OPEN
            save = st.form_submit_button(_("Save"), type="primary")
            done = is_open and st.form_submit_button("✓ " + _("Done"))
            dropped = is_open and st.form_submit_button("✕ " + _("Dropped"))
            again = not is_open and st.form_submit_button(_("Open again"))
            close = st.form_submit_button(_("Close without saving"), type="tertiary")
    if close:
        _leave()
    target = {ActionState.DONE: done, ActionState.DROPPED: dropped, ActionState.OPEN: again or (save and is_open)}
    if save or done or dropped or again:
        with troubles.told():
            state_now = next((each for each, clicked in target.items() if clicked), action.state)
            _save(journal, action, wanted, (state_now, note))


def _save(journal: Journal, action: Action, wanted: Promise, became: tuple[ActionState, str]) -> None:
    """Keep what was changed; where somebody else changed the same, theirs stands and both are shown."""
    edited = promised.edit_action(journal, action.id, action.version, wanted)
    if edited.conflict is None and became != (action.state, action.done_note):
        edited = promised.set_action_state(journal, action.id, edited.entry.version, *became)
    if edited.conflict is None:
        _leave()
    _tell_conflict(edited)
    st.rerun()


def _tell_conflict(edited: Edited[Action]) -> None:
    conflict = edited.conflict
    if conflict is None:
        return
    text = _("{who} changed the same meanwhile. Theirs stands: “{theirs}”. Yours is kept beside it: “{mine}”.")
    words = {name: " · ".join(str(value) for value in kept.values() if value) for name, kept in _both(edited).items()}
    st.session_state[state.TOLD] = entries.warning(text.format(who=journaling.called(conflict.by), **words))


def _both(edited: Edited[Action]) -> dict[str, dict[str, object]]:
    conflict = edited.conflict
    return {"theirs": conflict.theirs, "mine": conflict.mine} if conflict else {}


def buttons(journal: Journal, promise: promises.Promise) -> None:
    """One click: done; or taken over from the tracker, where it is done there."""
    action, task = promise.action, promise.task
    if not journal.actor.may_write or action.state is not ActionState.OPEN:
        return
    key = state.ACTION.format(action=action.id, field="done")
    if task and task.done_on:
        if st.button(_("Take over"), key=key, help=task.words, type="primary"):
            _finish(journal, [promise])
    elif st.button("✓ " + _("Done"), key=key):
        _finish(journal, [promise])


def take_over_all(journal: Journal, found: Sequence[promises.Promise]) -> None:
    """One click for all open actions that the tracker says are done."""
    ready = [each for each in found if tracker.can_be_taken_over(each.action, each.task)]
    if not journal.actor.may_write or len(ready) < 2:  # noqa: PLR2004 - one has a button of its own
        return
    text = ngettext("Take over {n} from the task tracker", "Take over all {n} from the task tracker", len(ready))
    if st.button(text.format(n=len(ready)), key=state.ACTION.format(action="all", field="done")):
        _finish(journal, ready)


def _finish(journal: Journal, found: Sequence[promises.Promise]) -> None:
    """Close what was done, with what the tracker knows of it; whatever is refused is told, the rest goes on."""
    failed = []
    for promise in found:
        action, task = promise.action, promise.task
        note = "\n".join(filter(None, (action.done_note, task.words if task and task.done_on else "")))
        try:
            _tell_conflict(promised.set_action_state(journal, action.id, action.version, ActionState.DONE, note))
        except KokpitError as error:
            failed.append(error)
    if not failed:
        st.rerun()
    for each in failed:
        troubles.box(each)


def _fields(screen: Screen, journal: Journal, action: Action | None) -> Promise:
    """What is to be done, by whom, by when, and the number of its task."""
    key = f"{action.id}_{action.version}" if action else "new"
    text = st.text_area(
        _("What is to be done"), value=action.text if action else "", key=state.ACTION.format(action=key, field="text")
    )
    known = journaling.names(screen)
    names = known if action is None or action.owner in known else (action.owner, *known)
    with st.container(horizontal=True, gap="small"):
        me = action.owner if action else journal.actor.person
        owner = st.selectbox(
            _("Owner"),
            list(names),
            index=names.index(me) if me in names else 0,
            key=state.ACTION.format(action=key, field="owner"),
            format_func=journaling.called,
        )
        due = st.date_input(
            _("Due"),
            value=action.due if action else None,
            key=state.ACTION.format(action=key, field="due"),
            format="YYYY-MM-DD",
        )
        task = st.text_input(
            _("Number in the task tracker"),
            value=action.task_id if action else "",
            key=state.ACTION.format(action=key, field="task"),
        )
    return Promise(text or "", owner or "", due, task or "")


def _forget(key: str) -> None:
    """Empty the form with *key* for the next action."""
    prefix = state.ACTION.format(action=key, field="")
    for name in [name for name in st.session_state if str(name).startswith(prefix)]:
        del st.session_state[name]


def _leave() -> None:
    """Close the form: the address names no action any more."""
    view, _notes = read(st.query_params.to_dict())
    state.go(view.having(entry=""))
    st.rerun()
