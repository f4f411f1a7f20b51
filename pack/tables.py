"""The pack as tables for a spreadsheet: numbers, every value, exceptions, what was said, decided and promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.language import N_, _
from core.tables import Column, Kind, Row, Table
from metrics import verdict
from metrics.model import Unit
from pack import effect, kpis
from pack.content import NOTES, document, moves
from pack.words import ACTIONS, KINDS, OUTCOMES, author, person

if TYPE_CHECKING:
    from datetime import date

    from core.tables import Cell
    from journal.models import Decision, Entry, Note, Recommendation
    from metrics.model import Kpi
    from pack.effect import Outcome
    from pack.frozen import Seen
    from pack.material import Material
    from pack.minutes import Promised

_KINDS: Final = {Unit.MONEY: Kind.MONEY, Unit.FRACTION: Kind.PERCENT}
_UNITS: Final = {
    Unit.COUNT: N_("number"),
    Unit.FRACTION: N_("share"),
    Unit.RATIO: N_("ratio"),
    Unit.POSITION: N_("position"),
    Unit.HOURS: N_("hours"),
    Unit.DAYS: N_("days"),
    Unit.SCORE: N_("score"),
}


def tables(material: Material) -> tuple[Table, ...]:
    """Every table of the pack, each of them also when it is empty."""
    return (
        _review(material),
        _numbers(material),
        _values(material),
        _exceptions(material),
        _said(material),
        _decisions(material),
        _worked(material),
        _actions(material),
        _events(material),
        _definitions(material),
    )


def _review(material: Material) -> Table:
    whole = document(material)
    rows = ((_("Title"), whole.title), (_("Period"), whole.about), *whole.facts.pairs, (_("Number"), _number(material)))
    return Table(_("Review"), (Column(_("What")), Column(_("Text"))), tuple(Row(row) for row in rows))


def _number(material: Material) -> str:
    return str(material.minutes.review.id)


def _numbers(material: Material) -> Table:
    columns = (
        *(Column(name) for name in (_("Process"), _("Owner"), _("KPI"), _("Part"))),
        *(Column(_("From"), Kind.DAY), Column(_("To"), Kind.DAY)),
        *(Column(name, Kind.NUMBER) for name in (_("Value"), _("Value before"), _("Change"))),
        *(Column(_("Compared up to"), Kind.DAY), Column(_("Unit")), Column(_("Complete"))),
        *(Column(name, Kind.NUMBER) for name in (_("Lower limit"), _("Centre"), _("Upper limit"))),
        *(Column(name, Kind.NUMBER) for name in (_("Target"), _("Target from"), _("Target to"))),
        *(Column(_("Variation")), Column(_("Will it meet its target?")), Column(_("Final to"), Kind.DAY)),
    )
    return Table(_("Numbers"), columns, tuple(_numbered(material, seen) for seen in material.seen))


def _numbered(material: Material, seen: Seen) -> Row:
    figure, standing = seen.figure, seen.figure.standing
    goal, process = standing.goal, figure.kpi.process
    cells: tuple[Cell, ...] = (
        *(material.process(process), material.owner(process), *_named(seen), *_days(seen)),
        *(figure.value, figure.base, figure.change.absolute, _compared_to(seen)),
        *(_unit(figure.kpi, seen.currency), _yes(figure.complete)),
        *standing.lines,
        *((goal.value, goal.low, goal.high) if goal else (None, None, None)),
        _(verdict.VARIATION[standing.status.variation]),
        _(verdict.ASSURANCE[standing.status.assurance][1]),
        figure.known_to,
    )
    return Row(cells, kind=_KINDS.get(figure.kpi.unit))


def _compared_to(seen: Seen) -> date | None:
    """The last of the days that the change is of: those that were final on both sides."""
    figure = seen.figure
    if figure.change.absolute is None:
        return None
    days = figure.compared[0] if figure.compared else seen.period
    return days.end if days else None


def _values(material: Material) -> Table:
    columns = (
        *(Column(_("KPI")), Column(_("Part")), Column(_("From"), Kind.DAY), Column(_("To"), Kind.DAY)),
        *(Column(_("Value"), Kind.NUMBER), Column(_("Unit")), Column(_("Complete")), Column(_("Signal"))),
    )
    rows = [
        Row(
            (
                *(*_named(seen), point.period.start, point.period.end, point.value),
                *(_unit(seen.figure.kpi, seen.currency), _yes(point.complete), seen.figure.standing.note(place)),
            ),
            kind=_KINDS.get(seen.figure.kpi.unit),
        )
        for seen in material.seen
        for place, point in enumerate(seen.figure.series)
    ]
    return Table(_("Values"), columns, tuple(rows))


def _exceptions(material: Material) -> Table:
    names = (_("Process"), _("KPI"), _("Part"), _("Kind"), _("Promised"), _("Outcome"), _("Text"), _("Answered by"))
    columns = (Column(_("No."), Kind.COUNT), *(Column(name) for name in names), Column(_("On"), Kind.DAY))
    rows = []
    for each in (prepared.exception for prepared in material.minutes.exceptions):
        outcome = _(OUTCOMES[each.outcome]) if each.outcome else ""
        by = person(each.answered_by) if each.answered_by else ""
        at = each.answered_at.astimezone(material.reporting.zone).date() if each.answered_at else None
        what = (_(KINDS[each.kind]), str(each.details.get("action", "")))
        rows.append(Row((each.id, *_place(material, each), *what, outcome, each.outcome_text, by, at)))
    return Table(_("Exceptions"), columns, tuple(rows))


def _said(material: Material) -> Table:
    columns = (
        *(Column(_("No."), Kind.COUNT), Column(_("Kind")), Column(_("Process")), Column(_("KPI")), Column(_("Part"))),
        *(Column(_("Text")), Column(_("Written by")), Column(_("On"), Kind.DAY)),
    )
    notes = [(note, _(NOTES[note.kind])) for note in material.minutes.notes]
    advice = [(each, _("Recommendation")) for each in material.minutes.recommendations]
    told: list[tuple[Note | Recommendation, str]] = sorted([*notes, *advice], key=lambda pair: pair[0].id)
    rows = (
        Row((entry.id, kind, *_place(material, entry), entry.text, author(entry), _on(material, entry)))
        for entry, kind in told
    )
    return Table(_("Notes"), columns, tuple(rows))


def _decisions(material: Material) -> Table:
    columns = (
        *(Column(_("No."), Kind.COUNT), Column(_("Process")), Column(_("KPI")), Column(_("Part")), Column(_("Text"))),
        *(Column(_("Is to move")), Column(_("From"), Kind.DAY), Column(_("Decided by")), Column(_("On"), Kind.DAY)),
    )
    rows = (
        Row(
            (
                *(each.id, *_place(material, each), each.text, moves(material, each), each.effective_from),
                *(author(each), _on(material, each)),
            )
        )
        for each in material.minutes.decisions
    )
    return Table(_("Decisions"), columns, tuple(rows))


def _worked(material: Material) -> Table:
    """What came of the decisions in force."""
    columns = (
        *(Column(_("No."), Kind.COUNT), Column(_("Process")), Column(_("KPI")), Column(_("Part")), Column(_("Text"))),
        *(Column(_("Is to move")), Column(_("From"), Kind.DAY), Column(_("Did it work?")), Column(_("By what"))),
        *(Column(name, Kind.NUMBER) for name in (_("Before"), _("Since"))),
        *(Column(_("Unit")), Column(_("Points since"), Kind.COUNT)),
    )
    return Table(_("Did it work?"), columns, tuple(_came_of(material, *each) for each in material.told_outcomes))


def _came_of(material: Material, decision: Decision, outcome: Outcome) -> Row:
    told, kpi = outcome.effect, outcome.kpi
    cells: tuple[Cell, ...] = (
        *(decision.id, *_place(material, decision), decision.text, moves(material, decision), outcome.since),
        *(effect.word(outcome), effect.sentence(outcome, material.currency)),
        *(told.before.center if told and told.before else None, told.after if told else None),
        *(_unit(kpi, material.currency) if kpi else "", told.points if told else None),
    )
    return Row(cells, kind=_KINDS.get(kpi.unit) if kpi else None)


def _actions(material: Material) -> Table:
    columns = (
        *(Column(_("No."), Kind.COUNT), Column(_("Process")), Column(_("KPI")), Column(_("Text")), Column(_("Who"))),
        *(Column(_("Due"), Kind.DAY), Column(_("State")), Column(_("What came of it")), Column(_("Made"))),
    )
    now = [_action(material, each, _("in this review")) for each in material.minutes.actions]
    before = [_action(material, each, _("earlier")) for each in (*material.minutes.done, *material.minutes.carried)]
    return Table(_("Actions"), columns, (*now, *before))


def _action(material: Material, action: Promised, made: str) -> Row:
    state = _("overdue") if action.is_overdue(material.day) else _(ACTIONS[action.state])
    place = (material.process(action.process), material.kpi(action.kpi))
    return Row((action.id, *place, action.text, person(action.owner), action.due, state, action.result, made))


def _events(material: Material) -> Table:
    columns = (Column(_("From"), Kind.DAY), Column(_("To"), Kind.DAY), Column(_("Event")), Column(_("Text")))
    rows = (Row((e.starts_on, e.ends_on, e.name, e.text)) for e in material.events)
    return Table(_("Events"), columns, tuple(rows))


def _definitions(material: Material) -> Table:
    listing = kpis.definitions(material)
    rows = (Row(tuple(str(cell) for cell in row)) for row in listing.rows)
    return Table(_("Definitions"), tuple(Column(heading) for heading in listing.headings), tuple(rows))


def _named(seen: Seen) -> tuple[str, str]:
    return _(seen.figure.kpi.name), kpis.part(seen)


def _days(seen: Seen) -> tuple[date | None, date | None]:
    return (seen.period.start, seen.period.end) if seen.period else (None, None)


def _unit(kpi: Kpi, currency: str) -> str:
    return currency if kpi.is_money else _(_UNITS[kpi.unit])


def _yes(known: object) -> str:
    return _("yes") if known else _("no")


def _place(material: Material, entry: Entry) -> tuple[str, str, str]:
    part = kpis.part_name(entry.dimension, entry.dimension_value)
    return material.process(entry.process), material.kpi(entry.kpi), part


def _on(material: Material, entry: Entry) -> date:
    return entry.created_at.astimezone(material.reporting.zone).date()
