"""A closed review: what it presented beside what the same numbers are now, why they differ, and what rested on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date
from html import escape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core import numbers
from core.errors import KokpitError
from core.language import N_, _, ngettext
from core.period import Grain, Period
from core.tables import Column, Kind, Row, Table
from journal.operations import reviews
from journal.operations.decisions import decisions
from metrics.figure import points
from metrics.own import catalogue
from metrics.query import Query
from metrics.restated import Circumstances, LaterLoad, Presented, Reason, Restated, ordered, restated, touched
from metrics.tables import TABLES
from metrics.targets import in_force
from ui import entries, journaling, links, loadlog, names, queries, values
from ui.pages import REVISION
from ui.view import ALL_ROWS
from warehouse.datasets import PLAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from journal.models import Decision, FrozenValue, Review
    from journal.work import Journal
    from metrics.model import Kpi
    from ui.screen import Screen

SHOWN: Final = 40
OTHERS: Final = 12
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
_LOADS: Final = """
    SELECT dataset, name, first_day, last_day, coalesce(rows_replaced, 0) > 0
    FROM loads WHERE status = 'loaded' AND finished_at > ? ORDER BY load_id
"""
_PLANS: Final = frozenset(dataset.name for dataset in PLAN)


class Group(NamedTuple):
    """What is asked for at once: values of one length, of the whole or of one part."""

    grain: Grain
    dimension: str
    value: str


@dataclass(frozen=True)
class Revised:
    """One closed review with everything that it presented, and the targets that are others now, in words."""

    review: Review
    at: datetime
    found: tuple[Restated, ...]
    retargeted: tuple[str, ...]

    @property
    def changed(self) -> list[Restated]:
        """What is another number now."""
        return [each for each in self.found if each.changed]


def chosen(screen: Screen, journal: Journal) -> Review | None:
    """The review that the address names, else the latest that was closed. Raises UsageError for an unknown one."""
    if screen.view.review:
        return reviews.review(journal, entries.number(screen.view.review))
    return next(iter(_closed(journal)), None)


def _closed(journal: Journal) -> list[Review]:
    return [review for review in reviews.reviews(journal) if review.closings]


def others(screen: Screen, journal: Journal, review: Review | None) -> str:
    """The way to the other reviews that were closed."""
    here = review.id if review else None
    items = "".join(
        links.anchor(
            links.href(REVISION, screen.view.shared().having(review=str(each.id))),
            escape(each.title),
            css="kk-pill",
            attributes='aria-current="true"' if each.id == here else "",
        )
        for each in _closed(journal)[:OTHERS]
    )
    label = _("Closed reviews")
    return f'<nav class="kk-others" aria-label="{escape(label)}">{items}</nav>' if items else ""


def revised(screen: Screen, journal: Journal, review: Review) -> Revised | None:
    """What *review* presented when it was last closed, beside what it is now; None where nothing is frozen."""
    frozen = reviews.frozen_values(journal, review.id) if review.closings else []
    if not frozen:
        return None
    at = frozen[0].frozen_at
    now = _now(screen, frozen)
    later = _later(screen, at)
    found = []
    for each in frozen:
        known = _circumstances(screen, each)
        found += [
            restated(shown, now.get((each.kpi, _group(each), shown.period)), known, later) for shown in _presented(each)
        ]
    return Revised(review, at, tuple(ordered(found)), tuple(filter(None, (_retargeted(screen, f) for f in frozen))))


def _presented(frozen: FrozenValue) -> list[Presented]:
    """The values that were frozen of one KPI, the latest first."""
    known_to = _day(_part(frozen, "freshness").get("known_to"))
    found = []
    for each in frozen.shown.get("values") or ():
        period = _period(each)
        if period is None:
            continue
        final = bool(each.get("complete", True)) and (known_to is None or known_to >= period.end)
        found.append(Presented(frozen.kpi, frozen.dimension, frozen.dimension_value, period, each.get("value"), final))
    return sorted(found, key=lambda shown: shown.period, reverse=True)


def _part(frozen: FrozenValue, name: str) -> dict[str, Any]:
    return frozen.shown.get(name) or {}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _period(kept: Mapping[str, Any]) -> Period | None:
    start = _day(kept.get("period_start"))
    end = _day(kept.get("period_end")) or start
    return Period(start, end) if start and end and start <= end else None


def _group(frozen: FrozenValue) -> Group:
    """How the values of one KPI were asked for: by the grain that was kept, else by their length."""
    kept = _part(frozen, "facts").get("grain")
    if kept not in set(Grain):
        days = max((shown.period.days for shown in _presented(frozen)), default=7)
        kept = next((grain for grain, most in _LENGTHS if days <= most), Grain.YEAR)
    return Group(Grain(kept), frozen.dimension, frozen.dimension_value)


_LENGTHS: Final = ((Grain.DAY, 1), (Grain.WEEK, 7), (Grain.MONTH, 31), (Grain.QUARTER, 92))


def _now(screen: Screen, frozen: Sequence[FrozenValue]) -> dict[tuple[str, Group, Period], float | None]:
    """The present values of all that was frozen: one question for each length and part."""
    known = _known(screen)
    together: dict[Group, list[FrozenValue]] = defaultdict(list)
    for each in frozen:
        if (
            each.kpi in known
            and _presented(each)
            and (not each.dimension or each.dimension in known[each.kpi].dimensions)
        ):
            together[_group(each)].append(each)
    found: dict[tuple[str, Group, Period], float | None] = {}
    for group, members in together.items():
        periods = [shown.period for each in members for shown in _presented(each)]
        span = Period(min(period.start for period in periods), max(period.end for period in periods))
        where = {group.dimension: (group.value or None,)} if group.dimension else {}
        kpis = tuple(dict.fromkeys(each.kpi for each in members))
        query = Query(kpis, span, group.grain, where=where, calendar=screen.configuration.calendar, lenient=True)
        answer = queries.evaluation(screen.shown, query, screen.configuration)
        for kpi in kpis:
            found |= {(kpi, group, point.period): point.value for point in points(answer.series(kpi))}
    return found


def _known(screen: Screen) -> Mapping[str, Kpi]:
    return catalogue(screen.shown.snapshot) if screen.shown.generation else {}


def _circumstances(screen: Screen, frozen: FrozenValue) -> Circumstances:
    kpi = _known(screen).get(frozen.kpi)
    if kpi is None:
        return Circumstances(gone=True)
    facts = _part(frozen, "facts")
    made_of = {name for part in kpi.expression.parts for name in TABLES[part.table].datasets}
    plans = made_of & _PLANS | ({"exchange_rates"} if kpi.is_money else set())
    definition, formula = frozen.shown.get("definition"), facts.get("formula")
    currency = facts.get("currency")
    return Circumstances(
        datasets=frozenset(made_of - _PLANS),
        plans=frozenset(plans),
        redefined=bool(definition and definition != kpi.definition) or bool(formula and formula != kpi.formula),
        other_currency=bool(kpi.is_money and currency and currency != screen.configuration.currency),
    )


def _later(screen: Screen, at: datetime) -> tuple[LaterLoad, ...]:
    """What was loaded since the review was closed."""
    if not screen.shown.generation:
        return ()
    rows = screen.shown.snapshot.rows(_LOADS, [at.astimezone(UTC).replace(tzinfo=None)])
    return tuple(
        LaterLoad(
            dataset or "",
            loadlog.file_name(name or ""),
            Period(first, last) if first and last else None,
            bool(replaced),
        )
        for dataset, name, first, last, replaced in rows
    )


def _retargeted(screen: Screen, frozen: FrozenValue) -> str:
    """That the target over the newest period presented is another one now; nothing where it is the same."""
    kpi, shown = _known(screen).get(frozen.kpi), _presented(frozen)
    if kpi is None or not shown:
        return ""
    part = {frozen.dimension: frozen.dimension_value} if frozen.dimension else {}
    goal = in_force(queries.targets(screen.shown), kpi, shown[0].period, part)
    kept = _part(frozen, "target")
    then = [kept.get(name) for name in ("value", "low", "high")]
    now = [goal.value, goal.low, goal.high] if goal else [None] * 3
    if then == now:
        return ""
    currency = screen.configuration.currency
    written = [
        " – ".join(values.short(kpi, end, currency) for end in ends if end is not None) or _("none")
        for ends in (then, now)
    ]
    return _("{kpi}: the target was {then}, now it is {now}.").format(kpi=_(kpi.name), then=written[0], now=written[1])


def summary(screen: Screen, page: Revised) -> str:
    """Who closed the review and when, and how many of its numbers are others now."""
    review = page.review
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


def title() -> str:
    """What the table is called."""
    return _("Presented and now")


def table(screen: Screen, page: Revised, *, plain: bool = True) -> Table:
    """Every value that was presented beside the present one: as *plain* numbers to take away, else as it is read."""
    columns = (
        Column(_("KPI")),
        Column(_("Period"), Kind.WORD),
        Column(_("Presented"), Kind.NUMBER),
        Column(_("Now"), Kind.NUMBER),
        Column(_("Difference"), Kind.NUMBER),
        Column(_("Why")),
    )
    write = _Writing(screen, plain=plain)
    return Table(title(), columns, tuple(write.row(each) for each in page.found))


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
        difference = numbers.signed(moved, lambda value: self._text(shown.kpi, value)) if moved is not None else None
        return Row((name, period, *written, difference, why(each)), tone="kk-changed" if each.changed else "")

    def _text(self, name: str, value: float | None) -> str:
        kpi = _known(self.screen).get(name)
        if kpi is None:
            return numbers.number(value)
        return values.full(kpi, value, self.screen.configuration.currency)


def why(each: Restated) -> str:
    """The reasons of one difference in words, with the files that changed it."""
    told = ", ".join(_(_REASONS[reason]) for reason in each.reasons)
    return f"{told}: {', '.join(each.files[:2])}{' …' if len(each.files) > 2 else ''}" if each.files else told  # noqa: PLR2004


def limit(screen: Screen, page: Revised) -> int | None:
    """How many rows are shown: all that changed, and some of the rest."""
    return None if screen.view.rows == ALL_ROWS else max(SHOWN, len(page.changed))


def rest(screen: Screen, page: Revised) -> str:
    """The way to the rows that are not shown; nothing where all are."""
    most = limit(screen, page)
    if most is None or len(page.found) <= most:
        return ""
    address = links.href(REVISION, screen.view.having(rows=ALL_ROWS))
    told = _("Show all {n}").format(n=len(page.found))
    return f'<p class="kk-way">{links.anchor(address, escape(told), css="kk-button")}</p>'


def affected(screen: Screen, journal: Journal, page: Revised) -> str:
    """The decisions of the review that rested on numbers which are others now, each with these."""
    cards = []
    for decision in decisions(journal, page.review.id):
        touching = touched(page.found, {decision.kpi, decision.moves} - {""}, _about(decision, page.review))
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
