"""What a declared KPI must satisfy: one function per rule, each giving every problem with its place and a hint."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.errors import ConfigurationError, suggestion
from metrics.dimensions import DIMENSION_NAMES
from metrics.model import OURS, Ratio, Sum, Unit
from metrics.processes import PROCESSES
from metrics.tables import TABLES
from metrics.view import SURROUNDINGS
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from metrics.model import Aggregate, Kpi, Side
    from metrics.view import View

_COLUMNS: Final = frozenset(f"{name}.{column}" for name, each in DATASETS.items() for column in each.by_name)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a declaration: where, what, and what may have been meant."""

    place: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """The problem as one line."""
        return f"{self.place}: {self.message} {self.hint}".strip()


def unique_ids(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """No two KPIs share an id."""
    for name, times in Counter(kpi.id for kpi in kpis).items():
        if times > 1:
            yield Problem(name, f"{times} KPIs have this id.", "Rename all but one.")


def texts_present(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Every text is there."""
    for kpi in kpis:
        for field in ("id", "name", "meaning", "formula", "definition"):
            if not getattr(kpi, field).strip():
                yield Problem(f"{kpi.id}.{field}", "The text is missing.")


def known_processes(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Every KPI belongs to a declared process."""
    for kpi in kpis:
        if kpi.process not in PROCESSES:
            message = f"There is no process {kpi.process!r}."
            yield Problem(f"{kpi.id}.process", message, suggestion(kpi.process, PROCESSES))


def known_tables(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Every aggregate names a table that KPIs may count."""
    for kpi in kpis:
        for part in kpi.expression.parts:
            if part.table not in TABLES:
                message = f"There is no table {part.table!r}."
                yield Problem(f"{kpi.id}.expression", message, suggestion(part.table, TABLES))


def _aggregates(kpis: Sequence[Kpi]) -> Iterator[tuple[Kpi, Aggregate, View]]:
    for kpi in kpis:
        for part in kpi.expression.parts:
            if part.table in TABLES:
                yield kpi, part, TABLES[part.table]


def additive_measures(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Only measures are summed; what is counted or ranked is a column."""
    for kpi, part, table in _aggregates(kpis):
        known = table.measures if isinstance(part, Sum) else table.columns
        if part.column not in known:
            kind = "measure" if isinstance(part, Sum) else "column"
            message = f"{part.table} has no {kind} {part.column!r}."
            yield Problem(f"{kpi.id}.expression", message, suggestion(part.column, known))


def known_conditions(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Row conditions name columns of the table."""
    for kpi, part, table in _aggregates(kpis):
        for condition in (*part.where, *([OURS] if kpi.ours else [])):
            if condition.column not in table.columns:
                message = f"{part.table} has no column {condition.column!r}."
                yield Problem(f"{kpi.id}.expression.where", message, suggestion(condition.column, table.columns))


def known_dimensions(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Every table of a KPI has all its dimensions and matched columns."""
    for kpi, part, table in _aggregates(kpis):
        matched = kpi.expression.matched if isinstance(kpi.expression, Ratio) else ()
        for dimension in (*kpi.dimensions, *matched):
            if dimension not in table.dimensions:
                message = f"{part.table} has no dimension {dimension!r}."
                yield Problem(f"{kpi.id}.dimensions", message, suggestion(dimension, table.dimensions))


def named_dimensions(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Every dimension that exists has a name to show."""
    existing = {name for table in TABLES.values() for name in table.dimensions}
    for kpi in kpis:
        for dimension in kpi.dimensions:
            if dimension in existing and dimension not in DIMENSION_NAMES:
                message = f"The dimension {dimension!r} has no name to show."
                yield Problem(f"{kpi.id}.dimensions", message, "Add it to metrics/dimensions.py.")


def fitting_units(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Money has the unit money, and nothing else has; money by money is a plain number."""
    for kpi in kpis:
        parts = kpi.expression.parts
        if not all(part.table in TABLES and part.column in TABLES[part.table].columns for part in parts):
            continue
        sides = [_is_money(side) for side in kpi.expression.sides]
        if None in sides:
            yield Problem(f"{kpi.id}.expression", "It adds money to something else.")
            continue
        is_money = sides[0] and not all(sides[1:] or [False])
        if is_money != (kpi.unit is Unit.MONEY):
            message = f"The unit is {kpi.unit.value}, but the value is {'' if is_money else 'not '}money."
            yield Problem(f"{kpi.id}.unit", message)


def _is_money(side: Side) -> bool | None:
    """Whether a side is money; None where only a part of it is."""
    money = {part.column in TABLES[part.table].money for part in side.parts}
    return money.pop() if len(money) == 1 else None


def stated_alignment(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """What is computed from several datasets says how they are brought together."""
    for kpi in kpis:
        bases = {table.base for _, _, table in _aggregates([kpi])}
        if len(bases) > 1 and not kpi.alignment:
            yield Problem(f"{kpi.id}.alignment", f"It does not say how {', '.join(sorted(bases))} are aligned.")


def sound_views(kpis: Sequence[Kpi]) -> Iterator[Problem]:  # noqa: ARG001 - a rule about what all KPIs read
    """Views rest on datasets, name tables that exist, and never themselves."""
    for view in TABLES.values():
        yield from _unknown(f"{view.name}.base", "dataset", view.datasets, DATASETS)
        yield from _unknown(f"{view.name}.sql", "table", view.named, (*DATASETS, *TABLES, *SURROUNDINGS))
        yield from _unknown(f"{view.name}.money", "column", view.money, view.columns)
        yield from _unknown(f"{view.name}.told_by", "column", view.told_by, view.columns)
        yield from _unknown(f"{view.name}.told_by", "column", _telling(view), _COLUMNS)
        if view.name in _reached(view):
            yield Problem(f"{view.name}.sql", "It is made of itself.")


def _telling(view: View) -> set[str]:
    return {place for places in view.told_by.values() for place in places}


def _unknown(place: str, kind: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    for name in sorted(set(names) - set(known)):
        yield Problem(place, f"There is no {kind} {name!r}.", suggestion(name, known))


def _reached(view: View) -> set[str]:
    """The views that *view* is made of, directly or through others."""
    reached: set[str] = set()
    ahead = [name for name in view.named if name in TABLES and name not in DATASETS]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [further for further in TABLES[name].named if further in TABLES and further not in DATASETS]
    return reached


def different_sums(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """A ratio divides two different things."""
    for kpi in kpis:
        if isinstance(kpi.expression, Ratio) and kpi.expression.numerator == kpi.expression.denominator:
            yield Problem(f"{kpi.id}.expression", "Numerator and denominator are the same.")


def known_plans(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """What was planned of a KPI is another KPI of the same unit."""
    known = {kpi.id: kpi for kpi in kpis}
    for kpi in kpis:
        if kpi.plan and kpi.plan not in known:
            yield Problem(f"{kpi.id}.plan", f"There is no KPI {kpi.plan!r}.", suggestion(kpi.plan, known))
        elif kpi.plan and known[kpi.plan].unit is not kpi.unit:
            yield Problem(f"{kpi.id}.plan", f"The unit of {kpi.plan} is another one.")


def ordered_bounds(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """The lower natural bound lies below the upper one."""
    for kpi in kpis:
        if kpi.lower is not None and kpi.upper is not None and kpi.lower >= kpi.upper:
            yield Problem(f"{kpi.id}.lower", f"The bounds {kpi.lower} and {kpi.upper} are the wrong way round.")


def headline_kpis(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """What a process shows first are KPIs of its own."""
    for process in PROCESSES.values():
        own = [kpi.id for kpi in kpis if kpi.process == process.id]
        for name in process.headline:
            if name not in own:
                message = f"The process has no KPI {name!r}."
                yield Problem(f"{process.id}.headline", message, suggestion(name, own))


RULES: Final[tuple[Callable[[Sequence[Kpi]], Iterator[Problem]], ...]] = (
    unique_ids,
    texts_present,
    known_processes,
    known_tables,
    sound_views,
    additive_measures,
    known_conditions,
    known_dimensions,
    named_dimensions,
    fitting_units,
    stated_alignment,
    different_sums,
    known_plans,
    ordered_bounds,
    headline_kpis,
)


def problems(kpis: Sequence[Kpi]) -> list[Problem]:
    """Everything that any rule finds wrong with *kpis*."""
    return [problem for rule in RULES for problem in rule(kpis)]


def check(kpis: Sequence[Kpi]) -> None:
    """Raise ConfigurationError with all problems of *kpis* at once, if there are any."""
    found = problems(kpis)
    if found:
        lines = "\n".join(str(problem) for problem in found)
        message = f"{len(found)} problems in the KPI declarations:\n{lines}\n"
        raise ConfigurationError(message, "Correct the modules under metrics/.")
