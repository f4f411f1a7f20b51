"""What customers answered, and which of them were asked and met."""

from __future__ import annotations

from typing import Final

from metrics.view import LATELY, View

ASKED_WITHIN: Final = 365
MET_WITHIN: Final = 180
"""So many days count, the last one included."""

ANSWERS: Final = View(
    name="answers",
    base="survey_answers",
    sql="""
        SELECT a.asked_on AS day, a.segment, a.survey, a.role, 1 AS answers, a.score, a.reality,
            CASE WHEN a.survey = 'nps' AND a.score BETWEEN 0 AND 10
                THEN CASE WHEN a.score >= 9 THEN 1 WHEN a.score <= 6 THEN -1 ELSE 0 END END AS recommending,
            a.reality - a.expectation AS gap, CAST(a.promise_kept AS BIGINT) AS promises_kept
        FROM survey_answers AS a WHERE a.asked_on IS NOT NULL
    """,
    dimensions=("role", "segment", "survey"),
    measures=("answers", "score", "reality", "recommending", "gap", "promises_kept"),
)
CUSTOMERS_HEARD: Final = View(
    name="customers_heard",
    base="customers",
    sql=f"""
        WITH asked AS (
            SELECT DISTINCT moments.day, a.customer_id
            FROM moments JOIN survey_answers AS a
                ON a.survey = 'audit' AND a.asked_on BETWEEN moments.day - {ASKED_WITHIN - 1} AND moments.day
        ),
        noted AS (
            SELECT EXISTS (SELECT 1 FROM customers WHERE last_marketing_contact_on IS NOT NULL) AS any_contact,
                EXISTS (SELECT 1 FROM survey_answers WHERE survey = 'audit') AS any_audit
        )
        SELECT moments.day, c.segment, c.owner, 1 AS customers,
            CASE WHEN noted.any_audit THEN CAST(asked.customer_id IS NOT NULL AS BIGINT) END AS asked,
            CAST(c.key_account AS BIGINT) AS key_accounts,
            CASE WHEN c.key_account AND noted.any_contact THEN CASE
                WHEN c.last_marketing_contact_on > moments.day THEN NULL
                ELSE CAST(coalesce(c.last_marketing_contact_on > moments.day - {MET_WITHIN}, false) AS BIGINT)
            END END AS met
        FROM moments
        JOIN customers AS c ON c.status = 'existing' AND coalesce(c.since <= moments.day, true) AND {LATELY}
        CROSS JOIN noted
        LEFT JOIN asked ON asked.day = moments.day AND asked.customer_id = c.customer_id
    """,
    dimensions=("segment", "owner"),
    measures=("customers", "asked", "key_accounts", "met"),
    reads=("survey_answers",),
    at_end=True,
    now=True,
)

VIEWS: Final = (ANSWERS, CUSTOMERS_HEARD)
