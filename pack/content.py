"""What the pack of a review tells, in the reader's language and the order of the meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import N_, _, current_language, ngettext
from core.period import Period
from journal.models import Note
from journal.operations.baselines import QUESTIONS
from journal.words import ActionState, ExceptionKind, NoteKind
from pack import charts, effect, kpis
from pack.document import (
    Card,
    Document,
    Facts,
    Gallery,
    Heading,
    Listing,
    Mark,
    Marks,
    Picture,
    Said,
    Section,
    Text,
    without_blanks,
)
from pack.material import GRAINS
from pack.minutes import Promised
from pack.words import ACTIONS, DIRECTIONS, KINDS, OUTCOMES, author, moment, people, person, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal.models import Decision, Entry, Event, Recommendation, ReviewException
    from journal.operations.exceptions import Prepared
    from pack.document import Block
    from pack.frozen import Seen
    from pack.material import Material

NOTES: Final = {
    NoteKind.HAPPENED: N_("What happened"),
    NoteKind.MEANS: N_("What it means"),
    NoteKind.REMARK: N_("Note"),
}


def document(material: Material) -> Document:
    """The whole pack."""
    review = material.minutes.review
    grain = GRAINS[review.rhythm]
    period = numbers.whole(material.period, grain, material.reporting.calendar) if material.period else ""
    sections = (
        _earlier(material),
        _worked(material),
        _exceptions(material),
        _decisions(material),
        _actions(material),
        _notes(material),
        _events(material),
        *_numbers(material),
        _definitions(material),
    )
    return Document(
        title=review.title,
        about=period,
        lead=_lead(material),
        facts=_facts(material),
        sections=tuple(section for section in sections if section and section.blocks),
        foot=" · ".join(filter(None, (review.title, period))),
        language=current_language(),
    )


def _lead(material: Material) -> str:
    """What the review comes to, in a sentence."""
    told = material.minutes
    parts = [
        _count(ngettext("{n} KPI", "{n} KPIs", len(material.seen)), len(material.seen)),
        _count(ngettext("{n} exception", "{n} exceptions", len(told.exceptions)), len(told.exceptions)),
        _count(ngettext("{n} decision", "{n} decisions", len(told.decisions)), len(told.decisions)),
        _count(ngettext("{n} action", "{n} actions", len(told.actions)), len(told.actions)),
    ]
    return " · ".join(parts)


def _count(text: str, count: int) -> str:
    return text.format(n=count)


def _facts(material: Material) -> Facts:
    told, zone = material.minutes, material.reporting.zone
    review = told.review
    if told.is_closed and review.closed_at:
        text = _("as presented when {person} closed the review on {moment}")
        source = text.format(person=person(review.closed_by or ""), moment=moment(review.closed_at, zone))
    elif material.seen:
        source = _("as they were on {moment}; the review is not closed").format(moment=moment(material.now, zone))
    else:
        source = material.lack
    pairs = (
        (_("Review"), moment(review.planned_for, zone)),
        (_("Chair"), person(review.chair)),
        (_("Participants"), people(review.participants)),
        (_("Agenda"), ", ".join(item.title or material.process(item.process) for item in told.agenda)),
        (_("Numbers"), source),
    )
    return Facts(tuple((term, text) for term, text in pairs if text))


def _earlier(material: Material) -> Section | None:
    """What was said last time, and what came of it."""
    before = material.minutes.earlier
    if before is None or not (before.exceptions or before.decisions or before.actions):
        return None
    blocks: list[Block] = [Text(f"{before.review.title}, {moment(before.review.planned_for, material.reporting.zone)}")]
    if before.exceptions:
        blocks.append(_ended(material, before.exceptions))
    if before.decisions:
        blocks.append(_came_of(material, before.decisions))
    if before.actions:
        blocks.append(_promised(material, before.actions))
    return Section(_("What we said last time"), tuple(blocks))


def _ended(material: Material, ended: Sequence[ReviewException]) -> Listing:
    """How the exceptions of a review ended."""
    rows = tuple(
        (
            Promised.raised(each).text or about(material, each),
            _(OUTCOMES[each.outcome]) if each.outcome else "",
            each.outcome_text,
            person(each.answered_by or ""),
        )
        for each in ended
    )
    headings = (_("Exception"), _("Outcome"), _("Text"), _("Answered by"))
    return without_blanks(Listing(headings, rows, (2.2, 1.2, 3.4, 1.3)))


def _came_of(material: Material, decided: Sequence[Decision]) -> Listing:
    """The decisions of a review before, and what came of each that named what it is to move."""
    rows = tuple(
        (
            each.text,
            moves(material, each),
            numbers.day(each.effective_from, year=True),
            author(each),
            Marks((Mark(effect.symbol(found), effect.word(found), found.good),))
            if (found := material.outcomes.get(each.id))
            else "",
        )
        for each in decided
    )
    headings = (_("Decision"), _("Is to move"), _("From"), _("Decided by"), _("Did it work?"))
    return without_blanks(Listing(headings, rows, (3.4, 1.7, 1.1, 1.3, 1.7)))


def _worked(material: Material) -> Section:
    """What came of the decisions in force, each with the points around it."""
    rows = tuple(
        (
            each.text,
            " · ".join(filter(None, (moves(material, each), part(each)))),
            numbers.day(outcome.since, year=True),
            Picture(charts.around(outcome)),
            Marks((Mark(effect.symbol(outcome), effect.word(outcome), outcome.good),)),
            effect.sentence(outcome, material.currency),
        )
        for each, outcome in material.told_outcomes
    )
    headings = (_("Decision"), _("Is to move"), _("From"), _("Course"), _("Did it work?"), _("By what"))
    return Section(_("Did it work?"), (Listing(headings, rows, (2.6, 1.5, 1.1, 1.2, 1.7, 2.2)),) if rows else ())


def part(decision: Decision) -> str:
    """The part of the KPI that *decision* is about."""
    return kpis.part_name(decision.dimension, decision.dimension_value)


def _exceptions(material: Material) -> Section:
    told = material.minutes.exceptions
    blocks: tuple[Block, ...] = tuple(_exception(material, each) for each in told)
    quiet = _("There is no data in this period.")
    if any(each.figure.value is not None for each in material.seen):
        quiet = _("Nothing called for attention: every KPI did what its process usually does.")
    return Section(_("Exceptions"), blocks or (Text(quiet),))


def _exception(material: Material, prepared: Prepared) -> Card:
    exception = prepared.exception
    blocks = (
        *_said_about(material, exception.id),
        _outcome(material, exception),
        *_new_normal(material, exception.id),
        *_followed(material, exception.id),
    )
    seen = _seen(material, exception)
    if seen is None:
        return _without_chart(material, exception, blocks)
    return replace(kpis.card(material, seen, blocks, wide=True), title=about(material, exception))


def _seen(material: Material, exception: ReviewException) -> Seen | None:
    """The figure that *exception* is about: of its part, or of the whole where only that is known."""
    if exception.kind is ExceptionKind.PROMISE:
        return None
    part = (exception.dimension, exception.dimension_value)
    found = {(s.dimension, s.dimension_value): s for s in material.seen if s.figure.kpi.id == exception.kpi}
    return found.get(part) or found.get(("", ""))


def _without_chart(material: Material, exception: ReviewException, blocks: tuple[Block, ...]) -> Card:
    """An overdue promise, or a KPI whose numbers are gone."""
    if exception.kind is ExceptionKind.PROMISE:
        blocks = (_promise(material, exception), *blocks)
    elif exception.kpi:
        blocks = (Text(_("There are no numbers of it any more."), quiet=True), *blocks)
    process = " · ".join(filter(None, (material.process(exception.process), material.owner(exception.process))))
    title = about(material, exception) if exception.kpi else _(KINDS[exception.kind])
    marks = Marks((Mark("!", _(KINDS[exception.kind]), None),))
    return Card(title, process, "", "", marks, None, blocks, wide=True)


def _promise(material: Material, exception: ReviewException) -> Said:
    """What was promised by whom until when, and whether the meeting made an end of it."""
    told = material.minutes
    known = (*told.done, *told.actions, *told.carried, *(told.earlier.actions if told.earlier else ()))
    promised = next((each for each in known if each.id == exception.about_id), Promised.raised(exception))
    due = numbers.day(promised.due, year=True) if promised.due else _("no day")
    by = _("{person}, due {day}").format(person=person(promised.owner), day=due)
    over = "" if promised.state is ActionState.OPEN else _(ACTIONS[promised.state])
    return Said(_("Promised"), promised.text, " · ".join(filter(None, (by, over))))


def _said_about(material: Material, number: int) -> tuple[Said, ...]:
    """What was said before the outcome: what happened, what it means, what is recommended."""
    told = material.minutes
    notes = sorted((note for note in told.notes if note.about_id == number), key=lambda n: list(NOTES).index(n.kind))
    advice = [each for each in told.recommendations if each.about_id == number]
    return (*(_note(material, note) for note in notes), *(_advice(material, each) for each in advice))


def _note(material: Material, note: Note) -> Said:
    return Said(_(NOTES[note.kind]), note.text, written(note, material.reporting.zone))


def _advice(material: Material, advice: Recommendation) -> Said:
    return Said(_("Recommendation"), advice.text, written(advice, material.reporting.zone))


def _outcome(material: Material, exception: ReviewException) -> Block:
    if exception.outcome is None:
        return Text(_("No outcome yet."), quiet=True)
    by = person(exception.answered_by or "")
    if exception.answered_at:
        by += f", {numbers.day(exception.answered_at.astimezone(material.reporting.zone).date(), year=True)}"
    return Said(_(OUTCOMES[exception.outcome]), exception.outcome_text, by)


def _new_normal(material: Material, number: int) -> tuple[Facts, ...]:
    """From when on limits are computed anew, and the answers to the four questions."""
    return tuple(
        Facts(
            (
                (_("Limits anew from"), numbers.day(each.starts_on, year=True)),
                *((_(question), str(each.answers.get(name, ""))) for name, question in QUESTIONS.items()),
            )
        )
        for each in material.minutes.baselines
        if each.about_id == number
    )


def _followed(material: Material, number: int) -> tuple[Block, ...]:
    """The decisions and actions that came of an exception."""
    decided = [each for each in material.minutes.decisions if each.about_id == number]
    promised = [each for each in material.minutes.actions if each.about == number]
    told = [_decided(material, decided)] if decided else []
    return (*told, *([_promised(material, promised)] if promised else []))


def _decisions(material: Material) -> Section:
    told = material.minutes.decisions
    return Section(_("Decisions"), (_decided(material, told),) if told else ())


def _decided(material: Material, decided: Sequence[Decision]) -> Listing:
    rows = tuple(
        (each.text, moves(material, each), numbers.day(each.effective_from, year=True), author(each))
        for each in decided
    )
    return without_blanks(
        Listing((_("Decision"), _("Is to move"), _("From"), _("Decided by")), rows, (4, 1.8, 1.1, 1.3))
    )


def moves(material: Material, decision: Decision) -> str:
    """What a decision is to move, and where to."""
    kpi = material.kpi(decision.moves)
    return _(DIRECTIONS[decision.direction]).format(kpi=kpi) if decision.direction and kpi else kpi


def _actions(material: Material) -> Section:
    told = material.minutes
    blocks: list[Block] = [_promised(material, told.actions)] if told.actions else []
    if told.done:
        blocks += [Heading(_("From earlier, done or dropped now")), _promised(material, told.done)]
    if told.carried:
        blocks += [Heading(_("Still open from earlier")), _promised(material, told.carried)]
    return Section(_("Actions"), tuple(blocks))


def _promised(material: Material, promised: Sequence[Promised]) -> Listing:
    rows = tuple(
        (each.text, person(each.owner), numbers.day(each.due, year=True), Marks((_state(material, each),)), each.result)
        for each in promised
    )
    headings = (_("Action"), _("Who"), _("Due"), _("State"), _("What came of it"))
    return without_blanks(Listing(headings, rows, (3.4, 1.2, 1.1, 0.9, 1.8)))


def _state(material: Material, action: Promised) -> Mark:
    if action.is_overdue(material.day):
        return Mark("!", _("overdue"), good=False)
    return Mark("", _(ACTIONS[action.state]))


def _notes(material: Material) -> Section:
    """What was said beside the exceptions."""
    shown = {each.exception.id for each in material.minutes.exceptions}
    entries: list[Note | Recommendation] = [*material.minutes.notes, *material.minutes.recommendations]
    rest = sorted((each for each in entries if each.about_id not in shown), key=lambda entry: entry.id)
    return Section(_("Notes and recommendations"), tuple(_beside(material, each) for each in rest))


def _beside(material: Material, entry: Note | Recommendation) -> Said:
    told = _note(material, entry) if isinstance(entry, Note) else _advice(material, entry)
    where = about(material, entry)
    return replace(told, label=f"{told.label}: {where}") if where else told


def about(material: Material, entry: Entry) -> str:
    """What an entry was said about: a KPI or a process, and a part of it."""
    whole = material.kpi(entry.kpi) or material.process(entry.process)
    return " · ".join(filter(None, (whole, kpis.part_name(entry.dimension, entry.dimension_value))))


def _events(material: Material) -> Section:
    rows = tuple(_event(event) for event in material.events)
    headings = (_("When"), _("Event"), _("More"))
    return Section(_("Events on the charts"), (Listing(headings, rows, (1.6, 2.4, 4)),) if rows else ())


def _event(event: Event) -> tuple[str, ...]:
    return numbers.days(Period(event.starts_on, event.ends_on)), event.name, event.text


def _numbers(material: Material) -> tuple[Section, ...]:
    """Every KPI as a line, process by process, then each with its chart and numbers."""
    processes: dict[str, list[Seen]] = {}
    for seen in material.seen:
        processes.setdefault(seen.figure.kpi.process, []).append(seen)
    lines: list[Block] = []
    drawn: list[Block] = []
    for process, found in processes.items():
        heading = Heading(material.process(process), material.owner(process))
        lines += [heading, kpis.listing(found)]
        drawn += [heading, Gallery(tuple(kpis.card(material, each) for each in found))]
    return Section(_("All KPIs"), tuple(lines), apart=True), Section(_("All charts"), tuple(drawn), apart=True)


def _definitions(material: Material) -> Section:
    found = kpis.definitions(material)
    return Section(_("What the KPIs mean"), (found,) if found.rows else (), apart=True)
