"""The department's memory: every review, all that was said, searched by words, KPI, person and kind."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from core.errors import KokpitError
from core.language import _, ngettext
from core.tables import Column, Kind, Row, Table
from journal.models import Decision, Review
from journal.operations import history, reviews
from journal.operations.decisions import decisions
from journal.operations.notes import mark_worth_keeping
from pack import words
from ui import conflicts, correcting, effect, empty, entries, journaling, links, state, tables, troubles
from ui.correcting import Correcting
from ui.pages import HISTORY, MEETING, REVISION
from ui.view import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journal.models import Entry
    from journal.work import Journal
    from ui.screen import Screen

KEPT: Final = "kept"
"""The choice of kind that stands for all that is worth keeping."""
REMOVED: Final = "removed"
"""The choice of kind that stands for all that was taken back, and can be brought back."""
PAGE: Final = 20
MOST: Final = 500
DECISIONS: Final = 6
REVIEWS: Final = 12
# An exception that is found no longer leaves by itself; nobody took it back.
_RESTORED: Final = (*correcting.KINDS, Review)
_CHOICES: Final = ("search", "what", "who", "kpi")


def is_asked(screen: Screen) -> bool:
    """Whether the address asks for something in particular."""
    return any(getattr(screen.view, name) for name in (*_CHOICES, "process"))


def filters(screen: Screen) -> None:
    """What is looked for: words, what it is, who said it, of which KPI."""
    view = screen.view
    for name in _CHOICES:
        st.session_state[state.FOUND_BY.format(name=name)] = getattr(view, name)
    with st.container(horizontal=True, key="kk_looked_for", vertical_alignment="bottom", gap="small"):
        st.text_input(
            _("Search"),
            key=state.FOUND_BY.format(name="search"),
            on_change=adopt,
            placeholder=_("Words in what was said"),
            label_visibility="collapsed",
        )
        kinds = {KEPT: "★ " + _("Worth keeping"), **{name: _(title) for name, (_type, title) in entries.KINDS.items()}}
        kinds[REMOVED] = _("Removed")
        _select(_("Kind"), "what", {"": _("everything"), **kinds})
        _select(_("Person"), "who", {"": _("everybody"), **_people(screen)})
        _select(_("KPI"), "kpi", {"": _("all KPIs"), **entries.kpi_names(screen)})


def _select(label: str, name: str, labels: Mapping[str, str]) -> None:
    key = state.FOUND_BY.format(name=name)
    asked = str(st.session_state[key])
    # What the address asks for can be chosen, also where nobody knows it any more.
    options = [*labels, *([] if asked in labels else [asked])]
    st.selectbox(
        label,
        options,
        key=key,
        format_func=lambda option: labels.get(option, option),
        on_change=adopt,
        label_visibility="collapsed",
    )


def _people(screen: Screen) -> dict[str, str]:
    known = (journaling.ME, *(person.name for person in journaling.people(screen.shown)))
    return {name: journaling.called(name) for name in known}


def adopt() -> None:
    """Write what is looked for into the address."""
    view, _notes = read(st.query_params.to_dict())
    chosen = {name: st.session_state.get(state.FOUND_BY.format(name=name)) or "" for name in _CHOICES}
    state.go(view.having(**chosen, rows="", entry=""))


def found(screen: Screen, journal: Journal) -> tuple[list[Entry], int | None]:
    """What the address asks for, the latest first; and how many to show to see more, where there is more."""
    limit = min(entries.number(screen.view.rows) or PAGE, MOST)
    view = screen.view
    kind = entries.KINDS.get(view.what)
    asked = history.Search(
        words=view.search,
        kpi=view.kpi or None,
        process=view.process or None,
        person=view.who or None,
        types=(kind[0],) if kind else _RESTORED if view.what == REMOVED else (),
        worth_keeping=view.what == KEPT,
        removed=view.what == REMOVED,
    )
    rows = history.search(journal, asked, limit + 1)
    more = limit + PAGE if len(rows) > limit and limit < MOST else None
    return rows[:limit], more


def one(screen: Screen, journal: Journal) -> None:
    """The entry that the address names, whole: its words, its earlier ones, what came of it."""
    try:
        entry = history.entry(journal, entries.asked(screen.view.entry))
    except KokpitError as error:
        troubles.box(error)
        return
    back = links.href(HISTORY, screen.view.having(entry=""))
    way = links.anchor(back, escape(_("← All of the history")))
    st.html(f'<p class="kk-path">{way}</p>')
    if entry.removed_at:
        told = _("Removed by {who}.").format(who=journaling.called(entry.removed_by or ""))
        troubles.notes([told])
    _row(screen, journal, entry, _effects(screen, [entry]), limit=None)
    conflicts.of(journal, entry)
    correcting.draw(Correcting(screen, journal, entry))
    answers = history.search(journal, history.Search(about=entry.id))
    if answers:
        st.html(tables.title(_("What came of it")))
        cards(screen, journal, answers)


def cards(screen: Screen, journal: Journal, shown: Sequence[Entry]) -> None:
    """Entries one below the other, each with its earlier versions and the star that keeps it."""
    # Where nothing is looked for, the page tells above whether decisions worked.
    effects = _effects(screen, shown) if is_asked(screen) or screen.view.entry else {}
    for entry in shown:
        _row(screen, journal, entry, effects)


def _effects(screen: Screen, shown: Sequence[Entry]) -> dict[int, str]:
    found = effect.outcomes(screen, [entry for entry in shown if isinstance(entry, Decision)])
    return {key: effect.html(screen, outcome) for key, outcome in found.items()}


def _row(
    screen: Screen,
    journal: Journal,
    entry: Entry,
    effects: Mapping[int, str],
    limit: int | None = entries.SHORT,
) -> None:
    earlier = history.revisions(journal, entry.id) if entry.version > 1 else []
    more = effects.get(entry.id, "") + entries.versions(screen, entry, earlier)
    with st.container(horizontal=True, key=f"kk_said_{entry.id}", gap="small"):
        st.html(entries.card(screen, entry, more, limit, screen.view))
        if journal.actor.may_write and not entry.removed_at:
            label = _("No longer worth keeping") if entry.worth_keeping else _("Worth keeping")
            star, key = "★" if entry.worth_keeping else "☆", state.KEEP.format(entry=entry.id)
            if st.button(star, key=key, help=label, type="tertiary"):
                with troubles.told():
                    mark_worth_keeping(journal, entry.id, worth=not entry.worth_keeping)
                    st.rerun()


def more(screen: Screen, rows: int) -> str:
    """The way to more results."""
    address = links.href(HISTORY, screen.view.having(rows=str(rows)))
    told = _("Show more")
    return f'<p class="kk-way">{links.anchor(address, escape(told), css="kk-button")}</p>'


def told(shown: Sequence[Entry], *, is_all: bool) -> str:
    """How much was found: the title of what follows, or why nothing does."""
    if not shown:
        return empty.sentence(_("Nothing was found. Fewer words, or another kind, person or KPI may find more."))
    text = ngettext("{n} entry", "{n} entries", len(shown))
    if not is_all:
        text = ngettext("The latest {n} entry", "The latest {n} entries", len(shown))
    return tables.title(text.format(n=len(shown)))


def latest_decisions(screen: Screen, journal: Journal) -> str:
    """The newest decisions that name what they want to move, and whether it did; nothing before the first one."""
    shown = [each for each in decisions(journal) if each.moves][:DECISIONS]
    if not shown:
        return ""
    effects = _effects(screen, shown)
    inner = "".join(entries.card(screen, each, effects.get(each.id, "")) for each in shown)
    address = links.href(HISTORY, screen.view.shared().having(what="decision"))
    way = links.anchor(address, escape(_("All decisions")))
    title = escape(_("Decisions: did they work?"))
    return f'<h2 class="kk-title">{title}</h2><div class="kk-said-list">{inner}</div><p class="kk-path">{way}</p>'


def reviews_table(screen: Screen, journal: Journal) -> Table:
    """Every review, the latest first: a closed one leads to what it presented, any other to the meeting."""
    columns = (
        Column(_("Review")),
        Column(_("Held"), Kind.MOMENT),
        Column(_("State"), Kind.WORD),
        Column(_("Closed by"), Kind.WORD, minor=True),
        Column(_("Participants"), minor=True),
    )
    found = reviews.reviews(journal)
    held = Counter((each.title, each.planned_for) for each in found)
    rows = (_review(screen, each, alone=held[each.title, each.planned_for] == 1) for each in found)
    return Table(_("Reviews"), columns, tuple(rows))


def _review(screen: Screen, review: Review, *, alone: bool) -> Row:
    there = screen.view.shared().having(review=str(review.id))
    closed = journaling.called(review.closed_by) if review.closed_by else None
    cells = (
        review.title if alone else entries.numbered(review.title, review),
        review.planned_for.astimezone(screen.configuration.zone),
        _(words.STATES[review.state]),
        closed,
        ", ".join(journaling.called(each) for each in review.participants),
    )
    return Row(cells, href=links.href(REVISION if review.closings else MEETING, there))


def nothing() -> str:
    """Nothing was said yet."""
    title = _("Nothing was said yet")
    told = _("Every review, note, decision and action will be found here, by words, KPI and person.")
    return f'<div class="kk-empty"><h2>{escape(title)}</h2><p>{escape(told)}</p></div>'
