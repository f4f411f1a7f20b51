"""Filters and targets for parts that no row has, each with the values nearest to what was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from core.errors import suggestion
from core.language import _
from core.period import Grain, Period
from metrics.coverage import ALL_DAYS, DIALECT, spans
from metrics.evaluate import evaluate
from metrics.names import value_name
from metrics.own import catalogue, find
from metrics.query import Query
from metrics.statement import Bound, column
from metrics.tables import TABLES
from metrics.targets import targets
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.config import Configuration
    from metrics.model import Kpi
    from metrics.targets import Target
    from warehouse.snapshot import Snapshot

SHOWN: Final = 3


@dataclass(frozen=True)
class Unmet:
    """No row has *value* in *dimension*; *nearest* are values that rows do have."""

    dimension: str
    value: str
    nearest: tuple[str, ...]

    def said(self, name: str) -> str:
        """A sentence on it in the reader's language, with the filter's *name*."""
        told = _("No row has {filter}.").format(filter=name)
        return f"{told} {self.near}".strip()

    @property
    def near(self) -> str:
        """What may be meant."""
        return _("Nearest values: {values}.").format(values=" / ".join(self.nearest)) if self.nearest else ""


def unmet(snapshot: Snapshot, query: Query, reporting: Configuration) -> Iterator[Unmet]:
    """The filters of *query* that no row of its KPIs meets, whatever the period."""
    kpis = [find(snapshot, name) for name in dict.fromkeys(query.kpis)]
    for dimension, values in query.where.items():
        asked = [kpi for kpi in kpis if dimension in kpi.dimensions]
        for value in values:
            if value is not None and asked:
                yield from _missing(snapshot, asked, dimension, value, reporting)


@dataclass(frozen=True)
class Idle:
    """A *target* for a part that no row has, or that its KPI cannot be split by; *hint* says what may be meant."""

    target: Target
    hint: str
    is_part: bool = True

    def said(self, part: str) -> str:
        """A sentence on it in the reader's language, with the name of its *part*."""
        text = _("The target for {part} holds for nothing: no row has that.")
        if not self.is_part:
            text = _("The target for {part} holds for nothing: the KPI cannot be split by that.")
        return f"{text.format(part=part)} {self.hint}".strip()


def idle_targets(snapshot: Snapshot, reporting: Configuration) -> Iterator[Idle]:
    """The targets for parts that hold for nothing so far, with what may be meant instead."""
    known = catalogue(snapshot)
    for target in targets(snapshot):
        kpi, dimension, value = known.get(target.kpi), target.dimension, target.dimension_value
        if kpi is None or not dimension:
            continue
        if dimension not in kpi.dimensions:
            yield Idle(target, suggestion(dimension, kpi.dimensions), is_part=False)
        elif value:
            # A plan may well come before the first data.
            missing = _missing(snapshot, [kpi], dimension, value, reporting)
            yield from (Idle(target, each.near) for each in missing if each.nearest)


def _missing(
    snapshot: Snapshot, kpis: Sequence[Kpi], dimension: str, value: str, reporting: Configuration
) -> Iterator[Unmet]:
    """What to say where no row of *kpis* has *value* in *dimension*.

    A view may word a value in its own way (``Paid Search`` is paid_search), and what holds for the end of a period has
    the parts of today only: those before it are in its dataset.
    """
    tables = [TABLES[part.table] for kpi in kpis for part in kpi.expression.parts]
    plain = [table.base for table in tables if not table.sql or table.at_end]
    datasets = [name for name in dict.fromkeys(plain) if dimension in DATASETS[name].by_name]
    if any(_is_there(snapshot, name, dimension, value) for name in datasets):
        return
    viewed = [kpi for kpi in kpis if any(TABLES[part.table].sql for part in kpi.expression.parts)]
    parts = _parts(snapshot, viewed, dimension, reporting)
    if value not in parts:
        stored = [each for name in datasets for each in _stored(snapshot, name, dimension)]
        shown = [each for each in (*parts, *stored) if value_name(dimension, each).casefold() == value.casefold()]
        nearest = tuple(dict.fromkeys(shown)) or _nearest(snapshot, [*parts, *stored], value)
        yield Unmet(dimension, value, nearest)


def _is_there(snapshot: Snapshot, dataset: str, dimension: str, value: str) -> bool:
    bind = Bound()
    select = exp.select(exp.Literal.number(1)).from_(dataset).where(column(dimension).eq(bind(value))).limit(1)
    return bool(snapshot.rows(select.sql(DIALECT), bind.values))


def _parts(snapshot: Snapshot, kpis: Sequence[Kpi], dimension: str, reporting: Configuration) -> list[str]:
    """The values of *dimension* that *kpis* ever had."""
    bases = {TABLES[part.table].base for kpi in kpis for part in kpi.expression.parts}
    found = [span for name in bases for span in spans(snapshot, name, 0, reporting.zone)]
    if not found:
        return []
    first = max(ALL_DAYS.start, min(span.first for span in found))
    days = Period(first, max(first, min(ALL_DAYS.end, max(span.last for span in found))))
    asked = Query(tuple(kpi.id for kpi in kpis), days, Grain.TOTAL, (dimension,))
    return [value for value in dict.fromkeys(evaluate(snapshot, asked, reporting).table[dimension]) if value]


def _stored(snapshot: Snapshot, dataset: str, dimension: str) -> list[str]:
    known = column(dimension)
    select = exp.select(known).distinct().from_(dataset).where(known.is_(exp.null()).not_())
    return [row[0] for row in snapshot.rows(select.sql(DIALECT))]


def _nearest(snapshot: Snapshot, known: Sequence[str], value: str) -> tuple[str, ...]:
    """Those of *known* that are most like *value*."""
    sql = f"""
        SELECT name FROM (SELECT DISTINCT unnest($1::VARCHAR[]) AS name)
        ORDER BY jaro_winkler_similarity(lower(name), $2) DESC, name LIMIT {SHOWN}
    """  # noqa: S608 - a number of ours
    return tuple(row[0] for row in snapshot.rows(sql, [list(known), value.lower()]))
