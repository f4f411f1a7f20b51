"""Requests to the department, as the service desk counts them."""

from __future__ import annotations

from typing import Final

from metrics.view import View
from metrics.views.office import reading

_DIMENSIONS: Final = ("requester_group", "assignee", "group", "kind", "priority", "funded_by")
WORKING_WITHIN: Final = 28
"""Who was given a request within so many days is at work, also with none open."""
_SPLIT: Final = ", ".join(f'r."{name}"' for name in _DIMENSIONS)

REQUESTS_RECEIVED: Final = View(
    name="requests_received",
    base="requests",
    sql=f"""
        SELECT CAST(local(r.created_at) AS DATE) AS day, {_SPLIT}, 1 AS requests,
            CAST(r.requester_group IN ('partner', 'client') AS BIGINT) AS from_outside,
            CASE WHEN r.first_response_at >= r.created_at
                THEN epoch(r.first_response_at - r.created_at) / 3600 END AS response_hours
        FROM requests AS r WHERE r.created_at IS NOT NULL
    """,
    dimensions=_DIMENSIONS,
    measures=("requests", "from_outside"),
    values=("response_hours",),
)
REQUESTS_ANSWERED: Final = View(
    name="requests_answered",
    base="requests",
    sql=f"""
        WITH moments_of AS (
            SELECT r.*, local(r.created_at) AS asked, local(r.first_response_at) AS answered FROM requests AS r
            WHERE r.created_at IS NOT NULL AND r.first_response_at >= r.created_at
        )
        SELECT CAST(r.asked AS DATE) AS day, {_SPLIT},
            ({reading("r.answered", "answering")} - {reading("r.asked", "asking")}) / 3600 AS business_hours
        FROM moments_of AS r
        JOIN office AS asking ON asking.day = CAST(r.asked AS DATE)
        JOIN office AS answering ON answering.day = CAST(r.answered AS DATE)
    """,
    dimensions=_DIMENSIONS,
    values=("business_hours",),
)
REQUESTS_SOLVED: Final = View(
    name="requests_solved",
    base="requests",
    sql=f"""
        SELECT CAST(local(r.solved_at) AS DATE) AS day, {_SPLIT}, 1 AS requests,
            CAST(r.reopened > 0 AS BIGINT) AS reopened_requests,
            CASE WHEN r.solved_at >= r.created_at THEN epoch(r.solved_at - r.created_at) / 3600 END AS resolution_hours
        FROM requests AS r WHERE r.solved_at IS NOT NULL
    """,
    dimensions=_DIMENSIONS,
    measures=("requests", "reopened_requests"),
    values=("resolution_hours",),
    told_by={"requests": ("requests.solved_at",)},
)
REQUESTS_DUE: Final = View(
    name="requests_due",
    base="requests",
    sql=f"""
        SELECT CAST(local(r.due_at) AS DATE) AS day, {_SPLIT}, 1 AS requests,
            CAST(coalesce(r.solved_at <= r.due_at, false) AS BIGINT) AS solved_in_time
        FROM requests AS r WHERE CAST(local(r.due_at) AS DATE) <= today()
    """,
    dimensions=_DIMENSIONS,
    measures=("requests", "solved_in_time"),
    told_by={"solved_in_time": ("requests.solved_at",)},
)
REQUESTS_OPEN: Final = View(
    name="requests_open",
    base="requests",
    sql=f"""
        WITH known AS (
            SELECT r.*, CAST(local(r.created_at) AS DATE) AS created_on,
                coalesce(CAST(local(r.solved_at) AS DATE), DATE '9999-12-31') AS solved_on
            FROM requests AS r WHERE r.created_at IS NOT NULL
        )
        SELECT moments.day, {_SPLIT}, 1 AS requests
        FROM moments JOIN known AS r ON r.created_on <= moments.day AND r.solved_on > moments.day
    """,
    dimensions=_DIMENSIONS,
    measures=("requests",),
    at_end=True,
)
SPECIALISTS: Final = View(
    name="specialists",
    base="requests",
    sql=f"""
        WITH given AS (
            SELECT DISTINCT CAST(local(r.created_at) AS DATE) AS created_on, r.assignee
            FROM requests AS r WHERE r.assignee IS NOT NULL
        ),
        working AS (
            SELECT moments.day, given.assignee
            FROM moments
            JOIN given ON given.created_on BETWEEN moments.day - {WORKING_WITHIN - 1} AND moments.day
            UNION
            SELECT o.day, o.assignee FROM requests_open AS o WHERE o.assignee IS NOT NULL
        ),
        held AS (SELECT o.day, o.assignee, count(*) AS requests FROM requests_open AS o GROUP BY o.day, o.assignee)
        SELECT working.day, working.assignee, coalesce(held.requests, 0) AS open_requests
        FROM working LEFT JOIN held ON held.day = working.day AND held.assignee = working.assignee
    """,
    values=("assignee", "open_requests"),
    at_end=True,
)

VIEWS: Final = (REQUESTS_RECEIVED, REQUESTS_ANSWERED, REQUESTS_SOLVED, REQUESTS_DUE, REQUESTS_OPEN, SPECIALISTS)
