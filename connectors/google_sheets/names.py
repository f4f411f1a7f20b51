"""What a header may say: a column's own name, or what people call it in any of Kokpit's languages. Pure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from connectors.exports.headers import without_currency
from connectors.exports.vocabulary import POSITION, bones, columns_of, spellings
from connectors.plan.tables import TABLES
from connectors.plan.words import columns_by_name, plain
from core.money import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.contract import Dataset


def columns_said(dataset: Dataset, headers: Sequence[str]) -> list[str]:
    """The column of *dataset* that each of *headers* means; empty for none.

    Of several headers that mean one column, those nearest to its own name count.
    """
    meant = [_meaning(dataset, header) for header in headers]
    best: dict[str, int] = {}
    for column, place in filter(None, meant):
        best[column] = min(place, best.get(column, place))
    return [found[0] if found and best[found[0]] == found[1] else "" for found in meant]


def _meaning(dataset: Dataset, header: str) -> tuple[str, int] | None:
    """The column and how far the spelling is from its own name."""
    if not header.strip():
        return None
    if dataset.name in TABLES:
        column = columns_by_name(dataset.name).get(plain(header))
        return (column, 0) if column else None
    found = _spelt(dataset).get(bones(header))
    return found or _priced(dataset, header)


def _priced(dataset: Dataset, header: str) -> tuple[str, int] | None:
    """The column of money that *header* names together with its currency, as in ``Value (EUR)``."""
    name, currency = without_currency(header)
    found = _spelt(dataset).get(bones(name)) if currency in CURRENCIES else None
    return found if found and found[0] in dataset.money else None


@cache
def _spelt(dataset: Dataset) -> dict[str, tuple[str, int]]:
    """Every spelling of a column of facts; where two columns share one, the column that it stands first for."""
    found = {bones(column.name): (column.name, 0) for column in dataset.columns if column.name != "load_id"}
    said = [
        (spelling.place + 1, column.name, spelling.bones)
        for column in columns_of(dataset.name)
        if column.name != POSITION
        for spelling in spellings(dataset.name, column.name)
    ]
    for place, name, spelling in sorted(said, key=lambda each: each[0]):
        found.setdefault(spelling, (name, place))
    return found
