"""What moved a KPI between two periods: the parts that the segments of one dimension contributed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.errors import UsageError
from core.language import _
from core.period import Grain
from metrics.drivers import additive, ratio
from metrics.evaluate import evaluate
from metrics.model import COMPANY
from metrics.own import find

if TYPE_CHECKING:
    from core.config import Configuration
    from core.period import Period
    from metrics.drivers import Drivers
    from metrics.query import Query
    from warehouse.snapshot import Snapshot

    Sums = dict[str, tuple[float, float]]


def movement(
    snapshot: Snapshot, query: Query, before: Period, reporting: Configuration, times: float = 1
) -> Drivers | None:
    """How the one KPI that *query* asks for changed from *before* to the query's period, by the dimension it splits by.

    Where *before* is so many *times* as long, what adds up over time is compared with its average.
    None where either period has no value. Raises UsageError for unknown names or more than one dimension,
    MissingRateError where money cannot be converted.
    """
    if len(query.split) != 1:
        raise UsageError(_("What moved is told by one dimension at a time."), _("Name one with --split."))
    kpi = find(snapshot, query.kpis[0])
    if not kpi.decomposes or (kpi.ours and query.split == (COMPANY,)):
        message = _("The change of {kpi} has no parts: it does not add up from segments.").format(kpi=kpi.id)
        raise UsageError(message, _("Look at the values of the segments: kpi with --split."))
    old, new = (_sums(snapshot, replace(query, period=period), reporting) for period in (before, query.period))
    if not (old and new) and not (kpi.additive and (old or new) and _both_known(snapshot, query, before, reporting)):
        return None
    if kpi.additive:
        longer = times if kpi.accumulates else 1
        return additive({name: value / longer for name, value in _numerators(old).items()}, _numerators(new))
    return ratio(old, new)


def as_dict(kpi: str, found: Drivers) -> dict[str, Any]:
    """As the command line's ``--format json`` writes it; a sum has no rate and mix."""
    parts: list[dict[str, object]] = []
    for part in found.parts:
        detail = {} if part.rate is None else {"rate": part.rate, "mix": part.mix}
        parts.append({"segment": part.segment or None, **detail, "change": part.change})
    told = {"kpi": kpi, "before": found.before, "after": found.after, "change": found.change}
    return {**told, "parts": parts, "residual": found.residual}


def _sums(snapshot: Snapshot, query: Query, reporting: Configuration) -> Sums:
    """Numerator and denominator of each segment that has any; rows without a value of the dimension are ``""``.

    Nothing where no segment has a numerator: what nobody told is no 0.
    """
    found = evaluate(snapshot, replace(query, grain=Grain.TOTAL), reporting)
    for error in found.failed.values():
        raise error
    if found.table["numerator"].isna().all():
        return {}
    return {
        str(row[query.split[0]] or ""): (_or_nothing(row["numerator"]), _or_nothing(row["denominator"]))
        for row in found.table.to_dict("records")
        if not (pd.isna(row["numerator"]) and pd.isna(row["denominator"]))
    }


def _both_known(snapshot: Snapshot, query: Query, before: Period, reporting: Configuration) -> bool:
    """Whether the whole has a value in both periods: without a segment it is 0."""
    whole = replace(query, grain=Grain.TOTAL, split=())
    return all(
        evaluate(snapshot, replace(whole, period=days), reporting).value(query.kpis[0]) is not None
        for days in (before, query.period)
    )


def _or_nothing(value: float) -> float:
    return 0.0 if math.isnan(value) else float(value)


def _numerators(sums: Sums) -> dict[str, float]:
    return {segment: numerator for segment, (numerator, _denominator) in sums.items()}
