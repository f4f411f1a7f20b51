"""Actions: who promised what by when, where it came from, and what the task tracker says of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import N_, _, ngettext
from core.tables import Column, Kind, Row, Table
from journal.models import Action
from journal.operations import actions as promised
from journal.operations import history, reviews
from journal.words import ActionState, ReviewState
from pack import words
from ui import entries, journaling, links, queries, tracker
from ui.pages import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.tables import Cell
    from journal.models import Entry, Review
    from journal.work import Journal
    from ui.screen import Screen
    from ui.tracker import Task

LISTS: Final = {
    "": N_("All open"),
    "mine": N_("Mine"),
    "owner": N_("By owner"),
    "process": N_("By process"),
    "over": N_("Done and dropped"),
}
"""How actions can be looked at, by the name in the address."""
PAGE: Final = 25
MOST: Final = 500
EVERY: Final = 10_000


@dataclass(frozen=True)
class Promise:
    """One action with what belongs to it: what it came from, the review that made it, its task in the tracker.

    *came_from* is what it came from, else the review, in a line.
    """

    action: Action
    origin: Entry | None
    review: Review | None
    task: Task | None
    came_from: str = ""

    @property
    def carried(self) -> bool:
        """Whether it is still open although the review that made it is over."""
        over = self.review is not None and self.review.state is ReviewState.CLOSED
        return over and self.action.state is ActionState.OPEN


def listed(screen: Screen, journal: Journal) -> list[Promise]:
    """The actions of the chosen list, overdue first; those that are over, the latest first."""
    chosen = screen.view.what
    if chosen == "over":
        found = [each for each in _all(journal) if each.state is not ActionState.OPEN]
        found.sort(key=lambda each: (each.done_at or each.changed_at, each.id), reverse=True)
    else:
        owner = journal.actor.person if chosen == "mine" else None
        found = promised.open_actions(journal, queries.today(screen.configuration), owner)
    if chosen == "owner":
        found.sort(key=lambda each: each.owner.casefold())
    if chosen == "process":
        found.sort(key=lambda each: entries.process_name(screen, each.process).casefold())
    return _completed(screen, journal, found)


def _all(journal: Journal) -> list[Action]:
    found = history.search(journal, history.Search(types=(Action,)), EVERY)
    return [each for each in found if isinstance(each, Action)]


def _completed(screen: Screen, journal: Journal, found: Sequence[Action]) -> list[Promise]:
    origins = promised.origins(journal, found)
    held = {each.id: each for each in reviews.reviews(journal)} if found else {}
    tasks = tracker.tasks(screen, found)
    named = entries.review_names(screen, held.values())

    def promise(action: Action) -> Promise:
        origin, review = origins.get(action.id), held.get(action.review_id or 0)
        source = origin or review
        told = entries.brief(screen, source, named) if source else ""
        return Promise(action, origin, review, tasks.get(action.id), told)

    return [promise(each) for each in found]


def grouped(screen: Screen, found: Sequence[Promise]) -> Iterator[tuple[str, list[Promise]]]:
    """The actions under the names of their owners or processes, where the list is sorted by them; else under none."""
    for key, group in groupby(found, lambda each: _group(screen, each.action)):
        yield key, list(group)


def _group(screen: Screen, action: Action) -> str:
    if screen.view.what == "owner":
        return journaling.called(action.owner)
    if screen.view.what == "process":
        return entries.process_name(screen, action.process) or _("No process")
    return ""


def choices(screen: Screen) -> str:
    """The ways to look at actions, the chosen one marked."""
    view = screen.view.having(entry="", rows="")
    items = "".join(
        links.anchor(
            links.href(ACTIONS, view.having(what=name)),
            escape(_(title)),
            css="kk-pill",
            attributes='aria-current="true"' if name == screen.view.what else "",
        )
        for name, title in LISTS.items()
    )
    label = _("Which actions")
    return f'<nav class="kk-others" aria-label="{escape(label)}">{items}</nav>'


def summary(screen: Screen, journal: Journal) -> str:
    """How many are open and overdue, in one sentence."""
    day = queries.today(screen.configuration)
    found = promised.open_actions(journal, day)
    if not found:
        return _("Nothing is open.")
    late = sum(promised.is_overdue(action, day) for action in found)
    told = ngettext("{n} open", "{n} open", len(found)).format(n=len(found))
    overdue = ngettext("{n} overdue", "{n} overdue", late).format(n=late)
    return f"{told}, {overdue}" if late else told


def shown(screen: Screen, found: Sequence[Promise]) -> list[Promise]:
    """As many of *found* as the address asks for."""
    return list(found[: min(entries.number(screen.view.rows) or PAGE, MOST)])


def rest(screen: Screen, found: Sequence[Promise], count: int) -> str:
    """The way to the actions that are not shown yet, or why there are none at all."""
    if not found:
        return nothing(screen)
    if count >= min(len(found), MOST):
        return ""
    address = links.href(ACTIONS, screen.view.having(rows=str(count + PAGE)))
    told = _("Show more: {n} of {all} are shown").format(n=count, all=len(found))
    return f'<p class="kk-way">{links.anchor(address, escape(told), css="kk-button")}</p>'


def card(screen: Screen, promise: Promise) -> str:
    """One action: by when, what, who, where it belongs and came from, and what the tracker says."""
    action = promise.action
    mark, due, tone = urgency(screen, action)
    address = links.href(ACTIONS, screen.view.having(entry=str(action.id)))
    whole = entries.said(action)
    cut = whole if len(whole) <= entries.SHORT else whole[: entries.SHORT].rstrip() + " …"
    title = links.anchor(address, escape(cut), css="kk-kind", attributes='dir="auto"')
    facts = [f"<span>{escape(journaling.called(action.owner))}</span>"]
    facts.append(f'<span class="kk-word {tone}"><b aria-hidden="true">{mark}</b> {escape(due)}</span>')
    if promise.task:
        css = "kk-good" if promise.task.done else ""
        told = f'<b aria-hidden="true">{promise.task.mark}</b> {escape(promise.task.words)}'
        facts.append(f'<span class="kk-word {css}">{told}</span>')
    facts += [_process(screen, promise), entries.place(screen, action), _origin(screen, promise)]
    note = f'<p class="kk-text" dir="auto">{escape(action.done_note)}</p>' if action.done_note else ""
    return (
        f'<article class="kk-said kk-action"><header>{title}</header>{note}'
        f'<p class="kk-facts">{"".join(facts)}</p></article>'
    )


def _process(screen: Screen, promise: Promise) -> str:
    """The process, where the place does not say it already."""
    action = promise.action
    return f"<span>{escape(entries.process_name(screen, action.process))}</span>" if action.kpi else ""


def urgency(screen: Screen, action: Action) -> tuple[str, str, str]:
    """Sign, words and style: overdue since when, due when, or what became of it."""
    today = queries.today(screen.configuration)
    if action.state is not ActionState.OPEN:
        at = entries.moment(screen, action.done_at) if action.done_at else ""
        by = ", ".join(filter(None, (journaling.called(action.done_by or ""), at)))
        return entries.MARKS[action.state], f"{_(words.ACTIONS[action.state])} · {by}", ""
    if action.due is None:
        return "–", _("no day"), ""
    if promised.is_overdue(action, today):
        late = (today - action.due).days
        return "▲", ngettext("{n} day overdue", "{n} days overdue", late).format(n=late), "kk-poor"
    return "○", _("due {day}").format(day=numbers.day(action.due, year=True)), ""


def _origin(screen: Screen, promise: Promise) -> str:
    """Where it came from, as a link: the decision or exception, else the review."""
    source = promise.origin or promise.review
    if source is None:
        return ""
    told = promise.came_from
    told = told if len(told) <= entries.TITLE else told[: entries.TITLE].rstrip() + " …"
    text = _("carried over from {origin}") if promise.carried and promise.origin is None else _("from {origin}")
    return links.anchor(entries.address(screen, source.id), escape(text.format(origin=told)), css="kk-place")


def table(screen: Screen, journal: Journal) -> Table:
    """The actions of the chosen list, as they are taken away."""
    columns = (
        Column(_("Action")),
        Column(_("Owner"), Kind.WORD),
        Column(_("Due"), Kind.DAY),
        Column(_("State"), Kind.WORD),
        Column(_("Process")),
        Column(_("KPI")),
        Column(_("Came from")),
        Column(_("What came of it")),
        Column(_("Closed by"), Kind.WORD),
        Column(_("Closed on"), Kind.DAY),
        Column(_("Written by"), Kind.WORD),
        Column(_("Written on"), Kind.DAY),
        Column(_("Task")),
        Column(_("In the task tracker")),
    )
    title = _(LISTS.get(screen.view.what, LISTS[""]))
    return Table(title, columns, tuple(_line(screen, each) for each in listed(screen, journal)))


def _line(screen: Screen, promise: Promise) -> Row:
    action, zone = promise.action, screen.configuration.zone
    cells: tuple[Cell, ...] = (
        action.text,
        journaling.called(action.owner),
        action.due,
        _(words.ACTIONS[action.state]),
        entries.process_name(screen, action.process),
        entries.kpi_name(screen, action.kpi) if action.kpi else None,
        promise.came_from or None,
        action.done_note or None,
        journaling.called(action.done_by) if action.done_by else None,
        action.done_at.astimezone(zone).date() if action.done_at else None,
        journaling.called(action.created_by),
        action.created_at.astimezone(zone).date(),
        action.task_id or None,
        promise.task.words if promise.task else None,
    )
    return Row(cells)


def nothing(screen: Screen) -> str:
    """No action in the chosen list."""
    told: Mapping[str, str] = {
        "mine": _("You have promised nothing that is still open."),
        "over": _("Actions that were done or dropped are kept here, with who closed them and when."),
    }
    text = told.get(
        screen.view.what, _("What is decided in a review and promised by somebody is kept here until done.")
    )
    heading = _("No actions here")
    return f'<div class="kk-empty"><h2>{escape(heading)}</h2><p>{escape(text)}</p></div>'
