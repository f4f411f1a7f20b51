"""KPIs × periods × segments: one statement for each dataset; ratios are divided afterwards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from core.period import DAY, Period
from metrics.asked import as_asked
from metrics.buckets import Buckets
from metrics.cautions import cautions
from metrics.compiled import Surroundings, answers, text
from metrics.conversion import rates_needed
from metrics.grid import lay_out
from metrics.query import checked
from metrics.session import Session
from metrics.statement import Bound, selection
from metrics.values import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from core.config import Configuration
    from core.errors import KokpitError
    from metrics.asked import Asked
    from metrics.cautions import Caution
    from metrics.grid import Segment
    from metrics.query import Query
    from metrics.statement import Part, Selection
    from warehouse.snapshot import Snapshot


@dataclass(frozen=True)
class Evaluation:
    """The answer to *query*.

    *table* has a row for each KPI, segment and period: kpi, period_start, period_end, a column for each dimension of
    the split (None: rows without a value), value, numerator, denominator (NaN: no value) and complete. Of an additive
    KPI the numerator is the value; of any other, value = numerator / denominator. Of KPIs that *failed* it has only the
    segments and periods that can be computed; the others have no value, and a KPI asked for as a whole is not in it.
    *lost* are, for each KPI, the segments that lack a rate in some period.
    """

    query: Query
    table: pd.DataFrame
    warnings: tuple[Caution, ...]
    failed: Mapping[str, KokpitError]
    lost: Mapping[str, frozenset[Segment]]
    statements: int

    def series(self, kpi: str) -> pd.DataFrame:
        """The rows of one KPI."""
        return self.table.iloc[self._places.get(kpi, slice(0))]

    @cached_property
    def _places(self) -> dict[str, slice]:
        """Where the rows of each KPI are: one after the other, as many of each."""
        names = list(dict.fromkeys(self.table["kpi"]))
        each = len(self.table) // max(1, len(names))
        return {name: slice(place * each, (place + 1) * each) for place, name in enumerate(names)}

    def value(self, kpi: str) -> float | None:
        """The value of a KPI in a table that has one row for it; None when it has none."""
        values = self.series(kpi)["value"]
        return None if values.empty or pd.isna(values.iloc[0]) else float(values.iloc[0])


def evaluate(snapshot: Snapshot, query: Query, reporting: Configuration) -> Evaluation:
    """The KPIs that *query* asks for, money in the currency of *reporting*. Raises UsageError for unknown names."""
    asking = _Asking.of(snapshot, query, reporting)
    session, buckets = asking.session, asking.buckets
    for dataset in dict.fromkeys(name for one in asking.asked for name in one.kpi.datasets):
        asking.ask(dataset)
    grid = lay_out(asking.answers, query.split, buckets)
    warnings = cautions(session, asking.asked, query, buckets, reporting.currency)
    lost = {one.kpi.id: frozenset().union(*(grid.lost[part] for part in one.parts)) for one in asking.asked}
    return Evaluation(query, table(asking.asked, grid), warnings, asking.failed, lost, session.statements)


def one_of(longer: Evaluation, snapshot: Snapshot, query: Query, reporting: Configuration) -> Evaluation:
    """The answer to *query*, which asks for the same KPIs over one of the periods of *longer*: its values are there.

    Asked anew where anything lacks a rate, as that may be in another period.
    """
    if longer.failed:
        return evaluate(snapshot, query, reporting)
    asking = _Asking.of(snapshot, query, reporting)
    warnings = cautions(asking.session, asking.asked, query, asking.buckets, reporting.currency)
    rows = longer.table[longer.table["period_start"] == pd.Timestamp(query.period.start)]
    return Evaluation(query, rows.reset_index(drop=True), warnings, {}, longer.lost, asking.session.statements)


@dataclass
class _Asking:
    """An evaluation under way: what is still asked, what was answered, what failed."""

    session: Session
    buckets: Buckets
    query: Query
    reporting: Configuration
    asked: list[Asked]
    answers: list[tuple[Selection, pa.Table]] = field(default_factory=list)
    failed: dict[str, KokpitError] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, query: Query, reporting: Configuration) -> _Asking:
        """Nothing is asked yet. Raises UsageError for unknown names."""
        kpis = checked(snapshot, query)
        session, buckets = Session(snapshot, reporting.zone), Buckets(query.period, query.grain, query.calendar)
        return cls(session, buckets, query, reporting, [as_asked(session, kpi, query, buckets) for kpi in kpis])

    @property
    def in_parts(self) -> bool:
        """Whether the answer has several cells, of which some can have a value where others cannot."""
        return bool(self.query.split) or len(self.buckets.periods) > 1

    def ask(self, dataset: str) -> None:
        """Run the one statement for *dataset*; what lacks an exchange rate fails without holding up the rest."""
        money = [one for one in self.asked if any(part.needs_rates for part in one.parts_of(dataset))]
        around = self._around(dataset)
        if money:
            around, missing = rates_needed(self.session, money, dataset, around, self.reporting.currency)
            lacking = {one.kpi.id: missing[t] for one in money for t in one.tables if t in missing}
            self.failed |= lacking
            if not self.in_parts:
                self.asked = [one for one in self.asked if one.kpi.id not in lacking]
        parts: dict[str, dict[Part, None]] = defaultdict(dict)
        for part in (part for one in self.asked for part in one.parts_of(dataset)):
            parts[part.what.table][part] = None
        if parts:
            self._run([tuple(each) for each in parts.values()], around)

    def _run(self, tables: list[tuple[Part, ...]], around: Surroundings) -> None:
        bind = Bound()
        selections = [selection(parts, self.buckets, self.query.split, around, bind) for parts in tables]
        self.answers += answers(selections, self.session.arrow(text(selections, bind, around), bind.values))

    def _around(self, dataset: str) -> Surroundings:
        """What the views on *dataset* may ask for: nothing is known of days after the last one loaded."""
        pairs = [pair for one in self.asked for pair in zip(one.parts, one.bases, strict=True)]
        mine = [(part, base) for part, base in pairs if part.table.base == dataset]
        known = max((span.last for _, base in mine for span in base.spans), default=self.buckets.period.end)
        moments = [min(bucket.end, known) for bucket in self.buckets.periods if bucket.start <= known]
        reach = max((part.table.reach for part, _ in mine), default=0)
        days = Period(self.buckets.period.start - reach * DAY, self.buckets.period.end)
        asked = self.buckets.period
        return Surroundings(self.session.zone.key, moments, known, asked, days, company=self.reporting.company)
