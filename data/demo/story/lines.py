"""What a line of the story consists of. Days are counted from the last one with data: -7 is a week before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal.words import ActionState, ExceptionKind, NoteKind, Outcome

if TYPE_CHECKING:
    from journal.words import Direction, EventKind


@dataclass(frozen=True)
class Fate:
    """What became of an action, on which day, and in the owner's words."""

    day: int
    text: str
    state: ActionState = ActionState.DONE


@dataclass(frozen=True)
class Task:
    """What somebody promised: an action until *due*. *answers* names the decision it came from."""

    owner: str
    process: str
    text: str
    due: int
    kpi: str = ""
    fate: Fate | None = None
    answers: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision of a process owner, the KPI it is to move and the day it takes effect."""

    process: str
    kpi: str
    text: str
    direction: Direction
    effective: int


@dataclass(frozen=True)
class Said:
    """A note in a meeting; *worth* keeping where the department should know it next year too."""

    process: str
    kpi: str
    text: str
    kind: NoteKind = NoteKind.REMARK
    worth: bool = False


@dataclass(frozen=True)
class Held:
    """What is in one closed review beside its exceptions; *weeks* before the review that comes next."""

    weeks: int
    said: tuple[Said, ...] = ()
    decided: tuple[Decided, ...] = ()
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True)
class Noticed:
    """Something that happened on a *day*, written down by *person*."""

    day: int
    name: str
    kind: EventKind
    person: str
    text: str
    kpis: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the owner of a process says of an exception.

    It fits the *kpis* named (all, where none is), rising or falling, from the day *since* on. *text* is the outcome;
    *reason* and *wheeler* are those of a new normal, which holds from the first Monday after *since*.
    """

    kind: ExceptionKind
    kpis: tuple[str, ...]
    happened: str
    means: str
    text: str
    recommended: str = ""
    rising: bool | None = None
    since: int | None = None
    outcome: Outcome = Outcome.EXPLAINED
    task: Task | None = None
    wheeler: tuple[str, str, str, str] | None = None
