"""The tables of the plan as rows, however they came, and what can be wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from core.errors import suggestion
from core.remarks import _, joined
from warehouse.contract import Type
from warehouse.datasets import DATASETS, PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warehouse.contract import Column, Dataset

TABLES: Final = {dataset.name: dataset for dataset in (*PLAN, DATASETS["kpi_values"])}
"""The datasets that people keep in the plan, in the order in which they are checked and brought."""
PYTHON_TYPES: Final[dict[Type, type]] = {
    Type.TEXT: str,
    Type.DAY: date,
    Type.WHOLE: int,
    Type.DECIMAL: Decimal,
    Type.YES_NO: bool,
}


@dataclass(frozen=True)
class PlanProblem:
    """One mistake, or with *warning* one thing to know, of the plan: where it stands, what it is, what to do."""

    place: str
    message: str
    fix: str
    row: int | None = None
    column: str = ""
    value: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """The line as it is told, in the language in use now."""
        return str(self.told)

    @property
    def told(self) -> str:
        """One line: place, row and column first."""
        row = _("row {row}").format(row=self.row) if self.row else ""
        is_named = self.message.startswith(self.place)
        place = joined(("" if is_named else self.place, row, self.column), ", ")
        return joined((place, joined((self.message, self.fix))), ": ")


@dataclass
class PlanTable:
    """The rows of one dataset: typed values by column, without the empty ones; a value that cannot be read is text.

    *place* is the file or sheet as people know it, *lines* the number of each row there, *headers* the header that
    each column has there.
    """

    name: str
    place: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    conventions: str = ""

    @property
    def dataset(self) -> Dataset:
        """The contract of the rows."""
        return TABLES[self.name]

    def values(self, column: str) -> Iterator[tuple[int, Any]]:
        """Each row's index and its value of *column*, where it has one of the right type."""
        kind = PYTHON_TYPES[self.dataset.by_name[column].type]
        for index, row in enumerate(self.rows):
            if isinstance(row.get(column), kind):
                yield index, row[column]

    def problem(self, index: int, column: str, message: str, fix: str, *, warning: bool = False) -> PlanProblem:
        """What is wrong in the row with this *index*."""
        value = self.rows[index].get(column)
        header = self.headers.get(column, column)
        shown = "" if value is None else str(value)
        return PlanProblem(self.place, message, fix, self.lines[index], header, shown, warning)


@dataclass(frozen=True)
class Known:
    """What the plan may name beside its own rows: ids of KPIs, processes and people, each with what it is called.

    Of some KPIs it is known that they are *never_negative*, of some that they are *shares*, 1 at most.
    """

    kpis: Mapping[str, str] = field(default_factory=dict)
    processes: Mapping[str, str] = field(default_factory=dict)
    never_negative: frozenset[str] = frozenset()
    shares: frozenset[str] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)


NOBODY: Final = Known()
"""Nothing is known beside the plan's own rows."""


def columns_of(dataset: Dataset) -> tuple[Column, ...]:
    """The columns that people fill in."""
    return tuple(column for column in dataset.columns if column.name != "load_id")


def nearest(value: str, known: Mapping[str, str]) -> str:
    """The id meant by *value*, where it is what something *known* is called; otherwise the ids nearest to it."""
    named = [key for key, name in known.items() if name.casefold() == value.casefold()]
    return _("Did you mean {names}?").format(names=" / ".join(named)) if named else suggestion(value, known)
