"""Why the totals that a file declares are not what its rows sum to: asked where its load is shown, told ever after."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from connectors.exports.results import Control, control_sentence, controls_in
from core.errors import KokpitError
from core.language import _, ngettext
from journal.operations.drafts import save_draft
from journal.texts import required
from ui import fields, journaling, loadlog, queries, state, troubles
from warehouse.explain import explain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from connectors.exports.results import FileResult
    from journal.work import Journal
    from ui.screen import Screen

SHOWN: Final = 3
EVERY: Final = 20
LOW: Final = 76
"""The height of a field for a line or two."""
_DIFFERING: Final = """
    SELECT load_id, name, sha256, control, explanation, explained_by, explained_at
    FROM loads WHERE control_differs ORDER BY load_id DESC
"""


@dataclass(frozen=True)
class Doubt:
    """A load whose totals differ: those *controls*, and what was *said* about it."""

    load: int
    name: str
    sha256: str
    controls: tuple[Control, ...]
    said: str
    told: str
    """What was said, by whom and when."""

    @property
    def field(self) -> str:
        """What the field for it is called; numbers of loads are used again after an undoing."""
        return f"explain:{self.load}:{self.sha256[:12]}"


def told(screen: Screen) -> dict[int, str]:
    """What is said about the totals of each load that somebody has explained."""
    return {doubt.load: doubt.told for doubt in _doubts(screen) if doubt.said}


def just_loaded(screen: Screen, results: Sequence[FileResult]) -> None:
    """The question about each of the last files whose totals differ."""
    _ask(screen, [doubt for doubt in _doubts(screen) if doubt.load in _numbers(results) and not doubt.said])


def earlier(screen: Screen, results: Sequence[FileResult]) -> None:
    """The question about every other load whose totals differ, and what is said about those that are explained."""
    doubts = _doubts(screen)
    _ask(screen, [doubt for doubt in doubts if doubt.load not in _numbers(results) and not doubt.said])
    explained = [doubt for doubt in doubts if doubt.said][:EVERY]
    if explained and journaling.reader(screen).may_write:
        place = st.expander(_("Totals that differ, and why"), key=state.EXPLAINED, on_change="rerun")
        if place.open:
            with place:
                st.caption(_("An emptied text takes the explanation back."))
                _ask(screen, explained, EVERY)


def _numbers(results: Sequence[FileResult]) -> Collection[int]:
    return {result.load_id for result in results if result.load_id is not None}


def _doubts(screen: Screen) -> tuple[Doubt, ...]:
    """The loads whose totals differ, the newest first."""
    question = ("doubts", screen.language, screen.configuration.zone)
    return queries.remember(screen.shown, question, lambda: _found(screen))


def _found(screen: Screen) -> tuple[Doubt, ...]:
    return tuple(
        Doubt(
            load=load,
            name=loadlog.file_name(str(name or "")),
            sha256=str(sha256 or ""),
            controls=controls_in(control),
            said=said or "",
            told=loadlog.explained(screen, said, by, at),
        )
        for load, name, sha256, control, said, by, at in screen.shown.snapshot.rows(_DIFFERING)
    )


def _ask(screen: Screen, doubts: Sequence[Doubt], most: int = SHOWN) -> None:
    if not doubts or not journaling.reader(screen).may_write:
        return
    journal = _journal(screen)
    for doubt in doubts[:most]:
        _one(screen, journal, doubt)
    if (more := len(doubts) - most) > 0:
        text = ngettext(
            "The totals of {n} more file differ, and nobody has said why.",
            "The totals of {n} more files differ, and nobody has said why.",
            more,
        )
        st.caption(text.format(n=more))


def _journal(screen: Screen) -> Journal | None:
    """The journal that keeps what is typed, if there is one that can be opened."""
    with suppress(KokpitError):
        return journaling.journal(screen) if journaling.exists(screen.shown) else None
    return None


def _one(screen: Screen, journal: Journal | None, doubt: Doubt) -> None:
    with st.container(key=f"kk_explain_{doubt.load}", border=True), troubles.told():
        st.html(_differences(doubt))
        label = _("Why do they differ?")
        if journal:
            fields.area(journal, doubt.field, label, doubt.said, LOW)
        else:
            key = fields.of(state.FIELD, doubt.field)
            st.session_state.setdefault(key, doubt.said)
            st.text_area(label, height=LOW, key=key)
            fields.told(doubt.field)
        st.button(
            _("Keep the explanation"),
            key=f"kk_explain_keep_{doubt.load}",
            on_click=_keep,
            args=(screen, journal, doubt),
        )


def _differences(doubt: Doubt) -> str:
    """The file, what it declares and what was summed; what was said about it so far."""
    sums = " ".join(control_sentence(control) for control in doubt.controls)
    so_far = f"<p>✓ {escape(doubt.told)}</p>" if doubt.said else ""
    css, sign = ("kk-say", "") if doubt.said else ("kk-warn", "⚠ ")
    return f'<p class="{css}" dir="auto">{sign}<b>{escape(doubt.name)}</b>: {escape(sums)}</p>{so_far}'


def _keep(screen: Screen, journal: Journal | None, doubt: Doubt) -> None:
    name = doubt.field

    def run() -> bool:
        # Who takes back what was said means it; who has said nothing yet has forgotten to.
        words = fields.text(name) if doubt.said else required(fields.text(name), _("The explanation"))
        explain(screen.shown.home.warehouse, doubt.load, words, journaling.reader(screen).person)
        if journal:
            for draft in fields.finishing(journal, name).drafts:
                save_draft(journal, draft, "")
        return True

    if fields.attempt(name, run, changed=False):
        if journal:
            fields.kept(journal, name)
        else:
            fields.empty(name)
