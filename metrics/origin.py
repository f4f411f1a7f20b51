"""From which columns of which datasets a KPI is computed, read off its declaration and the views it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlglot import exp, parse_one

from metrics.tables import TABLES, with_needed
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from metrics.model import Aggregate, Kpi
    from metrics.view import View

_WORD: Final = re.compile(r"[a-z_]+")


def columns(kpi: Kpi) -> dict[str, tuple[str, ...]]:
    """The columns that *kpi* reads of each dataset, in the order of their contract, without those it is split by.

    Of a view they are the columns that its SQL names to find its rows, and what the KPI counts in them.
    """
    found: dict[str, set[str]] = {name: set() for name in kpi.datasets}
    for part in kpi.expression.parts:
        for dataset, read in _read(part).items():
            found.setdefault(dataset, set()).update(read)
    return {name: tuple(column for column in DATASETS[name].by_name if column in found[name]) for name in found}


def _read(part: Aggregate) -> dict[str, set[str]]:
    table = TABLES[part.table]
    asked = {part.column, *(condition.column for condition in part.where)}
    if not table.sql:
        return {table.base: asked}
    found: dict[str, set[str]] = {}
    for view in with_needed([part.table]):
        named = set(_WORD.findall(_counting(view, asked) if view is table else view.sql)) - (
            {*table.dimensions} - asked
        )
        for dataset in (view.named | {*view.datasets}) & DATASETS.keys():
            found.setdefault(dataset, set()).update(named & DATASETS[dataset].by_name.keys())
    return found


def _counting(view: View, asked: set[str]) -> str:
    """The SQL of *view* without the columns that nobody *asked* for."""
    tree = parse_one(view.sql, dialect="duckdb")
    if isinstance(tree, exp.Select):
        spare = {*view.columns} - asked
        tree.set("expressions", [each for each in tree.expressions if each.alias_or_name not in spare])
    return tree.sql("duckdb")
