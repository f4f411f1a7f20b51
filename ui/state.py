"""Every key of the session and of the address, in one place, and how the two are kept the same.

The address is the truth: each run starts from it, the widgets take their values from it, and a change of a widget
writes it. The widgets' own binding to the address is not used, because it writes translated labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.language import unless_chosen
from core.period import Period
from core.presets import Preset
from ui.view import ME, SHARED_FILTERS, read

if TYPE_CHECKING:
    from ui.screen import Screen
    from ui.view import View

SCREEN: Final = "kk_screen"
READER: Final = "kk_reader"
PRESET: Final = "kk_period"
RANGE: Final = "kk_range"
GRAIN: Final = "kk_grain"
COMPARISON: Final = "kk_comparison"
FILTER: Final = "kk_filter_{name}"
SPLIT: Final = "kk_split"
SEARCH: Final = "kk_search"
NUMBERS: Final = "kk_numbers"
UPLOADS: Final = "kk_uploads_{round}"
UPLOAD_ROUND: Final = "kk_upload_round"
QUESTIONS: Final = "kk_questions"
RESULTS: Final = "kk_results"
LOADING: Final = "kk_loading"
UNSEEN: Final = "kk_unseen"
UNDONE: Final = "kk_undone"
ACCOUNT: Final = "kk_account"
NAMED: Final = "kk_named"
LOCALE: Final = "kk_locale"
UNKNOWN: Final = "kk_unknown"
MAPPED: Final = "kk_map_{file}_{part}"
MAP_SAMPLE: Final = "kk_map_sample"
MAP_PREVIEW: Final = "kk_map_preview"
ACCESS: Final = "kk_access"
ACCESS_TEST: Final = "kk_access_test_{source}"
ADD: Final = "kk_add"
ADD_KIND: Final = "kk_add_kind"
ADD_WHAT: Final = "kk_add_what"
ADD_SITES: Final = "kk_add_sites"
ADD_SITE: Final = "kk_add_site"
SITES: Final = "kk_sites"
SIGN_IN: Final = "kk_sign_in"
REFRESH: Final = "kk_refresh"
REPORT: Final = "kk_report"
REFRESHING: Final = "kk_refreshing"
EXPLAINED: Final = "kk_explained"
UNDO: Final = "kk_undo"
UNDO_SURE: Final = "kk_undo_sure"
FOUND_BY: Final = "kk_found_by_{name}"
KEEP: Final = "kk_keep_{entry}"
CORRECT: Final = "kk_correct_{entry}_{field}"
ACTION: Final = "kk_action_{action}_{field}"
TROUBLE: Final = "kk_trouble"
FIELD: Final = "kk_text_{name}"
TYPED: Final = "kk_typed_{name}"
KEPT: Final = "kk_kept_{name}"
FAILED: Final = "kk_failed_{name}"
UNSAVED: Final = "kk_unsaved_{name}"
BEGUN_ON: Final = "kk_begun_on_{name}"
TOLD: Final = "kk_told_{name}"
SAFE: Final = "kk_safe"
SAVED: Final = "kk_saved_{name}"
SAID: Final = "kk_said_{name}"
ENTRY: Final = "kk_entry"
ENTRY_AT: Final = "kk_entry_at"
ENTRY_FIELD: Final = "kk_entry_{name}"
OUTCOME: Final = "kk_outcome_{number}"
OUTCOME_FIELD: Final = "kk_outcome_{number}_{name}"
MEETING_SPLIT: Final = "kk_meeting_split"
MEETING_PART: Final = "kk_meeting_part"
FOLLOW: Final = "kk_follow"
DRAWN: Final = "kk_drawn"
STEP: Final = "kk_step"
WRITING: Final = "kk_writing"
CHANGED: Final = "kk_changed"
PLAN: Final = "kk_plan_{name}"
ALL: Final = "\N{ASTERISK}"


def language() -> str:
    """The language of the page that was drawn last in this session; empty outside a session, and before any page."""
    drawn: Screen | None = st.session_state.get(SCREEN) if get_script_run_ctx(suppress_warning=True) else None
    return drawn.language if drawn else ""


# Callbacks run before the page does, fragments without it: both speak as the page did.
unless_chosen(language)


def keep(screen: Screen) -> None:
    """Hand *screen* to the page that runs next, and the fields to whoever reads it."""
    st.session_state[SCREEN] = screen
    st.session_state[READER] = screen.me


def own(key: str) -> str:
    """The *key* of a field of whoever reads: what one person types in a window is not the words of the next."""
    me = st.session_state.get(READER, "")
    return f"{key}@{me}" if me else key


def screen() -> Screen:
    """The screen that the frame opened for this run."""
    found: Screen = st.session_state[SCREEN]
    return found


def fill(view: View, period: Period) -> None:
    """Give the shared widgets the values that the address asks for."""
    st.session_state[PRESET] = view.preset
    st.session_state[RANGE] = (period.start, period.end)
    st.session_state[GRAIN] = view.grain
    st.session_state[COMPARISON] = view.comparison
    for name in SHARED_FILTERS:
        st.session_state[FILTER.format(name=name)] = dict(view.filters).get(name, ALL)


def adopt() -> None:
    """Write what the shared widgets say into the address."""
    view, _notes = read(st.query_params.to_dict())
    state = st.session_state
    chosen = {name: state.get(FILTER.format(name=name), ALL) for name in SHARED_FILTERS}
    if chosen["platform"] != dict(view.filters).get("platform", ALL):
        # What was chosen below one platform means nothing on another.
        chosen["account"] = ALL
        view = view.shared().having(process=view.process, kpi=view.kpi, search=view.search)
    view = view.filtered(**{name: None if value == ALL else value for name, value in chosen.items()})
    view = view.having(preset=state[PRESET], grain=state[GRAIN], comparison=state[COMPARISON])
    if view.preset is Preset.CUSTOM:
        view = view.having(custom=_range() or screen().period)
    go(view)


def adopt_split() -> None:
    """Write the chosen split into the address."""
    view, _notes = read(st.query_params.to_dict())
    go(view.having(split=st.session_state[SPLIT]))


def adopt_search() -> None:
    """Write what is searched for into the address."""
    view, _notes = read(st.query_params.to_dict())
    go(view.having(search=st.session_state[SEARCH].strip(), kpi=""))


def go(view: View) -> None:
    """Make *view* what the address says; it goes on saying who reads."""
    st.query_params.from_dict(view.query() | carried())


def look_at(review: str, step: str) -> None:
    """Have the address name *review*, and a *step* of it where the reader looks at it alone."""
    view, _notes = read(st.query_params.to_dict())
    go(view.having(review=review, step=step, entry=""))


def carried() -> dict[str, str]:
    """What every address within the session goes on saying: who reads."""
    return {ME: st.query_params[ME]} if st.query_params.get(ME) else {}


def _range() -> Period | None:
    """The two days of the date widget, once both are chosen."""
    chosen = st.session_state.get(RANGE, ())
    return Period(*chosen) if isinstance(chosen, tuple) and len(chosen) == len(("from", "to")) else None
