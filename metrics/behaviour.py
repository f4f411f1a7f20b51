"""A KPI over time as a process behaviour chart: its values period by period, limits, and which points are signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from metrics.evaluate import evaluate
from metrics.own import find
from metrics.signals import CORRELATED_ABOVE, Center, Chart, Rules, chart, within
from metrics.untold import untold

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from datetime import date

    from core.config import Configuration
    from metrics.model import Kpi
    from metrics.query import Query
    from metrics.signals import Baseline
    from metrics.status import Variation
    from warehouse.snapshot import Snapshot


@dataclass(frozen=True)
class Observation:
    """One period of the series. A period that is not *complete* has its value so far, which never counts."""

    start: date
    end: date
    value: float | None
    complete: bool


@dataclass(frozen=True)
class Behaviour:
    """The series of a KPI and its chart; the points of the chart stand beside the observations, one for one.

    *untold* is why pages tell no signals of this KPI, whatever the rules flag.
    """

    kpi: Kpi
    observations: tuple[Observation, ...]
    chart: Chart
    rules: Rules
    untold: Variation | None = None

    def as_dict(self, by: str) -> dict[str, Any]:
        """As the command line's ``--format json`` writes it: the limits in force for the newest points."""
        current = self.chart.current
        held = current.limits if current else None
        lower, upper = within(held, self.kpi.lower, self.kpi.upper) if held else (None, None)
        related = current.autocorrelation if current else None
        return {
            "kpi": self.kpi.id,
            "by": by,
            "center": held.center if held else None,
            "lower": lower,
            "upper": upper,
            "range_limit": held.range_limit if held else None,
            "rules": self.rules.value,
            "provisional": held is None or held.provisional,
            "autocorrelation": related if related is not None and related > CORRELATED_ABOVE else None,
            "points": [
                {
                    "period_start": observed.start.isoformat(),
                    "value": observed.value,
                    "moving_range": point.moving_range,
                    "flags": list(point.flags),
                    "complete": observed.complete,
                }
                for observed, point in zip(self.observations, self.chart.points, strict=True)
            ],
        }


def behaviour(
    snapshot: Snapshot,
    query: Query,
    reporting: Configuration,
    rules: Rules = Rules.WHEELER,
    baselines: Sequence[Baseline] = (),
) -> Behaviour:
    """The behaviour of the one KPI that *query* asks for; incomplete periods are shown and never counted.

    Raises UsageError for an unknown name, MissingRateError where money cannot be converted.
    """
    found = evaluate(snapshot, query, reporting)
    for error in found.failed.values():
        raise error
    observations = tuple(_observed(row) for row in found.table.to_dict("records"))
    values = [observed.value if observed.complete else None for observed in observations]
    drawn = chart(values, baselines, rules, Center(reporting.limits_from))
    kpi = find(snapshot, query.kpis[0])
    return Behaviour(kpi, observations, drawn, rules, untold(kpi, values))


def _observed(row: Mapping[Hashable, Any]) -> Observation:
    value = None if pd.isna(row["value"]) else float(row["value"])
    return Observation(row["period_start"].date(), row["period_end"].date(), value, bool(row["complete"]))
