"""What refreshing made of each source: of its parts just now, and of the whole the last time. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

from connectors.base import FAILED, LOADED, REFUSED, UNCHANGED
from connectors.runs import last_runs
from core import numbers
from core.language import N_, _, ngettext
from core.period import Period
from core.tables import Column, Kind, Row, Table
from ui import names, schedule, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.base import SourceResult
    from connectors.refresh import Report
    from connectors.runs import Run
    from core.config import Configuration, Home

SHOWN: Final = 40
STATUS: Final = {
    LOADED: N_("loaded"),
    UNCHANGED: N_("nothing new"),
    REFUSED: N_("refused"),
    FAILED: N_("failed"),
}
KINDS: Final = {"plan": N_("plan folder"), "inbox": N_("inbox folder")}
_SIGNS: Final = {LOADED: "✓", UNCHANGED: "○", REFUSED: "✕", FAILED: "✕"}
_ORDER: Final = (FAILED, REFUSED, LOADED, UNCHANGED)


def title() -> str:
    """The heading over the button."""
    return tables.title(_("Refresh"))


def html(home: Home, configuration: Configuration, sources: Sequence[str]) -> str:
    """Each of *sources*: when it was refreshed, what came of it, how far it reaches."""
    columns = (
        Column(_("Source")),
        Column(_("Kind")),
        Column(_("Refreshed"), Kind.WORD, minor=True),
        Column(_("State"), Kind.WORD),
        Column(_("Data to"), Kind.DAY, minor=True),
        Column(_("Remarks")),
    )
    kinds, runs = {source.name: source.kind for source in configuration.sources}, last_runs(home)
    rows = tuple(_row(name, kinds.get(name, name), runs.get(name), configuration) for name in sources)
    return tables.html(Table(_("Refresh"), columns, rows))


def next_run(home: Home, configuration: Configuration) -> str:
    """When the next refresh is by itself; nothing when there is none."""
    due = schedule.next_run(home, configuration)
    if not due:
        return ""
    return _("Next refresh by itself: {moment}.").format(moment=_moment(max(due, datetime.now(UTC)), configuration))


def report(found: Report) -> str:
    """A summary, then a card for each source or part of one: what went wrong first."""
    ordered = sorted(found.sources, key=lambda result: _ORDER.index(result.status))
    cards = "".join(map(_card, ordered[:SHOWN]))
    rest = len(ordered) - SHOWN
    text = ngettext("{n} more part is not shown.", "{n} more parts are not shown.", rest).format(n=rest)
    more = f"<p>{escape(text)}</p>" if rest > 0 else ""
    head = f'<p class="kk-say">{escape(_summary(found))}</p>'
    return f'<section class="kk-results" role="status">{head}{cards}{more}</section>'


def _row(name: str, kind: str, run: Run | None, configuration: Configuration) -> Row:
    shown = names.PLATFORMS.get(kind) or _(KINDS.get(kind, kind))
    if not run:
        return Row((name, shown, numbers.NOTHING, _("not yet refreshed"), None, ""))
    remark = " ".join(part for part in (run.message, run.next_step) if part)
    if run.status == FAILED and run.succeeded_at:
        since = _("The data is that of {moment}.").format(moment=_moment(run.succeeded_at, configuration))
        remark = f"{remark} {since}"
    state = f"{_SIGNS[run.status]} {_(STATUS[run.status])}"
    return Row((name, shown, _moment(run.at, configuration), state, run.last_day, remark))


def _moment(moment: datetime, configuration: Configuration) -> str:
    return numbers.moment(moment.astimezone(configuration.zone))


def _summary(found: Report) -> str:
    bad = sum(result.status in (FAILED, REFUSED) for result in found.sources)
    parts = [_("New numbers are in.") if found.snapshot else _("Nothing is new.")]
    if bad:
        parts.append(ngettext("{n} part could not be read.", "{n} parts could not be read.", bad).format(n=bad))
    return " ".join(parts)


def _card(result: SourceResult) -> str:
    bad = result.status in (REFUSED, FAILED)
    css = "kk-bad" if bad else "kk-doubt" if result.rows_rejected or result.notes else "kk-fine"
    name = " · ".join(part for part in (result.source, result.part) if part)
    step = f"<p><b>{escape(_('Next step'))}:</b> {escape(result.next_step)}</p>" if bad and result.next_step else ""
    further = [note for note in result.notes if note not in result.message]
    notes = "".join(f'<p class="kk-warn">⚠ {escape(note)}</p>' for note in further)
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in _facts(result))
    return (
        f'<article class="kk-result {css}"><h3><b aria-hidden="true">{_SIGNS[result.status]}</b> {escape(name)} '
        f"<em>{escape(_(STATUS[result.status]))}</em></h3><p>{escape(result.message)}</p>{step}"
        f'<p class="kk-facts">{facts}</p>{notes}</article>'
    )


def _facts(result: SourceResult) -> list[str]:
    facts = [names.dataset(result.dataset)] if result.dataset else []
    if result.status == LOADED:
        counts = (
            (_("new: {n}"), result.rows_loaded),
            (_("replaced: {n}"), result.rows_replaced),
            (_("rejected: {n}"), result.rows_rejected),
        )
        facts += [text.format(n=numbers.number(count, 0)) for text, count in counts]
    if result.first_day and result.last_day:
        facts.append(numbers.days(Period(result.first_day, result.last_day)))
    return facts
