"""The page of a closed review: what it presented beside what it is now, and which decisions rested on what changed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from core import numbers
from core.errors import KokpitError
from core.language import N_, _, ngettext
from core.tables import Column, Kind, Row, Table
from journal.operations import reviews
from journal.operations.decisions import decisions
from metrics.model import Unit
from metrics.restated import Reason, touched
from ui import entries, journaling, links, names, tables, values
from ui.pages import MEETING, REVISION
from ui.restating import closed, known, revised
from ui.view import ALL_ROWS

if TYPE_CHECKING:
    from core.period import Period
    from journal.models import Decision, Review
    from journal.work import Journal
    from metrics.restated import Restated
    from ui.restating import Revised
    from ui.screen import Screen

SHOWN: Final = 40
OTHERS: Final = 12
FILES: Final = 2
"""How many files are named that may have changed a value."""
_REASONS: Final = {
    Reason.LATE: N_("late data"),
    Reason.CORRECTED: N_("corrected file"),
    Reason.PLAN: N_("plan changed"),
    Reason.DEFINITION: N_("definition changed"),
    Reason.CURRENCY: N_("other currency"),
    Reason.KPI_GONE: N_("this KPI is not there any more"),
    Reason.NO_DATA: N_("its data is not there any more"),
    Reason.UNKNOWN: N_("reason not known"),
}


def chosen(screen: Screen, journal: Journal) -> Review | None:
    """The review that the address names, else the latest that was closed. Raises UsageError for an unknown one."""
    if screen.view.review:
        return reviews.review(journal, entries.asked(screen.view.review))
    return next(iter(closed(journal)), None)


def others(screen: Screen, journal: Journal, review: Review | None) -> str:
    """The way to the other reviews that were closed."""
    here, shown = review.id if review else None, closed(journal)[:OTHERS]
    named = entries.review_names(screen, shown)
    items = "".join(
        links.anchor(
            links.href(REVISION, screen.view.shared().having(review=str(each.id))),
            escape(named[each.id]),
            css="kk-pill",
            attributes='aria-current="true"' if each.id == here else "",
        )
        for each in shown
    )
    label = _("Closed reviews")
    return f'<nav class="kk-others" aria-label="{escape(label)}">{items}</nav>' if items else ""


def to_meeting(screen: Screen, review: Review) -> str:
    """The way to the meeting as it was presented."""
    there = links.href(MEETING, screen.view.shared().having(review=str(review.id)))
    return links.anchor(there, escape(_("The meeting as presented")), css="kk-button")


def summary(screen: Screen, review: Review, page: Revised) -> str:
    """Who closed the review and when, and how many of its numbers are others now."""
    closed = _("Closed by {who}").format(
        who=f"{journaling.called(review.closed_by or '?')}, {entries.moment(screen, page.at)}"
    )
    changed = len(page.changed)
    if not changed:
        return f"{closed}. " + _("Every number is what was presented.")
    told = ngettext(
        "{n} of {all} number differs from what was presented.",
        "{n} of {all} numbers differ from what was presented.",
        changed,
    )
    return f"{closed}. " + told.format(n=changed, all=len(page.found))


def heading(screen: Screen, review: Review | None) -> str:
    """What the page is called: like the review that was chosen."""
    return entries.review_name(screen, review) if review else title()


def title() -> str:
    """What the table is called."""
    return _("Presented and now")


def html(screen: Screen, page: Revised) -> str:
    """The values presented beside the present ones: all that changed, and some of the rest."""
    return tables.html(table(screen, page, plain=False, most=_most(screen, page))) + _rest(screen, page)


def table(screen: Screen, page: Revised, *, plain: bool = True, most: int | None = None) -> Table:
    """The values presented beside the present ones, at most *most*: *plain* to take away, else as they are read."""
    columns = (
        Column(_("KPI")),
        Column(_("Period"), Kind.WORD),
        Column(_("Presented"), Kind.NUMBER),
        Column(_("Now"), Kind.NUMBER),
        Column(_("Difference"), Kind.NUMBER),
        Column(_("Why")),
    )
    write = _Writing(screen, plain=plain)
    return Table(title(), columns, tuple(write.row(each) for each in page.found[:most]))


@dataclass(frozen=True)
class _Writing:
    """How rows are written: for reading, or as *plain* numbers."""

    screen: Screen
    plain: bool

    def row(self, each: Restated) -> Row:
        """One value, presented and now."""
        shown = each.presented
        part = f" · {names.value(shown.dimension, shown.dimension_value)}" if shown.dimension else ""
        name = entries.kpi_name(self.screen, shown.kpi) + part
        period = entries.period_name(self.screen, shown.period)
        if self.plain:
            cells = (name, period, shown.value, each.now, each.difference if each.changed else 0, why(each))
            return Row(cells)
        written = [self._text(shown.kpi, value) for value in (shown.value, each.now)]
        moved = each.difference if each.changed else None
        difference = self._difference(shown.kpi, moved) if moved is not None else None
        return Row((name, period, *written, difference, why(each)), tone="kk-changed" if each.changed else "")

    def _difference(self, name: str, moved: float) -> str:
        """How much it moved; the difference of shares is one of percentage points."""
        kpi = known(self.screen).get(name)
        if kpi is not None and kpi.unit is Unit.FRACTION:
            return numbers.points(moved)
        return numbers.signed(moved, lambda value: self._text(name, value))

    def _text(self, name: str, value: float | None) -> str:
        kpi = known(self.screen).get(name)
        if kpi is None:
            return numbers.number(value)
        return values.full(kpi, value, self.screen.configuration.currency)


def why(each: Restated) -> str:
    """The reasons of one difference in words, with the files that may be behind it."""
    told = ", ".join(_(_REASONS[reason]) for reason in each.reasons)
    if not each.files:
        return told
    told = f"{told}: {', '.join(each.files[:FILES])}"
    more = len(each.files) - FILES
    return f"{told} {ngettext('and {n} more', 'and {n} more', more).format(n=more)}" if more > 0 else told


def _most(screen: Screen, page: Revised) -> int | None:
    return None if screen.view.rows == ALL_ROWS else max(SHOWN, len(page.changed))


def _rest(screen: Screen, page: Revised) -> str:
    """The way to the rows that are not shown; nothing where all are."""
    most = _most(screen, page)
    if most is None or len(page.found) <= most:
        return ""
    address = links.href(REVISION, screen.view.having(rows=ALL_ROWS))
    told = _("Show all {n}").format(n=numbers.number(len(page.found), 0))
    return f'<p class="kk-way">{links.anchor(address, escape(told), css="kk-button")}</p>'


def affected(screen: Screen, journal: Journal, review: Review, page: Revised) -> str:
    """The decisions of the review that rested on numbers which are others now, each with these."""
    cards = []
    for decision in decisions(journal, review.id):
        touching = touched(page.found, {decision.kpi, decision.moves} - {""}, _about(decision, review))
        if touching:
            write = _Writing(screen, plain=False)
            lines = "".join(_line(write.row(each)) for each in touching)
            cards.append(entries.card(screen, decision, f'<ul class="kk-lines">{lines}</ul>'))
    if not cards:
        return ""
    heading = escape(_("Decisions that rested on numbers which have changed"))
    return f'<h2 class="kk-title">{heading}</h2><div class="kk-said-list">{"".join(cards)}</div>'


def _about(decision: Decision, review: Review) -> Period | None:
    return decision.place.period or review.place.period


def _line(row: Row) -> str:
    kpi, period, then, now, _difference, reason = (str(cell or "") for cell in row.cells)
    text = _("{kpi}, {period}: presented {then}, now {now}").format(kpi=kpi, period=period, then=then, now=now)
    return f"<li>{escape(text)} <span class='kk-say'>({escape(reason)})</span></li>"


def targets(page: Revised) -> str:
    """The targets that are others now; nothing where all are the same."""
    lines = "".join(f"<li>{escape(text)}</li>" for text in page.retargeted)
    heading = escape(_("Targets that have changed"))
    return f'<h2 class="kk-title">{heading}</h2><ul class="kk-lines">{lines}</ul>' if lines else ""


def nothing(review: Review | None) -> str:
    """No frozen numbers to compare."""
    if review is None:
        heading, told = _("No review was closed yet"), _("Closing a review freezes its numbers; they are kept here.")
    else:
        heading = _("Nothing is frozen of “{title}”").format(title=review.title)
        told = _("Its numbers are frozen when it is closed; then they stand here beside the present ones.")
    return f'<div class="kk-empty"><h2>{escape(heading)}</h2><p>{escape(told)}</p></div>'


def read(screen: Screen, journal: Journal) -> tuple[Review | None, Revised | None, KokpitError | None]:
    """The chosen review and its numbers, or why there is none."""
    try:
        review = chosen(screen, journal)
    except KokpitError as error:
        return None, None, error
    return review, revised(screen, journal, review) if review else None, None
