"""What a declared KPI must satisfy: one function per rule, each giving every problem with its place and a hint."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.errors import ConfigurationError, suggestion
from metrics.dimensions import DIMENSION_NAMES
from metrics.model import Ratio, Unit
from metrics.processes import PROCESSES
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from metrics.model import Kpi, Sum


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


def known_datasets(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Every sum names a dataset with a contract."""
    for kpi in kpis:
        for name in kpi.datasets:
            if name not in DATASETS:
                yield Problem(f"{kpi.id}.expression", f"There is no dataset {name!r}.", suggestion(name, DATASETS))


def _sums(kpis: Sequence[Kpi]) -> Iterator[tuple[Kpi, Sum]]:
    for kpi in kpis:
        for part in kpi.expression.parts:
            if part.dataset in DATASETS:
                yield kpi, part


def additive_measures(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Only measures are summed."""
    for kpi, part in _sums(kpis):
        measures = DATASETS[part.dataset].measures
        if part.column not in measures:
            message = f"{part.dataset} has no measure {part.column!r}."
            yield Problem(f"{kpi.id}.expression", message, suggestion(part.column, measures))


def known_conditions(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Row conditions name columns of the dataset."""
    for kpi, part in _sums(kpis):
        columns = DATASETS[part.dataset].by_name
        for condition in part.where:
            if condition.column not in columns:
                message = f"{part.dataset} has no column {condition.column!r}."
                yield Problem(f"{kpi.id}.expression.where", message, suggestion(condition.column, columns))


def known_dimensions(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Every dataset of a KPI has all its dimensions and matched columns."""
    for kpi in kpis:
        matched = kpi.expression.matched if isinstance(kpi.expression, Ratio) else ()
        for name in kpi.datasets:
            known = DATASETS[name].dimensions if name in DATASETS else kpi.dimensions
            for dimension in (*kpi.dimensions, *matched):
                if dimension not in known:
                    message = f"{name} has no dimension {dimension!r}."
                    yield Problem(f"{kpi.id}.dimensions", message, suggestion(dimension, known))


def named_dimensions(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Every dimension that exists has a name to show."""
    existing = {name for dataset in DATASETS.values() for name in dataset.dimensions}
    for kpi in kpis:
        for dimension in kpi.dimensions:
            if dimension in existing and dimension not in DIMENSION_NAMES:
                message = f"The dimension {dimension!r} has no name to show."
                yield Problem(f"{kpi.id}.dimensions", message, "Add it to metrics/dimensions.py.")


def fitting_units(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """Money has the unit money, and nothing else has; money by money is a plain number."""
    for kpi in kpis:
        measured = [part for _, part in _sums([kpi]) if part.column in DATASETS[part.dataset].measures]
        if len(measured) < len(kpi.expression.parts):
            continue
        money = [part.column in DATASETS[part.dataset].money for part in measured]
        is_money = money[0] and not all(money[1:] or [False])
        if is_money != (kpi.unit is Unit.MONEY):
            message = f"The unit is {kpi.unit.value}, but the value is {'' if is_money else 'not '}money."
            yield Problem(f"{kpi.id}.unit", message)


def different_sums(kpis: Sequence[Kpi]) -> Iterator[Problem]:
    """A ratio divides two different things."""
    for kpi in kpis:
        if isinstance(kpi.expression, Ratio) and kpi.expression.numerator == kpi.expression.denominator:
            yield Problem(f"{kpi.id}.expression", "Numerator and denominator are the same.")


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
    known_datasets,
    additive_measures,
    known_conditions,
    known_dimensions,
    named_dimensions,
    fitting_units,
    different_sums,
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
