"""Business hours: a clock that runs only while the department works.

``office`` has a row for each local day: when work begins and ends (*opens*, *closes*) and how many seconds of work had
passed before it (*before*). The work between two moments is the reading at the second less the reading at the first, in
whole seconds and so without error; each moment meets exactly one row, so nothing is fanned out. Without a plan of
working hours they are 9 to 17 from Monday to Friday.
"""

from __future__ import annotations

from typing import Final

from metrics.view import View

OFFICE: Final = View(
    name="office",
    base="working_hours",
    sql="""
        WITH hours AS (
            SELECT weekday, CAST(starts AS TIME) AS starts, CAST(ends AS TIME) AS ends FROM working_hours
            WHERE starts IS NOT NULL AND ends IS NOT NULL
            UNION ALL
            SELECT unnest([1, 2, 3, 4, 5]), TIME '09:00', TIME '17:00'
            WHERE NOT EXISTS (SELECT 1 FROM working_hours)
        ),
        days AS (
            SELECT CAST(unnest(generate_series(TIMESTAMP '2015-01-01', TIMESTAMP '2040-12-31', INTERVAL 1 DAY)) AS DATE)
                AS day
        ),
        opening AS (
            SELECT days.day, days.day + hours.starts AS opens, days.day + hours.ends AS closes
            FROM days
            LEFT JOIN holidays ON holidays.day = days.day
            LEFT JOIN hours ON hours.weekday = isodow(days.day) AND holidays.day IS NULL
        )
        SELECT day, opens, closes,
            coalesce(sum(epoch(closes - opens)) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                AS before
        FROM opening
    """,
    values=("opens", "closes", "before"),
)


def reading(moment: str, office: str) -> str:
    """SQL for the seconds on the clock at *moment*, a local timestamp, given the row *office* of its day."""
    inside = f"epoch(least(greatest({moment}, {office}.opens), {office}.closes) - {office}.opens)"
    return f"({office}.before + coalesce({inside}, 0))"
