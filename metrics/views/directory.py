"""The department's directory: procedures, accesses, links and newcomers, as the plan has them."""

from __future__ import annotations

from typing import Final

from metrics.view import LATELY, View

_YEAR: Final = "moments.day - INTERVAL 12 MONTH"

PROCESSES_DESCRIBED: Final = View(
    name="processes_described",
    base="processes",
    reads=("procedures",),
    sql=f"""
        WITH written AS (SELECT DISTINCT process FROM procedures WHERE process IS NOT NULL)
        SELECT moments.day, p.process_id AS process, p.owner, 1 AS processes,
            CAST(p.procedure_url IS NOT NULL OR written.process IS NOT NULL AS BIGINT) AS described
        FROM moments
        JOIN processes AS p ON coalesce(p.active, true) AND {LATELY}
        LEFT JOIN written ON written.process = p.process_id
    """,
    dimensions=("process", "owner"),
    measures=("processes", "described"),
    at_end=True,
    now=True,
)
PROCEDURES_KEPT: Final = View(
    name="procedures_kept",
    base="procedures",
    sql=f"""
        SELECT moments.day, p.process, p.owner, 1 AS procedures,
            CAST(coalesce(p.reviewed_on > {_YEAR}, false) AS BIGINT) AS fresh
        FROM moments JOIN procedures AS p ON {LATELY}
    """,
    dimensions=("process", "owner"),
    measures=("procedures", "fresh"),
    at_end=True,
    now=True,
)
ACCESSES_KEPT: Final = View(
    name="accesses_kept",
    base="accesses",
    sql=f"""
        SELECT moments.day, a.system, a.owner, 1 AS accesses,
            CAST(a.owner IS NOT NULL AND a.vault_url IS NOT NULL AS BIGINT) AS covered
        FROM moments JOIN accesses AS a ON {LATELY}
    """,
    dimensions=("system", "owner"),
    measures=("accesses", "covered"),
    at_end=True,
    now=True,
)
LINKS_KEPT: Final = View(
    name="links_kept",
    base="links",
    sql=f"""
        SELECT moments.day, l.category, l.owner, 1 AS links,
            CAST(coalesce(l.checked_on > {_YEAR}, false) AS BIGINT) AS fresh
        FROM moments JOIN links AS l ON {LATELY}
    """,
    dimensions=("category", "owner"),
    measures=("links", "fresh"),
    at_end=True,
    now=True,
)
ONBOARDING_STEPS: Final = View(
    name="onboarding_steps",
    base="onboarding",
    sql=f"""
        WITH steps AS (
            SELECT role, person, done_on,
                min(started_on) OVER (PARTITION BY role, person) + CAST(due_day AS INTEGER) AS due_on
            FROM onboarding WHERE person IS NOT NULL
        )
        SELECT moments.day, s.role, s.person, 1 AS steps,
            CAST(coalesce(s.done_on <= moments.day, false) AS BIGINT) AS done
        FROM moments JOIN steps AS s ON s.due_on <= moments.day AND s.due_on > {_YEAR}
    """,
    dimensions=("role", "person"),
    measures=("steps", "done"),
    at_end=True,
    looks_back=True,
)
NEWCOMERS: Final = View(
    name="newcomers",
    base="onboarding",
    sql="""
        WITH planned AS (
            SELECT role, count(*) AS steps FROM onboarding WHERE person IS NULL GROUP BY role
        ),
        finished AS (
            SELECT role, person, count(*) AS steps, min(started_on) AS began, max(done_on) AS ended
            FROM onboarding WHERE person IS NOT NULL
            GROUP BY role, person HAVING count(done_on) = count(*)
        )
        SELECT f.ended AS day, f.role, f.person, CASE WHEN f.ended >= f.began THEN f.ended - f.began END AS days
        FROM finished AS f LEFT JOIN planned ON planned.role = f.role
        WHERE f.steps >= coalesce(planned.steps, 0)
    """,
    dimensions=("role", "person"),
    values=("days",),
)

VIEWS: Final = (PROCESSES_DESCRIBED, PROCEDURES_KEPT, ACCESSES_KEPT, LINKS_KEPT, ONBOARDING_STEPS, NEWCOMERS)
