"""What the task tracker's export says of actions that carry the number of a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import _
from journal.words import ActionState
from ui import names, queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from journal.models import Action
    from ui.screen import Screen

_TASKS: Final = """
    SELECT task_id, system, status, done_at FROM tasks WHERE lower(task_id) IN (SELECT unnest(?::VARCHAR[]))
    QUALIFY system IS NOT NULL OR count(system) OVER (PARTITION BY lower(task_id)) = 0
    ORDER BY task_id, system
"""
"""A row that names no tracker is of one of those that are named, where there are any, and says less than theirs."""
_DONE: Final = (
    *("done", "closed", "complete", "completed", "finished", "resolved"),
    *("gotowe", "zrobione", "ukończone", "zakończone", "zamknięte", "rozwiązane"),
    *("готово", "сделано", "выполнено", "выполнена", "завершено", "завершена", "закрыто", "закрыта", "решено"),
)
"""What trackers call the status of a task that is done, where its export has no day of it."""


@dataclass(frozen=True)
class Task:
    """An action's task: in which tracker, in which state there, and since when it is done. None of it where unknown."""

    number: str
    system: str = ""
    status: str = ""
    done_on: date | None = None
    known: bool = True

    @property
    def done(self) -> bool:
        """Whether it is done, by the day of it or by its status."""
        return self.done_on is not None or self.status.strip().casefold() in _DONE

    @property
    def mark(self) -> str:
        """Its sign."""
        if not self.known:
            return "?"
        return "✓" if self.done else "○"

    @property
    def words(self) -> str:
        """What the tracker says, in words."""
        if not self.known:
            return _("{task} is not in the export").format(task=self.number)
        where = names.source(self.system) or _("task tracker")
        if self.done_on:
            text = _("done in {system} on {day}")
            return text.format(system=where, day=numbers.day(self.done_on, year=True))
        if self.done:
            return _("done in {system}").format(system=where)
        return _("{system}: {status}").format(system=where, status=self.status or _("open"))


def tasks(screen: Screen, actions: Sequence[Action]) -> Mapping[int, Task]:
    """For each of *actions* with the number of a task what the newest export says of it, by the action's id."""
    asked = {action.id: action.task_id.strip() for action in actions if action.task_id.strip()}
    if not asked or not screen.shown.generation:
        return {}
    wanted = sorted({number.lower() for number in asked.values()})
    rows = queries.remember(screen.shown, ("tasks", wanted), lambda: screen.shown.snapshot.rows(_TASKS, [wanted]))
    zone = screen.configuration.zone
    known: dict[str, Task] = {}
    for number, system, status, done_at in rows:
        done_on = done_at.replace(tzinfo=UTC).astimezone(zone).date() if done_at else None
        task, other = Task(number, system or "", status or "", done_on), known.get(number.lower())
        # Two trackers may use one number: it is done when it is done in both.
        if other is None or (other.done and not task.done):
            known[number.lower()] = task
    return {key: known.get(number.lower(), Task(number, known=False)) for key, number in asked.items()}


def can_be_taken_over(action: Action, task: Task | None) -> bool:
    """Whether the tracker knows that an open *action* is done, and since when."""
    return action.state is ActionState.OPEN and task is not None and task.done
