"""A table as KPIs read it: the rows of a dataset as they stand, or rows that a view counts from one or several.

A view's SQL answers one row for each thing that is counted, each with the ``day`` it counts on. It never fans rows out:
what another dataset knows of a row is asked with EXISTS or a scalar subquery, never joined in. Beside the datasets and
other views it may name

- ``moments``: one row, ``day``, for the last known day of each period asked for,
- ``office``: business hours (see `metrics.views.office`),
- ``rates``: ``currency``, ``day``, ``rate`` of every foreign currency the asked days need,
- ``local(x)``: the moment *x* where the team works, ``today()``: the day up to which its base dataset is known, and
  ``own()``: the name of the own company in small letters, NULL where nobody said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.contract import Dataset

SURROUNDINGS: Final = ("moments", "rates")
LATELY: Final = "moments.day >= today() - 35"
"""The last five weeks: tables that only tell how things are now say nothing of earlier days."""
_NAMED: Final = re.compile(r"(?<!DISTINCT )\b(?:FROM|JOIN)\s+([a-z_]+)\b(?!\()")
_OWN: Final = re.compile(r"(?:\bWITH|,)\s+([a-z_]+)\s+AS\s+(?:MATERIALIZED\s+)?\(")


@dataclass(frozen=True)
class View:
    """One table that KPIs count.

    *base* is the dataset that decides which days are loaded; *reads* are further ones that must be final as well.
    *dimensions* are its text columns, *measures* those that are summed, *money* those of them in the row's currency,
    *values* the others that are counted or ranked. Its money was moved on *money_day*, at most *reach* days before the
    row's own day. *at_end* tells that a row holds for the last day of a period rather than for a day of it, *now* that
    it is only known as of today, *silent* that a day without rows is unknown, not 0; *looks_back* that a period's row
    holds for months before it, although no money of theirs is converted. A column that is *told_by* others (each a
    dataset and its column) is unknown, not 0, where nobody ever filled any of them in; so is what counts its rows.
    """

    name: str
    base: str
    sql: str = ""
    dimensions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    money_day: str = "day"
    last_day: str = "day"
    reach: int = 0
    at_end: bool = False
    now: bool = False
    silent: bool = False
    looks_back: bool = False
    told_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, dataset: Dataset) -> View:
        """A dataset as it stands."""
        used = (*dataset.dimensions, *dataset.measures)
        return cls(
            name=dataset.name,
            base=dataset.name,
            dimensions=dataset.dimensions,
            measures=dataset.measures,
            money=dataset.money,
            values=tuple(column for column in dataset.by_name if column not in used),
            last_day=dataset.last_day,
        )

    @property
    def scope(self) -> tuple[str, ...]:
        """The columns that tell its sources apart."""
        return DATASETS[self.base].scope if self.base in DATASETS else ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column a KPI may name."""
        return (*self.dimensions, *self.measures, *self.values)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets it rests on."""
        return (self.base, *self.reads)

    @cached_property
    def named(self) -> frozenset[str]:
        """The tables its SQL names, without the common ones it makes for itself."""
        return frozenset(_NAMED.findall(self.sql)) - frozenset(_OWN.findall(self.sql))

    @property
    def converts(self) -> bool:
        """Whether its money is in the reporting currency already."""
        return "rates" in self.named
