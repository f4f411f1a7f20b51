"""Values that a team types by hand for KPIs of its own."""

from __future__ import annotations

from typing import Final

from metrics.view import View

OWN_VALUES: Final = View(
    name="own_values",
    base="kpi_values",
    sql="""
        WITH typed AS (
            SELECT day, kpi, nullif(trim(dimension_value), '') AS dimension_value, numerator, denominator
            FROM kpi_values WHERE numerator IS NOT NULL
        ),
        told AS (
            SELECT typed.*, bool_or(dimension_value IS NULL) OVER (PARTITION BY kpi, day) AS has_whole FROM typed
        )
        SELECT day, kpi, dimension_value, numerator, denominator
        FROM told WHERE dimension_value IS NULL OR NOT has_whole
    """,
    dimensions=("dimension_value",),
    measures=("numerator", "denominator"),
    values=("kpi",),
    silent=True,
)

VIEWS: Final = (OWN_VALUES,)
