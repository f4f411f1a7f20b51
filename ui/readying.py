"""For the chair before the meeting: who has answered what, what is late, and which KPIs late sources touch."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from core.language import _, ngettext
from journal.operations.exceptions import readiness
from metrics.own import catalogue
from ui import casework, entries, journaling, names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journal.operations.exceptions import Prepared
    from metrics.freshness import Freshness
    from ui.meeting import Meeting


def heading(meeting: Meeting) -> str:
    """How ready the review is, in a sentence."""
    found = readiness(meeting.journal, meeting.review.id)
    ready = sum(each.ready for each in found)
    told = ngettext("{ready} of {n} exception prepared.", "{ready} of {n} exceptions prepared.", len(found))
    sentence = told.format(ready=ready, n=len(found)) if found else _("There is no exception to prepare.")
    return f'<div class="kk-lead"><h1>{escape(_("Readiness"))}</h1><p>{escape(sentence)}</p></div>'


def over(meeting: Meeting) -> str:
    """Nothing is planned after the *meeting* that is over: that, and what comes next."""
    told = _("No review is planned")
    last = entries.review_name(meeting.screen, meeting.review)
    said = _("The last one was {review}.").format(review=last)
    heading = escape(_("Readiness"))
    return f'<div class="kk-lead"><h1>{heading}</h1><p>{escape(told)}</p></div><p class="kk-say">{escape(said)}</p>'


def people(meeting: Meeting) -> str:
    """A line for each exception, by the owner who answers for it."""
    found = by_owner(meeting, readiness(meeting.journal, meeting.review.id))
    told = "".join(_owner(meeting, owner, found[owner]) for owner in sorted(found, key=str.casefold))
    return f'<div class="kk-ready">{told}</div>'


def by_owner(meeting: Meeting, found: Iterable[Prepared]) -> dict[str, list[Prepared]]:
    """What is asked of whom: of the owner of the process, and of whoever promised."""
    owners = {team.id: team.owner for team in meeting.teams}
    asked: dict[str, list[Prepared]] = {}
    for each in found:
        raised = each.exception
        owner = str(raised.details.get("owner", "")) or owners.get(raised.process, "") or _("nobody")
        asked.setdefault(owner, []).append(each)
    return asked


def _owner(meeting: Meeting, owner: str, found: list[Prepared]) -> str:
    ready = sum(each.ready for each in found)
    head = "".join(f"<th>{escape(label)}</th>" for label in (_("Exception"), *_columns()))
    rows = "".join(_row(meeting, each) for each in found)
    return (
        f'<div><h2 class="kk-title">{escape(journaling.called(owner))} <small>{ready} / {len(found)}</small></h2>'
        f'<table class="kk-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _columns() -> tuple[str, str, str, str]:
    return _("What happened"), _("What it means"), _("Recommended"), _("Outcome")


def _row(meeting: Meeting, known: Prepared) -> str:
    told = (known.happened, known.means, known.recommended)
    marks = [_mark(bool(each)) for each in told]
    marks.append(_mark(known.exception.outcome is not None))
    cells = "".join(
        f'<td class="kk-word" data-label="{escape(label)}">{mark}</td>'
        for label, mark in zip(_columns(), marks, strict=True)
    )
    return f"<tr><td>{escape(casework.title(meeting, known.exception))}</td>{cells}</tr>"


def _mark(done: bool) -> str:  # noqa: FBT001 - a mark of one fact
    sign, word, tone = ("✓", _("there"), "kk-good") if done else ("○", _("not yet"), "")
    return f'<span class="{tone}"><b aria-hidden="true">{sign}</b> {escape(word)}</span>'


def sources(meeting: Meeting) -> str:
    """The sources that are late, each with the KPIs of the meeting that it touches."""
    late = [source for source in meeting.screen.sources if source.late]
    heading = _("Sources that are late")
    title = f'<h2 class="kk-title">{escape(heading)}</h2>'
    if not late:
        current = _("Every source is up to date.")
        return title + f'<p class="kk-say">{escape(current)}</p>'
    return title + f'<ul class="kk-entries">{"".join(_late(meeting, source) for source in late)}</ul>'


def _late(meeting: Meeting, source: Freshness) -> str:
    wanted = {team.id for team in meeting.teams}
    touched = [
        _(kpi.name)
        for kpi in catalogue(meeting.screen.shown.snapshot).values()
        if source.dataset in kpi.datasets and kpi.process in wanted
    ]
    told = _("{source}: data to {day}").format(
        source=names.source(source.source), day=meeting.screen.dated(source.newest)
    )
    return f'<li><b>{escape(told)}</b> <span class="kk-by">{escape(", ".join(touched))}</span></li>'
