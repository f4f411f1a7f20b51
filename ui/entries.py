"""What people wrote, as HTML: the words, where they belong, who wrote them and when, and how they read before."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final

from core import numbers
from core.errors import KokpitError, UsageError
from core.language import N_, _
from core.period import Grain, Period
from core.presets import Preset
from journal.models import (
    Action,
    Baseline,
    Decision,
    Event,
    Note,
    Recommendation,
    Review,
    ReviewException,
)
from journal.operations import reviews
from journal.words import Act, ActionState, ExceptionKind, NoteKind
from metrics.own import catalogue, find
from pack import words
from ui import journaling, links, names
from ui.department import described
from ui.pages import HISTORY, PROCESS, REVISION

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from journal.models import Entry, Revision
    from ui.screen import Screen
    from ui.view import View

KINDS: Final[dict[str, tuple[type[Entry], str]]] = {
    "note": (Note, N_("Note")),
    "recommendation": (Recommendation, N_("Recommendation")),
    "decision": (Decision, N_("Decision")),
    "action": (Action, N_("Action")),
    "exception": (ReviewException, N_("Exception")),
    "event": (Event, N_("Event")),
    "baseline": (Baseline, N_("New baseline")),
    "review": (Review, N_("Review")),
}
"""What an entry is, by the name that the journal and the address have for it."""
_NOTES: Final = {NoteKind.HAPPENED: N_("What happened"), NoteKind.MEANS: N_("What it means")}
MARKS: Final = {ActionState.OPEN: "○", ActionState.DONE: "✓", ActionState.DROPPED: "✕"}
SHORT: Final = 400
"""How much of a text a list shows; the entry on its own shows it whole."""
NAMED: Final = 40
"""How much of an address that makes no sense is told again."""
TITLE: Final = 90
"""How much of a text another entry says of it."""
_WHOLE: Final = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


def number(text: str) -> int:
    """The number that the address says; 0, which nothing has, where it says none."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def asked(text: str) -> int:
    """The number of the entry that the address asks for. Raises UsageError where no entry could have it."""
    if found := number(text):
        return found
    told = text if len(text) <= NAMED else f"{text[:NAMED]}…"
    message = _("There is no such entry in the journal: {number}.").format(number=told)
    raise UsageError(message, _("Look for it in the history."))


def kind(entry: Entry) -> str:
    """What it is, in a word or two."""
    if isinstance(entry, Note) and entry.kind in _NOTES:
        return _(_NOTES[entry.kind])
    if isinstance(entry, ReviewException):
        return _(words.KINDS[entry.kind])
    return _(KINDS[entry.type][1]) if entry.type in KINDS else entry.type


def said(entry: Entry) -> str:
    """The words themselves."""
    match entry:
        case Note() | Recommendation() | Decision() | Action():
            return entry.text
        case Event():
            return f"{entry.name}\n{entry.text}".strip()
        case Baseline():
            return entry.reason
        case Review():
            return entry.title
        case ReviewException():
            state = _(words.OUTCOMES[entry.outcome]) if entry.outcome else _("no outcome yet")
            return f"{state}: {entry.outcome_text}" if entry.outcome_text else state
    return ""


def review_name(screen: Screen, review: Review) -> str:
    """What *review* is called beside all others."""
    alike = reviews.namesakes(journaling.journal(screen), review, screen.configuration.zone)
    return review_names(screen, [review, *alike])[review.id]


def review_names(screen: Screen, found: Collection[Review], *, timed: bool = False) -> dict[int, str]:
    """The title and day of each of the reviews *found*, with its time where two are alike, or all are to be *timed*.

    Those of one moment have their numbers too.
    """
    days = {each.id: _day(screen, each) for each in found}
    held = Counter((each.title, days[each.id]) for each in found)
    names = {}
    for each in found:
        when = moment(screen, each.planned_for) if timed or held[each.title, days[each.id]] > 1 else days[each.id]
        names[each.id] = f"{each.title}, {when}"
    alike = Counter(names.values())
    return {each.id: numbered(names[each.id], each) if alike[names[each.id]] > 1 else names[each.id] for each in found}


def _day(screen: Screen, review: Review) -> str:
    return numbers.day(review.planned_for.astimezone(screen.configuration.zone), year=True)


def numbered(told: str, review: Review) -> str:
    """What is *told* of a review, with the number that it has in the journal."""
    return _("{review}, no. {n}").format(review=told, n=review.id)


def brief(screen: Screen, entry: Entry, reviews_called: Mapping[int, str]) -> str:
    """What it is and says in a line: of an exception, what it is about; of a review, what it is called."""
    told = kpi_name(screen, entry.kpi) if isinstance(entry, ReviewException) and entry.kpi else said(entry)
    told = promised(entry) or told
    told = reviews_called.get(entry.id, told)
    return f"{kind(entry)}: {told}"


def promised(entry: Entry) -> str:
    """What was promised, where *entry* is an overdue promise."""
    if isinstance(entry, ReviewException) and entry.kind is ExceptionKind.PROMISE:
        return str(entry.details.get("action", ""))
    return ""


def details(screen: Screen, entry: Entry) -> str:
    """What belongs to the words: who does it by when, what became of it, from when on it holds."""
    match entry:
        case Action():
            state = f"{MARKS[entry.state]} {_(words.ACTIONS[entry.state])}"
            due = _("due {day}").format(day=numbers.day(entry.due, year=True)) if entry.due else ""
            over = _by(screen, entry.done_by, entry.done_at) if entry.done_by else ""
            return " · ".join(filter(None, (journaling.called(entry.owner), due, state, over)))
        case Event():
            return numbers.days(Period(entry.starts_on, entry.ends_on))
        case Baseline():
            since = _("since {day}").format(day=numbers.day(entry.starts_on, year=True))
            return " · ".join([since, _("undone")] if entry.undone_at else [since])
        case Review():
            held = moment(screen, entry.planned_for)
            return f"{held} · {_(words.STATES[entry.state])}"
        case ReviewException():
            return promised(entry)
    return ""


def moment(screen: Screen, at: datetime) -> str:
    """*at* on the clock where the team works."""
    return numbers.moment(at.astimezone(screen.configuration.zone))


def _by(screen: Screen, person: str | None, at: datetime | None) -> str:
    return ", ".join(filter(None, (journaling.called(person or ""), moment(screen, at) if at else "")))


def signed(screen: Screen, entry: Entry) -> str:
    """Who wrote it and when; who changed it last."""
    told = _by(screen, entry.created_by, entry.created_at)
    if entry.version > 1:
        told += " · " + _("changed by {who}").format(who=_by(screen, entry.changed_by, entry.changed_at))
    return told


def kpi_name(screen: Screen, kpi: str) -> str:
    """What the KPI with the id *kpi* is called; its id where it is not known any more."""
    try:
        return _(find(screen.shown.snapshot, kpi).name) if screen.shown.generation else kpi
    except KokpitError:
        return kpi


def kpi_names(screen: Screen) -> dict[str, str]:
    """What every KPI is called, by its id, in the order of these names."""
    known = catalogue(screen.shown.snapshot).values() if screen.shown.generation else ()
    return dict(sorted(((kpi.id, _(kpi.name)) for kpi in known), key=lambda pair: pair[1].casefold()))


def process_name(screen: Screen, process: str) -> str:
    """What *process* is called; its id where it is not known any more."""
    return process_names(screen).get(process, process)


def process_names(screen: Screen) -> dict[str, str]:
    """What every process is called, by its id, in the plan's order."""
    return {each.id: each.name for each in described(screen)} if screen.shown.generation else {}


def period_name(screen: Screen, period: Period) -> str:
    """What *period* is called: by its name where it is a whole one."""
    calendar = screen.configuration.calendar
    grain = next((grain for grain in _WHOLE if calendar.is_whole(period, grain)), None)
    return numbers.whole(period, grain, calendar) if grain else numbers.days(period)


def place(screen: Screen, entry: Entry) -> str:
    """Where it belongs, as a link there: KPI × period × part, or the process."""
    where = entry.place
    moves = entry.moves if isinstance(entry, Decision) and not where.kpi else ""
    kpi = where.kpi or moves
    part = names.value(where.dimension, where.dimension_value) if where.dimension else ""
    period = period_name(screen, where.period) if where.period else ""
    subject = kpi_name(screen, kpi) if kpi else process_name(screen, where.process) if where.process else ""
    if not subject:
        return escape(period)
    view = screen.view.shared().having(process=where.process, kpi=kpi)
    if where.period:
        view = view.having(preset=Preset.CUSTOM, custom=where.period)
    if where.dimension:
        view = view.filtered(**{where.dimension: where.dimension_value})
    told = " · ".join(filter(None, (subject, period, part)))
    return links.anchor(links.href(PROCESS, view), escape(told), css="kk-place")


def address(screen: Screen, number: int) -> str:
    """Where the entry *number* stands on its own, whole and with everything it said before."""
    return links.href(HISTORY, screen.view.shared().having(entry=str(number)))


def shortened(whole: str, limit: int = SHORT) -> str:
    """*whole* as HTML, its rest behind a click where it has more than *limit* characters."""
    if len(whole) <= limit:
        return escape(whole)
    start, rest = escape(whole[:limit]), escape(whole[limit:])
    more = escape(_("Show more"))
    return f'{start}<details class="kk-rest"><summary>… {more}</summary>{rest}</details>'


def text(entry: Entry, limit: int | None = SHORT) -> str:
    """The words as HTML, at most *limit* of them; from right to left where they are written so."""
    whole = said(entry)
    shown = whole if limit is None or len(whole) <= limit else whole[:limit].rstrip() + " …"
    return f'<p class="kk-text" dir="auto">{escape(shown)}</p>'


def card(screen: Screen, entry: Entry, more: str = "", limit: int | None = SHORT, found_in: View | None = None) -> str:
    """One entry: what it is and where, its words, who and when, and *more* HTML; the way back leads to *found_in*."""
    view = found_in or screen.view.shared()
    title = links.anchor(links.href(HISTORY, view.having(entry=str(entry.id))), escape(kind(entry)), css="kk-kind")
    beside = details(screen, entry)
    told = f'<p class="kk-say">{escape(beside)}</p>' if beside else ""
    kept = _("worth keeping")
    keep = f'<b class="kk-kept">★ {escape(kept)}</b>' if entry.worth_keeping else ""
    if isinstance(entry, Review) and entry.closings:
        view = screen.view.shared().having(review=str(entry.id))
        keep += links.anchor(links.href(REVISION, view), escape(_("Presented and now")), css="kk-place")
    return (
        f'<article class="kk-said"><header>{title}{place(screen, entry)}{keep}</header>'
        f"{text(entry, limit)}{told}{more}<footer>{escape(signed(screen, entry))}</footer></article>"
    )


def versions(screen: Screen, entry: Entry, revisions: Sequence[Revision]) -> str:
    """How an edited entry read before, the latest first, and the words that came too late; closed until opened."""
    earlier = [(each, worded(entry, each)) for each in reversed(revisions)]
    items = "".join(
        f'<li><span class="kk-say">{escape(_acted(screen, each))}</span>'
        f'<p class="kk-text" dir="auto">{escape(told)}</p></li>'
        for each, told in earlier
        if told
    )
    if not items:
        return ""
    title = escape(_("Earlier versions"))
    return f'<details class="kk-versions"><summary>{title}</summary><ul>{items}</ul></details>'


def worded(entry: Entry, revision: Revision) -> str:
    """The text that an edit replaced, or that came too late."""
    kept = [str(revision.words[name]) for name in entry.searched if revision.words.get(name)]
    return "\n".join(kept)


def _acted(screen: Screen, revision: Revision) -> str:
    by = _by(screen, revision.by, revision.at)
    if revision.act is Act.CONFLICTING:
        return _("Came too late, from {who}").format(who=by)
    return _("Until the change by {who}").format(who=by)


def warning(told: str) -> str:
    """What the reader has to know, as a calm line."""
    return f'<p class="kk-warn" role="status">⚠ {escape(told)}</p>'
