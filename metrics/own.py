"""KPIs without code: what a team declares in its plan and types by hand, beside those that come with Kokpit."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

from core.errors import UsageError
from core.language import N_, _
from metrics import catalog
from metrics.catalog import CATALOGUE
from metrics.model import Better, Is, Known, Kpi, Mean, Ratio, Sum, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metrics.model import Aggregate, Expression
    from warehouse.snapshot import Snapshot

UNITS: Final = {
    "number": Unit.COUNT,
    "percent": Unit.FRACTION,
    "money": Unit.MONEY,
    "hours": Unit.HOURS,
    "days": Unit.DAYS,
}
"""What the plan calls the units of a team's own KPIs."""
PERCENT: Final = 0.01
_DEFINITION: Final = N_(
    "Typed by hand in the plan's table kpi_values, money in the reporting currency. Days without a value are unknown; "
    "where a day has a value for the whole, it counts instead of its parts. Percents may be typed as 40 or 0.4: "
    "which of the two is told by their median."
)
_DECLARED: Final = """
    WITH typed AS (
        SELECT kpi, count(denominator) AS denominators, median(abs(numerator)) AS usual, min(numerator) AS least
        FROM kpi_values GROUP BY kpi
    )
    SELECT kpi_id, name, process, unit, better, description, numerator_label, denominator_label,
        coalesce(denominators, 0) > 0, coalesce(usual, 0) > 1, coalesce(least, 0) < 0
    FROM custom_kpis LEFT JOIN typed ON typed.kpi = kpi_id ORDER BY kpi_id
"""


class _Row(NamedTuple):
    """A KPI as the plan declares it, and what its typed values are like."""

    id: str
    name: str | None
    process: str | None
    unit: str | None
    better: str | None
    description: str | None
    numerator: str | None
    denominator: str | None
    has_denominators: bool
    typed_as_percent: bool
    is_negative: bool


@dataclass(frozen=True)
class Own:
    """The KPIs that a plan declares, by their ids, and for each that cannot be what is wrong with it."""

    kpis: Mapping[str, Kpi]
    problems: Mapping[str, str]


_lock = Lock()
_kept: WeakKeyDictionary[Snapshot, Own] = WeakKeyDictionary()


def own_kpis(snapshot: Snapshot) -> Own:
    """The KPIs that the plan in *snapshot* declares."""
    with _lock:
        if snapshot not in _kept:
            _kept[snapshot] = _read(snapshot)
        return _kept[snapshot]


def catalogue(snapshot: Snapshot) -> Mapping[str, Kpi]:
    """Every KPI that *snapshot* knows: those that come with Kokpit, and those of its plan."""
    return {**CATALOGUE, **own_kpis(snapshot).kpis}


def find(snapshot: Snapshot, name: str) -> Kpi:
    """The KPI with the id *name*. Raises UsageError with what is wrong with it, or with the nearest ids."""
    problem = own_kpis(snapshot).problems.get(name)
    if problem and name not in CATALOGUE:
        raise UsageError(problem, _("Correct the table custom_kpis of the plan."))
    return catalog.find(name, catalogue(snapshot))


def of_process(snapshot: Snapshot, process: str) -> tuple[Kpi, ...]:
    """The KPIs of the process with the id *process*, the plan's own ones last."""
    return tuple(kpi for kpi in catalogue(snapshot).values() if kpi.process == process)


def is_typed_as_percent(kpi: Kpi) -> bool:
    """Whether the values of *kpi* are typed as 40 for 40 %."""
    return isinstance(kpi.expression, Mean) and kpi.expression.factor == PERCENT


def _read(snapshot: Snapshot) -> Own:
    kpis: dict[str, Kpi] = {}
    problems: dict[str, str] = {}
    for row in (_Row(*values) for values in snapshot.rows(_DECLARED)):
        problem = _problem(row)
        if problem:
            problems[row.id] = problem
        else:
            kpis[row.id] = _kpi(row)
    return Own(kpis, problems)


def _problem(row: _Row) -> str:
    """What is wrong with *row*, if anything."""
    if row.id in CATALOGUE:
        return _("Kokpit has a KPI “{value}” of its own.").format(value=row.id)
    if not row.process:
        return _("The KPI “{kpi}” belongs to no process.").format(kpi=row.id)
    text = _("The KPI “{kpi}” has “{value}” as its {column}; it may be {choices}.")
    for column, value, choices in (("unit", row.unit, UNITS), ("better", row.better, [each.value for each in Better])):
        if value and value.lower() not in choices:
            return text.format(kpi=row.id, value=value, column=column, choices=", ".join(choices))
    return ""


def _kpi(row: _Row) -> Kpi:
    unit = UNITS[(row.unit or "number").lower()]
    counted, divided = row.numerator or row.name or row.id, row.denominator
    expression = _expression(row, unit)
    return Kpi(
        id=row.id,
        name=row.name or row.id,
        meaning=row.description or row.name or row.id,
        process=row.process or "",
        formula=f"{counted} / {divided}" if divided else counted,
        expression=expression,
        unit=Unit.RATIO if unit is Unit.COUNT and isinstance(expression, Ratio) else unit,
        better=Better((row.better or Better.NEITHER).lower()),
        dimensions=("dimension_value",),
        definition=_DEFINITION,
        lower=None if row.is_negative else 0,
        upper=None,
        lag_days=0,
    )


def _expression(row: _Row, unit: Unit) -> Expression:
    """A ratio of sums where values have a denominator; percents without one are averaged, all else is summed."""
    mine = Is("kpi", (row.id,))
    table = "own_values"
    if row.denominator or (unit is Unit.FRACTION and row.has_denominators):
        both = (mine, Known("denominator"))
        return Ratio(Sum(table, "numerator", both), Sum(table, "denominator", both))
    if unit is Unit.FRACTION:
        mean: Aggregate = Mean(table, "numerator", (mine,), PERCENT if row.typed_as_percent else 1)
        return mean
    return Sum(table, "numerator", (mine,))
