"""Every table that KPIs may count: the datasets that come day by day, as they stand, and the views of all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from metrics.view import View
from metrics.views import VIEWS
from warehouse.datasets import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLES: Final = {dataset.name: View.of(dataset) for dataset in FACTS if dataset.daily} | {v.name: v for v in VIEWS}


def with_needed(names: Iterable[str]) -> list[View]:
    """The views of *names* and of whatever their SQL names, each after those it needs."""
    found: dict[str, View] = {}
    for name in names:
        _add(name, found)
    return [view for view in found.values() if view.sql]


def _add(name: str, found: dict[str, View]) -> None:
    if name in TABLES and name not in found:
        for needed in sorted(TABLES[name].named - {name}):
            _add(needed, found)
        found[name] = TABLES[name]
