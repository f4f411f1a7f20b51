"""The tables. Whatever a person wrote is an entry: one place for who, when, where, version and search."""

# SQLAlchemy reads the annotations while the program runs.
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, Text, TypeDecorator, UniqueConstraint
from sqlalchemy import Enum as Choice
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.schema import SchemaItem

from core.period import Period
from journal.places import Place
from journal.words import (
    Act,
    ActionState,
    Direction,
    EventKind,
    ExceptionKind,
    NoteKind,
    Outcome,
    ReviewState,
    Rhythm,
)

LONGEST_WORD: Final = 20


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware of it on either side of the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as it is called
        """The moment as it is stored."""
        return value.astimezone(UTC) if value else None

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - as it is called
    ) -> datetime | None:
        """The moment as it is read."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _values(choices: type[Enum]) -> list[str]:
    return [choice.value for choice in choices]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """What all tables have in common."""

    type_annotation_map: ClassVar = {
        str: Text,
        datetime: Moment,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
        Enum: Choice(Enum, native_enum=False, length=LONGEST_WORD, values_callable=_values),
    }


def _table(*parts: SchemaItem, numbered: bool = False) -> tuple[Any, ...]:
    # Numbers of removed rows are never given again.
    return (*parts, {"sqlite_autoincrement": True}) if numbered else parts


class Entry(Base):
    """Something a person wrote or did. Ids only grow, so they tell the order even when a clock goes back."""

    __tablename__ = "entries"
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_abstract": True}  # noqa: RUF012 - theirs to read
    __table_args__ = _table(
        Index("entries_by_review", "review_id", "type"),
        Index("entries_by_kpi", "kpi", "type"),
        Index("entries_by_about", "about_id"),
        numbered=True,
    )
    searched: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    type: Mapped[str] = mapped_column(init=False)
    created_at: Mapped[datetime] = mapped_column(init=False)
    created_by: Mapped[str] = mapped_column(init=False)
    changed_at: Mapped[datetime] = mapped_column(init=False)
    changed_by: Mapped[str] = mapped_column(init=False)
    version: Mapped[int] = mapped_column(init=False)
    removed_at: Mapped[datetime | None] = mapped_column(init=False)
    removed_by: Mapped[str | None] = mapped_column(init=False)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), init=False)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), init=False)
    process: Mapped[str] = mapped_column(init=False)
    kpi: Mapped[str] = mapped_column(init=False)
    period_start: Mapped[date | None] = mapped_column(init=False)
    period_end: Mapped[date | None] = mapped_column(init=False)
    dimension: Mapped[str] = mapped_column(init=False)
    dimension_value: Mapped[str] = mapped_column(init=False)
    worth_keeping: Mapped[bool] = mapped_column(init=False)
    folded: Mapped[str] = mapped_column(init=False, deferred=True)

    @property
    def place(self) -> Place:
        """What it belongs to."""
        period = Period(self.period_start, self.period_end) if self.period_start and self.period_end else None
        of = (self.process, self.kpi, period, self.dimension, self.dimension_value)
        return Place(*of, self.review_id, self.about_id)

    @place.setter
    def place(self, place: Place) -> None:
        self.process, self.kpi = place.process, place.kpi
        self.period_start = place.period.start if place.period else None
        self.period_end = place.period.end if place.period else None
        self.dimension, self.dimension_value = place.dimension, place.dimension_value
        self.review_id, self.about_id = place.review, place.about


def _entry(name: str) -> dict[str, Any]:
    # Lists of mixed entries get the rest of their columns in one further statement for each type.
    return {"polymorphic_identity": name, "polymorphic_load": "selectin"}


class Review(Entry):
    """The regular meeting: its plan, how far it is, and the step everybody looks at."""

    __tablename__ = "reviews"
    __mapper_args__ = _entry("review")
    searched = ("title",)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    title: Mapped[str]
    rhythm: Mapped[Rhythm]
    planned_for: Mapped[datetime]
    participants: Mapped[list[str]]
    chair: Mapped[str]
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.PLANNED, init=False)
    opened_at: Mapped[datetime | None] = mapped_column(init=False)
    opened_by: Mapped[str | None] = mapped_column(init=False)
    closed_at: Mapped[datetime | None] = mapped_column(init=False)
    closed_by: Mapped[str | None] = mapped_column(init=False)
    closings: Mapped[int] = mapped_column(default=0, init=False)
    snapshot: Mapped[str] = mapped_column(default="", init=False)
    step: Mapped[str] = mapped_column(default="", init=False)
    step_at: Mapped[datetime | None] = mapped_column(init=False)
    step_by: Mapped[str | None] = mapped_column(init=False)
    open_actions: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list, init=False)


class AgendaItem(Entry):
    """One part of a review, usually a process, with the minutes it is meant to take."""

    __tablename__ = "agenda_items"
    __mapper_args__ = _entry("agenda_item")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    position: Mapped[int]
    minutes: Mapped[int]
    title: Mapped[str] = mapped_column(default="")


class ReviewException(Entry):
    """Something the review has to talk about, and what it made of it."""

    __tablename__ = "exceptions"
    __mapper_args__ = _entry("exception")
    searched = ("outcome_text",)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    kind: Mapped[ExceptionKind]
    details: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    outcome: Mapped[Outcome | None] = mapped_column(init=False)
    outcome_text: Mapped[str] = mapped_column(default="", init=False)
    answered_at: Mapped[datetime | None] = mapped_column(init=False)
    answered_by: Mapped[str | None] = mapped_column(init=False)


class Note(Entry):
    """What happened, what it means, or any other remark."""

    __tablename__ = "notes"
    __mapper_args__ = _entry("note")
    searched = ("text",)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    kind: Mapped[NoteKind]
    text: Mapped[str]


class Recommendation(Entry):
    """What an owner thinks should be done."""

    __tablename__ = "recommendations"
    __mapper_args__ = _entry("recommendation")
    searched = ("text",)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    text: Mapped[str]


class Decision(Entry):
    """What was decided, which KPI it wants to move, where to, and from when that should be seen."""

    __tablename__ = "decisions"
    __mapper_args__ = _entry("decision")
    searched = ("text",)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    text: Mapped[str]
    moves: Mapped[str] = mapped_column(default="")
    direction: Mapped[Direction | None] = mapped_column(default=None)
    effective_from: Mapped[date | None] = mapped_column(default=None)


class Action(Entry):
    """What somebody promised to do, and by when. What it came from is the entry it is about."""

    __tablename__ = "actions"
    __mapper_args__ = _entry("action")
    __table_args__ = _table(Index("actions_by_state", "state", "due"))
    searched = ("text", "done_note")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    text: Mapped[str]
    owner: Mapped[str]
    due: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN)
    task_id: Mapped[str] = mapped_column(default="")
    done_note: Mapped[str] = mapped_column(default="", init=False)
    done_at: Mapped[datetime | None] = mapped_column(init=False)
    done_by: Mapped[str | None] = mapped_column(init=False)


class Event(Entry):
    """Something that happened, and the charts it concerns; every chart when it names none."""

    __tablename__ = "events"
    __mapper_args__ = _entry("event")
    __table_args__ = _table(Index("events_by_day", "starts_on", "ends_on"))
    searched = ("name", "text")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    name: Mapped[str]
    kind: Mapped[EventKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    text: Mapped[str] = mapped_column(default="")
    kpis: Mapped[list[str]] = mapped_column(default_factory=list)
    processes: Mapped[list[str]] = mapped_column(default_factory=list)
    parts: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)


class Baseline(Entry):
    """From when on a KPI's limits are computed anew, why, and the answers to Wheeler's four questions."""

    __tablename__ = "baselines"
    __mapper_args__ = _entry("baseline")
    searched = ("reason",)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, init=False)
    starts_on: Mapped[date]
    reason: Mapped[str]
    answers: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None] = mapped_column(init=False)
    undone_by: Mapped[str | None] = mapped_column(init=False)
    undone_reason: Mapped[str] = mapped_column(default="", init=False)


class FrozenValue(Base):
    """What a review showed of one KPI when it was closed. Never changed; closing again adds another set."""

    __tablename__ = "frozen_values"
    __table_args__ = _table(Index("frozen_by_review", "review_id", "closing"), numbered=True)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    closing: Mapped[int]
    frozen_at: Mapped[datetime]
    kpi: Mapped[str]
    dimension: Mapped[str]
    dimension_value: Mapped[str]
    shown: Mapped[dict[str, Any]]


class Revision(Base):
    """One thing done to an entry: with the earlier words of an edit, or those of one that came too late."""

    __tablename__ = "revisions"
    __table_args__ = _table(Index("revisions_by_entry", "entry_id", "version"), numbered=True)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    version: Mapped[int]
    act: Mapped[Act]
    at: Mapped[datetime]
    by: Mapped[str]
    words: Mapped[dict[str, Any]]
    settled_at: Mapped[datetime | None] = mapped_column(init=False)
    settled_by: Mapped[str | None] = mapped_column(init=False)


class Draft(Base):
    """What somebody is still typing, and where."""

    __tablename__ = "drafts"
    __table_args__ = _table(UniqueConstraint("person", "place_hash", name="one_draft_each"), numbered=True)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person: Mapped[str]
    place_hash: Mapped[str]
    place: Mapped[str]
    text: Mapped[str]
    saved_at: Mapped[datetime]
