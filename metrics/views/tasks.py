"""Tasks, done, promised and open, and the projects they belong to."""

from __future__ import annotations

from typing import Final

from metrics.view import LATELY, View

_DIMENSIONS: Final = ("process", "project", "assignee", "system")
_SPLIT: Final = ", ".join(f't."{name}"' for name in _DIMENSIONS)

TASKS_DONE: Final = View(
    name="tasks_done",
    base="tasks",
    sql=f"""
        SELECT CAST(local(t.done_at) AS DATE) AS day, {_SPLIT}, 1 AS tasks,
            CASE WHEN t.spent_hours IS NOT NULL THEN t.estimate_hours END AS estimated,
            CASE WHEN t.estimate_hours IS NOT NULL THEN t.spent_hours END AS spent,
            CASE WHEN t.done_at >= t.started_at THEN epoch(t.done_at - t.started_at) / 86400 END AS cycle_days
        FROM tasks AS t WHERE t.done_at IS NOT NULL
    """,
    dimensions=_DIMENSIONS,
    measures=("tasks", "estimated", "spent"),
    values=("cycle_days",),
    told_by={"tasks": ("tasks.done_at",)},
)
TASKS_DUE: Final = View(
    name="tasks_due",
    base="tasks",
    sql=f"""
        SELECT t.due_on AS day, {_SPLIT}, 1 AS tasks,
            CAST(coalesce(CAST(local(t.done_at) AS DATE) <= t.due_on, false) AS BIGINT) AS done_in_time
        FROM tasks AS t WHERE t.due_on <= today()
    """,
    dimensions=_DIMENSIONS,
    measures=("tasks", "done_in_time"),
    told_by={"done_in_time": ("tasks.done_at",)},
)
TASKS_OPEN: Final = View(
    name="tasks_open",
    base="tasks",
    sql=f"""
        WITH known AS (
            SELECT t.*, CAST(local(t.created_at) AS DATE) AS created_on,
                CAST(local(t.started_at) AS DATE) AS started_on,
                coalesce(CAST(local(t.done_at) AS DATE), DATE '9999-12-31') AS done_on,
                (SELECT count(started_at) > 0 FROM tasks) AS tells_start,
                (SELECT count(due_on) > 0 FROM tasks) AS tells_due
            FROM tasks AS t WHERE t.created_at IS NOT NULL
        )
        SELECT moments.day, {_SPLIT}, 1 AS tasks, moments.day - t.created_on AS age_days,
            CASE WHEN t.tells_start
                THEN CAST(coalesce(t.started_on <= moments.day, false) AS BIGINT) END AS in_progress,
            CASE WHEN t.tells_due THEN CAST(coalesce(t.due_on <= moments.day, false) AS BIGINT) END AS overdue
        FROM moments
        JOIN known AS t ON t.created_on <= moments.day AND t.done_on > moments.day
    """,
    dimensions=_DIMENSIONS,
    measures=("tasks", "in_progress", "overdue"),
    values=("age_days",),
    at_end=True,
)
PROJECTS_UNDER_WAY: Final = View(
    name="projects_under_way",
    base="projects",
    sql=f"""
        SELECT moments.day, p.process, p.owner, 1 AS projects, CAST(p.status = 'on_track' AS BIGINT) AS on_track
        FROM moments JOIN projects AS p ON p.status IN ('on_track', 'at_risk', 'late') AND {LATELY}
    """,
    dimensions=("process", "owner"),
    measures=("projects", "on_track"),
    at_end=True,
    now=True,
)

VIEWS: Final = (TASKS_DONE, TASKS_DUE, TASKS_OPEN, PROJECTS_UNDER_WAY)
